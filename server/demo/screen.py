"""The demo's screen: how the session goes, live on a terminal, line by line anywhere else."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
from rich.console import Console
from rich.live import Live
from rich.table import Table

from facilitation.session import Session
from server.crowd.tally import Tally

EVERY = 5.0


class Progress(msgspec.Struct, frozen=True):
    """How the session goes at this moment."""

    state: str
    item: str
    left: int | None
    here: int
    expected: int
    hands: int
    polls: tuple[str, ...]
    tally: Tally

    def rows(self) -> Iterator[tuple[str, str]]:
        yield "item", self.item
        yield "time left", "-" if self.left is None else _clock(self.left)
        yield "here", f"{self.here} of {self.expected}"
        yield "hands up", str(self.hands)
        for poll in self.polls:
            yield "votes", poll
        tally = self.tally
        per_person = tally.patches / tally.people if tally.people else 0
        yield "crowd", f"{tally.connected} of {tally.people} connected, {tally.again} came back"
        yield "patches", f"{tally.patches}, {per_person:.0f} per person"
        yield "asks", f"{tally.ok} answered of {tally.asked}"
        refused = ", ".join(f"{why} {count}" for why, count in sorted(tally.refused.items()))
        yield "refused", refused or "none"


def progress(session: Session, tally: Tally, now: int, lang: str) -> Progress:
    agenda = session.agenda
    item = session.programme.item(agenda.now or "")
    citizens = [person for person in session.people if session.is_citizen(person)]
    title = "" if item is None else item.title.get(lang) or next(iter(item.title.values()))
    return Progress(
        state=session.state,
        item=f"{session.state}: {title}" if title else str(session.state),
        left=None if item is None else (agenda.ends - (agenda.paused or now)) // 1000,
        here=sum(session.attendance.is_here(person) for person in citizens),
        expected=len(citizens),
        hands=sum(len(floor.hands) for floor in session.floors.values()),
        polls=tuple(
            f"{len(poll.ballots)} of {len(poll.electorate)}" for poll in session.polls.values() if poll.state == "open"
        ),
        tally=tally,
    )


def _clock(seconds: int) -> str:
    minutes, rest = divmod(abs(seconds), 60)
    return f"{'-' if seconds < 0 else ''}{minutes}:{rest:02}"


class Screen:
    """Shows progress; `say` prints one line for good."""

    def __init__(self) -> None:
        self._console = Console(highlight=False, soft_wrap=True)
        self._live: Live | None = None
        self._last_item, self._next = "", 0.0

    @contextmanager
    def shown(self) -> Iterator[None]:
        if not self._console.is_terminal:
            yield
            return
        with Live(console=self._console, auto_refresh=False) as self._live:
            yield
        self._live = None

    def say(self, line: str) -> None:
        self._console.print(line, markup=False)
        self._console.file.flush()

    def show(self, now: Progress) -> None:
        if self._live is not None:
            self._live.update(_table(now), refresh=True)
        elif now.item != self._last_item or time.monotonic() >= self._next:
            self._last_item, self._next = now.item, time.monotonic() + EVERY
            self.say(
                "  ".join(f"{name}={value!r}" if " " in value else f"{name}={value}" for name, value in now.rows())
            )


def _table(now: Progress) -> Table:
    table = Table.grid(padding=(0, 2))
    for name, value in now.rows():
        table.add_row(f"[dim]{name}[/dim]", value)
    return table
