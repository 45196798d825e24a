"""A language plan in words: which rooms in which languages, how many interpreters, and what a team less would cost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from babel.lists import format_list

from rooms.composing.case import ANY, Reason
from rooms.composing.reach import Reach
from web.composewords import language_name, languages_words, why_words
from web.texts import LANGUAGES, many, say

Rooms = Sequence[tuple[tuple[str, ...], int]]
"""How many rooms in which languages; without any, in those that the search picks."""
OPEN = ("",)
"""A room of one language, whichever."""


def citizens_words(citizens: int, speak: Sequence[tuple[str, int]], lang: str) -> str:
    """How many they are, and what they speak first."""
    spoken = _listed([f"{language_name(code, lang)} {count}" for code, count in speak], lang)
    return many(lang, "{n} citizen: {spoken}.", "{n} citizens: {spoken}.", citizens, spoken=spoken)


def rooms_words(rooms: Rooms, most_languages: int, lang: str) -> str:
    """Each kind of room with its number."""
    return _listed([_kind(languages, count, most_languages, lang) for languages, count in rooms], lang)


def _kind(languages: tuple[str, ...], count: int, most_languages: int, lang: str) -> str:
    if not languages:
        return many(
            lang,
            "{n} interpreted room of {most} languages at most",
            "{n} interpreted rooms of {most} languages at most",
            count,
            most=most_languages,
        )
    if languages in (OPEN, (ANY,)):
        return many(lang, "{n} room of one language", "{n} rooms of one language", count)
    named = languages_words(languages, lang)
    if len(languages) == 1:
        return many(lang, "{n} room in {languages}", "{n} rooms in {languages}", count, languages=named)
    return many(
        lang,
        "{n} room interpreted between {languages}",
        "{n} rooms interpreted between {languages}",
        count,
        languages=named,
    )


def with_teams(teams: int, interpreters: int, rooms: str, lang: str) -> str:
    return many(
        lang,
        "With {n} team of interpreters ({interpreters} people): {rooms}.",
        "With {n} teams of interpreters ({interpreters} people): {rooms}.",
        teams,
        interpreters=interpreters,
        rooms=rooms,
    )


def one_less(languages: Sequence[str], rooms: str, fewer: int, lang: str) -> Iterator[str]:
    """The rooms with one team less between these languages, and how many interpreted ones that costs."""
    named = languages_words(languages, lang)
    yield say(lang, "With one team less between {languages}: {rooms}.", languages=named, rooms=rooms)
    if fewer:
        yield many(lang, "That costs {n} interpreted room.", "That costs {n} interpreted rooms.", fewer)
    else:
        yield say(lang, "That costs no interpreted room.")


def reach_words(reach: Reach | None, lang: str) -> Iterator[str]:
    """Who can meet whom, and how near to the whole the rooms can be."""
    if reach is not None:
        yield say(
            lang,
            "Of 100 pairs of citizens {meet} can sit together, and rooms can mirror the whole to {mirror} %.",
            meet=reach.meet,
            mirror=reach.mirror,
        )


def one_less_fails(languages: Sequence[str], reasons: Sequence[Reason], lang: str) -> Iterator[str]:
    """That it cannot be done with one team less between these languages, and why."""
    yield say(
        lang,
        "With one team less between {languages}, some have no room in their language.",
        languages=languages_words(languages, lang),
    )
    yield from (why_words(each, lang) for each in reasons)


def fewest_words(teams: int, lang: str) -> str:
    if not teams:
        return say(lang, "Without any interpreter everybody still has a room in a language of their own.")
    return many(
        lang,
        "With {n} team at least everybody has a room in a language of their own.",
        "With {n} teams at least everybody has a room in a language of their own.",
        teams,
    )


def _listed(words: list[str], lang: str) -> str:
    return format_list(words, locale=lang if lang in LANGUAGES else "en")
