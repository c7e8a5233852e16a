-- Removes the first change of a contact's queue once it was sent, and the refusal with the last one: 1 removed, 0 not.
-- KEYS: queue, fence, refusals. ARGV: fencing token, contact, id of the change's event.
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
local first = redis.call('LINDEX', KEYS[1], 0)
if not first or not string.find(first, ARGV[3], 1, true) then return 0 end
redis.call('LPOP', KEYS[1])
if redis.call('EXISTS', KEYS[1]) == 0 then redis.call('HDEL', KEYS[3], ARGV[2]) end
return 1
