"""reference.py FOLDER MODELS: what the reference pipeline (reader.py, OpenCV and ONNX Runtime) has of every picture of a folder, a JSON
line a picture, as `code_b FOLDER --reads --json` prints it, and one line of totals."""
import json
import os
import sys
import time

import cv2

from pp import Det, Rec
from reader import Line, Reader, Vote

FIELDS = ("birth", "expiry", "code")
RULE = (("own", 0.5), ("v4", 0.8))


def main():
    folder, models = sys.argv[1:3]
    cv2.setNumThreads(1)
    with open(os.path.join(models, "ppocrv4_rec_keys.txt"), encoding="utf-8") as file:
        signs = ["<b>"] + file.read().split("\n")[:-1] + [" "]
    reader = Reader(Det(models + "/ppocrv4_det_f16w.onnx"), Line(models + "/code_b_line.onnx"), {"v4": Rec(models + "/ppocrv4_rec_f16w.onnx", signs)})
    attempts, frames, spent = {}, 0, 0.0
    with open(os.path.join(folder, "truth.json")) as file:
        listed = json.load(file)
    for truth in listed:
        picture = cv2.imread(os.path.join(folder, truth["file"]))
        begun = time.process_time()
        read = reader.frame(picture)
        spent += time.process_time() - begun
        frames += 1
        line = {"file": truth["file"]}
        for field in FIELDS:
            got = read.get(field, {})
            line[field] = {name: got[key] for name, key in (("own", "own"), ("second", "v4")) if key in got}
        print(json.dumps(line))
        vote, answers = attempts.setdefault(truth["file"].rsplit("_", 1)[0], (Vote(RULE), []))
        vote.add(read)
        answers.append(vote.answer())
    codes = {t["file"].rsplit("_", 1)[0]: t["code_b"] for t in listed}
    first = {name: next((a for a in answers if a), None) for name, (_, answers) in attempts.items()}
    right = sum(answer == codes[name] for name, answer in first.items())
    wrong = sum(answer is not None and answer != codes[name] for name, answer in first.items())
    print(json.dumps(dict(attempts=len(first), right=right, wrong=wrong, frames=frames, ms_a_frame=spent / max(1, frames) * 1e3)))


if __name__ == "__main__":
    main()
