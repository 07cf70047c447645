-- Gives a place back and forgets that a member asks.
-- KEYS: the budget. ARGV: party, member, the place or 0.
local text = redis.call('GET', KEYS[1])
if not text then return end
local known, s = pcall(cjson.decode, text)
if not known or type(s) ~= 'table' then return end
local party, member, place = ARGV[1], ARGV[2], tonumber(ARGV[3])
for i, at in ipairs(s.sent or {}) do
    if at == place then
        table.remove(s.sent, i)
        break
    end
end
if s.ahead and s.ahead[party] == place then s.ahead[party] = nil end
for i, a in ipairs(s.asking or {}) do
    if a.party == party and a.member == member then
        table.remove(s.asking, i)
        break
    end
end
redis.call('SET', KEYS[1], cjson.encode(s), 'KEEPTTL')
