#!/bin/sh
# Measurements beside peers, each in one run with ratios: run.sh [face|noavx|card|reception|gateway|window], all of them without a name;
# run.sh accuracy needs pictures of real people, in the folder UKETSUKE_FACES, which are no part of this repository.
# `./x bench [NAME]` builds the release program, with --quick that of the profile `quick`, and calls this. Results go to standard
# output, the rest to standard error.
set -eu
cd "$(dirname "$0")/.."

PROFILE=${PROFILE:-release}
PROGRAM=target/$PROFILE/uketsuke
EXAMPLES=target/$PROFILE/examples
PARTS="face noavx card reception gateway window"

say() { printf '%s\n' "bench: $*" >&2; }
missing() { say "$*"; exit 3; }

load() { uptime | sed 's/.*load average: *//'; }

heading() {
    printf '\n## %s\n\n' "$1"
    printf '%s cores, load average before the run (1, 5, 15 minutes): %s\n\n' "$(nproc)" "$(load)"
}

need_python() {
    command -v python3 >/dev/null 2>&1 || missing "python3 is missing; run: apt-get install python3 python3-venv"
}

# The measuring programs of the face engine.
face_examples() { cargo build --profile "$PROFILE" --locked --quiet -p uketsuke-face --examples; }

face() {
    need_python
    python3 -c 'import ensurepip, venv' 2>/dev/null || missing "Python cannot make environments; run: apt-get install python3-venv"
    face_examples
    heading "face: one frame, detect to score"
    for threads in 1 2; do
        printf '\n%s thread(s) each:\n' $threads
        # On two threads the best path alone.
        paths=$(instructions)
        [ $threads -eq 1 ] || paths=${paths%% *}
        # shellcheck disable=SC2086
        python3 benches/face_vs_opencv.py --paths $paths --frames assets/people/p03/clip --portrait assets/people/p03/portrait.jp2 \
            --program "$EXAMPLES/face_bench" --work target/bench-venv --threads $threads
    done
    printf '\nBoth recognisers and the attack models of one frame, one thread and two, and the lesser paths:\n'
    for path in $(instructions | cut -s -d ' ' -f 2-); do
        "$EXAMPLES/face_bench" --frames assets/people/p03/clip --portrait assets/people/p03/portrait.jp2 --models models \
            --instructions "$path" --rounds 3 --operators
    done
    for threads in 1 2; do
        "$EXAMPLES/face_bench" --frames assets/people/p03/clip --portrait assets/people/p03/portrait.jp2 --models models \
            --threads $threads --operators
    done
    printf '\nThe same with an allocator that does not overwrite what is freed:\n'
    for threads in 1 2; do
        "$EXAMPLES/face_bench_plain" --frames assets/people/p03/clip \
            --portrait assets/people/p03/portrait.jp2 --models models --threads $threads
    done
    printf '\nFrom the first frame of a recorded camera (30 a second) to the verdict; target p95 1,500 ms:\n'
    "$EXAMPLES/face_decision" --models models --rounds 3 assets/people/p0*
    printf '\nOutputs of every network beside ONNX Runtime:\n'
    target/bench-venv/onnxruntime/bin/python benches/face_outputs.py --program "$EXAMPLES/face_network"
}

# The paths that this machine has, the best one first.
instructions() {
    paths=sse
    ! grep -qw avx2 /proc/cpuinfo || paths="avx2 $paths"
    ! grep -qw avx512_vpopcntdq /proc/cpuinfo || paths="avx512 $paths"
    printf '%s\n' "$paths"
}

# A machine without AVX (Nehalem of 2008: SSE4.2, nothing newer), emulated: the program itself must start there and give
# the same scores.
noavx() {
    need_python
    command -v qemu-x86_64 >/dev/null 2>&1 || missing "qemu-x86_64 is missing; run: apt-get install qemu-user"
    heading "noavx: the program on an emulated machine without AVX"
    python3 benches/face_noavx.py --program "$PROGRAM"
}

card() {
    need_python
    # The product's versions; cargo adds what jpki itself needs.
    newer=$(find benches/peer-jpki -name Cargo.lock -newer Cargo.lock)
    [ -n "$newer" ] || cp Cargo.lock benches/peer-jpki/Cargo.lock
    cargo build --release --quiet --manifest-path benches/peer-jpki/Cargo.toml --target-dir target
    heading "card: the portrait, from SELECT of the application to its last byte"
    printf 'The card in the same process; times worked out for 10 ms per APDU and 106 kbit/s:\n'
    target/release/peer-jpki in-process
    printf '\nThe same through pcscd and the vpcd driver, the card slowed to that link; median of 5:\n'
    sh benches/with_pcscd.sh target/release/peer-jpki pcscd
}

reception() {
    need_python
    heading "reception: everything but the patient, real pcscd, card, gateway"
    sh benches/with_pcscd.sh python3 benches/reception.py --program "$PROGRAM"
}

gateway() {
    heading "gateway: checks a second, and what the client adds to one"
    cargo run --profile "$PROFILE" --locked --quiet --example gateway_load -- --program "$PROGRAM"
}

# environment NAME: its Python, with what requirements/NAME.txt names.
environment() {
    if [ ! -x "target/bench-venv/$1/bin/python" ]; then
        python3 -m venv "target/bench-venv/$1"
        "target/bench-venv/$1/bin/python" -m pip install --quiet --disable-pip-version-check -r "benches/requirements/$1.txt" >&2
    fi
    printf '%s\n' "target/bench-venv/$1/bin/python"
}

accuracy() {
    need_python
    [ -n "${UKETSUKE_FACES:-}" ] || missing "name the folder of the pictures: UKETSUKE_FACES=FOLDER"
    python=$(environment accuracy)
    face_examples
    heading "accuracy: error rates on real faces"
    "$python" benches/face_accuracy.py --faces "$UKETSUKE_FACES" --program "$EXAMPLES/face_score"
    printf '\nWhole decisions, twenty frames a second:\n'
    "$EXAMPLES/face_decision" --models models --rate 20 "$UKETSUKE_FACES/webcam_dev"
}

window() {
    need_python
    command -v Xvfb >/dev/null 2>&1 || missing "Xvfb is missing; run: apt-get install xvfb"
    python=$(environment window)
    heading "window: a real one under Xvfb, software renderer"
    "$python" benches/window.py --program "$PROGRAM"
}

part=${1:-}
case $part in
    '')
        # Every part runs even when an earlier one failed.
        failed=
        for part in $PARTS; do
            sh benches/run.sh "$part" || failed="$failed $part"
        done
        [ -z "$failed" ] || { say "failed:$failed"; exit 1; }
        ;;
    face | noavx | card | reception | gateway | window | accuracy)
        [ -x "$PROGRAM" ] || missing "$PROGRAM is missing; run: cargo build --profile $PROFILE"
        "$part"
        ;;
    *) say "no measurement '$part'; there are: $PARTS"; exit 2 ;;
esac
