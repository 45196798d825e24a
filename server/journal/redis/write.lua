-- What append and create have in common, put before their text.

local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- People keep the place in the directory that they got when they were added: `<place>:<row>`.
local function keep_rows(head, people, first)
  for at = first, #ARGV, 2 do
    local known = redis.call('HGET', people, ARGV[at])
    local place = known and string.match(known, '^%d+') or redis.call('HINCRBY', head, 'people', 1)
    redis.call('HSET', people, ARGV[at], place .. ':' .. ARGV[at + 1])
  end
end
