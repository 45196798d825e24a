"""Deciding about who of the team is ready."""

from __future__ import annotations

from facilitation.asked import Answer, Asked
from facilitation.refusals import Refusal, Why
from facilitation.session import Session


def decide_ready(session: Session, asked: Asked) -> Answer:
    return Refusal(Why.UNKNOWN_ASK)
