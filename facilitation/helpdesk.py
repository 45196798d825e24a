"""The help desk: for whom each kind of call is, and when several calls together are an alarm.

Rules:
- Technical calls are for support; interpretation and language for support, who coordinates the interpreters, and the
  lead; behaviour for the lead and the room's facilitator; the subject and the task for the room's facilitator and
  note-taker, and the lead. Whatever nobody foresaw is for support and the lead.
- A facilitator or note-taker is meant only in the room where they are, and never in the plenary, which leads run.
- Where no support is here, the lead gets their calls.
- Anybody of the staff may take any call: this only says who is asked first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from facilitation.session import Help, Session
from rooms.people import Person, PersonId, Role, RoomId
from rooms.seating import PLENARY

INTERPRETATION = "interpretation"
_TECHNICAL = (Role.SUPPORT,)
_COORDINATED = (Role.SUPPORT, Role.LEAD)
_OF_THE_ROOM = (Role.FACILITATOR, Role.NOTE_TAKER, Role.LEAD)
ROUTES: dict[str, tuple[Role, ...]] = {
    "sound": _TECHNICAL,
    "connection": _TECHNICAL,
    "technical": _TECHNICAL,
    INTERPRETATION: _COORDINATED,
    "language": _COORDINATED,
    "behaviour": (Role.FACILITATOR, Role.LEAD),
    "content": _OF_THE_ROOM,
    "task": _OF_THE_ROOM,
}
EVERYWHERE = frozenset({Role.LEAD, Role.SUPPORT})
"""Roles that are meant wherever they are."""
IN_A_ROOM, IN_THE_PLENARY = 2, 3
"""So many people who cannot hear the interpretation are an alarm: of one language in a room, of any in the plenary."""


def roles_for(kind: str) -> tuple[Role, ...]:
    """Who is asked first, in this order."""
    return ROUTES.get(kind, (Role.SUPPORT, Role.LEAD))


Sorted = dict[tuple[Role, RoomId | None], list[Help]]
"""Calls by the role that is asked first, and by room for the roles that are meant only in theirs."""


def sort_calls(calls: Iterable[Help]) -> Sorted:
    found: Sorted = defaultdict(list)
    for call in calls:
        for role in roles_for(call.kind):
            anywhere = role in EVERYWHERE
            if anywhere or call.room != PLENARY:
                found[role, None if anywhere else call.room].append(call)
    return dict(found)


def calls_for(calls: Sorted, person: Person, room: RoomId, *, support_is_here: bool) -> list[Help]:
    """The calls by which that member of staff is meant, in that room."""
    mine = calls.get((person.role, None if person.role in EVERYWHERE else room), [])
    if person.role is Role.LEAD and not support_is_here:
        mine = [*mine, *(call for call in calls.get((Role.SUPPORT, None), []) if call not in mine)]
    return [call for call in mine if call.person != person.id]


def unheard(session: Session) -> Iterator[tuple[RoomId, str | None, tuple[Help, ...]]]:
    """Where the interpretation is not heard by so many that it is an alarm: the room, the language, the calls."""
    calls = [call for call in session.helps.values() if _cannot_hear(session, call)]
    in_plenary = tuple(call for call in calls if call.room == PLENARY)
    if len(in_plenary) >= IN_THE_PLENARY:
        yield PLENARY, None, in_plenary
    counts = Counter((call.room, _language(session, call.person)) for call in calls if call.room != PLENARY)
    for (room, language), count in counts.items():
        if count >= IN_A_ROOM:
            yield room, language, tuple(call for call in calls if call.room == room)


def _cannot_hear(session: Session, call: Help) -> bool:
    """Still, and still there."""
    return call.kind == INTERPRETATION and session.where(call.person) == call.room


def _language(session: Session, person: PersonId) -> str:
    who = session.people[person]
    return next(iter(who.speaks), None) or who.language or ""
