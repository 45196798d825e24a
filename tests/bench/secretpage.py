"""The part of the benchmarks' page about secret ballots: `make bench-vote` writes it, `make bench` leaves it alone."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tests.bench.book import Book
from tests.bench.report import Goal, spread, table

HEADING = "## Secret ballots"
_PART = re.compile(rf"^{HEADING}$.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
WHO = {
    "house": "Palabre",
    "node": "Node Socket.IO, only counts",
    "node-told": "the same, tells the turnout",
    "house-2": "Palabre, 2 workers, store",
    "node-2": "Node, 2 workers, only count",
}
COLUMNS = (
    "voters | who | taking: µs a ballot | counting: µs a ballot | 99th percentile of the wait | last answer after "
    "| turnout in the last browser after | counted after | load generator busy"
)
ROWS = (("cpu", 1), ("count", 1), ("p99", 1), ("last", 1), ("told", 1), ("counted", 1), ("busy", 2))
"""What is in the columns, with how many places."""
MOST = 2.0
HOW = (
    "Everybody votes within two seconds in a secret poll. The house has each ballot sealed and on disk before it "
    "answers and tells everybody the turnout every two seconds; the peer adds one to a number in memory. Server CPU in "
    "microseconds a ballot: taking them until the last answer and turnout, and then opening and counting the box. "
    "Times in milliseconds from the first ballot, or from the close. Median (lowest to highest run)."
)
WHY = (
    "The peer adds one to a number and sends one packet. The house looks up the voter, decides, seals the slip to the "
    "poll's key, writes mark and slip to disk in one step before it answers, shows the voter that their ballot is in "
    "the box, and afterwards opens and reads every slip again: a disk, two packets, and Python in between. This was "
    "read from the code, not profiled."
)


def part(book: Book, about: Iterable[str]) -> str:
    """The whole part, heading included."""
    said = [
        HEADING,
        "<!-- Written by `make bench-vote`; do not edit. -->",
        HOW,
        "\n".join(f"- {line}" for line in about),
        table("goal | measured | answer", [goal.row for goal in goals(book)]),
        *([f"Why it is not reached: {WHY}"] if any(goal.reached is False for goal in goals(book)) else []),
        table(COLUMNS, _rows(book)),
        *(f"Not measured: {note}" for note in book.notes),
    ]
    return "\n\n".join(said) + "\n"


def goals(book: Book) -> list[Goal]:
    """Taking and counting together, for each way of running that was measured."""
    found = []
    for ours, theirs, how in (("house", "node", "one process"), ("house-2", "node-2", "two workers")):
        for voters in book.sizes("ballots.cpu"):
            taken, counted = book.find("ballots.cpu", ours, voters), book.find("ballots.count", ours, voters)
            peer = book.find("ballots.cpu", theirs, voters)
            wish = f"{voters:,} secret ballots, {how}: at most twice what Node needs to count in memory"
            if taken is None or counted is None or peer is None:
                found.append(Goal(wish, None, MOST, "", "ballots"))
                continue
            whole = taken.median + counted.median
            ratio = whole / peer.median
            found.append(Goal(wish, ratio, MOST, f"{ratio:.2f} ({whole:.1f} and {peer.median:.1f} µs)", "ballots"))
    return found


def _rows(book: Book) -> list[str]:
    rows = []
    for voters in book.sizes("ballots.cpu"):
        for who, name in WHO.items():
            if book.find("ballots.cpu", who, voters) is None:
                continue
            cells = [spread(book.find(f"ballots.{row}", who, voters), places) for row, places in ROWS]
            rows.append(f"| {voters:,} | {name} | {' | '.join(cells)} |")
    return rows


def put_into(page: str, new: str) -> str:
    """The page with this part in place of the one before, or at its end."""
    if _PART.search(page):
        return _PART.sub(lambda _: f"{new}\n", page).rstrip("\n") + "\n"
    return f"{page.rstrip()}\n\n{new}"


def found_in(page: str) -> str | None:
    """This part of a page that was written before."""
    found = _PART.search(page)
    return None if found is None else found[0].rstrip("\n") + "\n"
