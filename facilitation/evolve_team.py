"""What events change: what the team says among itself, and the answers of rooms."""

from __future__ import annotations

import msgspec

from facilitation import events as e
from facilitation.session import Session, with_
from facilitation.team import KEPT, TOLD_KEPT, RoomAnswer, Said, Told, newest
from rooms.people import RoomId, Text


def evolve_team(session: Session, event: e.Event, who: str, at: int) -> Session:
    team = session.team
    match event:
        case e.TeamSaid(text, to):
            number = team.count + 1
            said = {**team.said, f"m{number}": Said(f"m{number}", who, at, text, to)}
            return with_(session, team=msgspec.structs.replace(team, said=newest(said, KEPT), count=number))
        case e.RoomAnswered(notice, room, text, ready):
            told = team.told.get(notice)
            if told is None:
                return session
            answers = {**told.answers, room: RoomAnswer(text, ready, who, at)}
            answered = msgspec.structs.replace(told, answers=answers)
            return with_(session, team=msgspec.structs.replace(team, told={**team.told, notice: answered}))
    raise AssertionError(type(event).__name__)


def asked_rooms(session: Session, text: Text, rooms: tuple[RoomId, ...], who: str, at: int) -> Session:
    """These rooms were told something and are to answer."""
    team, number = session.team, session.team.asked + 1
    told = {**team.told, f"n{number}": Told(f"n{number}", text, at, who, rooms)}
    return with_(session, team=msgspec.structs.replace(team, told=newest(told, TOLD_KEPT), asked=number))
