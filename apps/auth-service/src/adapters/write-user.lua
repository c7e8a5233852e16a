-- Changes or deletes a user that is still as it was read; never the last admin, and never to an e-mail that is taken.
-- KEYS: all users, the user, its e-mail before and after, log, audit trail. ARGV: id, what keys of users begin with,
-- whether it is an admin no longer, epoch that tokens need now or '', how long any of them lives (s), most audit
-- entries, what to note, number of fields, the fields before, names and values after; none of those deletes it.
local count = tonumber(ARGV[8])
for place = 9, 8 + 2 * count, 2 do
  if redis.call('HGET', KEYS[2], ARGV[place]) ~= ARGV[place + 1] then return 'moved' end
end
local function hasOtherAdmin()
  for _, id in ipairs(redis.call('SMEMBERS', KEYS[1])) do
    local other = redis.call('HMGET', ARGV[2] .. id, 'disabled', 'roles')
    local isAdmin = other[1] == '0' and string.find(' ' .. other[2] .. ' ', ' admin ', 1, true)
    if id ~= ARGV[1] and isAdmin then return true end
  end
  return false
end
if ARGV[3] == '1' and not hasOtherAdmin() then return 'last admin' end
if KEYS[3] ~= KEYS[4] then
  if redis.call('EXISTS', KEYS[4]) == 1 then return 'taken' end
  redis.call('DEL', KEYS[3])
  redis.call('SET', KEYS[4], ARGV[1])
end
local isDeleted = #ARGV == 8 + 2 * count
if isDeleted then
  redis.call('SREM', KEYS[1], ARGV[1])
  redis.call('DEL', KEYS[2], KEYS[3])
else
  redis.call('HSET', KEYS[2], unpack(ARGV, 9 + 2 * count))
end
if ARGV[4] ~= '' then
  local now = clock()
  local last = math.ceil(now / 1000) + ARGV[5] + 60
  revoke(KEYS[5], now, 'kind', 'subject', 'sub', ARGV[1], 'epoch', ARGV[4], 'until', last)
end
note(KEYS[6], ARGV[6], ARGV[7])
return 'done'
