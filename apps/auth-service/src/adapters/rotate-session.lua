-- Takes a refresh token for its child: the present one, or its parent for a while, with the child of then. Any other of
-- the family ends the session. KEYS: session, user, the user's sessions, log, mark of ended ones, audit trail.
-- ARGV: user and session id, hash of the token, hash and sealed form of its child, id and end (s) of the access token,
-- user agent, address, life unused, grace (ms), most audit entries, what to note of a reuse.
local now = clock()
local session = redis.call('HMGET', KEYS[1], 'userId', 'generation', 'token', 'parent', 'rotatedAt', 'child',
  'endsAt', 'accessUntil')
if session[1] ~= ARGV[1] then return { 'refused' } end
local user = redis.call('HMGET', KEYS[2], 'disabled', 'generation', 'keptSession', 'roles', 'epoch')
local isOld = tonumber(session[2]) < tonumber(user[2] or 0) and user[3] ~= ARGV[2]
if user[1] ~= '0' or isOld then
  redis.call('DEL', KEYS[1])
  redis.call('ZREM', KEYS[3], ARGV[2])
  return { 'refused' }
end
local child = ARGV[5]
local expires = math.min(now + ARGV[10], tonumber(session[7]))
if session[3] == ARGV[3] then
  redis.call('HSET', KEYS[1], 'token', ARGV[4], 'parent', ARGV[3], 'rotatedAt', now, 'child', child)
elseif session[4] == ARGV[3] and now - session[5] <= tonumber(ARGV[11]) then
  child = session[6]
else
  redis.call('DEL', KEYS[1])
  redis.call('ZREM', KEYS[3], ARGV[2])
  revokeSession(KEYS[4], KEYS[5], now, ARGV[2], session[8])
  note(KEYS[6], ARGV[12], ARGV[13])
  return { 'reused' }
end
local accessUntil = math.max(tonumber(session[8]), tonumber(ARGV[7]))
redis.call('HSET', KEYS[1], 'tokenId', ARGV[6], 'accessUntil', accessUntil, 'lastUsedAt', now, 'userAgent', ARGV[8],
  'address', ARGV[9])
redis.call('PEXPIREAT', KEYS[1], expires)
redis.call('ZADD', KEYS[3], expires, ARGV[2])
return { 'rotated', child, user[4], user[5], expires - now }
