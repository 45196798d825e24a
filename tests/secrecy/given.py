"""A session that votes in secret, asked as browsers ask: for tests of what can be found out about its ballots."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from facilitation import events as e
from facilitation.polls import Poll, Sums
from facilitation.programme import Item, Mode, Programme, Side
from rooms.people import ItemId, Person, PersonId, PollId, Role
from server.clerk import Clerk, open_clerk
from server.draft import entry_of
from server.journal import Journal, Row
from server.keys import Keyring

START = 1_000_000
SECRET = {"id": "p", "question": "?", "method": "yes-no-abstain", "secret": True}

PROGRAMME = Programme(
    title={"fr": "Essai"},
    languages=("fr",),
    sides=(Side("FR", {"fr": "France"}), Side("DE", {"fr": "Allemagne"})),
    items=(Item(ItemId("door"), {"fr": "Accueil"}, 1, Mode.LOBBY),),
)


class Meeting:
    """One session with its clerk, its box and its key."""

    def __init__(self, journal: Journal, clerk: Clerk, ring: Keyring, voters: Sequence[str]) -> None:
        self.journal = journal
        self.clerk = clerk
        self.ring = ring
        self.voters = list(voters)

    async def ask(self, who: str, name: str, at: int = START, **body: Any) -> dict[str, Any]:
        return await self.clerk.ask(who, None, name, body, at, "en")

    async def open(self, **poll: Any) -> None:
        body = {**SECRET, "electorate": {"people": self.voters}, **poll}
        assert "ok" in await self.ask("lead", "poll.add", **body)
        opened = await self.ask("lead", "poll.open", poll=body["id"], warned=True)
        assert "ok" in opened, opened

    async def cast(self, who: str, choice: Any, poll: str = "p", **more: Any) -> dict[str, Any]:
        return await self.ask(who, "ballot.cast", poll=poll, choice=choice, **more)

    async def close(self, poll: str = "p") -> None:
        assert "ok" in await self.ask("lead", "poll.close", poll=poll)

    def poll(self, poll: str = "p") -> Poll:
        return self.clerk.session.polls[PollId(poll)]

    async def counted(self, poll: str = "p") -> Sums:
        await until(lambda: self.poll(poll).kept is not None)
        kept = self.poll(poll).kept
        assert kept is not None
        return kept

    async def leave(self) -> None:
        await self.clerk.close()
        await self.ring.close()


async def meeting(journal: Journal, keys: Path, citizens: int = 12, worker: str = "one") -> Meeting:
    """A new session."""
    voters = [f"c{number}" for number in range(citizens)]
    people = [Person(PersonId("lead"), Role.LEAD), Person(PersonId("second"), Role.SUPPORT)]
    people += [Person(PersonId(who), Role.CITIZEN, side="FR" if n % 2 else "DE") for n, who in enumerate(voters)]
    events = [e.SessionCreated(PROGRAMME, START, (), 180_000, 1_800_000), e.PeopleInvited(tuple(people))]
    rows = [Row(person=each.id, seat=f"seat-{each.id}", code=None, name=f"Name {each.id}") for each in people]
    entries = [entry_of(event, number, "organiser", START, None) for number, event in enumerate(events, 1)]
    await journal.create("s", entries, rows)
    return await again(journal, keys, citizens, worker)


async def again(journal: Journal, keys: Path, citizens: int = 12, worker: str = "one") -> Meeting:
    """The same session, taken up by a process that has just started."""
    ring = Keyring(keys, worker)
    ring.open()
    clerk = await open_clerk(journal, "s", worker, ring)
    return Meeting(journal, clerk, ring, [f"c{number}" for number in range(citizens)])


async def until(so: Callable[[], Any], seconds: float = 30) -> None:
    async with asyncio.timeout(seconds):
        while not so():
            await asyncio.sleep(0.01)


def key_files(keys: Path) -> list[str]:
    return sorted(path.name for path in keys.iterdir() if path.name.endswith(".key"))
