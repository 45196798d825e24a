"""What events of the breakout rooms change."""

from __future__ import annotations

import msgspec

from facilitation import events as e
from facilitation import rounds
from facilitation.evolve_roles import rooms_made_anew
from facilitation.evolve_team import asked_rooms
from facilitation.programme import Link
from facilitation.readiness import AFRESH
from facilitation.repairs import Outcome, excuse, repaired
from facilitation.session import Last, Notice, Session, with_
from rooms import floor as floors
from rooms import seating
from rooms.people import PersonId, RoomId
from rooms.seating import PLENARY, Proposal


def evolve_rooms(session: Session, event: e.Event, who: str, at: int) -> Session:
    seats = session.seating
    match event:
        case e.RoomsProposed(proposal_id, rooms, relaxed, seed):
            offered = Proposal(proposal_id, rooms, relaxed, seed)
            unwanted = msgspec.structs.replace(session.compositions, wanted=None, failed=None, offered=None)
            return with_(session, seating=seating.proposed(seats, offered), compositions=unwanted)
        case e.RoomsAccepted():
            accepted = seating.accepted(seats)
            same = {room.id for room in accepted.rooms.values() if _named_as_before(seats, room)}
            links = {room: link for room, link in session.links.items() if room == PLENARY or room in same}
            roles = rooms_made_anew(session.roles)
            planned = rounds.accepted(session)
            return with_(session, seating=accepted, links=links, excused=frozenset(), roles=roles, compositions=planned)
        case e.CountdownBegan(moves_at):
            ask = "rooms.recall" if seats.stage.is_open else "rooms.open"
            return with_(session, seating=seating.countdown_began(seats, moves_at), last=Last(ask, who, at))
        case e.RoomsOpened():
            last = session.last if seats.stage is seating.Stage.OPENING else Last("rooms.open", who, at)
            plenary = floors.gone(session.floor(PLENARY), frozenset(seats.seats), at)
            opened = {PLENARY: plenary}
            return with_(
                session,
                seating=seating.opened(seats, at),
                floors=opened,
                links=_links(session),
                before=None,
                last=last,
                compositions=rounds.opened(session),
                **AFRESH,
            )
        case e.RoomsClosed(with_item):
            told_before = with_item or seats.stage is seating.Stage.RECALLING
            last = session.last if told_before else Last("rooms.recall", who, at)
            before = session.before if with_item else None
            left = (floor for room, floor in session.floors.items() if room != PLENARY)
            kept = {PLENARY: floors.gathered(session.floor(PLENARY), left, at)}
            notices = {room: notice for room, notice in session.notices.items() if room == PLENARY}
            held = rounds.closed(session)
            closed = with_(session, seating=seating.closed(seats), floors=kept, notices=notices, compositions=held)
            return with_(closed, last=last, before=before, **AFRESH)
        case e.PersonPlaced(person, room, because, instead):
            role = session.people[person].role
            if instead is not None:
                session = _moved(_not_taken(session, room), instead, seating.unseated(seats, instead), at)
                seats = session.seating
            moved = _moved(session, person, seating.placed(seats, person, room, staff=role.is_staff), at)
            return repaired(moved, room, because, Outcome("placed", who, person), at)
        case e.RoomVisited(room, because):
            moved = _moved(session, PersonId(who), seating.visited(seats, PersonId(who), room), at)
            return repaired(moved, room, because, Outcome("visited", who, PersonId(who)), at)
        case e.RoomFolded(room, to, because):
            return repaired(_joined(session, room, to, at), room, because, Outcome("joined", who), at)
        case e.RoomExcused(room, because):
            excused = session.excused | {excuse(room, because)}
            return repaired(with_(session, excused=excused), room, because, Outcome("left-as-it-is", who), at)
        case e.RoomsTold(text, told_rooms, answers):
            targets = told_rooms if told_rooms is not None else tuple(seats.rooms)
            if answers:
                session = asked_rooms(session, text, targets, who, at)
            notice = Notice(text, at, who)
            return with_(session, notices={**session.notices, **dict.fromkeys(targets, notice)})
        case e.RoomLinked(room, links):
            return with_(session, links={**session.links, room: links})
    raise AssertionError(type(event).__name__)


def _not_taken(session: Session, room: RoomId) -> Session:
    """Whoever took that room over does not lead it any more."""
    leaders = session.roles.leaders
    if room not in leaders:
        return session
    others = {each: leader for each, leader in leaders.items() if each != room}
    return with_(session, roles=msgspec.structs.replace(session.roles, leaders=others))


def _joined(session: Session, room: RoomId, to: RoomId, at: int) -> Session:
    """Whoever goes along leaves the floor of the old room; those who visit elsewhere stay there."""
    movers = [person for person, seat in session.seating.seats.items() if seat == room]
    left = [person for person in movers if session.where(person) == room]
    floor = session.floor(room)
    for person in left:
        floor = floors.without(floor, person, at)
    session = with_(session, seating=seating.joined(session.seating, room, to))
    return session if floor is session.floor(room) else with_(session, floors={**session.floors, room: floor})


def _named_as_before(seats: seating.Seating, room: seating.Room) -> bool:
    before = seats.rooms.get(room.id)
    return before is not None and before.name == room.name


def _links(session: Session) -> dict[RoomId, dict[str, Link]]:
    """The links of the rooms: what was typed live, else what the programme says for a room of that name."""
    named = session.programme.links
    by_name = {room.id: named[room.name] for room in session.seating.rooms.values() if room.name in named}
    return {**by_name, **session.links}


def _moved(session: Session, person: PersonId, seats: seating.Seating, at: int) -> Session:
    """The session with these seats; whoever goes to another room by it, with helpers, leaves the floor of the old."""
    room = session.where(person)
    session = with_(session, seating=seats)
    before = after = session.floor(room)
    if session.where(person) != room:
        helpers = sorted(helper for helper, to in session.belongs.items() if to == person)
        for each in (person, *helpers):
            after = floors.without(after, each, at)
    return session if after is before else with_(session, floors={**session.floors, room: after})
