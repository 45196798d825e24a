"""`python -m server compose --journal`: what was composed live is made again from the record; any change is seen."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Literal

import msgspec
import pytest

from facilitation import commands as c
from facilitation import events as e
from facilitation.session import HOUSE
from rooms.composing import search
from rooms.people import PersonId
from server.archive import pack
from server.composing import works
from server.composing.audit import Audit, audit, audit_repair, audits, load, parse
from server.composing.works import composed
from server.draft import event_of
from tests.facilitation.composed import met
from tests.facilitation.given import Meeting

ROOT = Path(__file__).parents[2]
TRIES = 400
Rung = Literal["fewest", "few", "anew"]


def searched(meeting: Meeting, command: c.ComposeRooms, seed: int = 5) -> None:
    """The wish, and what the back room answers."""
    meeting.may("lea", msgspec.structs.replace(command, iterations=TRIES), seed=seed)
    wanted = meeting.session.compositions.wanted
    assert wanted is not None
    meeting.may(HOUSE, composed(meeting.session, meeting.cards, wanted, 1.0))


def mended(rung: Rung) -> Meeting:
    """Two items composed at once; somebody leaves, and the second is mended by that rung."""
    meeting = met()
    meeting.may("lea", c.GoToItem("first"))
    searched(meeting, c.ComposeRooms())
    meeting.may("lea", c.OpenRooms())
    meeting.may(HOUSE, c.Leave("ana", "w"), at=60_000)
    meeting.may("lea", c.GoToItem("second"), at=61_000)
    searched(meeting, c.ComposeRooms(rung=rung))
    return meeting


def again(meeting: Meeting) -> list[Audit]:
    lines = msgspec.json.Encoder().encode_lines(meeting.entries)
    return audits(parse(lines), search.anneal)


@pytest.mark.parametrize("rung", ["fewest", "few", "anew"])
def test_every_composition_of_a_record_is_the_same_when_it_is_made_again(rung: Rung) -> None:
    first, second = again(mended(rung))

    assert (first.differs, second.differs) == ((), ())
    assert (first.rung, second.rung) == ("", rung)
    assert (first.rounds, second.rounds) == (2, 1)
    assert first.line.startswith("equal")


def repaired() -> Meeting:
    """Rooms are open; one has left for good, and a repair is asked for."""
    meeting = met()
    meeting.may("lea", c.GoToItem("first"))
    searched(meeting, c.ComposeRooms())
    meeting.may("lea", c.OpenRooms())
    meeting.may("sue", c.CheckOut("ana"))
    meeting.may("lea", c.RepairRooms(), seed=9)
    repairs = meeting.session.compositions.repairs
    assert repairs is not None
    meeting.may(HOUSE, works.mended(meeting.session, meeting.cards, repairs, 0.1))
    return meeting


def test_a_repair_of_open_rooms_is_the_same_when_it_is_made_again() -> None:
    composition, repair = again(repaired())

    assert (composition.differs, repair.differs) == ((), ())
    assert "repair of open rooms" in repair.line
    assert repair.iterations > 0


def test_an_offer_that_was_not_made_so_is_seen() -> None:
    entries = repaired().entries
    event = next(event_of(entry) for entry in entries if entry.event == "RepairsOffered")
    assert isinstance(event, e.RepairsOffered)
    assert event.hurt is not None
    fewest, few, anew = event.offers
    bent = msgspec.structs.replace(anew, rooms=anew.rooms[::-1])

    found = audit_repair("m1", event.hurt, (fewest, few, bent), 9, search.anneal)

    assert found.differs == ("made again, anew is another offer",)


def test_what_another_version_of_the_search_found_is_not_compared() -> None:
    event = made()
    older = msgspec.structs.replace(event, found=msgspec.structs.replace(event.found, version=0))

    found = audit(older, search.anneal)

    assert (found.other_version, found.differs) == (0, ())
    assert found.line.startswith("UNKNOWN")


def made() -> e.RoomsComposed:
    event = next(event_of(entry) for entry in mended("few").entries if entry.event == "RoomsComposed")
    assert isinstance(event, e.RoomsComposed)
    return event


def test_another_seed_or_seating_than_was_used_is_seen() -> None:
    event = made()
    first, *rest = event.found.seats[0]
    swapped = ((*first[1:], rest[0][0]), (first[0], *rest[0][1:]), *rest[1:])
    found = msgspec.structs.replace(event.found, seats=(swapped, *event.found.seats[1:]))

    assert audit(event, search.anneal).differs == ()
    assert audit(msgspec.structs.replace(event, seed=event.seed + 1), search.anneal).differs
    assert "people sit elsewhere" in audit(msgspec.structs.replace(event, found=found), search.anneal).line


def test_rooms_on_offer_that_are_not_those_that_were_found_are_seen() -> None:
    event = made()
    stranger = msgspec.structs.replace(event.rooms[0], people=(*event.rooms[0].people, PersonId("stranger")))

    changed = msgspec.structs.replace(event, rooms=(stranger, *event.rooms[1:]))
    missing = msgspec.structs.replace(event, rooms=event.rooms[1:])

    assert audit(changed, search.anneal).differs == (f"round 1, room {stranger.id}: other people than were found",)
    assert audit(missing, search.anneal).differs == ("round 1: a room is missing",)


def test_whoever_left_while_it_was_searched_is_counted() -> None:
    event = made()
    gone = msgspec.structs.replace(event.rooms[0], people=event.rooms[0].people[1:])

    found = audit(msgspec.structs.replace(event, rooms=(gone, *event.rooms[1:])), search.anneal)

    assert (found.differs, found.left) == ((), 1)


def test_the_command_reads_an_archive_and_tells_by_its_exit_code(tmp_path: Path) -> None:
    meeting = mended("fewest")
    archive = tmp_path / "a.zip"
    archive.write_bytes(pack("s", meeting.entries, dict(meeting.cards), "en", meeting.session.time))
    entries = load(archive)
    bent = next(entry for entry in entries if entry.event == "RoomsComposed")
    bent.body["seed"] += 1
    journal = tmp_path / "bent.jsonl"
    journal.write_bytes(msgspec.json.Encoder().encode_lines(entries))

    honest, other = command("--journal", str(archive)), command("--journal", str(journal))

    assert (honest.returncode, other.returncode) == (0, 1)
    assert [line.split()[0] for line in honest.stdout.splitlines()] == ["equal", "equal"]
    assert [line.split()[0] for line in other.stdout.splitlines()] == ["DIFFERS", "equal"]


@pytest.mark.parametrize("options", [(), ("a.json", "--journal", "b.zip"), ("--journal", "nothing.zip")])
def test_what_cannot_be_is_said_in_one_line(options: tuple[str, ...]) -> None:
    done = command(*options)

    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


def test_an_archive_without_a_journal_is_none(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as empty:
        empty.writestr("README.txt", "?")

    assert "it is not an archive" in command("--journal", str(archive)).stderr


def command(*options: str) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "server", "compose", "--plain", *options]
    return subprocess.run(words, cwd=ROOT, check=False, capture_output=True, text=True, timeout=120)
