"""A panel lottery: no quota is ever broken, and the lowest chance is as high as it can be."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rooms.lot.panels import CannotDraw, fairest, lottery
from rooms.lot.quotas import Quota, Values, kept, spelled_out

CITY = Quota("place", "city", 1, 2)
WOMEN = Quota("gender", "woman", 1, 2)


@st.composite
def pools(draw: st.DrawFn) -> tuple[list[dict[str, str]], int, list[Quota]]:
    """A few volunteers, seats, and quotas of which some cannot be kept."""
    person = st.fixed_dictionaries({"gender": st.sampled_from(["woman", "man"]), "age": st.integers(16, 60).map(str)})
    people = draw(st.lists(person, min_size=3, max_size=9))
    seats = draw(st.integers(1, 4))
    least = draw(st.integers(0, 3))
    quotas = [
        Quota("gender", "woman", least, least + draw(st.integers(0, 2))),
        Quota("age", "16-30", draw(st.integers(0, 2)), 4),
    ]
    return people, seats, quotas


def by_all_panels(people: Sequence[Values], seats: int, quotas: Sequence[Quota]) -> float | None:
    """The highest lowest chance, by one program over every panel that there is; None without any panel."""
    import highspy

    panels = [
        each for each in combinations(range(len(people)), seats) if kept(quotas, [people[place] for place in each])
    ]
    able = sorted({place for panel in panels for place in panel})
    if not panels:
        return None
    model = highspy.Highs()  # type: ignore[no-untyped-call]
    model.silent()
    model.addCol(1.0, 0.0, 1.0, 0, [], [])
    model.addRow(1.0, 1.0, 0, [], [])
    for _ in able:
        model.addRow(0.0, float("inf"), 1, [0], [-1.0])
    for panel in panels:
        rows = [0, *(able.index(place) + 1 for place in panel)]
        model.addCol(0.0, 0.0, 1.0, len(rows), rows, [1.0] * len(rows))
    model.changeObjectiveSense(highspy.ObjSense.kMaximize)
    model.run()
    return float(model.getInfo().objective_function_value)


@settings(max_examples=60, deadline=None)
@given(pools())
def test_no_panel_breaks_a_quota_and_the_lowest_chance_is_the_best_there_is(
    pool: tuple[list[dict[str, str]], int, list[Quota]],
) -> None:
    people, seats, quotas = pool
    best = by_all_panels(people, seats, quotas)

    if best is None:
        with pytest.raises(CannotDraw):
            lottery(people, seats, quotas)
        return
    made = lottery(people, seats, quotas)

    assert len(made.panels) == 1000
    for panel in made.panels:
        assert len(set(panel)) == seats
        assert kept(quotas, [people[place] for place in panel])
    possible = [chance for chance in made.chances if chance]
    fair = [each for each in fairest(people, seats, quotas).chances if each > 1e-9]
    assert min(fair) == pytest.approx(best, abs=1e-4)
    assert min(possible) >= 1000 * best - 5  # so much may go to rounding to whole panels


def test_leximin_lifts_those_above_the_lowest_too() -> None:
    """One in the city must always be in; the others share evenly what is left, which maximin alone need not do."""
    people = [{"place": "city"}, *({"place": "land"} for _ in range(4))]

    fair = fairest(people, 2, [CITY])

    assert sorted(fair.chances) == pytest.approx([0.25, 1.0])


def test_a_kind_shares_its_chances_to_within_one_panel() -> None:
    people = [{"gender": "woman" if place % 3 else "man"} for place in range(17)]

    made = lottery(people, 3, [WOMEN])

    for gender in ("woman", "man"):
        chances = [chance for chance, each in zip(made.chances, people, strict=True) if each["gender"] == gender]
        assert max(chances) - min(chances) <= 1


def test_what_cannot_be_is_said_with_the_quota_and_how_many_there_are() -> None:
    with pytest.raises(CannotDraw) as too_few:
        lottery([{"gender": "man"}] * 5, 3, [WOMEN])
    with pytest.raises(CannotDraw) as too_many:
        lottery([{"gender": "woman"}] * 5, 3, [WOMEN])
    with pytest.raises(CannotDraw) as small:
        lottery([{"gender": "woman"}], 3, [])

    assert [(each.why, each.here) for each in too_few.value.lacks] == [("few", 0)]
    assert [(each.why, each.here) for each in too_many.value.lacks] == [("many", 5)]
    assert [(each.why, each.here) for each in small.value.lacks] == [("seats", 1)]


def test_quotas_that_only_together_cannot_be_kept_name_what_stands_in_the_way() -> None:
    """Two women and two from the city out of two: but no woman lives there."""
    people = [{"gender": "woman", "place": "land"}] * 3 + [{"gender": "man", "place": "city"}] * 3
    quotas = [Quota("gender", "woman", 2, 2), Quota("place", "city", 2, 2)]

    with pytest.raises(CannotDraw) as cannot:
        lottery(people, 2, quotas)

    assert {each.why for each in cannot.value.lacks} == {"together"}


def test_somebody_whom_no_panel_can_hold_does_not_take_the_chances_of_the_others() -> None:
    people = [{"gender": "woman"}, {"gender": "woman"}, {"gender": "man"}]

    made = lottery(people, 1, [Quota("gender", "man", 0, 0)])

    assert made.chances == (500, 500, 0)


def test_a_star_is_one_quota_for_each_value_there_is() -> None:
    quotas = spelled_out([Quota("land", "FR", 0, 3), Quota("land", "*", 0, 2)], [{"land": "DE"}, {"land": "FR"}, {}])

    assert [(each.value, each.most) for each in quotas] == [("FR", 3), ("DE", 2)]


def test_twenty_of_two_hundred_with_quotas_that_overlap() -> None:
    """As on a European panel; everybody has a chance, where a quick draw by strata leaves some without."""
    chance = random.Random(4)
    people = [
        {"gender": chance.choice(["woman", "man"]), "age": str(chance.randint(16, 80)), "land": f"{place % 27}"}
        for place in range(200)
    ]
    quotas = spelled_out(
        [Quota("gender", "woman", 9, 11), Quota("age", "16-25", 7, 20), Quota("land", "*", 0, 2)], people
    )

    made = lottery(people, 20, quotas, leximin=False)

    assert all(kept(quotas, [people[place] for place in panel]) for panel in made.panels)
    assert min(made.chances) >= 1000 * made.fairest - 5
    assert made.fairest > 0.05
