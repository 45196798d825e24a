"""Draws by lot in a programme: what is read, and the faults that are named."""

from __future__ import annotations

from typing import Any

import pytest

from facilitation.programme import DrawPlan, Mode
from server.programmes.builtin import names, template
from server.programmes.reading import read


def reading(draw: Any, mode: str = "draw") -> Any:
    item = {"id": "d", "title": {"en": "Lot"}, "minutes": 5, "mode": mode, "draw": draw}
    return read({"title": {"en": "Lot"}, "languages": ["en"], "items": [item]})


def plan_of(name: str, item: str) -> DrawPlan | None:
    found = template(name).item(item)
    return found.draw if found is not None else None


def test_a_draw_is_read_with_its_quotas() -> None:
    draw = {"seats": 20, "substitutes": 10, "quotas": {"age": {"16-25": [7, 20]}, "country": {"*": [0, 2]}}}

    found = reading(draw)

    assert found.faults == ()
    assert found.programme.items[0].draw == DrawPlan(
        20, 10, quotas={"age": {"16-25": (7, 20)}, "country": {"*": (0, 2)}}
    )


@pytest.mark.parametrize(
    ("draw", "path", "reason"),
    [
        ({}, "seats", "missing"),
        ({"seats": 0}, "seats", "not-a-whole-number"),
        ({"seats": 2, "among": "friends"}, "among", "not-a-choice"),
        ({"seats": 2, "quotas": {"gender": {"woman": [3, 2]}}}, "quotas.gender.woman", "least-over-most"),
        ({"seats": 2, "quotas": {"gender": {"woman": [1]}}}, "quotas.gender.woman", "too-few"),
        ({"seats": 2, "quotas": {"gender": {"woman": [2, 2], "man": [1, 2]}}}, "quotas", "quotas-over-seats"),
        ({"seats": 2, "groups": ["side"], "quotas": {"gender": {"woman": [1, 1]}}}, "groups", "pencil-or-quotas"),
        ({"seats": 2, "differ": "gender", "quotas": {"age": {"16-25": [1, 1]}}}, "differ", "pencil-or-quotas"),
    ],
)
def test_what_is_wrong_with_a_draw_is_named(draw: Any, path: str, reason: str) -> None:
    found = reading(draw)

    assert (f"programme.items[0].draw.{path}", reason) in [(fault.path, fault.reason) for fault in found.faults]


def test_only_an_item_for_drawing_has_a_draw() -> None:
    assert [fault.reason for fault in reading({"seats": 1}, "plenary").faults] == ["draw-without-mode"]


def test_the_built_in_programmes_that_name_a_lot_say_how_it_is_drawn() -> None:
    assert plan_of("a4", "spokespersons") == DrawPlan(2, 2, groups=("side",), differ="gender")
    assert plan_of("b1", "u-draw") == DrawPlan(
        20,
        10,
        quotas={"age": {"16-25": (7, 20)}, "gender": {"woman": (9, 11)}, "country": {"*": (0, 2)}},
    )
    for name in names():
        assert all(item.draw is not None for item in template(name).items if item.mode is Mode.DRAW)
