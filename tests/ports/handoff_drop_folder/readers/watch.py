"""Watches a folder as a program does that hears one kind of event only: created, changed or renamed.

Usage: watch.py FOLDER KIND. Prints "ready", then a line for each XML file that it hears of: its name, and whether it was whole
when it was read. Ends when a file named "end" is made. Two halves of a renaming within the folder are heard as renamed; a file
moved in from elsewhere as created, as .NET's watcher has it."""
import ctypes
import os
import struct
import sys

MODIFY, MOVED_FROM, MOVED_TO, CREATE = 0x2, 0x40, 0x80, 0x100
folder, kind = sys.argv[1:3]
libc = ctypes.CDLL(None, use_errno=True)
watch = libc.inotify_init1(os.O_CLOEXEC)
if libc.inotify_add_watch(watch, os.fsencode(folder), MODIFY | MOVED_FROM | MOVED_TO | CREATE) < 0:
    raise OSError(ctypes.get_errno(), "inotify")
print("ready", flush=True)
left = set()
while True:
    data, at = os.read(watch, 65536), 0
    while at < len(data):
        _, mask, cookie, length = struct.unpack_from("iIII", data, at)
        name = data[at + 16 : at + 16 + length].rstrip(b"\0").decode()
        at += 16 + length
        if name == "end":
            sys.exit()
        if mask & MOVED_FROM:
            left.add(cookie)
            continue
        heard = {MODIFY: "changed", CREATE: "created", MOVED_TO: "renamed" if cookie in left else "created"}[mask & 0x182]
        if heard == kind and name.endswith(".xml"):
            try:
                with open(os.path.join(folder, name), "rb") as file:
                    whole = file.read().endswith(b"</XmlMsg>")
            except FileNotFoundError:
                whole = False
            print(name, "whole" if whole else "part", flush=True)
