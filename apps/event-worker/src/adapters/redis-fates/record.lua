-- Appends what became of records to the logs of their events, then forgets the oldest events beyond age and number: gives
-- how many. An event stands once in the order and in the index of each contact that its records name, under one number.
-- KEYS: order, counter, then of each record its event's log and its contact's index.
-- ARGV: now in s, seconds to keep, most events, most bytes of a log, most events to forget, what keys of logs and of
-- indexes begin with, then of each record its line, event and contact.
local order, now, kept, most = KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local records = (#KEYS - 2) / 2
local number = redis.call('INCRBY', KEYS[2], records) - records
local new = {}
for i = 1, records do
  local log, index = KEYS[i * 2 + 1], KEYS[i * 2 + 2]
  local line, event, contact = ARGV[i * 3 + 5], ARGV[i * 3 + 6], ARGV[i * 3 + 7]
  local length = redis.call('APPEND', log, line)
  if length > tonumber(ARGV[4]) then
    redis.call('SET', log, redis.call('GETRANGE', log, 0, length - #line - 1))
  end
  if redis.call('ZADD', index, 'NX', number + i, event) == 1 then
    new[#new + 1] = table.concat({ now, number + i, contact, event }, ' ')
  end
end
if #new > 0 then redis.call('RPUSH', order, unpack(new)) end

local held, forgotten = redis.call('LLEN', order), 0
local isOld = function(at) return tonumber(at) <= now - kept end
local first = redis.call('LINDEX', order, 0)
if not first or (held <= most and not isOld(string.match(first, '^%d+'))) then return 0 end
for _, entry in ipairs(redis.call('LRANGE', order, 0, ARGV[5] - 1)) do
  local at, under, contact, event = string.match(entry, '^(%d+) (%d+) (%S*) (%S+)$')
  if held - forgotten <= most and not isOld(at) then break end
  -- Under another number: the contact was forgotten since, and the event has come again.
  if redis.call('ZSCORE', ARGV[7] .. contact, event) == under then
    redis.call('DEL', ARGV[6] .. event)
    redis.call('ZREM', ARGV[7] .. contact, event)
  end
  forgotten = forgotten + 1
end
redis.call('LTRIM', order, forgotten, -1)
return forgotten
