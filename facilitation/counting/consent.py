"""Graded consent: consent, a reservation, against, or a veto where there may be one. A slip is one of these.

The words that somebody gives with it lie apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from facilitation.counting.method import Answer, Counted
from facilitation.counting.rule import reaches
from facilitation.polls import Poll

CONSENT, RESERVATION, AGAINST, VETO = "consent", "reservation", "against", "veto"
LONGEST = 500
"""So many characters of words."""


class Consent:
    """To a rule, consent and reservation are yes, against and veto are no; a single veto blocks.

    `label`: "consensus" from 80 % yes on, "majority" above 50 %, else, or with a veto, "dissent"; none where nobody
    voted.
    """

    def read(self, poll: Poll, choice: Any) -> Answer | None:
        if not isinstance(choice, dict) or not choice.keys() <= {"choice", "words"}:
            return None
        grade, words = choice.get("choice"), choice.get("words")
        if grade not in _grades(poll) or not isinstance(words, str | None):
            return None
        said = (words or "").strip()
        return Answer((grade,), said) if len(said) <= LONGEST else None

    def count(self, poll: Poll, slips: Mapping[str, int], _: int) -> Counted:
        counts = {grade: slips.get(grade, 0) for grade in _grades(poll)}
        vetoes = counts.get(VETO, 0)
        yes, no = counts[CONSENT] + counts[RESERVATION], counts[AGAINST] + vetoes
        more = {"label": _label(yes, yes + no, vetoes)} if yes + no else {}
        return Counted(counts, yes=yes, no=no, vetoed=vetoes > 0, more=more)


def _grades(poll: Poll) -> tuple[str, ...]:
    grades = (CONSENT, RESERVATION, AGAINST)
    return (*grades, VETO) if poll.scheme.veto else grades


def _label(yes: int, base: int, vetoes: int) -> str:
    if vetoes:
        return "dissent"
    if reaches("4/5", ">=", yes, base):
        return "consensus"
    return "majority" if reaches("1/2", ">", yes, base) else "dissent"


CONSENTING = Consent()
