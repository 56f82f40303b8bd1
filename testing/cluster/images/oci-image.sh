#!/bin/sh
# oci-image.sh NAME ROOT TAR ENTRYPOINT... : packs the folder ROOT as a one-layer image with tar alone, no container engine.
# TAR is an OCI layout and a docker-archive in one, so every tool that loads images takes it: docker load, podman load,
# ctr images import, kind load image-archive, skopeo copy oci-archive:TAR …
# NAME has a tag. IMAGE_USER is the number of the user it runs as; root where it is not set. The same ROOT gives the same bytes.
set -eu
name=$1 root=$2 tar=$3; shift 3
case $(uname -m) in aarch64 | arm64) arch=arm64 ;; *) arch=amd64 ;; esac
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
blobs=$work/blobs/sha256
mkdir -p "$blobs"
plain() { # tar's arguments: nothing of this machine or of now gets in
    tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner "$@"
}
keep() { # file: becomes a blob; prints its digest
    digest=$(sha256sum <"$1" | cut -d' ' -f1)
    mv "$1" "$blobs/$digest"
    echo "$digest"
}
described() { # media type, digest
    printf '"mediaType":"%s","digest":"sha256:%s","size":%s' "$1" "$2" "$(wc -c <"$blobs/$2")"
}
oci=application/vnd.oci.image
plain -C "$root" -cf "$work/new" .
layer=$(keep "$work/new")
entry=$(printf ',"%s"' "$@")
printf '{"architecture":"%s","os":"linux","config":{"User":"%s","Entrypoint":[%s],"Env":["PATH=/usr/bin:/bin"]},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
    "$arch" "${IMAGE_USER-}" "${entry#,}" "$layer" >"$work/new"
config=$(keep "$work/new")
printf '{"schemaVersion":2,"mediaType":"%s.manifest.v1+json","config":{%s},"layers":[{%s}]}' "$oci" \
    "$(described "$oci.config.v1+json" "$config")" "$(described "$oci.layer.v1.tar" "$layer")" >"$work/new"
manifest=$(keep "$work/new")
printf '{"imageLayoutVersion":"1.0.0"}' >"$work/oci-layout"
printf '{"schemaVersion":2,"manifests":[{%s,"annotations":{"io.containerd.image.name":"%s","org.opencontainers.image.ref.name":"%s"}}]}' \
    "$(described "$oci.manifest.v1+json" "$manifest")" "$name" "${name##*:}" >"$work/index.json"
printf '[{"Config":"blobs/sha256/%s","RepoTags":["%s"],"Layers":["blobs/sha256/%s"]}]' "$config" "$name" "$layer" >"$work/manifest.json"
plain -C "$work" -cf "$tar" oci-layout index.json manifest.json blobs
