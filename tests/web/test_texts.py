"""Sentences in the reader's language, with plurals by rule."""

from __future__ import annotations

import pytest

from facilitation.refusals import Why
from web.pages import left, script, text
from web.refusals import refusal
from web.texts import many, say


def test_what_no_catalogue_knows_stays_english() -> None:
    assert say("de", "Nobody ever wrote {what}.", what="this") == "Nobody ever wrote this."


@pytest.mark.parametrize(
    ("lang", "n", "said"),
    [
        ("en", 0, "0 people"),
        ("en", 1, "1 person"),
        ("fr", 0, "0 personne"),
        ("fr", 2, "2 personnes"),
        ("de", 1200, "1.200 Personen"),
    ],
)
def test_plurals_follow_the_rule_of_the_language(lang: str, n: int, said: str) -> None:
    assert many(lang, "{n} person", "{n} people", n) == said


@pytest.mark.parametrize("lang", ["fr", "de", "en"])
def test_every_refusal_is_a_sentence(lang: str) -> None:
    sentences = {refusal(lang, why) for why in Why}

    assert len(sentences) == len(Why)
    assert all(sentence.endswith(".") for sentence in sentences)


def test_time_left_is_told_in_minutes_and_seconds_only_at_the_end() -> None:
    shown = [left("en", ms) for ms in (11 * 60_000 + 1, 30_000, 0, -5 * 60_000)]

    assert [each.replace("\u00a0", " ") for each in shown] == ["12 min left", "30 s left", "Time is up", "5 min over"]


def test_a_text_that_falls_back_shows_it() -> None:
    assert text("fr", {"de": "Begrüßung"}) == "Begrüßung [DE]"


def test_json_in_a_page_cannot_end_its_script() -> None:
    assert "</" not in script({"title": "</script><script>alert(1)</script>"})
