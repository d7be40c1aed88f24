-- Sends the bodies of a file, one a line as JSON text, each with a run id and a client address of its own.
-- Arguments: file of bodies, requests that share one id, path, number of client addresses, bearer key or "-", lines a request.
-- Everything but the id and the address is made once, before the clock starts, so that this side costs little.
local idLength = 36
local bodies, heads, addresses = {}, {}, {}
local share, lines, sent, made = 1, 1, 0, 0
local run

local function split(text)
  local parts, from = {}, 1
  while true do
    local a, b = text:find("@ID@", from, true)
    if not a then break end
    parts[#parts + 1] = text:sub(from, a - 1)
    from = b + 1
  end
  parts[#parts + 1] = text:sub(from)
  return parts
end

function init(args)
  local path, clients, key = args[3], tonumber(args[4]), args[5]
  share, lines = tonumber(args[2]), tonumber(args[6])
  for line in io.lines(args[1]) do bodies[#bodies + 1] = split(line) end
  local head = "POST " .. path .. " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
  if key ~= "-" then head = head .. "Authorization: Bearer " .. key .. "\r\n" end
  for c = 1, clients do
    addresses[c] = head .. string.format("X-Forwarded-For: 203.%d.%d.9\r\nContent-Length: ", 1 + math.floor(c / 250), 1 + c % 250)
  end
  for b, parts in ipairs(bodies) do
    local length = (#parts - 1) * idLength
    for _, part in ipairs(parts) do length = length + #part end
    heads[b] = length
  end
  math.randomseed(os.time())
  run = string.format("%08x", math.random(0, 0x7fffffff))
end

local function nextBody()
  local b = sent % #bodies + 1
  local id = string.format("%s-0000-4000-8000-%012x", run, math.floor(sent / share))
  sent = sent + 1
  return table.concat(bodies[b], id), heads[b]
end

function request()
  made = made + 1
  local head = addresses[made % #addresses + 1]
  if lines == 1 then
    local body, length = nextBody()
    return head .. length .. "\r\n\r\n" .. body
  end
  local all, total = {}, lines - 1
  for l = 1, lines do
    local body, length = nextBody()
    all[l] = body
    total = total + length
  end
  return head .. total .. "\r\n\r\n" .. table.concat(all, "\n")
end
