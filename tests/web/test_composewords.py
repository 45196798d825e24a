"""Why rooms cannot be composed and why somebody moves, in words that one can act on."""

from __future__ import annotations

import re

import pytest

from rooms.composing.case import Reason, Why
from rooms.composing.reasons import Move, Moves
from rooms.composing.rules import Breach
from web.composewords import (
    BREACHES,
    RELAXED,
    Called,
    breach_words,
    language_name,
    move_words,
    people_words,
    reason_words,
    relaxed_words,
)

CALLED = Called(
    people={"p1": "Citizen 1", "p2": "Citizen 2"}, rooms={"r1": "Rhein", "r2": "Ill"}, rounds=("Proposals",)
)
LANGS = ("fr", "de", "en")


def a_reason(why: Why) -> Reason:
    return Reason(why, 0, ("p1", "p2"), ("fr", "ar"), ("r1",), seats=3, needed=2, limit="telephone")


def test_a_reason_names_people_languages_rooms_and_seats() -> None:
    said = reason_words(a_reason(Why.SEATS_IN_LANGUAGE), "en", CALLED)

    assert said == (
        "Proposals: 2 people speak only French and Arabic; the rooms they can join (Rhein) have 3 seats: "
        "Citizen 1 and Citizen 2."
    )


@pytest.mark.parametrize("why", Why)
def test_every_reason_is_said_in_every_language(why: Why) -> None:
    said = {reason_words(a_reason(why), lang, CALLED) for lang in LANGS}

    assert len(said) == len(LANGS)
    assert not any(re.search(r"\b[pr][12]\b|[{}]", each) for each in said), said


@pytest.mark.parametrize("why", Moves)
def test_every_move_is_said_in_every_language(why: Moves) -> None:
    move = Move("p1", 0, "r2", "" if why is Moves.NEW else "r1", why, mirror=1.5, repeats=2)

    said = {move_words(move, lang, CALLED) for lang in LANGS}

    assert len(said) == len(LANGS)
    assert all("Citizen 1" in each and "Ill" in each for each in said)


def test_a_move_says_what_it_does_to_the_mirror_and_to_meeting_again() -> None:
    move = Move("p1", 0, "r2", "r1", Moves.EVEN, mirror=-0.5, repeats=1)

    assert move_words(move, "en", CALLED) == (
        "Citizen 1 goes from Rhein to Ill, to even out the rooms. Both rooms are less like the whole. "
        "They meet 1 person fewer again."
    )


@pytest.mark.parametrize("lang", LANGS)
def test_every_broken_rule_has_its_sentence(lang: str) -> None:
    said = [breach_words(Breach(rule, 1, "r1", ("p1",)), lang, CALLED) for rule in BREACHES]

    assert len(set(said)) == len(BREACHES)
    assert all("Rhein" in each and "Citizen 1" in each for each in said)


@pytest.mark.parametrize("lang", ["fr", "de"])
def test_what_gave_way_is_said_in_the_readers_language(lang: str) -> None:
    gave_way: list[str | Reason] = [*RELAXED, a_reason(Why.LIMIT_IMPOSSIBLE)]
    for each in gave_way:
        assert relaxed_words(each, lang) != relaxed_words(each, "en")


def test_few_are_named_and_the_rest_is_a_number() -> None:
    many = [f"p{number}" for number in range(40)]

    assert people_words(many, "en").endswith("p5, and 34 more")
    assert people_words(many, "fr").endswith("p5 et 34 autres")


def test_a_language_has_its_name_and_a_word_that_is_none_stays() -> None:
    assert [language_name(code, "de") for code in ("fr", "pt-BR", "q1")] == [
        "Französisch",
        "Portugiesisch (Brasilien)",
        "q1",
    ]
