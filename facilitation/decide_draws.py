"""Deciding about draws by lot."""

from __future__ import annotations

from facilitation import commands as c
from facilitation import draws
from facilitation import events as e
from facilitation.asked import Answer, Asked, Done
from facilitation.draws import CLOSED, DRAWN, IMPOSSIBLE, LISTED, OPEN, PLANNED, VOID, Draw
from facilitation.leading import acting
from facilitation.refusals import Refusal, Why
from facilitation.session import Session, State
from rooms.lot.page import figures
from rooms.people import ItemId, PersonId, Role

DRAWS_HOUSE = (c.KeepDraw, c.FailDraw)
DESK = (Role.LEAD, Role.SUPPORT)


def decide_draws(session: Session, asked: Asked) -> Answer:
    command = asked.command
    assert isinstance(command, c.KeepDraw | c.FailDraw | ABOUT_DRAWS)  # noqa: S101 - all of these name their draw
    draw = session.draws.get(ItemId(command.draw))
    if draw is None:
        return Refusal(Why.NO_SUCH_DRAW)
    if session.state is State.LOBBY:
        return Refusal(Why.NOT_LIVE)
    match command:
        case c.OpenDraw():
            return _open(draw)
        case c.Volunteer(_, yes, person):
            return _volunteer(session, asked, draw, yes, person)
        case c.CloseDraw():
            return _close(session, draw)
        case c.KeepDraw(_, closed, people, page):
            return Done() if (draw.state, draw.closed) != (CLOSED, closed) else [e.DrawListed(draw.id, people, page)]
        case c.FailDraw(_, closed, lacks):
            return Done() if (draw.state, draw.closed) != (CLOSED, closed) else [e.DrawImpossible(draw.id, lacks)]
        case c.EnterNumber(_, number):
            return _number(draw, number)
        case c.DeclineSeat(_, person):
            return _decline(session, asked, draw, person)
        case c.VoidDraw(_, reason):
            if draw.state in (PLANNED, VOID):
                return Refusal(Why.DRAW_NOT_OPEN)
            return [e.DrawVoided(draw.id, reason)]


def _open(draw: Draw) -> Answer:
    if draw.state == OPEN:
        return Done()
    if draw.state not in (PLANNED, IMPOSSIBLE, VOID):
        return Refusal(Why.DRAW_CLOSED)
    return [e.DrawOpened(draw.id)]


def _volunteer(session: Session, asked: Asked, draw: Draw, yes: bool, person: str | None) -> Answer:
    """For oneself; leads and support also for somebody who called."""
    whose = PersonId(person or asked.who)
    if whose != asked.who and acting(session, PersonId(asked.who)) not in DESK:
        return Refusal(Why.NOT_PERMITTED)
    if whose not in session.people:
        return Refusal(Why.NO_SUCH_PERSON)
    if not session.is_citizen(whose) or not session.conduct.may_vote(whose):
        return Refusal(Why.CANNOT_STAND)
    if draw.state != OPEN:
        return Refusal(Why.DRAW_NOT_OPEN if draw.state in (PLANNED, VOID) else Why.DRAW_CLOSED)
    if (whose in draw.volunteers) == yes:
        return Done(asked.who)
    return [e.Volunteered(draw.id, whose, yes)]


def _close(session: Session, draw: Draw) -> Answer:
    """Whoever was taken out of the session meanwhile does not stand."""
    everybody = draw.plan.among == draws.EVERYBODY
    if draw.state in (CLOSED, LISTED):
        return Done()
    if draw.state != OPEN and not (everybody and draw.state in (PLANNED, IMPOSSIBLE, VOID)):
        return Refusal(Why.DRAW_NOT_OPEN if draw.state != DRAWN else Why.DRAW_CLOSED)
    here = [each for each in session.citizens_checked_in() if session.attendance.is_here(each)]
    standing = here if everybody else sorted(draw.volunteers)
    standing = [each for each in standing if session.conduct.may_vote(each) and not session.conduct.is_out(each)]
    if not standing:
        return Refusal(Why.NOBODY_STANDS)
    return [e.DrawClosed(draw.id, tuple(standing))]


def _number(draw: Draw, digits: str) -> Answer:
    if draw.page is None or draw.state not in (LISTED, DRAWN):
        return Refusal(Why.NOT_LISTED)
    if draw.state == DRAWN:
        return Done() if draw.number == digits else Refusal(Why.DRAW_CLOSED)
    if len(digits) != figures(draw.page):
        return Refusal(Why.NOT_SUCH_A_NUMBER)
    return [e.NumberDrawn(draw.id, digits)]


def _decline(session: Session, asked: Asked, draw: Draw, person: str | None) -> Answer:
    whose = PersonId(person or asked.who)
    if whose != asked.who and acting(session, PersonId(asked.who)) not in DESK:
        return Refusal(Why.NOT_PERMITTED)
    if whose in draw.declined:
        return Done()
    if draw.state != DRAWN or whose not in draw.people:
        return Refusal(Why.NOT_DRAWN)
    return [e.SeatDeclined(draw.id, whose)]


ABOUT_DRAWS = c.OpenDraw | c.Volunteer | c.CloseDraw | c.EnterNumber | c.DeclineSeat | c.VoidDraw
