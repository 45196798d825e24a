"""Who has met: what a session leaves for the next one, and what the next one makes of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from facilitation import commands as c
from facilitation import events as e
from facilitation.session import HOUSE
from rooms.people import Card, PersonId, Role
from server.faults import Fault
from server.invited import Invited
from server.met import Earlier, Past, earlier, read_call, read_file, written
from tests.facilitation.given import CITIZENS, Meeting, in_rooms


def left_by(meeting: Meeting) -> Past:
    faults: list[Fault] = []
    past = read_file(written(meeting.session, dict(meeting.cards)), faults)
    assert past is not None, faults
    return past


def invited(name: str, email: str | None = None) -> Invited:
    return Invited(name, Role.CITIZEN, email=email)


def plain(*people: str, rooms: object = ((0, 1),), session: str = "s1", number: int = 1) -> dict[str, Any]:
    known = [{"name": each} for each in people]
    return {
        "format": "palabre-history",
        "version": 1,
        "people": known,
        "rounds": [{"session": session, "number": number, "rooms": rooms}],
    }


def matched(names: str, *files: dict[str, Any]) -> Earlier:
    faults: list[Fault] = []
    pasts = read_call(list(files), faults)
    assert not faults
    return earlier(pasts, [invited(each) for each in names])


def test_the_next_session_knows_who_sat_together() -> None:
    meeting = in_rooms()
    rooms = [set(room.people) for room in meeting.session.seating.rooms.values()]
    roster = [invited(f"Name-{each}", f"MAIL-{each}") for each in reversed(CITIZENS)]

    met = earlier([left_by(meeting)], roster)

    assert (met.matched, met.unmatched) == (len(CITIZENS), 0)
    assert met.marks == (f"{meeting.session.id}/1",)
    ids = [PersonId(each) for each in reversed(CITIZENS)]
    assert [set(room) for room in met.told(ids).rounds[0]] == rooms


def test_what_a_session_was_told_of_goes_on_to_the_one_after_it() -> None:
    meeting = Meeting()
    meeting.tell("organiser", e.EarlierRoundsBrought((((PersonId("ana"), PersonId("ben")),),), ("first/3",)))

    past = left_by(meeting)

    assert [(each.session, each.number, each.rooms) for each in past.rounds] == [("first", 3, ((0, 1),))]
    assert [each.name for each in past.people] == ["Name-ana", "Name-ben"]


def test_whoever_was_erased_is_in_no_file() -> None:
    meeting = in_rooms()
    cards = {**meeting.cards, PersonId("ana"): Card("")}

    told = written(meeting.session, cards).decode()

    assert "ana" not in told
    assert "Name-ben" in told


def test_people_are_found_by_mail_else_by_a_name_that_is_one_persons() -> None:
    file = plain("Anna", "Bert", "Carl", "Carl", rooms=[[0, 1, 2, 3]])
    file["people"][0]["email"] = "A@example.org"
    file["people"][1]["email"] = "b@example.org"
    faults: list[Fault] = []
    roster = [invited("Anja", "a@EXAMPLE.org"), invited("  bert"), invited("Carl"), invited("Dora")]

    met = earlier(read_call(file, faults), roster)

    assert met.rounds == (((0, 1),),)
    assert (met.matched, met.unmatched) == (2, 1)


def test_of_two_with_one_name_and_different_mail_none_is_taken_for_the_other() -> None:
    file = plain("Anna", "Bert")
    file["people"][0]["email"] = "a@example.org"

    met = earlier(read_call(file, []), [invited("Anna", "other@example.org"), invited("Bert")])

    assert (met.rounds, met.matched, met.unmatched) == ((), 1, 1)


def test_files_of_several_sessions_are_brought_together() -> None:
    met = matched("abcd", plain(*"abcd", rooms=[[0, 1], [2, 3]]), plain(*"da", rooms=[[0, 1]], session="s2"))

    assert dict(zip(met.marks, met.rounds, strict=True)) == {"s1/1": ((0, 1), (2, 3)), "s2/1": ((0, 3),)}


def test_a_round_that_stands_in_two_files_counts_once_with_all_whom_either_knows() -> None:
    met = matched("abcde", plain(*"abcd", rooms=[[0, 1], [2, 3]]), plain(*"bed", rooms=[[0, 1]]))

    assert met.rounds == (((0, 1, 4), (2, 3)),)


@pytest.mark.parametrize(
    ("raw", "path", "reason"),
    [
        ([], None, None),
        ({"format": "other"}, "history", "not-a-history"),
        ([plain("a", "b"), 3], "history[1]", "not-a-history"),
        (plain("a", "b", rooms=[[0, 2]]), "history.rounds[0].rooms[0][1]", "not-a-whole-number"),
        (plain("a", "b", rooms=[[0, 1], [1]]), "history.rounds[0].rooms", "twice"),
        (plain("a", "b", number=0), "history.rounds[0].number", "not-a-whole-number"),
        (plain("a", "b", session="??"), "history.rounds[0].session", "bad-id"),
        (plain("a", "b") | {"people": [{"name": 1}, {"nom": "b"}]}, "history.people[0].name", "not-a-text"),
        (plain("a", "b") | {"more": 1}, "history.more", "unknown-field"),
    ],
)
def test_faults_of_a_file_are_named(raw: object, path: str | None, reason: str | None) -> None:
    faults: list[Fault] = []

    read_call(raw, faults)

    assert ((path, reason) in {(fault.path, fault.reason) for fault in faults}) if path else not faults


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_json_is_no_history(content: bytes) -> None:
    faults: list[Fault] = []

    assert read_file(content, faults, "history[0]") is None
    assert [(fault.path, fault.reason) for fault in faults] == [("history[0]", "not-a-history")]


def test_rooms_that_were_opened_twice_for_an_item_are_one_round() -> None:
    meeting = in_rooms()
    meeting.may("lea", c.RecallRooms(), at=60_000)
    meeting.may("lea", c.OpenRooms(), at=70_000)
    meeting.may(HOUSE, c.Arrive("lea", "w2"), at=80_000)

    assert len(json.loads(written(meeting.session, dict(meeting.cards)))["rounds"]) == 1
