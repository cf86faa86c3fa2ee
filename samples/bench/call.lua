-- What wrk sends: tools/call in one session. A session refuses an id it has seen, so every request has its own,
-- always of ten digits: every request, and every answer, has the same length.
local threads = 0

function setup(thread)
  thread:set("index", threads)
  threads = threads + 1
end

function init(args)
  local before = '{"jsonrpc":"2.0","id":'
  after = ',"method":"tools/call","params":{' .. args[2] .. "}}"
  next_id = 1000000000 + index * 100000000
  head = "POST " .. wrk.path .. " HTTP/1.1\r\n"
    .. "Host: " .. wrk.host .. ":" .. wrk.port .. "\r\n"
    .. "Content-Type: application/json\r\n"
    .. "Accept: application/json, text/event-stream\r\n"
    .. "MCP-Session-Id: " .. args[1] .. "\r\n"
    .. "MCP-Protocol-Version: 2025-11-25\r\n"
    .. "Content-Length: " .. (#before + 10 + #after) .. "\r\n\r\n" .. before
end

function request()
  next_id = next_id + 1
  return head .. next_id .. after
end

function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("figures requests=%d micros=%d bytes=%d failed=%d p50=%.1f p99=%.1f\n",
    summary.requests, summary.duration, summary.bytes, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50.0), latency:percentile(99.0)))
end
