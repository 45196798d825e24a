"""Deciding about what the team says among itself, and the answers of rooms."""

from __future__ import annotations

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Answer, Asked
from facilitation.refusals import Refusal, Why
from facilitation.session import Session
from rooms.people import PersonId, Role
from rooms.seating import PLENARY


def decide_team(session: Session, asked: Asked) -> Answer:
    match asked.command:
        case c.SayToTeam(text, to):
            if to in {None, "all"}:
                return [e.TeamSaid(text)]
            if to not in set(Role) and to != PLENARY and to not in session.seating.rooms:
                return Refusal(Why.NO_SUCH_ROOM)
            return [e.TeamSaid(text, to)]
        case c.AnswerNotice(notice, text, ready):
            told = session.team.told.get(notice)
            if told is None:
                return Refusal(Why.TOO_LATE)
            room = session.where(PersonId(asked.who))
            return [e.RoomAnswered(notice, room, text, ready)] if room in told.rooms else Refusal(Why.NOT_IN_ROOM)
    return Refusal(Why.UNKNOWN_ASK)
