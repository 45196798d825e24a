"""Permits: every role against every ask, exactly as the table says."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from facilitation import commands as c
from facilitation.asked import Asked
from facilitation.decide import decide
from facilitation.permits import PERMITS, allowed, may_ask
from facilitation.polls import Sums
from facilitation.refusals import Refusal, Why
from rooms.lot.page import Page
from rooms.people import Role
from tests.facilitation.given import live

ONE = {
    "lead": "lea", "facilitator": "flo", "support": "sue", "note-taker": "nic", "interpreter": "ina",
    "expert": "eva", "guest": "gil", "evaluator": "val", "observer": "obi", "citizen": "ana",
}  # fmt: skip
BODIES: dict[str, dict[str, Any]] = {
    "agenda.go": {"item": "vote"},
    "agenda.extend": {"seconds": 1},
    "rooms.place": {"person": "ana", "room": "r1"},
    "rooms.extend": {"seconds": 1},
    "rooms.tell": {"text": "hello"},
    "rooms.visit": {"room": "r1"},
    "rooms.link": {"room": "plenary", "links": {}},
    "rooms.join": {"room": "r1", "to": "r2"},
    "rooms.excuse": {"because": "room-r1"},
    "rooms.bond": {"people": ["ana", "ben"], "kind": "apart"},
    "rooms.team": {"team": "ina"},
    "rooms.mend": {"repair": "m1", "rung": "fewest"},
    "rooms.admit": {"person": "ana"},
    "help.call": {"kind": "sound"},
    "help.take": {"help": "h1"},
    "help.settle": {"help": "h1"},
    "floor.give": {"person": "ana"},
    "floor.nudge": {"person": "ana", "kind": "invite"},
    "poll.add": {"question": "?", "method": "yes-no-abstain"},
    "poll.admit": {"poll": "vote", "person": "ana"},
    "poll.open": {"poll": "vote"},
    "poll.extend": {"poll": "vote", "seconds": 1},
    "poll.close": {"poll": "vote"},
    "poll.publish": {"poll": "vote"},
    "poll.again": {"poll": "vote"},
    "poll.void": {"poll": "vote", "reason": "why"},
    "poll.lot": {"poll": "vote"},
    "poll.second": {"poll": "vote"},
    "poll.top": {"poll": "vote", "top": 1, "method": "yes-no-abstain"},
    "poll.split": {"poll": "vote", "text": "t", "measure": "m"},
    "ballot.cast": {"poll": "vote", "choice": "yes"},
    "ballot.dictate": {"poll": "vote", "person": "ana", "choice": "yes", "told": True},
    "ballot.confirm": {"poll": "vote", "person": "ana"},
    "ballot.withdraw": {"poll": "vote", "person": "ana"},
    "me.language": {"language": "de"},
    "me.line": {"quality": "weak"},
    "people.pause": {"person": "ana"},
    "people.lobby": {"person": "ana", "reason": "why"},
    "people.return": {"person": "ana"},
    "people.exclude": {"person": "ana", "reason": "why"},
    "people.exclude.confirm": {"person": "ana"},
    "people.include": {"person": "ana"},
    "people.remove": {"person": "ana", "reason": "why"},
    "people.restore": {"person": "ana"},
    "roles.give": {"person": "nic", "role": "support"},
    "rooms.lead": {"room": "r1"},
    "team.say": {"text": "hello"},
    "rooms.answer": {"notice": "n1", "text": "done"},
    "check.say": {"step": "sound", "outcome": "works"},
    "me.consent": {"part": True, "seen": True, "quoted": False},
    "people.telephone": {"person": "ana"},
    "people.out": {"person": "ana"},
    "people.belongs": {"person": "ina", "to": "ana"},
    "hand.raise": {"person": "ana"},
    "interpreters.lost": {"room": "r1"},
    "interpreters.found": {"room": "r1"},
    "interpreters.send": {"room": "r1", "team": ["ina"]},
    "interpreters.join": {"room": "r1", "to": "r2"},
    "interpreters.caucus": {"room": "r1"},
    "interpreters.write": {"rooms": ["r1"]},
    "interpreters.sum": {"text": "hello"},
    "interpreters.heard": {"room": "r1"},
    "draw.open": {"draw": "d"},
    "draw.volunteer": {"draw": "d", "yes": True},
    "draw.close": {"draw": "d"},
    "draw.number": {"draw": "d", "number": "1"},
    "draw.decline": {"draw": "d"},
    "draw.void": {"draw": "d", "reason": "why"},
}
IN_THEIR_ROOM = ("give", "next", "extend", "queue", "nudge")
BESIDE = {
    *((Role.FACILITATOR, f"floor.{name}") for name in IN_THEIR_ROOM),
    *((Role.FACILITATOR, f"people.{name}") for name in ("pause", "lobby", "return")),
}
"""Permitted by the table, but not here: a facilitator leads only the room where they have their seat."""


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", list(c.ASKS))
def test_a_role_may_ask_exactly_what_the_table_says(role: Role, name: str) -> None:
    command = msgspec.convert(BODIES.get(name, {}), c.ASKS[name])

    answer = decide(live().session, Asked(ONE[role], command, 0))

    assert (answer != Refusal(Why.NOT_PERMITTED)) == (may_ask(role, name) and (role, name) not in BESIDE)


@pytest.mark.parametrize("name", list(c.ASKS))
def test_whoever_is_not_of_the_session_may_ask_nothing(name: str) -> None:
    command = msgspec.convert(BODIES.get(name, {}), c.ASKS[name])

    assert decide(live().session, Asked("stranger", command, 0)) == Refusal(Why.NOT_PERMITTED)


@pytest.mark.parametrize(
    "command",
    [
        c.EndItem("door", 60_000), c.MoveRooms(0), c.EndPoll("vote", 0), c.Lapse("ana", "quiet", 0),
        c.Arrive("ana", "w"), c.Leave("ana", "w"), c.BeginWorker("w", True),
        c.EndWorker("w"),
        c.EndBreak("door", 0), c.CheckPoll("vote", 0), c.LapseDictation("vote", "ana", 0), c.SeeOutage(0, 9_000),
        c.KeepTally("vote", Sums({}, ())), c.KeepDraw("d", 0, (), Page(1)), c.FailDraw("d", 0, ()),
    ],
)  # fmt: skip
def test_what_the_house_asks_nobody_else_may(command: c.Command) -> None:
    assert decide(live().session, Asked("lea", command, 60_000)) == Refusal(Why.NOT_PERMITTED)


def test_whoever_is_inside_may_vote_where_they_are_on_the_list_and_observers_ask_nothing() -> None:
    assert [role for role in Role if not may_ask(role, "ballot.cast")] == [Role.OBSERVER]
    assert allowed(Role.OBSERVER) == []


def test_every_ask_has_a_row() -> None:
    assert list(PERMITS) == list(c.ASKS)
