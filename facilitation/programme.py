"""The programme: the timed plan of a session, its items, rules and texts, as read from a file."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

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


class VotedText(msgspec.Struct, frozen=True, omit_defaults=True):
    """A text to be voted on: its title, its wording, and, where it is a block, the measures that it holds."""

    id: str
    title: Text
    body: Text = {}
    measures: tuple[Option, ...] = ()


class Band(msgspec.Struct, frozen=True):
    """What a mean of up to that number (hundredths) is called."""

    up_to: int
    title: Text


class Scheme(msgspec.Struct, frozen=True, omit_defaults=True):
    """What only some methods read.

    scale: `lowest` to `highest`, `bands` of names for the mean. points: each voter has `points`, at most `most` on one
    option. approval: at most `most` options. ranking: `top` ranks (all, where it is missing), counted by `count`
    ("borda", "schulze", "irv", "stv") for `seats`. consent: `veto` is a fourth choice. words: at most `most` words.
    """

    lowest: int | None = None
    highest: int | None = None
    points: int | None = None
    most: int | None = None
    top: int | None = None
    count: str | None = None
    seats: int | None = None
    veto: bool = False
    bands: tuple[Band, ...] = ()


class Rule(msgspec.Struct, frozen=True, rename="kebab", omit_defaults=True):
    """When a proposal is adopted: `threshold` of `base`, compared in integers.

    `threshold` is a fraction such as "7/10"; `compare` is ">=" or ">"; `base` is "yes+no", "cast", "present" (the
    electorate as it was frozen) or "registered" (all who could have been in it). With `quorum` that share of the
    registered must have cast a ballot; with `each_side` the rule must hold in every side as well, with `components` in
    each of these. `ties` says beforehand what happens on a tie: "run-off", then "lot".
    """

    threshold: str = "1/2"
    compare: str = ">"
    base: str = "yes+no"
    quorum: str | None = None
    each_side: bool = False
    ties: tuple[str, ...] = ()
    components: tuple[str, ...] = ()


class PollPlan(msgspec.Struct, frozen=True, omit_defaults=True):
    """A poll as a programme foresees it. Without a question it is a pattern for the questions that come up.

    `texts`: one paper over all these, each voted on by itself. `by_side`: the result is shown per side as well.
    `each_room`: every room votes by itself. `patterns`: whole rankings and point patterns are published. `late`: so
    many seconds after the close whoever dropped out may still vote. `opens`: "by-hand" or "by-itself" with its item.
    `split`: so many members (a fraction) have a measure voted on by itself.
    """

    method: str
    question: Text = {}
    options: tuple[Option, ...] = ()
    rule: Rule | None = None
    secret: bool = False
    seconds: int | None = None
    scheme: Scheme = Scheme()
    texts: tuple[VotedText, ...] = ()
    by_side: bool = False
    each_room: bool = False
    receipts: bool = False
    patterns: bool = False
    trial: bool = False
    late: int | None = None
    opens: str = "by-hand"
    split: str | None = None


class Task(msgspec.Struct, frozen=True, omit_defaults=True):
    """What people are asked to do during an item, and with which instruments (`cards`, `questionnaire`, ...)."""

    text: Text = {}
    instruments: tuple[str, ...] = ()


class Least(msgspec.Struct, frozen=True, omit_defaults=True):
    """In each room at least so many of those with this value of an attribute."""

    attribute: str
    value: str
    people: Annotated[int, msgspec.Meta(ge=1, le=1_000)] = 1


class Recipe(msgspec.Struct, frozen=True, rename="kebab", omit_defaults=True):
    """What a good room is, where rooms are composed by a search.

    `taste`: "mirror", "even" or "meet most": what weighs more, rooms like the whole or new people to meet. `mirror`:
    attributes by weight; "side", "group", "language" and every further column of the roster. `languages`: "mixed" (a
    shared language, or interpreters), "own" (one language in each room, without interpreters) or "any" (not looked
    at). `groups`: the groups of the roster never mix. `telephone`: at most so many by telephone in each room; gives
    way, and is named, where it cannot be kept. `alone`: nobody alone in a language where that is possible.
    `facilitators`: never more rooms than facilitators who are here. `topics`: the item whose ranking says which of
    its options each person would like to talk about, first and second.
    """

    taste: str = "even"
    mirror: Annotated[dict[str, float], msgspec.Meta(max_length=50)] = {}
    languages: str = "mixed"
    most_languages: Annotated[int, msgspec.Meta(ge=1, le=24)] = 2
    groups: bool = False
    least: Annotated[tuple[Least, ...], msgspec.Meta(max_length=20)] = ()
    telephone: Annotated[int, msgspec.Meta(ge=0, le=1_000)] | None = 1
    alone: bool = True
    facilitators: bool = True
    topics: ItemId | None = None


class TeamPlan(msgspec.Struct, frozen=True, omit_defaults=True):
    """A team of interpreters: those whom the roster puts into the group of this `id`.

    They interpret between `languages`, from `booth`, and take turns of `turn` minutes. `relay`: the language through
    which they hear what they do not understand themselves, from another booth.
    """

    id: str
    languages: tuple[str, ...]
    booth: str = ""
    turn: int = 30
    relay: str = ""


class RoomsPlan(msgspec.Struct, frozen=True, omit_defaults=True):
    """How an item would like its rooms composed.

    `rule`: "random", "language", "list", "hand", or "search" (by the `recipe`, for all such items still to come);
    `keep`: the same rooms as before, or with `keep_of` those of that item; `opens`: "by-hand" or "by-itself";
    `names`: room names, used in order.
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
    keep_of: ItemId | None = None
    recipe: Recipe | None = None


class DrawPlan(msgspec.Struct, frozen=True, omit_defaults=True):
    """A draw by lot as a programme foresees it.

    `seats` and `substitutes`: so many, in each group where there are `groups`. `among`: "volunteers" or "everybody"
    who is here. `groups`: attributes; each combination of their values has a list of its own, and is drawn from with
    the pencil. `differ`: those drawn from one list differ in this attribute, as long as others are left. `quotas`:
    for each attribute and value the least and the most there may be; these make it a panel lottery. `*` as a value:
    each there is; `16-25`: whole numbers from and to. "side", "group", "language" and every column of the roster.
    """

    seats: int
    substitutes: int = 0
    among: str = "volunteers"
    groups: tuple[str, ...] = ()
    differ: str = ""
    quotas: dict[str, dict[str, tuple[int, int]]] = {}


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
    draw: DrawPlan | None = None

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
    teams: tuple[TeamPlan, ...] = ()
    """Of interpreters; without any, interpreters of one group in the roster are a team."""

    def item(self, item_id: str) -> Item | None:
        return next((item for item in self.items if item.id == item_id), None)


METHODS = ("single", "approval", "yes-no-abstain", "scale", "points", "ranking", "consent", "words")
"""The methods of polls. Those without options of their own bring them: yes-no-abstain, scale, consent, words."""


def elsewhere(item: Item) -> Iterator[str]:
    """The instruments of an item that the house does not have yet, so that a team prepares them elsewhere."""
    if item.task is not None:
        yield from item.task.instruments
    if item.mode is Mode.DRAW and item.draw is None:
        yield "lot"
