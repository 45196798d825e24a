"""Evolve: what a session is after one more entry. Cannot refuse; the same journal gives the same session."""

from __future__ import annotations

from typing import Any

import msgspec

from facilitation import agenda as agendas
from facilitation import events as e
from facilitation.polls import Poll
from facilitation.programme import Link, is_built
from facilitation.session import Before, Help, Last, Notice, Session, State, ticket_key
from rooms import floor as floors
from rooms import presence, seating
from rooms.people import ItemId, PersonId, PollId, RoomId, SessionId
from rooms.presence import Presence
from rooms.seating import PLENARY, Proposal


def begin(session_id: SessionId, event: e.SessionCreated, at: int) -> Session:
    """The session as its first entry makes it; the polls of the programme are drafted."""
    programme = event.programme
    polls = {
        PollId(item.id): Poll(
            PollId(item.id),
            item.poll.question,
            item.poll.method,
            order,
            item.poll.options,
            item.poll.rule,
            item.poll.seconds,
            item.id,
        )
        for order, item in enumerate(item for item in programme.items if item.poll is not None)
        if item.poll is not None and item.poll.question and is_built(item.poll)
    }
    plenary = programme.links.get("plenary")
    return Session(
        id=session_id,
        programme=programme,
        starts=event.starts,
        plan=agendas.planned(programme, event.starts, event.parts),
        quiet_after=event.quiet_after,
        gone_after=event.gone_after,
        polls=polls,
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
    person = PersonId(who)
    match event:
        case e.SessionCreated() | e.FoundDone() | e.PersonChanged():
            return session
        case e.PeopleInvited(people):
            everybody = session.people
            for invited in people:
                everybody = everybody.insert(invited.id, invited)
            return _with(session, people=everybody)
        case e.LanguageChosen(language):
            chosen = msgspec.structs.replace(session.people[person], language=language)
            return _with(session, people=session.people.insert(person, chosen))
        case e.SessionStarted():
            return _with(session, state=State.LIVE, last=Last("session.start", who, at))
        case e.SessionPaused():
            paused = agendas.paused(session.agenda, at)
            return _with(session, state=State.PAUSED, agenda=paused, last=Last("session.pause", who, at))
        case e.SessionResumed():
            resumed = agendas.resumed(session.agenda, at)
            return _with(session, state=State.LIVE, agenda=resumed, last=Last("session.resume", who, at))
        case e.SessionClosed():
            done = agendas.ended(session.agenda, at)
            return _with(session, state=State.CLOSED, agenda=done, last=Last("session.close", who, at), before=None)
        case e.ItemStarted(item, ask):
            return _item_started(session, item, ask, who, at)
        case e.ItemExtended(seconds):
            session = _undoable(session, "agenda.extend", who, at)
            return _with(session, agenda=agendas.extended(session.agenda, seconds))
        case e.ItemHeld():
            session = _undoable(session, "agenda.hold", who, at)
            return _with(session, agenda=msgspec.structs.replace(session.agenda, held=True))
        case e.AgendaUndone():
            return _undone(session, who, at)
        case (
            e.RoomsProposed()
            | e.RoomsAccepted()
            | e.CountdownBegan()
            | e.RoomsOpened()
            | e.RoomsClosed()
            | e.PersonPlaced()
            | e.RoomVisited()
            | e.RoomsTold()
            | e.RoomLinked()
        ):
            return _rooms(session, event, who, at)
        case e.HelpCalled(help_id, kind, room, text):
            call = Help(help_id, person, room, kind, text, at)
            return _with(session, helps={**session.helps, help_id: call}, helped=session.helped + 1)
        case e.HelpTaken(help_id):
            taken = msgspec.structs.replace(session.helps[help_id], taken_by=person)
            return _with(session, helps={**session.helps, help_id: taken})
        case e.HelpSettled(help_id):
            return _with(session, helps={key: call for key, call in session.helps.items() if key != help_id})
        case e.HandRaised() | e.HandLowered() | e.FloorGiven() | e.TurnEnded():
            return _floor(session, event, person, at)
        case (
            e.PollAdded()
            | e.VoterAdmitted()
            | e.PollOpened()
            | e.BallotCast()
            | e.PollClosed()
            | e.PollPublished()
            | e.PollVoided()
        ):
            return _polls(session, event, person, at)
        case e.WorkerStarted() | e.WorkerEnded() | e.Arrived() | e.Left() | e.WentQuiet() | e.WentAway():
            return _presence(session, event, at)
    raise AssertionError(f"no case for {type(event).__name__}")


def _with(session: Session, **changes: Any) -> Session:
    return msgspec.structs.replace(session, **changes)


def _undoable(session: Session, ask: str, who: str, at: int) -> Session:
    before = Before(session.agenda, session.seating, session.floors, session.attendance.checked_in, at)
    return _with(session, before=before, last=Last(ask, who, at))


def _item_started(session: Session, item: str, ask: str, who: str, at: int) -> Session:
    old_part = agendas.part_of(session.programme, session.agenda.now)
    if ask != "session.start":
        session = _undoable(session, ask, who, at)
    agenda = agendas.started(session.agenda, session.programme, session.plan, ItemId(item), at)
    if session.state is State.PAUSED:
        agenda = agendas.paused(agenda, at)
    attendance = session.attendance
    if agendas.part_of(session.programme, item) != old_part:
        attendance = presence.part_began(attendance, at)
    return _with(session, agenda=agenda, attendance=attendance)


def _undone(session: Session, who: str, at: int) -> Session:
    before = session.before
    if before is None:
        return session
    reopens = before.seating.stage.is_under_way and session.seating.stage is seating.Stage.NONE
    checked_in = before.checked_in
    for person, since in session.attendance.checked_in.items():
        if person not in checked_in:
            checked_in = checked_in.insert(person, since)
    return _with(
        session,
        agenda=_agenda_again(session, before, at),
        seating=before.seating if reopens else session.seating,
        floors={**before.floors, **session.floors} if reopens else session.floors,
        attendance=msgspec.structs.replace(session.attendance, checked_in=checked_in),
        before=None,
        last=Last("agenda.undo", who, at),
    )


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


def _rooms(session: Session, event: e.Event, who: str, at: int) -> Session:
    seats = session.seating
    match event:
        case e.RoomsProposed(proposal_id, rooms, relaxed, seed):
            return _with(session, seating=seating.proposed(seats, Proposal(proposal_id, rooms, relaxed, seed)))
        case e.RoomsAccepted():
            accepted = seating.accepted(seats)
            same = {room.id for room in accepted.rooms.values() if _named_as_before(seats, room)}
            links = {room: link for room, link in session.links.items() if room == PLENARY or room in same}
            return _with(session, seating=accepted, links=links)
        case e.CountdownBegan(moves_at):
            ask = "rooms.recall" if seats.stage.is_open else "rooms.open"
            return _with(session, seating=seating.countdown_began(seats, moves_at), last=Last(ask, who, at))
        case e.RoomsOpened():
            last = session.last if seats.stage is seating.Stage.OPENING else Last("rooms.open", who, at)
            plenary = floors.gone(session.floor(PLENARY), frozenset(seats.seats), at)
            opened = {PLENARY: plenary}
            return _with(
                session, seating=seating.opened(seats), floors=opened, links=_links(session), before=None, last=last
            )
        case e.RoomsClosed(with_item):
            told_before = with_item or seats.stage is seating.Stage.RECALLING
            last = session.last if told_before else Last("rooms.recall", who, at)
            before = session.before if with_item else None
            left = (floor for room, floor in session.floors.items() if room != PLENARY)
            kept = {PLENARY: floors.gathered(session.floor(PLENARY), left, at)}
            notices = {room: notice for room, notice in session.notices.items() if room == PLENARY}
            return _with(session, seating=seating.closed(seats), floors=kept, notices=notices, last=last, before=before)
        case e.PersonPlaced(person, room):
            role = session.people[person].role
            return _moved(session, person, seating.placed(seats, person, room, staff=role.is_staff), at)
        case e.RoomVisited(room):
            return _moved(session, PersonId(who), seating.visited(seats, PersonId(who), room), at)
        case e.RoomsTold(text, told_rooms):
            targets = told_rooms if told_rooms is not None else tuple(seats.rooms)
            notice = Notice(text, at, who)
            return _with(session, notices={**session.notices, **dict.fromkeys(targets, notice)})
        case e.RoomLinked(room, links):
            return _with(session, links={**session.links, room: links})
    raise AssertionError(type(event).__name__)


def _named_as_before(seats: seating.Seating, room: seating.Room) -> bool:
    before = seats.rooms.get(room.id)
    return before is not None and before.name == room.name


def _links(session: Session) -> dict[RoomId, dict[str, Link]]:
    """The links of the rooms: what was typed live, else what the programme says for a room of that name."""
    named = session.programme.links
    by_name = {room.id: named[room.name] for room in session.seating.rooms.values() if room.name in named}
    return {**by_name, **session.links}


def _moved(session: Session, person: PersonId, seats: seating.Seating, at: int) -> Session:
    """The session with these seats; whoever goes to another room by it leaves the floor of the old one."""
    room = session.where(person)
    session = _with(session, seating=seats)
    before = session.floor(room)
    after = before if seats.where(person) == room else floors.without(before, person, at)
    return session if after is before else _with(session, floors={**session.floors, room: after})


def _floor(session: Session, event: e.Event, person: PersonId, at: int) -> Session:
    match event:
        case e.HandRaised(room, kind):
            after = floors.hand_raised(session.floor(room), person, kind, at)
        case e.HandLowered(room, whose):
            after = floors.hand_lowered(session.floor(room), whose)
        case e.FloorGiven(room, whom, until):
            after = floors.given(session.floor(room), whom, at, until)
        case e.TurnEnded(room):
            after = floors.ended(session.floor(room), at)
        case _:
            raise AssertionError(type(event).__name__)
    return _with(session, floors={**session.floors, room: after})


def _polls(session: Session, event: e.Event, who: PersonId, at: int) -> Session:
    if isinstance(event, e.PollAdded):
        poll_id = PollId(event.id)
        poll = Poll(
            poll_id,
            event.question,
            event.method,
            len(session.polls),
            event.options,
            event.rule,
            event.seconds,
            event.item,
            event.sides,
            event.people,
            event.again_of,
            by=who,
        )
        return _with(session, polls={**session.polls, poll_id: poll})
    poll = session.polls[PollId(event.poll)]  # type: ignore[attr-defined]
    before = session.before
    match event:
        case e.VoterAdmitted(_, person):
            after = msgspec.structs.replace(poll, admitted=(*poll.admitted, person))
        case e.PollOpened(_, electorate, closes):
            after = msgspec.structs.replace(poll, state="open", by=who, opened=at, closes=closes, electorate=electorate)
            before = None
        case e.BallotCast(_, choice):
            after = msgspec.structs.replace(poll, ballots=poll.ballots.insert(who, choice))
            before = None
        case e.PollClosed(_, present):
            after = msgspec.structs.replace(poll, state="closed", by=who, present=present)
        case e.PollPublished():
            after = msgspec.structs.replace(poll, state="published", by=who)
        case e.PollVoided(_, reason):
            after = msgspec.structs.replace(poll, state="void", by=who, reason=reason)
        case _:
            raise AssertionError(type(event).__name__)
    return _with(session, polls={**session.polls, poll.id: after}, before=before)


def _presence(session: Session, event: e.Event, at: int) -> Session:
    attendance = session.attendance
    match event:
        case e.WorkerStarted(worker, alone):
            ended = session.workers if alone else frozenset()
            for each in sorted(ended):
                attendance = presence.worker_ended(attendance, each, at)
            return _with(session, attendance=attendance, workers=(session.workers - ended) | {worker})
        case e.WorkerEnded(worker):
            attendance = presence.worker_ended(attendance, worker, at)
            return _with(session, attendance=attendance, workers=session.workers - {worker})
        case e.Arrived(person, worker):
            return _with(session, attendance=presence.arrived(attendance, person, worker, at))
        case e.Left(person, worker):
            return _with(session, attendance=presence.left(attendance, person, worker, at))
        case e.WentQuiet(person):
            return _with(session, attendance=presence.became(attendance, person, Presence.QUIET))
        case e.WentAway(person):
            return _with(session, attendance=presence.became(attendance, person, Presence.GONE))
    raise AssertionError(type(event).__name__)
