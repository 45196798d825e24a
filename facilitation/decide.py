"""Decide: what happens when somebody asks for something. Reads the session, changes nothing.

The answer is the events to keep, a refusal, or that it is done already. Whoever asked is known and the body has the
right shape; whether they may, and whether it makes sense now, is decided here and in the files beside it.
"""

from __future__ import annotations

from collections.abc import Callable

from facilitation import commands as c
from facilitation import events as e
from facilitation.agenda import index_of
from facilitation.asked import Answer, Asked, Done
from facilitation.decide_arrivals import ARRIVAL_ASKS, decide_arrivals
from facilitation.decide_breaks import decide_breaks
from facilitation.decide_closing import closed_all
from facilitation.decide_composing import COMPOSING_HOUSE, decide_composing
from facilitation.decide_conduct import decide_conduct, stopped
from facilitation.decide_door import decide_door
from facilitation.decide_draws import DRAWS_HOUSE, decide_draws
from facilitation.decide_floor import decide_floor, decide_help
from facilitation.decide_interpreters import decide_interpreters
from facilitation.decide_mending import MENDING_ASKS, decide_mending
from facilitation.decide_polls import decide_polls, open_by_themselves
from facilitation.decide_presence import decide_presence
from facilitation.decide_ready import decide_ready, without
from facilitation.decide_roles import decide_roles
from facilitation.decide_rooms import by_itself, decide_rooms, leaves_rooms
from facilitation.decide_team import decide_team
from facilitation.leading import acting
from facilitation.permits import may_ask
from facilitation.refusals import Refusal, Why
from facilitation.session import HOUSE, REOPEN_FOR, UNDO_FOR, Session, State
from facilitation.speech import lot_seed
from rooms.people import PersonId

POLLS_HOUSE = (c.EndPoll, c.CheckPoll, c.LapseDictation, c.SeeOutage, c.KeepTally)
_AFTER_THE_END = c.ChooseLanguage | c.CloseSession | c.ReopenSession


def decide(session: Session, asked: Asked) -> Answer:
    if asked.who != HOUSE:
        person = session.people.get(PersonId(asked.who))
        name = c.NAMES.get(type(asked.command))
        if person is None or name is None or not may_ask(acting(session, person.id), name):
            return Refusal(Why.NOT_PERMITTED)
        kept_from = stopped(session, person.id, name, asked.command)
        if kept_from is not None:
            return kept_from
        if session.state is State.CLOSED and not isinstance(asked.command, _AFTER_THE_END):
            return Refusal(Why.SESSION_CLOSED)
    return _DECIDES[type(asked.command)](session, asked)


def _session(session: Session, asked: Asked) -> Answer:
    command = asked.command
    if isinstance(command, c.ReopenSession):
        return _reopen(session, asked.at)
    assert isinstance(command, c.FromSeen)  # noqa: S101 - all of these are
    if command.seen is not None and command.seen != session.state:
        return _done(session)
    match command, session.state:
        case c.StartSession(), State.LOBBY:
            first = session.programme.items[0]
            started = e.ItemStarted(first.id, "session.start", lot_seed(first, asked.seed))
            begun = [*without(session), e.SessionStarted(), started]
            return [*begun, *open_by_themselves(session, asked, begun, first)]
        case c.PauseSession(), State.LIVE:
            return [e.SessionPaused()]
        case c.ResumeSession(), State.PAUSED:
            return [e.SessionResumed()]
        case ((c.PauseSession() | c.ResumeSession()), State.LOBBY):
            return Refusal(Why.NOT_LIVE)
        case c.CloseSession(), State.LIVE | State.PAUSED | State.LOBBY:
            rooms = [e.RoomsClosed()] if session.seating.stage.is_under_way else []
            return [*rooms, *closed_all(session), e.SessionClosed(session.seating.stage.is_open)]
    return _done(session)


def _reopen(session: Session, at: int) -> Answer:
    """Polls that were counted stay closed; rooms that were open open again."""
    ended = session.ended
    if session.state is not State.CLOSED:
        return _done(session)
    if ended is None or at - ended.at > REOPEN_FOR:
        return Refusal(Why.TOO_LATE)
    return [e.SessionReopened(), *([e.RoomsOpened()] if ended.rooms else [])]


def _agenda(session: Session, asked: Asked) -> Answer:
    command = asked.command
    now = session.agenda.now
    if now is None:
        return Done() if isinstance(command, c.EndItem) else Refusal(Why.NOT_LIVE)
    match command:
        case c.NextItem(seen):
            if seen is not None and seen != now:
                return _done(session)
            return _move(session, asked, index_of(session.programme, now) + 1, "agenda.next", Why.NO_NEXT_ITEM)
        case c.BackItem(seen):
            if seen is not None and seen != now:
                return _done(session)
            return _move(session, asked, index_of(session.programme, now) - 1, "agenda.back", Why.NO_SUCH_ITEM)
        case c.GoToItem(item):
            if item == now:
                return _done(session)
            return _move(session, asked, index_of(session.programme, item), "agenda.go", Why.NO_SUCH_ITEM)
        case c.EndItem(item, due):
            agenda = session.agenda
            if (item, due) != (now, agenda.ends) or agenda.held or session.state is not State.LIVE:
                return Done()
            answer = _move(session, asked, index_of(session.programme, now) + 1, "time", Why.NO_NEXT_ITEM)
            return Done() if isinstance(answer, Refusal) else answer
        case c.UndoAgenda():
            before = session.before
            if before is None or asked.at - before.at > UNDO_FOR:
                return Refusal(Why.TOO_LATE)
            return [e.AgendaUndone()]
        case c.ExtendItem() | c.ExtendRooms():
            if isinstance(command, c.ExtendRooms) and not session.seating.stage.is_open:
                return Refusal(Why.ROOMS_NOT_OPEN)
            if command.seen is not None and command.seen != str(session.agenda.ends):
                return _done(session)
            return [e.ItemExtended(command.seconds)]
        case c.HoldItem(item):
            if (item is not None and item != now) or session.agenda.held:
                return _done(session)
            return [e.ItemHeld(now)]
    return Refusal(Why.UNKNOWN_ASK)


def _move(session: Session, asked: Asked, index: int, ask: str, otherwise: Why) -> Answer:
    items = session.programme.items
    if not 0 <= index < len(items):
        return Refusal(otherwise)
    item = items[index]
    events: list[e.Event] = [e.ItemStarted(item.id, ask, lot_seed(item, asked.seed))]
    if session.seating.stage.is_under_way and leaves_rooms(session, item):
        events.append(e.RoomsClosed(with_item=True))
    events += by_itself(session, asked, item)
    return [*events, *open_by_themselves(session, asked, events, item)]


def _done(session: Session) -> Done:
    return Done(session.last.by if session.last is not None else None)


def _people(session: Session, asked: Asked) -> Answer:
    match asked.command:
        case c.ChooseLanguage(language):
            if session.people[PersonId(asked.who)].language == language:
                return Done(asked.who)
            return [e.LanguageChosen(language)]
        case c.SayLine(quality):
            return _line(session, PersonId(asked.who), weak=quality == "weak")
    return Refusal(Why.UNKNOWN_ASK)


def _line(session: Session, who: PersonId, *, weak: bool) -> Answer:
    """Only of those who are connected: a line that has gone is neither good nor weak."""
    where = session.attendance.people.get(who)
    if where is None or not where.workers or (who in session.attendance.weak) == weak:
        return Done(who)
    return [e.LineChanged(weak)]


_DECIDES: dict[type[c.Command], Callable[[Session, Asked], Answer]] = {
    **dict.fromkeys(c.SESSION_ASKS.values(), _session),
    **dict.fromkeys((*c.AGENDA_ASKS.values(), c.EndItem), _agenda),
    **dict.fromkeys((*c.ROOMS_ASKS.values(), c.MoveRooms), decide_rooms),
    **dict.fromkeys((*c.COMPOSING_ASKS.values(), *COMPOSING_HOUSE), decide_composing),
    **dict.fromkeys(MENDING_ASKS, decide_mending),
    **dict.fromkeys(ARRIVAL_ASKS, decide_arrivals),
    **dict.fromkeys(c.HELP_ASKS.values(), decide_help),
    **dict.fromkeys(c.FLOOR_ASKS.values(), decide_floor),
    **dict.fromkeys((*c.POLLS_ASKS.values(), *POLLS_HOUSE), decide_polls),
    **dict.fromkeys(c.PEOPLE_ASKS.values(), _people),
    **dict.fromkeys(c.DOOR_ASKS.values(), decide_door),
    **dict.fromkeys(c.INTERPRETERS_ASKS.values(), decide_interpreters),
    **dict.fromkeys(c.CONDUCT_ASKS.values(), decide_conduct),
    **dict.fromkeys(c.ROLES_ASKS.values(), decide_roles),
    **dict.fromkeys(c.TEAM_ASKS.values(), decide_team),
    **dict.fromkeys(c.READY_ASKS.values(), decide_ready),
    **dict.fromkeys((*c.BREAKS_ASKS.values(), c.EndBreak), decide_breaks),
    **dict.fromkeys((*c.DRAWS_ASKS.values(), *DRAWS_HOUSE), decide_draws),
    **dict.fromkeys((c.Arrive, c.Leave, c.Lapse, c.BeginWorker, c.EndWorker), decide_presence),
    c.ExtendRooms: _agenda,
}
