#!/bin/sh
# image.sh NAME TAR: the gateway's image, of what `make build` left in dist/.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=${here%/*}
[ -d "$root/dist/lib" ] || { echo "Not built yet: run \`make build\` first." >&2; exit 1; }
JAVA_HOME=$("$here/src/main/dist/lib/find-java.sh" javac)
export JAVA_HOME
exec "$root/testing/cluster/images/java-image.sh" "$1" "$root/dist" "$2" \
    @/app/lib/jvm.options -cp '/app/lib/*' dev.llmgateway.runtime.boot.Main
