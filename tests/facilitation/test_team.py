"""The back channel of the team, and what rooms answer to what they were told."""

from __future__ import annotations

import json

import pytest

from facilitation import commands as c
from facilitation.refusals import Refusal, Why
from facilitation.team import KEPT, TOLD_KEPT
from tests.facilitation.given import Meeting, in_rooms, live


def told(meeting: Meeting) -> Meeting:
    meeting.may("lea", c.TellRooms("canary-notice", None, True), at=5)
    return meeting


def test_the_team_reads_what_is_said_with_name_role_and_time() -> None:
    meeting = live()

    meeting.may("nic", c.SayToTeam("We are one short", "support"), at=7)

    for who in ("lea", "flo", "sue", "nic", "ina", "eva"):
        assert meeting.view(who)["team.m1"] == {
            "person": "nic",
            "name": "Name-nic",
            "role": "note-taker",
            "at": 7,
            "text": "We are one short",
            "to": "support",
        }


@pytest.mark.parametrize("who", ["ana", "gil", "val", "obi"])
def test_nobody_outside_the_team_reads_it_or_the_answers_of_rooms(who: str) -> None:
    meeting = told(in_rooms())
    meeting.may("lea", c.SayToTeam("canary-team"))
    meeting.may("flo", c.AnswerNotice("n1", "canary-answer"))

    seen = json.dumps(meeting.view(who))

    assert "canary-team" not in seen
    assert "canary-answer" not in seen
    assert "room.asked" not in seen
    assert "told.n1" not in seen


def test_only_the_newest_messages_are_shown() -> None:
    meeting = live()

    for number in range(KEPT + 2):
        meeting.may("lea", c.SayToTeam(f"{number}"))

    shown = [path for path in meeting.view("flo") if path.startswith("team.")]
    assert len(shown) == KEPT
    assert "team.m2" not in shown
    assert f"team.m{KEPT + 2}" in shown


def test_a_message_is_for_a_role_a_room_or_all() -> None:
    meeting = in_rooms()

    meeting.may("lea", c.SayToTeam("x", "r1"))
    meeting.may("lea", c.SayToTeam("x", "all"))
    assert [said.to for said in meeting.session.team.said.values()] == ["r1", None]
    assert meeting.ask("lea", c.SayToTeam("x", "moon")) == Refusal(Why.NO_SUCH_ROOM)


def test_rooms_answer_what_they_were_told_and_the_lead_sees_who_is_missing() -> None:
    meeting = told(in_rooms())

    asked = meeting.view("flo")["room.asked"]
    meeting.may("flo", c.AnswerNotice("n1", "We need 5 more minutes", "five"), at=9)

    assert (asked["notice"], asked["answer"]) == ("n1", None)
    answer = {"text": "We need 5 more minutes", "ready": "five", "by": "Name-flo", "at": 9}
    shown = meeting.view("lea")["told.n1"]
    assert shown["rooms"] == ["r1", "r2"]
    assert shown["answers"] == {"r1": answer}
    assert meeting.view("flo")["room.asked"]["answer"] == answer
    assert meeting.view("ana")["room.notice"]["text"] == "canary-notice"


def test_a_later_answer_takes_the_place_of_the_first() -> None:
    meeting = told(in_rooms())
    meeting.may("flo", c.AnswerNotice("n1", "Please come", "come"))

    meeting.may("flo", c.AnswerNotice("n1", "Done", "done"))

    assert meeting.view("sue")["told.n1"]["answers"]["r1"]["ready"] == "done"


def test_only_a_room_that_was_told_answers_and_only_while_it_is_remembered() -> None:
    meeting = told(in_rooms())

    assert meeting.ask("sue", c.AnswerNotice("n1", "Done")) == Refusal(Why.NOT_IN_ROOM)
    for _ in range(TOLD_KEPT):
        told(meeting)
    assert meeting.ask("flo", c.AnswerNotice("n1", "Done")) == Refusal(Why.TOO_LATE)


def test_what_is_told_without_asking_is_asked_of_nobody() -> None:
    meeting = in_rooms()

    meeting.may("lea", c.TellRooms("hello"))

    assert meeting.view("flo")["room.asked"] is None


def test_a_newer_word_to_the_room_takes_the_question_away() -> None:
    meeting = told(in_rooms())

    meeting.may("lea", c.TellRooms("hello", ("r1",)), at=6)

    assert meeting.view("flo")["room.asked"] is None
