-- Gives a place back that enter.lua gave.
-- KEYS[1] name of the places
-- ARGV[2] who took it
-- Returns 1 if it was still taken.
return redis.call('ZREM', prefix .. KEYS[1], ARGV[2])
