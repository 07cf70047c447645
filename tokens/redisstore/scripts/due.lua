-- Returns the IDs that are due, the longest due first.
-- KEYS: due. ARGV: limit.
local time = redis.call('TIME')
-- As text a number has only 14 digits unless it is asked for all.
local now = string.format('%.0f', time[1] * 1000000 + time[2])
return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[1])
