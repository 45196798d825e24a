"""Recipes: whether what somebody calls a good room can be used in this session.

A programme is written before its roster: of its recipe that is left out which this session has nothing for.
"""

from __future__ import annotations

from math import isfinite

import msgspec

from facilitation.attributes import heading_of
from facilitation.programme import Recipe
from facilitation.refusals import Why
from facilitation.session import Session
from rooms.composing.case import Taste

TASTES = tuple(str(taste) for taste in Taste)
LANGUAGES = ("mixed", "own", "any")
OF_EVERYBODY = frozenset({"side", "group", "language"})
"""Attributes that people have without any column of the roster."""
HEAVIEST = 100.0
"""No attribute weighs more in the mirror."""
ON_WISHES = ("ranking", "single")
"""The votes that say what somebody would like to talk about."""


def fault(session: Session, recipe: Recipe) -> Why | None:
    """Why that recipe cannot be used; None where it can."""
    if not _reads(recipe):
        return Why.NOT_A_RECIPE
    named = {*recipe.mirror, *(each.attribute for each in recipe.least)}
    if not named <= OF_EVERYBODY | session.attributes:
        return Why.NO_SUCH_ATTRIBUTE
    if recipe.topics is None:
        return None
    if session.programme.item(recipe.topics) is None:
        return Why.NO_SUCH_ITEM
    return None if has_wishes(session, recipe.topics) else Why.NO_WISHES


def has_wishes(session: Session, item: str | None) -> bool:
    """Whether people were asked in that item, in the open, what they would like to talk about."""
    return any(poll.item == item and poll.method in ON_WISHES and not poll.secret for poll in session.polls.values())


def fitted(session: Session, recipe: Recipe) -> Recipe:
    """What of a programme's recipe there is in this session, under the headings of its roster."""
    headings = OF_EVERYBODY | session.attributes
    mirror = {heading_of(name, headings): weight for name, weight in recipe.mirror.items()}
    least = {each: heading_of(each.attribute, headings) for each in recipe.least}
    return msgspec.structs.replace(
        recipe,
        mirror={name: weight for name, weight in mirror.items() if name is not None},
        least=tuple(msgspec.structs.replace(each, attribute=name) for each, name in least.items() if name is not None),
        topics=recipe.topics if has_wishes(session, recipe.topics) else None,
    )


def _reads(recipe: Recipe) -> bool:
    """Whether its words and numbers mean something."""
    weights = recipe.mirror.values()
    return (
        recipe.taste in TASTES
        and recipe.languages in LANGUAGES
        and recipe.most_languages >= 1
        and (recipe.telephone is None or recipe.telephone >= 0)
        and all(each.people >= 1 for each in recipe.least)
        and all(isfinite(weight) and 0 <= weight <= HEAVIEST for weight in weights)
    )
