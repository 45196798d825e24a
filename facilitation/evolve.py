"""Evolve: what a session is after one more entry. Cannot refuse; the same journal gives the same session."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from facilitation import agenda as agendas
from facilitation import breaks, rounds
from facilitation import events as e
from facilitation.draws import planned_draws
from facilitation.evolve_arrivals import ARRIVAL_EVENTS, after_a_pause, evolve_arrivals, tidied
from facilitation.evolve_breaks import evolve_breaks
from facilitation.evolve_composing import evolve_composing
from facilitation.evolve_conduct import evolve_conduct
from facilitation.evolve_door import evolve_door
from facilitation.evolve_draws import evolve_draws
from facilitation.evolve_floor import evolve_floor, evolve_help
from facilitation.evolve_interpreters import evolve_interpreters, followed
from facilitation.evolve_mending import MENDING_EVENTS, evolve_mending
from facilitation.evolve_people import evolve_people
from facilitation.evolve_polls import evolve_polls, planned_polls
from facilitation.evolve_ready import evolve_ready
from facilitation.evolve_roles import evolve_roles, in_chair
from facilitation.evolve_rooms import evolve_rooms
from facilitation.evolve_team import evolve_team
from facilitation.readiness import AFRESH
from facilitation.session import Before, Ended, Last, Session, State, ticket_key, with_
from facilitation.speech import with_lot
from rooms import floor as floors
from rooms import presence, seating
from rooms.floor import Floor
from rooms.people import ItemId, RoomId, SessionId
from rooms.seating import PLENARY


def begin(session_id: SessionId, event: e.SessionCreated, at: int) -> Session:
    """The session as its first entry makes it; the polls of the programme are drafted."""
    programme = event.programme
    plenary = programme.links.get("plenary")
    return Session(
        id=session_id,
        programme=programme,
        starts=event.starts,
        plan=agendas.planned(programme, event.starts, event.parts),
        quiet_after=event.quiet_after,
        gone_after=event.gone_after,
        hold_share=event.hold_share,
        polls=planned_polls(programme),
        draws=planned_draws(programme),
        links={PLENARY: plenary} if plenary else {},
        version=1,
        time=at,
    )


def told(session: Session, event: e.Event, who: str, at: int, ticket: str | None) -> Session:
    """One entry further: version, time and ticket, then what the event changes."""
    after = evolve(session, event, who, at)
    tickets = session.tickets
    version = session.version + 1
    if ticket is not None:
        tickets = tickets.insert(ticket_key(who, ticket), version)
    return msgspec.structs.replace(after, version=version, time=at, tickets=tickets)


def evolve(session: Session, event: e.Event, who: str, at: int) -> Session:
    after = _EVOLVES[type(event)](session, event, who, at)
    return tidied(session, followed(session, after, event, at))


def _session(session: Session, event: e.Event, who: str, at: int) -> Session:
    match event:
        case e.SessionCreated() | e.FoundDone():
            return session
        case e.SessionStarted():
            roles = in_chair(session, who)
            return with_(session, state=State.LIVE, last=Last("session.start", who, at), roles=roles, **AFRESH)
        case e.SessionPaused():
            paused = agendas.paused(session.agenda, at)
            return with_(session, state=State.PAUSED, agenda=paused, last=Last("session.pause", who, at))
        case e.SessionResumed():
            resumed = agendas.resumed(session.agenda, at)
            session = after_a_pause(session, at)
            return with_(session, state=State.LIVE, agenda=resumed, last=Last("session.resume", who, at))
        case e.SessionClosed(rooms):
            ended = Ended(session.state, session.agenda, rooms, at, who)
            done = agendas.ended(session.agenda, at)
            unwanted = msgspec.structs.replace(session.compositions, wanted=None)
            closed = with_(session, state=State.CLOSED, agenda=done, before=None, ended=ended, compositions=unwanted)
            return with_(closed, last=Last("session.close", who, at))
        case e.SessionReopened():
            return _reopened(session, who, at)
        case e.ItemStarted(item, ask, seed):
            return with_lot(_item_started(session, item, ask, who, at), item, seed)
        case e.ItemExtended(seconds):
            session = breaks.handled(session, who, at, breaks.EXTENDED) if seconds > 0 else session
            session = _undoable(session, "agenda.extend", who, at)
            return with_(session, agenda=agendas.extended(session.agenda, seconds))
        case e.ItemHeld():
            session = _undoable(session, "agenda.hold", who, at)
            return with_(session, agenda=msgspec.structs.replace(session.agenda, held=True))
        case e.AgendaUndone():
            return _undone(session, who, at)
    raise AssertionError(type(event).__name__)


def _reopened(session: Session, who: str, at: int) -> Session:
    """As it was; but what would have gone on by itself meanwhile is held, since somebody is just putting it right."""
    ended = session.ended
    if ended is None:
        return session
    late = ended.agenda.paused is None and ended.agenda.ends <= at
    agenda = msgspec.structs.replace(ended.agenda, held=True) if late and ended.agenda.now else ended.agenda
    return with_(session, state=ended.state, agenda=agenda, ended=None, last=Last("session.reopen", who, at))


def _undoable(session: Session, ask: str, who: str, at: int) -> Session:
    before = Before(session.agenda, session.seating, session.floors, session.attendance.checked_in, at)
    return with_(session, before=before, last=Last(ask, who, at))


def _item_started(session: Session, item: str, ask: str, who: str, at: int) -> Session:
    old_part = agendas.part_of(session.programme, session.agenda.now)
    session = breaks.began(breaks.handled(session, who, at, breaks.WENT_ON), item)
    if ask != "session.start":
        session = _undoable(session, ask, who, at)
    agenda = agendas.started(session.agenda, session.programme, session.plan, ItemId(item), at)
    if session.state is State.PAUSED:
        agenda = agendas.paused(agenda, at)
    attendance = session.attendance
    if agendas.part_of(session.programme, item) != old_part:
        attendance = presence.part_began(attendance, at)
    return with_(session, agenda=agenda, attendance=attendance)


CLOSED = (seating.Stage.NONE, seating.Stage.PROPOSED)
"""Nobody has been told of other rooms since."""


def _undone(session: Session, who: str, at: int) -> Session:
    before = session.before
    if before is None:
        return session
    reopens = before.seating.stage.is_under_way and session.seating.stage in CLOSED
    checked_in = before.checked_in
    for person, since in session.attendance.checked_in.items():
        if person not in checked_in:
            checked_in = checked_in.insert(person, since)
    return with_(
        session,
        agenda=_agenda_again(session, before, at),
        seating=seating.again(before.seating, session.seating) if reopens else session.seating,
        floors=_floors_again(session, before) if reopens else session.floors,
        attendance=presence.with_checked_in(session.attendance, checked_in),
        before=None,
        last=Last("agenda.undo", who, at),
        compositions=rounds.undone(session.compositions),
    )


def _floors_again(session: Session, before: Before) -> dict[RoomId, Floor]:
    """The floors of the rooms as they were, beside the plenary's with what was said there since."""
    rooms = {room: floor for room, floor in before.floors.items() if room != PLENARY}
    return {**rooms, PLENARY: floors.parted(session.floor(PLENARY), rooms.values(), before.at)}


def _agenda_again(session: Session, before: Before, at: int) -> agendas.Agenda:
    """The agenda as it was, but paused only if the session is, and held if its time has passed meanwhile.

    Held, because the house asks once only that an item end by itself, and somebody has just said that it must not.
    """
    agenda = before.agenda
    if session.state is not State.PAUSED:
        agenda = agendas.resumed(agenda, at)
    elif agenda.paused is None and session.agenda.paused is not None:
        agenda = agendas.paused(agenda, session.agenda.paused)
    return msgspec.structs.replace(agenda, held=True) if agenda.ends <= at else agenda


_EVOLVES: dict[type[e.Event], Callable[[Session, e.Event, str, int], Session]] = {
    **dict.fromkeys(e.SESSION_EVENTS, _session),
    **dict.fromkeys(e.PEOPLE_EVENTS, evolve_people),
    **dict.fromkeys(e.ROOMS_EVENTS, evolve_rooms),
    **dict.fromkeys(e.COMPOSING_EVENTS, evolve_composing),
    **dict.fromkeys(MENDING_EVENTS, evolve_mending),
    **dict.fromkeys(ARRIVAL_EVENTS, evolve_arrivals),
    **dict.fromkeys(e.HELP_EVENTS, evolve_help),
    **dict.fromkeys(e.FLOOR_EVENTS, evolve_floor),
    **dict.fromkeys(e.POLLS_EVENTS, evolve_polls),
    **dict.fromkeys(e.DOOR_EVENTS, evolve_door),
    **dict.fromkeys(e.INTERPRETERS_EVENTS, evolve_interpreters),
    **dict.fromkeys(e.CONDUCT_EVENTS, evolve_conduct),
    **dict.fromkeys(e.ROLES_EVENTS, evolve_roles),
    **dict.fromkeys(e.TEAM_EVENTS, evolve_team),
    **dict.fromkeys(e.READY_EVENTS, evolve_ready),
    **dict.fromkeys(e.BREAKS_EVENTS, evolve_breaks),
    **dict.fromkeys(e.DRAWS_EVENTS, evolve_draws),
}
