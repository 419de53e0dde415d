#!/usr/bin/env python3
"""Makes every clip the kiosk plays, from the words in locales/ and from spoken.toml, and lists them in manifest.toml.

Run it through `sh assets/sounds/make.sh`. A clip whose text, reading and recipe have not changed is kept; `--all` makes
every one anew. The same words give the same files.
"""

import fnmatch
import hashlib
import itertools
import pathlib
import subprocess
import sys
import tempfile
import tomllib
import wave

import numpy as np
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import FluentParser, ast, visitor

import earcons

HERE = pathlib.Path(__file__).resolve().parent
LOCALES = HERE.parent.parent / "locales"
TERMS = HERE.parent / "terms"
LANGUAGES = ("ja", "en")
# Stands for any value of a variable in a text that is shown.
BLANK = "\ufffc"
# Raise it when the way clips are made changes: every clip is then made anew.
RECIPE = 1
SPEECH_KBITS = "14"
EARCON_KBITS = "32"
# Speech is brought to this loudness (root mean square) and held below this peak, full scale being 1.
LOUDNESS, PEAK = 0.12, 0.9


class Variables(visitor.Visitor):
    """Collects the variables of a pattern."""

    def __init__(self):
        self.names = set()

    def visit_VariableReference(self, node):
        self.names.add(node.id.name)


def messages(language):
    """Every message and attribute of a locale file as (key, pattern), in order."""
    text = (LOCALES / f"{language}.ftl").read_text(encoding="utf-8")
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource(text))
    for entry in FluentParser().parse(text).body:
        if not isinstance(entry, ast.Message):
            continue
        message = bundle.get_message(entry.id.name)
        if entry.value is not None:
            yield entry.id.name, entry.value, message.value, bundle
        for attribute in entry.attributes:
            name = attribute.id.name
            yield f"{entry.id.name}.{name}", attribute.value, message.attributes[name], bundle


def value_of(bundle, value):
    """A number itself; a text is the key of a message."""
    if not isinstance(value, str) or value == BLANK:
        return value
    text, _errors = bundle.format_pattern(bundle.get_message(value).value)
    return text


def phrases(language, rules):
    """What is to be said in a language: (key, text as shown, spoken text), a key per value of its variable."""
    for key, tree, pattern, bundle in messages(language):
        if any(fnmatch.fnmatchcase(key, rule) for rule in rules["silent"]):
            continue
        found = Variables()
        found.visit(tree)
        names = sorted(found.names)
        said = rules["instead"][language].get(key)
        if said is None and any(name not in rules["values"] for name in names):
            sys.exit(f"make.py: {language}: what is to be said for {key}, which takes {', '.join(names)}? See spoken.toml")
        values = [[BLANK] if said else rules["values"][name] for name in names]
        for chosen in itertools.product(*values):
            arguments = {name: value_of(bundle, value) for name, value in zip(names, chosen)}
            text, errors = bundle.format_pattern(pattern, arguments)
            if errors:
                sys.exit(f"make.py: {language}: {key}: {errors[0]}")
            text = text.replace("|", "")
            ending = "" if said else "".join(f"-{value}" for value in chosen)
            yield key + ending, text, said or text
    for file in sorted(TERMS.glob("*.toml")):
        terms = tomllib.loads(file.read_text(encoding="utf-8"))
        paragraphs = terms["original"] if language == "ja" else terms.get("translations", {}).get(language, [])
        for number, text in enumerate(paragraphs, 1):
            yield f"terms-{file.stem}-{number}", text, text
    for key, text in rules["only"][language].items():
        yield key, text, text


def read_aloud(text, language, rules):
    """The text as the voice is to read it."""
    for written, read in rules["read"].get(language, {}).items():
        text = text.replace(written, read)
    return text.replace("\n", "、" if language == "ja" else ". ")


def speak_ja(text, _folder):
    import pyopenjtalk

    samples, rate = pyopenjtalk.tts(text)
    return np.asarray(samples, dtype=np.float64) / 32768.0, rate


def speak_en(text, folder):
    source, target = folder / "text", folder / "flite.wav"
    source.write_text(text, encoding="utf-8")
    subprocess.run(["flite", "-voice", "slt", "-f", str(source), "-o", str(target)], check=True)
    with wave.open(str(target)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
        return samples.astype(np.float64) / 32768.0, file.getframerate()


SPEAK = {"ja": speak_ja, "en": speak_en}


def levelled(samples):
    """Without silence before and after, and as loud as every other clip."""
    heard = np.flatnonzero(np.abs(samples) > 0.01)
    if heard.size == 0:
        sys.exit("make.py: a voice said nothing")
    pad = 800
    samples = samples[max(0, heard[0] - pad) : heard[-1] + pad]
    loud = samples[np.abs(samples) > 0.02]
    samples = samples * (LOUDNESS / np.sqrt(np.mean(loud**2)))
    return samples * min(1.0, PEAK / np.max(np.abs(samples)))


def encode(samples, rate, target, kbits, folder):
    source = folder / "clip.wav"
    with wave.open(str(source), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    target.parent.mkdir(exist_ok=True)
    options = ["--quiet", "--bitrate", kbits, "--serial", "1", "--discard-comments", "--padding", "0", "--framesize", "60"]
    subprocess.run(["opusenc", *options, str(source), str(target)], check=True)


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def wanted_clips(rules):
    """Every clip as (file, language or "", key, shown text, recipe text, function that gives samples and rate)."""
    for name, make in earcons.ALL.items():
        yield f"earcon/{name}.opus", "", name, "", earcons.SOURCE, EARCON_KBITS, lambda _folder, make=make: make()
    for language in LANGUAGES:
        for key, text, spoken in phrases(language, rules):
            read = read_aloud(spoken, language, rules)
            voice = lambda folder, read=read, language=language: SPEAK[language](read, folder)
            yield f"{language}/{key}.opus", language, key, text, read, SPEECH_KBITS, voice


def main():
    anew = "--all" in sys.argv[1:]
    rules = tomllib.loads((HERE / "spoken.toml").read_text(encoding="utf-8"))
    manifest = HERE / "manifest.toml"
    known = tomllib.loads(manifest.read_text(encoding="utf-8"))["clip"] if manifest.exists() else []
    known = {clip["file"]: clip for clip in known}
    lines, made, kept, total = [], 0, set(), 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for file, language, key, text, read, kbits, voice in wanted_clips(rules):
            recipe = sha256(f"{RECIPE} {kbits} {read}".encode())[:16]
            path, old = HERE / file, known.get(file, {})
            current = path.exists() and old.get("recipe") == recipe and old.get("sha256") == sha256(path.read_bytes())
            if anew or not current:
                samples, rate = voice(folder)
                encode(levelled(samples) if language else samples, rate, path, kbits, folder)
                made += 1
            data = path.read_bytes()
            kept.add(path)
            total += len(data)
            lines += ["", "[[clip]]", f"file = {quoted(file)}"]
            if language:
                lines += [f"language = {quoted(language)}", f"key = {quoted(key)}", f"text = {quoted(text)}"]
            lines += [f"recipe = {quoted(recipe)}", f"sha256 = {quoted(sha256(data))}"]
    for path in sorted(HERE.glob("*/*.opus")):
        if path not in kept:
            path.unlink()
            print(f"make.py: removed {path.relative_to(HERE)}", file=sys.stderr)
    head = "# Written by make.py. `text` is what the screen shows, without the marks of its phrases; `recipe` is what it was made from."
    manifest.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    print(f"make.py: {len(kept)} clips, {total / 1e6:.2f} MB, {made} made anew", file=sys.stderr)


if __name__ == "__main__":
    main()
