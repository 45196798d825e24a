"""The protocol of a vote: what it says of each kind of result, and that it can be read and printed by anybody."""

from __future__ import annotations

from typing import Any

import msgspec
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser

from facilitation.counting.lot import drawn
from facilitation.course import Act, Course, Telephone
from facilitation.digest import digest
from facilitation.polls import Lot, Poll
from facilitation.programme import Band, Option, Rule, Scheme, VotedText
from facilitation.session import HOUSE, with_
from server.archive.votes import voted
from tests.archive.votes import SEVEN_TENTHS, polled, told
from tests.facilitation.given import live
from web.protocol import About, protocol

BRIDGE = {"FR": {"yes": 71, "no": 20, "abstain": 4}, "DE": {"yes": 60, "no": 36, "abstain": 3}}
QUESTION = {
    "fr": "Faut-il laisser le pont de l’Europe ouvert aux piétons pendant une crise sanitaire ?",
    "de": "Soll die Europabrücke während einer Gesundheitskrise für Fußgängerinnen und Fußgänger offen bleiben?",
    "en": "Shall the bridge stay open?",
}
AT = 1_800_000_000_000
COURSE = Course(
    (
        Act(AT, "lea", "opened", AT + 300_000),
        Act(AT + 298_000, HOUSE, "held", None, 21),
        Act(AT + 310_000, "lea", "extended", AT + 430_000),
        Act(AT + 400_000, HOUSE, "outage", AT + 460_000, 30_000),
        Act(AT + 460_500, HOUSE, "closed"),
        Act(AT + 600_000, "lea", "published"),
    ),
    (Telephone("sue", "flo", 3),),
)


def options(*names: str) -> tuple[Option, ...]:
    titles = {
        "fr": "Une école commune des deux côtés",
        "de": "Eine gemeinsame Schule auf beiden Seiten",
        "en": "School",
    }
    return tuple(Option(name, {lang: f"{title} {name}" for lang, title in titles.items()}) for name in names)


def written(poll: Poll, lang: str = "en", course: Course = COURSE) -> str:
    poll = msgspec.structs.replace(poll, question=QUESTION, opened=AT, digest=digest(poll))
    session = with_(live().session, polls={poll.id: poll})
    return protocol(About(session, poll, voted(poll, course).result, course, str, AT + 700_000), lang)


def test_it_says_the_number_what_was_needed_and_whether_it_was_reached() -> None:
    page = written(told(BRIDGE))

    assert '<p class="decision">Adopted</p>' in page
    assert "131 yes of 187 yes and no together. Needed: at least 130.9, so 131. Reached." in page
    assert "194 of 194 voted." in page


def test_where_each_side_counts_it_says_so_of_each() -> None:
    page = written(told(BRIDGE, rule=Rule("7/10", ">=", each_side=True)))

    assert '<p class="decision">Not adopted</p>' in page
    assert "60 yes of 96 yes and no together. Needed: at least 67.2, so 68. Not reached." in page
    assert "71 yes of 91 yes and no together. Needed: at least 63.7, so 64. Reached." in page


def test_a_quorum_that_was_not_reached_is_said_with_its_numbers() -> None:
    page = written(told(BRIDGE, rule=Rule("7/10", ">=", quorum="1/2")))

    assert "The quorum of 200 ballots (1/2 of 400) was not reached: 194 were cast." in page


def test_a_half_that_must_be_more_than_a_half_needs_one_more() -> None:
    page = written(told({"FR": {"yes": 10, "no": 10}}, rule=Rule("1/2", ">")))

    assert "10 yes of 20 yes and no together. Needed: more than 10, so 11. Not reached." in page


def test_a_vote_without_anybody_for_the_base_is_not_decided() -> None:
    page = written(told({"FR": {"abstain": 20}}))

    assert '<p class="decision">Not decided</p>' in page
    assert "nobody counts for the base" in page


def test_sides_that_are_too_small_have_dashes_and_the_reason() -> None:
    page = written(told({"FR": {"yes": 41, "no": 20}, "DE": {"yes": 3}}))

    assert "so few people would be known by these numbers" in page
    assert ">41<" not in page
    assert ">44<" in page


def test_a_tie_says_what_decides_it_and_whom_the_lot_drew() -> None:
    poll = told(
        {"FR": {"a": 8, "b": 8}}, method="single", options=options("a", "b"), rule=Rule(ties=("run-off", "lot"))
    )
    with_lot = msgspec.structs.replace(poll, rule=Rule("1/4", ">=", ties=("lot",)), lot=Lot(drawn(["a", "b"], 1, 7), 7))

    assert "As the rule said beforehand, a run-off decides." in written(poll)
    assert "Drawn by lot: School" in written(with_lot)
    assert "(seed 7)" in written(with_lot)


def test_who_took_ballots_on_the_telephone_and_every_step_is_there() -> None:
    page = written(told(BRIDGE))

    assert "3 ballots on the telephone, entered by sue, heard again by flo." in page
    assert "The close waits: 21 people who have not voted are not connected" in page
    assert "It is open longer, since no ballot could be taken for 30 s" in page
    assert "09:04:58" in page


def test_of_a_vote_that_is_open_nothing_is_told_but_the_question() -> None:
    page = written(told(BRIDGE, state="open"))

    assert "This vote is still open." in page
    for words in ("131", 'class="question"', 'decision">'):
        assert words not in page


def test_titles_and_reasons_are_only_ever_words() -> None:
    evil = {"en": "<script>alert(1)</script>"}
    poll = told(BRIDGE, texts=(), options=(Option("a", evil),), state="void", reason="<img src=x>")

    assert "<script" not in written(poll)
    assert "<img" not in written(poll)


KINDS: dict[str, Poll] = {
    "yes-no": told(BRIDGE, rule=Rule("7/10", ">=", quorum="1/2", each_side=True)),
    "small": told({"FR": {"yes": 41, "no": 20}, "DE": {"yes": 3}}),
    "approval": polled([["a"], ["a", "b"]] * 9, method="approval", options=options("a", "b"), rule=Rule("1/2")),
    "scale": polled(
        [1, 5, "no-opinion"] * 9,
        method="scale",
        scheme=Scheme(lowest=1, highest=6, bands=(Band(300, {"fr": "faible"}), Band(600, {"fr": "fort"}))),
        rule=None,
    ),
    "points": polled([{"a": 2, "b": 1}] * 9, method="points", options=options("a", "b"), rule=None),
    "borda": polled([["a", "b"], ["b", "c", "a"]] * 9, method="ranking", options=options("a", "b", "c"), rule=None),
    **{
        count: polled(
            [["a", "b", "c"], ["b", "a"], ["c", "a"]] * 9,
            method="ranking",
            options=options("a", "b", "c"),
            scheme=Scheme(count=count, seats=2 if count == "stv" else 1),
            rule=None,
        )
        for count in ("schulze", "irv", "stv")
    },
    "consent": polled(
        [{"choice": "consent"}, {"choice": "veto", "words": "Zu teuer."}] * 9,
        method="consent",
        scheme=Scheme(veto=True),
        rule=SEVEN_TENTHS,
    ),
    "words": polled([["Nähe", "Brücke"]] * 9, method="words", rule=None),
    "texts": polled(
        [{"t1": "yes", "t2": "no"}] * 20,
        texts=(
            VotedText("t1", QUESTION, QUESTION, options("m1", "m2")),
            VotedText("t2", {"fr": "Des trains de nuit", "de": "Nachtzüge"}),
        ),
    ),
}
LOOKED_AT = "() => [document.documentElement.scrollWidth, innerWidth]"


async def test_every_kind_of_vote_can_be_read_by_anybody_on_a_phone(browser: Browser) -> None:
    """In German, whose words are longest."""
    page = await browser.new_page(viewport={"width": 390, "height": 800})
    found: dict[str, Any] = {}

    for name, poll in KINDS.items():
        await page.set_content(written(poll, "de"))
        wide, window = await page.evaluate(LOOKED_AT)
        report = await Axe().run(page)
        found[name] = ([each["id"] for each in report.response["violations"]], wide > window)

    await page.close()
    assert found == dict.fromkeys(KINDS, ([], False))
