-- Before every script that ends something: the clock in ms, the log of revocations and the audit trail.
local function clock()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- The last field is `until`, in s. The oldest entries go where no token that they speak of can live.
local function revoke(log, now, ...)
  redis.call('XADD', log, '*', ...)
  for _, entry in ipairs(redis.call('XRANGE', log, '-', '+', 'COUNT', 16)) do
    if tonumber(entry[2][#entry[2]]) * 1000 > now then break end
    redis.call('XDEL', log, entry[1])
  end
end

-- Tokens of a session are refused at the other services by the log, and here by a mark.
local function revokeSession(log, mark, now, session, accessUntil)
  local last = tonumber(accessUntil or 0) + 60
  if last * 1000 <= now then return end
  revoke(log, now, 'kind', 'session', 'sid', session, 'until', last)
  redis.call('SET', mark, 1, 'PXAT', last * 1000)
end

local function note(trail, most, entry)
  redis.call('XADD', trail, 'MAXLEN', '~', most, '*', 'entry', entry)
end
