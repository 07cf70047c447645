-- Takes a place in a budget, or says when to ask again. The state is JSON; all
-- times are milliseconds since 1970 on the server's clock. The file state.go of
-- limiter/sqllimiter does the same and says why.
--
-- KEYS: the budget. ARGV: party, member, places a second, how long to wait at
-- most, a place that is given back or 0.
-- Returns the place or 0, and how far ahead it is or when to ask again.
local slack, grace, recheck, absurd = 20, 500, 20, 24 * 60 * 60 * 1000
local key, party, member = KEYS[1], ARGV[1], ARGV[2]
local per_second, max_wait, back = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local known, s = pcall(cjson.decode, redis.call('GET', key) or '{}')
if not known or type(s) ~= 'table' then s = {} end

local function fresh()
    return { sent = {}, ahead = {}, asking = {}, held = 0, mixed = 0, pressed = 0 }
end
for name, value in pairs(fresh()) do
    if type(s[name]) ~= type(value) then s[name] = value end
end

-- How many places there are in how many milliseconds.
if s.limit then per_second = math.min(per_second, s.limit) end
local n = math.max(1, math.floor(per_second))
local span = math.ceil(n / per_second * 1000) + slack
local step = math.ceil(span / n)

-- What does not count any more.
if (s.sent[#s.sent] or 0) > now + absurd or s.held > now + absurd then s = fresh() end
while #s.sent > n and s.sent[1] + span < now do table.remove(s.sent, 1) end
for i = #s.sent, 1, -1 do
    if s.sent[i] == back then
        table.remove(s.sent, i)
        break
    end
end
local ahead, rivals = {}, 0
for name, at in pairs(s.ahead) do
    if at > now and not (name == party and at == back) then
        ahead[name], rivals = at, rivals + 1
    end
end
s.ahead = ahead

-- Members of the party that asked before this one.
local asking, elders, me = {}, 0, nil
for _, a in ipairs(s.asking) do
    if a['until'] >= now then
        asking[#asking + 1] = a
        if a.party == party and a.member == member then
            me = #asking
        elseif a.party == party and not me then
            elders = elders + 1
        end
    end
end
s.asking = asking

-- The earliest free place.
local at = math.max(now, s.held)
if #s.sent >= n then at = math.max(at, s.sent[#s.sent - n + 1] + span) end
if #s.sent > 0 and s.mixed + span > now and s.pressed + span > now then
    at = math.max(at, s.sent[#s.sent] + step)
end

local again = 0
if ahead[party] then
    again = ahead[party] - now
elseif elders > 0 then
    again = recheck
end
local wait, place = at - now, 0
if again > 0 then wait = math.max(wait, again) + elders * math.max(1, rivals) * step end
if wait > 0 then s.pressed = now end

if wait > max_wait or again == 0 then
    if me then table.remove(asking, me) end
elseif me then
    asking[me]['until'] = now + again + grace
else
    asking[#asking + 1] = { party = party, member = member, ['until'] = now + again + grace }
end
if wait > max_wait then
    wait = math.max(wait, max_wait + 1)
elseif again > 0 then
    wait = again
else
    place = at
    local i = #s.sent + 1
    while i > 1 and s.sent[i - 1] > at do i = i - 1 end
    table.insert(s.sent, i, at)
    if at > now then ahead[party] = at end
    if s.last and s.last ~= party then s.mixed = at end
    s.last = party
end

local last = math.max(now, s.held, s.sent[#s.sent] or 0)
for _, a in ipairs(asking) do last = math.max(last, a['until']) end
redis.call('SET', key, cjson.encode(s), 'PX', string.format('%d', last - now + span + slack))
return { place, wait }
