-- Writes a record if the stored version is the expected one.
-- KEYS: record, ids, due. ARGV: id, expected version, version, data, due.
local stored = redis.call('GET', KEYS[1])
local version = '0'
if stored then version = string.match(stored, '^(%d+):') end
if version ~= ARGV[2] then return 0 end

redis.call('SET', KEYS[1], ARGV[3] .. ':' .. ARGV[4])
redis.call('ZADD', KEYS[2], 0, ARGV[1])
if ARGV[5] == '' then
	redis.call('ZREM', KEYS[3], ARGV[1])
else
	redis.call('ZADD', KEYS[3], ARGV[5], ARGV[1])
end
return 1
