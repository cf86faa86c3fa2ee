#!/bin/sh
# Writes target/build.json: who built what ships, from which commit and when. `plumbline verify` takes it into the evidence and
# signs a provenance statement about it. The name of the builder is PLUMBLINE_BUILDER, or that of the workflow on GitHub.
# record.sh TOP-FOLDER WHEN-THE-BUILD-BEGAN MAVEN-VERSION
root=$1
out=$root/target/build.json

plain() { printf '%s' "$1" | tr -cd 'A-Za-z0-9 :/@._~%+-'; } # nothing that JSON would take for more than text
digest() { if command -v sha256sum >/dev/null 2>&1; then sha256sum; else shasum -a 256; fi | cut -d ' ' -f 1; }
released() { sed -n "s/^$1=\"\(.*\)\"/\1/p" "$jdk/release"; }

rm -f "$out"
[ -f "$root/target/bom.json" ] || exit 0
jdk=$("$root/build/find-jdk.sh") || exit 2
commit=
tree=unknown
if [ -e "$root/.git" ] && commit=$(git -C "$root" rev-parse -q --verify HEAD 2>/dev/null); then
  if changes=$(git -C "$root" status --porcelain 2>/dev/null); then
    if [ -z "$changes" ]; then tree=clean; else tree=changed; fi
  fi
fi
builder=$PLUMBLINE_BUILDER
if [ -z "$builder" ] && [ -n "$GITHUB_WORKFLOW_REF" ]; then builder=$GITHUB_SERVER_URL/$GITHUB_WORKFLOW_REF; fi

cat >"$out" <<END
{
  "schema": "plumbline/build/v1",
  "builder": "$(plain "${builder:-urn:plumbline:builder:unnamed}")",
  "commit": "$(plain "$commit")",
  "tree": "$tree",
  "started": "$(plain "$2")",
  "finished": "$(date -u +%Y-%m-%dT%H:%M:%SZ)",
  "java": "$(plain "$(released JAVA_VERSION) $(released IMPLEMENTOR)")",
  "maven": "$(plain "$3")",
  "bomSha256": "$(digest <"$root/target/bom.json")"
}
END
