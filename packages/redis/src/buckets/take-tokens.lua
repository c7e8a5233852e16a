-- Takes a cost from each bucket up to a wanted number of times; one that is not known yet is full.
-- KEYS: buckets. ARGV, four for each: tokens it holds, ms in which it refills wholly, cost, times wanted. Returns three
-- for each: times taken, whole tokens left, ms until the cost can be taken once more.
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local states = {}
for index, key in ipairs(KEYS) do
  local capacity = tonumber(ARGV[4 * index - 3])
  local refillMs = tonumber(ARGV[4 * index - 2])
  local cost = tonumber(ARGV[4 * index - 1])
  local stored = redis.call('HMGET', key, 'tokens', 'at')
  local elapsed = math.max(0, now - tonumber(stored[2] or now))
  local tokens = math.min(capacity, tonumber(stored[1] or capacity) + elapsed * capacity / refillMs)
  local taken = math.min(tonumber(ARGV[4 * index]), math.floor(tokens / cost))
  tokens = tokens - taken * cost
  redis.call('HSET', key, 'tokens', string.format('%.6f', tokens), 'at', string.format('%.3f', now))
  redis.call('PEXPIRE', key, math.ceil((capacity - tokens) * refillMs / capacity) + 1000)
  states[3 * index - 2] = taken
  states[3 * index - 1] = math.floor(tokens)
  states[3 * index] = math.ceil(math.max(0, cost - tokens) * refillMs / capacity)
end
return states
