-- Puts a withdrawn key into the log. KEYS: log, audit trail. ARGV: its id, how long a token of it may live (s), most audit
-- entries, what to note.
local now = clock()
revoke(KEYS[1], now, 'kind', 'key', 'kid', ARGV[1], 'until', math.ceil(now / 1000) + ARGV[2] + 60)
note(KEYS[2], ARGV[3], ARGV[4])
return 1
