"""The bench: `make bench` (or `make bench QUICK=1`) measures and writes `docs/benchmarks.md`.

python -m tests.bench [--plan full | quick | tiny] [--only embedded | hall | shared] [--people N]
                          [--out FOLDER] [--strict] [--ballots]

With `--ballots` (`make bench-vote`) only secret ballots are measured, and only their part of the page is written anew.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Coroutine
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from redis.exceptions import RedisError

from tests.bench import profiles, report, secretpage
from tests.bench.ballots import WITHIN, Ballots
from tests.bench.book import Book
from tests.bench.caller import Stuck, calling
from tests.bench.rounds import FULL, QUICK, TINY, Plan, Rounds
from tests.bench.servers import NODE, ROOT
from tests.stores import server

BUILD = ROOT / "build"
"""Beside the checkout, on a real disk: what is kept in memory costs less to keep."""
ROUNDS = ["embedded", "hall", "shared"]
PLANS = {"full": FULL, "quick": QUICK, "tiny": TINY}
NO_STORE = (ImportError, RuntimeError, OSError, RedisError)


def main() -> int:
    words = argparse.ArgumentParser(prog="python -m tests.bench")
    words.add_argument("--plan", choices=PLANS, default="full")
    words.add_argument("--out", type=Path, default=ROOT / "docs")
    words.add_argument("--strict", action="store_true", help="end at the first thing that cannot be measured")
    words.add_argument("--only", choices=ROUNDS, action="append", help="only these rounds")
    words.add_argument("--people", type=int, action="append", help="only with so many people")
    words.add_argument("--ballots", action="store_true", help="only secret ballots")
    given = words.parse_args()
    began = time.monotonic()
    if given.ballots:
        return ballots(given.plan, given.out, given.strict)
    book = asyncio.run(bench(PLANS[given.plan], given.strict, given.only or ROUNDS, given.people))
    minutes = (time.monotonic() - began) / 60
    about = [*machine(), f"The run took {minutes:.1f} minutes ({given.plan})."]
    kept = secretpage.found_in(_page(given.out))
    page = report.page(book, about)
    (given.out / "benchmarks.md").write_text(page if kept is None else secretpage.put_into(page, kept))
    (given.out / "benchmarks.json").write_text(figures(book, about))
    print(f"{minutes:.1f} minutes, written to {given.out / 'benchmarks.md'}")
    return 0


def ballots(plan: str, out: Path, strict: bool) -> int:
    began = time.monotonic()
    book = asyncio.run(_secret(plan, strict))
    about = [*machine(), f"The run took {(time.monotonic() - began) / 60:.1f} minutes ({plan})."]
    (out / "benchmarks.md").write_text(secretpage.put_into(_page(out), secretpage.part(book, about)))
    (out / "benchmarks-ballots.json").write_text(figures(book, about))
    print(f"written to {out / 'benchmarks.md'}")
    return 0


async def _secret(plan: str, strict: bool) -> Book:
    book = Book()
    voters, times = WITHIN[plan]
    BUILD.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BUILD, prefix="bench-") as folder:
        async with calling() as call:
            rounds = Ballots(PLANS[plan], book, call, Path(folder))
            await _measured(book, strict, f"one process, {voters} voters", rounds.alone(voters, times))
            await _measured(book, strict, f"two workers, {voters} voters", rounds.together(voters, times))
    return book


def _page(out: Path) -> str:
    """What was written before."""
    page = out / "benchmarks.md"
    return page.read_text() if page.exists() else ""


async def bench(plan: Plan, strict: bool, only: list[str], people: list[int] | None) -> Book:
    book = Book()
    alone = {*plan.sizes, *plan.storms, plan.votes} if "embedded" in only else set()
    together = {*plan.sizes, *plan.kills} if "shared" in only else set()
    BUILD.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BUILD, prefix="bench-") as folder:
        async with calling() as call:
            rounds = Rounds(plan, book, call, Path(folder))
            for size in sorted(alone & set(people or alone)):
                await _measured(book, strict, f"one process, {size} people", rounds.embedded(size))
            if "hall" in only:
                await _measured(book, strict, "a hall in rooms", rounds.hall())
            for size in sorted(together & set(people or together)):
                await _measured(book, strict, f"two workers, {size} people", rounds.shared(size))
            missed = dict.fromkeys(goal.part for goal in report.goals(book) if goal.reached is False)
            for part in missed.keys() & profiles.WORK if plan.profiles else ():
                await _measured(
                    book, strict, f"a profile of {part}", profiles.take(part, plan, book, call, Path(folder))
                )
    return book


async def _measured(book: Book, strict: bool, what: str, work: Coroutine[Any, Any, None]) -> None:
    """What cannot be measured is told on the page; the rest goes on."""
    print(f"{datetime.now(UTC):%H:%M:%S} {what}", file=sys.stderr, flush=True)
    try:
        await work
    except (Stuck, TimeoutError, EOFError, *NO_STORE) as fault:
        if strict:
            raise
        print(f"         not measured: {fault!r}", file=sys.stderr, flush=True)
        book.notes.append(f"{what}: {type(fault).__name__}, {fault}")


def figures(book: Book, about: list[str]) -> str:
    """For other programs, one figure a line."""
    lines = ",\n".join(json.dumps(figure) for figure in book.plain())
    return f'{{"about": {json.dumps(about, ensure_ascii=False)},\n"figures": [\n{lines}\n]}}\n'


def machine() -> list[str]:
    """On what it ran, and with which versions of everything."""
    parts = ("aiohttp", "python-socketio", "python-engineio", "msgspec", "redis")
    ours = ", ".join(f"{part} {version(part)}" for part in parts)
    wanted = json.loads((ROOT / "package.json").read_text())["devDependencies"]
    theirs = ", ".join(f"{part} {wanted[part]}" for part in ("socket.io", "@socket.io/redis-adapter", "redis"))
    node = _said([NODE, "node", "--version"])
    shared = "servers, store and load generator share them, over loopback, without TLS"
    system = f"{os.cpu_count()} processors ({_processor()}), {platform.system()} {platform.release()}"
    kept = f"Embedded: SQLite, WAL, synchronous=FULL. Store: {_store()}, append-only file, everysec"
    return [
        f"{datetime.now(UTC):%d %B %Y}; {system}; {shared}.",
        f"Palabre: Python {platform.python_version()}, {ours}. {kept}.",
        f"Peer: Node {node}, {theirs}; WebSocket only, no compression, socket.io-msgpack-parser.",
    ]


def _store() -> str:
    try:
        words = _said([server(), "--version"]).split()
    except (ImportError, OSError):
        return "none found"
    return " ".join(words[:3]).replace(" server", "")


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _said(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
