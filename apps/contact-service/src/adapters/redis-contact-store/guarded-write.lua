-- Runs the given commands if every guard holds, else runs none: 1 written, 0 moved.
-- KEYS: any. ARGV: guard count, then (key index, hash field, expected value or '' for absent) each; then until the end
-- (command, key index, argument count, arguments...) each.
local at = 2
for _ = 1, tonumber(ARGV[1]) do
  local value = redis.call('HGET', KEYS[tonumber(ARGV[at])], ARGV[at + 1]) or ''
  if value ~= ARGV[at + 2] then return 0 end
  at = at + 3
end
while at <= #ARGV do
  local last = at + 2 + tonumber(ARGV[at + 2])
  redis.call(ARGV[at], KEYS[tonumber(ARGV[at + 1])], unpack(ARGV, at + 3, last))
  at = last + 1
end
return 1
