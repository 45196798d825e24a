"""Deciding about who is back from a break."""

from __future__ import annotations

from facilitation import breaks
from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Answer, Asked, Done
from facilitation.refusals import Refusal, Why
from facilitation.session import Break, Session, State
from rooms.people import PersonId


def decide_breaks(session: Session, asked: Asked) -> Answer:
    match asked.command:
        case c.ComeBack(back):
            return _come_back(session, PersonId(asked.who), back)
        case c.EndBreak(item, due):
            known = session.breaks.get(item, Break())
            now = (breaks.on_table(session), session.agenda.ends)
            if now != (item, due) or known.told >= due or session.state is not State.LIVE:
                return Done()
            return [e.BreakEnded(item, due)]
    return Refusal(Why.UNKNOWN_ASK)


def _come_back(session: Session, person: PersonId, back: bool) -> Answer:
    item = breaks.current(session)
    if item is None:
        return Refusal(Why.NO_BREAK)
    if (person in breaks.back(session)) == back:
        return Done(person)
    return [e.CameBack(item, back)]
