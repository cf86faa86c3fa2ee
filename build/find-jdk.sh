#!/bin/sh
# Prints the home of a JDK >= 25; says in one line what to install when there is none.
# Looks where maven-toolchains-plugin looks, so that the launcher and the build agree.
required=25

major() {
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 1
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

from_path=
if javac=$(command -v javac 2>/dev/null); then
  from_path=$(dirname "$(dirname "$(readlink -f "$javac" 2>/dev/null || echo "$javac")")")
fi

best= best_major=0
for home in "$JAVA_HOME" "$MAVEN_JAVA_HOME" \
  $(env | sed -n 's/^JAVA[0-9A-Z_]*_HOME=//p') "$from_path" \
  /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
  "$HOME"/.jbang/cache/jdks/* "$HOME"/.asdf/installs/java/* \
  /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
  [ -n "$home" ] || continue
  version=$(major "$home") || continue
  if [ -n "$version" ] && [ "$version" -ge "$required" ] && [ "$best_major" -eq 0 ]; then
    best=$home best_major=$version
  fi
done

if [ -z "$best" ]; then
  echo "plumbline: no JDK $required or newer found: install one (for example Eclipse Temurin $required) beside the default JDK, or set JAVA${required}_HOME to its folder" >&2
  exit 2
fi
printf '%s\n' "$best"
