-- Brakes a group unless it is braked already. Gives 1 where it did.
-- KEYS: the brake. ARGV: fields and values of what it is braked for.
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('HSET', KEYS[1], unpack(ARGV))
return 1
