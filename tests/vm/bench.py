"""The cases: devices that a kernel believes in, our program between them. `bench.py IMAGE PROGRAM [WORD ...]` runs those whose
names hold a word, all without one. A line each while it runs, a table at the end. Ends 1 when there was a fault."""

import glob
import json
import os
import subprocess
import sys
import tempfile
import threading
import time

from card import CardSlot
from ccid import Reader
from guest import Guest
from vsc import Vscard
from webcam import Faults, Format, Webcam

image, program, *words = sys.argv[1:]
image, program = os.path.realpath(image), os.path.realpath(program)
profile = os.environ.get("BENCH_PROFILE", "debug")
ours, theirs = f"{program}/target/{profile}", f"/host/target/{profile}"
work = tempfile.mkdtemp(prefix="vm-bench-")
BY_ID = "usb-Uketsuke_bench_Bench_Camera_CAM0001-video-index0"
VGA, HD = (640, 480), (1280, 720)
RATE = {30: 333_333, 29.97: 333_667, 15: 666_666, 10: 1_000_000, 7.5: 1_333_333}
SETTINGS = """[site]
facility_code = "1310000001"
terminal_id = "T001"
language = "ja"
[camera]
id = "{camera}"
[gateway]
url = "https://localhost:8443"
identity = "/out/pki"
[handoff]
folder = "/tmp/drop"
[state]
folder = "/tmp/state"
[models]
folder = "/tmp/none"
[sound]
off = true
"""
faults, began = 0, time.monotonic()


def wanted(name):
    return not words or any(word in name for word in words)


table, last = [], time.monotonic()


def verdict(name, good, seen, wants):
    global faults, last
    faults += not good
    took, last = time.monotonic() - last, time.monotonic()
    table.append((name, wants, "as expected" if good else seen, took))
    print(f"{'ok   ' if good else 'FAULT'} {took:5.0f}s  {name}: {seen}", flush=True)


def print_table():
    """As `docs/devices.md` has it."""
    print("\n| Case | Expected | Seen | s |\n|---|---|---|---|")
    for name, wants, seen, took in table:
        seen = " ".join(seen.split()).replace("|", "/")
        print(f"| {name} | {wants} | {seen} | {took:.0f} |")


def until(true, within=30):
    end = time.monotonic() + within
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False


# Camera

jpegs = [open(path, "rb").read() for path in sorted(glob.glob(f"{program}/assets/people/p03/clip/*.jpg"))]


def pictures(kind, width, height, number):
    if kind == "MJPG":
        return jpegs[number % len(jpegs)]
    line = bytes((x * 3 + number) & 255 for x in range(width))
    if kind == "NV12":
        return line * height + bytes([128]) * (width * height // 2)
    if kind == "GREY":
        return line * height
    return b"".join(bytes((one, 128)) for one in line) * height


def without_tables(jpeg):
    """As most webcams send it: without Huffman tables."""
    out, at = jpeg[:2], 2
    while jpeg[at + 1] != 0xDA:
        size = 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        out += b"" if jpeg[at + 1] == 0xC4 else jpeg[at : at + size]
        at += size
    return out + jpeg[at:]


def camera(name, formats, wants, choice=BY_ID, before="", what=None, probe=None, private=False):
    """Plugs it in, asks `doctor` (or the probe), pulls it out. `wants` is a part of what must be said."""
    if not wanted("camera: " + name):
        return
    cam = Webcam(f"{work}/cam.sock", formats, pictures)
    cam.faults, cam.privacy = what or Faults(rate=10), int(private)
    cam.plug()
    until(lambda: guest.run("[ -e /dev/v4l/by-id ]")[1] == 0)
    if before:
        guest.run(before)
    if probe:
        said = guest.run(f"timeout 100 {theirs}/examples/camera_probe '{choice}' {probe} 2>&1", 120)[0]
    else:
        open(f"{work}/out/uketsuke.toml", "w").write(SETTINGS.format(camera=choice))
        findings = guest.run(f"timeout 100 {theirs}/uketsuke --config /out/uketsuke.toml doctor --json 2>/tmp/err", 120)[0]
        try:
            said = next(f"{one['health']}: {one['detail']}" for one in json.loads(findings) if one["subject"] == "camera")
        except (ValueError, StopIteration):
            said = findings + guest.run("cat /tmp/err")[0]
    started = [row[2:5] for row in cam.log if row[1] == "start"]
    wants = [wants] if isinstance(wants, str) else wants
    good = all(want in said for want in wants)
    verdict("camera: " + name, good, said.strip()[-400:] + (f" {started}" if started else ""), " · ".join(wants))
    cam.unplug()
    until(lambda: guest.run("[ -e /dev/v4l/by-id ]")[1] != 0)


def cameras():
    one = lambda name, *sizes: Format(name, [(*size, [RATE[rate] for rate in rates]) for size, rates in sizes])
    mjpeg, yuyv = one("MJPG", (VGA, [30, 15]), (HD, [30])), one("YUYV", (VGA, [30, 15]), (HD, [7.5]))
    good = "640×480"
    camera("MJPEG", [one("MJPG", (VGA, [30]))], good)
    camera("YUYV before MJPEG", [yuyv, mjpeg], good)
    camera("NV12", [one("NV12", (VGA, [30]))], good)
    camera("by number", [mjpeg], good, choice="0")
    camera("by the name shown", [mjpeg], good, choice="Bench Camera: Bench Camera")
    camera("MJPEG without tables", [mjpeg], good, what=Faults(rate=10, every=lambda number, jpeg: without_tables(jpeg)))
    camera("odd size", [one("YUYV", ((642, 482), [30]))], "642×482")
    camera("usual rate is 7.5", [one("YUYV", (HD, [7.5]), (VGA, [30]))], good)
    camera("29.97 pictures a second", [one("MJPG", (VGA, [29.97]))], good)
    camera("left in another format by another program", [mjpeg, one("H264", ((1920, 1080), [30]))], good,
           before="v4l2-ctl -d /dev/video0 --set-fmt-video=width=1920,height=1080,pixelformat=H264")
    camera("held by another program", [mjpeg], "U-313",
           before="v4l2-ctl -d /dev/video0 --stream-mmap --stream-count=9999 --stream-to=/dev/null >/dev/null 2>&1 & echo $! >/tmp/held; sleep 3")
    guest.run("kill $(cat /tmp/held)")
    camera("silent", [mjpeg], "U-312", what=Faults(silent_always=True))
    camera("broken pictures", [mjpeg], "U-312", what=Faults(rate=10, every=lambda number, jpeg: bytes(range(256)) * 40))
    more_cameras(one, mjpeg, yuyv, good)


def more_cameras(one, mjpeg, yuyv, good):
    """What a clinic meets besides."""
    half = lambda number, picture: picture[: len(picture) // 2] if number % 2 else picture
    lost = lambda number, picture: picture[:9000] + picture[10024:] if number % 2 else picture
    h264 = one("H264", ((1920, 1080), [30]))
    camera("first format is not ours", [one("UYVY", (VGA, [30])), mjpeg], good)
    camera("no format is ours", [one("UYVY", (VGA, [30])), h264], "(U-316): it offers only UYVY, H264")
    camera("grey only, as infrared ones", [one("GREY", (VGA, [30]))], good)
    camera("listed once", [mjpeg], "Bench Camera: Bench Camera (0); 640")
    camera("first picture after three seconds", [mjpeg], good, what=Faults(rate=10, delay_first=3.0))
    camera("no such camera", [mjpeg], "U-311", choice="usb-Nobody_0001-video-index0")
    camera("the data node by its number", [mjpeg], "(U-316): it gives no pictures", choice="1")
    camera("empty pictures", [mjpeg], "U-312", what=Faults(rate=10, every=lambda number, picture: b""))
    camera("marked as damaged by the camera", [mjpeg], "U-312", what=Faults(rate=10, error_bit=True))
    camera("black pictures", [yuyv], "black", what=Faults(rate=10, every=lambda number, picture: bytes([16, 128]) * (len(picture) // 2)))
    camera("refuses the format", [mjpeg], "U-31", what=Faults(stop_commit=True))
    if not os.path.exists(f"{ours}/examples/camera_probe"):
        return
    # Several attempts in one process; the figures behind "closes after" are pictures a second.
    camera("thirty a second", [mjpeg], "attempt 1 picture 2", what=Faults(), probe="1 6 1")
    camera("stops in the middle, is opened again", [mjpeg], ["attempt 1 picture 2", "attempt 3 picture 2"],
           what=Faults(rate=10, stall_after=12), probe="3 9 1")
    camera("opened five times, no opening lost", [one("YUYV", (HD, [10, 30]), (VGA, [30]))], "attempt 5 picture 2",
           what=Faults(rate=10), probe="5 4 0.5")
    camera("every second picture cut", [mjpeg], "attempt 1 picture 2", what=Faults(rate=10, every=half), probe="1 6 1")
    camera("every second picture with bytes lost", [mjpeg], "attempt 1 picture 2", what=Faults(rate=10, every=lost), probe="1 6 1")
    dark = lambda number, picture: bytes([16, 128]) * (len(picture) // 2)
    camera("privacy switch closed", [yuyv], "attempt 1 failed U-315", what=Faults(rate=10, every=dark), probe="1 9 1", private=True)
    camera("goes black and stays so", [yuyv], "attempt 1 failed U-312",
           what=Faults(rate=10, every=lambda number, picture: picture if number < 10 else dark(number, picture)), probe="1 40 1")
    pulled(mjpeg)


def pulled(mjpeg):
    """The cable out in the middle of an attempt and in again."""
    if not wanted("camera: unplugged in the middle and plugged in again"):
        return
    cam = Webcam(f"{work}/cam.sock", [mjpeg], pictures)
    cam.faults = Faults(rate=10)
    cam.plug()
    until(lambda: guest.run("[ -e /dev/v4l/by-id ]")[1] == 0)
    guest.run(f"(timeout 100 {theirs}/examples/camera_probe '{BY_ID}' 4 8 2 >/out/pulled 2>&1; echo END >>/out/pulled) &")
    seen = lambda: open(f"{work}/out/pulled").read() if os.path.exists(f"{work}/out/pulled") else ""
    until(lambda: "picture 2" in seen())
    cam.unplug()
    until(lambda: "failed" in seen(), 20)
    cam.plug()
    until(lambda: "END" in seen(), 100)
    wants = ["attempt 1 failed U-311", "attempt 4 picture 2"]
    verdict("camera: unplugged in the middle and plugged in again", all(one in seen() for one in wants), seen()[-400:], " · ".join(wants))
    cam.unplug()
    until(lambda: guest.run("[ -e /dev/v4l/by-id ]")[1] != 0)


# Reader


class Card:
    """`uketsuke vcard` of the host in the slot."""

    def __init__(self, slot, person="p03", told=None):
        if told is not None:
            told["card"] = self  # before the first command can come by
        order = [f"{ours}/uketsuke", "vcard", "--person", person, "--port", str(slot.port)]
        self.slot, self.process = slot, subprocess.Popen(order, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(lambda: slot.present)

    def pull(self):
        self.process.kill()
        self.process.wait()
        until(lambda: not self.slot.present)


class Checkin:
    """A reception by PIN in the guest; its lines arrive on the host as they are written."""

    count = 0

    def __init__(self):
        Checkin.count += 1
        self.number, self.path = Checkin.count, f"{work}/out/checkin{Checkin.count}"
        open(self.path, "w").close()
        out, drop = f"/out/checkin{self.number}", f"/tmp/drop{self.number}"
        guest.run(
            f"mkdir -p {drop}; (echo 1234 | timeout 170 {theirs}/uketsuke checkin --method pin --pin - --gateway https://localhost:8443"
            f" --identity /out/pki --journal /tmp/journal{self.number}.sqlite --drop {drop} --json >{out} 2>{out}.err; echo EXIT $? >>{out}) &"
        )

    def lines(self):
        return open(self.path).read().splitlines()

    def wait(self, word, since=0, within=150):
        return until(lambda: any(word in line for line in self.lines()[since:]), within)

    def end(self):
        self.wait("EXIT", within=175)
        states = [json.loads(line) if line.startswith("{") else {"state": line} for line in self.lines()]
        said = [line for line in open(self.path + ".err", errors="replace") if line.startswith("uketsuke: ")]
        row = [one["state"] + (f"({one['code']})" if "code" in one else "") for one in states]
        return " ".join(row + [line.strip() for line in said])


def reader(**kind):
    slot = CardSlot()
    device = Reader(f"{work}/ccid.sock", slot, **kind)
    device.plug()
    until(lambda: guest.run("opensc-tool -l 2>/dev/null | grep -q '^0'")[1] == 0)
    return slot, device


def visit(name, wants, meddle=None, at=None, **kind):
    """A reception; `meddle` when the first command that begins so comes by. `wants`: parts of the row of states."""
    if not wanted("reader: " + name):
        return
    slot, device = reader(**kind)
    held = {}

    def look(command):
        if meddle and at and not held.get("done") and "card" in held and command.hex().startswith(at):
            held["done"] = True
            meddle(device, held["card"])

    slot.on_command = look
    run = Checkin()
    run.wait("Idle")
    if meddle and not at:
        meddle(device, run)
    Card(slot, told=held)
    row = run.end()
    # A reader that is plugged in after its case would sit in the way of the next one.
    while pending:
        pending.pop().join()
    verdict("reader: " + name, all(want in row for want in wants), row, " · ".join(wants))
    held["card"].pull()
    device.unplug()
    time.sleep(1)


PCSCD = "pcscd --foreground >/tmp/pcscd.log 2>&1 & echo $! >/tmp/pcscd.pid; sleep 1"


pending = []


def later(seconds, work):
    pending.append(threading.Timer(seconds, work))
    pending[-1].start()


def away_and_back(device, _):
    device.unplug()
    later(2, device.plug)


def idle_away_and_back(device, visit):
    device.unplug()
    visit.wait("OutOfOrder")
    at = len(visit.lines())
    device.plug()
    visit.wait("Idle", at)


def restart_service(device, visit):
    guest.run("kill $(cat /tmp/pcscd.pid); sleep 2")
    visit.wait("OutOfOrder")
    at = len(visit.lines())
    guest.run(PCSCD)
    visit.wait("Idle", at)


def quiet(device, _):
    device.mute = True


def readers():
    guest.run(PCSCD)
    guest.run(f"({theirs}/uketsuke gateway serve --pki /out/pki >/tmp/gateway.log 2>&1 &); sleep 5")
    pad = {"vendor": 0x046A, "product": 0x003E, "keypad": True}
    visit("extended APDUs", ["Done", "EXIT 0"])
    visit("short APDUs", ["Done", "EXIT 0"], extended=False)
    visit("away and back while idle", ["OutOfOrder(U-102)", "Done", "EXIT 0"], idle_away_and_back)
    visit("service restarted while idle", ["OutOfOrder(U-101)", "Done", "EXIT 0"], restart_service)
    visit("away at the signature", ["U-102)", "EXIT 3", "reader gone (U-102)"], away_and_back, "802a")
    visit("card pulled at the signature", ["CardAway", "EXIT 1", "card gone (U-103)"], lambda device, card: card.process.kill(), "802a")
    visit("silent", ["EXIT 1"], quiet, "00b0")
    if wanted("reader: keypad"):
        for name, pin, wants in (("right", "1234", ["Done", "EXIT 0"]), ("wrong", "9999", ["EXIT 1"]), ("cancelled", "", ["EXIT 1"])):
            slot, device = reader(**pad)
            device.pin = lambda pin=pin: (time.sleep(1), pin)[1]
            run = Checkin()
            run.wait("Idle")
            card = Card(slot)
            row = run.end()
            verdict("reader: keypad, PIN " + name, all(want in row for want in wants), row, " · ".join(wants))
            card.pull()
            device.unplug()
            time.sleep(1)
    if wanted("reader: QEMU"):
        slot = CardSlot()
        guest.qmp("device_add", driver="usb-ccid", id="qccid", bus="usb.0")
        guest.qmp("device_add", driver="ccid-card-passthru", id="qcard", chardev="vscc", bus="qccid.0")
        Vscard(f"{work}/vsc.sock", slot)
        card = Card(slot)
        time.sleep(3)
        said, code = guest.run(f"{theirs}/uketsuke card info")
        verdict("reader: QEMU's own, card info", code == 0, said.strip()[:200], "ends 0")
        card.pull()
        guest.qmp("device_del", id="qccid")


guest = Guest(image, program, work)
# `doctor` looks at no camera without certificates.
subprocess.run([f"{ours}/uketsuke", "gateway", "pki", f"{work}/out/pki"], check=True, stdout=subprocess.DEVNULL)
print(f"boot {guest.wait_ready():.0f}s", flush=True)
guest.run("mkdir -p /tmp/drop /tmp/state /tmp/none")
cameras()
readers()
versions = "uname -r; dpkg-query -W -f '${Package} ${Version}\\n' pcscd libccid libpcsclite1"
print(guest.run(versions)[0].strip().replace("\n", " · "))
guest.close()
print_table()
print(f"{faults} faults, {time.monotonic() - began:.0f}s; logs in {work}")
sys.exit(bool(faults))
