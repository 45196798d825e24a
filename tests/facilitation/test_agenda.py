"""The agenda: planned, forecast, drift; pausing, extending, undoing; what goes on by itself. Times in ms."""

from __future__ import annotations

from facilitation import agenda as agendas
from facilitation import commands as c
from facilitation.asked import Done
from facilitation.deadlines import deadlines
from facilitation.refusals import Refusal, Why
from facilitation.session import HOUSE, State
from tests.facilitation.given import Meeting, arrived, in_rooms, live

MINUTE = 60_000


def spans(meeting: Meeting) -> dict[str, tuple[int, int]]:
    session = meeting.session
    return {item.id: span for item, span in agendas.forecast(session.agenda, session.programme, session.plan)}


def drift(meeting: Meeting) -> int:
    session = meeting.session
    return agendas.drift(session.agenda, session.programme, session.plan)


def test_the_plan_adds_up_and_a_part_begins_when_it_says() -> None:
    plan = Meeting().session.plan

    assert plan == ((0, 60_000), (60_000, 180_000), (180_000, 240_000), (240_000, 300_000), (1_000_000, 1_060_000))


def test_a_late_start_moves_all_but_the_next_part() -> None:
    meeting = arrived()

    meeting.may("lea", c.StartSession(), at=MINUTE)

    assert drift(meeting) == 60
    assert spans(meeting)["vote"] == (300_000, 360_000)
    assert spans(meeting)["again"] == (1_000_000, 1_060_000)


def test_an_extended_item_costs_the_day_what_it_says() -> None:
    meeting = live()

    meeting.may("lea", c.ExtendItem(90), at=5)

    assert drift(meeting) == 90
    assert spans(meeting)["talk"] == (150_000, 270_000)


def test_an_item_never_ends_before_it_began() -> None:
    meeting = live()

    meeting.may("lea", c.ExtendItem(-3_600))

    assert meeting.session.agenda.ends == 0


def test_a_pause_stops_the_clock() -> None:
    meeting = live()

    meeting.may("lea", c.PauseSession(), at=10_000)
    meeting.may("lea", c.ResumeSession(), at=25_000)

    assert meeting.session.agenda.ends == 75_000
    assert meeting.session.agenda.paused is None


def test_the_parts_before_and_after_are_told_apart() -> None:
    programme = Meeting().session.programme

    parts = [agendas.part_of(programme, item.id) for item in programme.items]

    assert parts == [0, 0, 0, 0, 1]


def test_a_by_time_item_goes_on_when_its_time_is_over() -> None:
    meeting = live()
    meeting.may("lea", c.GoToItem("quick"), at=10)
    due, command = next(iter(deadlines(meeting.session)))

    meeting.may(HOUSE, command, at=due)

    assert due == 10 + MINUTE
    assert meeting.session.agenda.now == "vote"


def test_an_item_that_is_held_does_not() -> None:
    meeting = live()
    meeting.may("lea", c.GoToItem("quick"))
    due, command = next(iter(deadlines(meeting.session)))

    meeting.may("lea", c.HoldItem())

    assert list(deadlines(meeting.session)) == []
    assert meeting.ask(HOUSE, command, at=due) == Done()


def test_an_extended_item_ends_later() -> None:
    meeting = live()
    meeting.may("lea", c.GoToItem("quick"))
    due, command = next(iter(deadlines(meeting.session)))

    meeting.may("lea", c.ExtendItem(30))

    assert meeting.ask(HOUSE, command, at=due) == Done()
    assert [when for when, _ in deadlines(meeting.session)] == [due + 30_000]


def test_two_leads_who_extend_at_once_extend_once() -> None:
    meeting = live()
    seen = str(meeting.session.agenda.ends)

    meeting.may("lea", c.ExtendItem(300, seen))

    assert meeting.ask("leo", c.ExtendItem(300, seen)) == Done("lea")


def test_two_leads_who_go_back_at_once_go_back_once() -> None:
    meeting = live()
    meeting.may("lea", c.GoToItem("quick"))

    meeting.may("lea", c.BackItem("quick"))

    assert meeting.ask("leo", c.BackItem("quick")) == Done("lea")


def test_an_item_that_went_on_by_itself_is_held_when_that_is_undone() -> None:
    meeting = live()
    meeting.may("lea", c.GoToItem("quick"))
    due, command = next(iter(deadlines(meeting.session)))
    meeting.may(HOUSE, command, at=due)

    meeting.may("lea", c.UndoAgenda(), at=due + 10)

    assert (meeting.session.agenda.now, meeting.session.agenda.held) == ("quick", True)
    assert list(deadlines(meeting.session)) == []


def test_an_undo_brings_back_the_item_and_its_clock() -> None:
    meeting = live()
    before = meeting.session.agenda
    meeting.may("lea", c.NextItem(), at=30_000)

    meeting.may("leo", c.UndoAgenda(), at=90_000)

    assert meeting.session.agenda.now == before.now
    assert meeting.session.agenda.started == before.started


def test_an_undo_after_a_minute_is_too_late() -> None:
    meeting = live()
    meeting.may("lea", c.NextItem(), at=0)

    assert meeting.ask("lea", c.UndoAgenda(), at=60_001) == Refusal(Why.TOO_LATE)


def test_there_is_nothing_to_undo_twice() -> None:
    meeting = live()
    meeting.may("lea", c.NextItem())
    meeting.may("lea", c.UndoAgenda())

    assert meeting.ask("lea", c.UndoAgenda()) == Refusal(Why.TOO_LATE)


def test_an_undo_keeps_the_hands_that_were_raised_meanwhile() -> None:
    meeting = live()
    meeting.may("lea", c.ExtendItem(60), at=1)
    meeting.may("ana", c.RaiseHand(), at=2)

    meeting.may("lea", c.UndoAgenda(), at=3)

    assert [hand.person for hand in meeting.session.floor(meeting.session.where("ana")).hands] == ["ana"]  # type: ignore[arg-type]


def test_an_undo_opens_the_rooms_that_the_next_item_closed() -> None:
    meeting = in_rooms()
    rooms = [meeting.at(name).room for name in ("ana", "ben")]
    meeting.may("ana", c.RaiseHand())
    meeting.may("lea", c.NextItem())
    meeting.may("ben", c.RaiseHand())

    meeting.may("lea", c.UndoAgenda())

    assert [meeting.at(name).room for name in ("ana", "ben")] == rooms == ["r1", "r2"]
    assert [hand.person for hand in meeting.session.floors[meeting.at("ana").room].hands] == ["ana"]


def test_an_undo_does_not_open_rooms_that_were_called_back() -> None:
    meeting = in_rooms()
    meeting.may("lea", c.ExtendItem(60))
    meeting.may("lea", c.RecallRooms())

    assert meeting.ask("lea", c.UndoAgenda()) == Refusal(Why.TOO_LATE)


def test_an_undo_leaves_the_session_paused_or_live_as_it_is() -> None:
    paused, resumed = live(), live()
    paused.may("lea", c.NextItem(), at=1)
    paused.may("lea", c.PauseSession(), at=2)
    resumed.may("lea", c.PauseSession(), at=1)
    resumed.may("lea", c.NextItem(), at=2)
    resumed.may("lea", c.ResumeSession(), at=3)

    paused.may("lea", c.UndoAgenda(), at=4)
    resumed.may("lea", c.UndoAgenda(), at=4)

    assert (paused.session.state, paused.session.agenda.paused) == (State.PAUSED, 2)
    assert (resumed.session.state, resumed.session.agenda.paused) == (State.LIVE, None)
    assert resumed.session.agenda.ends == MINUTE + 3


def test_after_the_close_the_times_are_the_actual_ones() -> None:
    meeting = live()
    meeting.may("lea", c.NextItem(), at=10)

    meeting.may("lea", c.CloseSession(), at=30)

    assert spans(meeting)["door"] == (0, 10)
    assert spans(meeting)["talk"] == (10, 30)
