"""Rounds: for which item rooms are composed by a search, what is planned, which rooms an item had, who met whom.

Rules:
- A composition is for the breakout on the table; where there is none, or its rooms are open, for the next one of this
  part of the day that is composed by a search; where none is, for the next breakout at all.
- What is planned for an item stays, as it was last proposed or moved by hand, until its rooms are opened or all is
  composed anew.
- A round is held once its rooms were opened. Opened again in the same item it is the same round; whoever got a seat
  meanwhile has met both rooms.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from facilitation.agenda import index_of, part_of
from facilitation.composition import Compositions, HeldRound, Wanted
from facilitation.programme import Item, Mode, Programme, Recipe, RoomsPlan
from facilitation.session import Session
from rooms.people import ItemId, RoomId
from rooms.seating import Room

SEARCH = "search"


def searches(item: Item) -> bool:
    """Whether the rooms of that item are composed by a search; kept rooms are not."""
    return item.mode is Mode.BREAKOUT and item.rooms is not None and _by_search(item.rooms)


def _by_search(plan: RoomsPlan) -> bool:
    return plan.rule == SEARCH and not keeps(plan)


def keeps(plan: RoomsPlan) -> bool:
    return plan.keep or plan.keep_of is not None


def composed_for(session: Session) -> Item | None:
    """The item for which rooms are composed now."""
    here = session.programme.item(session.agenda.now or "")
    is_breakout = here is not None and here.mode is Mode.BREAKOUT
    if is_breakout and not session.seating.stage.is_under_way:
        return here
    coming = [item for item in _to_come(session) if item.mode is Mode.BREAKOUT]
    by_search = next((item for item in coming if searches(item)), None)
    if by_search is not None or is_breakout:
        return by_search or here
    return next((item for item in coming if item.rooms is None or not keeps(item.rooms)), None)


def _to_come(session: Session) -> Iterable[Item]:
    """The items after that on the table, of the same part of the day."""
    programme, now = session.programme, session.agenda.now
    part = part_of(programme, now)
    return (each for each in programme.items[index_of(programme, now) + 1 :] if part_of(programme, each.id) == part)


def recipe_of(item: Item | None) -> Recipe:
    """What a good room is in that item."""
    plan = item.rooms if item is not None else None
    return (plan.recipe if plan is not None else None) or Recipe()


def kept_rooms(session: Session, plan: RoomsPlan) -> dict[RoomId, Room]:
    """The rooms that an item with this plan keeps; none where there were none."""
    if plan.keep_of is None:
        return session.seating.rooms
    had = session.compositions.rooms
    rooms = had.get(plan.keep_of) or had.get(_first_of(session.programme, plan.keep_of)) or ()
    return {room.id: room for room in rooms}


def stays_open(session: Session, plan: RoomsPlan) -> bool:
    """Whether rooms that are open are those that an item with this plan keeps."""
    if plan.keep_of is None:
        return plan.keep
    held = session.compositions.held
    opened_in = held[-1][0] if held else None
    programme = session.programme
    return opened_in is not None and _first_of(programme, opened_in) == _first_of(programme, plan.keep_of)


def _first_of(programme: Programme, item_id: ItemId) -> ItemId:
    """The item for which those rooms were made, however often they were kept since."""
    for _ in programme.items:
        item = programme.item(item_id)
        plan = item.rooms if item is not None else None
        before = None if plan is None or not keeps(plan) else plan.keep_of or _breakout_before(programme, item_id)
        if before is None:
            return item_id
        item_id = before
    return item_id


def _breakout_before(programme: Programme, item_id: ItemId) -> ItemId | None:
    earlier = programme.items[: max(0, index_of(programme, item_id))]
    return next((item.id for item in reversed(earlier) if item.mode is Mode.BREAKOUT), None)


# What happens to what is planned, and to what was held


def wanted(session: Session, asked: Wanted) -> Compositions:
    """With that wish; the proposal on offer is from now on the plan of its item."""
    known, offered = session.compositions, session.seating.proposal
    later = known.later
    if known.offered is not None and offered is not None:
        later = _with(later, known.offered.wanted.item, offered.rooms)
    number = known.numbered + 1
    return msgspec.structs.replace(known, wanted=asked, failed=None, offered=None, later=later, numbered=number)


def accepted(session: Session) -> Compositions:
    """The rooms on offer were accepted; what is planned for their item are these."""
    known, offered = session.compositions, session.seating.proposal
    if known.offered is None or offered is None:
        return msgspec.structs.replace(known, failed=None, offered=None, accepted=None)
    made = msgspec.structs.replace(known.offered, rooms=offered.rooms)
    later = _with(known.later, made.wanted.item, made.rooms)
    return msgspec.structs.replace(known, failed=None, offered=None, accepted=made, later=later)


def opened(session: Session) -> Compositions:
    """The rooms were opened: a round is held, and nothing is planned for its item any more."""
    known, item = session.compositions, session.agenda.now
    rooms = tuple(session.seating.rooms.values())
    now = None if item is None else ItemId(item)
    done = {now, known.accepted.wanted.item if known.accepted is not None else None}
    later = {each: planned for each, planned in known.later.items() if each not in done}
    again = session.seating.opened_at is not None and bool(known.held) and known.held[-1][0] == now
    held = _met(known, rooms) if again else (*known.held, (now, tuple(room.people for room in rooms)))
    return msgspec.structs.replace(known, failed=None, later=later, held=held, rooms=_with(known.rooms, now, rooms))


def closed(session: Session) -> Compositions:
    """The rooms are closed: they are remembered as they were at the end."""
    known = session.compositions
    if not session.seating.stage.is_open or not known.held:
        return known
    rooms = tuple(session.seating.rooms.values())
    return msgspec.structs.replace(known, held=_met(known, rooms), rooms=_with(known.rooms, known.held[-1][0], rooms))


def undone(known: Compositions) -> Compositions:
    """The item that was to open its rooms by itself is not on the table any more."""
    opens = known.wanted is not None and known.wanted.opens
    return msgspec.structs.replace(known, wanted=None) if opens else known


def _met(known: Compositions, rooms: Iterable[Room]) -> tuple[tuple[ItemId | None, HeldRound], ...]:
    """The rounds held, in the newest of them also whoever sits in a room now."""
    item, before = known.held[-1]
    now = [room.people for room in rooms]
    longest = max(len(before), len(now))
    both = zip((*before, *[()] * (longest - len(before))), (*now, *[()] * (longest - len(now))), strict=True)
    merged: HeldRound = tuple(tuple(dict.fromkeys((*was, *is_now))) for was, is_now in both)
    return (*known.held[:-1], (item, merged))


def _with(
    rooms: dict[ItemId, tuple[Room, ...]], item: ItemId | None, these: tuple[Room, ...]
) -> dict[ItemId, tuple[Room, ...]]:
    return rooms if item is None else {**rooms, item: these}
