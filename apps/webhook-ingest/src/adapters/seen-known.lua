-- Which contents of events are in the window: 1 or 0 each.
-- KEYS: one an event. ARGV: the hash of the content, one each.
local known = {}
for i = 1, #KEYS do known[i] = redis.call('HEXISTS', KEYS[i], ARGV[i]) end
return known
