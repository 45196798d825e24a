"""Presence: here, quiet, gone; devices and workers count once."""

from __future__ import annotations

from rooms import presence
from rooms.people import PersonId
from rooms.presence import Attendance, Presence

ANA = PersonId("ana")


def test_somebody_is_here_until_the_last_worker_lost_them_and_a_while_longer() -> None:
    both = presence.arrived(presence.arrived(Attendance(), ANA, "w1", 1), ANA, "w2", 2)

    one = presence.left(both, ANA, "w1", 3)
    none = presence.left(one, ANA, "w2", 4)

    assert list(presence.lapses(one, 100, 1000)) == []
    assert none.is_here(ANA)
    assert list(presence.lapses(none, 100, 1000)) == [(104, ANA, Presence.QUIET)]


def test_who_stays_away_goes_quiet_then_gone_and_keeps_their_check_in() -> None:
    left = presence.left(presence.arrived(Attendance(), ANA, "w", 1), ANA, "w", 4)

    quiet = presence.became(left, ANA, Presence.QUIET)
    gone = presence.became(quiet, ANA, Presence.GONE)

    assert list(presence.lapses(quiet, 100, 1000)) == [(1004, ANA, Presence.GONE)]
    assert list(presence.lapses(gone, 100, 1000)) == []
    assert dict(gone.checked_in) == {ANA: 1}


def test_a_worker_that_ended_holds_nobody() -> None:
    attendance = presence.arrived(Attendance(), ANA, "w", 1)

    ended = presence.worker_ended(attendance, "w", 9)

    assert ended.people[ANA].workers == frozenset()
    assert ended.people[ANA].left_at == 9


def test_a_new_part_counts_only_who_is_here() -> None:
    ben = PersonId("ben")
    attendance = presence.arrived(presence.arrived(Attendance(), ANA, "w", 1), ben, "w", 1)
    attendance = presence.became(presence.left(attendance, ben, "w", 2), ben, Presence.QUIET)

    attendance = presence.part_began(attendance, 10)

    assert dict(attendance.checked_in) == {ANA: 10}


def test_leaving_a_worker_that_does_not_hold_them_changes_nothing() -> None:
    attendance = presence.arrived(Attendance(), ANA, "w", 1)

    assert presence.left(attendance, ANA, "other", 2) is attendance


def test_a_weak_line_is_forgotten_with_the_last_connection_only() -> None:
    both = presence.arrived(presence.arrived(Attendance(), ANA, "w1", 1), ANA, "w2", 2)
    weak = presence.line_became(both, ANA, 3, weak=True)

    one = presence.left(weak, ANA, "w1", 4)
    none = presence.left(one, ANA, "w2", 5)

    assert (dict(weak.weak), dict(one.weak), dict(none.weak)) == ({ANA: 3}, {ANA: 3}, {})
    assert dict(presence.worker_ended(one, "w2", 6).weak) == {}
