#!/usr/bin/python3
"""Cuts the fonts beside this script out of Debian's Noto packages. Needs apt-get, dpkg-deb and fontTools (Debian's fonttools).

    assets/fonts/build.py            writes the files and the table of README.md
    assets/fonts/build.py --check    says which characters of the locale files the fonts lack, changes nothing

The words of a language come from locales/<language>.ftl: run it again when a locale file uses a new character.
"""

import hashlib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
JAPANESE = "BIZUDPGothic-Regular.ttf"

# Package, version, SHA-256 of the package file.
PACKAGES = {
    "fonts-noto-cjk": ("1:20220127+repack1-1", "4a2515eb6db3978b897fef9709ed0d2b1f4c6c4df4d83d6c4ef65f71f1b1f502"),
    "fonts-noto-core": ("20201225-1", "58f4f0bb6720f919f92096b3508e1412a0f1544424ade6c5b5bf1eb694dd64ba"),
}
FOLDER = "usr/share/fonts/%s/noto/"
WEIGHTS = ("Regular", "Bold")
ASCII = {chr(c) for c in range(0x20, 0x7F)}
LATIN = ASCII | {chr(c) for c in range(0xA0, 0x100)} | set("–—‘’“”…●₫")


def locale(*languages):
    """The characters of locale files, without the comments."""
    text = "".join((ROOT / "locales" / f"{name}.ftl").read_text(encoding="utf-8") for name in languages)
    return set("".join(line for line in text.splitlines() if not line.startswith("#")))


def chinese(_, weight):
    """What the Chinese words use, kana aside: those are Japanese terms and keep the Japanese font. For running text, which a
    site brings as its terms of use, also the 3,755 characters of GB 2312 level 1."""
    rows = (bytes([a, b]) for a in range(0xB0, 0xD8) for b in range(0xA1, 0xFF) if a < 0xD7 or b <= 0xF9)
    usual = {row.decode("gb2312") for row in rows} if weight == "Regular" else set()
    return ASCII | usual | {c for c in locale("zh-Hans") if ord(c) > 0x7F and not 0x3041 <= ord(c) <= 0x30FF}


def korean(_, __):
    """The 2,350 syllables of KS X 1001 and whatever else the Korean words use."""
    rows = (bytes([a, b]) for a in range(0xB0, 0xC9) for b in range(0xA1, 0xFF))
    usual = {row.decode("euc_kr") for row in rows}
    return ASCII | usual | {c for c in locale("ko") if 0xAC00 <= ord(c) <= 0xD7A3 or 0x2000 <= ord(c) < 0x2100 or c == "·"}


def devanagari(_, __):
    """The whole script."""
    return {chr(c) for c in range(0x900, 0x980)} | set(" \u200c\u200d◌।॥–’‘")


def vietnamese(_, __):
    """Latin with every Vietnamese letter."""
    return LATIN | set("ĂăĐđĨĩŨũƠơƯư") | {chr(c) for c in range(0x1EA0, 0x1EFA)} | {chr(c) for c in (0x300, 0x301, 0x303, 0x309, 0x323)}


def rare(source, _):
    """JIS X 0213 and the kanji with registered variants in `source`, as far as the Japanese font lacks them: names."""
    rows = (lead + bytes([a, b]) for lead in (b"", b"\x8f") for a in range(0xA1, 0xFF) for b in range(0xA1, 0xFF))
    all_of_jis = set()
    for row in rows:
        try:
            all_of_jis.add(row.decode("euc_jis_2004"))
        except UnicodeDecodeError:
            pass
    selectors = [table.uvsDict for table in source["cmap"].tables if table.format == 14]
    with_variants = {chr(c) for variants in selectors for pairs in variants.values() for c, _ in pairs}
    have = TTFont(HERE / JAPANESE, lazy=True).getBestCmap()
    return {c for c in all_of_jis | with_variants if len(c) == 1 and ord(c) not in have}


# File name, family, package, source file, index in the collection, characters, layout features kept.
CUTS = [
    ("UketsukeSansJP", "Uketsuke Sans JP", "fonts-noto-cjk", FOLDER % "opentype" + "NotoSansCJK-{}.ttc", 0, rare, []),
    ("UketsukeSansSC", "Uketsuke Sans SC", "fonts-noto-cjk", FOLDER % "opentype" + "NotoSansCJK-{}.ttc", 2, chinese, []),
    ("UketsukeSansKR", "Uketsuke Sans KR", "fonts-noto-cjk", FOLDER % "opentype" + "NotoSansCJK-{}.ttc", 1, korean, []),
    ("UketsukeSansDevanagari", "Uketsuke Sans Devanagari", "fonts-noto-core", FOLDER % "truetype" + "NotoSansDevanagari-{}.ttf", None, devanagari, ["*"]),
    ("UketsukeSansVietnamese", "Uketsuke Sans Vietnamese", "fonts-noto-core", FOLDER % "truetype" + "NotoSans-{}.ttf", None, vietnamese, ["kern", "mark", "mkmk", "ccmp", "locl"]),
]


def fetch(folder):
    """Unpacks the packages of PACKAGES into `folder`, which may hold the package files already."""
    for package, (version, wanted) in PACKAGES.items():
        if not list(Path(folder).glob(package + "_*.deb")):
            subprocess.run(["apt-get", "download", "-q", f"{package}={version}"], cwd=folder, check=True)
        file = next(Path(folder).glob(package + "_*.deb"))
        found = hashlib.sha256(file.read_bytes()).hexdigest()
        if found != wanted:
            sys.exit(f"{file.name} has SHA-256 {found}, must be {wanted}")
        subprocess.run(["dpkg-deb", "-x", file, Path(folder) / package], check=True)


def rename(font, family, weight, source):
    """Its own name: a machine may have the whole font under the old one."""
    names = font["name"]
    kept = {number: names.getDebugName(number) for number in (0, 5, 13, 14)}
    names.names = []
    names_of = {1: family, 2: weight, 3: f"{family} {weight}", 4: f"{family} {weight}", 6: f"{family}-{weight}".replace(" ", ""), 10: f"Cut out of {source}"}
    for number, text in {**kept, **names_of}.items():
        if text:
            names.setName(text, number, 3, 1, 0x409)


def cut(folder, name, family, package, source, index, characters, features, weight):
    """Writes one file; says which of the characters the source lacks."""
    path = Path(folder) / package / source.format(weight)
    font = TTFont(path) if index is None else TTCollection(path, lazy=True).fonts[index]
    options = subset.Options(layout_features=features, hinting=False, notdef_outline=True, name_IDs=["*"])
    subsetter = subset.Subsetter(options)
    cmap, characters = font.getBestCmap(), characters(font, weight)
    subsetter.populate(unicodes=[ord(c) for c in characters if ord(c) in cmap])
    subsetter.subset(font)
    rename(font, family, weight, f"{package} {PACKAGES[package][0]}")
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    ending = "otf" if "CFF " in font else "ttf"
    font.save(HERE / f"{name}-{weight}.{ending}")
    return sorted(c for c in characters if ord(c) not in cmap)


def table():
    """The rows of README.md."""
    fonts = sorted(path for path in HERE.iterdir() if path.suffix in (".ttf", ".otf"))
    return "\n".join(f"| `{path.name}` | {path.stat().st_size // 1024} | `{hashlib.sha256(path.read_bytes()).hexdigest()}` |" for path in fonts)


def check():
    """Characters that no font of this folder draws."""
    have = set()
    for path in HERE.iterdir():
        if path.suffix in (".ttf", ".otf"):
            have |= TTFont(path, lazy=True).getBestCmap().keys()
    lacking = False
    for path in sorted((ROOT / "locales").glob("*.ftl")):
        missing = sorted(c for c in locale(path.stem) if ord(c) not in have and c.isprintable())
        if missing:
            print(f"{path.name}: {''.join(missing)}")
            lacking = True
    sys.exit(1 if lacking else 0)


def main():
    if sys.argv[1:] == ["--check"]:
        check()
    with tempfile.TemporaryDirectory() as own:
        folder = os.environ.get("FONT_PACKAGES", own)
        fetch(folder)
        for row in CUTS:
            for weight in WEIGHTS:
                name, family, package, source, index, characters, features = row
                missing = cut(folder, name, family, package, source, index, characters, features, weight)
                missing = [c for c in missing if c.isprintable()]
                if missing:
                    print(f"{name} {weight} lacks {''.join(missing)}")
    readme = HERE / "README.md"
    text = readme.read_text(encoding="utf-8")
    head = "| File | KiB | SHA-256 |\n|---|---|---|\n"
    readme.write_text(re.sub(r"\| File \|.*?\n\n", lambda _: head + table() + "\n\n", text, count=1, flags=re.S), encoding="utf-8")


main()
