-- Notes that contents of events came again: counts them, and keeps when the first ones did, for as long as the window is.
-- KEYS: of each the window and the repeats of its id. ARGV: most times to keep of a content, seconds to keep where the
-- window is gone, then of each the hash of the content and when it came.
for i = 1, #KEYS / 2 do
  local window, repeats = KEYS[i * 2 - 1], KEYS[i * 2]
  local content, at = ARGV[i * 2 + 1], ARGV[i * 2 + 2]
  local count = redis.call('HINCRBY', repeats, content, 1)
  if count <= tonumber(ARGV[1]) then redis.call('HSET', repeats, content .. ' ' .. count, at) end
  local left = redis.call('TTL', window)
  redis.call('EXPIRE', repeats, left > 0 and left or ARGV[2])
end
return #KEYS / 2
