-- Ends a session of that user, so that none of its tokens is good any more; says whether there was one.
-- KEYS: session, the user's sessions, log, mark of ended ones, audit trail. ARGV: user and session id, most audit
-- entries, what to note.
local session = redis.call('HMGET', KEYS[1], 'userId', 'accessUntil')
if session[1] ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
redis.call('ZREM', KEYS[2], ARGV[2])
revokeSession(KEYS[3], KEYS[4], clock(), ARGV[2], session[2])
note(KEYS[5], ARGV[3], ARGV[4])
return 1
