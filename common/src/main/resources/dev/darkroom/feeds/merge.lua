-- Joins media with what is in a feed: newest first, each once, the sentinel at the end.
-- KEYS[1] feed; KEYS[2] mark of whoever builds it
-- ARGV[1] owner of the mark, which completes the feed; or '' to join into a feed that exists
-- ARGV[2] entries kept; ARGV[3] life of the feed in seconds; ARGV[4..] media, newest first
-- Returns 1 if the feed was written; 0 if the mark is not the owner's, or if there is no such feed.
local feed, owner, keep = KEYS[1], ARGV[1], tonumber(ARGV[2])
local entries = redis.call('LRANGE', feed, 0, -1)
if owner == '' and #entries == 0 then
  return 0
end
if owner ~= '' and redis.call('GET', KEYS[2]) ~= owner then
  return 0
end

-- Ids have up to 19 digits, more than a Lua number holds exactly.
local function newer(a, b)
  if #a ~= #b then
    return #a > #b
  end
  return a > b
end

local sentinel = '0'
local current = {}
for _, entry in ipairs(entries) do
  if entry == '0' or entry == '-1' then
    sentinel = owner == '' and entry or '0'
  else
    current[#current + 1] = entry
  end
end
table.sort(current, newer)

local joined, count, i, j = {}, 0, 1, 4
while count < keep and (current[i] or ARGV[j]) do
  local entry
  if not ARGV[j] or (current[i] and newer(current[i], ARGV[j])) then
    entry, i = current[i], i + 1
  else
    entry, j = ARGV[j], j + 1
  end
  if entry ~= joined[count] then
    count = count + 1
    joined[count] = entry
  end
end
joined[count + 1] = sentinel

local life = owner == '' and redis.call('PTTL', feed) or ARGV[3] * 1000
redis.call('DEL', feed)
redis.call('RPUSH', feed, unpack(joined))
if life > 0 then
  redis.call('PEXPIRE', feed, life)
end
if owner ~= '' then
  redis.call('DEL', KEYS[2])
end
return 1
