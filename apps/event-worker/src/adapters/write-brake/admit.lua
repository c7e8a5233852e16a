-- Admits a delete unless it is one too many within the window; that one brakes. Gives 1 admitted, 0 held,
-- 2 held and braked by it. KEYS: the brake, the window. ARGV: id, caused at, now, window, most in it; times in ms.
local acceptedUntil = tonumber(redis.call('HGET', KEYS[1], 'acceptedUntil') or '0')
if tonumber(ARGV[2]) <= acceptedUntil then return 1 end
if redis.call('HEXISTS', KEYS[1], 'since') == 1 then return 0 end
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[3] - ARGV[4])
if redis.call('ZSCORE', KEYS[2], ARGV[1]) then return 1 end
local counted = redis.call('ZCARD', KEYS[2])
if counted >= tonumber(ARGV[5]) then
  redis.call('HSET', KEYS[1], 'since', ARGV[3], 'counted', counted)
  return 2
end
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
redis.call('PEXPIRE', KEYS[2], ARGV[4])
return 1
