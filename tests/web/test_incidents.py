"""The incident report: names of the house become words, people's own words stay as they are."""

from __future__ import annotations

from typing import Any

import pytest

from facilitation.incident import Incident
from rooms.people import Card, PersonId
from web.incidents import Row, headings, report

CARDS = {PersonId("ana"): Card("Ana"), PersonId("sue"): Card("Sue")}


def row(lang: str = "en", **about: Any) -> Row:
    incident = Incident(**{"ref": "x", "kind": "sound", "at": 0, "by": "ana", **about})
    return report(lang, (incident,), CARDS, "Europe/Paris")[0]


def test_times_are_those_on_the_wall_of_the_programme() -> None:
    settled = row(settled=3_600_000)

    assert (settled.day, settled.when, settled.settled) == ("Thursday, January 1, 1970", "01:00", "02:00")


def test_a_name_of_the_house_is_said_in_the_readers_language_and_own_words_are_kept() -> None:
    assert row("fr", settled=1, outcome="solved").outcome == "Résolu"
    assert row("fr", settled=1, outcome="Câble neuf").outcome == "Câble neuf"
    assert row("de", about="Kein Ton").what == "Kein Ton"
    assert row("de", kind="something-new").kind == "something-new"


@pytest.mark.parametrize(
    ("taken", "settled", "after"), [(40_000, None, "40 s"), (None, 180_000, "3 min"), (None, None, "")]
)
def test_how_long_it_took_until_somebody_took_care(taken: int | None, settled: int | None, after: str) -> None:
    assert row(taken=taken, settled=settled).after == after


def test_a_room_is_called_as_it_was_called_then() -> None:
    assert row(room="r1", place="Rhein").where == "Rhein"
    assert row(room="r1", place="1").where == "Room 1"
    assert row().where == "Plenary"


def test_whoever_said_it_is_told_where_it_is_about_nobody() -> None:
    assert row(kind="interpreters").what == "Said by Ana"
    assert row(person="ana").what == ""
    assert row(by="house", kind="break", about="3").what == "3 people were missing"


def test_a_row_has_a_cell_for_each_heading() -> None:
    assert len(row().cells()) == len(headings("en")) == 10
