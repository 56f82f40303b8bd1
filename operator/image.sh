#!/bin/sh
# image.sh NAME TAR: the operator's image, of what `make build` left in target/quarkus-app. The run that trains its AOT
# cache has no API server to ask.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=${here%/*}
[ -r "$here/target/quarkus-app/jvm.options" ] || { echo "Not built yet: run \`make build\` first." >&2; exit 1; }
JAVA_HOME=$("$root/gateway-runtime/src/main/dist/lib/find-java.sh" javac)
export JAVA_HOME
export TRAINING_SECONDS=5 KUBERNETES_MASTER=http://127.0.0.1:1 LLM_GATEWAY_NAMESPACE=training \
    QUARKUS_MANAGEMENT_HOST=127.0.0.1 QUARKUS_MANAGEMENT_PORT=0
exec "$root/testing/cluster/images/java-image.sh" "$1" "$here/target/quarkus-app" "$2" \
    @/app/jvm.options -jar /app/quarkus-run.jar
