#!/usr/bin/env python3
"""The machine's share of one reception, by PIN and by face: real pcscd, virtual card, gateway over mutual TLS.

Each visit is one `uketsuke checkin --json` that waits idle, as a kiosk does, until a card is laid on the reader. It answers
every question at once, so the whole time is the machine's. Run beside a pcscd: benches/with_pcscd.sh benches/reception.py
"""

import argparse
import contextlib
import http.client
import json
import pathlib
import signal
import ssl
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
READER = "Virtual PCD 00 00"
TARGET_MS = {"pin": 2000, "face": 3000}  # p95
FRAMES_PER_SECOND, GOOD_FRAMES = 7, 5
TERMINAL = "T001"
PATIENCE = 60  # seconds for anything that is waited for
# A kiosk has been idle before a patient comes; its models are loaded then.
IDLE_BEFORE_VISIT = 2.0


class Broken(Exception):
    """A measurement that did not come about."""


def main():
    options = arguments()
    try:
        with tempfile.TemporaryDirectory() as folder, Bench(options, pathlib.Path(folder)) as bench:
            people = bench.registered_people()
            for method, count in (("pin", options.pin), ("face", options.face)):
                before = [bench.round_trip() for _ in range(options.trips)]
                visits = [bench.visit(method, people[i % len(people)]) for i in range(count)]
                after = [bench.round_trip() for _ in range(options.trips)]
                if visits:
                    report(method, visits, before + after, options)
    except Broken as error:
        sys.exit(f"bench: {error}")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--program", default=ROOT / "target/release/uketsuke", type=pathlib.Path)
    parser.add_argument("--pin", type=int, default=30, metavar="N", help="visits by PIN")
    parser.add_argument("--face", type=int, default=15, metavar="N", help="visits by face")
    parser.add_argument("--trips", type=int, default=30, metavar="N", help="bare TLS round trips before and after the visits")
    parser.add_argument("--per-apdu", type=int, default=10, metavar="MS", help="time the card takes for every APDU")
    return parser.parse_args()


class Bench:
    """A gateway, its certificates, a drop folder and the way to lay cards on the reader."""

    def __init__(self, options, folder):
        self.program, self.per_apdu = options.program.resolve(), options.per_apdu
        self.pki, self.drop, self.log = folder / "pki", folder / "drop", folder / "log"
        self.ending = contextlib.ExitStack()

    def __enter__(self):
        self.drop.mkdir()
        self.errors = self.ending.enter_context(open(self.log, "w+"))
        self.call("gateway", "pki", self.pki, "--terminal", TERMINAL)
        gateway = self.start("gateway", "serve", "--pki", self.pki, "--listen", "127.0.0.1:0")
        self.url = gateway.stdout.readline().strip()
        if not self.url:
            raise Broken(f"the gateway does not start\n{self.said()}")
        return self

    def __exit__(self, *problem):
        self.ending.close()

    def call(self, *command):
        done = subprocess.run([self.program, *command], stdout=subprocess.PIPE, stderr=self.errors, text=True)
        if done.returncode:
            raise Broken(f"uketsuke {command[0]} ended with {done.returncode}\n{self.said()}")
        return done.stdout

    def start(self, *command):
        child = subprocess.Popen([self.program, *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                 stderr=self.errors, text=True)
        self.ending.callback(stop, child)
        return child

    def said(self):
        return "".join(self.log.read_text().splitlines(keepends=True)[-10:])

    def registered_people(self):
        people = json.loads(self.call("gateway", "people", "--json"))
        return [person for person in people if person["registered"]]

    def round_trip(self):
        """Milliseconds for connection, TLS handshake with client certificate, one request, its answer."""
        host, port = self.url.removeprefix("https://").split(":")
        context = ssl.create_default_context(cafile=self.pki / "ca.pem")
        context.load_cert_chain(self.pki / "terminal.pem", self.pki / "terminal.key.pem")
        start = time.perf_counter()
        link = http.client.HTTPSConnection(host, int(port), context=context, timeout=PATIENCE)
        link.request("GET", "/v1/service-status", headers={"X-Terminal-Id": TERMINAL})
        answer = link.getresponse()
        answer.read()
        took = time.perf_counter() - start
        link.close()
        if answer.status != 200:
            raise Broken(f"the gateway answers {answer.status} to a bare request")
        return took * 1e3

    def wait_until_empty(self):
        """pcscd notices that a card left a moment after it did, and sends this program no event."""
        deadline = time.monotonic() + PATIENCE
        while True:
            found = subprocess.run([self.program, "card", "info", "--reader", READER], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.PIPE, text=True)
            if "there is no card" in found.stderr:
                return
            if time.monotonic() > deadline:
                raise Broken(f"the reader does not become ready and empty: {found.stderr.strip()}")
            time.sleep(0.05)

    def visit(self, method, person):
        """One reception; gives its states with their times, and how long pcscd took to show the card."""
        self.wait_until_empty()
        secret = person["pin"] if method == "pin" else person["code_b"]
        clip = ROOT / "assets/people" / person["id"] / "clip"
        kiosk = self.start("checkin", "--reader", READER, "--method", method, "--pin" if method == "pin" else "--code-b",
                           "-", "--camera", clip, "--gateway", self.url, "--identity", self.pki, "--drop", self.drop,
                           "--models", ROOT / "models", "--consent", "all", "--json")
        watchdog = threading.Timer(PATIENCE, kiosk.kill)
        watchdog.start()
        try:
            kiosk.stdin.write(secret)
            kiosk.stdin.close()
            return self.follow(kiosk, person)
        finally:
            watchdog.cancel()
            stop(kiosk)

    def follow(self, kiosk, person):
        lines = (json.loads(line) for line in kiosk.stdout)
        for line in lines:
            if line["state"] == "Idle":
                break
        time.sleep(IDLE_BEFORE_VISIT)
        card = self.start("vcard", "--person", person["id"], "--fault", f"slow-link={self.per_apdu}")
        try:
            if not card.stdout.readline():
                raise Broken(f"the card does not join pcscd\n{self.said()}")
            placed, noticed, states = time.perf_counter(), None, []
            for line in lines:
                if noticed is None:
                    noticed = time.perf_counter() - placed
                states.append(line)
            if kiosk.wait() or not any(line["state"] == "Done" for line in states):
                ended = [line["state"] for line in states]
                raise Broken(f"the visit of {person['id']} did not reach its end: {ended}\n{self.said()}")
            return {"noticed": noticed * 1e3, "states": states}
        finally:
            stop(card)


def stop(child):
    if child.poll() is None:
        child.send_signal(signal.SIGINT)
        try:
            child.wait(timeout=15)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    for end in (child.stdin, child.stdout):
        end.close()


def percentile(values, share):
    """The smallest value that at least that share of all does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]


def parts(states):
    """Milliseconds spent in each situation, in order."""
    spent = {}
    for line, after in zip(states, states[1:]):
        name = " ".join(filter(None, (line["state"], line.get("stage"))))
        spent[name] = spent.get(name, 0) + after["ms"] - line["ms"]
    return spent


def report(method, visits, trips, options):
    shares = [visit["states"][-1]["ms"] - visit["states"][0]["ms"] for visit in visits]
    trip, target = percentile(trips, 50), TARGET_MS[method]
    p50, p95 = percentile(shares, 50), percentile(shares, 95)
    print(f"by {method}: {len(visits)} visits, {options.per_apdu} ms per APDU, every registered person in turn")
    print(f"{'':34} {'p50 ms':>8} {'p95 ms':>8} {'max ms':>8} {'p50 / trip':>11} {'p95 / target':>13}")
    print(f"{'machine share':34} {p50:8.0f} {p95:8.0f} {max(shares):8.0f} {p50 / trip:10.0f}x {p95 / target:12.2f}x")
    spent = [parts(visit["states"]) for visit in visits]
    for name in spent[0]:
        values = [one.get(name, 0) for one in spent]
        if max(values):
            print(f"{'  of it ' + name:34} {percentile(values, 50):8.0f} {percentile(values, 95):8.0f} {max(values):8.0f}")
    noticed = [visit["noticed"] for visit in visits]
    print(f"{'before it: pcscd shows the card':34} {percentile(noticed, 50):8.0f} {percentile(noticed, 95):8.0f} "
          f"{max(noticed):8.0f}")
    print(f"{'bare TLS round trip':34} {trip:8.1f} {percentile(trips, 95):8.1f} {max(trips):8.1f}   (n={len(trips)})")
    print(f"target: p95 at most {target} ms: {'met' if p95 <= target else 'MISSED'}")
    if method == "face":
        least = (GOOD_FRAMES - 1) / FRAMES_PER_SECOND * 1e3
        print(f"FaceCapture is the camera's time, too: it plays {FRAMES_PER_SECOND} frames a second and {GOOD_FRAMES} good ones "
              f"are needed,\nat least {least:.0f} ms, and more until the head in the clip has moved enough to be a live one.")
    print(flush=True)


if __name__ == "__main__":
    main()
