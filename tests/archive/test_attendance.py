"""Attendance: minutes present per person and item, from the journal alone. Fees are paid on it."""

from __future__ import annotations

from facilitation import events as e
from rooms.people import PersonId
from server.archive.attendance import MINUTE, per_item, per_part
from server.archive.past import history
from tests.archive.given import STARTED, came, closed, item, journal, left, quiet

Told = tuple[float, str, e.Event]


def present(*told: Told, now: float = 100) -> dict[tuple[str, str], float]:
    """Minutes by person and item."""
    found = history("s", journal(*told), round(now * MINUTE))
    return {(person, name): one.here / MINUTE for person, name, one in per_item(found)}


def test_who_is_here_all_the_time_has_all_the_minutes() -> None:
    assert present(came(0, "ana"), STARTED, item(0, "talk"), item(10, "more"), closed(25)) == {
        ("ana", "talk"): 10,
        ("ana", "more"): 15,
    }


def test_who_comes_late_and_leaves_early_has_what_lies_between() -> None:
    minutes = present(STARTED, item(0, "talk"), came(4, "ana"), item(10, "more"), left(12, "ana"), quiet(15, "ana"))

    assert minutes == {("ana", "talk"): 6, ("ana", "more"): 2}


def test_a_line_that_comes_back_in_time_does_not_end_a_stay() -> None:
    minutes = present(STARTED, item(0, "talk"), came(0, "ana"), left(3, "ana"), came(5, "ana"), closed(10))

    assert minutes == {("ana", "talk"): 10}


def test_a_line_that_comes_back_too_late_ended_when_it_went() -> None:
    minutes = present(
        STARTED, item(0, "talk"), came(0, "ana"), left(2, "ana"), quiet(5, "ana"), came(8, "ana"), closed(10)
    )

    assert minutes == {("ana", "talk"): 4}


def test_two_devices_at_two_workers_count_once() -> None:
    minutes = present(
        STARTED,
        item(0, "talk"),
        came(0, "ana", "w1"),
        came(1, "ana", "w2"),
        left(4, "ana", "w1"),
        left(6, "ana", "w2"),
        quiet(9, "ana"),
        closed(10),
    )

    assert minutes == {("ana", "talk"): 6}


def test_a_dead_worker_takes_its_people_with_it_unless_they_come_back() -> None:
    dead: Told = (5, "house", e.WorkerEnded("w"))

    minutes = present(
        (0, "house", e.WorkerStarted("w", True)),
        STARTED,
        item(0, "talk"),
        came(0, "ana"),
        came(0, "ben"),
        dead,
        came(5.1, "ben", "w2"),
        quiet(8, "ana"),
        closed(10),
    )

    assert minutes == {("ana", "talk"): 5, ("ben", "talk"): 10}


def test_who_has_no_connection_at_the_end_was_there_until_it_went() -> None:
    assert present(STARTED, item(0, "talk"), came(0, "ana"), left(9, "ana"), closed(10)) == {("ana", "talk"): 9}


def test_before_the_end_minutes_count_until_now() -> None:
    assert present(STARTED, item(0, "talk"), came(0, "ana"), now=7) == {("ana", "talk"): 7}


def test_a_connection_left_open_over_night_does_not_attend() -> None:
    told = [STARTED, item(0, "talk"), came(0, "ana"), item(10, "more"), item(1440, "next-day"), closed(1450)]

    found = history("s", journal(*told), 0)

    assert present(*told) == {("ana", "talk"): 10, ("ana", "more"): 10, ("ana", "next-day"): 10}
    assert {(who, part): one.here / MINUTE for who, part, one in per_part(found)} == {("ana", 1): 20, ("ana", 2): 10}


def test_an_extended_evening_counts_until_its_extended_end() -> None:
    longer: Told = (19, "lea", e.ItemExtended(300))

    minutes = present(STARTED, came(0, "ana"), item(0, "talk"), item(10, "more"), longer, item(1440, "next-day"))

    assert minutes["ana", "more"] == 15


def test_an_item_that_was_on_the_table_twice_counts_both_times() -> None:
    minutes = present(came(0, "ana"), STARTED, item(0, "talk"), item(5, "more"), item(6, "talk"), closed(10))

    assert minutes == {("ana", "talk"): 9, ("ana", "more"): 1}


def test_what_comes_after_the_end_does_not_count() -> None:
    assert present(STARTED, item(0, "talk"), closed(5), came(6, "ana")) == {}


def test_after_a_reopening_the_second_end_counts() -> None:
    again: Told = (6, "lea", e.SessionReopened())

    minutes = present(STARTED, item(0, "talk"), came(0, "ana"), closed(5), again, closed(9))

    assert minutes == {("ana", "talk"): 8}


def test_telephone_counts_like_a_connection_and_is_told_apart() -> None:
    rang = (2, "sue", e.CameByTelephone(PersonId("ana")))

    told = journal(STARTED, item(0, "talk"), came(0, "ana"), left(2, "ana"), rang)

    ((_, _, found),) = per_item(history("s", told, 10 * MINUTE))
    assert (found.here, found.telephone) == (10 * MINUTE, 8 * MINUTE)


def test_who_hangs_up_is_here_no_longer() -> None:
    rang, hung_up = ((at, "sue", event(PersonId("ana"))) for at, event in ((1, e.CameByTelephone), (6, e.HungUp)))

    assert present(STARTED, item(0, "talk"), rang, hung_up, closed(10)) == {("ana", "talk"): 5}
