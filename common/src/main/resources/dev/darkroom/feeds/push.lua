-- Puts a media at the head of feeds that exist. A chunk that may have been pushed before is not pushed twice.
-- KEYS[1] mark of the chunk; KEYS[2..] feeds
-- ARGV[1] media; ARGV[2] token of this run, or 'repeated' for one that cannot be the first
-- ARGV[3] life of the mark in seconds; ARGV[4] entries kept; ARGV[5] entries from which a feed is trimmed
-- Returns in how many of the feeds the media now is.
local media, token = ARGV[1], ARGV[2]
local keep, slack = tonumber(ARGV[4]), tonumber(ARGV[5])

-- The first run of a chunk owns the mark and need not look. As soon as a second run has touched the chunk, both look.
local mark = redis.call('GET', KEYS[1])
local first = token ~= 'repeated' and (not mark or mark == token)
if first and not mark then
  redis.call('SET', KEYS[1], token, 'EX', ARGV[3])
elseif not first and mark ~= 'repeated' then
  redis.call('SET', KEYS[1], 'repeated', 'EX', ARGV[3])
end

local function trim(feed)
  local sentinel = redis.call('LINDEX', feed, -1)
  redis.call('LTRIM', feed, 0, keep - 1)
  redis.call('RPUSH', feed, sentinel)
end

local reached = 0
for i = 2, #KEYS do
  local feed = KEYS[i]
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
