"""What organisers bring, read: a programme by name, from a call or a file, and people from a call or a table."""

from __future__ import annotations

import msgspec

from facilitation.programme import Programme
from server.faults import Fault
from server.invited import Invited
from server.plain import Value
from server.programmes import NoSuchTemplate, open_programme, template, templates
from server.programmes.reading import read as read_plain
from server.roster import Reading, people_from_json

ZONE_AND_START = ("timezone", "starts")


def programme_of(body: dict[str, object], faults: list[Fault]) -> Programme | None:
    """The programme of a call: its own, or a built-in one by name."""
    if "programme" in body and "template" in body:
        faults.append(Fault("unknown-field", path="template"))
    if "programme" in body:
        reading = read_plain(body["programme"])
        faults += reading.faults
        return reading.programme
    if "template" not in body:
        faults.append(Fault("missing", path="programme"))
        return None
    name = Value(body["template"], "template", faults).choice([name for name, _ in templates()])
    return None if name is None else template(name)


def built_in(name: str, faults: list[Fault]) -> Programme | None:
    """A built-in programme by name."""
    try:
        return template(name)
    except NoSuchTemplate:
        faults.append(Fault("missing", path="programme"))
        return None


def programme_in(content: bytes, filename: str, faults: list[Fault]) -> Programme | None:
    """The programme in a file."""
    reading = open_programme(content, filename)
    faults += reading.faults
    return reading.programme


def at_time(programme: Programme, starts: str | None, zone: str, faults: list[Fault], *, public: bool) -> Programme:
    """The same programme at another time, in another zone, perhaps open to the public."""
    raw = msgspec.to_builtins(programme) | {"timezone": zone, "starts": starts, "public": programme.public or public}
    found = [fault for fault in read_plain(raw).faults if fault.path.endswith(ZONE_AND_START)]
    faults += found
    if found:
        return programme
    return msgspec.structs.replace(programme, timezone=zone, starts=starts, public=programme.public or public)


def people_of(body: dict[str, object], programme: Programme | None, faults: list[Fault]) -> tuple[Invited, ...]:
    """The people of a call. Without a usable programme nobody's side can be held against it; the rest still is."""
    if "people" not in body:
        faults.append(Fault("missing", path="people"))
        return ()
    sides, languages = (programme.sides, programme.languages) if programme else ((), ())
    reading = people_from_json(body["people"], sides, languages)
    faults += [fault for fault in reading.faults if programme is not None or fault.reason != "no-sides"]
    return invited(reading)


def invited(reading: Reading) -> tuple[Invited, ...]:
    """The people of a reading, as the house takes them."""
    return tuple(msgspec.convert(msgspec.to_builtins(person), Invited) for person in reading.people)
