-- Stores a machine client unless there is one. KEYS: all clients, the client, audit trail. ARGV: id, most audit entries,
-- what to note, then fields and values. The epoch of one that was deleted lately goes on.
if redis.call('HEXISTS', KEYS[2], 'secretHash') == 1 then return 0 end
redis.call('SADD', KEYS[1], ARGV[1])
redis.call('HSET', KEYS[2], unpack(ARGV, 4))
redis.call('HSETNX', KEYS[2], 'epoch', 0)
redis.call('PERSIST', KEYS[2])
note(KEYS[3], ARGV[2], ARGV[3])
return 1
