-- Begins a session and notes it, and tells which of the user's are more than it may have: those that were longest unused.
-- KEYS: the session, the user's sessions, trail of logins. ARGV: its id, life unused, longest life (ms), most sessions,
-- most audit entries, what to note, fields and values.
local now = clock()
local ends = now + ARGV[3]
local expires = math.min(now + ARGV[2], ends)
redis.call('HSET', KEYS[1], 'createdAt', now, 'lastUsedAt', now, 'endsAt', ends, unpack(ARGV, 7))
redis.call('PEXPIREAT', KEYS[1], expires)
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
redis.call('ZADD', KEYS[2], expires, ARGV[1])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
note(KEYS[3], ARGV[5], ARGV[6])
local beyond = redis.call('ZCARD', KEYS[2]) - ARGV[4]
return beyond > 0 and redis.call('ZRANGE', KEYS[2], 0, beyond - 1) or {}
