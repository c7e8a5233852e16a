-- Moves an entry from the outbox to the queue of its contact: 1 moved, or gone already; 2 left, since its contact is not held
-- and the entry was not refused itself; 0 left, since another relay has taken the lease.
-- KEYS: outbox, fence, refusals, queue. ARGV: fencing token, entry, contact, change, refusal or ''.
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
if ARGV[5] == '' and redis.call('HEXISTS', KEYS[3], ARGV[3]) == 0 then return 2 end
if redis.call('XDEL', KEYS[1], ARGV[2]) == 0 then return 1 end
redis.call('RPUSH', KEYS[4], ARGV[4])
if ARGV[5] ~= '' then redis.call('HSETNX', KEYS[3], ARGV[3], ARGV[5]) end
return 1
