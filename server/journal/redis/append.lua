-- One step: compare, check the time, add the batch, put the slips in, keep the rows, tell everybody of the batch.
-- KEYS head journal people, then the boxes that slips go into
-- ARGV expected, its mark or '', version after, mark after, before, batch or '', how to publish, channel,
--      whether the news may carry the batch, how many slips, for each which box (1, 2 ...), its name and what is sealed,
--      then person and row, again and again

local head, journal, people = KEYS[1], KEYS[2], KEYS[3]
local found = redis.call('HMGET', head, 'epoch', 'version', 'mark')
local epoch, version, mark = found[1], found[2], found[3]
if not epoch then return {'none'} end

local expected = tonumber(ARGV[1])
if tonumber(version) ~= expected or (ARGV[2] ~= '' and ARGV[2] ~= mark) then
  if not has(journal, expected, ARGV[2], tonumber(version)) then return {'lost', version, mark} end
  local batches, last = missed(journal, expected, ARGV[2])
  return {'conflict', version, mark, last, batches}
end
if now() > tonumber(ARGV[5]) then return {'late'} end

local after, marked = version, mark
if ARGV[6] ~= '' then
  after, marked = ARGV[3], ARGV[4]
  redis.call('XADD', journal, after .. '-' .. marked, 'e', ARGV[6])
  redis.call('HSET', head, 'version', after, 'mark', marked)
end
local first = 11 + 3 * tonumber(ARGV[10])
for at = 11, first - 1, 3 do redis.call('HSETNX', KEYS[3 + ARGV[at]], ARGV[at + 1], ARGV[at + 2]) end
keep_rows(head, people, first)

local rows = #ARGV >= first and '1' or ''
local news = table.concat({epoch, version, mark, after, marked, rows, ''}, '\n') .. ARGV[6]
if ARGV[9] == '' then news = table.concat({epoch, '', '', after, marked, rows, ''}, '\n') end
redis.call(ARGV[7], ARGV[8], news)
return {'kept', after, marked}
