-- Takes one of the places for those who rebuild a feed, so that all processes together do not ask too much of the databases.
-- KEYS[1] name of the places
-- ARGV[2] who takes it; ARGV[3] how many there are; ARGV[4] after so long the place is free again, in milliseconds: its taker
-- may have died
-- Returns 1 if a place was free.
local places = prefix .. KEYS[1]
local now = redis.call('TIME')
local moment = now[1] * 1000 + math.floor(now[2] / 1000)
redis.call('ZREMRANGEBYSCORE', places, '-inf', moment)
if redis.call('ZCARD', places) >= tonumber(ARGV[3]) then
  return 0
end
redis.call('ZADD', places, moment + ARGV[4], ARGV[2])
redis.call('PEXPIRE', places, ARGV[4])
return 1
