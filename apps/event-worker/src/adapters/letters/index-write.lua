-- Runs the given commands if the index is at the revision that was read, else runs none: 1 written, 0 moved.
-- KEYS: the index's state, then any. ARGV: revision, then until the end (command, key index, argument count, arguments...).
if (redis.call('HGET', KEYS[1], 'revision') or '0') ~= ARGV[1] then return 0 end
redis.call('HINCRBY', KEYS[1], 'revision', 1)
local at = 2
while at <= #ARGV do
  local last = at + 2 + tonumber(ARGV[at + 2])
  redis.call(ARGV[at], KEYS[tonumber(ARGV[at + 1])], unpack(ARGV, at + 3, last))
  at = last + 1
end
return 1
