-- Remembers the access token that a session of that user gave out last. KEYS: the session. ARGV: user, token, its end (s).
local session = redis.call('HMGET', KEYS[1], 'userId', 'accessUntil')
if session[1] ~= ARGV[1] then return 0 end
local accessUntil = math.max(tonumber(session[2]), tonumber(ARGV[3]))
redis.call('HSET', KEYS[1], 'tokenId', ARGV[2], 'accessUntil', accessUntil)
return 1
