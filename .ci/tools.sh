#!/bin/bash
# Installs what the full-strength run uses beyond a JDK and Maven. Sourced by .ci/run; each part is
# optional: where it cannot be had, the tests that need it are reported as not run, never as passed.
# Everything lands below $TOOLS; nothing on the machine is relied on but a package manager.

TOOLS=${PLUMBLINE_TOOLS:-$PWD/target/ci-tools}
TOXIPROXY_VERSION=v2.12.0
NODE_VERSION=22
OFFICIAL_SUITE_VERSION=0.2.0-alpha.12
mkdir -p "$TOOLS/bin"
export PATH="$TOOLS/bin:$PATH"

say() { printf '[ci] %s\n' "$*"; }

apt_install() {
  command -v apt-get >/dev/null || return 1
  [ "$(id -u)" = 0 ] || return 1
  if [ ! -e "$TOOLS/apt-updated" ]; then
    apt-get update -qq >"$TOOLS/apt.log" 2>&1 && touch "$TOOLS/apt-updated"
  fi
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >>"$TOOLS/apt.log" 2>&1
}

install_toxiproxy() {
  [ -x "$TOOLS/bin/toxiproxy-server" ] && return 0
  command -v go >/dev/null || { say "no Go: the real Toxiproxy is not run"; return 0; }
  # static, so that the same file also runs in an empty container
  if CGO_ENABLED=0 GOBIN="$TOOLS/go" timeout 300 go install "github.com/Shopify/toxiproxy/v2/cmd/server@$TOXIPROXY_VERSION" 2>"$TOOLS/go.log"; then
    mv "$TOOLS/go/server" "$TOOLS/bin/toxiproxy-server"
    say "Toxiproxy $TOXIPROXY_VERSION"
  else
    say "Toxiproxy could not be built ($(tail -n 1 "$TOOLS/go.log")): the real one is not run"
  fi
}

install_chromium() {
  command -v chromium >/dev/null && command -v chromedriver >/dev/null && return 0
  apt_install chromium chromium-driver || say "no Chromium: report and dashboard are not opened in a browser"
}

# The official conformance suite with the Node it needs, both from npm, in a folder of their own.
install_referee() {
  local folder="$TOOLS/referee"
  if [ ! -d "$folder/node_modules/@modelcontextprotocol/conformance" ]; then
    command -v npm >/dev/null || { say "no npm: the official suite is not run"; return 0; }
    mkdir -p "$folder"
    printf '{"private":true}\n' >"$folder/package.json"
    if ! (cd "$folder" && timeout 300 npm install --no-audit --no-fund --no-package-lock \
      "node@$NODE_VERSION" "@modelcontextprotocol/conformance@$OFFICIAL_SUITE_VERSION" >"$TOOLS/referee.log" 2>&1); then
      say "the official suite could not be installed ($(tail -n 1 "$TOOLS/referee.log")): it is not run"
      rm -rf "$folder"
      return 0
    fi
  fi
  export PLUMBLINE_REFEREE="$folder"
  say "official suite $OFFICIAL_SUITE_VERSION on Node $("$folder/node_modules/.bin/node" --version)"
}

# A Docker engine of our own, with Toxiproxy in a local image: no registry is asked.
start_docker() {
  docker info >/dev/null 2>&1 && { import_images; return 0; }
  command -v dockerd >/dev/null || apt_install docker.io iptables \
    || { say "no Docker engine: containers are not run"; return 0; }
  mkdir -p "$TOOLS/docker"
  (setsid dockerd --host=unix:///var/run/docker.sock --data-root "$TOOLS/docker/root" \
    --exec-root "$TOOLS/docker/exec" --pidfile "$TOOLS/docker/dockerd.pid" >"$TOOLS/dockerd.log" 2>&1 &)
  for _ in $(seq 60); do
    docker info >/dev/null 2>&1 && break
    sleep 0.5
  done
  if docker info >/dev/null 2>&1; then
    import_images
  else
    say "the Docker engine did not start ($(tail -n 1 "$TOOLS/dockerd.log")): containers are not run"
  fi
}

import_images() {
  [ -x "$TOOLS/bin/toxiproxy-server" ] || return 0
  local image="local/toxiproxy:${TOXIPROXY_VERSION#v}"
  tar -C "$TOOLS/bin" -c toxiproxy-server \
    | docker import --change 'ENTRYPOINT ["/toxiproxy-server","-host=0.0.0.0"]' - "$image" >/dev/null
  export PLUMBLINE_TOXIPROXY_IMAGE="$image"
  say "Docker $(docker version --format '{{.Server.Version}}') with $image"
}

# One Toxiproxy at a known address, the third way in which a user may offer it.
start_toxiproxy() {
  [ -x "$TOOLS/bin/toxiproxy-server" ] || return 0
  local port=18474
  "$TOOLS/bin/toxiproxy-server" -host 127.0.0.1 -port "$port" >"$TOOLS/toxiproxy.log" 2>&1 &
  toxiproxy_pid=$!
  export PLUMBLINE_TOXIPROXY="127.0.0.1:$port"
}

stop_services() {
  [ -n "${toxiproxy_pid:-}" ] && kill "$toxiproxy_pid" 2>/dev/null
  stop_docker
}

stop_docker() {
  [ -f "$TOOLS/docker/dockerd.pid" ] || return 0
  local pid
  pid=$(cat "$TOOLS/docker/dockerd.pid")
  kill "$pid" 2>/dev/null
  for _ in $(seq 40); do kill -0 "$pid" 2>/dev/null || break; sleep 0.25; done
  if command -v iptables >/dev/null; then # the engine leaves its own chains and bridge behind
    iptables -P FORWARD ACCEPT
    iptables -F DOCKER; iptables -F DOCKER-USER; iptables -t nat -F DOCKER
    ip link delete docker0
  fi 2>/dev/null
  return 0
}
