#!/bin/sh
# install.sh PREFIX: the packaged command line in PREFIX/lib/llm-gateway, its programs linked into PREFIX/bin.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
prefix=${1:?names no folder}
"$here/package.sh"
mkdir -p "$prefix/bin" "$prefix/lib"
rm -rf "$prefix/lib/llm-gateway"
cp -a "$(dirname "$here")/dist-plugin/llm-gateway" "$prefix/lib/"
for each in "$prefix"/lib/llm-gateway/bin/*; do
    ln -sf "../lib/llm-gateway/bin/${each##*/}" "$prefix/bin/"
done
"$prefix/bin/llm-gateway" version --client
case :$PATH: in *":$prefix/bin:"*) ;; *) echo "Put $prefix/bin into PATH." >&2 ;; esac
