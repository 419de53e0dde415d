#!/usr/bin/env python3
"""Scores of the program on an emulated machine without AVX beside those of this machine.

`uketsuke face match --json` of every synthetic person's portrait and a frame of them, here and under qemu-x86_64 with a
processor that has SSE4.2 and nothing newer. Ends with 1 when a score differs by more than 1e-3 or the emulated machine
did not run SSE4.2.

    benches/face_noavx.py --program target/release/uketsuke
"""

import argparse
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
MACHINE = ("qemu-x86_64", "-cpu", "Nehalem")
MOST = 1e-3


def match(program, folder, machine=()):
    command = [*machine, program, "face", "match", folder / "portrait.jp2", folder / "clip/004.jpg",
               "--models", ROOT / "models", "--json"]
    return json.loads(subprocess.run(list(map(str, command)), check=True, stdout=subprocess.PIPE).stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "target/release/uketsuke")
    parser.add_argument("--people", nargs="+", default=[f"p0{number}" for number in range(1, 9)])
    options = parser.parse_args()
    failed = False
    print("| person | here | score | without AVX | score | difference |\n|---|---|--:|---|--:|--:|")
    for person in options.people:
        folder = ROOT / "assets/people" / person
        here, there = match(options.program, folder), match(options.program, folder, MACHINE)
        off = abs(here["score"] - there["score"])
        failed |= not off <= MOST or there["instructions"] != "SSE4.2"
        print(f"| {person} | {here['instructions']} | {here['score']:.6f} | {there['instructions']} | {there['score']:.6f} | {off:.1e} |",
              flush=True)
    sys.exit(f"a difference is above {MOST}, or other instructions ran" if failed else 0)


if __name__ == "__main__":
    main()
