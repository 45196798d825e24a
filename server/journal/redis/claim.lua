-- Claims a seat or a code for somebody: `<until>\n<who>`. Returns whose it is, if it is somebody else's.
-- KEYS the seat or code
-- ARGV who, until, a claim of somebody else that turned out to lead nowhere, or ''

local held = redis.call('GET', KEYS[1])
local till = tonumber(ARGV[2])
if held and held ~= ARGV[3] then
  local theirs, who = string.match(held, '^(%d+)\n(.*)$')
  if who ~= ARGV[1] then return held end
  till = math.max(till, tonumber(theirs))
end
redis.call('SET', KEYS[1], string.format('%.0f', till) .. '\n' .. ARGV[1])
return ''
