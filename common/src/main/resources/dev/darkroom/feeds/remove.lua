-- Takes media out of a feed.
-- KEYS[1] feed
-- ARGV[1..] media
-- Returns how many entries went.
local removed = 0
for _, media in ipairs(ARGV) do
  removed = removed + redis.call('LREM', KEYS[1], 0, media)
end
return removed
