-- Runs the given commands if every guard holds, else runs none: 1 written, 0 moved. A write that others are told of has
-- its contact's next place in the feed; taken first, so that a full server, which refuses a first write alone, refuses all.
-- KEYS: feed, changes, then any. ARGV: server, seed, member of the feed or '', guard count, then (key index, hash field,
-- expected value or '' for absent) each; then until the end (command, key index, argument count, arguments...) each.
local at = 5
for _ = 1, tonumber(ARGV[4]) do
  local value = redis.call('HGET', KEYS[tonumber(ARGV[at])], ARGV[at + 1]) or ''
  if value ~= ARGV[at + 2] then return 0 end
  at = at + 3
end
if ARGV[3] ~= '' then
  settle(KEYS[1], KEYS[2], ARGV[1], ARGV[2])
  redis.call('ZADD', KEYS[2], redis.call('HINCRBY', KEYS[1], 'sequence', 1), ARGV[3])
end
while at <= #ARGV do
  local last = at + 2 + tonumber(ARGV[at + 2])
  redis.call(ARGV[at], KEYS[tonumber(ARGV[at + 1])], unpack(ARGV, at + 3, last))
  at = last + 1
end
return 1
