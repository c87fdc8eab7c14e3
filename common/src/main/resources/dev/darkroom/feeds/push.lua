-- Puts a media at the head of feeds that exist. A chunk that may have been pushed before is not pushed twice.
-- KEYS[1] chunk of the delivery
-- ARGV[2] media; ARGV[3] token of this run, or 'repeated' for one that cannot be the first
-- ARGV[4] how long the run is remembered, in seconds; ARGV[5] entries kept; ARGV[6] entries from which a feed is trimmed
-- ARGV[7] users, with commas between: one argument of a few kilobytes costs both sides less than hundreds
-- Returns in how many of the feeds the media now is.
local media, token = ARGV[2], ARGV[3]
local keep, slack = tonumber(ARGV[5]), tonumber(ARGV[6])
local chunk = prefix .. 'delivery:' .. KEYS[1]

-- The first run of a chunk owns the mark and need not look. As soon as a second run has touched the chunk, both look.
local mark = redis.call('GET', chunk)
local first = token ~= 'repeated' and (not mark or mark == token)
if first and not mark then
  redis.call('SET', chunk, token, 'EX', ARGV[4])
elseif not first and mark ~= 'repeated' then
  redis.call('SET', chunk, 'repeated', 'EX', ARGV[4])
end

-- Entries are not quite in order, so what is cut off may be newer than what is kept: the floor says so.
local function trim(feed)
  local cut = redis.call('LRANGE', feed, keep, -1)
  local sentinel = table.remove(cut)
  local floor = id_of(sentinel)
  for _, entry in ipairs(cut) do
    if newer(entry, floor) then
      floor = entry
    end
  end
  redis.call('LTRIM', feed, 0, keep - 1)
  redis.call('RPUSH', feed, floor_of(is_building(sentinel), floor))
end

local reached = 0
for user in string.gmatch(ARGV[7], '%d+') do
  local feed = feed_of(user)
  if not first and redis.call('LPOS', feed, media) then
    reached = reached + 1
  else
    local length = redis.call('LPUSHX', feed, media)
    if length > 0 then
      reached = reached + 1
    end
    if length > slack then
      trim(feed)
    end
  end
end
return reached
