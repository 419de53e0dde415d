#!/bin/sh
# Installs, upgrades, downgrades, removes and purges the packages in a fresh Debian without a running system, as root:
#   try.sh FOLDER [SUITE]
# FOLDER has two builds of both packages for this machine. Prints a line for each thing that holds and ends at the first that
# does not. The root is made once and kept in FOLDER/SUITE.tar.
set -eu

folder=$(cd "${1:?a folder}" && pwd)
suite=${2:-bookworm}
architecture=$(dpkg --print-architecture)
root=$(mktemp -d)
trap 'umount "$root/proc" 2>/dev/null || true; rm -rf "$root"' EXIT

say() { printf '%s\n' "$*"; }
fail() { say "FAILED: $*" >&2; exit 1; }
inside() { chroot "$root" env LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
# holds WHAT COMMAND...: the command succeeds inside.
holds() {
    what=$1
    shift
    inside "$@" >/dev/null 2>&1 || fail "$what"
    say "ok: $what"
}
quietly() { inside "$@" > "$root/tmp/log" 2>&1 || { cat "$root/tmp/log" >&2; fail "$*"; }; }

[ -f "$folder/$suite.tar" ] ||
    mmdebstrap --variant=apt --include=adduser,debconf,ca-certificates "$suite" "$folder/$suite.tar" >&2
tar -C "$root" -xf "$folder/$suite.tar"
mount --bind /proc "$root/proc"
printf '#!/bin/sh\nexit 101\n' > "$root/usr/sbin/policy-rc.d"
chmod +x "$root/usr/sbin/policy-rc.d"
cp /etc/resolv.conf "$root/etc/resolv.conf"

versions=$(for deb in "$folder"/uketsuke-kiosk_*_all.deb; do dpkg-deb -f "$deb" Version; done | sort -V)
old=$(say "$versions" | head -n 1)
new=$(say "$versions" | tail -n 1)
[ "$old" != "$new" ] || fail "there is one build only: two are needed"
for version in "$old" "$new"; do
    cp "$folder/uketsuke_${version}_$architecture.deb" "$folder/uketsuke-kiosk_${version}_all.deb" "$root/tmp/"
done
packages() { printf '%s\n' "/tmp/uketsuke_$1_$architecture.deb" "/tmp/uketsuke-kiosk_$1_all.deb"; }

# One file of settings, then the packages.
mkdir -p "$root/etc/uketsuke"
sed 's/^terminal_id = .*/terminal_id = "front-7"/' "$(dirname "$0")/../linux/site.toml" > "$root/etc/uketsuke/site.toml"
quietly apt-get update
# shellcheck disable=SC2046
quietly apt-get install -y --no-install-recommends $(packages "$old")
holds "installed" dpkg-query -W uketsuke uketsuke-kiosk
holds "the site's answers are the settings" grep -q 'terminal_id = "front-7"' /etc/uketsuke/uketsuke.toml
holds "the kiosk may read its settings, and nobody else" test "$(inside stat -c %a:%U:%G /etc/uketsuke/uketsuke.toml)" = 640:root:uketsuke
holds "the service starts with the machine" test -L /etc/systemd/system/multi-user.target.wants/uketsuke.service
lacking=$(inside uketsuke doctor --install 2>/dev/null | grep -v '^ok' | grep -v remedy: || true)
# Certificates are what a package cannot have.
case $lacking in
    *"
"*) fail "doctor --install: $lacking" ;;
    *identity*) ;;
    *) fail "doctor --install: $lacking" ;;
esac
say "ok: doctor --install lacks the certificates alone"

# A file that waits, staff codes, the site's own settings.
waiting=/var/lib/uketsuke/spool/waiting
install_waiting() {
    inside install -d -o uketsuke -g uketsuke -m 0700 /var/lib/uketsuke/spool
    inside sh -c "echo sealed > $waiting && chown uketsuke:uketsuke $waiting && chmod 0600 $waiting"
    inside sed -i 's/^max_tries = .*/max_tries = 4/' /etc/uketsuke/uketsuke.toml
}
kept() {
    holds "$1: what waits is kept, with its owner and rights" test "$(inside stat -c %a:%U "$waiting")" = 600:uketsuke
    holds "$1: the settings are the site's" grep -q '^max_tries = 4' /etc/uketsuke/uketsuke.toml
}
install_waiting
# shellcheck disable=SC2046
quietly dpkg -i $(packages "$new")
kept "upgrade"
holds "upgrade: the service still starts with the machine" test -L /etc/systemd/system/multi-user.target.wants/uketsuke.service
inside rm /etc/systemd/system/multi-user.target.wants/uketsuke.service
# shellcheck disable=SC2046
quietly dpkg -i $(packages "$new")
holds "the same again: a service that was switched off stays off" test ! -e /etc/systemd/system/multi-user.target.wants/uketsuke.service
inside ln -s /lib/systemd/system/uketsuke.service /etc/systemd/system/multi-user.target.wants/
# shellcheck disable=SC2046
quietly dpkg -i --force-downgrade $(packages "$old")
kept "downgrade"
quietly dpkg -r uketsuke-kiosk uketsuke
kept "remove"
holds "remove: the program is gone" test ! -e /usr/bin/uketsuke
holds "remove: nothing of the service is left to start" test ! -e /lib/systemd/system/uketsuke.service
# shellcheck disable=SC2046
quietly dpkg -i $(packages "$new")
kept "installed again"
holds "installed again: the service starts with the machine" test -L /etc/systemd/system/multi-user.target.wants/uketsuke.service
quietly dpkg -P uketsuke-kiosk
holds "purge without an answer: what waits is kept" test -e "$waiting"
holds "purge: the settings are gone" test ! -e /etc/uketsuke/uketsuke.toml
holds "purge: no trace in systemd" sh -c '! find /etc/systemd /var/lib/systemd -name "uketsuke*" | grep .'
# shellcheck disable=SC2046
quietly dpkg -i $(packages "$new")
inside sh -c 'echo uketsuke-kiosk uketsuke-kiosk/erase boolean true | debconf-set-selections'
quietly dpkg -P uketsuke-kiosk uketsuke
holds "purge with the answer to erase: state and account are gone" sh -c '! test -e /var/lib/uketsuke && ! getent passwd uketsuke'
holds "purge: no file of the packages is left" sh -c '! find /etc /usr /lib /var/lib -path /var/lib/apt -prune -o -name "*uketsuke*" -print | grep .'
say "all of it holds"
