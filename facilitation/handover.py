"""When interpreters of one team hand over to each other in an open room.

Rules:
- A team of two or more takes turns, from when the rooms were opened until the room ends. How long a turn is, the
  programme or a lead says of the team; half an hour where nobody does.
- Nobody hands over in the last minutes of a room.
"""

from __future__ import annotations

from collections import Counter

from facilitation import roomclock
from facilitation.programme import TeamPlan
from facilitation.session import Session
from facilitation.teamplans import in_force
from rooms.people import Role
from rooms.seating import Room, Stage

LAST = 300_000
"""So long (ms) before the end of a room nobody hands over any more."""
PAIR = 2
MINUTE = 60_000


def handovers(session: Session, room: Room) -> list[int]:
    """The times (ms) at which a team in that room changes; none where nobody has somebody to hand over to."""
    seating, agenda = session.seating, session.agenda
    ends = roomclock.ends(session.clocks.get(room.id, roomclock.RUNNING), agenda)
    if seating.stage not in (Stage.OPEN, Stage.RECALLING) or seating.opened_at is None or ends is None:
        return []
    turns = {_turn(session, team) for team, people in _teams(session, room).items() if people >= PAIR}
    began = seating.opened_at
    return sorted({at for turn in turns if turn > 0 for at in range(began + turn, ends - LAST + 1, turn)})


def _teams(session: Session, room: Room) -> Counter[str]:
    """How many of each team have their seat in that room; somebody without a team is none."""
    staff = (session.people[each] for each in room.staff if each in session.people)
    return Counter(person.group for person in staff if person.role is Role.INTERPRETER and person.group)


def _turn(session: Session, team: str) -> int:
    return in_force(session).get(team, TeamPlan(team, ())).turn * MINUTE
