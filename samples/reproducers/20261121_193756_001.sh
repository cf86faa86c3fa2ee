#!/bin/sh
# 20261121_193756_001: PROG-011 on plumbline-bundled-server 0.1.0-SNAPSHOT
# Progress is reported for a request that was answered before.
# Expected: After a request is answered no more progress is reported for it.
# Actual: The answer to call had come; then came {"progressToken":"plumbline-0","progress":1000}
#
# Exit codes: 1 it fails as recorded, 0 the answer is another one, 2 usage,
# 3 only Plumbline can tell, 4 it could not be replayed.
set -u
LC_ALL=C
export LC_ALL
plumbline=${PLUMBLINE:-./plumbline}
# Usage: sh FILE [URL]
url=${1:-${MCP_URL:-}}
work=$(mktemp -d) || exit 4
server=
tidy() {
  [ -z "$server" ] || kill "$server" 2>/dev/null
  rm -rf "$work"
}
trap tidy EXIT
trap 'exit 4' HUP INT TERM
if [ -z "$url" ]; then
  "$plumbline" serve --port 0 --control-port 0 --set rate.kind=off --mutant progress-after-answer >"$work/server.out" 2>"$work/server.err" &
  server=$!
  tries=0
  until url=$(sed -n 's/^listening //p' "$work/server.out" | head -n 1); [ -n "$url" ]; do
    tries=$((tries + 1))
    if [ "$tries" -gt 100 ] || ! kill -0 "$server" 2>/dev/null; then
      echo "the bundled server did not start; set PLUMBLINE to the program of that name" >&2
      exit 4
    fi
    sleep 0.2
  done
fi
rest=${url#*://}
origin=${url%%://*}://${rest%%/*}
ask() { # number, seconds, where; the rest are words for curl
  n=$1
  limit=$2
  where=$3
  shift 3
  curl -q -sS --http1.1 -g --path-as-is -N --max-time "$limit" -D "$work/$n.head" \
    -o "$work/$n.body" "$@" "$where" 2>"$work/$n.err"
  ended=$?
  touch "$work/$n.head" "$work/$n.body"
  echo "$ended" >"$work/$n.end"
}
reached() { # number
  case $(cat "$work/$1.end") in
    6 | 7 | 35)
      cat "$work/$1.err" >&2
      exit 4
      ;;
  esac
}
header() { # number, name, which: the value of a header of the answer
  tr -d '\r' <"$work/$1.head" | grep -i "^$2:" | sed 's/^[^:]*:[[:space:]]*//' | sed -n "$3p"
}
member() { # number, name, which: a string in the answer, as JSON writes it
  grep -oE "\"$2\"[[:space:]]*:[[:space:]]*\"([^\"\\]|\\\\.)*\"" "$work/$1.body" |
    sed -n "$3p" | sed -E 's/^[^:]*:[[:space:]]*"//; s/"$//'
}
event() { # number, name, which: the id of an event of the answer
  tr -d '\r' <"$work/$1.body" | sed -n 's/^id: *//p' | sed -n "$3p"
}

# initialize
{ printf '%s' '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{"sampling":{"context":{}},"elicitation":{"form":{},"url":{}},"roots":{}},"clientInfo":{"name":"plumbline","version":"0.1.0"}}}'; } >"$work/0.send"
ask 0 5 "$url" -X POST \
  -H 'Accept: ''application/json, text/event-stream' \
  -H 'Content-Type: ''application/json' \
  -H 'User-Agent: ''plumbline/0.1.0' -H 'Expect:' \
  --data-binary @"$work/0.send"
reached 0
kept0=$(header 0 Mcp-Session-Id 1)

# lawful
{ printf '%s' '{"jsonrpc":"2.0","id":2,"method":"ping"}'; } >"$work/1.send"
ask 1 5 "$url" -X POST \
  -H 'Accept: ''application/json, text/event-stream' \
  -H 'Content-Type: ''application/json' \
  -H 'User-Agent: ''plumbline/0.1.0' \
  -H 'MCP-Protocol-Version: ''2025-11-25' \
  -H 'Mcp-Session-Id: '"$kept0" -H 'Expect:' \
  --data-binary @"$work/1.send"
reached 1

# call
{ printf '%s' '{"jsonrpc":"2.0","id":31,"method":"tools/call","params":{"name":"about","arguments":{},"_meta":{"progressToken":"plumbline-0"}}}'; } >"$work/2.send"
ask 2 5 "$url" -X POST \
  -H 'Accept: ''application/json, text/event-stream' \
  -H 'Content-Type: ''application/json' \
  -H 'User-Agent: ''plumbline/0.1.0' \
  -H 'MCP-Protocol-Version: ''2025-11-25' \
  -H 'Mcp-Session-Id: '"$kept0" -H 'Expect:' \
  --data-binary @"$work/2.send"
reached 2

# call-2
{ printf '%s' '{"jsonrpc":"2.0","id":32,"method":"tools/call","params":{"name":"echo","arguments":{"text":"plumbline"},"_meta":{"progressToken":1001}}}'; } >"$work/3.send"
ask 3 5 "$url" -X POST \
  -H 'Accept: ''application/json, text/event-stream' \
  -H 'Content-Type: ''application/json' \
  -H 'User-Agent: ''plumbline/0.1.0' \
  -H 'MCP-Protocol-Version: ''2025-11-25' \
  -H 'Mcp-Session-Id: '"$kept0" -H 'Expect:' \
  --data-binary @"$work/3.send"
reached 3

fails() {
  ended=$(cat "$work/3.end")
  case $ended in 0 | 18 | 28) ;; *) return 1 ;; esac
  status=$(sed -n 's/^HTTP\/[0-9.]* \([0-9][0-9]*\).*/\1/p' "$work/3.head" | tail -n 1)
  [ "$status" = 200 ] || return 1
  tr -d '\r' <"$work/3.body" | sed -e '/^:/d' -e '/^$/d' | tr '\n' ' ' >"$work/line"
  return 0
}
show() { # what, file: its beginning, without what a terminal would obey
  printf '%s\n' "--- $1"
  head -c 2000 "$2" | tr -cd '\11\12\40-\176'
  echo
}
show 'came back' "$work/3.body"
printf '%s\n' '--- expected' 'After a request is answered no more progress is reported for it.'
echo "Only the rule can tell: $plumbline repro run 20261121_193756_001" >&2
exit 3
