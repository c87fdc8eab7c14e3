-- What all scripts begin with: the keys, and the order of ids.
--
-- A feed is a list of media ids in decimal, the newest about first. Its last entry is its floor: every media newer than the
-- floor that belongs into the feed is in the list. "0" is the floor of a feed that nothing was cut off, "-N" that of one from
-- which N and older ones were. "b0" and "bN" are the same for a feed that is still to be built.
--
-- Keys hold a generation, which is another one whenever this server is not the one that it was: after a restart, should it
-- have kept something, and after the promotion of a replica, which may lack the last deliveries. So feeds of before are
-- missing, and are built again when they are read. ARGV[1] of every script is the layout: which feeds lie on which server.
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
local known = redis.call('HMGET', 'feed:generation', 'run', 'name')
local generation = known[2]
if known[1] ~= run then
  local now = redis.call('TIME')
  generation = string.format('%x', now[1] * 1000 + math.floor(now[2] / 1000))
  redis.call('HSET', 'feed:generation', 'run', run, 'name', generation)
end
local prefix = 'feed:' .. generation .. ':' .. ARGV[1] .. ':'

local function feed_of(user)
  return prefix .. user
end

local function building_of(user)
  return prefix .. 'building:' .. user
end

-- Ids have up to 19 digits, more than a Lua number holds exactly.
local function newer(a, b)
  if #a ~= #b then
    return #a > #b
  end
  return a > b
end

local function is_building(floor)
  return string.sub(floor, 1, 1) == 'b'
end

-- The id of a floor, "0" where nothing was cut off.
local function id_of(floor)
  return string.match(floor, '%d+')
end

local function floor_of(building, id)
  if building then
    return 'b' .. id
  end
  return id == '0' and '0' or '-' .. id
end

