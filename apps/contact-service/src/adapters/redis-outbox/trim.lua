-- Removes what was relayed, unless another relay has taken the lease since: 1 removed, 0 not.
-- KEYS: outbox, fence. ARGV: fencing token, first id to keep.
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
redis.call('XTRIM', KEYS[1], 'MINID', ARGV[2])
return 1
