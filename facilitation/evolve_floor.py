"""What events on the floor and at the help desk change."""

from __future__ import annotations

import msgspec
from rpds import HashTrieMap

from facilitation import events as e
from facilitation import incidents
from facilitation.incident import Incident
from facilitation.session import Help, Nudge, Session, with_
from rooms import floor as floors
from rooms.floor import Chosen
from rooms.people import PersonId


def evolve_floor(session: Session, event: e.Event, who: str, at: int) -> Session:
    person = PersonId(who)
    match event:
        case e.HandRaised(room, kind, whose):
            after = floors.hand_raised(session.floor(room), whose or person, kind, at)
        case e.HandLowered(room, whose):
            after = floors.hand_lowered(session.floor(room), whose)
        case e.FloorGiven(room, whom, until):
            after = floors.given(session.floor(room), whom, at, until)
        case e.TurnEnded(room):
            after = floors.ended(session.floor(room), at)
        case e.TurnExtended(room, until):
            after = floors.extended(session.floor(room), until)
        case e.QueueChosen(room, item, queue, turn, seed):
            after = floors.chosen(session.floor(room), Chosen(item, queue, turn, seed))
        case e.SlowerAsked(room):
            after = floors.slowed(session.floor(room), person)
        case e.Nudged(_, whom, kind):
            return with_(session, nudges=session.nudges.insert(whom, Nudge(kind, at)))
        case e.NudgePutAway():
            return with_(session, nudges=session.nudges.discard(person))
        case _:
            raise AssertionError(type(event).__name__)
    return with_(session, floors={**session.floors, room: after}, nudges=_unheeded(session, event, person))


def _unheeded(session: Session, event: e.Event, person: PersonId) -> HashTrieMap[PersonId, Nudge]:
    """The nudges that are still to be heeded: whoever raises a hand, gets the floor or has ended has heeded theirs."""
    heeding: list[PersonId] = []
    match event:
        case e.HandRaised(_, _, whose):
            heeding = [whose or person]
        case e.FloorGiven(room, whom) if turn := session.floor(room).turn:
            heeding = [whom, turn.person]
        case e.FloorGiven(_, whom):
            heeding = [whom]
        case e.TurnEnded(room) if turn := session.floor(room).turn:
            heeding = [turn.person]
    nudges = session.nudges
    for each in heeding:
        if each in nudges:
            nudges = nudges.discard(each)
    return nudges


def evolve_help(session: Session, event: e.Event, who: str, at: int) -> Session:
    person = PersonId(who)
    match event:
        case e.HelpCalled(help_id, kind, room, text, whole_room):
            call = Help(help_id, person, room, kind, text, at, whole_room=whole_room)
            session = incidents.opened(session, Incident(f"help-{help_id}", kind, at, who, room, person, text))
            return with_(session, helps={**session.helps, help_id: call}, helped=session.helped + 1)
        case e.HelpTaken(help_id):
            session = incidents.taken(session, f"help-{help_id}", who, at)
            taken = msgspec.structs.replace(session.helps[help_id], taken_by=person)
            return with_(session, helps={**session.helps, help_id: taken})
        case e.HelpSettled(help_id, outcome):
            session = incidents.settled(session, f"help-{help_id}", who, at, outcome)
            return with_(session, helps={key: call for key, call in session.helps.items() if key != help_id})
    raise AssertionError(type(event).__name__)
