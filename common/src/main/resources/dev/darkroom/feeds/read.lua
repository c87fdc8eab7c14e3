-- Reads a feed and lets it live on, because somebody looks at it.
-- KEYS[1] feed
-- ARGV[1] life of the feed in seconds
-- Returns all entries, the sentinel last; none if there is no such feed.
local entries = redis.call('LRANGE', KEYS[1], 0, -1)
if #entries > 0 then
  redis.call('EXPIRE', KEYS[1], ARGV[1])
end
return entries
