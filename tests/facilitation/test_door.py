"""The door: who is stuck at what, who is on the telephone, who accompanies whom, and who sees it."""

from __future__ import annotations

import json

import msgspec
import pytest

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Done
from facilitation.check import STEPS
from facilitation.deadlines import deadlines
from facilitation.refusals import Refusal, Why
from facilitation.session import HOUSE
from facilitation.views.rooms import people_in
from rooms.people import PersonId, RoomId
from rooms.presence import Presence
from rooms.seating import PLENARY
from server.audience import Differences, Group
from tests.facilitation.given import CITIZENS, Meeting, arrived, in_rooms, live, programme, public


def asks_for_consent() -> Meeting:
    return Meeting(msgspec.structs.replace(programme(), consent={"fr": "Je participe.", "de": "Ich nehme teil."}))


# The guided check


def test_the_desk_sees_who_is_checking_and_who_is_stuck_at_what() -> None:
    meeting = arrived()
    meeting.may("ana", c.SayCheck("connection", "begun"), 5)
    checking = meeting.view("sue")["door.ana"]
    meeting.may("ana", c.SayCheck("microphone", "fails", "denied"), 9)

    stuck = meeting.view("lea")["door.ana"]

    assert checking["state"] == "checking"
    assert (stuck["state"], stuck["step"], stuck["what"], stuck["since"]) == ("stuck", "microphone", "denied", 9)


def test_whoever_is_through_the_check_is_simply_here_and_whoever_left_is_absent() -> None:
    meeting = arrived()
    for step in STEPS:
        meeting.may("ana", c.SayCheck(step, "skipped" if step == "camera" else "works"))
    here = meeting.view("sue")["door.ana"]["state"]
    meeting.may(HOUSE, c.Leave("ana", "w"))
    meeting.tell(HOUSE, e.WentAway(PersonId("ana")))

    assert here == "here"
    assert meeting.view("sue")["door.ana"]["state"] == "absent"


def test_whoever_calls_for_help_needs_help_until_it_is_settled() -> None:
    meeting = arrived()
    meeting.may("ana", c.CallHelp("sound"))
    calling = meeting.view("sue")["door.ana"]["state"]
    meeting.may("sue", c.SettleHelp("h1"))

    assert calling == "help"
    assert "door.ana" not in meeting.view("sue")


def test_the_same_result_again_is_no_second_entry() -> None:
    meeting = arrived()
    meeting.may("ana", c.SayCheck("sound", "works"), 1)

    assert meeting.ask("ana", c.SayCheck("sound", "works"), 2) == Done("ana")


@pytest.mark.parametrize("who", ["ben", "gil", "val", "flo", "nic", "ina", "eva"])
def test_checks_and_consent_are_for_the_desk_and_oneself_only(who: str) -> None:
    meeting = arrived()
    meeting.may("ana", c.SayCheck("microphone", "fails", "denied"))
    meeting.may("ana", c.GiveConsent(True, True, False))

    seen = json.dumps(meeting.view(who)) + json.dumps(meeting.seen(public()))

    assert "door.ana" not in seen
    assert "denied" not in seen
    assert '"quoted"' not in seen
    assert "denied" in json.dumps(meeting.view("ana")["me.check"])


def test_what_one_person_says_changes_one_path_of_the_desk() -> None:
    meeting = arrived()
    for name in CITIZENS:
        meeting.may(name, c.SayCheck("sound", "works"))
    group = Group("session", meeting.at("sue"), meeting.scene, "epoch")
    meeting.may("ana", c.SayCheck("sound", "fails", "silent"))

    group.look(meeting.scene, Differences())

    put, drop = group.changes()
    assert (list(put), drop) == (["door.ana"], [])


# Consent, once


def test_consent_is_asked_once_and_only_where_the_programme_has_its_text() -> None:
    without, meeting = live(), asks_for_consent()
    before = meeting.view("ana")["me.welcome"]
    meeting.may("ana", c.GiveConsent(True, True, False))

    assert without.view("ana")["me.welcome"] is None
    assert before == {"text": "Je participe."}
    assert meeting.view("ana")["me.welcome"] is None
    assert meeting.view("ben")["me.welcome"] is not None
    assert meeting.view("lea")["me.welcome"] is None
    assert meeting.view("sue")["people.ana"]["consent"] == {"seen": True, "quoted": False}


def test_consent_to_taking_part_cannot_be_left_out() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"part": False, "seen": True, "quoted": True}, c.GiveConsent)


# By telephone


def test_somebody_on_the_telephone_counts_as_here_whatever_their_connection_does() -> None:
    meeting = arrived("ben")
    meeting.may("sue", c.MarkTelephone("ana"))
    meeting.may(HOUSE, c.Arrive("ana", "w"))
    meeting.may(HOUSE, c.Leave("ana", "w"), 10)
    meeting.may(HOUSE, c.EndWorker("w"), 20)

    waiting = {command.person for _, command in deadlines(meeting.session) if isinstance(command, c.Lapse)}

    assert meeting.session.attendance.presence(PersonId("ana")) is Presence.HERE
    assert waiting == {"ben"}
    assert meeting.view("obi")["people.present"] == {"total": 2, "sides": {"DE": 1, "FR": 1}}


def test_hanging_up_ends_it_unless_there_is_a_connection() -> None:
    meeting = arrived("ana")
    for name in ("ana", "ben"):
        meeting.may("lea", c.MarkTelephone(name))
        meeting.may("lea", c.MarkTelephone(name, on=False))

    attendance = meeting.session.attendance

    assert (attendance.presence(PersonId("ana")), attendance.presence(PersonId("ben"))) == ("here", "gone")


def test_they_are_checked_in_are_given_a_room_and_may_be_asked_to_vote() -> None:
    meeting = arrived("ben", "cleo", "dirk")
    meeting.may("sue", c.MarkTelephone("ana"))
    meeting.may("lea", c.StartSession())
    meeting.may("lea", c.ComposeRooms(count=2))
    meeting.may("lea", c.OpenRooms())
    meeting.may("lea", c.OpenPoll(poll="vote"))

    assert meeting.session.where(PersonId("ana")) != PLENARY
    assert "ana" in meeting.session.polls["vote"].electorate  # type: ignore[index]
    assert meeting.view("lea")["people.register"]["total"] == 4


def test_a_new_part_finds_them_checked_in() -> None:
    meeting = live()
    meeting.may("sue", c.MarkTelephone("ana"))
    meeting.may(HOUSE, c.Leave("ana", "w"))
    meeting.may("lea", c.GoToItem("again"))

    assert "ana" in meeting.session.attendance.checked_in


def test_support_places_them_and_raises_and_lowers_their_hand() -> None:
    meeting = in_rooms()
    meeting.may("sue", c.MarkTelephone("ana"))
    meeting.may("sue", c.PlacePerson("ana", "r2"))
    meeting.may("sue", c.RaiseHand(person="ana"))
    raised = [hand["person"] for hand in meeting.view("ben")["floor.hands"]]
    meeting.may("sue", c.LowerHand("ana"))

    assert meeting.session.where(PersonId("ana")) == "r2"
    assert raised == ["ana"]
    assert meeting.view("ben")["floor.hands"] == []


def test_their_turn_is_given_and_heard_like_anybody_elses() -> None:
    meeting = live()
    meeting.may("sue", c.MarkTelephone("ana"))
    meeting.may("lea", c.RaiseHand(person="ana"))
    meeting.may("lea", c.GiveFloor("ana"), 1_000)
    meeting.may("lea", c.EndTurn(), 31_000)

    assert meeting.view("lea")["floor.heard"]["people"] == {"ana": 30}


@pytest.mark.parametrize(
    ("who", "whose", "why"),
    [
        ("sue", "ben", Why.NOT_BY_TELEPHONE),
        ("ben", "ana", Why.NOT_PERMITTED),
        ("lea", None, Why.NOT_PERMITTED),
        ("flo", "ana", Why.NOT_IN_ROOM),
        ("sue", "nobody", Why.NO_SUCH_PERSON),
    ],
)
def test_nobody_raises_a_hand_for_others_but_the_desk_for_the_telephone(who: str, whose: str | None, why: Why) -> None:
    meeting = live()
    meeting.may("sue", c.MarkTelephone("ana"))

    assert meeting.ask(who, c.RaiseHand(person=whose)) == Refusal(why)


def test_a_call_stands_among_the_incidents_from_its_beginning_to_its_end() -> None:
    meeting = live()
    meeting.may("sue", c.MarkTelephone("ana"), 5)
    meeting.may("lea", c.MarkTelephone("ana", on=False), 60)

    (incident,) = meeting.session.incidents

    assert (incident.kind, incident.person, incident.at, incident.owner, incident.settled) == (
        "telephone", "ana", 5, "sue", 60,
    )  # fmt: skip


def test_who_is_on_the_telephone_is_told_to_staff_only() -> None:
    meeting = live()
    meeting.may("sue", c.MarkTelephone("ana"), 7)

    assert meeting.view("flo")["people.ana"]["by_telephone"] == 7
    assert "by_telephone" not in json.dumps(meeting.view("ben"))


# Helpers


def test_a_helper_is_wherever_their_person_is_and_sees_that_room() -> None:
    meeting = in_rooms()
    meeting.may("sue", c.BelongTo("gil", "ana"))
    first = meeting.view("gil")["room"]["id"]
    meeting.may("lea", c.PlacePerson("ana", "r2"))

    view = meeting.view("gil")

    assert (first, view["room"]["id"], view["me"]["room"]) == ("r1", "r2", "r2")
    assert "room.people.gil" in meeting.view("ben")
    assert "room.people.gil" not in meeting.view("cleo")
    assert "gil" in meeting.view("lea")["rooms.r2"]["staff"]
    assert meeting.view("lea")["people.gil"]["room"] == "r2"


def test_a_helper_comes_back_to_the_plenary_with_their_person() -> None:
    meeting = in_rooms()
    meeting.may("sue", c.BelongTo("gil", "ana"))
    meeting.may("lea", c.RecallRooms(seconds=20))
    told = meeting.view("gil")["me.next"]
    meeting.may("lea", c.RecallRooms())

    assert told == {"room": PLENARY, "name": None}
    assert meeting.session.where(PersonId("gil")) == PLENARY


def test_before_the_rooms_open_a_helper_is_in_the_list_of_the_room_and_not_in_it() -> None:
    meeting = live()
    meeting.may("sue", c.BelongTo("gil", "ana"))
    meeting.may("lea", c.ComposeRooms(rule="list", rooms=(("ana", "cleo"), ("ben",))))
    meeting.may("lea", c.AcceptRooms())

    assert "gil" in meeting.view("lea")["rooms.r1"]["staff"]
    assert people_in(meeting.session, RoomId("r1")) == []
    meeting.may("lea", c.OpenRooms())
    assert people_in(meeting.session, RoomId("r1"))[-1] == "gil"


def test_an_interpreter_who_belongs_to_somebody_has_no_seat_and_is_not_moved_alone() -> None:
    meeting = in_rooms()
    meeting.may("sue", c.PlacePerson("ina", "r2"))
    meeting.may("sue", c.BelongTo("ina", "ana"))

    assert meeting.session.where(PersonId("ina")) == "r1"
    assert "ina" not in meeting.session.seating.rooms["r2"].staff  # type: ignore[index]
    assert meeting.ask("ina", c.VisitRoom("r2")) == Refusal(Why.GOES_WITH)
    assert meeting.ask("lea", c.PlacePerson("ina", "r2")) == Refusal(Why.GOES_WITH)
    meeting.may("lea", c.RecallRooms())
    meeting.may("lea", c.ComposeRooms(count=2))
    assert "ina" not in [each for room in meeting.session.seating.proposal.rooms for each in room.staff]  # type: ignore[union-attr]


@pytest.mark.parametrize(("helper", "to"), [("ana", "ben"), ("gil", "gil"), ("eva", "gil"), ("lea", "ana")])
def test_citizens_leads_and_helpers_of_helpers_belong_to_nobody(helper: str, to: str) -> None:
    meeting = in_rooms()
    meeting.may("sue", c.BelongTo("gil", "ana"))

    assert meeting.ask("sue", c.BelongTo(helper, to)) == Refusal(Why.CANNOT_BELONG)


def test_a_helper_may_be_released() -> None:
    meeting = in_rooms()
    meeting.may("sue", c.BelongTo("gil", "ana"))
    meeting.may("sue", c.BelongTo("gil"))

    assert meeting.session.where(PersonId("gil")) == PLENARY
    assert meeting.view("lea")["people.gil"]["belongs"] is None
