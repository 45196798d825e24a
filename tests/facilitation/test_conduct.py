"""Somebody who disturbs: paused, sent to the lobby, excluded from voting by two, removed; each undone by one ask."""

from __future__ import annotations

import json
from typing import Any

import pytest

from facilitation import commands as c
from facilitation.asked import Done
from facilitation.refusals import Refusal, Why
from facilitation.session import HOUSE
from rooms.people import PersonId
from rooms.seating import LOBBY, PLENARY
from tests.facilitation.given import Meeting, arrived, in_rooms, live, public

ANA = PersonId("ana")
WHY = "canary-reason"


def incidents(meeting: Meeting) -> list[tuple[str, str, bool]]:
    return [(each.kind, each.by, each.is_open) for each in meeting.session.incidents]


def test_whose_hand_is_paused_has_it_taken_down_and_raises_none_but_may_vote_and_call_help() -> None:
    meeting = live()
    meeting.may("ana", c.RaiseHand())

    meeting.may("lea", c.PausePerson("ana", True, WHY))

    assert meeting.view("lea")["floor.hands"] == []
    assert meeting.ask("ana", c.RaiseHand()) == Refusal(Why.PAUSED)
    assert meeting.view("ana")["me.conduct"] == {"kind": "paused", "since": 0, "ready": None, "reason": WHY}
    meeting.may("ana", c.CallHelp("other"))
    meeting.may("lea", c.OpenPoll(poll="vote"))
    meeting.may("ana", c.CastBallot("vote", "yes"))
    meeting.may("lea", c.PausePerson("ana", False))
    meeting.may("ana", c.RaiseHand())


def test_a_paused_speaker_loses_the_turn() -> None:
    meeting = live()
    meeting.may("lea", c.GiveFloor("ana"))

    meeting.may("sue", c.PausePerson("ana"))

    assert meeting.view("lea")["floor.turn"] is None


def test_in_the_lobby_nothing_from_any_room_is_seen_and_the_seat_is_kept() -> None:
    meeting = in_rooms()
    meeting.may("lea", c.TellRooms("canary-notice"))
    meeting.may("cleo", c.RaiseHand())

    meeting.may("flo", c.SendToLobby("ana", WHY, "respect"))

    seen = meeting.view("ana")
    assert meeting.session.where(ANA) == LOBBY
    assert seen["me"]["room"] == LOBBY
    assert seen["room"]["kind"] == "lobby"
    assert (seen["room.notice"], seen["floor.hands"], seen["floor.turn"]) == (None, [], None)
    assert not [path for path in seen if path.startswith("room.people.")]
    assert not [path for path in meeting.view("cleo") if path == "room.people.ana"]
    assert seen["me.conduct"] == {"kind": "lobby", "since": 0, "ready": "respect", "reason": WHY}
    assert meeting.ask("ana", c.RaiseHand()) == Refusal(Why.IN_LOBBY)
    meeting.may("flo", c.ReturnPerson("ana"))
    assert meeting.session.where(ANA) == "r1"
    assert meeting.view("ana")["me.conduct"] is None
    meeting.may("ana", c.RaiseHand())


def test_somebody_in_the_lobby_of_the_plenary_is_not_counted_there_and_stays_out_when_rooms_open() -> None:
    meeting = live()
    before = meeting.view("lea")["rooms.plenary"]

    meeting.may("lea", c.SendToLobby("ana", WHY))

    after = meeting.view("lea")["rooms.plenary"]
    assert after["count"] == before["count"] - 1
    assert after["sides"]["FR"] == before["sides"]["FR"] - 1
    meeting.may("lea", c.NextItem())
    meeting.may("lea", c.ComposeRooms(count=2))
    meeting.may("lea", c.OpenRooms())
    assert meeting.session.where(ANA) == LOBBY


def test_sending_to_the_lobby_calls_support_and_returning_settles_both() -> None:
    meeting = in_rooms()

    meeting.may("flo", c.SendToLobby("ana", WHY))

    (call,) = meeting.session.helps.values()
    assert (call.kind, call.person, call.room, call.taken_by) == ("behaviour", "ana", "r1", None)
    assert incidents(meeting) == [("conduct-lobby", "flo", True)]
    meeting.may("sue", c.ReturnPerson("ana"))
    assert not meeting.session.helps
    assert incidents(meeting) == [("conduct-lobby", "flo", False)]
    assert meeting.session.incidents[0].owner == "sue"


def test_support_that_sends_somebody_to_the_lobby_has_taken_that_call() -> None:
    meeting = live()

    meeting.may("sue", c.SendToLobby("ana", WHY))

    assert [call.taken_by for call in meeting.session.helps.values()] == ["sue"]


def test_whoever_waits_in_the_lobby_still_votes_and_is_of_the_electorate() -> None:
    meeting = live()
    meeting.may("lea", c.SendToLobby("ana", WHY))

    meeting.may("lea", c.OpenPoll(poll="vote"))

    meeting.may("ana", c.CastBallot("vote", "no"))
    assert meeting.view("ana")["me.electorate.vote"]


def test_a_facilitator_acts_in_their_own_room_only() -> None:
    meeting = in_rooms()

    assert meeting.ask("flo", c.SendToLobby("ben", WHY)) == Refusal(Why.NOT_PERMITTED)
    assert meeting.ask("nic", c.SendToLobby("ana", WHY)) == Refusal(Why.NOT_PERMITTED)
    meeting.may("flo", c.PausePerson("ana"))
    meeting.may("sue", c.SendToLobby("ben", WHY))
    assert meeting.ask("flo", c.ReturnPerson("ben")) == Refusal(Why.NOT_PERMITTED)


@pytest.mark.parametrize("person", ["lea", "leo", "flo", "ina", "obi", "val"])
def test_whoever_works_or_watches_is_not_sent_to_the_lobby(person: str) -> None:
    assert live().ask("lea", c.SendToLobby(person, WHY)) == Refusal(Why.NOT_PERMITTED)


def test_the_vote_ends_only_when_a_second_one_confirms_and_for_polls_opened_later() -> None:
    meeting = live()
    meeting.may("lea", c.OpenPoll(poll="vote"))
    meeting.may("lea", c.AddPoll(id="later", question="?", method="yes-no-abstain"))
    meeting.may("lea", c.ExcludePerson("ana", WHY))

    alone = meeting.ask("lea", c.ConfirmExclusion("ana"))
    still = meeting.view("lea")["people.register"]["total"]
    meeting.may("sue", c.ConfirmExclusion("ana"))
    meeting.may("lea", c.OpenPoll(poll="later"))

    assert alone == Refusal(Why.NEEDS_A_SECOND)
    assert still == 6
    assert meeting.view("lea")["people.register"]["total"] == 5
    assert "ana" not in meeting.session.polls["later"].electorate  # type: ignore[index]
    meeting.may("ana", c.CastBallot("vote", "yes"))  # an electorate, once frozen, never changes
    (matter,) = meeting.session.incidents
    assert (matter.by, matter.owner, matter.about) == ("lea", "sue", WHY)


def test_an_excluded_person_is_not_admitted_by_a_side_door_and_comes_back_by_one_ask() -> None:
    meeting = live()
    meeting.may("lea", c.ExcludePerson("ana", WHY))
    meeting.may("leo", c.ConfirmExclusion("ana"))

    assert meeting.ask("lea", c.AdmitVoter("vote", "ana")) == Refusal(Why.EXCLUDED)
    meeting.may("lea", c.IncludePerson("ana"))
    assert meeting.view("lea")["people.register"]["total"] == 6
    assert meeting.ask("leo", c.ConfirmExclusion("ana")) == Refusal(Why.NOT_ASKED_FOR)


def test_whoever_was_admitted_by_name_is_excluded_all_the_same() -> None:
    meeting = arrived("ben", "lea")
    meeting.may("lea", c.StartSession())
    meeting.may("lea", c.AdmitVoter("vote", "ana"))
    meeting.may("lea", c.ExcludePerson("ana", WHY))
    meeting.may("sue", c.ConfirmExclusion("ana"))

    meeting.may("lea", c.OpenPoll(poll="vote"))

    assert list(meeting.session.polls["vote"].electorate) == ["ben"]  # type: ignore[index]


def test_a_removed_person_is_gone_at_once_and_asks_nothing_and_counts_again_when_let_in() -> None:
    meeting = live()

    meeting.may("lea", c.RemovePerson("ana", WHY), at=1)

    assert meeting.view("lea")["people.present"]["total"] == 5
    assert meeting.ask("ana", c.CallHelp("sound")) == Refusal(Why.REMOVED)
    assert meeting.ask("ana", c.CastBallot("vote", "yes")) == Refusal(Why.REMOVED)
    assert meeting.ask(HOUSE, c.Arrive("ana", "w2")) == Done()
    meeting.may("lea", c.RestorePerson("ana"), at=2)
    assert meeting.view("lea")["people.present"]["total"] == 6  # the line had not yet been told to be gone
    assert incidents(meeting) == [("conduct-remove", "lea", False)]


def test_whose_line_went_while_removed_is_here_again_only_when_they_come() -> None:
    meeting = live()
    meeting.may("lea", c.RemovePerson("ana", WHY), at=1)
    meeting.may(HOUSE, c.Leave("ana", "w"), at=4_000)

    meeting.may("lea", c.RestorePerson("ana"), at=5_000)

    assert meeting.view("lea")["people.present"]["total"] == 5
    meeting.may(HOUSE, c.Arrive("ana", "w"), at=6_000)
    assert meeting.view("lea")["people.present"]["total"] == 6


def test_removing_alone_does_not_shrink_an_electorate() -> None:
    meeting = live()
    meeting.may("lea", c.RemovePerson("ana", WHY))

    meeting.may("lea", c.OpenPoll(poll="vote"))

    assert "ana" in meeting.session.polls["vote"].electorate  # type: ignore[index]


def test_a_lead_is_not_removed_and_nobody_removes_themselves() -> None:
    meeting = live()

    assert meeting.ask("lea", c.RemovePerson("leo", WHY)) == Refusal(Why.NOT_A_LEAD)
    assert meeting.ask("lea", c.RemovePerson("lea", WHY)) == Refusal(Why.NOT_A_LEAD)


@pytest.mark.parametrize("who", ["lea", "leo", "sue", "flo", "nic"])
def test_the_team_sees_what_holds_of_whom(who: str) -> None:
    meeting = in_rooms()
    meeting.may("flo", c.SendToLobby("ana", WHY, "calm"))

    shown: dict[str, Any] = meeting.view(who)["conduct.ana"]

    assert shown["lobby"] == {"reason": WHY, "ready": "calm", "at": 0, "by": "Name-flo", "room": "r1"}
    assert shown["paused"] is shown["excluded"] is shown["removed"] is None


@pytest.mark.parametrize("who", ["ben", "cleo", "gil", "val", "obi", "ina", "eva"])
def test_nobody_else_learns_of_it(who: str) -> None:
    meeting = in_rooms()
    meeting.may("flo", c.PausePerson("ana", True, WHY))
    meeting.may("flo", c.SendToLobby("ana", WHY))
    meeting.may("lea", c.ExcludePerson("ana", WHY))
    meeting.may("lea", c.RemovePerson("emil", WHY))

    seen = json.dumps(meeting.view(who))

    assert WHY not in seen
    assert "conduct.ana" not in seen
    assert WHY not in json.dumps(meeting.seen(public()))


def test_where_they_were_is_where_a_person_in_the_lobby_still_has_their_seat() -> None:
    meeting = in_rooms()
    meeting.may("lea", c.SendToLobby("ana", WHY))

    meeting.may("lea", c.RecallRooms())

    assert meeting.session.where(ANA) == LOBBY
    meeting.may("lea", c.ReturnPerson("ana"))
    assert meeting.session.where(ANA) == PLENARY


def test_removing_somebody_on_the_telephone_settles_their_call() -> None:
    meeting = in_rooms()
    meeting.may("lea", c.MarkTelephone("ana", True))

    meeting.may("lea", c.RemovePerson("ana", WHY), at=5)

    [call] = [each for each in meeting.session.incidents if each.kind == "telephone"]
    assert (call.settled, call.outcome) == (5, "hung-up")


@pytest.mark.parametrize(("who", "told"), [("flo", True), ("nic", True), ("ina", False), ("eva", False)])
def test_what_was_said_of_somebodys_conduct_is_told_to_those_who_deal_with_it(who: str, told: bool) -> None:
    meeting = in_rooms()
    meeting.may("ben", c.CallHelp("behaviour", WHY))

    assert (meeting.view(who)["help.h1"]["text"] == WHY) is told
