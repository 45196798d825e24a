"""Trails: whom the changes between two values were about."""

from __future__ import annotations

from rooms.trail import LONGEST, Trail


def test_whom_the_changes_since_then_were_about() -> None:
    then = Trail[str]().went_on("ana")

    now = then.went_on("ben").went_on("cem").went_on("ben")

    assert now.since(then) == {"ben", "cem"}
    assert then.since(then) == set()


def test_from_another_trail_it_cannot_be_told() -> None:
    then, now = Trail[str]().went_on("ana"), Trail[str]().went_on("ben")

    assert now.since(then) is None
    assert then.since(now) is None


def test_backwards_it_cannot_be_told() -> None:
    then = Trail[str]().went_on("ana")

    assert then.since(then.went_on("ben")) is None


def test_a_trail_does_not_grow_for_ever() -> None:
    then = now = Trail[str]()

    for step in range(LONGEST + 1):
        now = now.went_on(f"p{step}")

    assert now.since(then) is None
    assert now.went_on("ana").since(now) == {"ana"}
