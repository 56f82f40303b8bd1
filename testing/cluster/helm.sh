#!/usr/bin/env bash
# Prints the path of `helm`, of one version for everybody; first builds it where it is missing, which takes some minutes on
# a new machine.
set -euo pipefail
version=3.22.0
folder=${XDG_CACHE_HOME:-$HOME/.cache}/llm-gateway/helm-$version
if [[ ! -x $folder/helm ]]; then
    mkdir -p "$folder"
    exec 9>"$folder/.lock"
    flock 9 # another checkout may be building the same
    if [[ ! -x $folder/helm ]]; then
        echo "Building helm $version into $folder." >&2
        made=$(mktemp -d "$folder/.made-XXXXXX")
        trap 'rm -rf "$made"' EXIT
        GOBIN=$made GOTOOLCHAIN=local CGO_ENABLED=0 go install -trimpath -ldflags='-s -w' "helm.sh/helm/v3/cmd/helm@v$version"
        mv "$made/helm" "$folder/helm"
    fi
fi
echo "$folder/helm"
