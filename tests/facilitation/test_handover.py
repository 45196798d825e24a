"""When interpreters of one team hand over: by the turn of their team, until shortly before the room ends."""

from __future__ import annotations

import msgspec
import pytest

from facilitation import commands as c
from facilitation import events as e
from facilitation.handover import LAST, handovers
from facilitation.programme import TeamPlan
from facilitation.session import with_
from rooms.people import PersonId, Role, RoomId
from tests.facilitation.composed import composed, met, talk, talks
from tests.facilitation.given import Meeting

MINUTE = 60_000
R1 = RoomId("r1")


def interpreted(turn: int | None, team: tuple[str, ...] = ("ina", "nic"), minutes: float = 60) -> Meeting:
    """The rooms are open for so long, with these interpreters of one group in the first."""
    plan = talks(msgspec.structs.replace(talk("long"), minutes=minutes))
    plan = msgspec.structs.replace(plan, teams=() if turn is None else (TeamPlan("frde", ("fr", "de"), turn=turn),))
    meeting = met(plan)
    meeting.may("lea", c.GoToItem("long"))
    composed(meeting, c.ComposeRooms())
    people = meeting.session.people
    for each in map(PersonId, team):
        people = people.insert(each, msgspec.structs.replace(people[each], role=Role.INTERPRETER, group="frde"))
    meeting.session = with_(meeting.session, people=people)
    for name in team:
        meeting.may("lea", c.PlacePerson(name, R1))
    meeting.may("lea", c.OpenRooms())
    return meeting


def times(meeting: Meeting) -> list[int]:
    opened = meeting.session.seating.opened_at
    assert opened is not None
    return [(at - opened) // MINUTE for at in handovers(meeting.session, meeting.session.seating.rooms[R1])]


@pytest.mark.parametrize(
    ("turn", "minutes", "expected"),
    [(20, 60, [20, 40]), (None, 65, [30, 60]), (None, 60, [30]), (15, 32, [15]), (90, 60, [])],
)
def test_a_team_of_two_changes_after_each_of_its_turns(turn: int | None, minutes: float, expected: list[int]) -> None:
    meeting = interpreted(turn, minutes=minutes)

    assert times(meeting) == expected
    ends = meeting.session.agenda.ends
    assert all(at <= ends - LAST for at in handovers(meeting.session, meeting.session.seating.rooms[R1]))


def test_whoever_interprets_alone_has_nobody_to_hand_over_to() -> None:
    assert times(interpreted(20, ("ina",))) == []


def test_a_longer_item_has_more_of_them() -> None:
    meeting = interpreted(20)

    meeting.may("lea", c.ExtendItem(30 * 60))

    assert times(meeting) == [20, 40, 60, 80]


def test_staff_read_them_on_the_room_and_the_interpreter_in_it_but_no_citizen_does() -> None:
    meeting = interpreted(20)
    expected = handovers(meeting.session, meeting.session.seating.rooms[R1])

    assert meeting.view("lea")["rooms.r1"]["handover"] == expected
    assert meeting.view("ina")["room"]["handover"] == expected
    citizen = next(each for each in meeting.session.seating.rooms[R1].people)
    assert "handover" not in meeting.view(citizen)["room"]


def test_before_rooms_are_open_there_are_none() -> None:
    meeting = interpreted(20)
    meeting.tell("lea", e.RoomsClosed())

    assert handovers(meeting.session, meeting.session.seating.rooms[R1]) == []


def test_a_turn_that_a_lead_says_counts_at_once_and_is_taken_back() -> None:
    meeting = interpreted(30)

    meeting.may("lea", c.PlanTeam("frde", ("fr", "de"), turn=15))
    said = times(meeting)
    meeting.may("lea", c.PlanTeam("frde"))

    assert said == [15, 30, 45]
    assert times(meeting) == [30]
