#!/bin/sh
# Makes the clips after words have changed. Needs Debian's flite, opus-tools and python3-venv.
set -eu
cd "$(dirname "$0")"
for tool in flite opusenc python3; do
    command -v "$tool" >/dev/null || { echo "make.sh: $tool is missing: apt-get install flite opus-tools python3-venv" >&2; exit 3; }
done
env="${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/uketsuke/sounds"
[ -x "$env/bin/python" ] || python3 -m venv "$env"
"$env/bin/pip" install --quiet --disable-pip-version-check -r requirements.txt
exec "$env/bin/python" make.py "$@"
