-- Numbers those members that have no number yet: how many.
-- KEYS: feed, changes. ARGV: server, seed, members...
settle(KEYS[1], KEYS[2], ARGV[1], ARGV[2])
local filled = 0
for at = 3, #ARGV do
  if not redis.call('ZSCORE', KEYS[2], ARGV[at]) then
    redis.call('ZADD', KEYS[2], redis.call('HINCRBY', KEYS[1], 'sequence', 1), ARGV[at])
    filled = filled + 1
  end
end
return filled
