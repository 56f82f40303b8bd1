#!/usr/bin/env bash
# Installs what the tests need; does nothing, fast, when it is all there.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH=$PATH:/usr/sbin:/sbin # nft and ip, for people who are not root

missing=()
need() { # command, Debian package
    command -v "$1" >/dev/null || missing+=("$2")
}
need mvn maven
need curl curl
need node nodejs
need npm npm
need python3 python3
need strace strace # counts system calls
need git git
need tmux tmux # a terminal for the command line
need containerd containerd # from here on: what the Pods of the test node need
need runc runc
need nft nftables
need ip iproute2
[[ -x /usr/lib/cni/ptp ]] || missing+=(containernetworking-plugins)
python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
if ((${#missing[@]})); then
    if ((EUID != 0)); then
        echo "Missing: ${missing[*]}. Run as root: apt-get install ${missing[*]}" >&2
        exit 1
    fi
    export DEBIAN_FRONTEND=noninteractive
    apt-get -q update
    apt-get -q install -y --no-install-recommends "${missing[@]}"
fi
gateway-runtime/src/main/dist/lib/find-java.sh javac >/dev/null
node -e 'process.exit(+(process.versions.node.split(".")[0] < 20))' ||
    { echo "Node 20 or newer is needed, this is $(node --version)." >&2; exit 1; }

# The cluster for tests: minutes of Go on a new machine, nothing after; beside the other installs.
{ testing/cluster/binaries.sh && testing/cluster/helm.sh; } >/dev/null &
cluster=$!

# A stamp holds the digest of the pins it was made from, so a changed pin makes it anew.
fresh() { # stamp, pins
    [[ -f $1 && $(cat "$1") == "$(sha256sum <"$2")" ]]
}
stamp() {
    sha256sum <"$2" >"$1"
}

pins=testing/e2e/python/requirements.txt
if ! fresh .setup/venv/stamp "$pins"; then
    rm -rf .setup/venv
    python3 -m venv .setup/venv
    .setup/venv/bin/pip --disable-pip-version-check -q install --no-deps -r "$pins"
    .setup/venv/bin/pip --disable-pip-version-check -q check
    stamp .setup/venv/stamp "$pins"
fi

pins=testing/e2e/js/package-lock.json
if ! fresh testing/e2e/js/node_modules/.stamp "$pins"; then
    npm ci --prefix testing/e2e/js --no-audit --no-fund --ignore-scripts --loglevel=error
    stamp testing/e2e/js/node_modules/.stamp "$pins"
fi

wait "$cluster" || { echo "The test cluster was not built; why stands above." >&2; exit 1; }
