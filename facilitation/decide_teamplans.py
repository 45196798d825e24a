"""Deciding how a team of interpreters works, once a lead says so.

Rooms that are just being searched are searched anew, with that team as it is now. Those on offer, accepted or open stay
as they are.
"""

from __future__ import annotations

import msgspec

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Answer, Done
from facilitation.programme import TeamPlan
from facilitation.refusals import Refusal, Why
from facilitation.session import Session
from facilitation.teamplans import planned, speakable, teams_of

LEAST = 2
"""Between so many languages a team interprets at least."""


def plan_team(session: Session, command: c.PlanTeam, at: int) -> Answer:
    if command.team not in teams_of(session):
        return Refusal(Why.NO_SUCH_TEAM)
    plan = _plan(command) if command.languages else None
    why = None if plan is None else _fault(session, plan)
    if why is not None:
        return Refusal(why)
    said = session.compositions.teams
    if set(planned(said, command.team, plan)) == set(said):
        return Done()
    return [e.TeamPlanned(command.team, plan), *anew(session, at)]


def anew(session: Session, at: int) -> list[e.Event]:
    """The wish for the rooms that are just being searched, once more; nothing where none are."""
    wanted = session.compositions.wanted
    if wanted is None:
        return []
    again = f"s{session.compositions.numbered + 1}"
    return [e.CompositionAsked(msgspec.structs.replace(wanted, id=again, at=at))]


def _plan(command: c.PlanTeam) -> TeamPlan:
    return TeamPlan(command.team, command.languages, command.booth.strip(), command.turn, command.relay)


def _fault(session: Session, plan: TeamPlan) -> Why | None:
    """Why a team cannot work like that; None where it can."""
    if len(set(plan.languages)) < max(LEAST, len(plan.languages)):
        return Why.NEEDS_TWO_LANGUAGES
    if not speakable(session).issuperset(plan.languages):
        return Why.NO_SUCH_LANGUAGE
    return Why.NOT_ITS_LANGUAGE if plan.relay and plan.relay not in plan.languages else None
