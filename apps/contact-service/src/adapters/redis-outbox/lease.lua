-- Gives the relay's lease to its holder or to whoever asks while nobody holds it: the fencing token, or 0.
-- KEYS: lease, fence. ARGV: who asks, time to live in ms.
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
if holder then return tonumber(redis.call('GET', KEYS[2])) end
return redis.call('INCR', KEYS[2])
