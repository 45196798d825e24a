"""What the archive tells of rooms that were composed: each composition with what gave way, and why somebody moved."""

from __future__ import annotations

import csv
import io
import zipfile

from facilitation import commands as c
from facilitation.session import HOUSE
from server.archive import pack
from server.composing.works import composed
from tests.facilitation.composed import met
from tests.facilitation.given import Meeting


def rows(meeting: Meeting, name: str) -> list[dict[str, str]]:
    body = pack("s", meeting.entries, dict(meeting.cards), "en", meeting.session.time)
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))


def searched(meeting: Meeting, command: c.ComposeRooms) -> None:
    meeting.may("lea", command, seed=5)
    wanted = meeting.session.compositions.wanted
    assert wanted is not None
    meeting.may(HOUSE, composed(meeting.session, meeting.cards, wanted, 1.0))


def test_each_composition_and_each_move_stand_in_the_archive_with_their_reasons() -> None:
    meeting = met()
    meeting.may("lea", c.GoToItem("first"))
    searched(meeting, c.ComposeRooms(iterations=200))
    meeting.may("lea", c.OpenRooms())
    meeting.may("lea", c.GoToItem("second"), at=60_000)
    planned = meeting.session.compositions.later
    first, *others = next(iter(planned.values()))
    apart = (first.people[0], others[0].people[0])
    meeting.may("lea", c.BondPeople(apart, "together"))
    searched(meeting, c.ComposeRooms(rung="fewest"))

    compositions, moves = rows(meeting, "compositions.csv"), rows(meeting, "moves.csv")

    assert [(row["Item"], row["People"], row["Seed"], row["Tries"], row["Repair"]) for row in compositions] == [
        ("first [FR]", "6", "5", "200", ""),
        ("second [FR]", "6", "5", "0", "fewest"),
    ]
    assert moves
    moved = {move.person for move in meeting.session.seating.proposal.found.moves}  # type: ignore[union-attr]
    assert {row["Person"] for row in moves} == moved
    assert any("to sit with somebody they belong with" in row["Why"] for row in moves)
    assert all("Name-" not in row["Why"] for row in moves)
