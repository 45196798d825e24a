"""Alarms of open rooms: too few people, one side left only, nobody who leads; and the cheapest way to mend each.

Rules:
- Too few: fewer citizens here than the programme's `minimum` for the item; without one, fewer than three or under half
  of the seats (where all rooms are for two, fewer than two). A room in which nobody was given a seat wants nobody.
- One side left: the session has sides, the room's seats are of more than one, and who is here is of one.
- Nobody leads: the session has facilitators, the room has one or others have; and neither a facilitator nor a lead is
  in it.
- Who sleeps for under three minutes is still here. No clock is needed: an alarm is there while it is so. `since` is
  when the last of those who are missing left.
- The cheapest repair first: somebody who is here without a room; then somebody from the fullest room that can spare
  them; then joining another room. Whoever is moved shares a language with the room; for a lost side, is of that side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from facilitation.repairs import UNLED, excuse, ref_of
from facilitation.session import Session
from facilitation.tables import Hall, Table, is_in, wants_leads
from facilitation.views.viewpoint import Once
from rooms.people import Person, Role, RoomId
from rooms.seating import Stage

LOOKED_AT = 20
"""So many of the fullest rooms are looked at for somebody whom they can spare."""


class Repair(msgspec.Struct, frozen=True):
    """One tap that may end an alarm: the ask with its body, and what its words speak of."""

    kind: str
    ask: str
    body: dict[str, Any]
    about: dict[str, str | int] = {}


class Alarm(msgspec.Struct, frozen=True):
    """Why a room needs somebody to decide; `since` in ms, where it is known."""

    ref: str
    kind: str
    room: RoomId
    since: int | None
    about: dict[str, str | int]
    repairs: tuple[Repair, ...]


def _alarms(session: Session) -> dict[str, Alarm]:
    if session.seating.stage is not Stage.OPEN:
        return {}
    hall = Hall(session)
    found = (alarm for table in hall.tables for alarm in _of(hall, table))
    return {alarm.ref: alarm for alarm in found}


alarms: Once[Session, dict[str, Alarm]] = Once(
    lambda session: (
        session.seating,
        session.attendance.people,
        session.attendance.telephone,
        session.people,
        session.agenda.now,
        session.excused,
        session.conduct,
        session.roles,
    ),
    _alarms,
)
"""All alarms of the open rooms, by reference."""


def _of(hall: Hall, table: Table) -> Iterator[Alarm]:
    """At most one about the people of a room; who leads an empty room does not matter."""
    if not table.seated:
        return
    kind, side = _people_kind(table)
    if kind is not None and not _is_excused(hall, table, kind):
        yield _alarm(hall, table, kind, _people_repairs(hall, table, kind, side), side)
    if table.here and wants_leads(hall.session) and not table.led and not _is_excused(hall, table, UNLED):
        yield _alarm(hall, table, UNLED, _lead_repairs(hall, table), "")


def _is_excused(hall: Hall, table: Table, kind: str) -> bool:
    return excuse(table.room.id, kind) in hall.session.excused


def _people_kind(table: Table) -> tuple[str | None, str]:
    """What is wrong with who is here, and the side that is lost."""
    if not table.here:
        return "room-empty", ""
    lost = table.lost[0] if table.lost else ""
    if len(table.here) < table.fewest:
        return "room-few", lost
    return ("room-side", lost) if lost else (None, "")


def _alarm(hall: Hall, table: Table, kind: str, repairs: Iterable[Repair], side: str) -> Alarm:
    room = table.room
    about: dict[str, str | int] = {"name": room.name, "here": len(table.here), "seats": len(table.seated)}
    if side:
        about["side"] = side
    return Alarm(ref_of(kind, room.id), kind, room.id, _since(hall.session, table, kind), about, tuple(repairs))


def _since(session: Session, table: Table, kind: str) -> int | None:
    meant = table.room.staff if kind == UNLED else tuple(person.id for person in table.seated)
    where = (session.attendance.people.get(each) for each in meant if not session.attendance.is_here(each))
    return max((each.left_at for each in where if each is not None and each.left_at is not None), default=None)


def _people_repairs(hall: Hall, table: Table, kind: str, side: str) -> Iterator[Repair]:
    because = ref_of(kind, table.room.id)
    if kind != "room-empty":
        mover = _unplaced(hall, table, side) or _spare(hall, table, side)
        if mover is not None:
            body = {"person": mover.id, "room": table.room.id, "because": because}
            yield Repair("room-place", "rooms.place", body, {"person": mover.id, "from": hall.session.where(mover.id)})
    other = _joinable(hall, table)
    if other is not None:
        body = {"room": table.room.id, "to": other.room.id, "because": because}
        yield Repair("room-join", "rooms.join", body, {"to": other.room.id, "name": other.room.name})
    yield from _last_resorts(table, because, visit=kind != "room-empty")


def _lead_repairs(hall: Hall, table: Table) -> Iterator[Repair]:
    because = ref_of(UNLED, table.room.id)
    fitting = [person for person in hall.free if table.fits(person)] or hall.free
    if fitting:
        person = max(fitting, key=lambda each: len({*each.speaks} & table.languages))
        body = {"person": person.id, "room": table.room.id}
        taken = table.room.id in hall.session.roles.leaders
        ask = ("rooms.lead", body) if taken else ("rooms.place", {**body, "because": because})
        yield Repair("room-lead", *ask, {"person": person.id})
    taker = next((each for each in table.room.staff if is_in(hall.session, each, table.room.id, Role.NOTE_TAKER)), None)
    if taker is not None:
        yield Repair("room-take-over", "rooms.lead", {"person": taker, "room": table.room.id}, {"person": taker})
    yield from _last_resorts(table, because, visit=True)


def _last_resorts(table: Table, because: str, *, visit: bool) -> Iterator[Repair]:
    if visit:
        yield Repair("room-visit", "rooms.visit", {"room": table.room.id, "because": because})
    yield Repair("room-excuse", "rooms.excuse", {"because": because})


def _unplaced(hall: Hall, table: Table, side: str) -> Person | None:
    fitting = [person for person in hall.unplaced if table.fits(person)]
    return _of_side(fitting, side, must=len(table.here) >= table.fewest)


def _spare(hall: Hall, table: Table, side: str) -> Person | None:
    """Somebody from the fullest room that stays well without them."""
    must = len(table.here) >= table.fewest
    for donor in hall.fullest[:LOOKED_AT]:
        if donor.room.id == table.room.id or len(donor.here) - 1 < max(donor.fewest, len(table.here) + 1):
            continue
        sides = donor.sides_here
        spare = [person for person in donor.here if table.fits(person) and sides[person.side or ""] > 1]
        found = _of_side(spare, side, must=must)
        if found is not None:
            return found
    return None


def _of_side(people: list[Person], side: str, *, must: bool) -> Person | None:
    """The first of that side; of any, where it need not be that one."""
    mine = next((person for person in people if (person.side or "") == side), None) if side else None
    return mine if mine is not None or must else next(iter(people), None)


def _joinable(hall: Hall, table: Table) -> Table | None:
    """The smallest room whose people share most languages with these."""
    wanted = table.languages
    others = (each for tables in hall.smallest.values() for each in tables if each.room.id != table.room.id)
    fitting = [each for each in others if not wanted or not each.languages or wanted & each.languages]
    return min(fitting, key=lambda each: (-len(wanted & each.languages), len(each.here)), default=None)
