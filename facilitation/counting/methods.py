"""The methods of voting by name."""

from __future__ import annotations

from facilitation.counting.choosing import APPROVAL, SINGLE, YES_NO_ABSTAIN
from facilitation.counting.consent import CONSENTING
from facilitation.counting.method import Method
from facilitation.counting.points import POINTS
from facilitation.counting.ranking import RANKING
from facilitation.counting.scale import SCALE
from facilitation.counting.words import WORDS

METHODS: dict[str, Method] = {
    "single": SINGLE,
    "approval": APPROVAL,
    "yes-no-abstain": YES_NO_ABSTAIN,
    "scale": SCALE,
    "points": POINTS,
    "ranking": RANKING,
    "consent": CONSENTING,
    "words": WORDS,
}
