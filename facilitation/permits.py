"""Permits: which role may ask what. One table; documentation and tests are made from it."""

from __future__ import annotations

from functools import cache

from facilitation.commands import ASKS
from rooms.people import ROOM_STAFF, Role

LEAD = frozenset({Role.LEAD})
LEADERS = frozenset({Role.LEAD, Role.FACILITATOR})
DESK = frozenset({Role.LEAD, Role.SUPPORT})
STAFF = frozenset(role for role in Role if role.is_staff)
TEAM = STAFF - {Role.EXPERT}
CITIZEN = frozenset({Role.CITIZEN})
SPEAKERS = frozenset({Role.CITIZEN, Role.EXPERT, Role.GUEST})
HOLDERS = LEADERS | DESK
ANYBODY = frozenset(Role) - {Role.OBSERVER}

PERMITS: dict[str, frozenset[Role]] = {
    "session.start": LEAD,
    "session.pause": LEAD,
    "session.resume": LEAD,
    "session.close": LEAD,
    "session.reopen": LEAD,
    "agenda.next": LEAD,
    "agenda.go": LEAD,
    "agenda.back": LEAD,
    "agenda.undo": LEAD,
    "agenda.extend": LEAD,
    "agenda.hold": LEAD,
    "rooms.compose": LEAD,
    "rooms.accept": LEAD,
    "rooms.open": LEAD,
    "rooms.place": DESK,
    "rooms.extend": LEAD,
    "rooms.recall": LEAD,
    "rooms.tell": LEAD,
    "rooms.visit": STAFF,
    "rooms.link": DESK,
    "rooms.join": LEAD,
    "rooms.excuse": LEAD,
    "rooms.bond": LEAD,
    "rooms.team": LEAD,
    "rooms.repair": LEAD,
    "rooms.mend": LEAD,
    "rooms.stay": LEAD,
    "rooms.admit": HOLDERS | {Role.NOTE_TAKER},
    "help.call": ANYBODY,
    "help.take": STAFF,
    "help.settle": STAFF,
    "hand.raise": CITIZEN | DESK | LEADERS,
    "hand.lower": CITIZEN | STAFF,
    "floor.give": LEADERS,
    "floor.end": LEADERS | SPEAKERS,
    "floor.next": LEADERS,
    "floor.extend": LEADERS,
    "floor.queue": LEADERS,
    "floor.slower": ANYBODY,
    "floor.nudge": LEADERS,
    "nudge.seen": CITIZEN | {Role.GUEST},
    "poll.add": LEAD,
    "poll.admit": LEAD,
    "poll.open": LEAD,
    "poll.extend": LEAD,
    "poll.close": LEAD,
    "poll.publish": LEAD,
    "poll.again": LEAD,
    "poll.lot": LEAD,
    "poll.second": DESK,
    "poll.top": LEAD,
    "poll.split": CITIZEN,
    "poll.void": LEAD,
    "ballot.cast": ANYBODY,
    "ballot.dictate": DESK,
    "ballot.confirm": HOLDERS | {Role.NOTE_TAKER},
    "ballot.withdraw": HOLDERS | {Role.NOTE_TAKER},
    "me.language": ANYBODY,
    "me.line": ANYBODY,
    "check.say": ANYBODY,
    "me.consent": ANYBODY,
    "people.telephone": DESK,
    "people.out": DESK,
    "people.belongs": DESK,
    "interpreters.lost": TEAM,
    "interpreters.found": TEAM,
    "interpreters.send": LEAD,
    "interpreters.join": LEAD,
    "interpreters.caucus": LEAD,
    "interpreters.write": LEAD,
    "interpreters.sum": LEADERS | {Role.NOTE_TAKER},
    "interpreters.heard": LEAD,
    "people.pause": HOLDERS,
    "people.lobby": HOLDERS,
    "people.return": HOLDERS,
    "people.exclude": LEAD,
    "people.exclude.confirm": DESK,
    "people.include": LEAD,
    "people.remove": LEAD,
    "people.restore": LEAD,
    "roles.give": LEAD,
    "roles.take": HOLDERS,
    "rooms.lead": LEADERS | {Role.NOTE_TAKER},
    "team.say": STAFF,
    "rooms.answer": STAFF,
    "ready.say": frozenset(ROOM_STAFF),
    "break.back": CITIZEN,
    "draw.open": LEAD,
    "draw.volunteer": CITIZEN | DESK,
    "draw.close": LEAD,
    "draw.number": LEAD,
    "draw.decline": CITIZEN | DESK,
    "draw.void": LEAD,
}
"""Within a permit, `decide` still looks: a facilitator acts in their own room, a citizen for themselves."""

assert PERMITS.keys() == ASKS.keys()  # noqa: S101 - a table with a hole must not even be imported


def may_ask(role: Role, name: str) -> bool:
    return role in PERMITS[name]


@cache
def allowed(role: Role) -> list[str]:
    """The names of all that this role may ask, in the order of the table; the same list for all."""
    return [name for name, roles in PERMITS.items() if role in roles]
