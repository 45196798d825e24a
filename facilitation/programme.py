"""The programme: the timed plan of a session, its items, rules and texts, as read from a file."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import msgspec

from rooms.people import ItemId, Text


class Mode(StrEnum):
    """What people do during an item."""

    LOBBY = "lobby"
    PLENARY = "plenary"
    HEARING = "hearing"
    BREAKOUT = "breakout"
    INDIVIDUAL = "individual"
    POLL = "poll"
    VOTE = "vote"
    DRAW = "draw"
    BREAK = "break"


class Link(msgspec.Struct, frozen=True, omit_defaults=True):
    """An outside meeting: an address to open, a number to dial, its PIN."""

    url: str | None = None
    dial: str | None = None
    pin: str | None = None


Links = dict[str, Link]
"""Meeting links by language code; `""` is the one for every language."""


class Side(msgspec.Struct, frozen=True):
    """A part of the panel, such as a country."""

    id: str
    title: Text


class Option(msgspec.Struct, frozen=True):
    """One answer that a ballot offers."""

    id: str
    title: Text


class Rule(msgspec.Struct, frozen=True, rename="kebab", omit_defaults=True):
    """When a proposal is adopted: `threshold` of `base`, compared in integers.

    `threshold` is a fraction such as "7/10"; `compare` is ">=" or ">"; `base` is "yes+no", "cast", "present" or
    "registered". With `quorum` that share of the registered must have cast a ballot; with `each_side` the rule must
    hold in every side as well. `ties` (what happens on a tie) belongs to a later method.
    """

    threshold: str = "1/2"
    compare: str = ">"
    base: str = "yes+no"
    quorum: str | None = None
    each_side: bool = False
    ties: tuple[str, ...] = ()


class PollPlan(msgspec.Struct, frozen=True, omit_defaults=True):
    """A poll as a programme foresees it. Without a question it is a pattern for the questions that come up."""

    method: str
    question: Text = {}
    options: tuple[Option, ...] = ()
    rule: Rule | None = None
    secret: bool = False
    seconds: int | None = None
    settings: dict[str, object] = {}
    """What only some methods read: `count`, `points`, `max`, `from`, `to`, `seats`."""


class Task(msgspec.Struct, frozen=True, omit_defaults=True):
    """What people are asked to do during an item, and with which instruments (`cards`, `questionnaire`, ...)."""

    text: Text = {}
    instruments: tuple[str, ...] = ()


class RoomsPlan(msgspec.Struct, frozen=True, omit_defaults=True):
    """How an item would like its rooms composed.

    `rule`: "random", "language", "list" or "hand"; `keep`: the same rooms as before; `opens`: "by-hand" or
    "by-itself"; `names`: room names, used in order.
    """

    rule: str = "random"
    count: int | None = None
    size: int | None = None
    keep: bool = False
    opens: str = "by-hand"
    names: tuple[str, ...] = ()
    note: Text = {}
    """What composition the programme wants beyond these rules, for the facilitator to read."""
    minimum: int | None = None
    """So many citizens must be in a room; with fewer it raises an alarm."""


class Speech(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who speaks next during an item and for how long.

    `queue`: "hands", "least-time", "alternate-sides", "first-timers" or "lot" (`rooms/queue.py` says what each means);
    `turn`: seconds, 0 for no limit.
    """

    queue: str = "hands"
    turn: int | None = None


class Item(msgspec.Struct, frozen=True, omit_defaults=True):
    """One step of the programme. An item with `starts` begins a new part of the session.

    `minutes` may be a fraction, so that a rehearsal can run a day in an hour. `starts` is "YYYY-MM-DDTHH:MM" in the
    programme's time zone, or "day N HH:MM" counted from the first day. `ends` is "by-hand" or "by-time".
    """

    id: ItemId
    title: Text
    minutes: float
    mode: Mode
    task: Task | None = None
    rooms: RoomsPlan | None = None
    poll: PollPlan | None = None
    ends: str = "by-hand"
    starts: str | None = None
    speech: Speech | None = None

    @property
    def length(self) -> int:
        """How long it is meant to last, in ms."""
        return round(self.minutes * 60_000)


class Programme(msgspec.Struct, frozen=True, omit_defaults=True):
    """A whole programme. `starts` is "YYYY-MM-DDTHH:MM" in `timezone` (an IANA name)."""

    title: Text
    languages: tuple[str, ...]
    items: tuple[Item, ...]
    sides: tuple[Side, ...] = ()
    public: bool = False
    timezone: str = "Europe/Paris"
    starts: str | None = None
    links: dict[str, Links] = {}
    """Outside meetings: "plenary", or a room's name, to its links by language."""
    telephone: str | None = None
    """The help line's number."""
    consent: Text = {}
    """To what people consent on their first arrival; without it they are not asked."""
    afterwards: Text = {}
    """What happens after the end; everybody reads it once the session is closed."""

    def item(self, item_id: str) -> Item | None:
        return next((item for item in self.items if item.id == item_id), None)


BUILT_METHODS = frozenset({"single", "yes-no-abstain"})
"""The methods of polls that this house can run."""


def is_built(poll: PollPlan) -> bool:
    """Whether the house can run this poll as it is written; otherwise it is not run at all."""
    ties = poll.rule is not None and bool(poll.rule.ties)
    return poll.method in BUILT_METHODS and not (poll.secret or ties or poll.settings)


def elsewhere(item: Item) -> Iterator[str]:
    """The instruments of an item that the house does not have yet, so that a team prepares them elsewhere."""
    if item.poll is not None and not is_built(item.poll):
        yield item.poll.method
    if item.task is not None:
        yield from item.task.instruments
    if item.mode is Mode.DRAW:
        yield "lot"
