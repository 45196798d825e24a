"""Deciding about rooms: composing, accepting, opening, placing, telling, recalling."""

from __future__ import annotations

import msgspec

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Answer, Asked, Done
from facilitation.bonds import broken
from facilitation.breaks import counted_back
from facilitation.decide_composing import is_awaited, is_search, opens_by_itself, wish
from facilitation.decide_ready import without
from facilitation.programme import Item, Mode, RoomsPlan
from facilitation.refusals import Refusal, Why
from facilitation.roomalarms import alarms
from facilitation.rounds import keeps, kept_rooms, searches, stays_open
from facilitation.session import HOUSE, Session
from rooms.compose import Wish, compose
from rooms.people import ROOM_STAFF, ItemId, PersonId, Role, RoomId
from rooms.seating import PLENARY, Stage

RULES = frozenset({"random", "language", "list", "hand"})


def decide_rooms(session: Session, asked: Asked) -> Answer:
    seating = session.seating
    match asked.command:
        case c.ComposeRooms():
            return _compose(session, asked, asked.command)
        case c.AcceptRooms(proposal_id):
            if seating.proposal is None:
                if is_awaited(session, asked.at):
                    return Refusal(Why.NOT_READY)
                accepted = proposal_id is not None and seating.stage is not Stage.NONE
                return _done(session) if accepted else Refusal(Why.NO_PROPOSAL)
            if proposal_id is not None and proposal_id != seating.proposal.id:
                return Refusal(Why.REPLACED)
            if seating.stage.is_under_way:
                return Refusal(Why.ROOMS_OPEN)
            return [e.RoomsAccepted(seating.proposal.id)]
        case c.OpenRooms():
            return _open(session, asked)
        case c.RecallRooms(seen, seconds):
            if not seating.stage.is_open or (seen is not None and seen != seating.stage):
                return _done(session)
            if seating.stage is Stage.RECALLING and seconds:
                return _done(session)
            return [e.CountdownBegan(asked.at + seconds * 1000)] if seconds else [e.RoomsClosed()]
        case c.MoveRooms(due):
            if seating.moves_at != due:
                return Done()
            return [e.RoomsClosed()] if seating.stage is Stage.RECALLING else [e.RoomsOpened()]
        case c.PlacePerson():
            return _place(session, asked.command)
        case c.TellRooms(words, rooms, answers):
            if rooms is not None and any(room != PLENARY and room not in seating.rooms for room in rooms):
                return Refusal(Why.NO_SUCH_ROOM)
            if rooms is None and not seating.stage.is_open:
                return Refusal(Why.ROOMS_NOT_OPEN)
            targets = None if rooms is None else tuple(RoomId(room) for room in rooms)
            return [e.RoomsTold(c.text(words, asked.language), targets, answers)]
        case c.VisitRoom(room, because):
            return _visit(session, PersonId(asked.who), RoomId(room), because)
        case c.FoldRoom(room, to, because):
            return _join(session, RoomId(room), RoomId(to), because)
        case c.ExcuseRoom(because):
            alarm = alarms(session).get(because)
            return _done(session) if alarm is None else [e.RoomExcused(alarm.room, alarm.kind)]
        case c.LinkRoom(room, links):
            if room != PLENARY and room not in seating.rooms:
                return Refusal(Why.NO_SUCH_ROOM)
            return [e.RoomLinked(RoomId(room), links)]
    return Refusal(Why.UNKNOWN_ASK)


def leaves_rooms(session: Session, item: Item) -> bool:
    """Whether open rooms end when this item begins."""
    return not (item.mode is Mode.BREAKOUT and item.rooms is not None and stays_open(session, item.rooms))


def by_itself(session: Session, asked: Asked, item: Item) -> list[e.Event]:
    """The rooms of an item that says that they open by themselves; only on offer, where they do not keep a bond."""
    if item.mode is not Mode.BREAKOUT or item.rooms is None or item.rooms.opens != "by-itself":
        return []
    if session.seating.stage.is_open and not leaves_rooms(session, item):
        return []
    if searches(item):
        return opens_by_itself(session, asked, item)
    proposed = _proposed(session, item.rooms, c.ComposeRooms(), asked.seed)
    if proposed is None:
        return []
    if broken(session.compositions.bonds, proposed.rooms):
        return [proposed]
    return [proposed, e.RoomsAccepted(proposed.id), e.RoomsOpened()]


def _compose(session: Session, asked: Asked, command: c.ComposeRooms) -> Answer:
    item = session.programme.item(session.agenda.now or "")
    plan = (item.rooms if item is not None else None) or RoomsPlan()
    if is_search(command, plan):
        return wish(session, asked, command)
    rule = command.rule or "random"
    if rule not in RULES:
        return Refusal(Why.NOT_BUILT)
    if any(PersonId(person) not in session.people for table in command.rooms for person in table):
        return Refusal(Why.NO_SUCH_PERSON)
    if command.keep_of is not None:
        plan = msgspec.structs.replace(plan, keep_of=ItemId(command.keep_of))
        if not kept_rooms(session, plan):
            return Refusal(Why.HAD_NO_ROOMS)
    proposed = _proposed(session, plan, command, asked.seed if command.seed is None else command.seed)
    return Refusal(Why.NOBODY_HERE) if proposed is None else [proposed]


def _planned_wish(plan: RoomsPlan, command: c.ComposeRooms) -> Wish:
    """What was asked for; where nothing was said, what the item foresees."""
    said = command.count is not None or command.size is not None
    asked_nothing = not said and command.rule is None and not command.rooms
    return Wish(
        rule=command.rule or ("list" if command.rooms else plan.rule if plan.rule in RULES else "random"),
        count=command.count if said else plan.count,
        size=command.size if said else plan.size,
        keep=command.keep or command.keep_of is not None or (keeps(plan) and asked_nothing),
        names=plan.names,
        lists=tuple(tuple(PersonId(person) for person in table) for table in command.rooms),
    )


def _proposed(session: Session, plan: RoomsPlan, command: c.ComposeRooms, seed: int) -> e.RoomsProposed | None:
    made_of = _planned_wish(plan, command)
    here = [session.people[person] for person in session.attendance.people if session.attendance.is_here(person)]
    citizens = [person for person in here if person.role is Role.CITIZEN]
    if not command.everybody:
        citizens = counted_back(session, citizens)
    if not citizens and made_of.rule != "hand":
        return None
    staff = [
        person for person in session.people.values() if person.role in ROOM_STAFF and person.id not in session.belongs
    ]
    made = compose(made_of, citizens, staff, kept_rooms(session, plan), seed)
    number = session.seating.rounds + 1
    return e.RoomsProposed(f"c{number}", made.rooms, made.relaxed, seed)


def _open(session: Session, asked: Asked) -> Answer:
    command = asked.command
    assert isinstance(command, c.OpenRooms)  # noqa: S101 - told by the caller
    seating = session.seating
    if command.seen is not None and command.seen != seating.stage:
        return _done(session)
    if seating.stage.is_under_way:
        return _done(session)
    if is_awaited(session, asked.at):
        return Refusal(Why.NOT_READY)
    accepting: list[e.Event] = [e.RoomsAccepted(seating.proposal.id)] if seating.proposal is not None else []
    is_none_accepted = seating.stage is Stage.NONE and not accepting
    if is_none_accepted and session.compositions.wanted is not None:
        return Refusal(Why.NOT_READY)
    failed = session.compositions.failed is not None and is_none_accepted
    if not accepting and (failed or not seating.rooms):
        return Refusal(Why.NO_PROPOSAL)
    going: list[e.Event] = [*without(session), *accepting]
    if command.seconds:
        return [*going, e.CountdownBegan(asked.at + command.seconds * 1000)]
    return [*going, e.RoomsOpened()]


def _place(session: Session, command: c.PlacePerson) -> Answer:
    seating = session.seating
    person, room = PersonId(command.person), RoomId(command.room)
    if person not in session.people:
        return Refusal(Why.NO_SUCH_PERSON)
    if person in session.belongs:
        return Refusal(Why.GOES_WITH)
    offered = seating.proposal is not None and not seating.stage.is_under_way
    offer = seating.proposal.rooms if offered and seating.proposal else seating.rooms.values()
    rooms = {each.id: each for each in offer}
    if room not in rooms:
        return Refusal(Why.NO_SUCH_ROOM)
    if not offered and seating.seats.get(person) == room and seating.visits.get(person) is None:
        return _done(session)
    instead = next((each for each in rooms[room].staff if each == command.instead and each != person), None)
    return [e.PersonPlaced(person, room, _kind(session, room, command.because), instead)]


def _visit(session: Session, person: PersonId, room: RoomId, because: str | None) -> Answer:
    if not session.seating.stage.is_open:
        return Refusal(Why.ROOMS_NOT_OPEN)
    if person in session.belongs:
        return Refusal(Why.GOES_WITH)
    if room != PLENARY and room not in session.seating.rooms:
        return Refusal(Why.NO_SUCH_ROOM)
    if session.where(person) == room:
        return Done(person)
    return [e.RoomVisited(room, _kind(session, room, because))]


def _join(session: Session, room: RoomId, to: RoomId, because: str | None) -> Answer:
    seating = session.seating
    if not seating.stage.is_open:
        return Refusal(Why.ROOMS_NOT_OPEN)
    if room not in seating.rooms or to not in seating.rooms or room == to:
        return Refusal(Why.NO_SUCH_ROOM)
    if not (seating.rooms[room].people or seating.rooms[room].staff):
        return _done(session)
    return [e.RoomFolded(room, to, _kind(session, room, because))]


def _kind(session: Session, room: RoomId, because: str | None) -> str | None:
    """The alarm of that room which this repairs; none where it is over meanwhile."""
    alarm = alarms(session).get(because) if because is not None else None
    return alarm.kind if alarm is not None and alarm.room == room else None


def _done(session: Session) -> Done:
    return Done(session.last.by if session.last is not None and session.last.by != HOUSE else None)
