"""Counts that are adjusted for who came or went: always what counting anew would give."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from facilitation import events as e
from facilitation.session import HOUSE, Session
from facilitation.views.rooms import people_in
from rooms.people import PersonId
from rooms.seating import PLENARY
from tests.facilitation.given import CITIZENS, EVERYBODY, Meeting, in_rooms, live


@pytest.mark.parametrize("begun", [live, in_rooms])
@pytest.mark.parametrize("seed", range(8))
def test_who_is_here_is_counted_right_whoever_comes_or_goes(begun: type[Meeting], seed: int) -> None:
    meeting, chance = begun(), random.Random(seed)

    for at in range(1, 60):
        meeting.tell(HOUSE, come_or_go(chance), at)
        if chance.random() < 0.3:  # now and then nobody looks, and more than one change is caught up with
            continue

        assert meeting.view("lea")["people.present"] == counted(meeting.session)
        assert people_in(meeting.session, PLENARY) == in_plenary(meeting.session)
        citizens = [one for one in in_plenary(meeting.session) if one in CITIZENS]
        sides = dict(sorted(Counter(map(meeting.session.side, citizens)).items()))
        card = meeting.view("lea")["rooms.plenary"]
        assert (card["here"], card["sides"], card["sides_here"]) == (len(citizens), sides, sides)


def come_or_go(chance: random.Random) -> e.Event:
    person, worker = PersonId(chance.choice(EVERYBODY)), chance.choice(("w", "w2"))
    what = chance.choice((e.Arrived, e.Left, e.WentQuiet, e.WentAway))
    return what(person, worker) if what in (e.Arrived, e.Left) else what(person)  # type: ignore[call-arg]


def counted(session: Session) -> dict[str, object]:
    here = [PersonId(name) for name in CITIZENS if session.attendance.is_here(PersonId(name))]
    sides = {side.id: sum(session.side(name) == side.id for name in here) for side in session.programme.sides}
    return {"total": len(here), "sides": sides}


def in_plenary(session: Session) -> list[PersonId]:
    there = (PersonId(name) for name in EVERYBODY)
    return sorted(one for one in there if session.attendance.is_here(one) and session.where(one) == PLENARY)
