-- The id of the user that an e-mail leads to, and its fields and values; nothing where there is none.
-- KEYS: the e-mail. ARGV: what keys of users begin with.
local id = redis.call('GET', KEYS[1])
if not id then return {} end
return { id, redis.call('HGETALL', ARGV[1] .. id) }
