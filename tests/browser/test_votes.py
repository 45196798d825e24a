"""Votes on the console in real browsers: drafted, looked at, opened, held, closed, put again; a ballot by telephone."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from facilitation import commands as c
from facilitation.programme import Item, Mode, Programme, Side
from rooms.people import ItemId, PersonId, PollId, Role
from server.clerk import Clerk
from server.house import House
from server.invited import Invited, Languages
from server.links import Created
from server.serving import running
from server.settings import Settings
from tests.browser.test_session import DESK, clean, opened


def programme() -> Programme:
    return Programme(
        title={"fr": "Dialogue d'essai", "de": "Probegespräch"},
        languages=("fr", "de"),
        sides=(Side("FR", {"fr": "France"}), Side("DE", {"de": "Deutschland"})),
        telephone="03 88 00 00 00",
        items=(
            Item(ItemId("door"), {"fr": "Accueil", "de": "Ankommen"}, 5, Mode.LOBBY),
            Item(ItemId("vote"), {"fr": "Vote", "de": "Abstimmung"}, 30, Mode.VOTE),
        ),
    )


class Votes:
    """A session at its vote: a lead, a support, a note-taker, and twelve citizens of two sides who are checked in."""

    def __init__(self, house: House, made: Created, clerk: Clerk) -> None:
        self.house, self.made, self.clerk = house, made, clerk
        self.urls = {link.name: link.url for link in made.links}
        self.ids = {link.name: PersonId(link.person) for link in made.links}

    @property
    def citizens(self) -> list[str]:
        return [name for name in self.ids if name.startswith("Citizen")]

    async def ask(self, name: str, ask: str, **body: Any) -> None:
        answer = await self.clerk.ask(self.ids[name], None, ask, body, self.house.now(), "en")
        assert "ok" in answer, (ask, answer)

    async def add(self, poll: str, **more: Any) -> None:
        body = {"question": {"fr": "Un guichet commun ?", "de": "Ein gemeinsamer Schalter?"}}
        await self.ask("Lead 1", "poll.add", id=poll, **{"method": "yes-no-abstain", **body, **more})

    async def cast(self, poll: str, choice: Any, *names: str) -> None:
        for name in names:
            await self.ask(name, "ballot.cast", poll=poll, choice=choice)

    async def hang_up(self, *names: str) -> None:
        for name in names:
            await self.clerk.house(c.Leave(self.ids[name], self.house.worker))

    def poll(self, poll: str) -> Any:
        return self.clerk.session.polls[PollId(poll)]


@pytest.fixture
async def votes(tmp_path: Path) -> AsyncIterator[Votes]:
    people = [Invited("Lead 1", Role.LEAD, Languages(("en", "fr")))]
    people.append(Invited("Support 1", Role.SUPPORT, Languages(("en", "fr"))))
    people.append(Invited("Notes 1", Role.NOTE_TAKER, Languages(("en", "de"))))
    people += [
        Invited(f"Citizen {n}", Role.CITIZEN, Languages(("fr" if n % 2 else "de",)), "FR" if n % 2 else "DE")
        for n in range(1, 14)
    ]
    async with running(Settings(port=0, data=tmp_path)) as (house, _):
        made = await house.create(programme(), people)
        whole = Votes(house, made, await house.clerk(made.session))
        for name in whole.citizens[:12]:
            await whole.clerk.house(c.Arrive(whole.ids[name], house.worker))
        await whole.ask("Lead 1", "session.start")
        await whole.ask("Lead 1", "agenda.next")
        yield whole


async def console(browser: Browser, votes: Votes, name: str) -> Page:
    page = await opened(browser, votes.urls[name], DESK)
    await page.get_by_role("combobox", name=re.compile("^Lang|^Sprache")).select_option("en")
    await page.get_by_role("tab", name=re.compile("^Votes")).click()
    return page


def card(page: Page, question: str = "guichet commun") -> Locator:
    return page.locator(".c-poll").filter(has_text=re.compile(question))


def button(where: Page | Locator, name: str) -> Locator:
    return where.get_by_role("button", name=re.compile(name))


async def test_a_vote_from_its_rule_to_its_publication(browser: Browser, votes: Votes) -> None:
    lead = await console(browser, votes, "Lead 1")

    # Drafted: the question, the method, the rule; what is rarely needed is folded.
    await button(lead, "^Add a question").click()
    await lead.get_by_label("Question (Français)").fill("Un guichet commun ?")
    await lead.get_by_label("Question (Deutsch)").fill("Ein gemeinsamer Schalter?")
    await lead.get_by_label("Comparison").select_option("at least")
    await lead.get_by_label("Share", exact=True).select_option("another share")
    await lead.get_by_label("Share as a fraction, such as 7/10").fill("3/5")
    await lead.get_by_label("Of which base").select_option("of all ballots cast")
    await lead.get_by_label("How long it is open").select_option("2 min")
    await lead.get_by_text("More: quorum, sides").click()
    await lead.get_by_label("Quorum").select_option("1/2 of all who could be on the list must vote")
    await lead.get_by_label("In each side as well").check()
    await clean(lead)
    await button(lead, "^Keep this question").click()

    # Prepared: the rule in words, who may vote, who is left out, and one is added.
    await expect(card(lead)).to_contain_text("prepared")
    await button(card(lead), "^Open the ballot …").click()
    await expect(card(lead).get_by_text("12 people may vote")).to_be_visible()
    await expect(card(lead).get_by_text("The quorum can be reached")).to_be_visible()
    await clean(lead)
    await button(lead, "Add Citizen 13 to this ballot").click()
    await expect(card(lead).get_by_text("13 people may vote")).to_be_visible()
    await button(card(lead), "^Open the ballot for 2 min").click()

    # Open: turnout, who has not voted, more time.
    poll = next(iter(votes.clerk.session.polls))
    await expect(card(lead).get_by_text("0 of 13 have voted")).to_be_visible()
    await votes.cast(poll, "yes", *votes.citizens[:8])
    await votes.cast(poll, "no", *votes.citizens[8:10])
    await expect(card(lead).get_by_text("10 of 13 have voted")).to_be_visible()
    closes = votes.poll(poll).closes
    await button(card(lead), "^Give 5 more minutes").click()
    await expect(card(lead).locator(".until")).to_contain_text("7 min left")
    assert votes.poll(poll).closes == closes + 300_000
    await clean(lead)

    # Closed, seen by staff, published to all.
    await button(card(lead), "^Close the ballot").click()
    await expect(card(lead)).to_contain_text("closed, not published")
    await expect(card(lead).get_by_text("Adopted").first).to_be_visible()
    await button(card(lead), "^Count again").click()
    await expect(card(lead).locator(".c-recount")).to_contain_text("Counted again from 10 ballots: ")
    async with lead.context.expect_page() as opening:
        await card(lead).get_by_role("link", name=re.compile("^Protocol to print")).click()
    await expect((await opening.value).get_by_text("Un guichet commun ?").first).to_be_visible()
    await clean(lead)
    await button(card(lead), "^Publish the result").click()
    await expect(card(lead).locator(".c-poll-state")).to_have_text("published")
    rule = votes.poll(poll).rule
    assert (rule.threshold, rule.compare, rule.base, rule.quorum, rule.each_side) == ("3/5", ">=", "cast", "1/2", True)
    await lead.context.close()


async def test_support_sees_who_has_not_voted_and_never_what(browser: Browser, votes: Votes) -> None:
    await votes.add("desk")
    support = await console(browser, votes, "Support 1")
    await votes.ask("Lead 1", "poll.open", poll="desk")
    await votes.cast("desk", "no", *votes.citizens[:10])

    await card(support).get_by_text("2 people have not voted yet").click()

    await expect(card(support).locator(".c-not-yet li")).to_have_count(2)
    await expect(card(support).locator(".c-not-yet")).to_contain_text("Citizen 12")
    await expect(card(support)).not_to_contain_text("Adopted")
    await clean(support)
    await support.context.close()


async def test_an_open_vote_is_declared_void_with_a_reason_and_put_again_freely(browser: Browser, votes: Votes) -> None:
    lead = await console(browser, votes, "Lead 1")
    await votes.add("desk")
    await votes.ask("Lead 1", "poll.open", poll="desk")
    await votes.cast("desk", "yes", *votes.citizens[:3])

    await button(card(lead), "^Declare void …").click()
    await expect(lead.get_by_label("Why is it void?")).to_be_focused()
    await clean(lead)
    await lead.keyboard.type("The German text was an old one.")
    await lead.keyboard.press("Enter")

    await expect(card(lead).get_by_text("The German text was an old one.")).to_be_visible()
    await expect(card(lead).locator(".c-poll-state")).to_have_text("void")
    await button(card(lead), "^Vote again").click()
    await expect(card(lead)).to_have_count(2)
    again = card(lead).filter(has_text="voted again")
    await expect(button(again, "^Open the ballot …")).to_be_enabled()
    await lead.context.close()


async def test_a_counted_question_is_put_again_with_a_reason_and_a_second(browser: Browser, votes: Votes) -> None:
    await votes.add("desk")
    lead, support = await console(browser, votes, "Lead 1"), await console(browser, votes, "Support 1")
    await votes.ask("Lead 1", "poll.open", poll="desk")
    await votes.cast("desk", "yes", *votes.citizens[:12])
    await votes.ask("Lead 1", "poll.close", poll="desk")

    await button(card(lead), "^Vote again …").click()
    await lead.get_by_label("Why is it put again?").fill("Four people heard the wrong text.")
    await clean(lead)
    await button(lead, "^Prepare the second vote").click()

    again = card(lead).filter(has_text="Put again because: Four people heard the wrong text.")
    await expect(button(again, "^Open the ballot …")).to_be_disabled()
    await expect(button(again, "^I agree")).to_have_count(0)
    await clean(lead, support)
    await button(support.locator(".c-right"), "^I agree that it is put again").click()
    await expect(button(again, "^Open the ballot …")).to_be_enabled()
    await expect(again).to_contain_text("A second member of the team has agreed.")
    for page in (lead, support):
        await page.context.close()


async def test_a_vote_waits_for_the_lead_while_many_are_not_connected(browser: Browser, votes: Votes) -> None:
    lead = await console(browser, votes, "Lead 1")
    await votes.add("desk", seconds=600)
    await votes.ask("Lead 1", "poll.open", poll="desk")
    await votes.cast("desk", "yes", *votes.citizens[:6])
    await votes.hang_up(*votes.citizens[6:9])

    await votes.clerk.house(c.CheckPoll("desk", votes.poll("desk").closes))

    alarms = lead.get_by_role("region", name="Alarms")
    await expect(alarms).to_contain_text("waits for you: 3 are not connected who have not voted")
    await expect(card(lead)).to_contain_text("It stays open until you choose.")
    await clean(lead)
    await button(alarms, "^Give 2 more minutes").click()
    await expect(alarms).not_to_contain_text("waits for you")
    assert votes.poll("desk").closes is not None
    await expect(button(card(lead), "^Close the ballot")).to_be_visible()
    await lead.context.close()


async def test_a_ballot_by_telephone_is_taken_by_one_and_confirmed_by_another(browser: Browser, votes: Votes) -> None:
    await votes.add("desk")
    support, lead = await console(browser, votes, "Support 1"), await console(browser, votes, "Lead 1")
    await votes.ask("Support 1", "people.telephone", person=votes.ids["Citizen 3"], on=True)
    await votes.ask("Lead 1", "poll.open", poll="desk")

    # The operator says who hears it, and enters what was said.
    await button(card(support), "^Take the ballot of Citizen 3 by telephone").first.click()
    dialog = support.get_by_role("dialog", name="Ballot of Citizen 3 by telephone")
    await dialog.get_by_label("No", exact=True).check()
    await expect(button(dialog, "^Enter this ballot")).to_be_disabled()
    await dialog.get_by_label("I have told them").check()
    await clean(support)
    await button(dialog, "^Enter this ballot").click()
    await expect(dialog.locator(".c-read-back")).to_have_text("No")
    await expect(card(lead).get_by_text("1 telephone ballot still out")).to_be_visible()

    # Closing asks first; the listener confirms without ever being shown the choice.
    await button(card(lead), "^Close the ballot").click()
    await button(lead.get_by_role("dialog"), "^Leave it as it is").click()
    desk = lead.locator(".c-right-desk")
    await expect(desk).to_contain_text("Listen to the read-back of Citizen 3")
    await expect(desk.locator(".c-call-waiting")).not_to_contain_text("No")
    await clean(lead, support)
    await button(desk, "^Confirm the ballot of Citizen 3").click()

    await expect(dialog).to_contain_text("The ballot of Citizen 3 is in the box.")
    await expect(card(lead).get_by_text("telephone ballot still out")).to_have_count(0)
    await expect(card(lead).get_by_text("1 of 12 have voted")).to_be_visible()
    await button(dialog, "^Done").click()
    await expect(dialog).to_have_count(0)
    for page in (lead, support):
        await page.context.close()


async def test_what_a_second_listener_is_shown_of_a_secret_ballot_is_the_same_whatever_it_says(
    browser: Browser, votes: Votes
) -> None:
    await votes.add("desk", secret=True)
    await votes.ask("Lead 1", "poll.open", poll="desk")
    lead = await console(browser, votes, "Lead 1")
    shown = []

    for choice in ("yes", "no"):
        body = {"poll": "desk", "person": votes.ids["Citizen 5"], "choice": choice, "told": True}
        await votes.ask("Support 1", "ballot.dictate", **body)
        waiting = lead.locator(".c-right-desk .c-call-waiting")
        await expect(waiting).to_contain_text("Citizen 5")
        shown.append(await waiting.inner_text())
        await button(waiting, "^The ballot of Citizen 5 is not right").click()
        await expect(waiting).to_have_count(0)

    assert shown[0] == shown[1]
    await expect(card(lead)).to_contain_text("At least 0 of 12 have voted")
    await lead.context.close()


async def test_a_tie_leads_to_the_run_off_and_then_to_the_lot_that_the_rule_named(
    browser: Browser, votes: Votes
) -> None:
    options = [{"id": f"o{n}", "title": {"fr": f"Objectif {n}", "de": f"Ziel {n}"}} for n in range(1, 4)]
    rule = {"base": "cast", "ties": ["run-off", "lot"]}
    await votes.add("first", method="points", points=3, options=options, rule=rule)
    await votes.ask("Lead 1", "poll.open", poll="first")
    await votes.cast("first", {"o1": 3}, *votes.citizens[:6])
    await votes.cast("first", {"o2": 3}, *votes.citizens[6:12])
    await votes.ask("Lead 1", "poll.close", poll="first")
    lead = await console(browser, votes, "Lead 1")

    await clean(lead)
    await button(card(lead), "^Prepare the run-off").click()

    again = card(lead).filter(has_text="voted again")
    await expect(again.locator(".c-choices li")).to_have_count(2)
    [poll] = [each.id for each in votes.clerk.session.polls.values() if each.again_of == "first"]
    await votes.ask("Lead 1", "poll.open", poll=poll)
    await votes.cast(poll, {"o1": 3}, *votes.citizens[:6])
    await votes.cast(poll, {"o2": 3}, *votes.citizens[6:12])
    await votes.ask("Lead 1", "poll.close", poll=poll)
    await button(again, "^Let the lot decide").click()
    await expect(again.get_by_text("Drawn by lot")).to_be_visible()
    await expect(button(again, "^Let the lot decide")).to_have_count(0)
    await lead.context.close()


ASKED: dict[str, dict[str, Any]] = {
    "scale": {"lowest": 1, "highest": 6},
    "points": {"points": 5},
    "ranking": {"count": "borda"},
    "consent": {"veto": False},
    "words": {},
    "approval": {},
    "single": {},
}


async def test_every_way_of_answering_can_be_drafted(browser: Browser, votes: Votes) -> None:
    lead = await console(browser, votes, "Lead 1")

    for method, wanted in ASKED.items():
        await button(lead, "^Add a question").click()
        for language in ("Français", "Deutsch"):
            await lead.get_by_label(f"Question ({language})").fill(method)
        await lead.get_by_label("How it is answered").select_option(value=method)
        if method in ("single", "approval", "points", "ranking"):
            for n in (1, 2):
                for language in ("Français", "Deutsch"):
                    await lead.get_by_label(f"Answer {n} ({language})").fill(f"Objectif {n}")
        await button(lead, "^Keep this question").click()
        await expect(card(lead, f"^ ?{method}")).to_be_visible()

        poll = next(each for each in votes.clerk.session.polls.values() if each.question["fr"] == method)
        assert poll.method == method
        assert {name: getattr(poll.scheme, name) for name in wanted} == wanted
    await clean(lead)
    await lead.context.close()


async def test_each_room_votes_by_itself_and_its_best_go_to_the_plenary(browser: Browser, votes: Votes) -> None:
    options = [{"id": f"o{n}", "title": {"fr": f"Objectif {n}", "de": f"Ziel {n}"}} for n in range(1, 5)]
    await votes.ask("Lead 1", "rooms.compose", count=2)
    await votes.ask("Lead 1", "rooms.open")
    await votes.add("rooms", method="points", points=3, options=options, **{"each-room": True})
    await votes.ask("Lead 1", "poll.open", poll="rooms")
    for room in [each for each in votes.clerk.session.polls.values() if each.part_of == "rooms"]:
        for person in room.electorate:
            name = next(name for name, known in votes.ids.items() if known == person)
            await votes.cast(room.id, {"o1": 2, "o2": 1}, name)
    lead = await console(browser, votes, "Lead 1")

    await expect(lead.locator(".c-poll")).to_have_count(1)
    await card(lead).get_by_text("2 rooms vote by themselves").click()
    await expect(card(lead).get_by_text("6 of 6 have voted")).to_have_count(2)
    await button(card(lead), "^Close the ballot").click()
    await button(card(lead), "^Take the best to the plenary …").click()
    dialog = lead.get_by_role("dialog", name="Take the best of each room to the plenary")
    await dialog.get_by_label("So many of each room").fill("2")
    await clean(lead)
    await button(dialog, "^Prepare the vote of the plenary").click()

    await expect(lead.locator(".c-poll-drafted .c-choices li")).to_have_count(2)
    await lead.context.close()


async def test_a_secret_vote_in_a_small_group_is_opened_only_by_whoever_knows_that(
    browser: Browser, votes: Votes
) -> None:
    four = [votes.ids[name] for name in votes.citizens[:8:2]]
    await votes.add("desk", secret=True, electorate={"people": four})
    lead = await console(browser, votes, "Lead 1")

    await button(card(lead), "^Open the ballot …").click()
    await expect(card(lead)).to_contain_text("has only 4 voters.")
    await expect(button(card(lead), "^Open the ballot now")).to_be_disabled()
    await lead.get_by_label("I know this, and open it all the same").check()
    await clean(lead)
    await button(card(lead), "^Open the ballot now").click()

    await expect(card(lead).get_by_text("At least 0 of 4 have voted")).to_be_visible()
    await lead.context.close()


async def test_a_vote_is_drafted_and_a_ballot_taken_on_a_phone(browser: Browser, votes: Votes) -> None:
    await votes.add("desk")
    await votes.ask("Lead 1", "poll.open", poll="desk")
    await votes.ask("Lead 1", "me.language", language="de")
    lead = await opened(browser, votes.urls["Lead 1"], {"width": 390, "height": 844})
    await lead.locator("#c-pane-tab-rooms").click()
    await lead.get_by_role("tab", name=re.compile("^Abstimmungen")).click()

    await button(lead, "^Frage hinzufügen").click()
    await lead.locator(".c-more-fields > summary").click()
    await clean(lead)
    await button(lead, "^Abbrechen").click()
    await expect(button(lead, "^Frage hinzufügen")).to_be_focused()
    await lead.locator(".c-not-yet > summary").click()
    await button(lead, "^Stimmzettel von Citizen 1 am Telefon aufnehmen").click()
    await expect(lead.get_by_role("dialog").get_by_label("Ja", exact=True)).to_be_visible()
    await clean(lead)
    await lead.keyboard.press("Escape")
    await expect(lead.get_by_role("dialog")).to_have_count(0)
    await lead.context.close()


async def test_a_paper_over_many_texts_is_pasted_in_both_languages(browser: Browser, votes: Votes) -> None:
    lead = await console(browser, votes, "Lead 1")
    await button(lead, "^Add a question").click()
    await lead.get_by_label("Question (Français)").fill("Les objectifs")
    await lead.get_by_label("Question (Deutsch)").fill("Die Ziele")
    await lead.get_by_text("Several texts on one paper").click()
    await lead.get_by_text("Paste many texts at once").click()
    paste = lead.locator(".c-paste[open]")

    await paste.get_by_label("Français").fill("Se loger\n- Isoler\n- Louer\nSe nourrir\nSe déplacer")
    await paste.get_by_label("Deutsch").fill("Wohnen\n- Dämmen\nEssen\nFahren")
    await button(paste, "^Take these lines").click()
    await expect(paste).to_contain_text("Line 1 has not the same number of measures in every language.")
    await paste.get_by_label("Deutsch").fill("Wohnen\n- Dämmen\n- Mieten\nEssen\nFahren")
    await button(paste, "^Take these lines").click()

    await expect(lead.get_by_label("Text 3 (Deutsch)", exact=True)).to_have_value("Fahren")
    await expect(lead.get_by_label("Measure 1.2 (Français)")).to_have_value("Louer")
    await clean(lead)
    await button(lead, "^Keep this question").click()
    await card(lead, "Les objectifs").get_by_text("3 texts on the paper").click()
    await expect(card(lead, "Les objectifs")).to_contain_text("Isoler")
    poll = next(iter(votes.clerk.session.polls.values()))
    assert [(text.title["de"], len(text.measures)) for text in poll.texts] == [
        ("Wohnen", 2),
        ("Essen", 0),
        ("Fahren", 0),
    ]
    await lead.context.close()
