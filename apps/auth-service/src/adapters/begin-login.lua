-- Counts a try as failed until it is cleared, and from the last free one on makes the next wait, twice as long each time.
-- Where the account was logged in from that network it counts there alone, else by account and by network.
-- KEYS: the mark of a network that the account was logged in from, the tries from there, the account's other tries, the
-- network's tries for any account. ARGV: first wait, longest wait, memory (ms), free failures of an account, of a
-- network. Returns ms still to wait, or 0.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local counts = { { KEYS[3], ARGV[4] }, { KEYS[4], ARGV[5] } }
if redis.call('EXISTS', KEYS[1]) == 1 then counts = { { KEYS[2], ARGV[4] } } end
local wait = 0
for _, count in ipairs(counts) do
  wait = math.max(wait, tonumber(redis.call('HGET', count[1], 'blockedUntil') or 0) - now)
end
if wait > 0 then return wait end
for _, count in ipairs(counts) do
  local beyond = redis.call('HINCRBY', count[1], 'failures', 1) - count[2]
  local pause = beyond < 0 and 0 or math.min(ARGV[1] * 2 ^ math.min(beyond, 40), tonumber(ARGV[2]))
  redis.call('HSET', count[1], 'blockedUntil', string.format('%.0f', now + pause))
  redis.call('PEXPIRE', count[1], string.format('%.0f', pause + ARGV[3]))
end
return 0
