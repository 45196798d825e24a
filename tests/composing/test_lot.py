"""The plain lot can be done again with a pencil."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

import msgspec

from rooms.lot.plain import checks, draw, draw_by_group, highest, list_hash


def test_the_page_shows_each_division() -> None:
    done = draw(["cem", "ana", "bob"], 2, 7)

    assert done.names == ("ana", "bob", "cem")
    assert [(step.number, step.left, step.quotient, step.place, step.drawn) for step in done.steps] == [
        (7, 3, 2, 1, "bob"),
        (2, 2, 1, 0, "ana"),
    ]


def test_the_hash_is_that_of_the_file_with_the_list() -> None:
    assert list_hash(["bob", "ana"]) == sha256(b"ana\nbob\n").hexdigest()


def test_every_order_is_as_likely_as_any_other() -> None:
    found = Counter(draw("abcd", 2, number).drawn for number in range(4 * 3 * 10))

    assert len(found) == 12
    assert set(found.values()) == {10}


def test_the_number_has_enough_digits_for_every_order() -> None:
    assert highest("abcd", 2) == 10**5


def test_substitutes_come_in_their_order_and_nobody_twice() -> None:
    done = draw("abcdef", 2, 123456, substitutes=4)

    assert sorted([*done.drawn, *done.substitutes]) == list("abcdef")


def test_a_page_with_another_name_on_it_does_not_check() -> None:
    done = draw("abcdef", 2, 123456)

    assert checks(done, 2)
    assert not checks(msgspec.structs.replace(done, drawn=("x", "y")), 2)


def test_two_and_two_come_from_their_own_lists() -> None:
    drawn = draw_by_group({"FR f": ["a", "b"], "DE m": ["c", "d"]}, 1, 3)

    assert [each.drawn for each in drawn.values()] == [("d",), ("b",)]
