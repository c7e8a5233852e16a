-- What was revoked after an entry of a generation of the log; all that still counts where the generation is another.
-- KEYS: log, its generation. ARGV: a new generation, where there is none; generation and entry; most entries of a part.
local time = redis.call('TIME')
local generation = redis.call('GET', KEYS[2])
if not generation then
  generation = ARGV[1]
  redis.call('SET', KEYS[2], generation)
end
if generation ~= ARGV[2] then
  return { generation, 1, time[1], redis.call('XRANGE', KEYS[1], '-', '+') }
end
return { generation, 0, time[1], redis.call('XRANGE', KEYS[1], '(' .. ARGV[3], '+', 'COUNT', ARGV[4]) }
