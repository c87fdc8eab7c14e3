-- Reads a feed and lets it live on, because somebody looks at it.
-- KEYS[1] user
-- ARGV[2] life of the feed in seconds
-- Returns all entries, the floor last; none if there is no such feed.
local feed = feed_of(KEYS[1])
local entries = redis.call('LRANGE', feed, 0, -1)
if #entries > 0 then
  redis.call('EXPIRE', feed, ARGV[2])
end
return entries
