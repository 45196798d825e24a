"""Pools of volunteers for a panel, made from a seed."""

from __future__ import annotations

from rooms.chance import Chance
from rooms.lot.quotas import Quota, Values, spelled_out
from tests.composing.cases import case_b

SEATS = 20


def volunteers(seed: int) -> tuple[list[Values], tuple[Quota, ...]]:
    """200 people of 27 countries, and quotas for representatives of them."""
    chance = Chance(seed)
    people: list[Values] = []
    for member in case_b(seed).people:
        age = 16 + chance.below(10) if member.attrs["age"] == "16-24" else 26 + chance.below(50)
        kept = {attr: str(member.attrs[attr]) for attr in ("country", "gender", "area", "education")}
        people.append({**kept, "age": str(age)})
    quotas = [
        Quota("age", "16-25", 7, SEATS),
        Quota("gender", "f", 9, 11),
        Quota("country", "*", 0, 2),
        *(Quota("area", value, least, least + 3) for value, least in (("city", 7), ("town", 6), ("country", 4))),
        *(Quota("education", value, least, least + 3) for value, least in (("low", 3), ("middle", 8), ("high", 6))),
    ]
    return people, spelled_out(quotas, people)
