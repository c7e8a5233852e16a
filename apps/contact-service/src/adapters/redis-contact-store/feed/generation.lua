-- Numbering of the change feed, in front of the scripts that number or read (docs/adr/0041). A server process other than
-- the one that numbered last may have lost a tail: from its first number on there is a new generation, and what the ones
-- before had given by then is noted.
local pastKept = 32
local function settle(feed, changes, server, seed)
  if redis.call('HGET', feed, 'server') == server then return end
  local state = redis.call('HMGET', feed, 'generation', 'sequence', 'past')
  local sequence = state[2] or redis.call('ZREVRANGE', changes, 0, 0, 'WITHSCORES')[2] or '0'
  local past = {}
  if state[1] then past[1] = state[1] .. ':' .. sequence end
  for entry in string.gmatch(state[3] or '', '%S+') do
    if #past < pastKept then past[#past + 1] = entry end
  end
  local time = redis.call('TIME')
  local generation = string.format('%x%05x', tonumber(time[1]), tonumber(time[2])) .. seed
  redis.call('HSET', feed, 'server', server, 'generation', generation, 'sequence', sequence,
    'past', table.concat(past, ' '))
end
