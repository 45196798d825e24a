"""Helpers and sign interpreters in a roster: each names the person with whom they go into every room."""

from __future__ import annotations

from pathlib import Path

import pytest

from rooms.people import PersonId
from server.roster import people_from_json
from server.serving import running
from server.settings import Settings
from tests.facilitation.given import programme
from tests.roster.given import LANGUAGES, SIDES, csv_of, placed, reading_of


@pytest.mark.parametrize("heading", ["Accompanies", "Accompagne", "Begleitet", "Interprète de"])
def test_a_column_says_whom_a_helper_accompanies(heading: str) -> None:
    reading = reading_of(csv_of(f"Name;Role;Side;{heading}", "Citizen 1;citizen;FR;", "Helper 2;guest;;citizen 1"))

    assert [person.accompanies for person in reading.people] == [None, "citizen 1"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Helper 9;guest;;Nobody", "accompanies-nobody"),
        ("Helper 9;guest;;Twin", "accompanies-several"),
        ("Helper 9;guest;;Helper 2", "cannot-accompany"),
        ("Helper 9;citizen;FR;Citizen 1", "cannot-accompany"),
        ("Helper 9;lead;;Citizen 1", "cannot-accompany"),
    ],
)
def test_every_fault_stands_in_its_cell(row: str, reason: str) -> None:
    people = ("Citizen 1;citizen;FR;", "Helper 2;guest;;Citizen 1", "Twin;citizen;FR;", "Twin;citizen;DE;")

    assert placed(reading_of(csv_of("Name;Role;Side;Begleitet", *people, row))) == [(6, "Begleitet", reason)]


def test_the_call_names_the_path() -> None:
    reading = people_from_json([{"name": "H", "role": "guest", "accompanies": "Nobody"}], SIDES, LANGUAGES)

    assert [(fault.path, fault.reason) for fault in reading.faults] == [("people[0].accompanies", "accompanies-nobody")]


async def test_a_session_begins_with_them_together(tmp_path: Path) -> None:
    people = people_from_json(
        [
            {"name": "Citizen 1", "role": "citizen", "side": "FR"},
            {"name": "Helper 2", "role": "interpreter", "accompanies": "CITIZEN 1"},
        ],
        SIDES,
        LANGUAGES,
    ).people
    async with running(Settings(port=0, data=tmp_path)) as (house, _):
        made = await house.create(programme(), people)
        session = (await house.clerk(made.session)).session

    citizen, helper = (PersonId(link.person) for link in made.links)
    assert dict(session.belongs.items()) == {helper: citizen}
