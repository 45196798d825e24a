"""The composer: what a session wants searched is found beside it, kept once, and taken up again after a fall."""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from facilitation import commands as c
from facilitation import events as e
from facilitation import reported
from facilitation.asked import Asked
from facilitation.programme import Item, Mode, Programme, Recipe, RoomsPlan
from facilitation.views.layers import layers_of, view
from rooms.people import ItemId, Person, PersonId, Role
from server import backroom as backrooms
from server import composer as composers
from server.backroom import Backroom, BackroomDown, Broken, _Helper
from server.clerk import Clerk, open_clerk
from server.draft import entry_of
from server.journal import Row
from server.journal.memory import MemoryJournal
from server.outbox import viewpoint_of

WITHIN = 60
"""So many seconds something may take on a busy machine."""
SHARED = Recipe(mirror={"side": 1.0, "age": 1.0}, facilitators=False)


def programme(*, opens: str = "by-hand") -> Programme:
    plan = RoomsPlan("search", size=4, recipe=SHARED, opens=opens)
    talks = [Item(ItemId(f"talk{n}"), {"fr": "?"}, 30, Mode.BREAKOUT, rooms=plan) for n in (1, 2)]
    return Programme({"fr": "Essai"}, ("fr", "de"), (Item(ItemId("door"), {"fr": "?"}, 1, Mode.LOBBY), *talks))


async def held(journal: MemoryJournal, *speaks: str, plan: Programme | None = None) -> None:
    """A session with a lead and somebody for each of these languages, all with a line in the directory."""
    people = [Person(PersonId("lead"), Role.LEAD)]
    people += [
        Person(PersonId(f"c{n:02}"), Role.CITIZEN, "FR" if each == "fr" else "DE", (each,))
        for n, each in enumerate(speaks)
    ]
    created = e.SessionCreated(plan or programme(), await journal.now(), (), 180_000, 1_800_000)
    events = [created, e.PeopleInvited(tuple(people), ("age",))]
    events += [e.Arrived(person.id, "w") for person in people]
    rows = [
        Row(person=each.id, seat=f"seat-{each.id}", code=None, name=f"Name {each.id}", attributes={"age": str(n % 3)})
        for n, each in enumerate(people)
    ]
    at = await journal.now()
    await journal.create("s", [entry_of(each, n, "organiser", at, None) for n, each in enumerate(events, 1)], rows)


@pytest.fixture
async def journal() -> MemoryJournal:
    return MemoryJournal()


@pytest.fixture
async def backroom() -> AsyncIterator[Backroom]:
    room = Backroom(0.2, fast=False)
    yield room
    await room.close()


@pytest.fixture
async def clerk(journal: MemoryJournal, backroom: Backroom) -> AsyncIterator[Clerk]:
    """Eight of each language are here."""
    await held(journal, *(["fr", "de"] * 8))
    clerk = await open_clerk(journal, "s", "w", backroom=backroom)
    yield clerk
    await clerk.close()


async def ask(clerk: Clerk, name: str, **body: Any) -> dict[str, Any]:
    return await clerk.ask("lead", None, name, body, await clerk._journal.now(), "en")


async def until(clerk: Clerk, is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(WITHIN):
        while not is_so():
            await asyncio.sleep(0.02)


async def told(journal: MemoryJournal, event: type[e.Event]) -> int:
    return [entry.event for entry in await journal.read("s")].count(event.__name__)


def is_settled(clerk: Clerk) -> Callable[[], bool]:
    return lambda: clerk.session.compositions.wanted is None


async def test_what_was_asked_for_is_answered_at_once_and_found_soon_after(clerk: Clerk) -> None:
    answer = await ask(clerk, "rooms.compose", rule="search")
    assert "ok" in answer

    await until(clerk, is_settled(clerk))

    proposal = clerk.session.seating.proposal
    assert proposal is not None
    assert proposal.found is not None
    assert sorted(each for room in proposal.rooms for each in room.people) == [f"c{n:02}" for n in range(16)]
    assert {len(room.people) for room in proposal.rooms} == {4}
    assert proposal.found.iterations > 0
    assert [len(rooms) for rooms in clerk.session.compositions.later.values()] == [4, 4]


async def test_the_case_holds_attributes_and_no_name(clerk: Clerk, journal: MemoryJournal) -> None:
    await ask(clerk, "rooms.compose", rule="search")
    await until(clerk, is_settled(clerk))

    entry = next(each for each in await journal.read("s") if each.event == e.RoomsComposed.__name__)

    assert entry.body["found"]["case"]["people"][1]["attrs"]["age"] == "2"
    assert "Name" not in str(entry.body)


async def test_how_the_rooms_stand_is_found_out_in_the_back_room_too(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reported, "Reporter", None)

    await ask(clerk, "rooms.compose", rule="search")
    await until(clerk, is_settled(clerk))

    at = viewpoint_of(clerk.scene, PersonId("lead"), "fr")
    seen = {path: value for layer in layers_of(at) for path, value in view(layer, clerk.scene, at).items()}
    assert all(room["mirror"] for room in seen["rooms.proposal"]["rooms"])


async def test_so_many_tries_are_made_as_were_asked_for(clerk: Clerk) -> None:
    await ask(clerk, "rooms.compose", rule="search", iterations=1234, seed=9)
    await until(clerk, is_settled(clerk))

    proposal = clerk.session.seating.proposal
    assert proposal is not None
    assert proposal.found is not None
    assert (proposal.seed, proposal.found.iterations) == (9, 1234)


async def test_what_cannot_be_done_comes_back_with_reasons(clerk: Clerk) -> None:
    everybody = [f"c{n:02}" for n in range(16)]
    await ask(clerk, "rooms.bond", people=everybody[:2], kind="apart")
    recipe = {"languages": "any", "facilitators": False}

    await ask(clerk, "rooms.compose", rule="search", count=1, recipe=recipe)
    await until(clerk, is_settled(clerk))

    assert clerk.session.seating.proposal is None
    failed = clerk.session.compositions.failed
    assert failed is not None
    assert failed[1][0].people == ("c00", "c01")


async def test_a_process_that_is_killed_is_replaced_and_the_rooms_are_found(clerk: Clerk, backroom: Backroom) -> None:
    await ask(clerk, "rooms.compose", rule="search")
    await until(clerk, is_settled(clerk))
    backroom.seconds = 1.0

    before = backroom.pid
    assert before is not None
    await ask(clerk, "rooms.compose", rule="search", seed=5)
    os.kill(before, signal.SIGKILL)
    await until(clerk, is_settled(clerk))

    proposal = clerk.session.seating.proposal
    assert proposal is not None
    assert proposal.seed == 5
    assert backroom.pid not in (None, before)


async def test_after_a_fall_what_is_wanted_is_taken_up_again(journal: MemoryJournal, backroom: Backroom) -> None:
    await held(journal, *(["fr"] * 8))
    fallen = await open_clerk(journal, "s", "w")
    await ask(fallen, "rooms.compose", rule="search")
    await fallen.close()

    clerk = await open_clerk(journal, "s", "next", backroom=backroom)
    await until(clerk, is_settled(clerk))
    await clerk.close()

    assert clerk.session.seating.proposal is not None


async def test_of_two_clerks_who_find_rooms_one_is_kept(
    journal: MemoryJournal, backroom: Backroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(composers.Composer, "_is_mine", lambda *_: True)
    await held(journal, *(["fr"] * 8))
    one = await open_clerk(journal, "s", "w", backroom=backroom)
    await ask(one, "rooms.compose", rule="search")
    other = await open_clerk(journal, "s", "other", backroom=backroom)

    await until(one, is_settled(one))
    await until(other, is_settled(other))
    await asyncio.sleep(0.1)
    await one.close()
    await other.close()

    assert await told(journal, e.RoomsComposed) == 1


async def test_whoever_was_not_asked_waits_and_takes_over_from_a_worker_that_says_nothing(
    journal: MemoryJournal, backroom: Backroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(composers.Composer, "_is_mine", lambda *_: False)
    monkeypatch.setattr(composers, "PATIENCE", 0.5)
    await held(journal, *(["fr"] * 8))
    clerk = await open_clerk(journal, "s", "w", backroom=backroom)
    await ask(clerk, "rooms.compose", rule="search")
    await asyncio.sleep(0.3)
    assert clerk.session.compositions.wanted is not None

    await until(clerk, is_settled(clerk))
    await clerk.close()

    assert clerk.session.seating.proposal is not None


async def test_a_defect_in_the_search_ends_in_words_and_not_in_waiting(
    clerk: Clerk, backroom: Backroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise Broken("here")

    monkeypatch.setattr(backroom, "do", broken)
    await ask(clerk, "rooms.compose", rule="search")
    await until(clerk, is_settled(clerk))

    assert clerk.session.compositions.failed == ("s1", composers.NOT_COMPUTED)


async def test_a_repair_that_cannot_be_computed_says_so(
    clerk: Clerk, backroom: Backroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    await opened(clerk)

    async def down(*_: object) -> None:
        raise BackroomDown

    monkeypatch.setattr(backroom, "do", down)
    await ask(clerk, "rooms.repair")
    await until(clerk, lambda: bool((repairs := clerk.session.compositions.repairs) and repairs.offers))

    repairs = clerk.session.compositions.repairs
    assert repairs is not None
    assert [(offer.rung, offer.cannot) for offer in repairs.offers] == [
        (rung, composers.NOT_COMPUTED) for rung in ("fewest", "few", "anew")
    ]


@pytest.mark.parametrize(
    ("what", "fault"), [("_helper", BlockingIOError), ("_helper", RuntimeError), ("_packed", MemoryError)]
)
async def test_where_the_machine_has_nothing_left_the_composition_fails_in_words(
    clerk: Clerk, backroom: Backroom, monkeypatch: pytest.MonkeyPatch, what: str, fault: type[Exception]
) -> None:
    def none(_: object) -> None:
        raise fault

    monkeypatch.setattr(backrooms, what, none)
    backroom.prepare()
    await ask(clerk, "rooms.compose", rule="search")
    await until(clerk, is_settled(clerk))

    assert clerk.session.compositions.failed == ("s1", composers.NOT_COMPUTED)


async def test_that_nothing_is_found_is_said_by_the_worker_whose_turn_it_is(
    clerk: Clerk, backroom: Backroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    async def down(*_: object) -> None:
        tried.append(clerk.session.compositions.wanted)
        raise BackroomDown

    turn = [False]
    monkeypatch.setattr(backroom, "do", down)
    monkeypatch.setattr(composers, "PATIENCE", 0.0)
    monkeypatch.setattr(composers.Composer, "_is_mine", lambda *_: turn[0])
    await ask(clerk, "rooms.compose", rule="search")
    await until(clerk, lambda: len(tried) > 1)
    assert clerk.session.compositions.failed is None

    turn[0] = True
    await until(clerk, is_settled(clerk))

    assert clerk.session.compositions.failed == ("s1", composers.NOT_COMPUTED)


async def test_wishes_that_were_replaced_are_not_searched(
    clerk: Clerk, backroom: Backroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, real = [], _Helper.ask

    async def told(helper: _Helper, message: bytes) -> tuple[bool, Any]:
        asked.append(pickle.loads(message)[1][2].seed)  # noqa: S301 - our own
        return await real(helper, message)

    monkeypatch.setattr(_Helper, "ask", told)
    async with backroom._turn:
        for seed in range(5):
            await ask(clerk, "rooms.compose", rule="search", seed=seed)
    await until(clerk, is_settled(clerk))

    assert asked == [4]


async def test_many_tries_take_no_longer_than_a_few_searches(clerk: Clerk, backroom: Backroom) -> None:
    backroom.seconds = 0.05

    await ask(clerk, "rooms.compose", rule="search", iterations=100_000_000)
    await until(clerk, is_settled(clerk))

    proposal = clerk.session.seating.proposal
    assert proposal is not None
    assert proposal.found is not None
    assert 0 < proposal.found.iterations < 100_000_000
    assert "refused" in await ask(clerk, "rooms.compose", rule="search", iterations=100_000_001)


async def test_whoever_comes_while_rooms_are_open_is_proposed_one(clerk: Clerk, journal: MemoryJournal) -> None:
    await opened(clerk)
    late = [Person(PersonId("late"), Role.CITIZEN, "FR", ("fr",))]
    at = await journal.now()
    asked = Asked("organiser", c.ChooseLanguage("en"), at)
    await clerk.put(asked, None, events=[e.PeopleInvited(tuple(late)), e.Arrived(PersonId("late"), "w")])

    await until(clerk, lambda: PersonId("late") in clerk.session.compositions.arrivals)

    room = clerk.session.seating.rooms[clerk.session.compositions.arrivals[PersonId("late")].room]
    assert "fr" in room.languages


async def test_a_wave_of_late_arrivals_is_ranked_together(
    clerk: Clerk, journal: MemoryJournal, backroom: Backroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    await opened(clerk)
    works, real = [], backroom.do

    async def told(work: str, *how: Any) -> Any:
        works.append(work)
        return await real(work, *how)

    monkeypatch.setattr(backroom, "do", told)
    late = [Person(PersonId(f"late{n:02}"), Role.CITIZEN, "FR", ("fr", "de")) for n in range(24)]
    asked = Asked("organiser", c.ChooseLanguage("en"), await journal.now())
    await clerk.put(asked, None, events=[e.PeopleInvited(tuple(late)), *(e.Arrived(each.id, "w") for each in late)])

    await until(clerk, lambda: len(clerk.session.compositions.arrivals) == len(late))

    assert works == ["ranked"]
    sizes = Counter(each.room for each in clerk.session.compositions.arrivals.values())
    assert sizes.total() == 24
    assert max(sizes.values()) <= 6 + 1


async def test_whoever_comes_while_somebody_fits_nowhere_does_not_wait_for_them(
    clerk: Clerk, journal: MemoryJournal, backroom: Backroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    await opened(clerk)
    rooms, ranked = tuple(clerk.session.seating.rooms), []

    async def for_the_second(_: str, given: Callable[[], tuple[Any, ...]], *__: object) -> dict[PersonId, Any]:
        ranked.append(given()[2])
        return {each: rooms if each == "late2" else () for each in given()[2]}

    monkeypatch.setattr(backroom, "do", for_the_second)
    for name in ("late1", "late2"):
        came = [e.PeopleInvited((Person(PersonId(name), Role.CITIZEN, "FR", ("fr",)),)), e.Arrived(PersonId(name), "w")]
        await clerk.put(Asked("organiser", c.ChooseLanguage("en"), await journal.now()), None, events=came)
        await until(clerk, lambda name=name: (name,) in ranked)  # type: ignore[misc]

    await until(clerk, lambda: PersonId("late2") in clerk.session.compositions.arrivals)
    assert ranked == [("late1",), ("late2",)]


def test_whoever_fits_nowhere_is_looked_at_more_and_more_seldom() -> None:
    waits, pauses = composers._Waits(0.0), []
    for _ in range(5):
        now = waits.until
        waits = waits.longer(now)
        pauses.append(waits.until - now)

    assert pauses == [5, 10, 20, 40, 40]


async def test_repairs_of_open_rooms_are_found(clerk: Clerk) -> None:
    await opened(clerk)

    await ask(clerk, "rooms.repair")
    await until(clerk, lambda: bool((repairs := clerk.session.compositions.repairs) and repairs.offers))

    repairs = clerk.session.compositions.repairs
    assert repairs is not None
    assert [offer.rung for offer in repairs.offers] == ["fewest", "few", "anew"]


async def test_the_compiled_search_takes_over_once_it_is_warm(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it takes to be warm is not awaited here: a process that is ready at once stands for the compiled one."""
    ready = (
        "import sys; from server.composing import works; works._say(sys.stdout.buffer, True); works.main(sys.argv[1:])"
    )
    real, root, made = backrooms._helper, Path(backrooms.__file__).parents[1], []

    async def helper(kind: str) -> _Helper:
        made.append(kind)
        if kind == "plain":
            return await real(kind)
        pipe = asyncio.subprocess.PIPE
        return _Helper(
            await asyncio.create_subprocess_exec(
                sys.executable, "-c", ready, str(os.getpid()), stdin=pipe, stdout=pipe, cwd=root
            )
        )

    monkeypatch.setattr(backrooms, "_helper", helper)
    room = Backroom(fast=True)
    room.prepare()
    async with asyncio.timeout(WITHIN):
        while made != ["plain", "fast"] or room._is_warming:
            await asyncio.sleep(0.02)
    warm = room.pid

    with pytest.raises(Broken, match="KeyError"):
        await room.do("nothing", tuple)

    assert room.pid == warm
    await room.close()
    with pytest.raises(BackroomDown):
        await room.do("nothing", tuple)


async def opened(clerk: Clerk) -> None:
    """The first breakout is on the table, its rooms are open."""
    await ask(clerk, "session.start")
    await ask(clerk, "agenda.next")
    await ask(clerk, "rooms.compose", rule="search", iterations=500)
    await until(clerk, is_settled(clerk))
    await ask(clerk, "rooms.open")
    await until(clerk, lambda: clerk.session.seating.stage.is_open)
