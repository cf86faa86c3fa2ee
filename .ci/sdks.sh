# Builds the programs of samples/interop, made with five official SDKs, below target/sdks. Sourced by .ci/interop and
# .ci/real-servers, after `root` and `jdk` are set; what was built before is used again. An SDK that cannot be built leaves its
# reason in target/sdks/not-run/NAME.

sdks=$root/target/sdks
build_seconds=600
mkdir -p "$sdks"/{versions,not-run,logs}

needs() { # sdk, program…
  local sdk=$1 program
  shift
  for program in "$@"; do
    command -v "$program" >/dev/null || { printf 'no %s on this machine\n' "$program" >"$sdks/not-run/$sdk"; return 1; }
  done
}

install_typescript() {
  needs typescript node npm || return
  cd "$sdks/typescript" && npm install --no-audit --no-fund --ignore-scripts --no-package-lock &&
    node -p 'JSON.parse(fs.readFileSync("node_modules/@modelcontextprotocol/client/package.json", "utf8")).version' >"$sdks/versions/typescript"
}

install_python() {
  needs python python3 || return
  cd "$sdks/python" && python3 -m venv . && bin/pip install -q -r requirements.txt &&
    bin/python -c 'from importlib.metadata import version; print(version("mcp"))' >"$sdks/versions/python"
}

install_java() {
  needs java mvn || return
  cd "$sdks/java" && mvn -q -DbuildDirectory="$sdks/java" package &&
    basename lib/mcp-core-*.jar .jar | sed 's/^mcp-core-//' >"$sdks/versions/java"
}

install_go() {
  needs go go || return
  cd "$sdks/go" && GOFLAGS=-mod=mod go build -o bin/ ./client ./server &&
    GOFLAGS=-mod=mod go list -m -f '{{.Version}}' github.com/modelcontextprotocol/go-sdk | sed 's/^v//' >"$sdks/versions/go"
}

install_rust() {
  needs rust cargo || return
  cd "$sdks/rust" && cargo build --quiet && cargo pkgid rmcp | sed 's/.*[@#]//' >"$sdks/versions/rust"
}

build_sdk() { # sdk: 0 when its programs can be run
  local sdk=$1
  rm -f "$sdks/not-run/$sdk" "$sdks/versions/$sdk"
  mkdir -p "$sdks/$sdk"
  cp -R "$root/samples/interop/$sdk/." "$sdks/$sdk/" # sources only
  export -f "install_$sdk" needs
  export sdks
  timeout "$build_seconds" bash -c "install_$sdk" >"$sdks/logs/$sdk.log" 2>&1 && return
  [ -e "$sdks/not-run/$sdk" ] || printf 'could not be installed: %s\n' "$(tail -n 1 "$sdks/logs/$sdk.log" | tr -d '\r' | cut -c1-200)" >"$sdks/not-run/$sdk"
  return 1
}

run_of() { # sdk, client or server: the command, in the array `command`
  case $1 in
    typescript) command=(node "$sdks/typescript/$2.mjs") ;;
    python) command=("$sdks/python/bin/python" "$sdks/python/$2.py") ;;
    java) command=("$jdk/bin/java" -cp "$sdks/java/lib/*" "$sdks/java/${2^}.java") ;;
    go) command=("$sdks/go/bin/$2") ;;
    rust) command=("$sdks/rust/target/debug/$2") ;;
  esac
}
