-- Takes what a copy gave out unasked (ARGV[4] to ARGV[5] in its count, as far as not taken yet) from a bucket of ARGV[1]
-- tokens that gains ARGV[2] a second, then grants ARGV[3] of them or none. KEYS: the bucket, the copy's count.
local burst, perMs = tonumber(ARGV[1]), tonumber(ARGV[2]) / 1000
local want = tonumber(ARGV[3])
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local stored = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local elapsed = math.max(0, now - tonumber(stored[2] or now))
local tokens = math.min(burst, tonumber(stored[1] or burst) + elapsed * perMs)
local owed = tonumber(ARGV[5])
local taken = math.max(tonumber(ARGV[4]), tonumber(redis.call('GET', KEYS[2]) or 0))
if owed > taken then
  tokens = tokens - (owed - taken)
  redis.call('SET', KEYS[2], owed, 'EX', 60)
end
local granted = 0
if tokens >= want then
  tokens = tokens - want
  granted = 1
end
redis.call('HSET', KEYS[1], 'tokens', string.format('%.6f', tokens), 'at', string.format('%.3f', now))
redis.call('PEXPIRE', KEYS[1], math.ceil((burst - tokens) / perMs) + 1000)
return { granted, math.ceil(math.max(0, want - tokens) / perMs) }
