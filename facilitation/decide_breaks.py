"""Deciding about who is back from a break."""

from __future__ import annotations

from facilitation.asked import Answer, Asked
from facilitation.refusals import Refusal, Why
from facilitation.session import Session


def decide_breaks(session: Session, asked: Asked) -> Answer:
    return Refusal(Why.UNKNOWN_ASK)
