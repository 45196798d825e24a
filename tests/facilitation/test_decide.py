"""Deciding about the session, the agenda, the floor, help and presence: each ask, each refusal, each second press."""

from __future__ import annotations

import pytest

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Done
from facilitation.deadlines import deadlines
from facilitation.refusals import Refusal, Why
from facilitation.session import HOUSE, State
from rooms.presence import Presence
from tests.facilitation.given import Meeting, all_ready, arrived, in_rooms, live


def test_the_start_puts_the_first_item_on_the_table() -> None:
    meeting = all_ready(arrived())

    answer = meeting.ask("lea", c.StartSession())

    assert answer == [e.SessionStarted(), e.ItemStarted("door", "session.start")]


def test_a_second_start_is_done_and_says_by_whom() -> None:
    meeting = live()

    assert meeting.ask("leo", c.StartSession(seen="lobby")) == Done("lea")


def test_a_second_next_is_done_and_says_by_whom() -> None:
    meeting = live()
    meeting.may("lea", c.NextItem(seen="door"))

    assert meeting.ask("leo", c.NextItem(seen="door")) == Done("lea")
    assert meeting.session.agenda.now == "talk"


@pytest.mark.parametrize("command", [c.PauseSession(), c.ResumeSession(), c.NextItem(), c.ExtendItem(1), c.HoldItem()])
def test_in_the_lobby_nothing_is_live(command: c.Command) -> None:
    assert arrived().ask("lea", command) == Refusal(Why.NOT_LIVE)


def test_before_the_first_and_after_the_last_there_is_no_item() -> None:
    meeting = live()

    assert meeting.ask("lea", c.BackItem()) == Refusal(Why.NO_SUCH_ITEM)
    assert meeting.ask("lea", c.GoToItem("nowhere")) == Refusal(Why.NO_SUCH_ITEM)
    meeting.may("lea", c.GoToItem("again"))
    assert meeting.ask("lea", c.NextItem()) == Refusal(Why.NO_NEXT_ITEM)


def test_a_closed_session_refuses_all_but_the_choice_of_a_language() -> None:
    meeting = live()
    meeting.may("lea", c.CloseSession())

    assert meeting.ask("ana", c.RaiseHand()) == Refusal(Why.SESSION_CLOSED)
    assert meeting.ask("leo", c.CloseSession()) == Done("lea")
    assert meeting.ask("ana", c.ChooseLanguage("de")) == [e.LanguageChosen("de")]


def test_closing_recalls_the_rooms_ends_their_countdown_and_counts_open_polls() -> None:
    meeting = live()
    meeting.may("lea", c.OpenPoll(poll="vote"))
    meeting.may("lea", c.ComposeRooms())
    meeting.may("lea", c.OpenRooms(seconds=10))

    meeting.may("lea", c.CloseSession())

    assert meeting.session.state is State.CLOSED
    assert meeting.session.seating.moves_at is None
    assert [poll.state for poll in meeting.session.polls.values()] == ["closed"]


def test_a_new_part_asks_everybody_to_check_in_again() -> None:
    meeting = live()
    meeting.may(HOUSE, c.Leave("ben", "w"), at=1)
    meeting.may(HOUSE, c.Lapse("ben", "quiet", 180_001), at=180_001)

    meeting.may("lea", c.GoToItem("again"), at=900_000)

    assert meeting.session.citizens_checked_in() == ["ana", "cleo", "dirk", "emil", "fadi"]


# The floor


def test_a_second_hand_is_done() -> None:
    meeting = live()
    meeting.may("ana", c.RaiseHand())

    assert meeting.ask("ana", c.RaiseHand()) == Done("ana")


def test_only_staff_takes_down_the_hand_of_another() -> None:
    meeting = live()
    meeting.may("ana", c.RaiseHand())

    assert meeting.ask("ben", c.LowerHand("ana")) == Refusal(Why.NOT_PERMITTED)
    assert meeting.ask("sue", c.LowerHand("ana")) == [e.HandLowered(meeting.at("ana").room, meeting.at("ana").person)]  # type: ignore[arg-type]
    assert meeting.ask("ana", c.LowerHand()) == Done()


def test_the_floor_is_given_for_so_many_seconds() -> None:
    meeting = live()
    meeting.may("ana", c.RaiseHand())

    meeting.may("lea", c.GiveFloor("ana", 60), at=1_000)

    floor = meeting.session.floor(meeting.at("ana").room)
    assert floor.turn is not None
    assert (floor.turn.person, floor.turn.since, floor.turn.until) == ("ana", 1_000, 61_000)
    assert floor.hands == ()


def test_the_floor_is_given_only_to_somebody_in_the_room() -> None:
    meeting = in_rooms()

    assert meeting.ask("lea", c.GiveFloor("nobody")) == Refusal(Why.NO_SUCH_PERSON)
    assert meeting.ask("lea", c.GiveFloor("ana")) == Refusal(Why.NOT_IN_ROOM)


def test_a_facilitator_leads_their_own_room_only() -> None:
    meeting = in_rooms()
    home = meeting.at("flo").room
    guest = next(name for name in ("ana", "ben") if meeting.at(name).room == home)
    other = next(name for name in ("ana", "ben") if meeting.at(name).room != home)

    meeting.may("flo", c.GiveFloor(guest))
    meeting.may("flo", c.VisitRoom(meeting.at(other).room))

    assert meeting.ask("flo", c.GiveFloor(other)) == Refusal(Why.NOT_PERMITTED)


def test_a_speaker_ends_their_own_turn_and_nobody_elses() -> None:
    meeting = live()
    meeting.may("lea", c.GiveFloor("ana"))

    assert meeting.ask("ben", c.EndTurn()) == Refusal(Why.NOT_PERMITTED)
    meeting.may("ana", c.EndTurn())
    assert meeting.ask("lea", c.EndTurn()) == Done()


# Help


def test_a_call_is_taken_once_and_settled() -> None:
    meeting = live()
    meeting.may("ana", c.CallHelp("sound"))

    assert meeting.ask("ana", c.CallHelp("sound")) == Done("ana")
    meeting.may("sue", c.TakeHelp("h1"))
    assert meeting.ask("flo", c.TakeHelp("h1")) == Done("sue")
    meeting.may("flo", c.SettleHelp("h1"))
    assert meeting.ask("flo", c.SettleHelp("h1")) == Refusal(Why.NO_SUCH_HELP)
    assert meeting.ask("flo", c.TakeHelp("h1")) == Refusal(Why.NO_SUCH_HELP)


def test_the_language_that_one_has_is_chosen_already() -> None:
    meeting = live()
    meeting.may("ana", c.ChooseLanguage("de"))

    assert meeting.ask("ana", c.ChooseLanguage("de")) == Done("ana")


# Presence


def test_an_arrival_is_told_once_for_each_worker() -> None:
    meeting = arrived("ana")

    assert meeting.ask(HOUSE, c.Arrive("ana", "w")) == Done()
    meeting.may(HOUSE, c.BeginWorker("other", False))
    assert meeting.ask(HOUSE, c.Arrive("ana", "other")) == [e.Arrived(meeting.at("ana").person, "other")]  # type: ignore[arg-type]
    assert meeting.ask(HOUSE, c.Arrive("nobody", "w")) == Refusal(Why.NO_SUCH_PERSON)


def test_a_sleeping_phone_is_here_for_three_minutes_then_quiet_then_gone() -> None:
    meeting = arrived("ana")
    meeting.may(HOUSE, c.Leave("ana", "w"), at=10)

    told = []
    for _ in range(2):
        due, command = next(iter(deadlines(meeting.session)))
        meeting.may(HOUSE, command, at=due)
        told.append((due, meeting.session.attendance.presence(meeting.at("ana").person)))  # type: ignore[arg-type]

    assert told == [(180_010, Presence.QUIET), (1_800_010, Presence.GONE)]
    assert list(deadlines(meeting.session)) == []


def test_whoever_came_back_in_time_does_not_lapse() -> None:
    meeting = arrived("ana")
    meeting.may(HOUSE, c.Leave("ana", "w"), at=10)
    meeting.may(HOUSE, c.Arrive("ana", "w"), at=20)

    assert meeting.ask(HOUSE, c.Lapse("ana", "quiet", 180_010), at=180_010) == Done()
    assert meeting.ask(HOUSE, c.Leave("ana", "elsewhere")) == Done()


def test_a_worker_that_starts_alone_ends_all_earlier_ones() -> None:
    meeting = Meeting()
    meeting.may(HOUSE, c.BeginWorker("w", True))
    meeting.may(HOUSE, c.Arrive("ana", "w"))

    meeting.may(HOUSE, c.BeginWorker("v", True), at=7)

    assert meeting.session.workers == {"v"}
    assert [when for when, _ in deadlines(meeting.session)] == [180_007]
    assert meeting.ask(HOUSE, c.BeginWorker("v", True)) == Done()


def test_whoever_a_lost_worker_held_has_left_unless_another_holds_them_too() -> None:
    meeting = Meeting()
    meeting.may(HOUSE, c.BeginWorker("w", False))
    meeting.may(HOUSE, c.BeginWorker("v", False))
    meeting.may(HOUSE, c.Arrive("ana", "w"))
    meeting.may(HOUSE, c.Arrive("ben", "w"))
    meeting.may(HOUSE, c.Arrive("ben", "v"))

    meeting.may(HOUSE, c.EndWorker("w"), at=7)

    assert meeting.session.workers == {"v"}
    assert [when for when, _ in deadlines(meeting.session)] == [180_007]
    assert meeting.ask(HOUSE, c.EndWorker("w")) == Done()


def test_a_worker_taken_for_lost_begins_anew_with_the_next_whom_it_holds() -> None:
    meeting = Meeting()
    meeting.may(HOUSE, c.BeginWorker("w", False))
    meeting.may(HOUSE, c.EndWorker("w"))

    meeting.may(HOUSE, c.Arrive("ana", "w"))

    assert meeting.session.workers == {"w"}


def test_presence_takes_neither_hand_nor_room_nor_turn() -> None:
    meeting = in_rooms()
    meeting.may("ana", c.RaiseHand())
    home = meeting.at("ana").room

    meeting.may(HOUSE, c.Leave("ana", "w"), at=1)
    meeting.may(HOUSE, c.Lapse("ana", "quiet", 180_001), at=180_001)

    assert meeting.at("ana").room == home
    assert [hand.person for hand in meeting.session.floors[home].hands] == ["ana"]
