-- Puts contents of events into the window, each with its receipt; gives how many came under an id that has others.
-- The window begins with an id's first content; contents beyond the most that an id may have are not kept.
-- KEYS: one an event. ARGV: seconds to keep, most contents of an id, then the hash of the content and its receipt each.
local reused = 0
for i = 1, #KEYS do
  local content, receipt = ARGV[i * 2 + 1], ARGV[i * 2 + 2]
  local held = redis.call('HLEN', KEYS[i])
  if held == 0 then
    redis.call('HSET', KEYS[i], content, receipt)
    redis.call('EXPIRE', KEYS[i], ARGV[1])
  elseif redis.call('HEXISTS', KEYS[i], content) == 0 then
    reused = reused + 1
    if held < tonumber(ARGV[2]) then redis.call('HSET', KEYS[i], content, receipt) end
  end
end
return reused
