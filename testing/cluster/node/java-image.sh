#!/bin/sh
# java-image.sh NAME FOLDER TAR JAVA_ARGUMENT... : an image whose /app is FOLDER, started as `java JAVA_ARGUMENT...` in it.
# The runtime is jlink's of JAVA_HOME with the shared libraries it needs, taken from this machine; made once (11 s) and
# kept in the cache. MODULES names its modules.
set -eu
name=$1 folder=$2 tar=$3; shift 3
here=$(cd "$(dirname "$0")" && pwd)
java=${JAVA_HOME:?names no JDK}
modules=${MODULES:-java.se,jdk.unsupported,jdk.crypto.ec,jdk.httpserver,jdk.management,jdk.zipfs}
cache=${XDG_CACHE_HOME:-$HOME/.cache}/llm-gateway
key=$({ echo "$modules"; cat "$java/release" "$here/java-image.sh"; } | sha256sum | cut -c1-16)
runtime=$cache/java-$key
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
"$here/image.sh" "$name" "$root" "$tar" /opt/java/bin/java "$@"
