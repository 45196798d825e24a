"""The cases that composing is measured by, A to F, made from a seed."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from rooms.chance import Chance
from rooms.composing.case import Case, Host, Member, Round, Table, Value

REGIONS = {"FR": ["alsace", "ardennes", "lorraine", "moselle", "vosges"],
           "DE": ["baden", "eifel", "ortenau", "pfalz", "saar"]}  # fmt: skip
AGES = ("16-24", "25-39", "40-59", "60+")
OTHER = {
    "bg": 5, "hr": 4, "cs": 5, "da": 2, "nl": 4, "et": 2, "fi": 3, "fr": 10, "de": 8, "el": 4, "hu": 5, "it": 9,
    "lv": 2, "lt": 3, "pl": 8, "pt": 4, "ro": 7, "sk": 3, "sl": 2, "es": 8, "sv": 2,
}  # fmt: skip
"""Of 200 people, how many have no working English, by the language that they have."""
FLUENT = {
    "at": 6, "be": 6, "cy": 2, "dk": 5, "ee": 2, "fi": 4, "fr": 7, "de": 9, "gr": 4, "hu": 3, "ie": 8, "it": 5, "lv": 2,
    "lt": 2, "lu": 2, "mt": 3, "nl": 8, "pl": 5, "pt": 4, "es": 5, "se": 8,
}  # fmt: skip
COUNTRY = {"cs": "cz", "da": "dk", "et": "ee", "el": "gr", "sl": "si", "sv": "se"}


def case_a(seed: int, *, languages: bool = True) -> Case:
    """80 people of two countries, 10 rooms of 8, four rounds."""
    chance = Chance(seed)
    people: list[Member] = []
    other_levels = {side: _quotas(chance, (45, 20, 20, 10, 5), 40) for side in REGIONS}
    english = {side: _quotas(chance, (20, 25, 25, 20, 10), 40) for side in REGIONS}
    for number in range(80):
        side = "FR" if number < 40 else "DE"
        own, other = ("fr", "de") if side == "FR" else ("de", "fr")
        levels = {own: 5, other: 1 + other_levels[side].pop(), "en": 1 + english[side].pop()}
        attrs: dict[str, Value] = {
            "side": side,
            "gender": ("f", "m")[_of(chance, (50, 50))],
            "age": AGES[_of(chance, (20, 25, 30, 25))],
            "region": REGIONS[side][_of(chance, (30, 25, 20, 15, 10))],
            "experience": ("none", "some")[_of(chance, (65, 35))],
        }
        people.append(Member(f"p{number}", attrs, levels))
    rooms = [("fr", "de")] * 5 + [("fr",), ("de",)] + [("en",)] * 3
    if not languages:
        rooms = [("*",)] * 10
    tables = tuple(Table(f"r{place}", langs, 1, 8, 8) for place, langs in enumerate(rooms))
    together, apart = _pairs(people, chance, 2, 3)
    hosts = tuple(Host(f"h{place}", ("fr", "de", "en")) for place in range(10))
    everybody = tuple(range(80))
    return Case(
        tuple(people), (Round(everybody, tables),) * 4, together=together, apart=apart, facilitators=hosts,
        balance={"side": 1, "gender": 1, "age": 1, "region": 1, "experience": 1},
    )  # fmt: skip


def case_b(seed: int, *, languages: bool = True) -> Case:
    """200 people of 27 countries, 15 rooms of 13 or 14, at most five languages in each, three rounds."""
    chance = Chance(seed)
    homes = [(COUNTRY.get(code, code), {code: 5}) for code, count in OTHER.items() for _ in range(count)]
    speaking = [(country, {"en": 3 + chance.below(3)}) for country, count in FLUENT.items() for _ in range(count)]
    third = set(chance.shuffled(range(200))[:67])
    people: list[Member] = []
    for number, (country, langs) in enumerate([*homes, *speaking][:200]):
        age = "16-24" if number in third else ("25-39", "40-59", "60+")[chance.below(3)]
        attrs: dict[str, Value] = {
            "country": country,
            "gender": ("f", "m")[chance.below(2)],
            "age": age,
            "area": ("city", "town", "country")[_of(chance, (40, 35, 25))],
            "education": ("low", "middle", "high")[_of(chance, (20, 45, 35))],
        }
        people.append(Member(f"p{number}", attrs, langs))
    open_room = ((), 5) if languages else (("*",), 1)
    tables = tuple(Table(f"r{place}", open_room[0], open_room[1], 13, 14) for place in range(15))
    together, apart = _pairs(people, chance, 3, 4)
    everybody = tuple(range(len(people)))
    return Case(
        tuple(people), (Round(everybody, tables),) * 3, together=together, apart=apart,
        balance={"country": 1, "gender": 1, "age": 1, "area": 1, "education": 1},
    )  # fmt: skip


def case_c(seed: int) -> Case:
    """150 people in five fixed groups of five tables of six, five rounds, one language."""
    chance = Chance(seed)
    people: list[Member] = []
    for number in range(150):
        attrs: dict[str, Value] = {
            "gender": ("f", "m")[chance.below(2)],
            "age": str(_of(chance, (10, 15, 18, 20, 20, 17))),
            "diploma": str(_of(chance, (26, 22, 17, 12, 23))),
            "occupation": str(_of(chance, (5, 8, 13, 16, 14, 27, 17))),
            "area": str(_of(chance, (45, 20, 20, 15))),
        }
        people.append(Member(f"p{number}", attrs, {"fr": 5}, group=number % 5))
    tables = tuple(Table(f"r{place}", ("fr",), 1, 6, 6, group=place // 5) for place in range(25))
    return Case(
        tuple(people), (Round(tuple(range(150)), tables),) * 5,
        balance={"gender": 1, "age": 1, "diploma": 1, "occupation": 1, "area": 1},
    )  # fmt: skip


def case_d(seed: int, *, languages: bool = True) -> Case:
    """1,000 people, 125 rooms of 8, three rounds, five languages and interpreted Arabic."""
    rooms: list[tuple[str, ...]] = (
        [("en",)] * 66 + [("es",)] * 17 + [("fr",)] * 14 + [("pt",)] * 10 + [("de",)] * 6 + [("ar", "en")] * 12
    )
    native = {"en": 420, "es": 160, "fr": 130, "pt": 95, "de": 75, "ar": 120}
    everywhere: list[tuple[str, ...]] = [("*",)] * 125
    rooms_given = rooms if languages else everywhere
    return _world(seed, native, rooms_given, {"es": 30, "fr": 30, "pt": 30, "de": 55, "ar": 35}, together=12, apart=10)


def case_e(seed: int) -> Case:
    """5,000 people, 625 rooms of 8, three rounds, eight languages, three of them interpreted with English."""
    native = {"en": 1900, "es": 750, "fr": 600, "pt": 450, "de": 400, "ar": 350, "hi": 300, "zh": 250}
    counts = {"en": 300, "es": 78, "fr": 62, "pt": 47, "de": 30, "ar+en": 42, "hi+en": 36, "zh+en": 30}
    rooms = [tuple(langs.split("+")) for langs, count in counts.items() for _ in range(count)]
    fluent = {"es": 30, "fr": 30, "pt": 30, "de": 60, "ar": 35, "hi": 50, "zh": 30}
    return _world(seed, native, rooms, fluent, together=60, apart=50)


def case_f(
    case: Case, seats: Sequence[Sequence[Sequence[int]]], seed: int, held: int = 2
) -> tuple[Case, list[list[list[int]]]]:
    """The case after some rounds: 7 % have left, 3 % are new; with the plan already announced for the rest."""
    chance = Chance(seed)
    count = len(case.people)
    gone = set(chance.shuffled(range(count))[: count * 7 // 100])
    new = tuple(
        msgspec.structs.replace(case.people[chance.below(count)], id=f"new{number}", group=None)
        for number in range(count * 3 // 100)
    )
    here = tuple(each for each in range(count) if each not in gone) + tuple(range(count, count + len(new)))
    rounds = tuple(
        Round(here, tuple(msgspec.structs.replace(room, lo=min(room.lo, 6), hi=room.hi + 1) for room in plan.rooms))
        for plan in case.rounds[held:]
    )
    history = tuple(tuple(tuple(room) for room in rooms) for rooms in seats[:held])
    later = msgspec.structs.replace(case, people=case.people + new, rounds=rounds, history=history)
    return later, [[list(room) for room in rooms] for rooms in seats[held:]]


def _world(
    seed: int, native: dict[str, int], rooms: Sequence[tuple[str, ...]], fluent: dict[str, int], *, together: int,
    apart: int,
) -> Case:  # fmt: skip
    chance = Chance(seed)
    people: list[Member] = []
    for code, count in native.items():
        for _ in range(count):
            langs = {code: 5}
            if code != "en" and chance.below(100) < fluent[code]:
                langs["en"] = 3 + chance.below(3)
            if code == "en":
                second = ("es", "fr", "de", "pt")[_of(chance, (40, 30, 15, 15))]
                langs[second] = 1 + _of(chance, (55, 25, 12, 8))
            attrs: dict[str, Value] = {
                "gender": ("f", "m", "x")[_of(chance, (49, 49, 2))],
                "age": AGES[_of(chance, (22, 28, 30, 20))],
                "region": str(_of(chance, (25, 20, 18, 15, 12, 10))),
                "education": ("low", "middle", "high")[_of(chance, (30, 40, 30))],
            }
            people.append(Member(f"p{len(people)}", attrs, langs))
    tables = tuple(Table(f"r{place}", langs, 1, 8, 8) for place, langs in enumerate(rooms))
    friends, foes = _pairs(people, chance, together, apart)
    everybody = tuple(range(len(people)))
    return Case(
        tuple(people), (Round(everybody, tables),) * 3, together=friends, apart=foes,
        balance={"gender": 1, "age": 1, "region": 1, "education": 1},
    )  # fmt: skip


def _pairs(
    people: Sequence[Member], chance: Chance, together: int, apart: int
) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]:
    """Pairs of people who are in no other pair; those together share a language."""
    free = chance.shuffled(range(len(people)))
    friends: list[tuple[int, int]] = []
    while len(friends) < together:
        one = free.pop()
        speaks = {code for code, level in people[one].langs.items() if level >= 3}
        other = next(
            (each for each in free if speaks & {code for code, level in people[each].langs.items() if level >= 3}), None
        )
        if other is not None:
            free.remove(other)
            friends.append((one, other))
    foes = [(free.pop(), free.pop()) for _ in range(apart)]
    return tuple(friends), tuple(foes)


def _quotas(chance: Chance, weights: Sequence[int], count: int) -> list[int]:
    """So many places in a random order, each as often as its weight of 100 says, the last for the rest."""
    places = [place for place, weight in enumerate(weights) for _ in range(count * weight // 100)]
    return chance.shuffled([*places, *[len(weights) - 1] * (count - len(places))])


def _of(chance: Chance, weights: Sequence[int]) -> int:
    """A place, as likely as its weight."""
    roll = chance.below(sum(weights))
    for place, weight in enumerate(weights):
        roll -= weight
        if roll < 0:
            return place
    raise AssertionError
