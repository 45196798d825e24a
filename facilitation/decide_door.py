"""Deciding about who is at the door: checks, the telephone, helpers."""

from __future__ import annotations

from facilitation.asked import Answer, Asked
from facilitation.refusals import Refusal, Why
from facilitation.session import Session


def decide_door(session: Session, asked: Asked) -> Answer:
    return Refusal(Why.UNKNOWN_ASK)
