-- Lets through whatever was caused until now, and counts anew from here. Gives 1 where it was braked.
-- KEYS: the brake, the window. ARGV: now, ms.
local was = redis.call('HDEL', KEYS[1], 'since', 'counted')
if was == 0 then return 0 end
redis.call('HSET', KEYS[1], 'acceptedUntil', ARGV[1])
redis.call('DEL', KEYS[2])
return 1
