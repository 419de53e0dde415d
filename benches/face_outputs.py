#!/usr/bin/env python3
"""The outputs of every network of the pack beside ONNX Runtime's, on the same inputs.

Inputs are random pictures, and the frames of one synthetic person cut to the network's size. The difference is given
relative to the largest number of that output: |ours - theirs| / max |theirs|. Where all are below 1e-4, which only shares
near nothing are, it is relative to 1e-4: ONNX Runtime's own sigmoid is a fit. Ends with 1 when one is above 1e-3.

    cargo build --release -p uketsuke-face --examples
    benches/face_outputs.py            (needs PyPI onnxruntime, onnx, numpy, opencv-python-headless)
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import cv2
import numpy as np
import onnxruntime

ROOT = pathlib.Path(__file__).resolve().parent.parent
MOST, LEAST = 1e-3, 1e-4


def inputs(shape):
    """Random numbers and real frames, 0 to 255."""
    random = np.random.default_rng(20261120)
    yield from (random.uniform(0, 255, shape) for _ in range(2))
    for path in sorted((ROOT / "assets/people/p03/clip").iterdir())[::7]:
        frame = cv2.imread(str(path))
        if frame is not None:
            side = min(frame.shape[:2])
            left = (frame.shape[1] - side) // 2
            yield cv2.resize(frame[:, left:left + side], (shape[3], shape[2])).transpose(2, 0, 1)[None] * 1.0


def scaled(blob, entry):
    if "facex" in entry["file"]:
        blob = (blob - 127.5) / 128
    elif entry["role"] == "landmarks":
        blob = blob / 255
    return np.ascontiguousarray(blob, dtype="<f4")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--program", default=ROOT / "target/release/examples/face_network")
    options = parser.parse_args()
    run = lambda *words: subprocess.run([str(w) for w in (options.program, *words)], check=True,
                                        stdout=subprocess.PIPE).stdout
    failed = False
    print(f"ONNX Runtime {onnxruntime.__version__}\n")
    print("| network | outputs | inputs | largest relative difference |\n|---|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        source, result = pathlib.Path(folder) / "in", pathlib.Path(folder) / "out"
        for entry in map(json.loads, run().splitlines()):
            session = onnxruntime.InferenceSession(entry["path"], providers=["CPUExecutionProvider"])
            name, worst, count, kinds = session.get_inputs()[0].name, 0.0, 0, 0
            for blob in inputs(entry["input"]):
                blob = scaled(blob, entry)
                blob.tofile(source)
                run(entry["file"], "--input", source, "--output", result)
                ours, place = np.fromfile(result, "<f4"), 0
                theirs = session.run(None, {name: blob})
                kinds, count = len(theirs), count + 1
                for wanted in theirs:
                    got = ours[place:place + wanted.size]
                    place += wanted.size
                    worst = max(worst, float(np.abs(got - wanted.ravel()).max() / max(np.abs(wanted).max(), LEAST)))
                if place != ours.size:
                    sys.exit(f"{entry['file']}: {ours.size} numbers, not {place}")
            failed |= not worst <= MOST
            print(f"| {entry['file']} | {kinds} | {count} | {worst:.1e} |")
    sys.exit(f"a difference is above {MOST}" if failed else 0)


if __name__ == "__main__":
    main()
