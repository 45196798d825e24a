-- Begins a history, if there is none.
-- KEYS head journal people
-- ARGV epoch, version, mark, before, batch or '', then person and row, again and again

local head, journal, people = KEYS[1], KEYS[2], KEYS[3]
if redis.call('EXISTS', head) == 1 then return 'exists' end
if now() > tonumber(ARGV[4]) then return 'late' end

if ARGV[5] ~= '' then redis.call('XADD', journal, ARGV[2] .. '-' .. ARGV[3], 'e', ARGV[5]) end
local time = redis.call('TIME')
local born = string.format('%.0f', time[1] * 1000000 + time[2])
redis.call('HSET', head, 'epoch', ARGV[1], 'version', ARGV[2], 'mark', ARGV[3], 'born', born, 'people', 0)
keep_rows(head, people, 6)
return 'kept'
