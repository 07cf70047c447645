-- Removes a record if the stored version is the expected one.
-- KEYS: record, ids, due. ARGV: id, expected version.
local stored = redis.call('GET', KEYS[1])
if not stored or string.match(stored, '^(%d+):') ~= ARGV[2] then return 0 end

redis.call('DEL', KEYS[1])
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('ZREM', KEYS[3], ARGV[1])
return 1
