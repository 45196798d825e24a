"""What is seen of compositions: the proposal with its reasons, what a good room is, who sits together or apart, and
how interpreters work.

- Leads: all of it; how rooms mirror the whole, who has met before, who moves and why.
- Nobody else: nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from facilitation.bonds import broken
from facilitation.composition import APART, TOGETHER, Made
from facilitation.programme import Least, Recipe
from facilitation.recipes import OF_EVERYBODY, fitted, has_wishes
from facilitation.reported import Standing, moves, standing
from facilitation.roomstaff import team_of
from facilitation.rounds import composed_for, recipe_of
from facilitation.session import Session
from facilitation.teamplans import teams_of, works
from facilitation.topics import topic_of
from facilitation.views.viewpoint import Once, Part, Scene, View, Viewpoint, read
from rooms.composing.reasons import Move, RoomReport
from rooms.people import Card, PersonId, Role
from rooms.seating import Proposal, Room, Stage

UNKEPT = {APART: "not-apart", TOGETHER: "not-together"}
RECIPE = msgspec.structs.fields(Recipe)
SEATED = (Stage.ACCEPTED, Stage.OPENING, Stage.OPEN, Stage.RECALLING)


def _proposal(scene: Scene, at: Viewpoint) -> View:
    session = scene.session
    known, proposal = session.compositions, session.seating.proposal
    if at.role is not Role.LEAD:
        return {}
    if known.wanted is not None:
        asked: dict[str, Any] = {
            "id": known.wanted.id,
            "state": "composing",
            "rooms": [],
            "relaxed": [],
            "item": known.wanted.item,
        }
        return {"rooms.proposal": asked}
    if known.failed is not None:
        failed, reasons = known.failed
        told = {"reasons": [msgspec.to_builtins(each) for each in reasons]}
        return {"rooms.proposal": {"id": failed, "state": "failed", "rooms": [], "relaxed": [], **told}}
    if proposal is None:
        return {}
    stands, made = _standing(scene), known.offered
    reports = {} if stands is None else stands.rooms
    shown = {
        "id": proposal.id,
        "state": "ready",
        "rooms": [{**_plain(room), **_facts(session, room, reports.get(room.id), at.lang)} for room in proposal.rooms],
        "relaxed": [*proposal.relaxed, *_unkept(session, proposal)],
        "seed": proposal.seed,
    }
    if stands is not None and made is not None:
        shown |= _how(made, _moves(scene)) | _as_now(session, made, stands)
    return {"rooms.proposal": shown}


def _unkept(session: Session, proposal: Proposal) -> list[str]:
    """Of bonds that rooms do not keep which were not searched; of others the search's rules tell."""
    if proposal.found is not None:
        return []
    return sorted({UNKEPT[bond.kind] for bond in broken(session.compositions.bonds, proposal.rooms)})


def _plain(room: Room) -> dict[str, Any]:
    return {
        "id": room.id,
        "name": room.name,
        "people": list(room.people),
        "staff": list(room.staff),
        "languages": list(room.languages),
    }


def _facts(session: Session, room: Room, report: RoomReport | None, lang: str) -> dict[str, Any]:
    """What a search knows of a room beside who sits in it."""
    if report is None:
        return {}
    people = session.people
    return {
        "topic": read(topic_of(session, room, session.compositions.offered), lang),
        "interpreted": [list(pair) for pair in report.interpreted],
        "team": [each for each in room.staff if each in people and people[each].role is Role.INTERPRETER],
        "mirror": [msgspec.to_builtins(share) for share in report.shares],
        "again": [list(pair) for pair in report.again],
        "alone": list(report.alone),
    }


def _as_now(session: Session, made: Made, stands: Standing) -> dict[str, Any]:
    """What does not hold since somebody was moved by hand, and what is planned for later."""
    item, later = made.wanted.item, session.compositions.later
    return {
        "broken": [msgspec.to_builtins(each) for each in stands.broken],
        "later": [{"item": each, "rooms": len(rooms)} for each, rooms in later.items() if each != item],
    }


def _how(made: Made, moving: Iterable[Move]) -> dict[str, Any]:
    """What makes the rooms again, what gave way for them, and who moves."""
    found = made.found
    return {
        "item": made.wanted.item,
        "relaxed": [*made.relaxed, *(msgspec.to_builtins(each) for each in found.relaxed)],
        "iterations": found.iterations,
        "taste": found.taste,
        "rung": found.rung,
        "moves": [
            {
                "person": each.person,
                "room": each.room,
                "before": each.before,
                "why": each.why,
                "mirror": each.mirror,
                "repeats": each.repeats,
            }
            for each in moving
        ],
    }


def _made(scene: Scene, at: Viewpoint) -> View:
    """How the accepted rooms were made, and why people sit elsewhere than had been planned."""
    session = scene.session
    made = session.compositions.accepted
    if at.role is not Role.LEAD or made is None or session.seating.stage not in SEATED:
        return {}
    shown = {
        "id": made.wanted.id,
        "rooms": [{"id": room.id, "name": room.name} for room in made.rooms],
        "seed": made.wanted.seed,
    }
    return {"rooms.made": shown | _how(made, _moved(scene))}


def _made_of(scene: Scene) -> tuple[Proposal | None, Made | None, object, object, Mapping[PersonId, Card]]:
    session = scene.session
    known = session.compositions
    return session.seating.proposal, known.offered, known.bonds, session.people, scene.cards


def _stands(scene: Scene) -> Standing | None:
    session = scene.session
    proposal = session.seating.proposal
    if proposal is None or proposal.found is None:
        return None
    return standing(session, scene.cards, proposal.found, proposal.rooms)


_standing: Once[Scene, Standing | None] = Once(_made_of, _stands)


def _between(scene: Scene, made: Made, rooms: Sequence[Room]) -> tuple[Move, ...]:
    return moves(scene.session, scene.cards, made.found, rooms, made.planned)


def _would_move(scene: Scene) -> tuple[Move, ...]:
    made, proposal = scene.session.compositions.offered, scene.session.seating.proposal
    return () if made is None or proposal is None else _between(scene, made, proposal.rooms)


def _have_moved(scene: Scene) -> tuple[Move, ...]:
    made = scene.session.compositions.accepted
    return () if made is None else _between(scene, made, made.rooms)


_moves: Once[Scene, tuple[Move, ...]] = Once(_made_of, _would_move)
_moved: Once[Scene, tuple[Move, ...]] = Once(lambda scene: (scene.session.compositions.accepted,), _have_moved)


def _recipe(scene: Scene, at: Viewpoint) -> View:
    if at.role is not Role.LEAD:
        return {}
    item = composed_for(scene.session)
    recipe = fitted(scene.session, recipe_of(item))
    fields = {field.encode_name: getattr(recipe, field.name) for field in RECIPE}
    known = sorted({*OF_EVERYBODY, *scene.session.attributes})
    had = scene.session.compositions.rooms
    planned = item is not None and item.id in scene.session.compositions.later
    shown = {**fields, "least": [_least(each) for each in recipe.least], "attributes": known}
    shown |= {"had": [each.id for each in scene.session.programme.items if had.get(each.id) and each is not item]}
    return {"rooms.recipe": {**shown, "item": None if item is None else item.id, "planned": planned}}


def _least(least: Least) -> dict[str, Any]:
    return {"attribute": least.attribute, "value": least.value, "people": least.people}


def _bonds(scene: Scene, at: Viewpoint) -> View:
    if at.role is not Role.LEAD:
        return {}
    bonds = scene.session.compositions.bonds
    return {"rooms.bonds": [{"kind": bond.kind, "people": list(bond.people)} for bond in bonds]}


def _teams(scene: Scene, at: Viewpoint) -> View:
    if at.role is not Role.LEAD:
        return {}
    teams = teams_of(scene.session)
    return {"rooms.teams": [_team(scene.session, name, people) for name, people in teams.items()]}


def _team(session: Session, name: str, people: tuple[PersonId, ...]) -> dict[str, Any]:
    """A team as it works now, whoever of it is here; of some no languages are known."""
    team = team_of(session, name, people, ())
    return {
        "id": name,
        "people": list(people),
        "languages": list(team.languages),
        "booth": team.booth,
        "turn": team.turn,
        "relay": team.relay,
        "works": works(session, name),
        "said": any(plan.id == name for plan in session.compositions.teams),
    }


SESSION_PARTS = (
    Part(
        lambda scene: (scene.session.seating, scene.session.compositions, scene.session.people, scene.cards),
        _proposal,
        lambda scene, at: (
            (
                *_made_of(scene),
                scene.session.compositions.wanted,
                scene.session.compositions.failed,
                scene.session.compositions.later,
            )
            if at.role is Role.LEAD
            else ()
        ),
    ),
    Part(
        lambda scene: (
            scene.session.agenda,
            scene.session.seating.stage,
            scene.session.compositions.later,
            scene.session.compositions.rooms,
            scene.session.attributes,
            scene.session.polls,
        ),
        _recipe,
        lambda scene, at: (
            (
                scene.session.agenda.now,
                scene.session.seating.stage,
                scene.session.compositions.later,
                scene.session.compositions.rooms,
                scene.session.attributes,
                has_wishes(scene.session, recipe_of(composed_for(scene.session)).topics),
            )
            if at.role is Role.LEAD
            else ()
        ),
    ),
    Part(
        lambda scene: (scene.session.compositions.accepted, scene.session.seating.stage),
        _made,
    ),
    Part(lambda scene: (scene.session.compositions.bonds,), _bonds),
    Part(lambda scene: (scene.session.compositions.teams, scene.session.people), _teams),
)
