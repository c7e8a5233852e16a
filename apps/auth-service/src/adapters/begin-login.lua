-- Counts a try as failed until it is cleared, and from the last free one on makes the next wait, twice as long each time.
-- KEYS: the mark of a network that the account was logged in from, the tries from there, the account's other tries.
-- ARGV: free failures, first wait, longest wait, memory (ms). Returns ms still to wait, or 0.
local tries = redis.call('EXISTS', KEYS[1]) == 1 and KEYS[2] or KEYS[3]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local stored = redis.call('HMGET', tries, 'failures', 'blockedUntil')
local blockedUntil = tonumber(stored[2] or 0)
if blockedUntil > now then
  return blockedUntil - now
end
local failures = tonumber(stored[1] or 0) + 1
local beyond = failures - tonumber(ARGV[1])
local wait = 0
if beyond >= 0 then
  wait = math.min(tonumber(ARGV[2]) * 2 ^ math.min(beyond, 40), tonumber(ARGV[3]))
end
redis.call('HSET', tries, 'failures', failures, 'blockedUntil', string.format('%.0f', now + wait))
redis.call('PEXPIRE', tries, string.format('%.0f', wait + ARGV[4]))
return 0
