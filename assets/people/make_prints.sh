#!/bin/sh
# Makes the black-and-white pictures that a card face holds beside the portrait: name.png, address.png, security.png in
# each <id>/, and number.png, which says TEST where a real card shows the 12-digit number.
#
# Needs ImageMagick and the font BIZ UDGothic (Debian: imagemagick, fonts-morisawa-bizud-gothic; SIL Open Font License).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
font=$(fc-match -f '%{file}' 'BIZ UDGothic')
print() { # text, width, height, points, file
    convert -background white -fill black -font "$font" -pointsize "$4" label:"$1" -gravity West \
        -resize "$2x$3>" -extent "$2x$3" -monochrome -depth 1 -strip "PNG:$5"
}
field() { sed -n "/^id = \"$1\"/,/^$/s/^$2 = \"\(.*\)\"/\1/p" "$here/people.toml"; }
for id in p01 p02 p03 p04 p05 p06 p07 p08; do
    print "$(field "$id" name)" 320 32 26 "$here/$id/name.png"
    print "$(field "$id" address)" 480 24 20 "$here/$id/address.png"
    print "$(field "$id" security_code)" 24 12 11 "$here/$id/security.png"
done
print TEST 72 12 11 "$here/number.png"
