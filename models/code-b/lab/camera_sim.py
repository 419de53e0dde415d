"""Films an invented card by hand in front of a webcam: an attempt is one holder, one place, several frames."""
import math
import random

import cv2
import numpy as np

from card_render import H_MM, PX, W_MM, draw_card


def _rot(ax, ay, az):
    ca, sa, cb, sb, cc, sc = math.cos(ax), math.sin(ax), math.cos(ay), math.sin(ay), math.cos(az), math.sin(az)
    rx = np.array([[1, 0, 0], [0, ca, -sa], [0, sa, ca]])
    ry = np.array([[cb, 0, sb], [0, 1, 0], [-sb, 0, cb]])
    rz = np.array([[cc, -sc, 0], [sc, cc, 0], [0, 0, 1]])
    return rz @ ry @ rx


def homography(size, width_px, tilt, yaw, roll, centre, fov=60):
    """mm on the card -> pixels; width_px is the card's width if it were held square to the camera."""
    w, h = size
    f = w / 2 / math.tan(math.radians(fov) / 2)
    z = f * W_MM / width_px
    r = _rot(math.radians(tilt), math.radians(yaw), math.radians(roll))
    t = np.array([(centre[0] - w / 2) * z / f, (centre[1] - h / 2) * z / f, z])
    k = np.array([[f, 0, w / 2], [0, f, h / 2], [0, 0, 1]])
    shift = np.array([[1, 0, -W_MM / 2], [0, 1, -H_MM / 2], [0, 0, 1]])
    return k @ np.column_stack([r[:, 0], r[:, 1], t]) @ shift


def project(hm, pts):
    p = np.c_[np.asarray(pts, float), np.ones(len(pts))] @ hm.T
    return (p[:, :2] / p[:, 2:]).astype(np.float32)


BANK = np.random.default_rng(5).normal(0, 1, (1130, 1690, 4)).astype(np.float32)  # sensor noise, cut at a random place


def _mix(under, over, mask):
    a = cv2.merge([mask] * 3).astype(np.uint16)
    return ((under.astype(np.uint16) * (255 - a) + over.astype(np.uint16) * a + 127) // 255).astype(np.uint8)


class Attempt:
    """Draws what stays the same over an attempt; `frame()` films one frame."""

    def __init__(self, seed, size, fonts="dev", portraits=None, rooms=None, width=None, hard=1.0, sharp=None, tray=0, drawn=None):
        self.rng = rng = random.Random(seed)
        self.size = size
        self.card, self.facts, self.lines = drawn or draw_card(seed, fonts, portraits)
        lo, hi = (250, 600) if size[0] == 640 else (500, 1100)
        self.width = width or rng.uniform(lo, hi)
        self.tilt, self.yaw, self.roll = (rng.gauss(0, 10 * hard), rng.gauss(0, 10 * hard), rng.gauss(0, 6 * hard))
        c = lambda v, m: max(-m, min(m, v))
        self.tilt, self.yaw, self.roll = c(self.tilt, 25), c(self.yaw, 25), c(self.roll, 15)
        k = size[0] / 640
        # defocus in px: webcams of the 640 class are a little soft, 720 ones softer per pixel and often near their close limit
        self.defocus = sharp if sharp is not None else (abs(rng.gauss(0, .45 * hard)) + .35) * (1 + .5 * (k - 1))
        self.noise = rng.uniform(1, 7 * hard)
        self.jpeg = rng.randint(70, 95)
        self.gain = rng.uniform(.62, 1.18)
        self.wb = np.array([rng.uniform(.9, 1.08), 1.0, rng.uniform(.88, 1.1)], np.float32)
        self.glare = rng.random() < .5 * hard
        self.gpos = (rng.uniform(0, W_MM), rng.uniform(0, H_MM))
        self.gsize, self.gpow = rng.uniform(3, 11), rng.uniform(60, 260)
        self.sleeve = rng.random() < .2
        self.skin = np.array([rng.randint(150, 235), rng.randint(110, 180), rng.randint(85, 150)], np.float32)
        self.room = rng.choice(rooms) if rooms else None
        self.fingers = []
        if tray: self.sleeve = False  # the card lies on a tray under a fixed camera: no hand, no sleeve
        for _ in range(0 if tray else rng.choice([1, 1, 2])):
            side = rng.choice(["left", "right", "bottom", "bottom", "right"])
            deep = rng.uniform(1, 9)
            if side == "left": p = (deep - 9, rng.uniform(12, 46), 11, 6.5)
            elif side == "right": p = (W_MM - deep + 9, rng.uniform(12, 46), 11, 6.5)
            else: p = (rng.uniform(8, 78), H_MM - deep * .7 + 10, 7.5, 12)
            self.fingers.append(p)
        self.flat = self._flat()

    def _flat(self):
        img = self.card.astype(np.float32)
        h, w = img.shape[:2]
        yy, xx = np.mgrid[0:h, 0:w].astype(np.float32)
        if self.sleeve:
            img = img * self.rng.uniform(.8, .93) + self.rng.uniform(10, 40)
            for _ in range(self.rng.randint(1, 3)):  # streaks on the plastic
                a = self.rng.uniform(-.6, .6); o = self.rng.uniform(0, h)
                d = np.abs(yy - o - a * xx) / (PX * self.rng.uniform(.4, 2))
                img += (np.exp(-d * d) * self.rng.uniform(10, 60))[..., None]
        return np.clip(img, 0, 255)

    def frame(self, jitter=1.0):
        rng = self.rng
        w, h = self.size
        wpx = self.width * (1 + rng.gauss(0, .02 * jitter))
        tilt, yaw, roll = (v + rng.gauss(0, s * jitter) for v, s in ((self.tilt, 2), (self.yaw, 2), (self.roll, 1)))
        half = (min(wpx, w) / 2, min(wpx * .63, h) / 2)
        cx = w / 2 + rng.uniform(-1, 1) * max(2, w / 2 - half[0]) * .5
        cy = h / 2 + rng.uniform(-1, 1) * max(2, h / 2 - half[1]) * .5
        hm = homography(self.size, wpx, tilt, yaw, roll, (cx, cy))
        ss = 2 if w <= 640 else 1  # supersample, then area-reduce
        card = self._reduced(min(1.0, self.width / W_MM * ss / PX * 1.12)).copy()
        px = card.shape[1] / W_MM
        yy, xx = np.ogrid[0:card.shape[0], 0:card.shape[1]]
        if self.glare:
            gx, gy = self.gpos[0] + rng.gauss(0, 3), self.gpos[1] + rng.gauss(0, 3)
            d = ((xx / px - gx) ** 2 + (yy / px - gy) ** 2).astype(np.float32) / self.gsize ** 2
            card += (np.exp(-d) * self.gpow)[..., None]
        # lighting falls off over the card
        a, b = rng.uniform(-.18, .18), rng.uniform(-.18, .18)
        card *= (1 + a * (xx / card.shape[1] - .5) + b * (yy / card.shape[0] - .5)).astype(np.float32)[..., None]
        card = np.clip(card, 0, 255).astype(np.uint8)
        m = np.diag([ss, ss, 1.0]) @ hm @ np.diag([W_MM / card.shape[1], H_MM / card.shape[0], 1.0])
        out = self._room(rng, (w * ss, h * ss)).copy()
        mask = cv2.warpPerspective(np.full(card.shape[:2], 255, np.uint8), m, (w * ss, h * ss), flags=cv2.INTER_LINEAR)
        warped = cv2.warpPerspective(card, m, (w * ss, h * ss), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        out = _mix(out, warped, mask)
        out = self._fingers(out, np.diag([ss, ss, 1.0]) @ hm, rng)
        img = (cv2.resize(out, (w, h), interpolation=cv2.INTER_AREA) if ss > 1 else out).astype(np.float32)
        sig = max(.25, self.defocus * (1 + rng.gauss(0, .15)))
        img = cv2.GaussianBlur(img, (0, 0), sig)
        ml = abs(rng.gauss(0, 1.3)) * jitter * w / 640  # motion blur, px
        if ml > 1.2:
            n = int(ml) * 2 + 1
            kern = np.zeros((n, n), np.float32)
            an = rng.uniform(0, math.pi)
            for t in np.linspace(-ml / 2, ml / 2, 4 * n):
                kern[int(round(n // 2 + t * math.sin(an))), int(round(n // 2 + t * math.cos(an)))] += 1
            img = cv2.filter2D(img, -1, kern / kern.sum())
        img = img * self.gain * rng.uniform(.95, 1.05) * self.wb
        y0, x0 = rng.randrange(400), rng.randrange(400)
        img += BANK[y0:y0 + h, x0:x0 + w, :1] * self.noise + BANK[y0:y0 + h, x0:x0 + w, 1:] * (self.noise * .5)
        img = np.clip(img, 0, 255).astype(np.uint8)
        if rng.random() < .35:  # the camera's own sharpening
            img = cv2.addWeighted(img, 1.6, cv2.GaussianBlur(img, (0, 0), 1.0), -.6, 0)
        ok, buf = cv2.imencode(".jpg", img[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, self.jpeg])
        self.jpeg_bytes = buf.tobytes()  # what the camera sends
        img = cv2.imdecode(buf, cv2.IMREAD_COLOR)
        truth = [(k, s, project(hm, q)) for k, s, q in self.lines]
        corners = project(hm, [(0, 0), (W_MM, 0), (W_MM, H_MM), (0, H_MM)])
        return img, truth, corners  # BGR

    def _reduced(self, k):
        if getattr(self, "_red", None) is None:
            self._red = cv2.resize(self.flat, None, fx=k, fy=k, interpolation=cv2.INTER_AREA) if k < 1 else self.flat
        return self._red

    def _room(self, rng, size):
        if getattr(self, "_bg", None) is None:
            if self.room is not None:
                img = cv2.GaussianBlur(self.room, (0, 0), rng.uniform(1, 3))
            else:
                nz = np.random.default_rng(rng.getrandbits(32))
                img = nz.uniform(40, 210, (6, 8, 3)).astype(np.uint8)
            self._bg = cv2.resize(img, size, interpolation=cv2.INTER_LINEAR)
        return self._bg

    def _fingers(self, out, hm, rng):
        for x, y, rx, ry in self.fingers:
            x += rng.gauss(0, .6); y += rng.gauss(0, .6)
            t = np.linspace(0, 2 * math.pi, 40)
            p = project(hm, np.c_[x + rx * np.cos(t), y + ry * np.sin(t)])
            lo, hi = np.floor(p.min(0)).astype(int) - 8, np.ceil(p.max(0)).astype(int) + 8
            lo, hi = np.maximum(lo, 0), np.minimum(hi, [out.shape[1], out.shape[0]])
            if (hi - lo < 2).any():
                continue
            m = np.zeros((hi[1] - lo[1], hi[0] - lo[0]), np.uint8)
            cv2.fillPoly(m, [np.round(p - lo).astype(np.int32)], 255)
            part = out[lo[1]:hi[1], lo[0]:hi[0]]
            skin = np.broadcast_to(np.clip(self.skin * rng.uniform(.85, 1.0), 0, 255).astype(np.uint8), part.shape)
            out[lo[1]:hi[1], lo[0]:hi[0]] = _mix(part, skin, cv2.GaussianBlur(m, (0, 0), 2))
        return out
