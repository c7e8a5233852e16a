-- Releases a group that is braked for this fingerprint, and has it not count for a while. Gives 1 where it was braked for it.
-- KEYS: the brake, the accepted fingerprints. ARGV: the fingerprint, now, until when it does not count (0: it counts), ms.
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[2])
if ARGV[3] ~= '0' then redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1]) end
if redis.call('HGET', KEYS[1], 'fingerprint') ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
return 1
