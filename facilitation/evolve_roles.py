"""What events change: who has which role, who leads; and the matter of a lead who dropped out."""

from __future__ import annotations

import msgspec

from facilitation import events as e
from facilitation import incidents
from facilitation.incident import Incident
from facilitation.leading import at_hand, is_led, leader_of
from facilitation.roles import Roles
from facilitation.session import Session, State, with_
from rooms.people import PersonId, Role, RoomId
from rooms.seating import PLENARY

LEAD = "lead"
"""The kind of these incidents, and the reference of the one about the day."""


def evolve_roles(session: Session, event: e.Event, who: str, at: int) -> Session:
    match event:
        case e.RoleGiven(person, role):
            return lead_watched(_with_role(session, person, role), at)
        case e.ChairTaken():
            return _chair_taken(session, PersonId(who), at)
        case e.RoomTaken(room, person):
            leaders = {**session.roles.leaders, room: person}
            roles = msgspec.structs.replace(session.roles, leaders=leaders)
            return with_(_room_matter(session, room, who, at), roles=roles)
    raise AssertionError(type(event).__name__)


def _room_matter(session: Session, room: RoomId, who: str, at: int) -> Session:
    """Recorded where whoever led the room had dropped out."""
    missed = leader_of(session, room)
    if missed is None or at_hand(session, missed):
        return session
    ref = f"{LEAD}-{room}"
    session = incidents.opened(session, Incident(ref, LEAD, at, who, room=room, person=missed))
    return incidents.settled(session, ref, who, at, "taken-over")


def in_chair(session: Session, who: str) -> Roles:
    """Whoever starts the session leads the day."""
    known = PersonId(who) in session.people
    return msgspec.structs.replace(session.roles, chair=PersonId(who)) if known else session.roles


def rooms_made_anew(roles: Roles) -> Roles:
    """Other rooms, other leaders."""
    return msgspec.structs.replace(roles, leaders={}) if roles.leaders else roles


def lead_watched(session: Session, at: int) -> Session:
    """Opens the matter of the lead when whoever leads the day has lost their line, and settles it when they are back.

    Without anybody in the chair, any lead will do.
    """
    chair = session.roles.chair
    led = is_led(session) if chair is None else at_hand(session, chair)
    if led:
        return incidents.settled(session, LEAD, str(chair or LEAD), at, "lead-back")
    if session.state not in (State.LIVE, State.PAUSED):
        return session
    return incidents.opened(session, Incident(LEAD, LEAD, at, "house", room=PLENARY, person=chair))


def may_be_missed(session: Session, person: PersonId) -> bool:
    """Whether their coming or going can change who leads."""
    who = session.people.get(person)
    return who is not None and who.role is Role.LEAD


def _chair_taken(session: Session, who: PersonId, at: int) -> Session:
    """Recorded as a matter of its own where somebody became a lead by it."""
    if session.people[who].role is not Role.LEAD:
        about = Incident(LEAD, LEAD, at, str(who), room=PLENARY, person=session.roles.chair)
        session = _with_role(incidents.opened(session, about), who, Role.LEAD)
    session = with_(session, roles=msgspec.structs.replace(session.roles, chair=who))
    return incidents.settled(session, LEAD, str(who), at, "taken-over")


def _with_role(session: Session, person: PersonId, role: Role) -> Session:
    """With that role; whoever is no lead any more is not in the chair either."""
    changed = msgspec.structs.replace(session.people[person], role=role)
    roles = session.roles
    if role is not Role.LEAD and roles.chair == person:
        roles = msgspec.structs.replace(roles, chair=None)
    return with_(session, people=session.people.insert(person, changed), roles=roles)
