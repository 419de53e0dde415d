"""Prints which crates a program of this tree is made of, with their licences: python3 crates.py SOURCE TARGET."""

import collections
import json
import pathlib
import re
import subprocess
import sys

LICENCE = re.compile(r"(licen[cs]e|copying|notice|copyright|unlicense|authors)", re.IGNORECASE)


def metadata(source, target):
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--filter-platform", target]
    return json.loads(subprocess.run(command, cwd=source, check=True, capture_output=True).stdout)


def linked(source, target):
    """Name and version of every crate that the program is linked with."""
    command = ["cargo", "tree", "--locked", "--package", "uketsuke", "--edges", "normal,no-proc-macro", "--target", target]
    command += ["--prefix", "none", "--format", "{p}"]
    lines = subprocess.run(command, cwd=source, check=True, capture_output=True, text=True).stdout.splitlines()
    return {tuple(line.split()[:2]) for line in lines if line}


def texts(package):
    folder = pathlib.Path(package["manifest_path"]).parent
    for path in sorted(folder.iterdir()):
        if path.is_file() and LICENCE.search(path.stem) and path.suffix not in {".rs", ".py", ".html", ".tmpl"}:
            yield path.read_text("utf-8", "replace").replace("\r\n", "\n").strip()


def main(source, target):
    wanted = linked(source, target)
    others = [p for p in metadata(source, target)["packages"] if p["source"] and (p["name"], "v" + p["version"]) in wanted]
    others.sort(key=lambda package: (package["name"], package["version"]))
    print(f"The program is linked with these {len(others)} crates of crates.io for {target}.")
    print("Their licences, then the texts that came with them, each with the crates it came with.\n")
    by_text = collections.defaultdict(list)
    for package in others:
        name = f"{package['name']} {package['version']}"
        print(f"{name}  {package['license'] or package['license_file']}  {package['repository'] or ''}".rstrip())
        found = list(texts(package))
        for text in found:
            by_text[text].append(name)
        if not found:
            by_text[""].append(name)
    without = by_text.pop("", [])
    if without:
        print("\nWithout a text of their own (the licence named above holds):\n" + ", ".join(without))
    for text, names in sorted(by_text.items(), key=lambda item: item[1]):
        print("\n" + "=" * 78 + "\n" + ", ".join(names) + "\n" + "-" * 78 + "\n\n" + text)


main(*sys.argv[1:])
