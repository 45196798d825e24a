"""A whole programme out of plain data or a file: the programme, or every fault; and what somebody should look at."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from facilitation.programme import Item, Mode, Programme, Side
from server.faults import Fault, Faults, said
from server.plain import Value
from server.programmes.document import Unreadable, open_document
from server.programmes.items import read_items
from server.programmes.links import read_links, read_telephone
from server.programmes.rooms import read_teams
from server.programmes.texts import LONG, TITLE, Frame, read_languages, read_text
from server.programmes.times import check_parts, read_start, read_zone

FIELDS = (
    "title",
    "languages",
    "sides",
    "public",
    "timezone",
    "starts",
    "items",
    "links",
    "telephone",
    "consent",
    "afterwards",
    "teams",
)
MOST_SIDES = 30
LONGEST_STRETCH = 90
"""Minutes without a break after which people tire."""
RESTS = frozenset({Mode.BREAK, Mode.LOBBY})


class Reading(msgspec.Struct, frozen=True):
    """What came out: a programme, or faults and none. Warnings stand beside either."""

    programme: Programme | None = None
    faults: Faults = ()
    warnings: Faults = ()


def read_programme(raw: object, lang: str) -> Programme | list[Fault]:
    """The programme that plain data describe, or every fault, said in `lang`."""
    return _either(read(raw), lang)


def read_yaml(content: bytes, lang: str) -> Programme | list[Fault]:
    """The programme in a YAML file (JSON is read too), or every fault, said in `lang`."""
    return _either(open_programme(content), lang)


def _either(reading: Reading, lang: str) -> Programme | list[Fault]:
    return said(lang, reading.faults) if reading.programme is None else reading.programme


def open_programme(content: bytes, filename: str = "") -> Reading:
    """The programme in a file: JSON if it is named so, else YAML."""
    try:
        return read(open_document(content, filename))
    except Unreadable as unreadable:
        return Reading(faults=(unreadable.args[0],))


def read(raw: object, path: str = "programme") -> Reading:
    """The programme that plain data describe; paths of faults begin with `path`."""
    whole = Value(raw, path, [])
    fields = whole.fields(FIELDS, required=("title", "languages", "items"))
    frame = Frame(languages=read_languages(fields.get("languages")), warnings=[])
    sides = _sides(fields["sides"], frame) if "sides" in fields else ()
    frame.sides = tuple(side.id for side in sides)
    zone = read_zone(fields.get("timezone"))
    starts = read_start(fields["starts"], zone) if "starts" in fields else None
    items = read_items(fields["items"], frame, zone) if "items" in fields else []
    check_parts(starts, items, frame.warnings)
    _look_for_long_stretches(items, frame)
    programme = Programme(
        title=read_text(fields.get("title"), frame, TITLE),
        languages=frame.languages,
        items=tuple(item for item, _ in items),
        sides=sides,
        public=fields["public"].flag() if "public" in fields else False,
        timezone=zone,
        starts=starts,
        links=read_links(fields["links"]) if "links" in fields else {},
        telephone=read_telephone(fields["telephone"]) if "telephone" in fields else None,
        consent=read_text(fields["consent"], frame, LONG, lines=True) if "consent" in fields else {},
        afterwards=read_text(fields.get("afterwards"), frame, LONG, lines=True),
        teams=read_teams(fields["teams"]) if "teams" in fields else (),
    )
    faults, warnings = tuple(whole.faults), tuple(frame.warnings)
    return Reading(None if faults else programme, faults, warnings)


def _sides(value: Value, frame: Frame) -> tuple[Side, ...]:
    """Ids alone, or ids with titles; an id alone is its own title."""
    found: dict[str, Side] = {}
    for each in value.list(MOST_SIDES):
        if isinstance(each.raw, dict):
            fields = each.fields(("id", "title"), required=("id",))
            side = fields["id"].id() if "id" in fields else None
            title = read_text(fields.get("title"), frame)
        else:
            side, title = each.id(), {}
        if side in found:
            each.blame("twice", value=side)
        elif side is not None:
            found[side] = Side(side, title or dict.fromkeys(frame.languages, side))
    return tuple(found.values())


def _look_for_long_stretches(items: Sequence[tuple[Item, Value]], frame: Frame) -> None:
    """Notes each stretch of more than 90 minutes between breaks, lobbies and parts, where it begins."""
    minutes, begins = 0.0, ""
    for index, (item, value) in enumerate(items):
        if item.mode in RESTS or item.starts is not None:
            minutes = 0.0
        if item.mode in RESTS:
            continue
        begins = value.path if minutes == 0 else begins
        minutes += item.minutes
        if minutes > LONGEST_STRETCH and _is_last_of_stretch(items, index):
            frame.warnings.append(Fault("long-without-break", path=begins, params={"minutes": round(minutes)}))


def _is_last_of_stretch(items: Sequence[tuple[Item, Value]], index: int) -> bool:
    if index + 1 == len(items):
        return True
    following, _ = items[index + 1]
    return following.mode in RESTS or following.starts is not None
