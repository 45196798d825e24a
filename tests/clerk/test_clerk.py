"""The clerk on a memory journal: what is asked is kept, then answered and shown; once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from facilitation import commands as c
from facilitation import events as e
from facilitation.programme import Item, Mode, PollPlan, Programme, Rule
from facilitation.views.viewpoint import Viewpoint
from rooms.people import ItemId, Person, PersonId, Role
from rooms.seating import PLENARY
from server.clerk import Clerk, open_clerk
from server.clock import HandClock
from server.draft import entry_of
from server.journal import Row
from server.journal.memory import MemoryJournal
from server.outbox import PAUSE, viewpoint_of
from server.sockets.frames import Frame

START = 1_000_000
QUESTION = PollPlan("yes-no-abstain", {"fr": "?"}, rule=Rule())


class Reader:
    """A browser: keeps what it is shown, layer by layer."""

    def __init__(self) -> None:
        self.frames: list[dict[str, Any]] = []
        self.layers: dict[str, dict[str, Any]] = {}
        self.versions: dict[str, int] = {}

    def send(self, frame: Frame) -> None:
        body = dict(frame.body)
        self.frames.append(body)
        layer = body["layer"]
        if body["since"] == 0:
            self.layers[layer] = {}
        else:
            assert body["since"] == self.versions[layer]
        for path in body["drop"]:
            self.layers[layer].pop(path)
        self.layers[layer].update(body["put"])
        self.versions[layer] = body["version"]

    def send_all(self, frames: Sequence[Frame]) -> None:
        for frame in frames:
            self.send(frame)

    @property
    def view(self) -> dict[str, Any]:
        return {path: value for layer in self.layers.values() for path, value in layer.items()}


def programme() -> Programme:
    return Programme(
        title={"fr": "Essai", "de": "Probe"},
        languages=("fr", "de"),
        items=(
            Item(ItemId("door"), {"fr": "Accueil"}, 1, Mode.LOBBY),
            Item(ItemId("talk"), {"fr": "Discussion"}, 1, Mode.BREAKOUT, ends="by-time"),
            Item(
                ItemId("vote"), {"fr": "Vote"}, 1, Mode.VOTE, poll=PollPlan("yes-no-abstain", {"fr": "?"}, rule=Rule())
            ),
        ),
    )


async def opened(journal: MemoryJournal, citizens: int = 4) -> Clerk:
    people = [Person(PersonId("lead"), Role.LEAD)]
    people += [Person(PersonId(f"c{n}"), Role.CITIZEN, side="FR" if n % 2 else "DE") for n in range(citizens)]
    created = e.SessionCreated(programme(), START, (), 180_000, 1_800_000)
    events = [created, e.PeopleInvited(tuple(people))]
    rows = [Row(person=person.id, seat=f"seat-{person.id}", code=None, name=f"Name {person.id}") for person in people]
    await journal.create("s", [entry_of(each, n, "organiser", START, None) for n, each in enumerate(events, 1)], rows)
    return await open_clerk(journal, "s", "worker")


@pytest.fixture
async def clock() -> HandClock:
    return HandClock(START)


@pytest.fixture
async def journal(clock: HandClock) -> MemoryJournal:
    return MemoryJournal(clock=clock)


@pytest.fixture
async def clerk(journal: MemoryJournal) -> Any:
    clerk = await opened(journal)
    yield clerk
    await clerk.close()


async def ask(clerk: Clerk, who: str, name: str, ticket: str | None = None, **body: Any) -> dict[str, Any]:
    at = await clerk._journal.now()
    return await clerk.ask(who, ticket, name, body, at, "en")


async def test_an_ask_is_in_the_journal_before_it_is_answered(clerk: Clerk, journal: MemoryJournal) -> None:
    answer = await ask(clerk, "lead", "session.start")

    entries = await journal.read("s")
    assert answer == {"ok": entries[-1].version}
    assert [entry.event for entry in entries[-2:]] == ["SessionStarted", "ItemStarted"]


async def test_the_same_ticket_gets_the_same_answer_and_nothing_happens_twice(
    clerk: Clerk, journal: MemoryJournal
) -> None:
    first = await ask(clerk, "c1", "hand.raise", "t1")
    await ask(clerk, "c1", "hand.lower", "t2")

    again = await ask(clerk, "c1", "hand.raise", "t1")

    assert again == first
    assert [entry.event for entry in await journal.read("s")].count("HandRaised") == 1


async def test_a_ticket_is_known_after_a_restart_even_if_nothing_had_happened(
    clerk: Clerk, journal: MemoryJournal
) -> None:
    await ask(clerk, "c1", "hand.raise", "t1")
    done = await ask(clerk, "c1", "hand.raise", "t2")
    await ask(clerk, "c1", "hand.lower", "t3")

    reopened = await open_clerk(journal, "s", "other")
    again = await ask(reopened, "c1", "hand.raise", "t2")
    await reopened.close()

    assert again == done


async def test_of_two_leads_who_press_next_at_once_one_moves_the_session(clerk: Clerk, journal: MemoryJournal) -> None:
    await ask(clerk, "lead", "session.start")

    answers = await asyncio.gather(
        ask(clerk, "lead", "agenda.next", **{"from": "door"}), ask(clerk, "lead", "agenda.next", **{"from": "door"})
    )

    assert all("ok" in answer for answer in answers)
    assert clerk.session.agenda.now == "talk"


async def test_two_clerks_of_one_session_agree_though_they_write_at_once(journal: MemoryJournal) -> None:
    one = await opened(journal, citizens=40)
    other = await open_clerk(journal, "s", "other")

    answers = await asyncio.gather(*(ask(one if n % 2 else other, f"c{n}", "hand.raise", f"t{n}") for n in range(40)))

    entries = await journal.read("s")
    assert all("ok" in answer for answer in answers)
    assert [entry.version for entry in entries] == list(range(1, len(entries) + 1))
    assert [entry.event for entry in entries].count("HandRaised") == 40
    await one.close()
    await other.close()


async def test_when_the_journal_is_down_the_asker_hears_try_later_and_nothing_is_shown(
    clerk: Clerk, journal: MemoryJournal
) -> None:
    reader = Reader()
    for frame in clerk.outbox.listen(viewpoint_of(clerk.scene, PersonId("c1"), "fr"), reader):
        reader.send(frame)
    at = await journal.now()
    journal.down = True

    answer = await clerk.ask("c1", "t", "hand.raise", {}, at, "en")
    journal.down = False
    retried = await clerk.ask("c1", "t", "hand.raise", {}, at, "en")

    assert answer["refused"] == "try-later"
    assert answer["again"] > 0
    assert "ok" in retried


async def test_a_defect_in_showing_does_not_end_the_session(clerk: Clerk, journal: MemoryJournal) -> None:
    class Broken(Reader):
        def send(self, frame: Frame) -> None:
            raise ValueError(frame.event)

    clerk.outbox.listen(Viewpoint(Role.OBSERVER, "fr", PLENARY), Broken())
    await asyncio.sleep(PAUSE)  # so that the clerk itself shows what changes, and no timer

    started = await clerk.ask("lead", "t1", "session.start", {}, START, "fr")
    async with asyncio.timeout(5):
        went_on = await clerk.ask("lead", "t2", "agenda.next", {}, START, "fr")

    assert "ok" in started
    assert "ok" in went_on
    assert (await journal.read("s"))[-1].version == went_on["ok"]


async def test_eighty_votes_within_a_second_cost_each_browser_a_handful_of_patches(journal: MemoryJournal) -> None:
    clerk = await opened(journal, citizens=80)
    for n in range(80):
        await clerk.house(c.Arrive(PersonId(f"c{n}"), "worker"))
    await ask(clerk, "lead", "session.start")
    await ask(clerk, "lead", "poll.open", poll="vote")
    reader = Reader()
    at = viewpoint_of(clerk.scene, PersonId("c0"), "fr")
    for frame in clerk.outbox.listen(at, reader):
        reader.send(frame)

    for n in range(80):
        await ask(clerk, f"c{n}", "ballot.cast", poll="vote", choice="yes")
        await asyncio.sleep(0.005)

    while reader.view["polls.vote.turnout"] < 80:
        await asyncio.sleep(0.01)
    assert len(reader.frames) <= 3 + 12
    await clerk.close()


async def test_patches_added_up_are_what_a_newcomer_is_shown(clerk: Clerk) -> None:
    reader = Reader()
    at = viewpoint_of(clerk.scene, PersonId("c1"), "fr")
    for frame in clerk.outbox.listen(at, reader):
        reader.send(frame)
    for person in ("c0", "c1", "c2", "c3"):
        await clerk.house(c.Arrive(person, "worker"))
    await ask(clerk, "lead", "session.start")
    await ask(clerk, "lead", "agenda.next")
    await ask(clerk, "lead", "rooms.compose", count=2)
    await ask(clerk, "lead", "rooms.open")
    await ask(clerk, "c1", "hand.raise")

    for frame in clerk.outbox.whole(reader):
        whole = dict(frame.body)
        assert reader.layers[whole["layer"]] == whole["put"]

    assert reader.view["me"]["room"] == reader.view["room"]["id"] != PLENARY


async def test_nothing_from_a_room_reaches_the_public(clerk: Clerk) -> None:
    reader = Reader()
    for frame in clerk.outbox.listen(Viewpoint(Role.OBSERVER, "fr", PLENARY), reader):
        reader.send(frame)
    for person in ("c0", "c1", "c2", "c3"):
        await clerk.house(c.Arrive(person, "worker"))
    await ask(clerk, "lead", "session.start")
    await ask(clerk, "lead", "rooms.compose", count=2)
    await ask(clerk, "lead", "rooms.open")
    await ask(clerk, "c1", "hand.raise")
    await ask(clerk, "lead", "rooms.tell", text="canary")
    clerk.outbox.flush(counts=True)

    assert set(reader.layers) == {"session"}
    assert "Name c" not in str(reader.frames)
    assert "canary" not in str(reader.frames)


async def test_a_by_time_item_goes_on_by_itself_unless_it_is_held(clock: HandClock, journal: MemoryJournal) -> None:
    clerk = await opened(journal)
    await ask(clerk, "lead", "session.start")
    await ask(clerk, "lead", "agenda.next")
    clock.move(60_000)

    while clerk.session.agenda.now == "talk":
        clerk._deadline()
        await asyncio.sleep(0.01)

    assert clerk.session.agenda.now == "vote"
    await clerk.close()
