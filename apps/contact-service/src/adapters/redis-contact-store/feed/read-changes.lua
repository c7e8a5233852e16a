-- The members of the feed above a sequence with their sequences, and the generation; false for a place that this store
-- never gave, or gave and lost since.
-- KEYS: feed, changes. ARGV: server, seed, generation or '' for the beginning, sequence, most members.
settle(KEYS[1], KEYS[2], ARGV[1], ARGV[2])
local state = redis.call('HMGET', KEYS[1], 'generation', 'sequence', 'past')
local given = state[2]
if ARGV[3] ~= '' and ARGV[3] ~= state[1] then given = string.match(state[3], ARGV[3] .. ':(%d+)') end
if not given or tonumber(ARGV[4]) > tonumber(given) then return false end
return { state[1], redis.call('ZRANGEBYSCORE', KEYS[2], '(' .. ARGV[4], '+inf', 'WITHSCORES', 'LIMIT', 0, ARGV[5]) }
