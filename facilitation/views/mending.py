"""What is seen of repairs of open rooms.

- Leads: what each rung would do, whom it would move and why, or why it cannot be done; how many are about to move,
  and who moved last and why.
- Whoever is about to move: when, and to which room; afterwards that they were moved. No reason, person or attribute.
- Nobody else sees anything of these.
"""

from __future__ import annotations

from typing import Any

import msgspec

from facilitation.composition import RepairOffer
from facilitation.mending import moved
from facilitation.session import Session
from facilitation.views.viewpoint import Part, Scene, View, Viewpoint, differing
from rooms.people import PersonId, Role


def _repairs(scene: Scene, at: Viewpoint) -> View:
    if at.role is not Role.LEAD:
        return {}
    held = scene.session.compositions
    repairs, leaving, mended = held.repairs, held.leaving, held.mended
    offers = [] if repairs is None else [_offer(scene.session, each) for each in repairs.offers]
    return {
        "rooms.repairs": None
        if repairs is None
        else {
            "id": repairs.id,
            "by": repairs.by,
            "at": repairs.at,
            "state": "ready" if offers else "searching",
            "offers": offers,
        },
        "rooms.leaving": None
        if leaving is None
        else {"at": leaving.at, "people": len(leaving.moves), "repair": leaving.repair, "rung": leaving.rung},
        "rooms.mended": None if mended is None else {"at": mended.at, "moves": msgspec.to_builtins(mended.moves)},
    }


def _grounds(scene: Scene) -> tuple[object, ...]:
    held = scene.session.compositions
    return held.repairs, held.leaving, held.mended


def _offer(session: Session, offer: RepairOffer) -> dict[str, Any]:
    """`people`: how many would move; `leads`: who would lead which room; `closes`: rooms in which nobody would sit."""
    now = session.seating.rooms
    leads = [
        {"room": room.id, "person": person}
        for room in offer.rooms
        if room.id in now
        for person in room.staff
        if person not in now[room.id].staff
    ]
    left = {move.before for move in offer.moves}
    closes = [room.id for room in offer.rooms if room.id in left and not room.people]
    return {
        "rung": offer.rung,
        "people": len(list(moved(offer))),
        "moves": msgspec.to_builtins(offer.moves),
        "leads": leads,
        "closes": closes,
        "cannot": msgspec.to_builtins(offer.cannot),
        "relaxed": msgspec.to_builtins(offer.relaxed),
    }


def _moving(scene: Scene, at: Viewpoint) -> View:
    """A helper moves with their person."""
    session, me = scene.session, at.person or PersonId("")
    leaving = session.compositions.leaving
    to = None if leaving is None else leaving.moves.get(session.belongs.get(me, me))
    room = session.seating.rooms.get(to) if to is not None else None
    if leaving is None or room is None or session.conduct.is_out(me):
        return {"me.moving": None}
    return {"me.moving": {"at": leaving.at, "room": room.id, "name": room.name}}


def _moved(scene: Scene, at: Viewpoint) -> View:
    session, me = scene.session, at.person or PersonId("")
    return {"me.moved": session.compositions.moved.get(session.belongs.get(me, me))}


def _moving_rests(scene: Scene) -> tuple[object, ...]:
    session = scene.session
    leaving = session.compositions.leaving
    if leaving is None:
        return (None, None, None, None)
    return leaving, session.seating.rooms, session.belongs, session.conduct


def _touched(before: Scene, now: Scene) -> set[PersonId] | None:
    """Those who were moved; where somebody has helpers it is looked up for everybody."""
    was, now_is = before.session, now.session
    if was.belongs is not now_is.belongs or now_is.belongs:
        return None
    return set(differing(was.compositions.moved, now_is.compositions.moved))


SESSION_PARTS = (
    Part(
        lambda scene: (*_grounds(scene), scene.session.seating),
        _repairs,
        lambda scene, at: (*_grounds(scene), scene.session.seating.rooms) if at.role is Role.LEAD else (),
    ),
)
MINE_PARTS = (
    Part(_moving_rests, _moving),
    Part(
        lambda scene: (scene.session.compositions.moved, scene.session.belongs),
        _moved,
        touched=_touched,
    ),
)
