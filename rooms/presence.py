"""Presence: who is here, who has gone quiet, who has checked in to this part of the session.

Rules:
- A person is *here* while at least one worker holds a connection of theirs, and for a while after (a phone sleeps).
- Without a connection for `quiet_after` they are *quiet*, for `gone_after` they are *gone*. Both are told as events,
  since nothing below the server knows the time.
- Who is here while a part runs has *checked in* to it, and stays so whatever their line does.
- Several devices, and several workers, count once.
- A *weak* line is what a person's own page last said of it; it is forgotten with their last connection.
- Who is *by telephone* is here until somebody says that they hung up, whatever connections come and go.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import msgspec
from rpds import HashTrieMap

from rooms.people import PersonId
from rooms.trail import Trail


class Presence(StrEnum):
    """Whether somebody can be counted on at this moment."""

    HERE = "here"
    QUIET = "quiet"
    GONE = "gone"


class Whereabouts(msgspec.Struct, frozen=True):
    """One person's connections: the workers that hold any, and when the last one went (ms)."""

    presence: Presence
    workers: frozenset[str] = frozenset()
    left_at: int | None = None


class Attendance(msgspec.Struct, frozen=True):
    """Everybody's whereabouts, and since when (ms) each has been checked in to the current part.

    `telephone` are those who are here by telephone, and since when (ms); `weak` those with a weak line.
    `lapsing` are those without a connection who still count for more than gone, and since when (ms).
    """

    people: HashTrieMap[PersonId, Whereabouts] = HashTrieMap()
    checked_in: HashTrieMap[PersonId, int] = HashTrieMap()
    lapsing: HashTrieMap[PersonId, int] = HashTrieMap()
    telephone: HashTrieMap[PersonId, int] = HashTrieMap()
    weak: HashTrieMap[PersonId, int] = HashTrieMap()
    trail: Trail[PersonId] = msgspec.field(default_factory=Trail)

    def presence(self, person: PersonId) -> Presence:
        at = self.people.get(person)
        return Presence.GONE if at is None else at.presence

    def is_here(self, person: PersonId) -> bool:
        return self.presence(person) is Presence.HERE


def arrived(attendance: Attendance, person: PersonId, worker: str, at: int) -> Attendance:
    before = attendance.people.get(person)
    workers = (before.workers if before else frozenset()) | {worker}
    return _with(attendance, person, Whereabouts(Presence.HERE, workers), checked_in_at=at)


def left(attendance: Attendance, person: PersonId, worker: str, at: int) -> Attendance:
    before = attendance.people.get(person)
    if before is None or worker not in before.workers:
        return attendance
    workers = before.workers - {worker}
    left_at = None if workers else at
    return _with(attendance, person, Whereabouts(before.presence, workers, left_at))


def worker_ended(attendance: Attendance, worker: str, at: int) -> Attendance:
    """Everybody whom that worker held has left it."""
    held = [person for person, here in attendance.people.items() if worker in here.workers]
    for person in held:
        attendance = left(attendance, person, worker, at)
    return attendance


def telephoned(attendance: Attendance, person: PersonId, at: int) -> Attendance:
    """They are here by telephone from now on, beside whatever connections they have."""
    telephone = attendance.telephone.insert(person, at)
    workers = attendance.people.get(person, Whereabouts(Presence.GONE)).workers
    attendance = msgspec.structs.replace(attendance, telephone=telephone)
    return _with(attendance, person, Whereabouts(Presence.HERE, workers), checked_in_at=at)


def hung_up(attendance: Attendance, person: PersonId, at: int) -> Attendance:
    """No longer by telephone: gone at once, unless they have a connection."""
    before = attendance.people.get(person, Whereabouts(Presence.GONE))
    attendance = msgspec.structs.replace(attendance, telephone=attendance.telephone.discard(person))
    presence, left_at = (before.presence, None) if before.workers else (Presence.GONE, at)
    return _with(attendance, person, Whereabouts(presence, before.workers, left_at))


def checked_out(attendance: Attendance, person: PersonId, at: int) -> Attendance:
    """They have left for today: not on the telephone any more, and to be checked in again if they come back."""
    if person in attendance.telephone:
        attendance = hung_up(attendance, person, at)
    checked_in = attendance.checked_in.discard(person)
    return msgspec.structs.replace(attendance, checked_in=checked_in, trail=attendance.trail.went_on(person))


def became(attendance: Attendance, person: PersonId, presence: Presence) -> Attendance:
    before = attendance.people.get(person, Whereabouts(Presence.GONE))
    return _with(attendance, person, Whereabouts(presence, before.workers, before.left_at))


def line_became(attendance: Attendance, person: PersonId, at: int, *, weak: bool) -> Attendance:
    """That person's line is weak since then, or good again."""
    lines = attendance.weak.insert(person, at) if weak else attendance.weak.discard(person)
    return msgspec.structs.replace(attendance, weak=lines, trail=attendance.trail.went_on(person))


def removed(attendance: Attendance, person: PersonId) -> Attendance:
    """Somebody who is gone at once, whatever connection or telephone is still held."""
    attendance = msgspec.structs.replace(attendance, telephone=attendance.telephone.discard(person))
    return became(attendance, person, Presence.GONE)


def back(attendance: Attendance, person: PersonId) -> Attendance:
    """Somebody who had been counted as gone counts again, if a connection of theirs is still held."""
    before = attendance.people.get(person)
    if before is None or not before.workers:
        return attendance
    return _with(attendance, person, Whereabouts(Presence.HERE, before.workers))


def part_began(attendance: Attendance, at: int) -> Attendance:
    """A new part: only those who are here now have checked in to it."""
    here = {person: at for person, where in attendance.people.items() if where.presence is Presence.HERE}
    return with_checked_in(attendance, HashTrieMap(here))


def with_checked_in(attendance: Attendance, checked_in: HashTrieMap[PersonId, int]) -> Attendance:
    return msgspec.structs.replace(attendance, checked_in=checked_in, trail=Trail())


def changed(before: Attendance, now: Attendance) -> Iterator[PersonId]:
    """Whose presence, check-in or line may differ between these two; found without looking at all where it can be."""
    touched = now.trail.since(before.trail)
    if touched is not None:
        yield from touched
        return
    for was, now_is in ((before.people, now.people), (before.checked_in, now.checked_in), (before.weak, now.weak)):
        yield from (person for person in now_is if was.get(person) is not now_is[person])
        yield from (person for person in was if person not in now_is)


def lapses(attendance: Attendance, quiet_after: int, gone_after: int) -> Iterator[tuple[int, PersonId, Presence]]:
    """When (ms) each person without a connection will count as what, if they do not come back."""
    for person, left_at in attendance.lapsing.items():
        if attendance.presence(person) is Presence.HERE:
            yield left_at + quiet_after, person, Presence.QUIET
        else:
            yield left_at + gone_after, person, Presence.GONE


def _with(attendance: Attendance, person: PersonId, where: Whereabouts, checked_in_at: int | None = None) -> Attendance:
    checked_in, lapsing = attendance.checked_in, attendance.lapsing
    if checked_in_at is not None and person not in checked_in:
        checked_in = checked_in.insert(person, checked_in_at)
    settled = where.workers or where.presence is Presence.GONE or person in attendance.telephone
    lapsing = lapsing.discard(person)
    if where.left_at is not None and not settled:
        lapsing = lapsing.insert(person, where.left_at)
    people = attendance.people.insert(person, where)
    trail = attendance.trail.went_on(person)
    attendance = msgspec.structs.replace(attendance, people=people, checked_in=checked_in, lapsing=lapsing, trail=trail)
    known_weak = not where.workers and person in attendance.weak
    return line_became(attendance, person, 0, weak=False) if known_weak else attendance
