-- Gives a lease to its holder, or to whoever asks while nobody holds it: 1 given, 0 not.
-- KEYS: lease. ARGV: who asks, time to live in ms.
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
