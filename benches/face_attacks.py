#!/usr/bin/env python3
"""Makes attacks out of clips of living faces: shown on screens and as prints before a webcam, by calculation.

Nothing here was photographed, and nothing that is written belongs into the repository. The chain is the one that is published for
pictures taken of screens (arXiv 1804.03809 and the model of Muammar and Dragotti): the display's pixels with their stripes and
gaps, the map of its plane onto the sensor, the lens, the colour filter with its interpolation, noise, gamma, JPEG. Of the
pixel grid only what lens and sensor pass is drawn: its first harmonics, by their modulation. Sizes are those of goods on sale:

    phone    6.1 inches, 460 pixels an inch      laptop   14 inches, 157 an inch
    tablet   10.9 inches, 264 an inch            monitor  23.8 inches, 93 an inch

    benches/face_attacks.py --set FOLDER/webcam_dev --people assets/people OUT
    cargo run --release --example face_decision -- --replay --rate 20 --only made OUT
"""

import argparse
import math
import pathlib
import re
import shutil

import cv2
import numpy as np

# The sensor of a cheap webcam, which gives pictures of half its size; 56 degrees across.
WIDTH, HEIGHT, FOCAL = 1280, 960, 1200.0
# Lens: standard deviation of its blur in sensor pixels.
LENS = 0.45
FRAMES = 12
INCH = 25.4

# Pixels an inch, pixels across and down, frame around them in mm, light of black, colour of white, depth of its flicker.
DISPLAYS = {
    "phone": (460, 1170, 2532, 3, 0.000, (0.97, 1.0, 1.06), 0.10),
    "tablet": (264, 2360, 1640, 9, 0.001, (0.98, 1.0, 1.04), 0.03),
    "laptop": (157, 1920, 1080, 7, 0.002, (0.95, 1.0, 1.08), 0.05),
    "monitor": (92.6, 1920, 1080, 8, 0.002, (0.94, 1.0, 1.10), 0.04),
}

# How each is shown: display, distance in mm, tilts in degrees, does a hand hold it, is a window mirrored in it.
SCREENS = {
    "phone in the hand": ("phone", 260, (4, 3), True, False),
    "phone with a window mirrored": ("phone", 240, (10, 4), True, True),
    "tablet with its frame in sight": ("tablet", 300, (6, 2), True, False),
    "tablet filling the picture": ("tablet", 185, (2, 1), True, False),
    "laptop tilted": ("laptop", 230, (18, 5), False, False),
    "monitor filling the picture": ("monitor", 360, (1, 1), False, False),
    "monitor with a window mirrored": ("monitor", 380, (8, 2), False, True),
}

# How each print is held: tilts in degrees, bend (its angle over the width), is it cut out, is it behind glass.
PRINTS = {
    "print tilted": ((28, 12), 0.0, False, False),
    "print bent": ((14, 6), 1.1, False, False),
    "print cut out": ((10, 5), 0.5, True, False),
    "print behind glass": ((8, 4), 0.0, False, True),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--set", type=pathlib.Path, help="folder with cards and live, as for face_decision")
    parser.add_argument("--people", type=pathlib.Path, help="folder of people with portrait.jp2 and clip each")
    parser.add_argument("--sessions", type=int, default=1, help="clips of each person of the set")
    parser.add_argument("--only", default="", help="the ways whose name holds this")
    parser.add_argument("out", type=pathlib.Path)
    options = parser.parse_args()
    (options.out / "cards").mkdir(parents=True, exist_ok=True)
    for person, session, clip, card in sources(options):
        frames = [cv2.imread(str(path)) for path in clip]
        shutil.copyfile(card, options.out / "cards" / f"{person}_{session}.jp2")
        face = face_of(frames[0])
        for way in [*SCREENS, *PRINTS]:
            if options.only not in way:
                continue
            folder = options.out / "made" / way / person / session
            if folder.is_dir():
                continue
            folder.mkdir(parents=True)
            random = np.random.default_rng(sum(map(ord, way + person + session)))
            STARTS[:] = random.uniform(0, 2 * math.pi, 3)
            for n in range(FRAMES):
                if way in SCREENS:
                    light = screen(frames[n % len(frames)], face, SCREENS[way], n, random)
                else:
                    light = sheet(frames[0], face, PRINTS[way], n, random)
                picture = sensor(light, random)
                cv2.imwrite(str(folder / f"{n:03}.jpg"), picture, [cv2.IMWRITE_JPEG_QUALITY, 90])
        print(person, session, flush=True)


def sources(options):
    """Person, session, the pictures of the clip in their order, card."""
    number = lambda path: [int(part) for part in re.findall(r"\d+", path.name)]
    if options.set:
        for person in sorted((options.set / "live").iterdir()):
            with_card = []
            for clip in sorted(person.iterdir()):
                session = clip.name.split("_")[0]
                card = options.set / "cards" / f"{person.name}_{session}.jp2"
                if card.is_file() and session not in {one[0] for one in with_card}:
                    with_card.append((session, clip, card))
            for session, clip, card in with_card[: options.sessions]:
                yield person.name, session, sorted(clip.glob("*.jpg"), key=number)[: 3 * FRAMES : 3], card
    if options.people:
        for person in sorted(options.people.glob("p0*")):
            yield person.name, "01", sorted((person / "clip").glob("*.jpg"), key=number), person / "portrait.jp2"


def face_of(picture):
    """Centre and height of the face, by the detector of the models beside this folder."""
    models = pathlib.Path(__file__).resolve().parent.parent / "models"
    small = cv2.resize(picture, (320, 320))
    detector = cv2.FaceDetectorYN.create(str(models / "yunet_2023mar_320x320.onnx"), "", (320, 320), 0.5)
    found = detector.detect(small)[1]
    height, width = picture.shape[:2]
    if found is None:
        return width / 2, height / 2, height / 2
    x, y, w, h = max(found, key=lambda face: face[14])[:4]
    return (x + w / 2) * width / 320, (y + h / 2) * height / 320, h * height / 320


def linear(picture):
    """Light of a picture's numbers, in red, green, blue."""
    return (picture[:, :, ::-1].astype(np.float32) / 255.0) ** 2.2


def turned(yaw, pitch, roll):
    """The rotation by these degrees."""
    (sy, cy), (sp, cp), (sr, cr) = [(math.sin(math.radians(a)), math.cos(math.radians(a))) for a in (yaw, pitch, roll)]
    y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    p = np.array([[1, 0, 0], [0, cp, -sp], [0, sp, cp]])
    r = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    return y @ p @ r


def hand(n, amount, random):
    """Where a hand holds something in the frame n: right, down, away in mm, and small turns."""
    # A slow sway of some millimetres and a tremor; twenty frames a second.
    t, (a, b, c) = 2 * math.pi * 0.8 * n / 20, STARTS
    sway = np.array([3 * math.sin(t + a), 2 * math.sin(1.3 * t + b), 4 * math.sin(0.7 * t + c)])
    return amount * (sway + random.normal(0, 0.2, 3)), amount * math.sin(t + a)


# Where the sway is when a clip begins: drawn for each clip.
STARTS = [0.0, 0.0, 0.0]


def rays():
    x, y = np.meshgrid(np.arange(WIDTH, dtype=np.float32), np.arange(HEIGHT, dtype=np.float32))
    return (x - WIDTH / 2) / FOCAL, (y - HEIGHT / 2) / FOCAL


RAYS = rays()


def room(random):
    """A wall with things on it, out of focus."""
    wall = np.full((60, 80, 3), 0.32, np.float32) * (1 + 0.15 * np.linspace(-1, 1, 80, dtype=np.float32))[None, :, None]
    for _ in range(9):
        x, y, w, h = random.integers(0, 70), random.integers(0, 50), random.integers(5, 30), random.integers(5, 25)
        wall[y : y + h, x : x + w] = random.uniform(0.08, 0.6, 3)
    return cv2.GaussianBlur(cv2.resize(wall, (WIDTH, HEIGHT), interpolation=cv2.INTER_LINEAR), (0, 0), 9)


def plane(distance, tilt, shift, turn):
    """Where each ray meets the plane: across and down in mm from its middle."""
    rotation = turned(*tilt, turn)
    at = np.array([shift[0], shift[1], distance + shift[2]])
    normal = rotation[:, 2]
    far = float(normal @ at) / (normal[0] * RAYS[0] + normal[1] * RAYS[1] + normal[2])
    point = [RAYS[0] * far - at[0], RAYS[1] * far - at[1], far - at[2]]
    return [sum(float(axis[n]) * point[n] for n in range(3)) for axis in (rotation[:, 0], rotation[:, 1])]


def mirrored(random):
    """A window behind the camera, in light of white."""
    x, y = RAYS
    cx, cy = random.uniform(-0.25, 0.25), random.uniform(-0.2, 0.0)
    pane = (np.abs(x - cx) < 0.12) & (np.abs(y - cy) < 0.16) & (np.abs(x - cx) > 0.008)
    return cv2.GaussianBlur(pane.astype(np.float32), (0, 0), 4)[:, :, None]


def modulation(frequency):
    """What lens and pixel leave of a grid of so many lines a sensor pixel."""
    return math.exp(-2 * (math.pi * LENS * frequency) ** 2) * abs(np.sinc(frequency))


def screen(picture, face, how, n, random):
    name, distance, tilt, held, window = how
    dpi, across, down, frame, black, white, flicker = DISPLAYS[name]
    pitch = INCH / dpi
    shift, turn = hand(n, 1.0 if held else 0.0, random)
    wobble = turn if held else 0.0
    mm = plane(distance, (tilt[0] + wobble, tilt[1]), shift, turn)
    u, v = mm[0] / pitch + across / 2, mm[1] / pitch + down / 2
    # A phone is held upright and shows the face large; the others show the whole picture.
    height, width = picture.shape[:2]
    shown = 2.0 * face[2] if name == "phone" else height
    scale = shown / down if name != "phone" else max(shown / down, 1.35 * face[2] / across)
    middle = (face[0], face[1]) if name == "phone" else (width / 2, height / 2)
    sx, sy = (u - across / 2) * scale + middle[0], (v - down / 2) * scale + middle[1]
    content = cv2.remap(linear(picture), sx.astype(np.float32), sy.astype(np.float32), cv2.INTER_LINEAR, borderValue=(0, 0, 0))
    content = (content * (1 - black) + black) * np.array(white, np.float32)
    # Lines of the grid a sensor pixel, and how far each harmonic swings: gaps take a tenth down, two thirds of each colour across.
    lines = distance / (FOCAL * pitch)
    # Doubled: the harmonic of a rectangle of that width, over its mean.
    swing = [2 * abs(np.sinc(width)) * modulation(lines) for width in (0.30, 0.90)]
    for colour in range(3):
        grid = 1 + swing[0] * np.cos(2 * np.pi * (u + colour / 3)) + swing[1] * np.cos(2 * np.pi * v)
        content[:, :, colour] *= grid
    # The refresh runs over the lines while the shutter does.
    rows = np.arange(HEIGHT, dtype=np.float32)[:, None, None] / HEIGHT
    content *= 1 + flicker * np.sin(2 * np.pi * (1.6 * rows + 0.37 * n))
    ambient = 0.008 + (0.12 * mirrored(np.random.default_rng(5)) if window else 0.0)
    lit = 0.9 * content + ambient
    on = (np.abs(mm[0]) < across * pitch / 2) & (np.abs(mm[1]) < down * pitch / 2)
    case = (np.abs(mm[0]) < across * pitch / 2 + frame) & (np.abs(mm[1]) < down * pitch / 2 + frame)
    behind = room(np.random.default_rng(7))
    return np.where(on[:, :, None], lit, np.where(case[:, :, None], 0.015 + 0.3 * (ambient - 0.008), behind)).astype(np.float32)


def sheet(picture, face, how, n, random):
    tilt, bend, cut, glass = how
    # Moved to and fro once in two seconds.
    t = 2 * math.pi * 0.5 * n / 20 + STARTS[0]
    shift, turn = hand(n, 1.0, random)
    size = 200.0
    if bend:
        across, down, slope = cylinder(420, tilt, t, shift, size / (bend * (0.75 + 0.25 * math.sin(t))))
    else:
        across, down = plane(400, (tilt[0] * math.sin(t), tilt[1] * math.cos(t)), shift, turn)
        slope = np.full_like(across, tilt[0] / 90 * math.sin(t))
    # The sheet is 200 mm high and shows the face and what is around it.
    scale = 2.3 * face[2] / size
    sx, sy = across * scale + face[0], down * scale + face[1]
    print_ = cv2.GaussianBlur(picture, (0, 0), 0.6)
    inked = cv2.remap(linear(print_), sx.astype(np.float32), sy.astype(np.float32), cv2.INTER_LINEAR, borderValue=(1, 1, 1))
    # Ink on paper: from 0.04 to 0.85 of the light, brighter where it faces the lamp.
    light = (0.04 + 0.81 * inked) * (0.95 + 0.35 * slope)[:, :, None]
    if cut:
        on = ((sx - face[0]) / (0.52 * face[2])) ** 2 + ((sy - face[1]) / (0.66 * face[2])) ** 2 < 1
    else:
        on = (np.abs(across) < 0.36 * size) & (np.abs(down) < size / 2)
    if glass:
        light = 0.9 * light * np.array((0.97, 1.0, 0.98), np.float32) + 0.02 + 0.10 * mirrored(np.random.default_rng(5))
    return np.where(on[:, :, None], light, room(np.random.default_rng(7))).astype(np.float32)


def cylinder(distance, tilt, t, shift, radius):
    """A sheet bent towards the camera about an upright axis: across and down along it in mm, and how it faces the side."""
    x, y = RAYS
    # Its axis stands `radius` behind its nearest line, turned to and fro.
    cx, cz = float(shift[0]), distance + float(shift[2]) + radius
    a, b, c = x * x + 1, -2 * (x * cx + cz), cx * cx + cz * cz - radius * radius
    root = b * b - 4 * a * c
    far = (-b - np.sqrt(np.maximum(root, 0))) / (2 * a)
    angle = np.arctan2(x * far - cx, cz - far)
    turned_by = math.radians(tilt[0]) * math.sin(t)
    across = np.where(root > 0, (angle - turned_by) * radius, 1e6).astype(np.float32)
    down = (y * far - float(shift[1])).astype(np.float32)
    return across, down, np.sin(angle).astype(np.float32)


def sensor(light, random):
    """What the webcam gives of the light before it."""
    light = cv2.GaussianBlur(light, (0, 0), LENS)
    # Exposure: the middle of the picture comes out at a fair grey.
    light = light * (0.26 / max(float(light[HEIGHT // 4 : 3 * HEIGHT // 4, WIDTH // 4 : 3 * WIDTH // 4].mean()), 1e-3))
    raw = np.empty((HEIGHT, WIDTH), np.float32)
    raw[0::2, 0::2], raw[0::2, 1::2] = light[0::2, 0::2, 0], light[0::2, 1::2, 1]
    raw[1::2, 0::2], raw[1::2, 1::2] = light[1::2, 0::2, 1], light[1::2, 1::2, 2]
    raw += random.normal(0, 1, raw.shape).astype(np.float32) * np.sqrt(0.00012 * np.maximum(raw, 0) + 2.5e-6)
    whole = np.clip(raw * 65535, 0, 65535).astype(np.uint16)
    picture = cv2.cvtColor(whole, cv2.COLOR_BayerBG2BGR).astype(np.float32) / 65535
    picture = cv2.resize(picture, (WIDTH // 2, HEIGHT // 2), interpolation=cv2.INTER_AREA)
    return (np.clip(picture, 0, 1) ** (1 / 2.2) * 255 + 0.5).astype(np.uint8)


if __name__ == "__main__":
    main()
