#!/usr/bin/env python3
"""The real window under Xvfb: cold start, idle CPU, touch to changed picture, camera preview.

The program runs in training mode with its software renderer. What it draws is seen from outside: the X server reports each
picture it puts on the screen (DAMAGE), touches are sent through XTEST. Situations are read from the program's own log.
"""

import argparse
import contextlib
import hashlib
import os
import pathlib
import re
import select
import statistics
import subprocess
import sys
import tempfile
import threading
import time

from Xlib import X, display
from Xlib.ext import damage, xtest

ROOT = pathlib.Path(__file__).resolve().parent.parent
SIZE = (1080, 1920)
PATIENCE = 60  # seconds for anything that is waited for
TICKS = os.sysconf("SC_CLK_TCK")
# Where a finger finds them on this panel, as fractions of width and height.
CHOOSE_FACE, CHOOSE_PIN = (0.5, 0.49), (0.5, 0.66)
KEYS = [(0.20, 0.523), (0.39, 0.523), (0.58, 0.523)]  # 1, 2, 3
CLEAR = (0.80, 0.608)
TARGET = {"start": 1.0, "idle": 1.0, "touch": 50.0, "preview": 15.0}
SITUATION = re.compile(r"\bto=\"?([A-Za-z]+)")


class Broken(Exception):
    """A measurement that did not come about."""


class Window:
    """The program in training mode on its own display."""

    def __init__(self, program, number, scenario, *more):
        self.situations, self.lines = [], []
        self.changed = threading.Condition()
        self.display = display.Display(f":{number}")
        for extension in ("DAMAGE", "XTEST"):
            if not self.display.query_extension(extension):
                raise Broken(f"the X server has no {extension}")
        self.display.damage_query_version()
        self.root = self.display.screen().root
        self.root.change_attributes(event_mask=X.SubstructureNotifyMask)
        environment = dict(os.environ, DISPLAY=f":{number}", ICED_BACKEND="tiny-skia", UKETSUKE_LOG="info")
        environment.pop("WAYLAND_DISPLAY", None)
        command = [program, "demo", "--scenario", scenario, "--size", f"{SIZE[0]}x{SIZE[1]}", *more]
        self.began = time.monotonic()
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        threading.Thread(target=self.read_log, daemon=True).start()
        self.window = self.find_window()
        self.damage = self.window.damage_create(damage.DamageReportRawRectangles)
        self.display.sync()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(10)
        self.process.kill()
        self.display.close()

    def read_log(self):
        for line in self.process.stderr:
            with self.changed:
                self.lines.append(line)
                if "situation" in line and (found := SITUATION.search(line)):
                    self.situations.append(found.group(1))
                self.changed.notify_all()

    def find_window(self):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for child in self.root.query_tree().children:
                geometry = child.get_geometry()
                if (geometry.width, geometry.height) == SIZE and child.get_attributes().map_state == X.IsViewable:
                    return child
            if self.process.poll() is not None:
                raise Broken("the program ended:\n" + "".join(self.lines[-5:]))
            time.sleep(0.002)
        raise Broken("no window of the wanted size")

    def await_situation(self, wanted, after=0):
        with self.changed:
            if not self.changed.wait_for(lambda: wanted in self.situations[after:], PATIENCE):
                raise Broken(f"{wanted} did not come; seen: {self.situations}\n" + "".join(self.lines[-5:]))

    def pictures(self, seconds, until_first=False):
        """Times of the pictures of the next `seconds`; ends with the first one if wanted."""
        end, seen = time.monotonic() + seconds, []
        while (left := end - time.monotonic()) > 0:
            if not self.display.pending_events():
                select.select([self.display], [], [], left)
            while self.display.pending_events():
                if self.display.next_event().type == self.display.extension_event.DamageNotify:
                    seen.append(time.monotonic())
            if seen and until_first:
                break
        return seen

    def forget(self):
        """Lets what is under way come to an end."""
        while self.pictures(0.25, until_first=True):
            pass

    def key(self, name):
        code = self.display.keysym_to_keycode({"F2": 0xFFBF, "Escape": 0xFF1B}[name])
        xtest.fake_input(self.display, X.KeyPress, code)
        xtest.fake_input(self.display, X.KeyRelease, code)
        self.display.sync()

    def move(self, place):
        xtest.fake_input(self.display, X.MotionNotify, x=round(place[0] * SIZE[0]), y=round(place[1] * SIZE[1]))
        self.display.sync()

    def finger(self, down):
        """Milliseconds from the finger to the picture that answers it."""
        began = time.monotonic()
        xtest.fake_input(self.display, X.ButtonPress if down else X.ButtonRelease, 1)
        self.display.flush()
        seen = self.pictures(2.0, until_first=True)
        return (seen[0] - began) * 1000 if seen else None

    def touch(self, place):
        self.move(place)
        self.finger(True)
        self.finger(False)

    def oval(self):
        """What the middle of the camera's picture looks like."""
        picture = self.window.get_image(SIZE[0] // 2 - 48, round(SIZE[1] * 0.26), 96, 96, X.ZPixmap, 0xFFFFFFFF)
        return hashlib.sha1(picture.data).digest()

    def processor(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def to_choice(self):
        self.forget()
        # There is no window manager to do it.
        self.window.set_input_focus(X.RevertToParent, X.CurrentTime)
        self.key("F2")
        self.await_situation("ChooseMethod")
        time.sleep(1.0)
        self.forget()


def percentile(values, part):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(part * (len(ordered) - 1)))]


def start_and_idle(options, number):
    starts = []
    for _ in range(options.starts):
        with Window(options.program, number, "by-pin") as window:
            first = window.pictures(PATIENCE, until_first=True)
            if not first:
                raise Broken("nothing was drawn")
            starts.append(first[0] - window.began)
    with Window(options.program, number, "by-pin") as window:
        window.pictures(5)
        before, began, drawn = window.processor(), time.monotonic(), len(window.pictures(options.idle))
        share = (window.processor() - before) / (time.monotonic() - began) * 100
    return starts, share, drawn


def touches(options, number):
    down, up = [], []
    with Window(options.program, number, "by-pin") as window:
        window.to_choice()
        window.touch(CHOOSE_PIN)
        window.await_situation("EnterPin")
        time.sleep(1.0)
        window.forget()
        for _ in range(options.touches):
            for place in [*KEYS, CLEAR]:
                window.move(place)
                window.forget()
                down.append(window.finger(True))
                window.forget()
                up.append(window.finger(False))
    if None in down + up:
        raise Broken("a touch changed nothing: are the places of the keys still right?")
    return down, up


def preview_once(options, number):
    with Window(options.program, number, "by-face", "--camera-rate", "30", "--face-turn") as window:
        window.to_choice()
        window.touch(CHOOSE_FACE)
        window.await_situation("FaceCapture")
        window.pictures(1.5)
        before, began = window.processor(), time.monotonic()
        shown, last, drawn = 0, None, 0
        while time.monotonic() - began < options.preview:
            if window.situations[-1] != "FaceCapture":
                break
            drawn += len(window.pictures(0.5, until_first=True))
            now = window.oval()
            shown, last = shown + (now != last), now
        took = time.monotonic() - began
        return shown / took, drawn / took, (window.processor() - before) / took * 100, took


def preview(options, number):
    """The longest of some attempts. The head is asked to turn to a side drawn by lot: where the recorded one does not turn
    that far the attempt lasts, and all networks run all the while; else it ends at once."""
    longest = (0.0, 0.0, 0.0, 0.0)
    for _ in range(8):
        longest = max(longest, preview_once(options, number), key=lambda result: result[3])
        if longest[3] >= options.preview:
            return longest
    if not longest[3]:
        raise Broken("every attempt ended before its preview could be watched")
    return longest


def row(name, value, target, ratio):
    print(f"| {name} | {value} | {target} | {ratio:.2f} |")


def report(options, number):
    starts, share, drawn = start_and_idle(options, number)
    down, up = touches(options, number)
    shown, pictures, cost, took = preview(options, number)
    print("| 1080×1920, software renderer | measured | target | measured / target |")
    print("|---|--:|--:|--:|")
    middle = statistics.median(starts)
    row(f"cold start to first picture, s (median of {len(starts)})", f"{middle:.2f}", f"≤ {TARGET['start']:.1f}", middle / TARGET["start"])
    row(f"idle CPU, % of one core ({options.idle} s, {drawn} pictures)", f"{share:.2f}", f"≤ {TARGET['idle']:.0f}", share / TARGET["idle"])
    for name, values in (("finger down to changed picture", down), ("finger up to changed picture", up)):
        p95 = percentile(values, 0.95)
        value = f"{statistics.median(values):.0f} / {p95:.0f}"
        row(f"{name}, ms p50 / p95 ({len(values)})", value, f"p95 ≤ {TARGET['touch']:.0f}", p95 / TARGET["touch"])
    name = f"preview, different pictures a second ({took:.0f} s, camera at 30)"
    row(name, f"{shown:.1f}", f"≥ {TARGET['preview']:.0f}", shown / TARGET["preview"])
    print(f"\nWhile the preview runs: {pictures:.1f} pictures a second drawn, {cost:.0f} % of one core with the face engine.")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--program", default=ROOT / "target/release/uketsuke", type=pathlib.Path)
    parser.add_argument("--starts", type=int, default=5, metavar="N", help="cold starts")
    parser.add_argument("--idle", type=int, default=20, metavar="S", help="seconds of the idle screen")
    parser.add_argument("--touches", type=int, default=15, metavar="N", help="rounds of four touches")
    parser.add_argument("--preview", type=int, default=10, metavar="S", help="seconds of preview at most")
    return parser.parse_args()


@contextlib.contextmanager
def screen():
    """A display that nobody sees; gives its number."""
    reader, writer = os.pipe()
    with tempfile.TemporaryFile() as said:
        command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-nolisten", "tcp", "-noreset"]
        server = subprocess.Popen(command, pass_fds=[writer], stdout=said, stderr=said)
        os.close(writer)
        try:
            number = os.read(reader, 16).decode().strip()
            if not number:
                raise Broken("Xvfb did not start")
            yield number
        finally:
            server.terminate()
            server.wait(10)
            os.close(reader)


def main():
    options = arguments()
    try:
        with screen() as number:
            report(options, number)
    except Broken as error:
        sys.exit(f"bench: {error}")


if __name__ == "__main__":
    main()
