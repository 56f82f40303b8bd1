#!/bin/sh
# package.sh [FOLDER]: the command line as people install it, in FOLDER (default: dist-plugin of the repository):
#   llm-gateway/                             unpacked: launcher, jar, jlink runtime, AOT cache, the gateway itself
#   llm-gateway-VERSION-OS-ARCH.tar.gz       the same; llm-gateway.yaml is its Krew manifest
#   llm-gateway-VERSION-java.tar.gz          without a runtime, for a Java >= 25 that is there
# Needs `make build` before. Does nothing when nothing has changed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
out=${1:-$root/dist-plugin}
version=$(sed -n 's:.*<parent>.*<version>\(.*\)</version></parent>.*:\1:p' "$here/pom.xml")
java=$("$root/gateway-runtime/src/main/dist/lib/find-java.sh" javac)
jar=$here/target/kubectl-plugin-$version.jar
[ -r "$jar" ] && [ -d "$root/dist/lib" ] || { echo "Not built yet: run \`make build\` first." >&2; exit 1; }

stamp=$({ cat "$jar" "$here/package.sh" "$here"/src/main/dist/bin/* "$here"/target/lib/*.jar "$root"/dist/lib/*; cat "$java/release"; } | sha256sum | cut -d' ' -f1)
if [ "$(cat "$out/.stamp" 2>/dev/null)" = "$stamp" ]; then exit 0; fi
rm -rf "$out"
home=$out/llm-gateway
mkdir -p "$home/bin" "$home/lib/gateway"
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT

# One jar, stored. Picocli's own classes are of a version that no AOT cache takes, so they are compiled from its sources.
mkdir "$work/classes" "$work/picocli"
(cd "$work/picocli" && "$java/bin/jar" xf "$here/target/picocli-sources.jar")
"$java/bin/javac" -nowarn -proc:none --release 25 -Xlint:none -d "$work/classes" \
    $(find "$work/picocli" -path '*/picocli/*.java' ! -name module-info.java ! -path '*/groovy/*') 2>"$work/javac.log" ||
    { cat "$work/javac.log" >&2; exit 1; }
for each in "$here"/target/lib/*.jar "$jar"; do
    case ${each##*/} in picocli-*) continue ;; esac
    (cd "$work/classes" && "$java/bin/jar" xf "$each")
done
rm -rf "$work/classes/META-INF/versions" "$work/classes/module-info.class"
printf 'Implementation-Version: %s\n' "$version" >"$work/manifest"
"$java/bin/jar" --create --no-compress --date=2026-01-01T00:00:00Z --file "$home/lib/cli.jar" --manifest "$work/manifest" -C "$work/classes" .
touch -d '2026-01-01 00:00:00 UTC' "$home/lib/cli.jar" # the cache remembers it

"$java/bin/java" -cp "$home/lib/cli.jar" dev.llmgateway.cli.HelpPages "$home/lib/help"

cp "$here"/src/main/dist/bin/* "$home/bin/"
cp "$home/bin/kubectl-llm_gateway" "$home/bin/llm-gateway"
cp "$root"/dist/lib/*.jar "$home/lib/gateway/"
cp "$root/dist/lib/jvm.options" "$root/dist/lib/find-java.sh" "$home/lib/"
cp "$root/LICENSE" "$home/"
tar -C "$out" --sort=name --owner=0 --group=0 --numeric-owner --mtime='2026-01-01 00:00:00 UTC' -czf "$out/llm-gateway-$version-java.tar.gz" llm-gateway

modules=java.base,java.logging,java.management,java.naming,java.security.jgss,java.sql,java.xml,jdk.crypto.ec,jdk.jfr,jdk.management,jdk.unsupported
"$java/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages --generate-cds-archive \
    --output "$home/runtime" 2>"$work/jlink.log" || { cat "$work/jlink.log" >&2; exit 1; }

# A cache holds what a run of the usual verbs loads, linked and profiled; listings have a smaller one (decision 121).
train() { # cache, more arguments
    cache=$1; shift
    mkdir "$work/$cache"
    "$home/runtime/bin/java" -XX:AOTCacheOutput="$home/lib/$cache.aot" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
        -cp "$home/lib/cli.jar" dev.llmgateway.cli.Training "$work/$cache" "$@" >"$work/train.log" 2>&1 ||
        { cat "$work/train.log" >&2; exit 1; }
}
train cli
train list listings

os=$(uname -s | tr '[:upper:]' '[:lower:]')
case $(uname -m) in x86_64) arch=amd64 ;; aarch64 | arm64) arch=arm64 ;; *) arch=$(uname -m) ;; esac
archive=llm-gateway-$version-$os-$arch.tar.gz
tar -C "$out" --sort=name --owner=0 --group=0 --numeric-owner -czf "$out/$archive" llm-gateway
cat >"$out/llm-gateway.yaml" <<YAML
apiVersion: krew.googlecontainertools.github.com/v1alpha2
kind: Plugin
metadata:
  name: llm-gateway
spec:
  version: v$version
  homepage: https://llm-gateway.dev
  shortDescription: Accounts, keys and gateways of llm-gateway
  description: |
    Manages upstream accounts and client keys of llm-gateway, explains routing, checks manifests, and connects clients.
  platforms:
  - selector: {matchLabels: {os: $os, arch: $arch}}
    uri: https://llm-gateway.dev/releases/v$version/$archive
    sha256: $(sha256sum "$out/$archive" | cut -d' ' -f1)
    files: [{from: llm-gateway/*, to: .}]
    bin: bin/kubectl-llm_gateway
YAML
echo "$stamp" >"$out/.stamp"
