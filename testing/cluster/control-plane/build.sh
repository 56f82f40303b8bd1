#!/bin/sh
# build.sh OUT: builds the binary OUT. The version it tells comes from go.mod: go build does not stamp it, and clients
# cannot parse what stands there otherwise.
set -eu
cd "$(dirname "$0")"
version=$(go list -m -f '{{.Version}}' k8s.io/kubernetes)
minor=${version#v*.}
at=k8s.io/component-base/version
export CGO_ENABLED=0
exec go build -trimpath -o "$1" -ldflags "-s -w -X $at.gitVersion=$version -X $at.gitMajor=1 -X $at.gitMinor=${minor%%.*}" .
