"""What events of compositions by a search change."""

from __future__ import annotations

import msgspec

from facilitation import events as e
from facilitation import rounds
from facilitation.bonds import bonded
from facilitation.composition import Compositions, Made, Unopened
from facilitation.session import Session, with_
from facilitation.teamplans import planned
from rooms import seating
from rooms.seating import Proposal


def evolve_composing(session: Session, event: e.Event, who: str, at: int) -> Session:  # noqa: ARG001 - as all of them
    known = session.compositions
    match event:
        case e.CompositionAsked(wanted):
            changed = rounds.wanted(session, wanted)
            return with_(session, seating=seating.withdrawn(session.seating), compositions=changed)
        case e.RoomsComposed():
            return _composed(session, event)
        case e.CompositionFailed(wanted_id, reasons):
            unopened = _unopened(known, at)
            failed = msgspec.structs.replace(known, wanted=None, failed=(wanted_id, reasons), unopened=unopened)
            return with_(session, compositions=failed)
        case e.PeopleBonded(people, kind):
            bonds = bonded(known.bonds, people, kind)
            return with_(session, compositions=msgspec.structs.replace(known, bonds=bonds))
        case e.TeamPlanned(team, plan):
            return with_(session, compositions=msgspec.structs.replace(known, teams=planned(known.teams, team, plan)))
        case e.EarlierRoundsBrought(held, marks):
            earlier = msgspec.structs.replace(known, earlier=(*known.earlier, *held), marks=(*known.marks, *marks))
            return with_(session, compositions=earlier)
    return session


def _unopened(known: Compositions, at: int) -> Unopened | None:
    """What should have opened by the wish that failed; tried again by hand it is still the same."""
    wanted = known.wanted
    if wanted is None or wanted.item is None:
        return None
    before = known.unopened if known.unopened is not None and known.unopened.item == wanted.item else None
    return before or (Unopened(wanted.item, at) if wanted.opens else None)


def _composed(session: Session, event: e.RoomsComposed) -> Session:
    """On offer; what is planned for later is from now on what this foresees."""
    known = session.compositions
    wanted = known.wanted
    if wanted is None:
        return session
    planned = known.later.get(wanted.item, ()) if wanted.item is not None and wanted.rung else ()
    later = event.later if wanted.item is None else {**event.later, wanted.item: event.rooms}
    made = Made(wanted, event.found, planned, event.relaxed)
    changed = msgspec.structs.replace(known, wanted=None, failed=None, offered=made, later=later)
    proposal = Proposal(event.id, event.rooms, event.relaxed, event.seed, event.found)
    return with_(session, seating=seating.proposed(session.seating, proposal), compositions=changed)
