"""The short sounds, put together from sine tones: pairs of (hertz, seconds), one after the other."""

import pathlib

import numpy as np

RATE = 48_000
SOURCE = pathlib.Path(__file__).read_text(encoding="utf-8")


def tone(hertz, seconds, level):
    """A soft bell: a tone with its octave, rising in 8 ms and dying away."""
    time = np.arange(int(RATE * seconds)) / RATE
    wave = np.sin(2 * np.pi * hertz * time) + 0.25 * np.sin(4 * np.pi * hertz * time)
    rise = np.minimum(1.0, time / 0.008)
    fall = np.minimum(1.0, (seconds - time) / 0.02)
    return level * 0.8 * wave * rise * np.exp(-2.5 * time / seconds) * fall


def melody(*notes, level=0.5):
    """Notes one after the other; a note of 0 hertz is a rest."""
    silence = lambda seconds: np.zeros(int(RATE * seconds))
    parts = [tone(hertz, seconds, level) if hertz else silence(seconds) for hertz, seconds in notes]
    return lambda: (np.concatenate([silence(0.02), *parts, silence(0.05)]), RATE)


C5, E5, G5, A5, C6, E6, G6 = 523.25, 659.25, 783.99, 880.0, 1046.5, 1318.5, 1568.0
LOW, LOWER = 311.13, 233.08
CALL = ((A5, 0.22), (E5, 0.35))

ALL = {
    "card-seen": melody((C5, 0.12), (G5, 0.2)),
    "accepted": melody((A5, 0.07), level=0.35),
    "focus": melody((C6, 0.04), level=0.2),
    "wrong": melody((LOW, 0.18), (LOWER, 0.32)),
    "done": melody((C5, 0.13), (E5, 0.13), (G5, 0.13), (C6, 0.4)),
    "take-card-1": melody((E6, 0.15), (C6, 0.15), (E6, 0.3)),
    "take-card-2": melody((E6, 0.15), (C6, 0.15), (E6, 0.3), (0, 0.15), (E6, 0.15), (C6, 0.15), (E6, 0.3), level=0.7),
    "take-card-3": melody(*([(G6, 0.16), (C6, 0.16)] * 6), level=0.9),
    "staff-called": melody(*CALL, (0, 0.1), *CALL),
    "time-is-short": melody((G5, 0.15), (0, 0.1), (G5, 0.15), (0, 0.1), (G5, 0.3)),
}
