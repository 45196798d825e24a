"""Keeping rooms: a lead asks for those of an earlier item once more, whatever the programme says."""

from __future__ import annotations

from facilitation import commands as c
from facilitation.refusals import Refusal, Why
from facilitation.session import HOUSE
from rooms.seating import Stage
from tests.facilitation.composed import composed, met, talk, talks
from tests.facilitation.given import CITIZENS, Meeting


def after_two_rounds() -> Meeting:
    """Five had rooms in the first talk and others in the second; now the sixth is here and a third is on the table."""
    meeting = met(talks(talk("third")), here=CITIZENS[:5])
    for item, rooms in (("first", (CITIZENS[:2], CITIZENS[2:5])), ("second", (CITIZENS[:4], CITIZENS[4:5]))):
        meeting.may("lea", c.GoToItem(item))
        meeting.may("lea", c.ComposeRooms(rule="list", rooms=rooms))
        meeting.may("lea", c.OpenRooms())
    meeting.may("lea", c.GoToItem("third"))
    meeting.may(HOUSE, c.Arrive("fadi", "w"))
    return meeting


def seated(meeting: Meeting) -> list[set[str]]:
    proposal = meeting.session.seating.proposal
    assert proposal is not None
    return [set(map(str, room.people)) - {"fadi"} for room in proposal.rooms]


def test_the_rooms_of_an_earlier_item_are_kept_and_newcomers_sit_down_with_them() -> None:
    meeting = after_two_rounds()

    meeting.may("lea", c.ComposeRooms(keep_of="first"))
    first = seated(meeting)
    meeting.may("lea", c.ComposeRooms(keep=True))
    newest = seated(meeting)
    meeting.may("lea", c.ComposeRooms(keep_of="first"))
    meeting.may("lea", c.OpenRooms())

    assert first == [{*CITIZENS[:2]}, {*CITIZENS[2:5]}]
    assert newest == [{*CITIZENS[:4]}, {*CITIZENS[4:5]}]
    assert meeting.session.seating.stage is Stage.OPEN
    assert meeting.at("fadi").room in meeting.session.seating.rooms


def test_a_lead_is_shown_which_other_items_had_rooms() -> None:
    meeting = met(talks(talk("third")))
    before = meeting.view("lea")["rooms.recipe"]["had"]

    meeting = after_two_rounds()
    meeting.may("lea", c.ComposeRooms(keep_of="first"))
    meeting.may("lea", c.OpenRooms())
    meeting.may("lea", c.RecallRooms())

    assert before == []
    assert meeting.view("lea")["rooms.recipe"]["had"] == ["first", "second"]


def test_of_an_item_without_rooms_none_are_kept() -> None:
    meeting = after_two_rounds()

    assert meeting.ask("lea", c.ComposeRooms(keep_of="pause")) == Refusal(Why.HAD_NO_ROOMS)
    assert meeting.ask("lea", c.ComposeRooms(keep_of="third")) == Refusal(Why.HAD_NO_ROOMS)
    assert meeting.ask("lea", c.ComposeRooms(keep_of="nothing")) == Refusal(Why.HAD_NO_ROOMS)


def test_what_is_searched_afterwards_is_no_kept_room() -> None:
    meeting = after_two_rounds()
    meeting.may("lea", c.ComposeRooms(keep_of="first"))

    composed(meeting, c.ComposeRooms(rule="search"))

    assert sum(map(len, seated(meeting))) == 5
    assert meeting.session.compositions.offered is not None
