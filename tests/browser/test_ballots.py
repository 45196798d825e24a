"""Ballots in real browsers, by citizens: each method from the first tap into the box, and what is published of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from server.house import House
from server.serving import running
from server.settings import Settings
from tests.browser.booth import DESK, Booth, booth, picture
from tests.browser.test_session import clean

IN_THE_BOX = "Your ballot is in the box."
OPTIONS = [{"id": letter, "title": {"en": f"Option {letter.upper()}"}} for letter in "abcd"]
TEXTS = [
    {"id": f"t{n}", "title": {"en": f"Recommendation {n}"}, "body": {"en": f"What the members propose in text {n}."}}
    for n in range(1, 41)
]
RULE = {"threshold": "7/10", "compare": ">=", "base": "yes+no"}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with running(Settings(port=0, data=tmp_path)) as (opened, _):
        yield opened


async def pressed(page: Page, *names: str) -> None:
    for name in names:
        await page.get_by_role("button", name=name, exact=True).click()


async def into_the_box(page: Page, name: str) -> None:
    """Looks at the ballot, sends it; it says so at once, after a reload as well."""
    await expect(page.get_by_text("Once it is in the box, it cannot be changed.")).to_be_visible()
    await clean(page)
    await picture(page, f"{name}-review")
    await pressed(page, "Put my ballot in the box")
    await expect(page.get_by_text(IN_THE_BOX).first).to_be_visible()
    await page.reload()
    await expect(page.get_by_text(IN_THE_BOX).first).to_be_visible()
    kept = await page.evaluate("JSON.stringify({...sessionStorage})")
    assert "option" not in kept.lower()
    assert (
        await page.evaluate("sessionStorage.getItem(Object.keys(sessionStorage).find(k => k.includes('papers')))")
        is None
    )


async def result_of(here: Booth, page: Page, poll: str, name: str) -> None:
    await here.publish(poll)
    await expect(page.locator(".res").first).to_be_visible()
    for fold in await page.locator(".res details").all():
        await fold.locator("summary").first.click()
    await clean(page)
    await picture(page, f"{name}-result")


async def test_one_of_several(browser: Browser, house: House) -> None:
    here = await booth(house)
    page = await here.page(browser)
    await here.open("p", "Where should it be?", "single", options=OPTIONS)
    await expect(page.get_by_role("button", name="2. Option B")).to_be_visible()
    await clean(page)
    await picture(page, "single")

    await page.get_by_role("button", name="2. Option B").click()
    await pressed(page, "Change my choice")
    await page.get_by_role("button", name="3. Option C").click()
    await into_the_box(page, "single")

    assert here.ballot("p") == "c"
    await here.vote("p", "c", "a", "c")
    await result_of(here, page, "p", "single")
    await expect(page.get_by_text("Most votes: 3. Option C")).to_be_visible()
    await expect(page.get_by_text("4 of 12 who could vote have voted (33.3%).")).to_be_visible()


async def test_as_many_as_one_agrees_with(browser: Browser, house: House) -> None:
    here = await booth(house)
    page = await here.page(browser)
    await here.open("p", "Which two?", "approval", options=OPTIONS, max=2)

    await page.get_by_role("button", name="Option A").click()
    await page.get_by_role("button", name="Option D").click()
    await expect(page.get_by_role("button", name="Option B")).to_have_attribute("aria-disabled", "true")
    await picture(page, "approval")
    await clean(page)
    await pressed(page, "Look at my ballot")
    await into_the_box(page, "approval")

    assert here.ballot("p") == ["a", "d"]
    await here.vote("p", ["a"], [], ["a", "b"])
    await result_of(here, page, "p", "approval")


async def test_a_mark_or_no_opinion(browser: Browser, house: House) -> None:
    here = await booth(house)
    page = await here.page(browser)
    bands = [{"up-to": 3, "title": {"en": "weak"}}, {"up-to": 6, "title": {"en": "strong"}}]
    await here.open("p", "How well was it answered?", "scale", **{"from": 1, "to": 6}, bands=bands)

    await pressed(page, "No opinion")
    await pressed(page, "5")
    await expect(page.get_by_role("button", name="No opinion")).to_have_attribute("aria-pressed", "false")
    await picture(page, "scale")
    await clean(page)
    await pressed(page, "Look at my ballot")
    await into_the_box(page, "scale")

    assert here.ballot("p") == 5
    await here.vote("p", 4, 6, "no-opinion")
    await result_of(here, page, "p", "scale")
    await expect(page.get_by_text("Mean 5.00")).to_be_visible()
    await expect(page.get_by_text("strong")).to_be_visible()
    await expect(page.get_by_text("1 has no opinion")).to_be_visible()


async def test_points_with_what_is_left_in_words(browser: Browser, house: House) -> None:
    here = await booth(house)
    page = await here.page(browser)
    await here.open("p", "What matters most?", "points", options=OPTIONS, points=3, max=2)

    more = page.get_by_role("button", name="One point more for Option B")
    await more.click()
    await expect(page.get_by_text("2 are left.")).to_be_visible()
    await more.click()
    await expect(more).to_have_attribute("aria-disabled", "true")
    await pressed(page, "One point more for Option A")
    await expect(page.get_by_text("None is left.")).to_be_visible()
    await pressed(page, "One point less for Option A", "One point more for Option D")
    await picture(page, "points")
    await clean(page)
    await pressed(page, "Look at my ballot")
    await into_the_box(page, "points")

    assert here.ballot("p") == {"b": 2, "d": 1}
    await here.vote("p", {"a": 2}, {"b": 1})
    await result_of(here, page, "p", "points")


@pytest.mark.parametrize("count", ["borda", "schulze", "irv", "stv"])
async def test_a_ranking_by_tapping(browser: Browser, house: House, count: str) -> None:
    here = await booth(house)
    page = await here.page(browser)
    await here.open("p", "In which order?", "ranking", options=OPTIONS, count=count, top=3, patterns=True, seats=1)

    for name in ("Option C", "Option A", "Option D"):
        await page.get_by_role("button", name=name).click()
    await page.get_by_role("button", name="Option A").click()
    await expect(page.get_by_role("button", name="4. Option D Rank 2")).to_be_visible()
    await page.get_by_role("button", name="Option B").click()
    await expect(page.get_by_role("button", name="Option A")).to_have_attribute("aria-disabled", "true")
    await picture(page, f"ranking-{count}")
    await clean(page)
    await pressed(page, "Look at my ballot")
    await into_the_box(page, f"ranking-{count}")

    assert here.ballot("p") == ["c", "d", "b"]
    await here.vote("p", ["c", "a"], ["a", "b", "c"], ["b"])
    await result_of(here, page, "p", f"ranking-{count}")


async def test_consent_with_words(browser: Browser, house: House) -> None:
    here = await booth(house)
    page = await here.page(browser)
    await here.open("p", "Can we send this chapter?", "consent", veto=True, rule={**RULE, "threshold": "4/5"})

    await pressed(page, "I consent with a reservation")
    await page.get_by_label("You may say in a few words why:").fill("The second part is too long.")
    await picture(page, "consent")
    await clean(page)
    await page.reload()
    await expect(page.get_by_label("You may say in a few words why:")).to_have_value("The second part is too long.")
    await pressed(page, "Look at my ballot")
    await into_the_box(page, "consent")

    assert here.ballot("p") == {"choice": "reservation", "words": "The second part is too long."}
    await here.vote("p", {"choice": "consent"}, {"choice": "against", "words": "No."}, {"choice": "consent"})
    await result_of(here, page, "p", "consent")
    await expect(page.locator(".res-words")).to_contain_text("“The second part is too long.”")


async def test_words_of_ones_own(browser: Browser, house: House) -> None:
    here = await booth(house)
    page = await here.page(browser)
    await here.open("p", "How was today?", "words")

    await page.get_by_label("Word 1").fill("warm")
    await page.get_by_label("Word 3").fill("  long day ")
    await picture(page, "words")
    await clean(page)
    await pressed(page, "Look at my ballot")
    await into_the_box(page, "words")

    assert here.ballot("p") == ["warm", "long day"]
    await here.vote("p", ["Warm", "clear"], ["warm"])
    await result_of(here, page, "p", "words")


async def test_forty_texts_one_a_screen_and_nothing_sent_before_the_review(browser: Browser, house: House) -> None:
    here = await booth(house)
    page = await here.page(browser)
    await here.open("p", "The forty recommendations", "yes-no-abstain", texts=TEXTS, rule=RULE, secret=True)
    await expect(page.get_by_text("You vote on 40 texts, one after the other.")).to_be_visible()
    await picture(page, "texts-cover")
    await clean(page)

    await pressed(page, "Begin")
    for n in range(1, 41):
        await expect(page.get_by_text(f"{n} of 40")).to_be_visible()
        if n == 2:
            await picture(page, "texts-one")
            await clean(page)
            await pressed(page, "Leave it blank")
            continue
        if n == 20:
            await page.reload()
            await expect(page.get_by_text("20 of 40")).to_be_visible()
        await pressed(page, "No" if n == 7 else "Yes")
        await pressed(page, "Look at my ballot" if n == 40 else "Next")
    await expect(page.get_by_text("1 text is left blank")).to_be_visible()
    assert here.ballot("p") is None
    assert not here.clerk.session.polls["p"].ballots  # type: ignore[index]

    await pressed(page, "Change 7. Recommendation 7")
    await pressed(page, "I abstain", "Look at my ballot")
    await expect(page.locator(".reviewed li").nth(6)).to_contain_text("I abstain")
    await into_the_box(page, "texts")

    everything = {f"t{n}": "no" if n % 3 else "yes" for n in range(1, 41)}
    await here.vote("p", everything, everything, {"t3": "yes"})
    await here.publish("p")
    await expect(page.get_by_text("13 of 40 are adopted")).to_be_visible()
    await expect(page.locator(".res-texts > li").first).to_contain_text("3. Recommendation 3")
    stage, observer = await here.public(browser, stage=True), await here.public(browser)
    await expect(stage.get_by_text("40. Recommendation 40")).to_be_in_viewport()
    await expect(observer.get_by_text("13 of 40 are adopted")).to_be_visible()
    await clean(stage, observer)
    await picture(stage, "stage-texts")
    await picture(observer, "live-texts")
    await page.locator(".res-texts summary").first.click()
    await clean(page)
    await picture(page, "texts-result")


async def test_members_have_a_measure_of_a_block_voted_on_by_itself(browser: Browser, house: House) -> None:
    here = await booth(house)
    page = await here.page(browser)
    measures = [{"id": f"m{n}", "title": {"en": f"Measure {n}"}} for n in (1, 2)]
    blocks = [{"id": "home", "title": {"en": "Housing"}, "measures": measures}]
    await here.ask(
        here.lead,
        "poll.add",
        id="p",
        question={"en": "The objectives"},
        method="yes-no-abstain",
        texts=blocks,
        split="1/6",
    )
    await page.get_by_text("Housing: 2 measures").click()
    await clean(page)
    await picture(page, "blocks")

    await pressed(page, "Vote on this measure by itself: Measure 2")
    await expect(page.get_by_text("You have asked for a vote of its own.")).to_be_visible()
    await here.ask(here.citizens[5], "poll.split", poll="p", text="home", measure="m2")
    await expect(page.get_by_text("Housing: 1 measure")).to_be_visible()

    await here.ask(here.lead, "poll.open", poll="p", warned=True)
    await expect(page.get_by_text("You vote on 2 texts, one after the other.")).to_be_visible()
    await pressed(page, "Begin")
    await expect(page.get_by_text("One vote for this measure:")).to_be_visible()
    await clean(page)


async def test_a_second_device_shows_it_too_and_gives_no_second_ballot(browser: Browser, house: House) -> None:
    here = await booth(house)
    first, second = await here.page(browser), await here.page(browser)
    await here.open("p", "One desk for both?", "yes-no-abstain", secret=True, rule=RULE)
    await second.get_by_role("button", name="No", exact=True).click()
    await expect(second.get_by_text("Once it is in the box")).to_be_visible()

    await first.get_by_role("button", name="Yes", exact=True).click()
    await pressed(first, "Put my ballot in the box")

    for page in (first, second):
        await expect(page.get_by_text(IN_THE_BOX).first).to_be_visible()
        await expect(page.get_by_text("You chose")).to_have_count(0)
    assert "papers" not in await second.evaluate("JSON.stringify(Object.keys(sessionStorage))")
    assert len(here.clerk.session.polls["p"].ballots) == 1  # type: ignore[index]


async def test_a_trial_says_so_and_is_among_no_results(browser: Browser, house: House) -> None:
    here = await booth(house)
    page, observer = await here.page(browser), await here.public(browser)
    await here.open("p", "Do you like tea?", "yes-no-abstain", trial=True)
    await expect(page.get_by_text("TRIAL", exact=True)).to_be_visible()
    await expect(observer.get_by_text("TRIAL", exact=True)).to_be_visible()
    await clean(page, observer)
    await picture(page, "trial")

    await page.get_by_role("button", name="Yes").click()
    await pressed(page, "Put my ballot in the box")
    await expect(page.locator("main").get_by_text("Your trial ballot is in the box.")).to_be_visible()
    await here.publish("p")

    await expect(page.get_by_text("TRIAL", exact=True)).to_be_visible()
    await expect(observer.get_by_role("heading", name="Results")).to_have_count(0)


async def test_my_ballot_is_found_under_the_codes_of_this_device(browser: Browser, house: House) -> None:
    here = await booth(house)
    page = await here.page(browser)
    await here.open("p", "One desk for both?", "yes-no-abstain", secret=True, receipts=True, texts=TEXTS[:2])
    await pressed(page, "Begin", "Yes", "Next", "No", "Look at my ballot", "Put my ballot in the box")
    await expect(page.get_by_text(IN_THE_BOX).first).to_be_visible()
    await page.reload()
    await page.get_by_text("Check my ballot").click(timeout=8000)
    await expect(page.locator(".codes code")).to_have_count(2)
    codes = [code.replace(" ", "") for code in await page.locator(".codes code").all_inner_texts()]
    assert all(len(code) == 20 for code in codes)
    await clean(page)
    await picture(page, "receipt")

    await here.publish("p")
    published: dict[str, Any] = {code: slip for code, _, slip in here.clerk.session.polls["p"].kept.receipts}  # type: ignore[index,union-attr]
    assert [published[code] for code in codes] == ["yes", "no"]


async def test_a_reminder_in_the_last_half_minute_is_said_once(browser: Browser, house: House) -> None:
    here = await booth(house)
    page = await here.page(browser)
    await here.open("p", "One desk for both?", "yes-no-abstain", seconds=25)
    await expect(page.locator(".band", has_text="Your ballot is not in the box yet.")).to_be_visible()
    await expect(page.get_by_text("This vote closes in half a minute.")).to_be_attached()
    await clean(page)

    await page.reload()
    await expect(page.locator(".band", has_text="Your ballot is not in the box yet.")).to_be_visible()
    await expect(page.get_by_text("A vote is open.")).to_be_attached()
    await expect(page.get_by_text("This vote closes in half a minute.")).to_have_count(0)
    await page.get_by_role("button", name="Yes").click()
    await pressed(page, "Put my ballot in the box")
    await expect(page.locator(".band")).to_have_count(0)


async def test_a_ballot_sent_without_a_line_arrives_once(browser: Browser, house: House) -> None:
    here = await booth(house)
    page = await here.page(browser)
    await here.open("p", "One desk for both?", "yes-no-abstain", secret=True)
    await page.get_by_role("button", name="Yes").click()
    await page.context.set_offline(True)
    await pressed(page, "Put my ballot in the box")
    await expect(page.get_by_text("Your ballot is on its way")).to_be_visible()
    await clean(page)

    await page.context.set_offline(False)

    await expect(page.get_by_text(IN_THE_BOX).first).to_be_visible()
    assert len(here.clerk.session.polls["p"].ballots) == 1  # type: ignore[index]
    assert "yes" not in await page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")


@pytest.mark.parametrize("lang", ["fr", "de"])
async def test_observers_and_the_stage_see_the_same_result(browser: Browser, house: House, lang: str) -> None:
    here = await booth(house)
    citizen = await here.page(browser, 0, lang, DESK)
    question = {"fr": "Un guichet commun pour les deux pays ?", "de": "Ein gemeinsamer Schalter für beide Länder?"}
    rule = {"threshold": "2/3", "compare": ">=", "base": "yes+no", "each-side": True, "quorum": "1/2"}
    await here.open("p", question, "yes-no-abstain", rule=rule, seconds=600)
    stage, observer = await here.public(browser, lang, stage=True), await here.public(browser, lang)
    plain = await here.public(browser, lang, script=False)
    await expect(stage.get_by_role("heading", name=question[lang])).to_be_visible()
    await picture(citizen, f"open-{lang}")
    await picture(stage, f"stage-open-{lang}")
    await picture(observer, f"live-open-{lang}")
    await clean(citizen, stage, observer)

    await here.vote("p", *["yes"] * 8, "no", "abstain")
    await here.publish("p")

    adopted = {"fr": "Adopté", "de": "Angenommen"}[lang]
    await plain.goto(plain.url)
    for page in (citizen, stage, observer, plain):
        await expect(page.locator(".res-verdict, .live-verdict", has_text=adopted).first).to_be_visible()
    await clean(citizen, stage, observer)
    await picture(citizen, f"result-{lang}")
    await picture(stage, f"stage-result-{lang}")
    await picture(observer, f"live-result-{lang}")
