-- Begins to build a feed: from now on deliveries find the list and are kept.
-- KEYS[1] feed; KEYS[2] mark of whoever builds it
-- ARGV[1] owner of the mark; ARGV[2] life of the mark in milliseconds; ARGV[3] life of the feed in seconds
-- Returns 1 if the owner shall build, 0 if the feed is complete or another builds it.
local owner = redis.call('GET', KEYS[2])
if redis.call('LINDEX', KEYS[1], -1) == '0' or (owner and owner ~= ARGV[1]) then
  return 0
end
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('RPUSH', KEYS[1], '-1')
  redis.call('EXPIRE', KEYS[1], ARGV[3])
end
return 1
