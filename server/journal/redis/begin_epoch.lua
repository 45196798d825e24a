-- Another epoch, if the one that ended still stands; returns what holds now.
-- KEYS head
-- ARGV ended, new, how to publish, channel

local found = redis.call('HMGET', KEYS[1], 'epoch', 'version', 'mark')
if not found[1] then return {} end
if found[1] == ARGV[1] then
  found[1] = ARGV[2]
  redis.call('HSET', KEYS[1], 'epoch', ARGV[2])
  redis.call(ARGV[3], ARGV[4], table.concat({ARGV[2], '', '', found[2], found[3], '', ''}, '\n'))
end
return found
