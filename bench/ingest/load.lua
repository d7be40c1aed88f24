-- Sends the bodies of a file, one a line as JSON text, each with a run id and a client address of its own.
-- Arguments: file of bodies, requests that share one id, path, number of client addresses, bearer key or "-", lines a request.
local heads, tails, n, i, made = {}, {}, 0, 0, 0
local share, path, clients, key, lines = 1, "/telemetry", 10000, "-", 1

local function load(file)
  for line in io.lines(file) do
    n = n + 1
    local parts = {}
    local from = 1
    while true do
      local a, b = line:find("@ID@", from, true)
      if not a then break end
      parts[#parts + 1] = line:sub(from, a - 1)
      from = b + 1
    end
    parts[#parts + 1] = line:sub(from)
    heads[n] = parts
  end
end

function init(args)
  load(args[1])
  share, path, clients, key, lines = tonumber(args[2]), args[3], tonumber(args[4]), args[5], tonumber(args[6])
  math.randomseed(os.time())
  run = string.format("%08x", math.random(0, 0x7fffffff))
end

local function body()
  i = i + 1
  local id = string.format("%s-0000-4000-8000-%012x", run, math.floor((i - 1) / share))
  return table.concat(heads[(i - 1) % n + 1], id)
end

function request()
  made = made + 1
  local text
  if lines == 1 then text = body() else
    local all = {}
    for l = 1, lines do all[l] = body() end
    text = table.concat(all, "\n")
  end
  local c = made % clients
  local headers = { ["Content-Type"] = "application/json", ["X-Forwarded-For"] = string.format("203.%d.%d.9", 1 + math.floor(c / 250), 1 + c % 250) }
  if key ~= "-" then headers["Authorization"] = "Bearer " .. key end
  return wrk.format("POST", path, headers, text)
end
