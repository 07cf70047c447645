-- Returns when the claim ends, and then the IDs that were due, the longest due
-- first. They are due again at that time.
-- KEYS: due. ARGV: limit, time to live in microseconds.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
-- As text a number has only 14 digits unless it is asked for all.
local ends = string.format('%.0f', now + ARGV[2])
local ids = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now), 'LIMIT', 0, ARGV[1])
local answer = {ends}
for i, id in ipairs(ids) do
	redis.call('ZADD', KEYS[1], ends, id)
	answer[i + 1] = id
end
return answer
