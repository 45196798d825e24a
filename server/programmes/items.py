"""The items of a programme, one after the other; built-in programmes stand for their items through `use`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from facilitation.programme import Item, Mode, Speech, Task
from rooms.people import ItemId, Text
from rooms.queue import RULES as QUEUES
from server.plain import ID, Value
from server.programmes.builtin import items_of, names
from server.programmes.draws import read_draw
from server.programmes.polls import read_poll
from server.programmes.rooms import check_rooms, read_rooms
from server.programmes.texts import LONG, TITLE, Frame, read_text
from server.programmes.times import read_part_start
from server.roster.languages import is_code

FIELDS = ("id", "title", "minutes", "mode", "task", "rooms", "poll", "ends", "starts", "speech", "draw")
MOST_ITEMS = 500
MOST_MINUTES = 7 * 24 * 60
MOST_SECONDS = 24 * 60 * 60


def read_items(value: Value, frame: Frame, zone: str) -> list[tuple[Item, Value]]:
    """The items that could be read, each with the value that it came from."""
    values = _expanded(value.list(MOST_ITEMS, least=1))
    if len(values) > MOST_ITEMS:
        value.blame("too-many", most=MOST_ITEMS)
        return []
    read = [(_item(each, frame, zone), each) for each in values]
    _check_ids(values)
    check_rooms(read)
    return [(item, each) for item, each in read if item is not None]


def _expanded(values: Sequence[Value]) -> list[Value]:
    """`{use: NAME}` gives way to the items of that built-in programme; ids that would clash get its name in front."""
    taken = {each.raw["id"] for each in values if isinstance(each.raw, dict) and isinstance(each.raw.get("id"), str)}
    found: list[Value] = []
    for value in values:
        if not isinstance(value.raw, dict) or "use" not in value.raw:
            found.append(value)
            continue
        fields = value.fields(("use", "starts"), required=("use",))
        name = fields["use"].raw if "use" in fields else None
        if not isinstance(name, str) or name not in names():
            value.child(None, "use").blame("no-such-programme", value=str(name)[:64])
            continue
        found += [Value(raw, value.path, value.faults) for raw in _used(name, fields.get("starts"), taken)]
    return found


def _used(name: str, starts: Value | None, taken: set[str]) -> list[dict[str, object]]:
    items = [{**item} for item in items_of(name)]
    called: dict[str, str] = {}
    for item in items:
        rooms = item.get("rooms")
        if isinstance(rooms, dict):
            item["rooms"] = _renamed(rooms, called)
        before = str(item["id"])
        item["id"] = called[before] = _free(before, name, taken)
    if starts is not None:
        items[0]["starts"] = starts.raw
    return items


def _renamed(rooms: dict[str, Any], called: Mapping[str, str]) -> dict[str, Any]:
    """The rooms of an item with the new names of the earlier items that they speak of."""
    found = {**rooms}
    if "keep-of" in found:
        found["keep-of"] = called.get(found["keep-of"], found["keep-of"])
    recipe = found.get("recipe") or {}
    if "topics" in recipe:
        found["recipe"] = {**recipe, "topics": called.get(recipe["topics"], recipe["topics"])}
    return found


def _free(item: str, name: str, taken: set[str]) -> str:
    candidate, number = item, 1
    while candidate in taken:
        candidate = f"{name}-{item}" if number == 1 else f"{name}-{number}-{item}"
        number += 1
    taken.add(candidate)
    return candidate


def _check_ids(values: Sequence[Value]) -> None:
    """Ids that are there twice, also among items with other faults."""
    seen: set[str] = set()
    for value in values:
        item = value.raw.get("id") if isinstance(value.raw, dict) else None
        if not isinstance(item, str) or not ID.fullmatch(item):
            continue
        if item in seen:
            value.child(None, "id").blame("twice", value=item)
        seen.add(item)


def _item(value: Value, frame: Frame, zone: str) -> Item | None:
    """An item; None where its id, length or mode is missing or wrong."""
    fields = value.fields(FIELDS, required=("id", "title", "minutes", "mode"))
    item_id = fields["id"].id() if "id" in fields else None
    title = read_text(fields.get("title"), frame, TITLE)
    minutes = fields["minutes"].number(0, MOST_MINUTES) if "minutes" in fields else None
    mode = fields["mode"].choice([each.value for each in Mode]) if "mode" in fields else None
    task = _task(fields["task"], frame) if "task" in fields else None
    rooms = read_rooms(fields["rooms"], frame) if "rooms" in fields else None
    poll = read_poll(fields["poll"], frame) if "poll" in fields else None
    ends = fields["ends"].choice(("by-hand", "by-time")) if "ends" in fields else None
    starts = read_part_start(fields["starts"], zone) if "starts" in fields else None
    speech = _speech(fields["speech"]) if "speech" in fields else None
    draw = read_draw(fields["draw"]) if "draw" in fields else None
    if "draw" in fields and mode not in (None, Mode.DRAW):
        fields["draw"].blame("draw-without-mode")
    if item_id is None or minutes is None or mode is None:
        return None
    ends = ends or "by-hand"
    return Item(ItemId(item_id), title, minutes, Mode(mode), task, rooms, poll, ends, starts, speech=speech, draw=draw)


def _speech(value: Value) -> Speech:
    fields = value.fields(("queue", "turn"))
    return Speech(
        queue=(fields["queue"].choice(QUEUES) if "queue" in fields else None) or "hands",
        turn=fields["turn"].whole(0, MOST_SECONDS) if "turn" in fields else None,
    )


def _task(value: Value, frame: Frame) -> Task:
    """A text, or `{"text": ..., "instruments": [...]}`."""
    if not isinstance(value.raw, dict) or _is_by_language(value.raw):
        return Task(_words(value, frame))
    fields = value.fields(("text", "instruments"))
    text = _words(fields["text"], frame) if "text" in fields else {}
    instruments = [each.id() for each in fields["instruments"].list(20)] if "instruments" in fields else []
    return Task(text, tuple(each for each in instruments if each is not None))


def _is_by_language(raw: dict[object, object]) -> bool:
    return bool(raw) and all(isinstance(key, str) and is_code(key) for key in raw)


def _words(value: Value, frame: Frame) -> Text:
    """A text by language; words alone are in the programme's first language."""
    if not isinstance(value.raw, str):
        return read_text(value, frame, LONG, lines=True)
    words = value.text(LONG, lines=True)
    return {frame.languages[0]: words} if words is not None and frame.languages else {}
