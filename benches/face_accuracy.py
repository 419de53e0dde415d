#!/usr/bin/env python3
"""Error rates on real faces, uketsuke beside OpenCV's own detector and recogniser on the same files.

The pictures are no part of this repository: --faces names their folder (lfw_dev, london_cards, east_asian_dev and
make_pairs.py, which makes card portraits and camera frames). Where it is missing, this says so and ends. Every rate is
read by the example `face_score --all-against-all`, OpenCV's from the numbers it writes.

    cargo build --release -p uketsuke-face --examples
    benches/face_accuracy.py --faces FOLDER
"""

import argparse
import csv
import hashlib
import importlib.util
import math
import pathlib
import subprocess
import sys
import types

import cv2
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parent.parent

# The women among the persons of east_asian_dev, by the SHA-256 of the folder's name: no name of a real person stands here.
WOMEN = {"a753f263", "1fcb46d3", "147db4ee", "3635df90", "5ab12fb4", "81f26b01"}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--faces", default=ROOT / "../shared/faces", type=pathlib.Path)
    parser.add_argument("--program", default=ROOT / "target/release/examples/face_score", type=pathlib.Path)
    parser.add_argument("--models", default=ROOT / "models", type=pathlib.Path)
    parser.add_argument("--work", default=ROOT / "target/face-accuracy", type=pathlib.Path)
    parser.add_argument("--only", help="the sets whose name holds this")
    parser.add_argument("--no-opencv", action="store_true")
    options = parser.parse_args()
    options.faces = options.faces.resolve()
    if not options.faces.is_dir():
        sys.exit(f"{options.faces} is not there: the pictures are no part of the repository; nothing was measured")
    options.work.mkdir(parents=True, exist_ok=True)
    peer = None if options.no_opencv else OpenCv(options)
    for name, words in sets(options):
        if options.only and options.only not in name:
            continue
        print(f"\n### {name}\n\nuketsuke:\n")
        score(options, words)
        if peer:
            print(f"\nOpenCV {cv2.__version__}:\n")
            score(options, [*words, "--line", "0.363", "--templates", peer.templates(words)])


def score(options, words):
    command = [options.program, *words, "--models", options.models]
    subprocess.run([str(word) for word in command], check=True)
    sys.stdout.flush()


def sets(options):
    faces, work = options.faces, options.work
    east = faces / "east_asian_dev"
    groups = work / "east_asian_groups.csv"
    sex = lambda who: "woman" if hashlib.sha256(who.encode()).hexdigest()[:8] in WOMEN else "man"
    with open(groups, "w") as out:
        out.write("person,group\n" + "".join(f"{d.name},{sex(d.name)}\n" for d in sorted(east.iterdir()) if d.is_dir()))
    cards, frames = emulated(faces, east, work / "east_asian_cards")
    yield "lfw_dev, all against all", ["--all-against-all", faces / "lfw_dev"]
    london = faces / "london_cards"
    yield "london_cards, cards against frames", ["--all-against-all", london / "cards.csv", "--against", london / "frames.csv"]
    yield "east_asian_dev, all against all", ["--all-against-all", east, "--mean", 1, "--mean", 5]
    yield "east_asian_dev, strangers of the same sex", ["--all-against-all", east, "--groups", groups, "--mean", 1, "--mean", 5]
    grey = ["--all-against-all", cards, "--against", frames, "--groups", groups, "--mean", 1, "--mean", 5]
    yield "east_asian_dev, card portraits against frames, same sex", grey
    yield "east_asian_dev, card portraits against the frames that a kiosk would compare, same sex", [*grey, "--comparable"]


def emulated(faces, east, work):
    """Grey card portraits and camera frames of every picture, as make_pairs.py makes them for LFW."""
    sys.dont_write_bytecode = True
    spec = importlib.util.spec_from_file_location("make_pairs", faces / "make_pairs.py")
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    from PIL import Image

    eyes = maker.LFW_EYES
    settings, apart = types.SimpleNamespace(seed=20260101, frame="webcam"), math.hypot(eyes[2] - eyes[0], eyes[3] - eyes[1])
    lists = [work / "cards.csv", work / "frames.csv"]
    if not all(path.exists() for path in lists):
        rows = []
        for path in sorted(east.glob("*/*.jpg")):
            picture = Image.open(path)
            for kind, data in (("cards", maker.make_card(picture, eyes, "mnc")), ("frames", maker.make_frame(picture, path.name, settings, apart))):
                file = work / kind / (path.stem + (".jp2" if kind == "cards" else ".jpg"))
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)
                rows.append((kind, f"{kind}/{file.name}", path.parent.name))
        for path in lists:
            with open(path, "w", newline="") as out:
                writer = csv.writer(out)
                writer.writerow(["file", "person"])
                writer.writerows(row[1:] for row in rows if row[0] == path.stem)
    return lists


class OpenCv:
    """OpenCV's way: the detector on the whole picture at its own size, the recogniser with its own alignment."""

    def __init__(self, options):
        self.work = options.work
        self.detector = cv2.FaceDetectorYN.create(str(options.models / "yunet_2023mar_320x320.onnx"), "", (320, 320), 0.6, 0.3)
        model = widened(options.models, options.work)
        self.recogniser = cv2.FaceRecognizerSF.create(model, "")

    def numbers(self, path):
        picture = cv2.imread(str(path))
        self.detector.setInputSize((picture.shape[1], picture.shape[0]))
        _, faces = self.detector.detect(picture)
        if faces is None:
            return []
        face = max(faces, key=lambda face: prominence(face, picture.shape))
        return self.recogniser.feature(self.recogniser.alignCrop(picture, face)).ravel()

    def templates(self, words):
        sources = [word for flag, word in zip(words, words[1:]) if flag in ("--all-against-all", "--against")]
        name = "-".join(source.parent.name + source.stem if source.is_file() else source.name for source in sources)
        result = self.work / f"opencv-{name}.csv"
        if not result.exists():
            with open(result, "w") as out:
                for path in (path for source in sources for path in pictures(source)):
                    out.write(",".join([str(path), *(f"{number:.7g}" for number in self.numbers(path))]) + "\n")
        return result


def prominence(face, shape):
    """As the program chooses among several faces, so that both compare the same person."""
    across, down = shape[1] / 2, shape[0] / 2
    away = math.hypot(face[0] + face[2] / 2 - across, face[1] + face[3] / 2 - down) / math.hypot(across, down)
    return face[2] * face[3] * (1 - away)


def pictures(source):
    if source.is_file():
        return [source.parent / row["file"] for row in csv.DictReader(open(source))]
    return sorted(source.glob("*/*.jpg"))


def widened(models, folder):
    """SFace with its 16-bit constants widened, as OpenCV reads no casts of constants."""
    import onnx
    from onnx import numpy_helper

    model = onnx.load(models / "sface_2021dec_f16w.onnx")
    constants = {c.name: c for c in model.graph.initializer}
    kept = []
    for node in model.graph.node:
        constant = constants.get(node.input[0]) if node.op_type == "Cast" else None
        if constant is None:
            kept.append(node)
        else:
            constant.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(constant).astype(np.float32), node.output[0]))
    del model.graph.node[:]
    model.graph.node.extend(kept)
    path = folder / "sface_f32.onnx"
    onnx.save(model, path)
    return str(path)


if __name__ == "__main__":
    main()
