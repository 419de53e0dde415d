#!/bin/sh
# Makes the Debian packages of a program that is built already:
#   build.sh PROGRAM FOLDER [ARCHITECTURE [ASKED]]
# Prints the .changes file, which names the packages beside it.
# ARCHITECTURE is Debian's name, this machine's without it. ASKED is a program of this machine's architecture that writes the
# manual pages and completions where PROGRAM cannot run here.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
source=$(cd "$here/../.." && pwd)
program=$(realpath "${1:?a program}")
out=${2:?a folder}
architecture=${3:-$(dpkg --print-architecture)}
asked=$(realpath "${4:-$program}")
case $architecture in
    amd64) target=x86_64-unknown-linux-gnu ;;
    arm64) target=aarch64-unknown-linux-gnu ;;
    *) echo "build.sh: no target for $architecture" >&2; exit 2 ;;
esac

# 0.1.0+20261201.0915-1: the version of the manifest and the time of the commit, so that a newer build is a newer version.
version=$(sed -n 's/^version *= *"\(.*\)"/\1/p' "$source/Cargo.toml" | head -n 1)
seconds=${SOURCE_DATE_EPOCH:-$(git -C "$source" log -1 --format=%ct 2>/dev/null || date +%s)}
version="$version+$(date -u -d "@$seconds" +%Y%m%d.%H%M)-1"

mkdir -p "$out"
out=$(cd "$out" && pwd)
tree=$(mktemp -d "$out/tree.XXXXXX")
cp -r "$here" "$tree/debian"
ln -s "$source" "$tree/source"
cp "$program" "$tree/uketsuke"
cp "$source/packaging/linux/60-uketsuke.rules" "$tree/debian/uketsuke.udev"
"$asked" pages "$tree/pages"
python3 "$here/crates.py" "$source" "$target" > "$tree/crates.txt"
maintainer=$(sed -n 's/^Maintainer: //p' "$here/control")
# entry VERSION SECONDS TEXT
entry() {
    printf 'uketsuke (%s) stable; urgency=medium\n\n  * %s\n\n -- %s  %s\n\n' \
        "$1" "$3" "$maintainer" "$(LC_ALL=C date -u -R -d "@$2")"
}
{
    entry "$version" "$seconds" "Built from source; the program's changelog says what changed."
    # The versions that were named before.
    sed -n 's/^## \[\([0-9.]*\)\] (\([0-9-]*\).*/\1 \2/p' "$source/CHANGELOG.md" | while read -r named day; do
        entry "$named-1" "$(date -u -d "$day" +%s)" "The program's changelog says what changed."
    done
} > "$tree/debian/changelog"
(
    cd "$tree"
    LC_ALL=C.UTF-8 dpkg-buildpackage --build=binary --host-arch "$architecture" --no-check-builddeps \
        --unsigned-changes --unsigned-buildinfo
) >&2
rm -r "$tree"
echo "$out/uketsuke_${version}_$architecture.changes"
