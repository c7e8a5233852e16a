-- Puts contents of events into the window, each with its receipt.
-- KEYS: one an event. ARGV: seconds to keep, then the hash of the content and its receipt, one pair each.
for i = 1, #KEYS do
  redis.call('HSET', KEYS[i], ARGV[i * 2], ARGV[i * 2 + 1])
  redis.call('EXPIRE', KEYS[i], ARGV[1])
end
return #KEYS
