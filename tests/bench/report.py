"""The page of the bench: what was measured, as tables, and each goal with its answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.bench.book import Book, Figure

HEAD = """# Benchmarks

<!-- Written by `make bench`; do not edit. -->

What it costs to bring something to everybody, through the whole house: asked, decided, kept, shown. Beside it, by
turns in the same run, a minimal [Socket.IO](https://socket.io) server in Node that sends the same bytes and keeps
nothing, and a few lines of C that write one ready frame to each socket, below which nobody can go.
"""
WHO = {
    "house": "Palabre",
    "node": "Node Socket.IO",
    "node-json": "the same, JSON parser",
    "floor": "C, ready frames",
    "house-2": "Palabre, 2 workers, store",
    "node-2": "Node, 2 workers, Redis adapter",
}

REASONS = {
    "broadcast": "What a broadcast to thousands costs is the kernel's `send`, once for each connection: see the row "
    "in C, which does nothing else. Half of Node would leave Python next to nothing above that. With few people the "
    "share of deciding, keeping and encoding an ask weighs more. Ten asks in one tick are two patches, not one: the "
    "first is shown at once, so that nobody waits 100 ms for something that comes alone.",
    "votes": "The peer adds one to a number and sends one packet. The house looks up the voter, decides, writes to "
    "disk before it answers, sends the ack and shows the voter their own ballot as kept: two messages, and Python in "
    "between. Under a rush these share one append and one flush; spread over seconds they do not.",
    "handshakes": "aiohttp parses the request and shakes hands in Python, python-engineio and python-socketio open a "
    "session each, with five tasks and some twenty callbacks for a connection; that alone is dearer than the peer's "
    "native parser. On top come looking up the code, writing down that somebody came, making their own layer, and "
    "counting anew who is here, ten times a second.",
    "storm": "As for handshakes: nearly everything is shaking hands again, in Python.",
    "memory": "A connection is an aiohttp request with its parser and buffers, a WebSocket, an engine.io and a "
    "Socket.IO session, five tasks, and the layer that is this person's own. The allocator keeps what a rush needed.",
}
"""Why a goal may be missed, by what the profiler looks at."""

DOORS = ("handshake.cpu", "handshake.last", "storm.cpu", "storm.last", "memory", "memory.end")


@dataclass(frozen=True)
class Goal:
    """Ours over theirs, and how much it may be at most. `part`: what to measure where it is missed."""

    wish: str
    ratio: float | None
    most: float
    seen: str
    part: str

    @property
    def reached(self) -> bool | None:
        return None if self.ratio is None else self.ratio <= self.most

    @property
    def row(self) -> str:
        if self.ratio is None:
            return f"| {self.wish} | not measured | |"
        answer = "reached" if self.reached else "**not reached**"
        return f"| {self.wish} | {self.seen} | {answer} |"


def goals(book: Book) -> list[Goal]:
    """Each goal, for each size at which it was measured."""
    return [*_broadcasts(book), *_bursts(book), *_votes(book), *_doors(book), *_memory(book)]


def page(book: Book, about: Iterable[str]) -> str:
    parts = [HEAD.rstrip(), "\n".join(f"- {line}" for line in about)]
    parts += ["## Goals", table("goal | measured | answer", [goal.row for goal in goals(book)])]
    parts += _reasons(book)
    parts += [*_broadcast_tables(book), *_door_tables(book), *_hall_table(book), *_vote_tables(book)]
    parts += [*_kill_table(book), *_load_table(book), *_notes(book), *_profiles(book)]
    return "\n\n".join(parts) + "\n"


def _reasons(book: Book) -> list[str]:
    missed = dict.fromkeys(goal.part for goal in goals(book) if goal.reached is False)
    if not missed:
        return []
    lines = [f"- **{part}**: {REASONS[part]}" for part in missed]
    return ["Why the others are not reached (the profiles are at the end):", "\n".join(lines)]


# Goals


def _broadcasts(book: Book) -> Iterator[Goal]:
    for ours, theirs in (("house", "node"), ("house-2", "node-2")):
        for size in _big(book, "paced.cpu"):
            what = f"A broadcast to {size:,}, {_workers(ours)}"
            yield _ratio(book, f"{what}: at most 0.5 of Node", "paced.cpu", ours, theirs, size, 0.5, "broadcast")
            yield _ratio(book, f"{what}: at most twice C", "paced.cpu", ours, "floor", size, 2, "broadcast")


def _bursts(book: Book) -> Iterator[Goal]:
    for ours, theirs in (("house", "node"), ("house-2", "node-2")):
        for size in _big(book, "burst.cpu"):
            wish = f"Ten asks in one tick to {size:,}, {_workers(ours)}: at most a fifth of Node"
            yield _ratio(book, wish, "burst.cpu", ours, theirs, size, 0.2, "broadcast")


def _votes(book: Book) -> Iterator[Goal]:
    for row, how in (("votes.once", "at once"), ("votes.spread", "over 2 s")):
        for size in book.sizes(f"{row}.cpu"):
            wish = f"{size:,} votes {how}, kept on disk: at most twice what Node needs to count them"
            yield _ratio(book, wish, f"{row}.cpu", "house", "node", size, 2, "votes")


def _doors(book: Book) -> Iterator[Goal]:
    for size in book.sizes("handshake.cpu")[-1:]:
        wish = f"{size:,} handshakes: cheaper than Node's"
        yield _ratio(book, wish, "handshake.cpu", "house", "node", size, 1, "handshakes")
    for size in book.sizes("storm.cpu")[-1:]:
        wish = f"All {size:,} dropped and back: at most 1.3 of Node"
        yield _ratio(book, wish, "storm.cpu", "house", "node", size, 1.3, "storm")


def _memory(book: Book) -> Iterator[Goal]:
    for row, ours in (("memory", "house"), ("memory", "house-2"), ("rest.memory", "house")):
        sizes = [size for size in book.sizes(row) if book.find(row, ours, size)]
        for size in sizes[-1:]:
            figure = book.find(row, ours, size)
            assert figure is not None
            place = "a hall in rooms" if row == "rest.memory" else _workers(ours)
            most = max(figure.runs)
            yield Goal(f"{size:,} connections, {place}: within 200 MB a worker", most, 200, f"{most:.0f} MB", "memory")


def _ratio(book: Book, wish: str, row: str, ours: str, theirs: str, size: int, most: float, part: str) -> Goal:  # noqa: PLR0917 - what is compared with what
    us, them = book.find(row, ours, size), book.find(row, theirs, size)
    if us is None or them is None:
        return Goal(wish, None, most, "", part)
    ratio = us.median / them.median
    return Goal(wish, ratio, most, f"{ratio:.2f} ({us.median:.1f} and {them.median:.1f} µs)", part)


def _big(book: Book, row: str) -> list[int]:
    """The goals speak of a thousand and more; where nothing so large was measured, of what there is."""
    sizes = book.sizes(row)
    return [size for size in sizes if size >= 1_000] or sizes


def _workers(who: str) -> str:
    return "two workers" if who.endswith("-2") else "one process"


# Tables


def _broadcast_tables(book: Book) -> Iterator[str]:
    yield "## An ask to every browser"
    yield (
        "A notice of the lead to everybody in the plenary, asked for five times a second; and ten of them in one tick. "
        "Server CPU for each of the deliveries asked for, in microseconds: median (lowest to highest run). Time from "
        "the ask to the last browser, in milliseconds: median and 99th percentile of all asks. The house shows changes "
        "within 100 ms as one patch, so ten in a tick reach a browser as one or two messages after at most 100 ms; the "
        "peer sends all ten."
    )
    rows = []
    for size in book.sizes("paced.cpu"):
        for who, name in WHO.items():
            paced, last = book.find("paced.cpu", who, size), book.find("paced.last", who, size)
            if paced is None or last is None:
                continue
            burst, burst_last = book.find("burst.cpu", who, size), book.find("burst.last", who, size)
            sent = book.find("notice.bytes", who, size)
            rows.append(
                f"| {size:,} | {name} | {spread(paced)} | {_half_and_most(last)} | {spread(burst)} "
                f"| {_half_and_most(burst_last)} | {_middle(sent)} |"
            )
    yield table(
        "people | who | paced: µs a delivery | ms to the last | ten in a tick: µs a delivery | ms to the last "
        "| bytes of the last",
        rows,
    )
    stores = [
        f"| {size:,} | {WHO[who]} | {spread(figure)} |"
        for size in book.sizes("store")
        for who in WHO
        if (figure := book.find("store", who, size)) is not None
    ]
    if stores:
        yield "What the store itself spent on it, which is not in the figures above, in microseconds an ask:"
        yield table("people | who | µs an ask", stores)


def _door_tables(book: Book) -> Iterator[str]:
    yield "## Everybody comes, everybody comes back"
    yield (
        "Handshakes: everybody arrives for the first time, or after having been away. Storm: all connections are cut "
        "at once and come back at once, each with its whole view. Server CPU in microseconds a connection until all is "
        "quiet again; time until the last has its whole view. The house looks up each code, writes down who came and "
        "left, and makes each one's own layer; the peer sends the same bytes to anybody. Memory: resident megabytes of "
        "each worker when everybody has come for the first time, and after all that was done with them."
    )
    rows = []
    for size in book.sizes("memory"):
        for who, name in WHO.items():
            if book.find("memory", who, size) is None:
                continue
            cells = [spread(book.find(row, who, size)) for row in DOORS]
            rows.append(f"| {size:,} | {name} | {' | '.join(cells)} |")
    yield table(
        "people | who | handshake: µs | ms to the last | storm: µs | ms to the last | MB a worker | MB at the end", rows
    )
    made = book.sizes("create")
    if made:
        took = book.find("create", "house", made[-1]) or book.find("create", "house-2", made[-1])
        assert took is not None
        yield f"To make the session with {made[-1]:,} people, each with their link, took {took.median:,.0f} ms."


def _hall_table(book: Book) -> Iterator[str]:
    yield "## A hall in rooms"
    yield (
        "Everybody sits in breakout rooms of about seven; nobody does anything but answer pings. Then the lead tells "
        "something to one room after the other."
    )
    rows = []
    for size in book.sizes("rest.cpu"):
        rest, room, last = (book.find(row, "house", size) for row in ("rest.cpu", "room.cpu", "room.last"))
        memory = book.find("rest.memory", "house", size)
        each = "" if memory is None else f"{memory.median * 1000 / size:.0f}"
        rows.append(
            f"| {size:,} | {spread(rest)} | {spread(memory)} | {each} | {spread(room)} | {_half_and_most(last)} |"
        )
    yield table("people | at rest: ms CPU a second | MB | KB a connection | µs an ask to one room | ms to it", rows)


def _vote_tables(book: Book) -> Iterator[str]:
    yield "## Votes"
    yield (
        "Everybody votes once, each with an acknowledgement: the house has the ballot on disk before it answers, shows "
        "everybody's own ballot back to them and the turnout to all; the peer adds one to a number in memory. Server "
        "CPU in microseconds a vote; waits in milliseconds."
    )
    rows = [
        f"| {size:,} | {how} | {WHO[who]} | "
        + " | ".join(spread(book.find(f"{row}.{each}", who, size)) for each in ("cpu", "p99", "last"))
        + " |"
        for row, how in (("votes.once", "at once"), ("votes.spread", "over 2 s"))
        for size in book.sizes(f"{row}.cpu")
        for who in ("house", "node")
    ]
    yield table("people | how | who | µs a vote | 99th percentile of the wait | last answer after", rows)


def _kill_table(book: Book) -> Iterator[str]:
    if not book.sizes("kill.last"):
        return
    yield "## A worker dies"
    yield (
        "One of two workers is ended with SIGKILL. Its people come back as the pages do (after 0.3 s, more or less 30 "
        "%), to whichever worker takes them. Milliseconds from the kill until somebody has their whole view again and "
        "sees what another one asked after the kill."
    )
    rows = []
    for size in book.sizes("kill.last"):
        each, last = book.find("kill.each", "house-2", size), book.find("kill.last", "house-2", size)
        assert each is not None
        assert last is not None
        rows.append(f"| {size:,} | {len(last.runs)} | {each.median:.0f} | {last.median:.0f} | {max(last.runs):.0f} |")
    yield table("people | kills | median of all | the last one back, median | worst", rows)


def _load_table(book: Book) -> Iterator[str]:
    yield "## The load generator"
    yield (
        "One process, raw sockets, nothing decoded. What it spends itself on each delivery that it receives, each "
        "connection that it opens, each vote that it casts, in microseconds; and the share of a processor that it was "
        "busy meanwhile. Where that is well below 1, it is not the limit."
    )
    kinds = {"load": "a paced delivery", "storm": "a connection in a storm", "votes.once": "a vote at once"}
    rows = [
        f"| {size:,} | {WHO[who]} | {kind} | {spread(cost)} | {spread(busy, 2)} |"
        for row, kind in kinds.items()
        for size in book.sizes(f"{row}.busy")
        for who in WHO
        if (cost := book.find(f"{row}.load", who, size)) and (busy := book.find(f"{row}.busy", who, size))
    ]
    yield table("people | against | for | µs | busy", rows)


def _notes(book: Book) -> Iterator[str]:
    if book.notes:
        yield "## Not measured"
        yield "\n".join(f"- {note}" for note in book.notes)


def _profiles(book: Book) -> Iterator[str]:
    if book.profiles:
        yield "## Where the time goes"
        yield (
            "For the goals that are not reached: the house once more under Python's own profiler, which makes many "
            "small Python functions look dearer than they are. Own time, share of all."
        )
    for what, lines in book.profiles.items():
        body = "\n".join(["```", *lines, "```"])
        yield f"<details><summary>{what}</summary>\n\n{body}\n\n</details>"


def table(head: str, rows: Iterable[str]) -> str:
    columns = head.split(" | ")
    return "\n".join([f"| {head} |", "|" + " --- |" * len(columns), *rows])


def spread(figure: Figure | None, places: int = 1) -> str:
    if figure is None:
        return ""
    low, high = min(figure.runs), max(figure.runs)
    if figure.median >= 100:
        places = 0
    if len(figure.runs) == 1:
        return f"{figure.median:,.{places}f}"
    return f"{figure.median:,.{places}f} ({low:,.{places}f} to {high:,.{places}f})"


def _half_and_most(figure: Figure | None) -> str:
    return "" if figure is None else f"{figure.median:.1f}, {figure.share(0.99):.1f}"


def _middle(figure: Figure | None) -> str:
    return "" if figure is None else f"{figure.median:.0f}"
