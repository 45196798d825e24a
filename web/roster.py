"""The columns of a roster and the roles of people, in words."""

from __future__ import annotations

from web.texts import say


def meaning(lang: str, name: str) -> str:
    """What a column of the roster can mean."""
    words = {
        "name": say(lang, "Whole name"),
        "first-name": say(lang, "First name"),
        "last-name": say(lang, "Family name"),
        "role": say(lang, "Role"),
        "side": say(lang, "Side"),
        "speaks": say(lang, "Speaks"),
        "understands": say(lang, "Understands"),
        "group": say(lang, "Group"),
        "email": say(lang, "E-mail"),
        "telephone": say(lang, "Telephone"),
        "needs": say(lang, "Needs"),
        "accompanies": say(lang, "Accompanies (a name)"),
        "attribute": say(lang, "Keep as an attribute"),
        "ignore": say(lang, "Leave out"),
    }
    return words[name]


def role(lang: str, name: str) -> str:
    """A role as people call it."""
    words = {
        "lead": say(lang, "Lead facilitator"),
        "facilitator": say(lang, "Room facilitator"),
        "note-taker": say(lang, "Note-taker"),
        "interpreter": say(lang, "Interpreter"),
        "expert": say(lang, "Expert"),
        "support": say(lang, "Support"),
        "guest": say(lang, "Guest"),
        "citizen": say(lang, "Citizen"),
        "observer": say(lang, "Observer"),
        "evaluator": say(lang, "Evaluator"),
    }
    return words[name]
