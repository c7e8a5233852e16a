-- Writes a contact of AcmeCRM with its place in the list, its external id, the answer to its request and its event,
-- unless it is not as it was read, its external id is another's, or there is no room for a new one.
local contact, places, external_ids, answer, events = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local before, after, place_before, place_after, external_id, id = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]
local answer_text, answer_seconds, event, most_contacts, most_events = ARGV[7], ARGV[8], ARGV[9], ARGV[10], ARGV[11]

if (redis.call('GET', contact) or '') ~= before then return { 'moved' } end
if external_id ~= '' then
  local owner = redis.call('HGET', external_ids, external_id)
  if owner and owner ~= id then return { 'taken', owner } end
end
if before == '' and redis.call('ZCARD', places) >= tonumber(most_contacts) then return { 'full' } end

redis.call('SET', contact, after)
if place_before ~= '' then redis.call('ZREM', places, place_before) end
redis.call('ZADD', places, 0, place_after)
if external_id ~= '' then redis.call('HSET', external_ids, external_id, id) end
if answer_text ~= '' then redis.call('SET', answer, answer_text, 'EX', answer_seconds) end
redis.call('XADD', events, 'MAXLEN', '~', most_events, '*', 'event', event)
return { 'written' }
