"""Deciding about what the team says among itself, and the answers of rooms."""

from __future__ import annotations

from facilitation.asked import Answer, Asked
from facilitation.refusals import Refusal, Why
from facilitation.session import Session


def decide_team(session: Session, asked: Asked) -> Answer:
    return Refusal(Why.UNKNOWN_ASK)
