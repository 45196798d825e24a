"""Who may be shown which paths, written down from the protocol and nothing else. What is not named is forbidden."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

STAFF = frozenset({"lead", "facilitator", "note-taker", "interpreter", "expert", "support"})
LEAD = frozenset({"lead"})
DESK = frozenset({"lead", "support"})
CITIZEN = frozenset({"citizen"})
TEAM = STAFF - {"expert"}
EVERYBODY = STAFF | {"guest", "citizen", "observer", "evaluator"}
INSIDE = EVERYBODY - {"observer"}

EXACT: dict[str, dict[str, frozenset[str]]] = {
    "session": {
        "session": EVERYBODY,
        "agenda.items": EVERYBODY,
        "agenda.now": EVERYBODY,
        "agenda.drift": EVERYBODY,
        "agenda.last": LEAD,
        "people.present": EVERYBODY,
        "people.expected": STAFF,
        "people.register": LEAD,
        "rooms.move": EVERYBODY,
        "rooms.state": STAFF,
        "rooms.proposal": LEAD,
        "rooms.made": LEAD,
        "rooms.recipe": LEAD,
        "rooms.bonds": LEAD,
        "rooms.teams": LEAD,
        "rooms.repairs": LEAD,
        "rooms.leaving": LEAD,
        "rooms.mended": LEAD,
        "shares": LEAD,
        "ready": DESK,
        "unsettled": LEAD,
        "ended": LEAD,
        "session.chair": STAFF,
        "alarm.lead": LEAD | {"support", "facilitator"},
    },
    "room": {
        "room": INSIDE,
        "room.notice": INSIDE,
        "floor.hands": INSIDE,
        "floor.turn": INSIDE,
        "floor.heard": STAFF,
        "floor.queue": INSIDE,
        "floor.slower": STAFF,
        "floor.shares": TEAM,
        "room.asked": STAFF,
    },
    "mine": {
        "me": EVERYBODY,
        "me.next": EVERYBODY,
        "me.help": EVERYBODY,
        "me.slower": EVERYBODY,
        "me.nudge": EVERYBODY,
        "me.line": EVERYBODY,
        "me.ready": frozenset({"facilitator", "note-taker", "interpreter"}),
        "me.welcome": EVERYBODY,
        "me.check": EVERYBODY,
        "me.back": CITIZEN,
        "me.calls": STAFF,
        "me.regrouped": EVERYBODY,
        "me.conduct": EVERYBODY,
        "me.moving": EVERYBODY,
        "me.moved": EVERYBODY,
        "me.arrival": EVERYBODY,
    },
}
BELOW: dict[str, dict[str, frozenset[str]]] = {
    "session": {
        "people": STAFF,
        "rooms": STAFF,
        "help": STAFF,
        "polls": EVERYBODY,
        "draws": EVERYBODY,
        "shares": LEAD,
        "door": DESK,
        "alarm": LEAD,
        "incident": TEAM,
        "conduct": DESK | {"facilitator", "note-taker"},
        "lead": STAFF,
        "team": STAFF,
        "told": DESK,
        "back": DESK,
        "arrival": DESK,
    },
    "room": {"room.people": INSIDE, "arrival": frozenset({"facilitator", "note-taker"})},
    "mine": {"me.draws": CITIZEN, "me.ballots": INSIDE, "me.electorate": INSIDE, "me.split": INSIDE},
}
"""Paths of one more word, an id."""

OF_A_POLL: dict[str, frozenset[str]] = {
    "turnout": EVERYBODY,
    "result": EVERYBODY,
    "receipts": EVERYBODY,
    "before": DESK,
    "split": INSIDE,
    "waiting": DESK,
    "telephone": DESK | {"facilitator", "note-taker"},
}
"""Paths behind that of a poll."""

OF_A_DRAW: dict[str, frozenset[str]] = {"volunteers": EVERYBODY, "standing": DESK}
"""Paths behind that of a draw."""

FIELDS: dict[str, dict[str, frozenset[str]]] = {
    "people": {"telephone": DESK, "email": DESK, "needs": DESK, "consent": DESK, "attributes": LEAD},
    "polls": {"admitted": LEAD, "only": LEAD, "asked_by": DESK},
    "agenda.items": {"planned": STAFF, "actual": STAFF, "elsewhere": STAFF, "rooms": LEAD, "poll": LEAD},
    "room": {"links": STAFF},
}
"""Fields inside a value that only some may see."""


@dataclass(frozen=True)
class Shown:
    """One path of a patch, who got it, and `beside`: what else they are shown at that moment."""

    role: str
    person: str
    layer: str
    path: str
    value: Any
    beside: Callable[[str], Any]


def leaks(shown: Shown) -> Iterator[str]:
    """Why this may not be shown to this person, if so."""
    layer, path, role, value = shown.layer, shown.path, shown.role, shown.value
    stem, _, rest = path.rpartition(".")
    if layer == "session" and rest in OF_A_POLL and stem.startswith("polls."):
        group, may = f"polls.{rest}", OF_A_POLL[rest]
    elif layer == "session" and rest in OF_A_DRAW and stem.startswith("draws."):
        group, may = f"draws.{rest}", OF_A_DRAW[rest]
    elif path in EXACT[layer]:
        group, may = path, EXACT[layer][path]
    else:
        group, may = stem, BELOW[layer].get(stem, frozenset())
    if role not in may:
        yield f"the path {path} is not for the role {role}"
        return
    for one in value if isinstance(value, list) else [value]:
        for name, roles in FIELDS.get(group, {}).items():
            if isinstance(one, dict) and name in one and role not in roles:
                yield f"the field {name} of {path} is not for the role {role}"
    yield from _of_the_moment(shown, group)


def _of_the_moment(shown: Shown, group: str) -> Iterator[str]:
    """What depends on the state of the thing shown."""
    path, role, value = shown.path, shown.role, shown.value
    if group == "polls" and value["state"] == "drafted" and role not in STAFF:
        yield f"{path} is only drafted"
    if group == "polls.result":
        state = (shown.beside(path.removesuffix(".result")) or {}).get("state")
        if state != "published" and not (state == "closed" and role in DESK):
            yield f"{path} is shown while the poll is {state}"
    if group == "polls.receipts" and (shown.beside(path.removesuffix(".receipts")) or {}).get("state") != "published":
        yield f"{path} is shown before the poll is published"
    if group == "me.ballots" and value is not True:
        poll = shown.beside(f"polls.{path.removeprefix('me.ballots.')}") or {}
        if poll.get("secret"):
            yield f"{path} tells a choice of a secret poll"
    if group == "room.people" and role not in STAFF and (shown.beside("room") or {}).get("kind") != "breakout":
        yield f"{path} is shown in the plenary"
    if group == "me" and value["person"] != shown.person:
        yield f"{path} is that of {value['person']}"
