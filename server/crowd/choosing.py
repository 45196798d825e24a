"""Choosing: what a simulated person puts on a ballot, out of what the ballot shows; always something it offers."""

from __future__ import annotations

import random
from typing import Any

BLANK, NO_OPINION, EXPLAINS = 0.03, 0.1, 0.5
"""How likely a text is left out, a mark is "no opinion", a reservation comes with words."""
LEAST_LIKED, MOST_LIKED = 0.35, 0.95
WORDS = ("confiance", "Nähe", "trust", "pont", "Brücke", "bridge", "écoute", "Mut", "courage", "voisins", "Nachbarn")
REASONS = (
    "Il faudrait dire qui paie.",
    "Es fehlt, wer es bezahlt.",
    "It should say by when.",
    "Oui, mais pas tout de suite.",
)


def choose(poll: dict[str, Any], chance: random.Random) -> Any:
    """A choice for the whole paper; over texts, one for each that is not left out."""
    texts = [text["id"] for text in poll.get("texts") or ()]
    if not texts:
        return _answer(poll, "", chance)
    answered = [text for text in texts if chance.random() >= BLANK] or texts[:1]
    return {text: _answer(poll, text, chance) for text in answered}


def liking(question: str) -> float:
    """How well a question is liked by everybody together, so that some texts are adopted and others are not."""
    return random.Random(question).uniform(LEAST_LIKED, MOST_LIKED)


def _answer(poll: dict[str, Any], question: str, chance: random.Random) -> Any:
    scheme = poll.get("scheme") or {}
    options = [option["id"] for option in poll.get("options") or ()]
    match poll["method"]:
        case "single":
            return chance.choice(options)
        case "approval":
            return chance.sample(options, chance.randint(1, min(scheme.get("most") or len(options), len(options))))
        case "scale":
            return _mark(scheme, question, chance)
        case "points":
            return _dots(options, scheme, chance)
        case "ranking":
            return chance.sample(options, min(scheme.get("top") or len(options), len(options)))
        case "consent":
            return _consent(scheme, question, chance)
        case "words":
            return chance.sample(WORDS, chance.randint(1, min(scheme.get("most") or 3, len(WORDS))))
        case _:
            yes = liking(question)
            return chance.choices(("yes", "no", "abstain"), (yes * 9, (1 - yes) * 9, 1))[0]


def _mark(scheme: dict[str, Any], question: str, chance: random.Random) -> int | str:
    if chance.random() < NO_OPINION:
        return "no-opinion"
    lowest, highest = int(scheme.get("lowest", 0)), int(scheme.get("highest", 10))
    middle = lowest + liking(question) * (highest - lowest)
    return max(lowest, min(highest, round(chance.gauss(middle, (highest - lowest) / 5))))


def _dots(options: list[str], scheme: dict[str, Any], chance: random.Random) -> dict[str, int]:
    points = scheme.get("points") or 1
    most = min(scheme.get("most") or points, points)
    given: dict[str, int] = {}
    for _ in range(points):
        free = [option for option in options if given.get(option, 0) < most]
        if not free:
            break
        option = chance.choice(free)
        given[option] = given.get(option, 0) + 1
    return given


def _consent(scheme: dict[str, Any], question: str, chance: random.Random) -> dict[str, str]:
    agrees = liking(question)
    rest = 1 - agrees
    weights = {"consent": agrees, "reservation": rest * 0.6, "against": rest * 0.4}
    if scheme.get("veto"):
        weights["veto"] = 0.01
    choice = chance.choices(list(weights), list(weights.values()))[0]
    explains = choice != "consent" and (choice == "veto" or chance.random() < EXPLAINS)
    return {"choice": choice, "words": chance.choice(REASONS)} if explains else {"choice": choice}
