"""Ready?: who of the team has said so before the start and before each round, and who is missing.

Rules:
- Before the start every facilitator, note-taker and interpreter is asked. Before a round, while its rooms are proposed
  or accepted and not yet open, those of them who have a seat in one of its rooms.
- What was said holds until the session starts, the rooms open, or they are called back; then it is asked anew.
- Nobody has to wait for it: starting anyway is recorded, with who was missing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rpds import HashTrieMap

from facilitation.session import Session, State
from facilitation.views.viewpoint import Once
from rooms.people import ROOM_STAFF, PersonId
from rooms.seating import Room, Stage

START, ROUND = "start", "round"

AFRESH: dict[str, Any] = {"ready": HashTrieMap(), "excused": frozenset()}
"""What a new round, or its end, changes of the session: nobody has said ready, no room is excused."""


def asked_for(session: Session) -> str | None:
    """What the team is asked to be ready for now: `start`, `round`, or nothing."""
    if session.state is State.LOBBY:
        return START
    before_round = session.seating.stage in (Stage.PROPOSED, Stage.ACCEPTED, Stage.OPENING)
    return ROUND if before_round and session.state is not State.CLOSED else None


def _who_is_asked(session: Session) -> tuple[PersonId, ...]:
    match asked_for(session):
        case None:
            return ()
        case "start":
            team: Iterable[PersonId] = sorted(session.people)
        case _:
            team = (person for room in _rooms(session) for person in room.staff)
    return tuple(person for person in team if _is_of_rooms(session, person))


def _rooms(session: Session) -> Iterable[Room]:
    proposal = session.seating.proposal
    return session.seating.rooms.values() if proposal is None else proposal.rooms


def _is_of_rooms(session: Session, person: PersonId) -> bool:
    who = session.people.get(person)
    return who is not None and who.role in ROOM_STAFF


asked: Once[Session, tuple[PersonId, ...]] = Once(
    lambda session: (session.state, session.seating, session.people), _who_is_asked
)
"""Those who are asked now, by id before the start, by room before a round."""


def missing(session: Session) -> tuple[PersonId, ...]:
    """Those who are asked and have not said that they are ready."""
    return tuple(person for person in asked(session) if person not in session.ready)
