-- Begins to build a feed: from now on deliveries find the list and are kept.
-- KEYS[1] user
-- ARGV[2] who wants to build; ARGV[3] how long others leave it to him, in milliseconds; ARGV[4] life of the feed in seconds
-- Returns 1 if he shall build, 0 if the feed is built or another builds it.
local feed, building = feed_of(KEYS[1]), building_of(KEYS[1])
local floor = redis.call('LINDEX', feed, -1)
local owner = redis.call('GET', building)
if (floor and not is_building(floor)) or (owner and owner ~= ARGV[2]) then
  return 0
end
redis.call('SET', building, ARGV[2], 'PX', ARGV[3])
if not floor then
  redis.call('RPUSH', feed, floor_of(true, '0'))
  redis.call('EXPIRE', feed, ARGV[4])
end
return 1
