-- Appends what became of records to the logs of their events, then forgets the oldest events beyond age and number.
-- An event stands once in the order and in the index of each contact that its records name.
-- KEYS: order, counter, then of each record its event's log and its contact's index.
-- ARGV: now in s, seconds to keep, most events, most bytes of a log, what keys of logs and of indexes begin with, then of
-- each record its line, event and contact.
local now, kept, most, longest = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
for i = 1, (#KEYS - 2) / 2 do
  local log, index = KEYS[i * 2 + 1], KEYS[i * 2 + 2]
  local line, event, contact = ARGV[i * 3 + 4], ARGV[i * 3 + 5], ARGV[i * 3 + 6]
  if redis.call('STRLEN', log) < longest then redis.call('APPEND', log, line) end
  if not redis.call('ZSCORE', index, event) then
    local number = redis.call('INCR', KEYS[2])
    redis.call('ZADD', index, number, event)
    redis.call('RPUSH', KEYS[1], table.concat({ now, number, contact, event }, ' '))
  end
end
local held, forgotten = redis.call('LLEN', KEYS[1]), 0
while held > 0 do
  local at, number, contact, event = string.match(redis.call('LINDEX', KEYS[1], 0), '^(%d+) (%d+) (%S*) (%S+)$')
  if held <= most and tonumber(at) > now - kept then break end
  redis.call('LPOP', KEYS[1])
  -- Another number: the contact was forgotten since, and the event has come again.
  if redis.call('ZSCORE', ARGV[6] .. contact, event) == number then
    redis.call('DEL', ARGV[5] .. event)
    redis.call('ZREM', ARGV[6] .. contact, event)
  end
  held, forgotten = held - 1, forgotten + 1
  if forgotten >= 1000 then break end
end
return forgotten
