-- Puts contents of events into the window, each with its receipt; gives how many came under an id that has others.
-- KEYS: one an event. ARGV: seconds to keep, then the hash of the content and its receipt, one pair each.
local reused = 0
for i = 1, #KEYS do
  local new = redis.call('HSET', KEYS[i], ARGV[i * 2], ARGV[i * 2 + 1])
  redis.call('EXPIRE', KEYS[i], ARGV[1])
  if new == 1 and redis.call('HLEN', KEYS[i]) > 1 then reused = reused + 1 end
end
return reused
