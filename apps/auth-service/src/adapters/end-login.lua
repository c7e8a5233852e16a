-- Forgets the tries that a good login was counted among, of its network's no more than itself, and marks its network for
-- ARGV[1] ms. KEYS: the mark of the network, the tries from there, the account's other tries, the network's for any.
if redis.call('EXISTS', KEYS[1]) == 1 then
  redis.call('DEL', KEYS[2])
else
  redis.call('DEL', KEYS[3])
  if redis.call('HINCRBY', KEYS[4], 'failures', -1) <= 0 then redis.call('DEL', KEYS[4]) end
end
redis.call('SET', KEYS[1], 1, 'PX', ARGV[1])
