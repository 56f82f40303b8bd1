#!/usr/bin/env bash
# Prints the folder of the test cluster's programs and images; first builds what is missing there, which takes 6-12
# minutes on a new machine and nothing after. The folder lies outside the checkout, named by the digest of the sources,
# so worktrees and clean checkouts share it.
#   binaries.sh          build if need be; progress goes to standard error
#   binaries.sh --path   only print; exit 1 when it is not built
set -euo pipefail
cd "$(dirname "$0")"
version=1.26 # of Go, as in go.mod
cache=${XDG_CACHE_HOME:-$HOME/.cache}/llm-gateway
digest=$({ uname -m; sha256sum binaries.sh $(find control-plane node -type f | LC_ALL=C sort); } | sha256sum | cut -c1-16)
folder=$cache/cluster-$digest
if [[ -d $folder ]]; then
    touch "$folder"
    echo "$folder"
    exit
fi
[[ ${1-} != --path ]] || { echo "$folder"; exit 1; }

missing="Go $version or newer builds the test cluster and is missing: install it and put it in PATH"
found=$(GOTOOLCHAIN=local go env GOVERSION 2>/dev/null) || { echo "$missing." >&2; exit 1; }
found=${found#go}
[[ $(printf '%s\n' "$version" "$found" | sort -V | head -1) == "$version" ]] ||
    { echo "$missing; this is $found." >&2; exit 1; }

mkdir -p "$cache"
exec 9>"$cache/.lock"
flock 9 # another checkout may be building the same
[[ ! -d $folder ]] || { echo "$folder"; exit; }
echo "Building the test cluster into $folder: 6-12 minutes, once for this machine." >&2
made=$(mktemp -d "$cache/.cluster-XXXXXX")
trap 'rm -rf "$made"' EXIT
export CGO_ENABLED=0 GOTOOLCHAIN=local
build() { # folder, program
    (cd "$1" && go build -trimpath -ldflags='-s -w' -o "$2" .)
}
control-plane/build.sh "$made/test-cluster"
for name in kubectl etcd kube-apiserver; do # so it is a folder for KUBEBUILDER_ASSETS too
    ln -s test-cluster "$made/$name"
done
build node "$made/test-node"
build node/dns "$made/test-cluster-dns"
mkdir "$made/images"
for name in pause demo; do
    root=$(mktemp -d "$made/.root-XXXXXX")
    chmod 755 "$root"
    build "node/$name" "$root/$name"
    node/image.sh "localhost/$name:1" "$root" "$made/images/$name.tar" "/$name"
    rm -rf "$root"
done
chmod 755 "$made"
mv -T "$made" "$folder"
trap - EXIT
# What no checkout has used for a month; and runtimes of images, which are soon made anew.
find "$cache" -maxdepth 1 \( -name 'cluster-*' -o -name 'java-*' \) -mtime +30 -exec rm -rf {} +
echo "$folder"
