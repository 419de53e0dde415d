#!/usr/bin/env python3
"""Milliseconds from a decoded frame to its score: uketsuke beside OpenCV's DNN and ONNX Runtime.

All run the same weights on the same frames in the same run: YuNet on the whole picture, YuNet again on a crop around the
face, alignment, SFace, cosine; our second recogniser is left out by a pack of SFace alone. `twice` is what the kiosk does
with a picture, `once` OpenCV's customary way with a single look at the whole picture. `followed` is what the kiosk does with
the frames of a camera: it looks for a face where it was and at the whole picture in every fourth frame (mean over all frames).
Peers are installed from PyPI into virtual environments under --work; they are no part of the package.

    cargo build --release -p uketsuke-face --examples
    benches/face_vs_opencv.py --frames assets/people/p03/clip --portrait assets/people/p03/portrait.jp2
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PEERS = ("opencv-4", "opencv-5", "onnxruntime")  # the packages of each are pinned in requirements/NAME.txt
# What OpenCV must do without on each path, by its own names.
AVX512 = ["AVX512F", "AVX512-COMMON", "AVX512-SKX", "AVX512-CNL", "AVX512-CLX", "AVX512-ICL"]
WITHOUT = {"avx512": [], "avx2": AVX512, "sse": AVX512 + ["AVX2", "FMA3", "FP16", "AVX"]}
COARSE, FINE, CROP = (320, 256), 320, 2.0


def main():
    options = arguments()
    if options.peer:
        json.dump(run_peer(options), sys.stdout)
        return
    ours, peers = {}, {}
    for _ in range(options.passes):
        # In turn, and the best pass of each: other work on the machine hits everybody alike and is left out.
        for path in options.paths:
            ours[path] = least(ours.get(path), run_ours(options, path))
            for name in PEERS:
                if name == "onnxruntime" and path != options.paths[0]:
                    continue  # It knows no switch for lesser instructions.
                result = start_peer(name, options, path)
                known = peers.setdefault((name, path), result)
                for way, figures in result["ways"].items():
                    known["ways"][way] = least(known["ways"][way], figures)
    print(f"{'':40} {'ms/frame':>9} {'ours/peer':>10} {'followed/peer':>14} {'detect':>8} {'embed':>8} {'score':>8}")
    for path in options.paths:
        mine = ours[path]
        print(f"{mine['instructions'] + ', uketsuke two looks':40} {mine['detect_to_score_ms']:9.2f} {'':>10} {'':>14} "
              f"{mine['detect_ms']:8.2f} {mine['embed_ms']:8.2f} {mine['mean_score']:8.4f}")
        print(f"{mine['instructions'] + ', uketsuke followed':40} {mine['following_ms']:9.2f} {'':>10} {'':>14} {'':>8} {'':>8} "
              f"{mine['following_score']:8.4f}")
        for name in PEERS:
            result = peers.get((name, path)) or peers[(name, options.paths[0])]
            free = " (not restricted)" if (name, path) not in peers else ""
            for way, figures in result["ways"].items():
                ratio, less = mine["detect_to_score_ms"] / figures["ms"], mine["following_ms"] / figures["ms"]
                label = f"  {name} {result['version']} {way}{free}"
                print(f"{label:40} {figures['ms']:9.2f} {ratio:9.2f}x {less:13.2f}x "
                      f"{figures['detect']:8.2f} {figures['embed']:8.2f} {figures['score']:8.4f}")
    if options.json:
        figures = {f"{name} {path}": result for (name, path), result in peers.items()}
        pathlib.Path(options.json).write_text(json.dumps({"uketsuke": ours, **figures}, indent=1))


def least(known, new):
    """Of every figure the smaller one; of texts and scores the new one."""
    if known is None:
        return new
    time = lambda key: key.endswith("ms") or key in ("detect", "embed")
    return {key: min(known[key], value) if time(key) else value for key, value in new.items()}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--frames", required=True, help="folder of frames")
    parser.add_argument("--portrait", required=True, help="picture to compare with")
    parser.add_argument("--program", default=ROOT / "target/release/examples/face_bench")
    parser.add_argument("--models", default=ROOT / "models")
    parser.add_argument("--paths", nargs="+", default=["avx512", "avx2", "sse"], choices=list(WITHOUT),
                        help="vector instructions, the best that the machine has first; OpenCV is restricted alike")
    parser.add_argument("--rounds", type=int, default=2, help="rounds over the frames in a pass; the least of each frame counts")
    parser.add_argument("--passes", type=int, default=3, help="passes over all peers; the best counts")
    parser.add_argument("--work", default=ROOT / "target/bench-peers", help="folder for the virtual environments")
    parser.add_argument("--json", help="also write the figures to this file")
    parser.add_argument("--threads", type=int, default=1, choices=(1, 2), help="threads that each may use")
    parser.add_argument("--path", help=argparse.SUPPRESS)
    parser.add_argument("--peer", choices=PEERS, help=argparse.SUPPRESS)
    return parser.parse_args()


def run_ours(options, path):
    with tempfile.TemporaryDirectory() as folder:
        pack = sface_alone(pathlib.Path(options.models), pathlib.Path(folder))
        command = [options.program, "--frames", options.frames, "--portrait", options.portrait,
                   "--rounds", options.rounds, "--models", options.models, "--pack", pack, "--threads", options.threads,
                   "--instructions", path, "--json"]
        return json.loads(subprocess.run(list(map(str, command)), check=True, stdout=subprocess.PIPE).stdout)


def sface_alone(models, folder):
    """A pack whose only recogniser is SFace, as the peers have it."""
    text = (models / "manifest.toml").read_text()
    head, *entries = text.split("[[model]]")
    [entry] = [entry for entry in entries if "sface" in entry]
    (folder / "manifest.toml").write_text(head + "[[model]]" + entry)
    shutil.copy(models / "sface_2021dec_f16w.onnx", folder)
    return folder


def start_peer(name, options, path):
    """Runs this script again inside the peer's own environment."""
    venv = pathlib.Path(options.work) / name
    python, installed, wanted = venv / "bin/python", venv / "installed.txt", ROOT / "benches/requirements" / f"{name}.txt"
    if not installed.exists() or installed.read_text() != wanted.read_text():
        subprocess.run([sys.executable, "-m", "venv", "--clear", venv], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "-r", wanted], check=True)
        installed.write_text(wanted.read_text())
    command = [python, __file__, "--peer", name, "--frames", options.frames, "--portrait", options.portrait,
               "--models", options.models, "--rounds", options.rounds, "--threads", options.threads]
    surroundings = {key: value for key, value in os.environ.items() if not key.startswith("OPENBLAS_")}
    surroundings["OPENCV_CPU_DISABLE"] = ",".join(WITHOUT[path])
    run = subprocess.run(list(map(str, command)), check=True, stdout=subprocess.PIPE, env=surroundings)
    return json.loads(run.stdout)


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
            continue
        wide = numpy_helper.to_array(constant).astype("float32")
        constant.CopyFrom(numpy_helper.from_array(wide, node.output[0]))
    del model.graph.node[:]
    model.graph.node.extend(kept)
    path = folder / "sface_f32.onnx"
    onnx.save(model, path)
    return str(path)


class OpenCv:
    def __init__(self, models, folder, threads):
        import cv2

        self.cv2 = cv2
        self.version = cv2.__version__
        cv2.setNumThreads(threads)
        create = cv2.FaceDetectorYN.create
        self.coarse = create(str(models / "yunet_2023mar_320x256.onnx"), "", COARSE, 0.6, 0.3)
        self.fine = create(str(models / "yunet_2023mar_320x320.onnx"), "", (FINE, FINE), 0.6, 0.3)
        self.recognizer = cv2.FaceRecognizerSF.create(widened(models, folder), "")

    def look(self, detector, picture):
        _, faces = detector.detect(picture)
        return None if faces is None else max(faces, key=lambda face: face[2] * face[3])

    def embed(self, frame, face):
        return self.recognizer.feature(self.recognizer.alignCrop(frame, face)).copy().ravel()


class OnnxRuntime(OpenCv):
    """OpenCV only warps; the networks run in ONNX Runtime, the boxes are decoded with numpy."""

    def __init__(self, models, folder, threads):
        super().__init__(models, folder, threads)
        import onnxruntime

        self.version = onnxruntime.__version__
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1

        def session(path):
            return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

        self.coarse = session(models / "yunet_2023mar_320x256.onnx")
        self.fine = session(models / "yunet_2023mar_320x320.onnx")
        self.sface = session(widened(models, folder))

    def look(self, session, picture):
        import numpy as np

        entry = session.get_inputs()[0]
        blob = picture.astype(np.float32).transpose(2, 0, 1)[None]
        outputs = session.run(None, {entry.name: blob})
        best = None
        for level, stride in enumerate((8, 16, 32)):
            cls, obj, box, points = (outputs[kind * 3 + level][0] for kind in range(4))
            score = np.sqrt(np.clip(cls, 0, 1) * np.clip(obj, 0, 1)).ravel()
            place = int(score.argmax())
            if score[place] < 0.6 or (best is not None and best[14] >= score[place]):
                continue
            row, column = divmod(place, picture.shape[1] // stride)
            (x, y), (w, h) = (box[place][:2] + (column, row)) * stride, np.exp(box[place][2:]) * stride
            marks = ((points[place].reshape(5, 2) + (column, row)) * stride).ravel()
            best = np.concatenate([[x - w / 2, y - h / 2, w, h], marks, [score[place]]]).astype(np.float32)
        return best

    def embed(self, frame, face):
        import numpy as np

        aligned = self.recognizer.alignCrop(frame, face)
        blob = aligned[:, :, ::-1].astype(np.float32).transpose(2, 0, 1)[None]
        return self.sface.run(None, {self.sface.get_inputs()[0].name: np.ascontiguousarray(blob)})[0].ravel()


def detect(peer, frame, twice):
    import numpy as np

    cv2, (rows, columns) = peer.cv2, frame.shape[:2]
    scale = max(columns / COARSE[0], rows / COARSE[1])
    canvas = np.zeros((COARSE[1], COARSE[0], 3), np.uint8)
    small = cv2.resize(frame, (round(columns / scale), round(rows / scale)))
    canvas[:small.shape[0], :small.shape[1]] = small
    face = peer.look(peer.coarse, canvas)
    if face is None:
        return None
    face[:14] *= scale
    if not twice:
        return face
    side = max(face[2], face[3]) * CROP
    left, top, zoom = face[0] + face[2] / 2 - side / 2, face[1] + face[3] / 2 - side / 2, FINE / side
    crop = cv2.warpAffine(frame, np.float32([[zoom, 0, -left * zoom], [0, zoom, -top * zoom]]), (FINE, FINE))
    face = peer.look(peer.fine, crop)
    if face is not None:
        face[:14] /= zoom
        face[0:2] += (left, top)
        face[4:14:2] += left
        face[5:14:2] += top
    return face


def run_peer(options):
    import numpy as np

    with tempfile.TemporaryDirectory() as folder:
        kind = OnnxRuntime if options.peer == "onnxruntime" else OpenCv
        peer = kind(pathlib.Path(options.models), pathlib.Path(folder), options.threads)
        frames = [peer.cv2.imread(str(path)) for path in sorted(pathlib.Path(options.frames).iterdir())]
        frames = [frame for frame in frames if frame is not None]
        portrait = peer.cv2.imread(options.portrait)
        if portrait is None or not frames:
            sys.exit("the portrait or the frames cannot be read")

        def unit(frame, face):
            numbers = peer.embed(frame, face)
            return numbers / np.linalg.norm(numbers)

        template = unit(portrait, detect(peer, portrait, True))
        ways = {}
        for way in ("twice", "once"):
            seen, embed, scores = [float("inf")] * len(frames), [float("inf")] * len(frames), []
            for turn in range(options.rounds + 1):
                for number, frame in enumerate(frames):
                    start = time.perf_counter()
                    face = detect(peer, frame, way == "twice")
                    found = time.perf_counter()
                    scores.append(float(unit(frame, face) @ template))
                    done = time.perf_counter()
                    if turn:
                        seen[number] = min(seen[number], (found - start) * 1e3)
                        embed[number] = min(embed[number], (done - found) * 1e3)
            parts = {"detect": statistics.mean(seen), "embed": statistics.mean(embed), "score": statistics.mean(scores)}
            ways[way] = {"ms": parts["detect"] + parts["embed"], **parts}
    return {"version": peer.version, "ways": ways}


if __name__ == "__main__":
    main()
