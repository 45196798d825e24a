"""The handbook: the page `docs/protocol.md`, made from the code, for people who write a client or run a house.

`python -m server.handbook > docs/protocol.md` writes it. Asks, permits, refusals and events come from
`facilitation/`; the calls and the paths of the views are kept in the two tables here, and tests compare them with the
routes and with what a session really shows.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec

from facilitation.commands import ASKS, Command
from facilitation.events import EVENTS, Event
from facilitation.permits import PERMITS, STAFF, TEAM
from facilitation.refusals import Why
from rooms.people import ROOM_STAFF, Role
from server.sockets.rules import Rules
from web.refusals import refusal

ID = "^[A-Za-z0-9_-]{1,64}$"
"""How ids that come from outside are written."""

EVERYBODY = frozenset(Role)
INSIDE = EVERYBODY - {Role.OBSERVER}
DESK = frozenset({Role.LEAD, Role.SUPPORT})
LEAD = frozenset({Role.LEAD})
TRUSTED = frozenset({Role.LEAD, Role.SUPPORT, Role.FACILITATOR, Role.NOTE_TAKER})

GROUPS: dict[frozenset[Role], str] = {
    EVERYBODY: "everybody",
    INSIDE: "everybody but observers",
    STAFF: "staff",
}


class Call(NamedTuple):
    """An address that is asked by plain HTTP, by whom, and what it does."""

    method: str
    path: str
    who: str
    does: str


class Path(NamedTuple):
    """A path of the views: its layer, the roles that ever see it, and its value."""

    layer: str
    path: str
    who: frozenset[Role]
    value: str


CALLS = (
    Call("GET", "/", "anybody", "The front page."),
    Call("GET", "/j", "whoever has a link", "Opens a link `/j#CODE`, or asks for the code. It stays in the fragment."),
    Call("POST", "/j", "whoever has a link", "The same by a form, where there is no JavaScript."),
    Call("POST", "/api/enter", "whoever has a link", '`{"code"}`: exchanged for a cookie `palabre-SEAT`.'),
    Call("GET", "/s/{seat}", "that seat", "The page of a citizen, a member of staff or an observer."),
    Call(
        "GET",
        "/s/{seat}/plan-b",
        "a lead's or support's seat",
        "The sheet for when all else fails; `?save`: as a file.",
    ),
    Call("GET", "/s/{seat}/archive", "a lead's seat", "The session as one ZIP; contacts lie in a folder of their own."),
    Call("GET", "/o/sessions/{session}/archive", "organiser", "The same."),
    Call("GET", "/api/me", "that seat", "`?seat=`: all layers whole, with an `ETag`, where no WebSocket opens."),
    Call("GET", "/s/{seat}/incidents", "lead, support", "The incident report, to read and to print."),
    Call("GET", "/s/{seat}/incidents.csv", "lead, support", "The same as a table."),
    Call("POST", "/api/ask", "that seat", "`{seat, ticket, name, body}`: an ask, with the same tickets and answers."),
    Call(
        "POST", "/api/code", "lead, support", "`{seat, person}`: a new code for somebody, answered once: `{code, at}`."
    ),
    Call("POST", "/api/name", "that seat", "`{seat, name}`: corrects the name that others see, on first arrival."),
    Call("GET", "/live/{session}", "anybody, if public", "The observers' page, readable without JavaScript."),
    Call("GET", "/api/live/{session}", "anybody, if public", "The observers' view as JSON, with an `ETag`."),
    Call("GET", "/api/live/{session}/events", "anybody, if public", "The same live, as server-sent events."),
    Call("GET", "/o", "anybody", "The organiser's door: asks for the key, then lists the sessions."),
    Call("POST", "/o", "anybody", "Takes the organiser's key."),
    Call("POST", "/o/leave", "organiser", "Forgets the organiser in this browser."),
    Call("GET", "/o/new", "organiser", "The form for a new session."),
    Call("POST", "/o/new", "organiser", "Takes the programme and the roster."),
    Call("GET", "/o/new/{draft}", "organiser", "Shows how the roster was read, for confirmation."),
    Call("POST", "/o/new/{draft}", "organiser", "Creates the session, or names every fault."),
    Call("GET", "/o/sessions/{session}", "organiser", "A session and its people."),
    Call("GET", "/o/sessions/{session}/sheet", "organiser", "The personal links, to print."),
    Call("GET", "/o/sessions/{session}/links.{kind:csv|xlsx}", "organiser", "The personal links as a table."),
    Call("POST", "/o/sessions/{session}/links", "organiser", "Makes new links; the old ones die."),
    Call(
        "POST",
        "/api/sessions",
        "organiser",
        '`{"programme" or "template", "people"}`: 201 `{"session", "links"}`, or 422 `{"faults": [{"path", "reason", '
        '"say"}]}` with every fault and nothing created.',
    ),
    Call("GET", "/api/sessions/{session}", "organiser", "What the session is now, as a lead sees it."),
    Call("GET", "/api/sessions/{session}/journal", "organiser", "All entries in order, one JSON object a line."),
    Call("GET", "/api/templates", "organiser", "Names and titles of the built-in programmes."),
    Call("GET", "/api/catalogue/{lang}.json", "anybody", "The sentences of the pages in one language."),
    Call("GET", "/healthz", "operator", "Alive."),
    Call("GET", "/readyz", "operator", "Able to serve: the journal can be reached."),
    Call("GET", "/metrics", "operator", "Numbers as Prometheus text."),
    Call("GET", "/favicon.ico", "anybody", "The icon."),
)

PATHS = (
    Path(
        "session",
        "session",
        EVERYBODY,
        "`{id, title, state, languages, sides, public, timezone, starts, help, afterwards}`",
    ),
    Path(
        "session",
        "agenda.items",
        EVERYBODY,
        "`[{id, title, minutes, mode, starts, ends, state, by_time, part}]`, as forecast at the last agenda entry; "
        "staff also `planned`, `actual`, `elsewhere`; leads also `rooms`, `poll`",
    ),
    Path("session", "agenda.now", EVERYBODY, "`{item, started, ends, paused, held, by_time, task}` or null"),
    Path("session", "agenda.drift", EVERYBODY, "seconds behind the plan as of the last agenda entry"),
    Path("session", "agenda.last", LEAD, "`{by, ask, at, undo_until}` or null: the newest ask that moved the session"),
    Path("session", "people.present", EVERYBODY, "`{total, sides: {side: n}}`"),
    Path("session", "people.expected", STAFF, "the same, of all invited citizens"),
    Path("session", "people.register", LEAD, "`{total, sides, left_out}`: who could vote if a poll opened now"),
    Path(
        "session",
        "people.<id>",
        STAFF,
        "`{name, role, side, speaks, understands, presence, room, seat_room, checked_in, weak_line, by_telephone, "
        "belongs}`; leads and support also `telephone`, `email`, `needs`, `consent`; leads also `attributes`",
    ),
    Path("session", "rooms.move", EVERYBODY, "`{kind, at}` while a countdown to the rooms or back runs, else null"),
    Path("session", "rooms.state", STAFF, "none, proposed, accepted, opening, open, recalling"),
    Path("session", "rooms.opened", STAFF, "when (ms) the rooms of this composition were opened, or null"),
    Path(
        "session", "rooms.proposal", LEAD, "`{id, state, rooms: [{id, name, people, staff, languages}], relaxed, seed}`"
    ),
    Path(
        "session",
        "rooms.<id>",
        STAFF,
        "`{id, name, kind, people, staff, here, count, sides, languages, hands, turn, help, link, ends, stopped, "
        "interpreters, sides_here, by_language: {language: {here, of, covered, alone}}, unheard: [ids], weak, led}`; "
        "`unheard` is null where no turns are used, `led` where no room has a facilitator",
    ),
    Path("session", "ready", DESK, "`{for, asked, missing: [ids]}`, or null where nobody is asked"),
    Path(
        "session",
        "help.<id>",
        STAFF,
        "`{id, person, name, room, kind, text, since, by, state, roles, whole_room}` until it is settled",
    ),
    Path(
        "session",
        "incident.<id>",
        TEAM,
        "`{ref, kind, at, room, place, by, name, about, owner, taken, settled, outcome}`: what the team dealt with, "
        "numbered from 1",
    ),
    Path(
        "session",
        "alarm.<id>",
        LEAD,
        "`{ref, kind, room, since, about, repairs: [{kind, ask, body, about}]}` while something must be decided",
    ),
    Path(
        "session",
        "polls.<id>",
        EVERYBODY,
        "`{question, method, options, rule, rule_say, secret, who_sees, state, opened, closes, seconds, electorate, "
        "item, again_of, order, reason}`; drafted ones for staff only; leads also `admitted`, `only`",
    ),
    Path("session", "polls.<id>.turnout", EVERYBODY, "how many have voted, once it is open"),
    Path(
        "session",
        "polls.<id>.result",
        EVERYBODY,
        "`{adopted, winners, counts, base, cast, registered, present, sides?}`: leads once closed, all once published",
    ),
    Path(
        "room",
        "room",
        INSIDE,
        "`{id, name, kind, ends, stopped, interpreters, count, link}`, kind plenary, breakout or lobby; "
        "`stopped` is since when its own clock stands still, `interpreters` null, lost or written; staff also `links` "
        "in all languages",
    ),
    Path("room", "room.people.<id>", INSIDE, "`{name, side}`: in breakouts all in the room, in the plenary staff only"),
    Path("room", "room.notice", INSIDE, "`{text, at, by}` or null: what was told to the room"),
    Path("session", "shares", LEAD, "`floor.shares` of the whole session"),
    Path("session", "shares.<id>", LEAD, "`floor.shares` of each open room"),
    Path("room", "floor.hands", INSIDE, "`[{person, name, side, kind, since, place}]`, the next one first"),
    Path("room", "floor.queue", INSIDE, "`{queue, turn}`: by which rule hands come; seconds of a turn, 0: no limit"),
    Path("room", "floor.turn", INSIDE, "`{person, name, side, since, until}` or null"),
    Path("room", "floor.heard", STAFF, "`{people: {id: seconds}, sides: {side: seconds}}`"),
    Path("room", "floor.slower", STAFF, "how many ask whoever speaks to speak more slowly"),
    Path(
        "room",
        "floor.shares",
        STAFF - {Role.EXPERT},
        "`{sides, languages, genders}`, each `[{id, people, seconds}]`: people here and time of ended turns; groups "
        "under three people together as `others`, `[]` where these are under three too; `{}` before a turn ended",
    ),
    Path("mine", "me", EVERYBODY, "`{person, name, role, room, languages, language, side, may}`"),
    Path("mine", "me.next", EVERYBODY, "`{room, name}` while a countdown runs that moves me, else null"),
    Path(
        "session",
        "door.<id>",
        DESK,
        "`{state, step, what, check, since}` of whoever used the guided check or calls for help; `state`: absent, "
        "help, stuck (at `step`), checking, here",
    ),
    Path("mine", "me.welcome", EVERYBODY, "`{text}` until I have consented, where the programme asks for it, or null"),
    Path("mine", "me.check", EVERYBODY, "`{step: {outcome, what, at}}`: what I said in the guided check"),
    Path("session", "back.<id>", DESK, "`{at, telephone}` in a break and the item after it, of whoever is back"),
    Path("session", "unsettled", LEAD, "`{open, unpublished, never, rooms, calls, incidents}`: what the end would cut"),
    Path("session", "ended", LEAD, "`{by, at, until}` once it is closed: until when it may be reopened; else null"),
    Path(
        "mine",
        "me.back",
        frozenset({Role.CITIZEN}),
        "`{item, at}` in a break and the item after it: since when I am back, or null; else null",
    ),
    Path("mine", "me.help", EVERYBODY, "`{kind, since, by}` or null: my call for help"),
    Path("mine", "me.line", EVERYBODY, "good or weak, as my own page last said"),
    Path("mine", "me.ready", frozenset(ROOM_STAFF), "`{for, said}`, or null while I am not asked"),
    Path("mine", "me.slower", EVERYBODY, "`{asked, count}` or null: I asked for slower speech, or so many ask me"),
    Path("mine", "me.nudge", EVERYBODY, "`{kind, at}` or null: the facilitator asks privately, `invite` or `shorter`"),
    Path("mine", "me.help", EVERYBODY, "`{kind, since, by, roles, kinds}` or null: my newest call for help"),
    Path("mine", "me.calls", STAFF, "the ids of the calls for help that are for me first"),
    Path("mine", "me.regrouped", EVERYBODY, "when I was moved because of the interpretation, or null"),
    Path("mine", "me.ballots.<id>", frozenset({Role.CITIZEN}), "my choice, once it is kept"),
    Path(
        "session",
        "conduct.<id>",
        TRUSTED,
        "`{paused, lobby, excluded, removed}` of a person of whom any of it holds, each `{reason, ready, at, by}` or "
        "null; `lobby` also `room`, `excluded` also `asked_by` and `confirmed`",
    ),
    Path("session", "session.chair", STAFF, "`{person, name, here, led}`: who leads the day; `led`: any lead is there"),
    Path("session", "lead.<id>", STAFF, "`{person, name, here, taken}` or null: who leads that breakout room"),
    Path(
        "session",
        "alarm.lead",
        frozenset({Role.LEAD, Role.SUPPORT, Role.FACILITATOR}),
        "`{ref, kind, room, since, about: {name}, repairs}`: who leads the day has no connection; support and "
        "facilitators while no lead has one",
    ),
    Path("session", "team.<id>", STAFF, "`{person, name, role, at, text, to}`: the newest of the back channel"),
    Path(
        "session",
        "told.<id>",
        DESK,
        "`{text, at, by, rooms, answers: {room: {text, ready, by, at}}}`: what rooms were told and are to answer",
    ),
    Path("room", "room.asked", STAFF, "`{notice, text, at, by, answer}` or null: what this room is to answer"),
    Path(
        "mine",
        "me.conduct",
        EVERYBODY,
        "`{kind: paused or lobby, since, ready, reason}` or null: what holds of me; `ready` names a reason known in "
        "every language",
    ),
    Path("mine", "me.electorate.<id>", frozenset({Role.CITIZEN}), "true while I may vote in this open poll"),
)

OPENING = """\
# The outside of the house

<!-- Written by `python -m server.handbook > docs/protocol.md`; do not edit. -->

What a client, an operator or a check from outside meets. Times are milliseconds since 1970 of the store's clock.

## Starting

```
python -m server            the same as `serve`
python -m server serve      hold sessions until told to stop
python -m server demo       a session with simulated citizens
python -m server config     every setting: name, value, where it came from, meaning
```

`--help` after any of them lists its options; [settings](settings.md) says what each means and how it is called in the
environment. When everything listens, one line `palabre ready http://HOST:PORT` appears on standard output. What cannot
be is said in one line, with exit code 2.
"""

SOCKETS = """\
## Socket.IO

Socket.IO protocol 5 over WebSocket with the msgpack parser, path `/socket.io/`, namespace `/`. `auth` is
`{"code": CODE}`; or `{"seat": SEAT}` from our own pages, with that seat's cookie; or `{"session": ID}` for an observer
of a public session. `"lang"` may stand beside it. What will not heal is a CONNECT_ERROR (`unknown-code`, `revoked`,
`removed`, `not-public`); overload is a 503 or a closed transport, so that plain clients try again.

```
-> ask    [ticket, name, body]     <- ack {"ok": version, "say"?} | {"refused": reason, "say", "again"?: ms}
-> all    []                       <- ack {"ok": version}, after every layer whole
-> time   []                       <- ack {"now": ms}
<- patch  {layer, since, version, epoch?, put: {path: value}, drop: [path]}
<- bye    {why, again}             `again` says whether to come back
<- state  {journal}                `unreachable`: nothing can be kept for now; `reached`: it can again
```

- Each message carries one argument.
- `ticket`: up to 64 characters, made by the client. What was answered `ok` under it is done once, also through a
  reconnect or a restart. After a refusal take a new ticket.
- An `ok` with `say`: it was so already, and the sentence tells who had done it.
- A layer is `session`, `room` or `mine`; the view is their union. A whole layer has `since: 0` and the `epoch`. If
  `since` is not the version that you hold of that layer, ask `all`.
- More than ASKS asks a second (bursts of ASKS_AT_ONCE) are refused `too-fast`; who keeps it up is disconnected.
  Over 64 KiB: `too-large`. A ping comes every PING_EVERY s and wants its pong within PING_ANSWER s. A socket that does
  not CONNECT within CONNECT_WITHIN s is closed.
"""


def handbook() -> str:
    """The whole page."""
    parts = (OPENING, _calls(), _sockets(), _asks(), _permits(), _refusals(), _paths(), _events())
    return "\n".join(parts)


def _calls() -> str:
    rows = ((f"`{call.method} {call.path.replace('|', ' or ')}`", call.who, call.does) for call in CALLS)
    return (
        "## HTTP\n\nThe organiser sends `Authorization: Bearer KEY` to `/api`, and is known by a cookie under `/o`. "
        "Files of the pages are under `/static`.\n\n" + _table(("call", "who", "does"), rows)
    )


def _sockets() -> str:
    rules = Rules()
    text = SOCKETS
    for name in ("asks_at_once", "asks", "ping_every", "ping_answer", "connect_within"):
        text = text.replace(name.upper(), f"{getattr(rules, name):g}")
    return text


def _asks() -> str:
    rows = ((f"`{name}`", _body(shape), first_line(shape), who(PERMITS[name])) for name, shape in ASKS.items())
    shapes = _shapes(ASKS.values())
    inner = {name: shape for name, shape in shapes.items() if name not in {each.__name__ for each in ASKS.values()}}
    named = "".join(f"- {name}: {_shape(shape)}\n" for name, shape in sorted(inner.items()))
    return (
        "## Asks\n\n`?` marks a field that may be left out; ranges are inclusive. Unknown fields are refused "
        "`malformed`. `from` is what the presser saw: if it is no longer so, the answer is `ok` and nothing "
        "happens.\n\n"
        + _table(("name", "body", "does", "who"), rows)
        + f"\nAn id is text like `{ID}`. Shapes within bodies:\n\n{named}"
    )


def _shape(schema: dict[str, Any]) -> str:
    return _fields(schema) if "properties" in schema else " or ".join(schema["enum"])


def _permits() -> str:
    rows = ((f"`{name}`", *("yes" if role in roles else "" for role in Role)) for name, roles in PERMITS.items())
    return (
        "## Permits\n\nWithin these, the rules of the moment hold: a facilitator acts in their own room, a citizen for "
        "themselves.\n\n" + _table(("ask", *(role.value for role in Role)), rows)
    )


def _refusals() -> str:
    rows = ((f"`{why}`", refusal("en", why)) for why in Why)
    return "## Refusals\n\nThe reasons are stable; the sentence comes in the asker's language.\n\n" + _table(
        ("reason", "in English"), rows
    )


def _paths() -> str:
    rows = ((each.layer, f"`{each.path}`", who(each.who), each.value) for each in PATHS)
    return (
        "## Paths of the views\n\nTexts are in the reader's language; one that is missing there comes in another, with "
        "that language's mark at its end: ` [DE]`. Observers have no layer `room`, and `mine` only with a personal "
        "link.\n\n" + _table(("layer", "path", "who", "value"), rows)
    )


def _events() -> str:
    rows = (
        (f"`{name}`", ", ".join(f"`{field}`" for field in event.__struct_fields__), first_line(event))
        for name, event in EVENTS.items()
    )
    return (
        "## Events\n\nAn entry of the journal is `{version, at, who, ticket, event, body}`; the body holds these "
        "fields, those with their default left out.\n\n" + _table(("event", "fields", "means"), rows)
    )


def who(roles: frozenset[Role]) -> str:
    """A set of roles in words."""
    return GROUPS.get(roles) or ", ".join(_gathered(roles))


def _gathered(roles: frozenset[Role]) -> Iterator[str]:
    if roles > STAFF:
        yield "staff"
        roles -= STAFF
    yield from (role.value for role in Role if role in roles)


def first_line(shape: type[Command | Event]) -> str:
    """The first line of its own docstring."""
    return inspect.cleandoc(shape.__dict__.get("__doc__") or "").partition("\n")[0]


def _body(shape: type[Command]) -> str:
    return _fields(_shapes([shape])[shape.__name__])


def _shapes(types: Iterable[type[Command]]) -> dict[str, Any]:
    """The schemas of these and of all that stands within them, by name."""
    _, shapes = msgspec.json.schema_components(types, schema_hook=lambda _: {"title": "anything"})
    return shapes


def _fields(schema: dict[str, Any]) -> str:
    needed = schema.get("required", [])
    fields = (
        f"`{name}{'' if name in needed else '?'}`: {_type(value)}{_default(value)}"
        for name, value in schema["properties"].items()
    )
    return "; ".join(fields) or "empty"


def _type(schema: dict[str, Any]) -> str:
    if "anyOf" in schema:
        return " or ".join(_type(each) for each in schema["anyOf"])
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    match schema.get("type"):
        case "string":
            return _string(schema)
        case "integer":
            return "integer" + _between(schema.get("minimum"), schema.get("maximum"), "")
        case "array":
            items = schema.get("items")
            return f"[{_type(items)}]" if isinstance(items, dict) and items else "list"
        case "object":
            return f"map to {_type(schema.get('additionalProperties') or {})}"
        case None:
            return "anything"
        case other:
            return str(other)


def _string(schema: dict[str, Any]) -> str:
    if schema.get("pattern") == ID:
        return "id"
    if "pattern" in schema:
        return f"text like `{schema['pattern']}`"
    return "text" + _between(schema.get("minLength"), schema.get("maxLength"), " characters")


def _between(least: int | None, most: int | None, unit: str) -> str:
    if least is None and most is None:
        return ""
    if most is None:
        return f" from {least:,}{unit}"
    return f" up to {most:,}{unit}" if least is None else f" {least:,} to {most:,}{unit}"


def _default(schema: dict[str, Any]) -> str:
    default = schema.get("default")
    return "" if default in (None, (), [], {}) else f" (default {msgspec.json.encode(default).decode()})"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *(tuple(cell.replace("|", "\\|") for cell in row) for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    print(handbook(), end="")  # noqa: T201 - this is what it is run for
