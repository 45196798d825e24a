"""Teams of interpreters: what the programme says of them, and what a lead has said since, which counts.

Rules:
- Interpreters of one group of the roster are a team; somebody without a group is one alone.
- What a lead says of a team counts instead of what the programme says of it, all of it, until it is taken back.
- Of whomever something is said, they interpret between these languages and no others, in open rooms as well.
- Where the programme names teams, interpreters of no other team work in rooms, but those of whom a lead says how.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from facilitation.programme import TeamPlan
from facilitation.session import Session
from rooms.people import Person, PersonId, Role


def in_force(session: Session) -> dict[str, TeamPlan]:
    """What is said of each team, by its id; of all others nothing is said."""
    return {plan.id: plan for plan in (*session.programme.teams, *session.compositions.teams)}


def planned(teams: tuple[TeamPlan, ...], team: str, plan: TeamPlan | None) -> tuple[TeamPlan, ...]:
    """What leads said of teams, once this was said of that one; None takes it back."""
    others = tuple(each for each in teams if each.id != team)
    return others if plan is None else (*others, plan)


def works(session: Session, team: str) -> bool:
    """Whether that team works in rooms."""
    return not session.programme.teams or team in in_force(session)


def by_team(people: Iterable[Person]) -> dict[str, tuple[PersonId, ...]]:
    """The interpreters among these, by their team."""
    found: dict[str, tuple[PersonId, ...]] = {}
    for person in people:
        if person.role is Role.INTERPRETER:
            found[_team(person)] = (*found.get(_team(person), ()), person.id)
    return found


def teams_of(session: Session) -> dict[str, tuple[PersonId, ...]]:
    """All teams of the session, whether they are here or not: by their names, their people by id."""
    people = sorted(session.people.values(), key=lambda person: person.id)
    return dict(sorted(by_team(people).items()))


def as_said(people: Iterable[Person], plans: Mapping[str, TeamPlan]) -> list[Person]:
    """These interpreters with the languages between which their team is said to interpret, or else their own."""
    return [_as_said(person, plans.get(_team(person))) for person in people]


def _as_said(person: Person, plan: TeamPlan | None) -> Person:
    return person if plan is None else msgspec.structs.replace(person, speaks=plan.languages, understands=())


def _team(person: Person) -> str:
    return person.group or person.id


def speakable(session: Session) -> frozenset[str]:
    """The languages between which a team may be said to interpret: of the programme, and of somebody in the session."""
    said = {code for plan in session.programme.teams for code in plan.languages}
    spoken = ((*person.speaks, *person.understands) for person in session.people.values())
    return frozenset(session.programme.languages).union(said, *spoken)
