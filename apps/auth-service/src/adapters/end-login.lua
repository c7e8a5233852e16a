-- Forgets the tries that a good login was counted among, and marks its network for ARGV[1] ms.
-- KEYS: the mark of the network, the tries from there, the account's other tries.
redis.call('DEL', redis.call('EXISTS', KEYS[1]) == 1 and KEYS[2] or KEYS[3])
redis.call('SET', KEYS[1], 1, 'PX', ARGV[1])
