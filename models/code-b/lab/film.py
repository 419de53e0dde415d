"""film.py OUT FONTS SEED ATTEMPTS FRAMES WxH [tray=1] [width=..] [sharp=..]: films invented cards into a folder as the camera's JPEGs,
with truth.json, for `cargo run --release --example code_b -- OUT`. `width` LO-HI draws the card's width in pixels from a range."""
import json
import os
import random
import sys

import cv2

import common
from camera_sim import Attempt


def truth(name, attempt, lines):
    facts = attempt.facts
    return dict(file=name, code_b=facts["code_b"], birth=list(facts["birth"]), expiry=list(facts["expiry"]), code=facts["code"],
                card_width=round(attempt.width), glare=attempt.glare, sleeve=attempt.sleeve, defocus=round(attempt.defocus, 2),
                tilt=round(attempt.tilt), yaw=round(attempt.yaw), roll=round(attempt.roll),
                lines={k: [[round(float(v), 1) for v in p] for p in quad] for k, _, quad in lines if k in ("birth", "expiry", "code", "serial")})


def main():
    out, fonts, seed, attempts, frames, size = sys.argv[1:7]
    size = tuple(map(int, size.split("x")))
    options = dict(a.split("=") for a in sys.argv[7:])
    widths = options.pop("width", None)
    options = {k: float(v) for k, v in options.items()}
    cv2.setNumThreads(1)
    os.makedirs(out, exist_ok=True)
    people, rooms, listed = common.portraits(), common.rooms(which=slice(0, None, 4)), []
    for n in range(int(seed), int(seed) + int(attempts)):
        if widths:
            lo, _, hi = widths.partition("-")
            options["width"] = random.Random(n).uniform(float(lo), float(hi or lo))
        attempt = Attempt(n, size, fonts, people, rooms, **options)
        for frame in range(int(frames)):
            _, lines, _ = attempt.frame()
            name = f"{size[0]}_{n}_{frame}.jpg"
            with open(os.path.join(out, name), "wb") as file:
                file.write(attempt.jpeg_bytes)
            listed.append(truth(name, attempt, lines))
    with open(os.path.join(out, "truth.json"), "w") as file:
        json.dump(listed, file)


if __name__ == "__main__":
    main()
