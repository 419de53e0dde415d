"""people.py: films the fronts of the synthetic people's cards on a tray, as the second camera of a kiosk would see them, into
assets/people/*/card. The portrait, the name and every date are invented; the pattern of the card is our own."""
import os
import random
import tomllib

import cv2

import common
from camera_sim import Attempt
from card_render import Card, era_of

PEOPLE = os.environ.get("UKETSUKE_PEOPLE", "assets/people")
SIZE, WIDTH, FRAMES = (1280, 720), 1000, 4
# How each card is drawn and lies; some draws set type that runs into its neighbour.
SEEDS = {"p04": 4303, "p07": 4306}


def facts_of(person, rng):
    year, month, day = map(int, person["birth"].split("-"))
    until = tuple(map(int, person["card_until"].split("-")))
    era, n = era_of(year, month, day)
    code = person["security_code"]
    return dict(birth=(year, month, day), expiry=until, code=code, foreign=False, head=era + ("元" if n == 1 else str(n)),
                name=person["name"], address=person["address"], sex={"male": "男", "female": "女"}[person["sex"]],
                serial="".join(rng.choice("0123456789ABCDEF") for _ in range(16)), code_b=f"{n:02d}{month:02d}{day:02d}{until[0]:04d}{code}")


def main():
    cv2.setNumThreads(1)
    with open(os.path.join(PEOPLE, "people.toml"), "rb") as file:
        listed = tomllib.load(file)["person"]
    portraits = dict(zip((person["id"] for person in listed), common.portraits(PEOPLE)))
    for n, person in enumerate(listed):
        seed = SEEDS.get(person["id"], 4200 + n)
        rng = random.Random(seed)
        facts = facts_of(person, rng)
        card = Card(rng)
        image = card.render(facts, portraits[person["id"]])
        attempt = Attempt(seed, SIZE, "dev", None, common.rooms(PEOPLE)[:1], width=WIDTH, hard=0.5, sharp=0.5, tray=1, drawn=(image, facts, card.lines))
        folder = os.path.join(PEOPLE, person["id"], "card")
        os.makedirs(folder, exist_ok=True)
        for frame in range(FRAMES):
            attempt.frame(jitter=0.3)
            with open(os.path.join(folder, f"{frame:03d}.jpg"), "wb") as file:
                file.write(attempt.jpeg_bytes)


if __name__ == "__main__":
    main()
