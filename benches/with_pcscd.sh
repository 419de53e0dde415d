#!/bin/sh
# Runs a command beside a pcscd of its own: with_pcscd.sh COMMAND [ARGUMENT…]
# Where the system allows it, both live in namespaces of their own and meet no other pcscd, and nothing outlives the command.
# Elsewhere a pcscd that runs is used as it is; one that was started here is stopped at the end.
set -eu

SOCKET=/run/pcscd/pcscd.comm
INSIDE=UKETSUKE_BENCH_NAMESPACE

say() { printf '%s\n' "bench: $*" >&2; }
missing() { say "$*"; exit 3; }

in_namespaces() {
    unshare --mount --net --pid --fork --kill-child --mount-proc "$@"
}

# Its socket is there before it listens, so ask for a connection.
answers() {
    python3 -c 'import socket, sys; socket.socket(socket.AF_UNIX).connect(sys.argv[1])' "$SOCKET" 2>/dev/null
}

start_pcscd() {
    command -v pcscd >/dev/null 2>&1 || missing "pcscd is missing; run: apt-get install pcscd vsmartcard-vpcd"
    [ -e /usr/lib/pcsc/drivers/serial/libifdvpcd.so ] ||
        missing "pcscd's virtual reader is missing; run: apt-get install vsmartcard-vpcd"
    [ "$(id -u)" -eq 0 ] || missing "no pcscd runs here and only root can start one; run: sudo ./x bench"
    pcscd --foreground >/dev/null 2>&1 &
    daemon=$!
    trap 'kill "$daemon" 2>/dev/null || :; wait "$daemon" || :' EXIT
    tries=0
    until answers; do
        tries=$((tries + 1))
        [ "$tries" -le 200 ] || missing "pcscd started and does not answer; see what it prints: pcscd --foreground"
        sleep 0.05
    done
}

[ $# -gt 0 ] || { say "say which command to run"; exit 2; }
if [ -z "${UKETSUKE_BENCH_NAMESPACE:-}" ] && command -v ip >/dev/null 2>&1 && in_namespaces true 2>/dev/null; then
    in_namespaces env "$INSIDE=1" sh "$0" "$@"
    exit
fi
if [ -n "${UKETSUKE_BENCH_NAMESPACE:-}" ]; then
    mkdir -p /run/pcscd
    mount -t tmpfs none /run/pcscd
    ip link set lo up
fi
if answers; then
    say "a pcscd runs here already and is used as it is"
else
    start_pcscd
fi
"$@"
