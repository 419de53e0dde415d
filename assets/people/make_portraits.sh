#!/bin/sh
# Makes each person's card portrait, <id>/portrait.jp2: grey, 192x240, at most 5 KB, JP2 container.
#
#   make_portraits.sh SOURCE
#
# SOURCE holds <id>/portrait.png (600x750). Needs ImageMagick and opj_compress (Debian: imagemagick, libopenjp2-tools).
set -eu
source=${1:?usage: make_portraits.sh SOURCE}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for id in p01 p02 p03 p04 p05 p06 p07 p08; do
    convert "$source/$id/portrait.png" -colorspace Gray -filter Lanczos -resize '192x240!' -depth 8 "$work/$id.pgm"
    # 46080 bytes of pixels at 9.6:1 leave room for the container below 5 KB.
    opj_compress -i "$work/$id.pgm" -o "$here/$id/portrait.jp2" -r 9.6 -I >/dev/null
    bytes=$(wc -c <"$here/$id/portrait.jp2")
    [ "$bytes" -le 5120 ] || { echo "$id: $bytes bytes is more than 5 KB" >&2; exit 1; }
    echo "$id $bytes"
done
