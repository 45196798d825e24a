"""The box of a secret poll: what goes in, who can open it, and what is left."""

from __future__ import annotations

import asyncio
import hashlib
import stat
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from nacl.public import PrivateKey

from facilitation.counting.methods import METHODS
from facilitation.polls import Heap
from facilitation.slip import fold
from rooms.people import PersonId
from server.box import Opener, Sealer, opened
from server.clock import HandClock
from server.journal.memory import MemoryJournal
from server.keys import Keyring
from server.logs import start_logs
from tests.secrecy.given import START, Meeting, again, key_files, meeting, until

RECEIPT = "0123456789abcdef" * 2


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    return tmp_path / "keys"


@pytest.fixture
def journal() -> MemoryJournal:
    return MemoryJournal(clock=HandClock(START))


@pytest.fixture
async def house(journal: MemoryJournal, keys: Path) -> AsyncIterator[Meeting]:
    made = await meeting(journal, keys)
    yield made
    await made.leave()


async def test_two_devices_at_the_same_moment_put_one_ballot_in_and_the_other_is_told_so(house: Meeting) -> None:
    await house.open()

    answers = await asyncio.gather(*(house.cast("c0", choice) for choice in ("yes", "no", "abstain", "yes")))

    assert sorted(each.get("refused", "ok") for each in answers) == ["already-voted"] * 3 + ["ok"]
    assert len(await house.journal.slips("s", "p")) == 1
    await house.close()
    assert (await house.counted()).heaps == (Heap("", "", {"yes": 1}),)


async def test_two_workers_asked_by_two_devices_at_the_same_moment_put_one_ballot_in(
    house: Meeting, journal: MemoryJournal, keys: Path
) -> None:
    await house.open()
    other = await again(journal, keys, worker="two")

    answers = await asyncio.gather(house.cast("c0", "yes"), other.cast("c0", "no"))

    assert sorted(each.get("refused", "ok") for each in answers) == ["already-voted", "ok"]
    assert len(await journal.slips("s", "p")) == 1
    await other.leave()


async def test_what_was_put_in_comes_out_counted_and_then_nothing_is_left(house: Meeting, keys: Path) -> None:
    await house.open()
    for number, who in enumerate(house.voters):
        assert "ok" in await house.cast(who, "yes" if number < 7 else "no")

    lies = await house.journal.slips("s", "p")
    await house.close()
    sums = await house.counted()

    assert len(lies) == 12
    assert sums.heaps == (Heap("", "", {"no": 5, "yes": 7}),)
    assert sums.ballots == {"": 12}
    await until(lambda: not key_files(keys))
    assert await house.journal.slips("s", "p") == {}


async def test_the_journal_says_who_voted_and_never_what(house: Meeting) -> None:
    await house.open()
    await house.cast("c0", "no")

    last = (await house.journal.read("s"))[-1]

    assert (last.who, last.event, last.body) == ("c0", "BallotMarked", {"poll": "p"})
    assert house.poll().ballots[PersonId("c0")] is None


async def test_all_slips_of_a_poll_have_the_same_size_whatever_was_chosen(house: Meeting) -> None:
    options = [{"id": "a", "title": "a"}, {"id": "a-much-longer-option", "title": "b"}]
    await house.open(method="single", options=options, receipts=True)
    await house.cast("c0", "a")
    await house.cast("c1", "a-much-longer-option", receipt=RECEIPT)

    sealed = (await house.journal.slips("s", "p")).values()

    assert len({len(each) for each in sealed}) == 1


async def test_the_answer_is_the_same_whatever_was_chosen(house: Meeting) -> None:
    await house.open()

    said = [await house.cast(who, choice) for who, choice in (("c0", "yes"), ("c1", "abstain"))]

    assert [set(each) for each in said] == [{"ok"}, {"ok"}]


async def test_nobody_votes_twice_and_the_second_slip_is_not_in_the_box(house: Meeting) -> None:
    await house.open()
    await house.cast("c0", "yes")

    twice = await house.cast("c0", "no")

    assert twice["refused"] == "already-voted"
    assert len(await house.journal.slips("s", "p")) == 1


async def test_with_sides_apart_the_side_stands_on_the_slip(house: Meeting) -> None:
    await house.open(**{"by-side": True})
    for number, who in enumerate(house.voters):
        await house.cast(who, "yes" if number % 2 else "no")
    await house.close()

    sums = await house.counted()

    assert sums.ballots == {"DE": 6, "FR": 6}
    assert sums.heaps == (Heap("", "DE", {"no": 6}), Heap("", "FR", {"yes": 6}))


async def test_without_sides_apart_no_slip_says_a_side(house: Meeting) -> None:
    await house.open()
    await house.cast("c1", "yes")
    await house.close()

    assert (await house.counted()).ballots == {"": 1}


async def test_a_receipt_is_published_for_each_question_by_itself(house: Meeting) -> None:
    texts = [{"id": "t1", "title": "one"}, {"id": "t2", "title": "two"}]
    await house.open(texts=texts, receipts=True)
    await house.cast("c0", {"t1": "yes", "t2": "no"}, receipt=RECEIPT)
    await house.cast("c1", {"t1": "no"})
    await house.close()

    sums = await house.counted()

    def number(question: str) -> str:
        return hashlib.sha256(f"p|{question}|{RECEIPT}".encode()).hexdigest()[:20]

    assert set(sums.receipts) == {(number("t1"), "t1", "yes"), (number("t2"), "t2", "no")}
    assert RECEIPT not in str(sums)


async def test_a_void_poll_is_destroyed_unopened(house: Meeting, keys: Path) -> None:
    await house.open()
    await house.cast("c0", "yes")

    await house.ask("lead", "poll.void", poll="p", reason="The wrong text was shown.")

    await until(lambda: not key_files(keys))
    assert await house.journal.slips("s", "p") == {}
    assert house.poll().kept is None


async def test_a_telephone_ballot_counts_only_once_it_is_confirmed(house: Meeting) -> None:
    await house.open()
    for who in ("c0", "c1", "c2"):
        said = await house.ask("lead", "ballot.dictate", poll="p", person=who, choice="no", told=True)
        assert "ok" in said, said
    await house.ask("second", "ballot.confirm", poll="p", person="c0")
    await house.ask("second", "ballot.withdraw", poll="p", person="c1")
    await house.cast("c3", "yes")
    boxed = len(await house.journal.slips("s", "p"))
    await house.close()

    sums = await house.counted()

    assert boxed == 4
    assert sums.heaps == (Heap("", "", {"no": 1, "yes": 1}),)


async def test_whoever_votes_after_telling_the_telephone_votes_once(house: Meeting) -> None:
    await house.open()
    await house.ask("lead", "ballot.dictate", poll="p", person="c0", choice="no", told=True)
    await house.cast("c0", "yes")
    await house.close()

    assert (await house.counted()).heaps == (Heap("", "", {"yes": 1}),)


async def test_a_closed_poll_is_counted_by_the_next_start_also_when_the_session_is_over(
    journal: MemoryJournal, keys: Path
) -> None:
    first = await meeting(journal, keys)
    await first.open()
    await first.cast("c0", "yes")
    first.clerk.boxes.look = lambda: None  # type: ignore[method-assign] # it ends before it comes to that
    assert "ok" in await first.ask("lead", "session.close")
    await first.leave()
    assert first.poll().kept is None

    second = await again(journal, keys, worker="two")

    assert (await second.counted()).heaps == (Heap("", "", {"yes": 1}),)
    await until(lambda: not key_files(keys))
    await second.leave()


async def test_a_worker_without_the_key_leaves_the_count_to_one_that_has_it(
    journal: MemoryJournal, keys: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = await meeting(journal, keys)
    await first.open()
    await first.cast("c0", "yes")
    first.clerk.boxes.look = lambda: None  # type: ignore[method-assign] # it ends before it comes to that
    await first.close()
    await first.leave()

    elsewhere = await again(journal, tmp_path / "elsewhere", worker="two")
    await until(lambda: elsewhere.clerk.boxes._missed)
    await elsewhere.leave()
    back = await again(journal, keys, worker="three")

    assert (await back.counted()).ballots == {"": 1}
    assert not await journal.slips("s", "p")
    await back.leave()


async def test_a_box_with_more_slips_than_marks_is_not_counted(house: Meeting, journal: MemoryJournal) -> None:
    await house.open()
    await house.cast("c0", "yes")
    box = journal._sessions["s"].boxes["p"]
    box["stuffed"] = next(iter(box.values()))
    await house.close()

    await until(lambda: house.clerk.boxes._ending)
    await asyncio.sleep(0.3)

    assert house.poll().kept is None
    assert await house.journal.slips("s", "p")


async def test_a_slip_that_somebody_changed_is_left_out_and_no_other(house: Meeting, journal: MemoryJournal) -> None:
    await house.open()
    await house.cast("c0", "yes")
    await house.cast("c1", "no")
    box = journal._sessions["s"].boxes["p"]
    name = next(iter(box))
    box[name] = box[name][:-1] + bytes([box[name][-1] ^ 1])
    await house.close()

    assert (await house.counted()).ballots == {"": 1}


# Keys


def _modes(keys: Path) -> set[int]:
    return {stat.S_IMODE(each.stat().st_mode) for each in (keys, *keys.iterdir())}


async def test_a_key_is_private_to_its_owner_and_there_before_the_poll_is_open(house: Meeting, keys: Path) -> None:
    await house.open()

    [name] = [each for each in key_files(keys) if str(house.poll().key) in each]
    assert await asyncio.to_thread(_modes, keys) == {0o700, 0o600}
    private = await asyncio.to_thread((keys / name).read_bytes)
    assert bytes(PrivateKey(private).public_key).hex() == house.poll().key


async def test_without_a_folder_that_can_be_written_no_secret_poll_is_opened(
    journal: MemoryJournal, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    house = await meeting(journal, tmp_path / "file" / "keys")
    await house.ask("lead", "poll.add", id="p", question="?", method="yes-no-abstain", secret=True)

    assert (await house.ask("lead", "poll.open", poll="p", warned=True))["refused"] == "no-key-store"
    await house.leave()


async def test_two_polls_have_a_key_each_and_the_second_is_not_lost_with_the_first(house: Meeting, keys: Path) -> None:
    await house.open(id="p")
    await house.open(id="q")
    await house.cast("c0", "yes", poll="p")
    await house.cast("c0", "no", poll="q")
    await house.close("p")
    await house.counted("p")
    await until(lambda: house.poll("p").id in house.clerk.boxes._ended)

    await house.close("q")

    assert house.poll("p").key != house.poll("q").key
    assert (await house.counted("q")).ballots == {"": 1}
    await until(lambda: not key_files(keys))


async def test_a_spare_of_a_worker_that_has_ended_is_destroyed_and_one_in_use_is_not(
    journal: MemoryJournal, keys: Path
) -> None:
    first = await meeting(journal, keys)
    await first.open(id="p")
    await first.ask("lead", "poll.add", id="q", question="?", method="yes-no-abstain", secret=True)
    await until(lambda: len(key_files(keys)) == 2)
    await first.leave()

    second = await again(journal, keys, worker="two")
    await second.clerk.boxes.tidy()

    owned = [name.split(".")[1:3] for name in key_files(keys)]
    assert ["one", second.poll("p").key] in owned
    assert [worker for worker, _ in owned].count("one") == 1
    await second.leave()


async def test_a_spare_is_destroyed_when_no_poll_waits_for_it_any_more(house: Meeting, keys: Path) -> None:
    await house.ask("lead", "poll.add", id="q", question="?", method="yes-no-abstain", secret=True)
    await until(lambda: key_files(keys))

    await house.ask("lead", "poll.void", poll="q", reason="Not today.")
    await house.clerk.boxes.tidy()

    assert not key_files(keys)


class Shared(MemoryJournal):
    """As if other processes wrote to it, too."""

    shared = True


async def test_workers_that_do_not_see_the_same_folder_open_no_secret_poll(tmp_path: Path) -> None:
    journal = Shared()
    rings = [Keyring(tmp_path / name, name) for name in ("one", "two")]
    for ring in rings:
        ring.open()
    for ring in rings * 2:
        await ring.compare(journal)

    assert [ring.usable for ring in rings] == [False, False]
    together = [Keyring(tmp_path / "one", name) for name in ("three", "four")]
    other = Shared()
    for ring in together:
        ring.open()
    for ring in together * 2:
        await ring.compare(other)
    assert [ring.usable for ring in together] == [True, True]


def test_what_was_sealed_is_opened_by_its_key_alone() -> None:
    right, wrong = PrivateKey.generate(), PrivateKey.generate()
    sealer = Sealer(bytes(right.public_key).hex())

    once, twice = sealer.seal(b"yes"), sealer.seal(b"yes")

    assert once != twice
    assert Opener(right).unseal(once) == Opener(right).unseal(twice) == b"yes"
    assert Opener(wrong).unseal(once) is None
    assert Opener(right).unseal(b"") is None


async def test_a_ballot_that_is_malformed_is_not_told_what_was_in_it(house: Meeting) -> None:
    await house.open()

    said: dict[str, Any] = await house.ask("c0", "ballot.cast", poll="p", choice="yes", yes="please")

    assert said["refused"] == "malformed"
    assert "yes" not in str(said["where"])


async def test_how_many_voted_in_secret_is_told_to_others_than_the_team_every_two_seconds(house: Meeting) -> None:
    await house.open()
    await house.ask("lead", "poll.add", id="q", question="?", method="yes-no-abstain")
    pause = house.clerk.outbox._pause

    assert pause(["people.present", "polls.p.turnout"]) == 2.0
    assert pause(["people.present", "polls.q.turnout"]) == 1.0


async def test_a_ballot_that_breaks_something_is_not_in_the_log(
    house: Meeting, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    start_logs("debug")
    await house.open()

    class Broken:
        def read(self, _: Any, choice: Any) -> None:
            raise KeyError(choice)

    monkeypatch.setitem(METHODS, "yes-no-abstain", Broken())
    said = await house.cast("c0", "CANARY")

    assert said["refused"] == "broken"
    told = capfd.readouterr().err
    assert "ask-broke" in told
    assert "test_box.py" in told
    assert "CANARY" not in told


async def test_five_thousand_slips_are_opened_without_holding_up_anybody(
    house: Meeting, journal: MemoryJournal
) -> None:
    await house.open()
    private = house.ring.private("s", house.poll().key or "")
    assert private is not None
    sealer, folded = Sealer(house.poll().key or ""), fold(house.poll(), "", "yes")
    slips = {f"{number:032x}": sealer.seal(folded or b"") for number in range(5_000)}

    opening = asyncio.create_task(asyncio.to_thread(opened, house.poll(), slips, private))
    turns = 0
    while not opening.done():
        await asyncio.sleep(0)
        turns += 1

    assert (await opening)[1] == 5_000
    assert turns > 20


async def test_a_ballot_cast_as_two_leads_open_the_poll_is_sealed_to_the_key_that_was_kept(
    keys: Path, tmp_path: Path
) -> None:
    """Here it was decided with our opening, which came second: the ballot must not stay sealed to our key."""
    journal = Shared(clock=HandClock(START))
    ours = await meeting(journal, keys, worker="one")
    theirs = await again(journal, keys, worker="two")
    body: dict[str, Any] = {"id": "p", "question": "?", "method": "yes-no-abstain", "secret": True}
    await ours.ask("lead", "poll.add", **body, electorate={"people": ours.voters})
    await theirs.ask("second", "help.call", kind="other")  # so that it reads on
    await theirs.ask("lead", "me.language", language="de")
    await until(lambda: ours.ring.spare("s") and theirs.ring.spare("s"))

    await theirs.ask("lead", "poll.open", poll="p", warned=True)
    opened_again, cast = await asyncio.gather(
        ours.ask("lead", "poll.open", poll="p", warned=True), ours.cast("c0", "yes")
    )
    await ours.close()

    assert "ok" in cast, (opened_again, cast)
    assert ours.poll().key == theirs.poll().key
    assert (await ours.counted()).ballots == {"": 1}
    await ours.leave()
    await theirs.leave()
