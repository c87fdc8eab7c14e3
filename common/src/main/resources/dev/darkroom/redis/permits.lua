-- Takes permits of some limits for one relay, as many of each as there are.
-- KEYS     one for each limit: a hash
-- ARGV[1]  the relay
-- ARGV[2]  milliseconds after which a relay that says nothing holds nothing
-- then for each limit: 'rate' count period_ms burst wanted | 'jobs' most held wanted
-- Returns how many were granted of each. A wanted number below zero of a rate is given back.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local relay, holds = ARGV[1], tonumber(ARGV[2])

local function rate(key, count, period, burst, wanted)
  local state = redis.call('HMGET', key, 'tokens', 'at')
  -- The first may go at once.
  local tokens, at = tonumber(state[1] or 1), tonumber(state[2] or now)
  tokens = math.min(burst, tokens + math.max(0, now - at) * count / period)
  local granted = math.min(wanted, math.floor(tokens))
  redis.call('HSET', key, 'tokens', tostring(math.min(burst, tokens - granted)), 'at', now)
  -- Full again by then, so that nothing is lost with it.
  redis.call('PEXPIRE', key, math.ceil(burst * period / count) + holds)
  return math.max(0, granted)
end

local function jobs(key, most, held, wanted)
  local others = 0
  local all = redis.call('HGETALL', key)
  for i = 1, #all, 2 do
    local count, until_ = string.match(all[i + 1], '(%d+):(%d+)')
    if tonumber(until_) < now then
      redis.call('HDEL', key, all[i])
    elseif all[i] ~= relay then
      others = others + tonumber(count)
    end
  end
  local granted = math.max(0, math.min(wanted, most - others - held))
  if held + granted == 0 then
    redis.call('HDEL', key, relay)
  else
    redis.call('HSET', key, relay, (held + granted) .. ':' .. (now + holds))
    redis.call('PEXPIRE', key, holds)
  end
  return granted
end

local granted, next = {}, 3
for i = 1, #KEYS do
  if ARGV[next] == 'rate' then
    granted[i] = rate(KEYS[i], tonumber(ARGV[next + 1]), tonumber(ARGV[next + 2]), tonumber(ARGV[next + 3]),
      tonumber(ARGV[next + 4]))
    next = next + 5
  else
    granted[i] = jobs(KEYS[i], tonumber(ARGV[next + 1]), tonumber(ARGV[next + 2]), tonumber(ARGV[next + 3]))
    next = next + 4
  end
end
return granted
