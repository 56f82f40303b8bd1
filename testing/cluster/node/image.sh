#!/bin/sh
# image.sh NAME ROOT TAR ENTRYPOINT... : packs the folder ROOT as a one-layer image, in docker-archive form, as TAR.
# IMAGE_USER is the number of the user it runs as; root where it is not set.
set -eu
name=$1 root=$2 tar=$3; shift 3
case $(uname -m) in aarch64 | arm64) arch=arm64 ;; *) arch=amd64 ;; esac
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
tar -C "$root" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -cf "$work/layer.tar" .
entry=$(printf ',"%s"' "$@")
layer=$(sha256sum <"$work/layer.tar" | cut -d' ' -f1)
printf '{"architecture":"%s","os":"linux","config":{"User":"%s","Entrypoint":[%s],"Env":["PATH=/usr/bin:/bin"]},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
    "$arch" "${IMAGE_USER-}" "${entry#,}" "$layer" >"$work/config.json"
printf '[{"Config":"config.json","RepoTags":["%s"],"Layers":["layer.tar"]}]' "$name" >"$work/manifest.json"
tar -C "$work" -cf "$tar" manifest.json config.json layer.tar
