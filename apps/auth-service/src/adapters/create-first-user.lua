-- Stores a user only while there is none at all, so that of several copies that boot at once exactly one makes it.
-- KEYS: the set of user ids, the user, its e-mail. ARGV: the id, then the user's fields and values.
if redis.call('SCARD', KEYS[1]) > 0 then
  return 0
end
redis.call('SADD', KEYS[1], ARGV[1])
redis.call('HSET', KEYS[2], unpack(ARGV, 2))
redis.call('SET', KEYS[3], ARGV[1])
return 1
