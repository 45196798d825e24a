"""What is seen of the session and its agenda.

- Everybody: the items with their forecast, the one on the table, how far behind the plan.
- Staff also: planned and actual times, and which instruments have to be run elsewhere.
- Leads also: who pressed what last, and how long it may be undone; the item's plan for rooms and poll.
"""

from __future__ import annotations

from typing import Any

import msgspec

from facilitation import agenda as agendas
from facilitation.programme import PollPlan, RoomsPlan, elsewhere
from facilitation.session import UNDO_FOR, State
from facilitation.views.viewpoint import Part, Scene, View, Viewpoint, read
from rooms.people import Role


def _session(scene: Scene, at: Viewpoint) -> View:
    session = scene.session
    programme = session.programme
    shown = {
        "id": session.id,
        "title": read(programme.title, at.lang),
        "state": session.state,
        "languages": list(programme.languages),
        "sides": [{"id": side.id, "title": read(side.title, at.lang)} for side in programme.sides],
        "public": programme.public,
        "timezone": programme.timezone,
        "starts": session.starts,
        "help": {"telephone": programme.telephone},
        "afterwards": (read(programme.afterwards, at.lang) or None) if session.state is State.CLOSED else None,
    }
    return {"session": shown}


def _items(scene: Scene, at: Viewpoint) -> View:
    session = scene.session
    programme, agenda = session.programme, session.agenda
    here = agendas.index_of(programme, agenda.now)
    shown = []
    for index, (item, span) in enumerate(agendas.forecast(agenda, programme, session.plan)):
        one: dict[str, Any] = {
            "id": item.id,
            "title": read(item.title, at.lang),
            "minutes": item.minutes,
            "mode": item.mode,
            "starts": span[0],
            "ends": span[1],
            "state": _state(session.state, item.id in agenda.actuals, index, here),
            "by_time": item.ends == "by-time",
            "part": agendas.part_of(programme, item.id),
        }
        if at.role.is_staff:
            actual = agenda.actuals.get(item.id)
            planned = session.plan[index]
            one["planned"] = {"starts": planned[0], "ends": planned[1]}
            one["actual"] = None if actual is None else {"started": actual[0], "ended": actual[1]}
            one["elsewhere"] = list(dict.fromkeys(elsewhere(item)))
        if at.role is Role.LEAD:
            one["rooms"] = None if item.rooms is None else _rooms_plan(item.rooms, at.lang)
            one["poll"] = None if item.poll is None else _poll_plan(item.poll)
        shown.append(one)
    return {"agenda.items": shown, "agenda.drift": agendas.drift(agenda, programme, session.plan)}


def _poll_plan(plan: PollPlan) -> dict[str, Any]:
    """Without the texts of one whose question is known: they stand in its poll."""
    shown: dict[str, Any] = msgspec.to_builtins(msgspec.structs.replace(plan, texts=()) if plan.question else plan)
    return shown


def _rooms_plan(plan: RoomsPlan, lang: str) -> dict[str, Any]:
    return {**msgspec.to_builtins(plan), "note": read(plan.note, lang) or None}


def _state(state: State, was_on: bool, index: int, here: int) -> str:
    if state is State.CLOSED or index < here:
        return "done" if was_on else "skipped"
    if index == here:
        return "now"
    return "next" if index == here + 1 else "ahead"


def _now(scene: Scene, at: Viewpoint) -> View:
    agenda = scene.session.agenda
    item = scene.session.programme.item(agenda.now or "")
    if item is None:
        return {"agenda.now": None}
    task = read(item.task.text, at.lang) if item.task is not None and item.task.text else None
    shown = {
        "item": item.id,
        "started": agenda.started,
        "ends": agenda.ends,
        "paused": agenda.paused,
        "held": agenda.held,
        "by_time": item.ends == "by-time",
        "task": task,
    }
    return {"agenda.now": shown}


def _last(scene: Scene, at: Viewpoint) -> View:
    session = scene.session
    if at.role is not Role.LEAD or session.last is None:
        return {}
    last, before = session.last, session.before
    until = None if before is None else before.at + UNDO_FOR
    return {"agenda.last": {"by": scene.name(last.by), "ask": last.ask, "at": last.at, "undo_until": until}}


PARTS = (
    Part(lambda scene: (scene.session.state, scene.session.programme), _session),
    Part(lambda scene: (scene.session.agenda, scene.session.state), _items),
    Part(lambda scene: (scene.session.agenda,), _now),
    Part(lambda scene: (scene.session.last, scene.session.before, scene.cards), _last),
)
