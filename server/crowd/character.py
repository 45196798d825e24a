"""Characters: how quickly somebody reacts, whether they drop out, whether they press twice."""

from __future__ import annotations

import random

import msgspec


class Character(msgspec.Struct, frozen=True):
    """Seconds are those of an unhurried session. `drops` is how likely each thought is to be a dropped line."""

    name: str
    reacts: tuple[float, float]
    drops: float = 0.0
    twice: bool = False


PROMPT = Character("prompt", (0.5, 4))
SLOW = Character("slow", (6, 20))
RESTLESS = Character("restless", (2, 8), drops=0.04)
DOUBLE = Character("double-clicking", (1, 6), twice=True)

CHARACTERS = (PROMPT, SLOW, RESTLESS, DOUBLE)
SHARES = (50, 20, 15, 15)


def draw(chance: random.Random) -> Character:
    return chance.choices(CHARACTERS, SHARES)[0]
