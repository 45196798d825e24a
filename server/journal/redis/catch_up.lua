-- What came after a version that somebody saw, and how far the history goes, at one moment.
-- KEYS head journal
-- ARGV version, its mark or ''

local found = redis.call('HMGET', KEYS[1], 'epoch', 'version', 'mark')
local epoch, version, mark = found[1], found[2], found[3]
if not epoch then return {'none'} end
local seen = tonumber(ARGV[1])
if not has(KEYS[2], seen, ARGV[2], tonumber(version)) then return {'lost'} end
local batches, last = missed(KEYS[2], seen, ARGV[2])
return {'read', epoch, version, mark, last, batches}
