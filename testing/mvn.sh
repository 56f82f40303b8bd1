#!/bin/sh
# Maven on a JDK >= 25.
set -eu
here=$(dirname "$(readlink -f "$0")")
JAVA_HOME=$("$here/../gateway-runtime/src/main/dist/lib/find-java.sh" javac)
export JAVA_HOME
command -v mvn >/dev/null || { echo "Maven 3.8 or newer is missing: apt-get install maven" >&2; exit 1; }
exec mvn -B "$@"
