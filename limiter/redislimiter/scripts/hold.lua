-- Lets nobody take a place before some milliseconds have passed, and lowers the
-- limit.
-- KEYS: the budget. ARGV: milliseconds, places a second or 0.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local known, s = pcall(cjson.decode, redis.call('GET', KEYS[1]) or '{}')
if not known or type(s) ~= 'table' then s = {} end
local wait, limit = tonumber(ARGV[1]), tonumber(ARGV[2])
if wait > 0 then s.held = math.max(s.held or 0, now + wait) end
if limit > 0 then s.limit = limit end
-- It lasts for the second after the pause, in which the limit counts.
local ttl = math.max((s.held or 0) - now, 0) + 2000
ttl = math.max(ttl, redis.call('PTTL', KEYS[1]))
redis.call('SET', KEYS[1], cjson.encode(s), 'PX', string.format('%d', ttl))
