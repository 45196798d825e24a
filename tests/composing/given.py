"""Small cases to compose, and any case at all."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from rooms.composing.case import Case, Limit, Member, Round, Table


def people(*languages: str, group: int | None = None) -> tuple[Member, ...]:
    """Somebody for each of these: "fr" or "fr+de"; every other one is a woman."""
    return tuple(
        Member(f"p{number}", {"gender": "fm"[number % 2]}, dict.fromkeys(each.split("+"), 5), group)
        for number, each in enumerate(languages)
    )


def rooms(*languages: str, lo: int = 0, hi: int = 4) -> tuple[Table, ...]:
    """A room for each of these: "fr", "fr+de", "*", or "?2" for up to two languages."""
    return tuple(
        Table(f"r{number}", (), int(each[1:]), lo, hi)
        if each[0] == "?"
        else Table(f"r{number}", tuple(each.split("+")), 1, lo, hi)
        for number, each in enumerate(languages)
    )


def case(who: Sequence[Member], where: Sequence[Table], rounds: int = 1) -> Case:
    plan = Round(tuple(range(len(who))), tuple(where))
    return Case(tuple(who), (plan,) * rounds, balance={"gender": 1})


@st.composite
def any_case(draw: st.DrawFn) -> Case:
    """Up to 24 people with any languages, groups, pairs, limits and wishes; often it cannot be composed."""
    count = draw(st.integers(2, 24))
    languages = st.sets(st.sampled_from(["fr", "de", "en", "pl"]), min_size=1, max_size=2)
    who = [
        Member(
            f"p{number}",
            {"gender": draw(st.sampled_from("fm")), "phone": draw(st.sampled_from(["yes", "no", "no", "no"]))},
            dict.fromkeys(sorted(draw(languages)), 5),
            draw(st.sampled_from([None, None, 1])),
        )
        for number in range(count)
    ]
    kinds = st.sampled_from([(("fr", "de"), 1), (("en",), 1), (("*",), 1), (("*",), 1), ((), 2), ((), 3)])
    plans = []
    for _ in range(draw(st.integers(1, 3))):
        tables = []
        for place in range(draw(st.integers(1, 5))):
            langs, most = draw(kinds)
            lo = draw(st.integers(0, 3))
            tables.append(Table(f"r{place}", langs, most, lo, lo + draw(st.integers(1, 9)), topic=f"t{place % 3}"))
        here = draw(st.lists(st.sampled_from(range(count)), unique=True, min_size=1))
        wishes = draw(st.sampled_from([(), (), tuple((each, (f"t{each % 2}", "t2")) for each in here if each % 4)]))
        plans.append(Round(tuple(sorted(here)), tuple(tables), wishes))
    pair = st.lists(st.sampled_from(range(count)), unique=True, min_size=2, max_size=2).map(
        lambda two: (two[0], two[1])
    )
    limits = draw(st.sampled_from([(), (), (Limit("phone", "yes", 0, 2),), (Limit("gender", "f", 1),)]))
    return Case(
        tuple(who),
        tuple(plans),
        balance={"gender": draw(st.sampled_from([1, 0.5, 3])), "phone": draw(st.sampled_from([0, 1]))},
        together=tuple(draw(st.lists(pair, max_size=2))),
        apart=tuple(draw(st.lists(pair, max_size=3))),
        limits=limits,
        alone=draw(st.sampled_from([0.0, 3.0])),
    )
