"""The handbook: the page `docs/protocol.md`, made from the code, for people who write a client or run a house.

`python -m server.handbook > docs/protocol.md` writes it. Asks, permits, refusals and events come from
`facilitation/`; the calls and the paths of the views from `server/outside.py`.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from facilitation.commands import ASKS, Command
from facilitation.events import EVENTS, Event
from facilitation.permits import PERMITS, STAFF
from facilitation.refusals import Why
from rooms.people import Role
from server.outside import CALLS, EVERYBODY, INSIDE, PATHS
from server.sockets.rules import Rules
from web.refusals import refusal

ID = "^[A-Za-z0-9_-]{1,64}$"
"""How ids that come from outside are written."""

GROUPS: dict[frozenset[Role], str] = {
    EVERYBODY: "everybody",
    INSIDE: "everybody but observers",
    STAFF: "staff",
}


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
    if "enum" in schema:
        return " or ".join(f"`{each}`" for each in schema["enum"] if each is not None)
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
