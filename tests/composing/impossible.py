"""Cases that cannot be composed, one for each reason, of any size."""

from __future__ import annotations

from itertools import combinations

import msgspec

from rooms.composing.case import Case, Limit, Member, Round, Table

replace = msgspec.structs.replace
SOON = 0.2
"""In so many seconds it is said."""
FIVE_YOUNG = (Limit("young", "yes", least=5),)
ONE_LOUD = (Limit("loud", "yes", most=1),)


def crowd(count: int, **limited: int) -> Case:
    """So many people in rooms of eight; of each attribute so many have it."""
    who = tuple(
        Member(f"p{n}", {attr: "yes" if n < many else "no" for attr, many in limited.items()}, {"fr": 5})
        for n in range(count)
    )
    tables = tuple(Table(f"r{place}", ("fr",), 1, 8, 8) for place in range(count // 8))
    return Case(who, (Round(tuple(range(count)), tables),), balance={})


def impossible(count: int) -> list[tuple[str, Case]]:
    """A case for each reason that one rule by itself gives, then one of several rules together."""
    everybody, number = crowd(count), count // 8
    tied = tuple(tuple(range(place * 5, place * 5 + 5)) for place in range(number + 1))
    babel = tuple(replace(each, langs={f"l{n % (number + 1)}": 5}) for n, each in enumerate(everybody.people))
    free = tuple(Table(f"r{place}", (), 1, 7, 9) for place in range(number))
    short = tuple(replace(table, langs=("de",)) for table in everybody.rounds[0].rooms[: number // 2])
    both = tuple(
        replace(each, langs={"fr": 5} if n < count * 3 // 4 else {"de": 5}) for n, each in enumerate(everybody.people)
    )
    halves = (*short, *everybody.rounds[0].rooms[number // 2 :])
    present = everybody.rounds[0].present
    odd = number + 1 - number % 2
    return [
        ("at least five of an attribute a room", replace(crowd(count, young=count // 2), limits=FIVE_YOUNG)),
        ("at most one of an attribute a room", replace(crowd(count, loud=number + 1), limits=ONE_LOUD)),
        ("more apart than rooms", replace(everybody, apart=tuple(combinations(range(number + 1), 2)))),
        ("more together than seats", replace(everybody, together=(tuple(range(9)),))),
        ("more groups of five than rooms", replace(everybody, together=tied)),
        ("more languages than the rooms may have", replace(everybody, people=babel, rounds=(Round(present, free),))),
        ("too few seats in a language", replace(everybody, people=both, rounds=(Round(present, halves),))),
        (
            "two in each room of those who are apart",
            replace(
                crowd(count, loud=2 * number), limits=(Limit("loud", "yes", least=2),),
                apart=tuple((one, other) for one in range(odd) for other in range(odd, 2 * number)),
            ),
        ),
    ]  # fmt: skip


def one_by_telephone(count: int) -> Case:
    """One person more by telephone than there are rooms."""
    limits = (Limit("telephone", "yes", most=1, gives=True),)
    return replace(crowd(count, telephone=count // 8 + 1), limits=limits)
