-- Changes or deletes a machine client that is still as it was read.
-- KEYS: all clients, the client, log, audit trail. ARGV: id, epoch that tokens need now or '', how long any of them lives
-- (s), most audit entries, what to note, number of fields, the fields before, names and values after; none deletes it.
local count = tonumber(ARGV[6])
for place = 7, 6 + 2 * count, 2 do
  if (redis.call('HGET', KEYS[2], ARGV[place]) or '') ~= ARGV[place + 1] then return 0 end
end
local now = clock()
redis.call('DEL', KEYS[2])
if #ARGV > 6 + 2 * count then
  redis.call('HSET', KEYS[2], unpack(ARGV, 7 + 2 * count))
else
  redis.call('SREM', KEYS[1], ARGV[1])
  -- As long as a token of it may live, another client of this id must not take it for its own.
  redis.call('HSET', KEYS[2], 'epoch', ARGV[2])
  redis.call('EXPIRE', KEYS[2], ARGV[3] + 120)
end
if ARGV[2] ~= '' then
  local last = math.ceil(now / 1000) + ARGV[3] + 60
  revoke(KEYS[3], now, 'kind', 'subject', 'sub', ARGV[1], 'epoch', ARGV[2], 'until', last)
end
note(KEYS[4], ARGV[4], ARGV[5])
return 1
