-- Joins media with what is in a feed: newest first, each once, the floor at the end.
-- KEYS[1] user
-- ARGV[2] who built the feed, which completes it; or '' to join into a feed that exists
-- ARGV[3] entries kept; ARGV[4] life of the feed in seconds
-- ARGV[5] floor of the media: all newer ones of their sources are given
-- ARGV[6..] media, newest first
-- Returns 1 if the feed was written; 0 if another builds it, or if there is no such list.
local feed, building = feed_of(KEYS[1]), building_of(KEYS[1])
local owner, keep, given = ARGV[2], tonumber(ARGV[3]), 6
local entries = redis.call('LRANGE', feed, 0, -1)
-- Where the list was lost while it was built, so were the deliveries of the meantime.
if #entries == 0 then
  return 0
end
if owner ~= '' and redis.call('GET', building) ~= owner then
  return 0
end

local sentinel = table.remove(entries)
local floor = id_of(sentinel)
if newer(ARGV[5], floor) then
  floor = ARGV[5]
end
table.sort(entries, newer)

local joined, i, j = {}, 1, given
while entries[i] or ARGV[j] do
  local entry
  if not ARGV[j] or (entries[i] and newer(entries[i], ARGV[j])) then
    entry, i = entries[i], i + 1
  else
    entry, j = ARGV[j], j + 1
  end
  if not newer(entry, floor) then
    break
  end
  if #joined == keep and entry ~= joined[keep] then
    floor = entry
    break
  end
  if entry ~= joined[#joined] then
    joined[#joined + 1] = entry
  end
end
joined[#joined + 1] = floor_of(owner == '' and is_building(sentinel), floor)

local life = owner == '' and redis.call('PTTL', feed) or ARGV[4] * 1000
redis.call('DEL', feed)
redis.call('RPUSH', feed, unpack(joined))
if life > 0 then
  redis.call('PEXPIRE', feed, life)
end
if owner ~= '' then
  redis.call('DEL', building)
end
return 1
