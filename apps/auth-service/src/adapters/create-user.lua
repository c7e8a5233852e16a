-- Stores a user unless its e-mail is taken. KEYS: all users, the user, its e-mail, audit trail. ARGV: id, most audit
-- entries, what to note, then the user's fields and values.
if redis.call('EXISTS', KEYS[3]) == 1 then return 0 end
redis.call('SADD', KEYS[1], ARGV[1])
redis.call('HSET', KEYS[2], unpack(ARGV, 4))
redis.call('SET', KEYS[3], ARGV[1])
note(KEYS[4], ARGV[2], ARGV[3])
return 1
