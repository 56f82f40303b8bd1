#!/bin/sh
# java-image.sh NAME FOLDER TAR JAVA_ARGUMENT... : an image whose /app is FOLDER, started as `java JAVA_ARGUMENT...` in it
# by a user that is not root.
# The runtime is jlink's of JAVA_HOME with the shared libraries it needs, taken from this machine; made once (15 s) and
# kept in the cache. MODULES names its modules.
# TRAINING_SECONDS, where set, is how long the program first runs here, in this environment, for its AOT cache: what it
# loaded and linked then is ready when it starts in a Pod.
set -eu
name=$1 folder=$2 tar=$3; shift 3
here=$(cd "$(dirname "$0")" && pwd)
java=${JAVA_HOME:?names no JDK}
modules=${MODULES:-java.se,jdk.unsupported,jdk.crypto.ec,jdk.httpserver,jdk.management,jdk.zipfs}
cache=${XDG_CACHE_HOME:-$HOME/.cache}/llm-gateway
key=$({ echo "$modules"; cat "$java/release" "$here/java-image.sh"; } | sha256sum | cut -c1-16)
runtime=$cache/java-$key
# The JVM takes class archives only with the very files they were made from, times included; all times in an image are 0.
untimed() {
    find "$1" -exec touch -h -d @0 {} +
}
if [ ! -d "$runtime" ]; then
    mkdir -p "$cache"
    made=$(mktemp -d "$cache/.java-XXXXXX"); trap 'rm -rf "$made"' EXIT
    "$java/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages \
        --compress=zip-6 --output "$made/opt/java"
    find "$made/opt/java" -type f \( -name '*.so' -o -path '*/bin/*' \) \
        -exec env LD_LIBRARY_PATH="$made/opt/java/lib:$made/opt/java/lib/server" ldd {} + 2>/dev/null |
        grep -o '/[^ ]*' | grep -v "^$made" | sed 's/:$//' | sort -u | while read -r library; do
            mkdir -p "$made$(dirname "$library")"
            cp -L "$library" "$made$library"
        done
    untimed "$made/opt/java"
    "$made/opt/java/bin/java" -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Xshare:dump >/dev/null
    mkdir -p "$made/etc" "$made/tmp"
    printf 'root:x:0:0::/:\napp:x:1000:1000::/app:\n' >"$made/etc/passwd"
    chmod 755 "$made"; chmod 1777 "$made/tmp"
    mv -T "$made" "$runtime" 2>/dev/null || [ -d "$runtime" ] # another one may have been faster
    trap - EXIT; rm -rf "$made"
fi
root=$(mktemp -d); trap 'rm -rf "$root"' EXIT
chmod 755 "$root"
cp -a "$runtime/." "$root"
mkdir -p "$root/app"
cp -a "$folder/." "$root/app"
if [ "${TRAINING_SECONDS-}" ]; then
    untimed "$root"
    timeout --preserve-status --kill-after=120 "$TRAINING_SECONDS" sh -c '
        root=$1; shift
        for argument do shift; set -- "$@" "$(echo "$argument" | sed "s#/app/#$root/app/#")"; done
        exec "$root/opt/java/bin/java" -XX:AOTCacheOutput="$root/app/program.aot" "$@"' sh "$root" "$@" >"$root.log" 2>&1 || true
    [ -f "$root/app/program.aot" ] || { echo "The training run left no AOT cache:" >&2; cat "$root.log" >&2; exit 1; }
    rm "$root.log"
    set -- -XX:AOTCache=/app/program.aot "$@"
fi
IMAGE_USER=1000 "$here/oci-image.sh" "$name" "$root" "$tar" /opt/java/bin/java "$@"
