"""What the roster says of people, in words: attributes that the house knows, and their usual values."""

from __future__ import annotations

from collections.abc import Callable

from web.texts import say

Say = Callable[[str], str]

ATTRIBUTES: dict[str, Say] = {
    "side": lambda lang: say(lang, "Side"),
    "gender": lambda lang: say(lang, "Gender"),
    "age": lambda lang: say(lang, "Age"),
    "distance": lambda lang: say(lang, "Distance"),
    "country": lambda lang: say(lang, "Country"),
    "language": lambda lang: say(lang, "Language"),
    "group": lambda lang: say(lang, "Group"),
    "telephone": lambda lang: say(lang, "by telephone"),
}
VALUES: dict[str, Say] = {
    "woman": lambda lang: say(lang, "Women"),
    "f": lambda lang: say(lang, "Women"),
    "man": lambda lang: say(lang, "Men"),
    "m": lambda lang: say(lang, "Men"),
    "*": lambda lang: say(lang, "each"),
    "": lambda lang: say(lang, "not known"),
}


def attribute_word(name: str, lang: str) -> str:
    """What an attribute is called; another column of the roster keeps its name."""
    known = ATTRIBUTES.get(name.lower())
    return name if known is None else known(lang)


def value_word(value: str, lang: str) -> str:
    """What a value that people are drawn by is called."""
    known = VALUES.get(value)
    return value if known is None else known(lang)
