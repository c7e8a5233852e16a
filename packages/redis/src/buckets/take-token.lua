-- Takes a token from a bucket that holds ARGV[1] tokens and refills wholly in ARGV[2] ms; an unknown bucket is full.
-- KEYS: the bucket. Returns whether a token was there, whole tokens left, and ms until one more.
local capacity = tonumber(ARGV[1])
local refillMs = tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local stored = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local tokens = tonumber(stored[1] or capacity)
local elapsed = math.max(0, now - tonumber(stored[2] or now))
tokens = math.min(capacity, tokens + elapsed * capacity / refillMs)
local taken = 0
if tokens >= 1 then
  tokens = tokens - 1
  taken = 1
end
redis.call('HSET', KEYS[1], 'tokens', string.format('%.6f', tokens), 'at', string.format('%.3f', now))
redis.call('PEXPIRE', KEYS[1], math.ceil((capacity - tokens) * refillMs / capacity) + 1000)
local untilNext = math.ceil(math.max(0, 1 - tokens) * refillMs / capacity)
return { taken, math.floor(tokens), untilNext }
