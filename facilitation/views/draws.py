"""What is seen of draws by lot.

- Everybody, the public too, once it is opened: what is drawn and by which quotas, how many stand, and after the close
  the hash of the list; then the number, who was drawn (by name: the draw is public), who waits, who said no.
- Oneself: whether one stands, in a panel lottery one's own chance, whether one was drawn.
- Leads and support: who stands. Leads also: how many of each group or quota, so that they see what is still missing.
- Nobody else is shown anybody's chance, nor anything of what the quotas look at. Whoever counts the panels that were
  published finds out how often somebody is in them; those who are asked to stand are told so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import msgspec

from facilitation import draws
from facilitation.draws import PLANNED, Draw
from facilitation.session import Session
from facilitation.views.people import DESK
from facilitation.views.viewpoint import Each, Part, Scene, View, Viewpoint, differing, read
from rooms.lot.page import figures
from rooms.lot.quotas import Quota, spelled_out
from rooms.people import NOBODY, ItemId, PersonId, Role

UNMADE = ("time", "fault")
"""Why there may be no list although the quotas could be kept."""
OTHERS = tuple(name for name in Draw.__struct_fields__ if name != "volunteers")


def _one(scene: Scene, at: Viewpoint, key: str) -> View:
    session = scene.session
    draw = session.draws[ItemId(key)]
    if draw.state == PLANNED and not at.role.is_staff:
        return {}
    return {f"draws.{key}": draw_shown(scene, draw, at)}


def _numbers(scene: Scene, at: Viewpoint, key: str) -> View:
    """What changes whenever somebody says that they would like to stand."""
    draw = scene.session.draws[ItemId(key)]
    if draw.state == PLANNED and not at.role.is_staff:
        return {}
    shown: View = {f"draws.{key}.volunteers": len(draw.volunteers if draw.page is None else draw.people)}
    if at.role in DESK and draw.page is None:
        shown[f"draws.{key}.standing"] = _standing(scene, draw, at)
    return shown


def draw_shown(scene: Scene, draw: Draw, at: Viewpoint) -> dict[str, Any]:
    """A draw as everybody may see it; to staff also with ids, and why there is no list."""
    session, plan, page = scene.session, draw.plan, draw.page
    item = session.programme.item(draw.id)
    staff = at.role.is_staff
    shown: dict[str, Any] = {
        "id": draw.id,
        "title": read(item.title, at.lang) if item is not None else "",
        "state": draw.state,
        "panels": bool(plan.quotas),
        "among": plan.among,
        "seats": plan.seats,
        "substitutes": plan.substitutes,
        "groups": list(plan.groups),
        "differ": plan.differ,
        "quotas": _quotas(plan.quotas),
        "hash": page.hash if page is not None else None,
        "figures": figures(page) if page is not None else None,
        "lists": [
            {"title": _titles(session, plan.groups, each.title, at.lang), "people": len(each.people)}
            for each in (page.groups if page is not None else ())
        ],
        "lowest": min((chance for chance in page.chances if chance), default=None) if page is not None else None,
        "unmade": any(each.why in UNMADE for each in draw.lacks),
        "opened": draw.opened,
        "closed": draw.closed,
        "drawn": draw.drawn,
        "number": draw.number,
        "parts": [_part(scene, draw, part, at.lang, ids=staff) for part in draw.result],
        "voided": [{"reason": each.reason, "hash": each.hash, "number": each.number} for each in draw.voided],
    }
    if staff:
        shown["lacks"] = [msgspec.to_builtins(each) for each in draw.lacks]
    return shown


def _quotas(quotas: dict[str, dict[str, tuple[int, int]]]) -> list[dict[str, Any]]:
    return [
        {"attribute": attribute, "value": value, "least": least, "most": most}
        for attribute, values in quotas.items()
        for value, (least, most) in values.items()
    ]


def _part(scene: Scene, draw: Draw, part: draws.Seats, lang: str, *, ids: bool) -> dict[str, Any]:
    def one(person: PersonId) -> dict[str, Any]:
        return {"name": scene.name(person), **({"person": person} if ids else {})}

    return {
        "title": _titles(scene.session, draw.plan.groups, part.title, lang),
        "seats": [
            {"who": None if who is None else one(who), "before": [scene.name(each) for each in before]}
            for who, before in part.seats
        ],
        "substitutes": [one(each) for each in part.substitutes],
    }


def _titles(session: Session, groups: Sequence[str], values: Sequence[str], lang: str) -> list[str]:
    """The values that a group shares; sides by their title."""
    sides = {side.id: read(side.title, lang) for side in session.programme.sides}
    return [sides.get(value, value) if group == "side" else value for group, value in zip(groups, values, strict=False)]


def _standing(scene: Scene, draw: Draw, at: Viewpoint) -> dict[str, Any]:
    """Who stands so far; for leads also what they come to."""
    standing = sorted(draw.volunteers)
    shown: dict[str, Any] = {"people": standing}
    if at.role is not Role.LEAD:
        return shown
    session, plan = scene.session, draw.plan
    known = [draws.known(session.people[each], scene.cards.get(each, NOBODY), draws.wanted(plan)) for each in standing]
    groups = Counter(tuple(own[each] for each in plan.groups) for own in known)
    shown["groups"] = [
        {"title": _titles(session, plan.groups, title, at.lang), "people": number}
        for title, number in sorted(groups.items())
    ]
    quotas = spelled_out([Quota(**each) for each in _quotas(plan.quotas)], known)
    shown["quotas"] = [
        {**msgspec.to_builtins(quota), "people": sum(map(quota.counts, known))}
        for quota in quotas
        if quota.least or _is_named(plan.quotas, quota)
    ]
    return shown


def _is_named(quotas: dict[str, dict[str, tuple[int, int]]], quota: Quota) -> bool:
    """Whether the programme names that value, rather than standing for each there is."""
    return quota.value in quotas.get(quota.attribute, {})


def _mine(scene: Scene, at: Viewpoint) -> View:
    me = at.person or PersonId("")
    if at.role is not Role.CITIZEN:
        return {}
    return {f"me.draws.{draw.id}": _my_part(draw, me) for draw in scene.session.draws.values() if draw.state != PLANNED}


def _my_part(draw: Draw, me: PersonId) -> dict[str, Any]:
    place = draw.place(me)
    chances = draw.page.chances if draw.page is not None else ()
    waiting = [part.substitutes.index(me) + 1 for part in draw.result if me in part.substitutes]
    return {
        "stands": me in draw.volunteers if draw.page is None else place is not None,
        "chance": chances[place] if place is not None and chances else None,
        "drawn": draws.has_seat(draw, me),
        "substitute": next(iter(waiting), None),
        "declined": me in draw.declined,
    }


def _mine_needs(scene: Scene, at: Viewpoint) -> tuple[object, ...]:
    """While a list is open, only one's own word matters."""
    me = at.person or PersonId("")
    grounds: list[object] = []
    for draw in scene.session.draws.values():
        grounds += (draw.state, me in draw.volunteers) if draw.state == draws.OPEN else (draw,)
    return tuple(grounds)


def _touched(before: Scene, now: Scene) -> Collection[PersonId] | None:
    """Whoever said something in between, if nothing else happened to the draws."""
    spoke: set[PersonId] = set()
    was, is_now = before.session.draws, now.session.draws
    for key in differing(was, is_now):
        if key not in was or key not in is_now or (was[key].state, is_now[key].state) != (draws.OPEN, draws.OPEN):
            return None
        spoke.update(differing(was[key].volunteers, is_now[key].volunteers))
    return spoke


def _changed(before: Scene, now: Scene) -> Iterator[str]:
    """Of which draws more changed than who stands."""
    was, is_now = before.session.draws, now.session.draws
    for key in differing(was, is_now):
        both = was.get(key), is_now.get(key)
        if None in both or any(getattr(both[0], name) is not getattr(both[1], name) for name in OTHERS):
            yield key


def _stood(before: Scene, now: Scene) -> Iterator[str]:
    yield from differing(before.session.draws, now.session.draws)


SESSION_PARTS = (
    Each(
        rests=lambda scene: (scene.cards,),
        keys=lambda scene, _: scene.session.draws,
        stale=_changed,
        shows=_one,
    ),
    Each(
        rests=lambda scene: (scene.cards,),
        keys=lambda scene, _: scene.session.draws,
        stale=_stood,
        shows=_numbers,
    ),
)
MINE_PARTS = (Part(lambda scene: (scene.session.draws,), _mine, _mine_needs, _touched),)
