-- What a history has after a version that somebody saw; shared by append and catch_up, and put before their text.
-- Entries lie in the stream in batches, each under the id `<its last version>-<its mark>`.

local MOST = 500        -- batches in one answer
local ENOUGH = 1048576  -- bytes after which an answer is full

-- Whether the history has this version under this mark; without a mark, whether it goes that far.
local function has(journal, version, mark, newest)
  if version > newest then return false end
  if version == 0 or mark == '' then return true end
  local id = string.format('%.0f-%s', version, mark)
  return #redis.call('XRANGE', journal, id, id) == 1
end

-- The batches after it, as far as they fit into one answer, and the id of the last of them ('' if there are none).
-- Without a mark the first of them may begin before the version: whoever asks drops what it has.
local function missed(journal, version, mark)
  local from = string.format('%.0f-0', version + 1)
  if version > 0 and mark ~= '' then from = string.format('(%.0f-%s', version, mark) end
  local batches, last, size = {}, '', 0
  for _, found in ipairs(redis.call('XRANGE', journal, from, '+', 'COUNT', MOST)) do
    last = found[1]
    batches[#batches + 1] = found[2][2]
    size = size + #found[2][2]
    if size > ENOUGH then break end
  end
  return batches, last
end
