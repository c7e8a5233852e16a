-- Forgets all that logs say of one contact, and gives how many events that were. A log that tells of another contact too
-- keeps what it says of that one.
-- KEYS: the contact's index. ARGV: what keys of logs begin with, the contact's id as a JSON text.
local events = redis.call('ZRANGE', KEYS[1], 0, -1)
for _, event in ipairs(events) do
  local log = ARGV[1] .. event
  local kept = {}
  for line in string.gmatch(redis.call('GET', log) or '', '[^\n]+\n') do
    if not string.find(line, ARGV[2], 1, true) then kept[#kept + 1] = line end
  end
  if #kept > 0 then redis.call('SET', log, table.concat(kept)) else redis.call('DEL', log) end
end
redis.call('DEL', KEYS[1])
return #events
