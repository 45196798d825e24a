"""What must hold of what people are shown: H7 to H10, and H14 on how long they wait."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

from tests.faults.history import PLENARY, Attempt, Fact, History, Screen, View, Violation, last_screens
from tests.faults.kept import polls_of
from tests.faults.policy import Shown, leaks

WITHIN = 2.0
"""An answer, and what follows from it on the screen, may take so long when nothing is broken."""
GAP = 5.0
"""The longest that anybody may be without a connection, beside the time that the store itself was away."""
STORE = {"redis"}


def chains_hold(told: History) -> Iterator[Violation]:
    """H7: each patch goes on where the one before it of that layer ended; a whole comes first; nothing goes back.

    On another worker, that is after a new connection, a layer may be a moment older than it was.
    """
    head = len(told.entries)
    for c, facts in told.clients.items():
        screen = Screen()
        for fact in facts:
            if fact["k"] == "patch":
                yield from _link(c, screen, fact, head)
            screen.take(fact)


def _link(c: str, screen: Screen, patch: Fact, head: int) -> Iterator[Violation]:
    layer, since, version = patch["layer"], patch["since"], patch["version"]
    held = screen.versions.get(layer)
    where = f"{c}'s layer {layer} at {patch['m']:.3f} s"
    if not screen.connected:
        yield Violation("H7", f"{where}: a patch without a connection")
    if since == 0 and "epoch" not in patch:
        yield Violation("H7", f"{where}: a whole layer without its epoch")
    if since != 0 and held is None:
        yield Violation("H7", f"{where}: a patch since {since} before any whole")
    elif since not in {0, held}:
        yield Violation("H7", f"{where}: a patch since {since}, but {held} was shown last")
    same_epoch = patch.get("epoch") in {None, screen.epochs.get(layer)}
    if held is not None and same_epoch and (version < held or (since != 0 and version == held)):
        yield Violation("H7", f"{where}: version {version} after {held}")
    if version > head:
        yield Violation("H7", f"{where}: shown at version {version}, the journal ends at {head}")
    both = sorted(set(patch["put"]) & set(patch["drop"]))
    if both:
        yield Violation("H7", f"{where}: put and dropped at once: {both}")


def same_version_same_view(told: History) -> Iterator[Violation]:
    """H8: at the same version, everybody of an audience is shown the same, by whichever worker."""
    people = told.people
    first: dict[tuple[Any, ...], tuple[int, str]] = {}
    for c, facts in told.clients.items():
        screen, sums = Screen(), Sums()
        for fact in facts:
            if fact["k"] != "patch":
                screen.take(fact)
                continue
            before = screen.layers.get(fact["layer"], {})
            total = sums.take(fact, before)
            screen.take(fact)
            name = fact["layer"]
            key = (_audience(people[c], name, screen), screen.epochs.get(name), fact["version"])
            known = first.setdefault(key, (total, c))
            if known[0] != total:
                yield Violation("H8", f"{c} and {known[1]} are shown different things as {key[0]} at {key[2]}")
                return


class Sums:
    """A sum over each layer that is the same for the same content, kept up with each patch."""

    def __init__(self) -> None:
        self._sums: dict[str, int] = {}

    def take(self, patch: Fact, before: View) -> int:
        """The sum after this patch; `before` is the layer without it."""
        name = patch["layer"]
        total = self._sums.get(name, 0) if patch["since"] != 0 else 0
        if patch["since"] != 0:
            for path in {*patch["drop"], *patch["put"]}:
                if path in before:
                    total ^= _sum(path, before[path])
        for path, value in patch["put"].items():
            total ^= _sum(path, value)
        self._sums[name] = total
        return total


def _sum(path: str, value: Any) -> int:
    plain = json.dumps([path, value], sort_keys=True).encode()
    return int.from_bytes(blake2b(plain, digest_size=8).digest())


def _audience(person: Fact, layer: str, screen: Screen) -> tuple[Any, ...]:
    if layer == "mine":
        return (layer, person["c"])
    room = (screen.layers.get("room", {}).get("room") or {}).get("id") if layer == "room" else None
    return (layer, person["role"], person["lang"], room)


def all_end_alike(told: History) -> Iterator[Violation]:
    """H8: at the end everybody is connected, sees what their audience sees, and that is what the journal says."""
    people = told.people
    first: dict[tuple[Any, ...], tuple[str, View]] = {}
    screens = last_screens(told)
    for c in people:
        screen = screens.get(c, Screen())
        if not screen.connected:
            yield Violation("H8", f"{c} is not connected at the end")
            continue
        for name, layer in screen.layers.items():
            who, other = first.setdefault(_audience(people[c], name, screen), (c, layer))
            paths = sorted(path for path in {*layer, *other} if layer.get(path) != other.get(path))
            if paths:
                yield Violation("H8", f"{c} and {who} end with different layers {name}: {_differ(paths, layer, other)}")
        yield from _is_as_kept(told, c, screen)


def _differ(paths: list[str], one: View, other: View) -> str:
    shown = [f"{path} {str(one.get(path))[:60]} / {str(other.get(path))[:60]}" for path in paths[:3]]
    return "; ".join(shown) + (f" and {len(paths) - 3} more" if len(paths) > 3 else "")


def _is_as_kept(told: History, c: str, screen: Screen) -> Iterator[Violation]:
    """The state of the session, the item on the table, the polls, my ballots, my room."""
    person = told.people[c]
    state, item = _state(told)
    for path, field, kept in (("session", "state", state), ("agenda.now", "item", item)):
        shown = (screen.shown(path) or {}).get(field)
        if shown != kept:
            yield Violation("H8", f"{c} ends with {path} {shown}, the journal says {kept}")
    for poll_id, poll in polls_of(told).items():
        shown = (screen.shown(f"polls.{poll_id}") or {}).get("state", "drafted")
        if shown != poll.state:
            yield Violation("H8", f"{c} ends with poll {poll_id} {shown}, the journal says {poll.state}")
        mine = next((each["body"]["choice"] for each in poll.ballots if each["who"] == person["person"]), None)
        shown = screen.shown(f"me.ballots.{poll_id}")
        if shown != mine:
            yield Violation("H8", f"{c} ends with the ballot {shown} in {poll_id}, the journal says {mine}")
    here, mine = (screen.shown("room") or {}).get("id"), (screen.shown("me") or {}).get("room")
    if person["role"] != "observer" and here != mine:
        yield Violation("H8", f"{c} is in the room {mine} and is shown {here}")


def _state(told: History) -> tuple[str, str | None]:
    state, item = "lobby", None
    for entry in told.entries:
        match entry["event"]:
            case "SessionStarted" | "SessionResumed":
                state = "live"
            case "SessionPaused":
                state = "paused"
            case "SessionClosed":
                state, item = "closed", None
            case "ItemStarted":
                item = entry["body"]["item"]
    return state, item


def own_writes_are_shown(told: History) -> Iterator[Violation]:
    """H9: two seconds after an `ok`, or after it is calm if that is later, what it did is on the asker's screen."""
    calm, end = told.moment("calm"), told.moment("end")
    due: dict[str, list[tuple[float, Attempt]]] = defaultdict(list)
    for attempt in told.attempts:
        if attempt.answer is not None and attempt.ok is not None:
            when = max(attempt.answer["m"], calm) + WITHIN
            if when <= end:
                due[attempt.c].append((when, attempt))
    for c, facts in told.clients.items():
        screen = Screen()
        waiting = sorted(due[c], key=lambda each: each[0])
        for fact in [*facts, {"k": "end", "m": end}]:
            while waiting and waiting[0][0] <= fact["m"]:
                _, attempt = waiting.pop(0)
                if not _is_shown(attempt, screen):
                    yield Violation("H9", f"{c} was told ok for {attempt.name} ({attempt.ticket}) and is not shown it")
            screen.take(fact)


def _is_shown(attempt: Attempt, screen: Screen) -> bool:
    body = attempt.body
    poll = (screen.shown(f"polls.{body.get('poll', body.get('id'))}") or {}).get("state")
    match attempt.name:
        case "ballot.cast":
            return bool(screen.shown(f"me.ballots.{body['poll']}") == body["choice"])
        case "poll.add":
            return poll is not None
        case "poll.open":
            return poll not in {None, "drafted"}
        case "poll.close":
            return poll in {"closed", "published", "void"}
        case "poll.publish":
            return poll in {"published", "void"}
        case "session.start":
            return bool((screen.shown("session") or {}).get("state") != "lobby")
    return True


def nobody_sees_too_much(told: History) -> Iterator[Violation]:
    """H10: every path is one that this role, in this state, may be shown; rooms are one's own; canaries stay caged."""
    people = told.people
    seats = _seats(told)
    cages = [(re.compile(re.escape(each["text"])), each) for each in told.about["canaries"]]
    bait = re.compile("|".join(re.escape(each["text"]) for each in told.about["canaries"]) or "(?!)")
    for c, facts in told.clients.items():
        who, screen = people[c], Screen()
        for fact in facts:
            screen.take(fact)
            if fact["k"] not in {"patch", "ret", "bye", "state"}:
                continue
            if fact["k"] == "patch":
                for why in _too_much(told, who, fact, screen, seats):
                    yield Violation("H10", f"{c} at {fact['m']:.3f} s: {why}")
            plain = json.dumps(fact, ensure_ascii=False)
            if bait.search(plain):
                for text, cage in cages:
                    if text.search(plain) and not _in_cage(who, cage, seats):
                        yield Violation("H10", f"{c} at {fact['m']:.3f} s was sent {text.pattern!r} in a {fact['k']}")


def _too_much(told: History, who: Fact, patch: Fact, screen: Screen, seats: dict[str, set[str]]) -> Iterator[str]:
    for path, value in patch["put"].items():
        yield from leaks(Shown(who["role"], who["person"], patch["layer"], path, value, screen.shown))
        if path == "room" and value["id"] != PLENARY and value["id"] not in seats[who["person"]]:
            yield f"shown the room {value['id']}, where {who['c']} never had a seat"
        if path.startswith("me.ballots."):
            poll_id = path.removeprefix("me.ballots.")
            if not any(_cast(attempt, who, poll_id, value) for attempt in told.attempts if attempt.c == who["c"]):
                yield f"shown a ballot in {poll_id} that they never cast"


def _cast(attempt: Attempt, who: Fact, poll_id: str, choice: Any) -> bool:
    body = attempt.body
    return attempt.name == "ballot.cast" and body["poll"] == poll_id and body["choice"] == choice


def _seats(told: History) -> dict[str, set[str]]:
    """In which rooms each person ever had a seat or was on a visit."""
    seats: dict[str, set[str]] = defaultdict(set)
    for entry in told.entries:
        body = entry["body"]
        match entry["event"]:
            case "RoomsProposed" | "RoomsComposed":
                for room in body["rooms"]:
                    for person in (*room.get("people", ()), *room.get("staff", ())):
                        seats[person].add(room["id"])
            case "PersonPlaced" | "ArrivalAdmitted":
                seats[body["person"]].add(body["room"])
            case "RoomVisited":
                seats[entry["who"]].add(body["room"])
    return seats


def _in_cage(who: Fact, cage: Fact, seats: dict[str, set[str]]) -> bool:
    return who["role"] in cage.get("roles", ()) or cage.get("room") in seats[who["person"]]


def nobody_waits_long(told: History) -> Iterator[Violation]:
    """H14: when it is calm, every ask is answered within two seconds and none `try-later`; no gap over five seconds."""
    calm, end = told.moment("calm"), told.moment("end")
    for fact in told.nemesis:
        if fact["k"] == "stuck":
            yield Violation("H14", f"the meeting got stuck: {fact['why']}")
    for attempt in told.attempts:
        if not calm <= attempt.m <= end - WITHIN:
            continue
        took = None if attempt.answer is None else attempt.answer["m"] - attempt.m
        if took is None or took > WITHIN or "none" in (attempt.answer or {}):
            yield Violation("H14", f"{attempt.c} had no answer to {attempt.name} ({attempt.ticket}) within {WITHIN} s")
        elif attempt.refused == "try-later":
            yield Violation("H14", f"{attempt.c} was told try-later for {attempt.name} while nothing was broken")
    away = outages(told)
    for c, gaps in gaps_of(told).items():
        for since, until in gaps:
            beside = until - since - sum(_overlap((since, until), each) for each in away)
            if beside > GAP:
                yield Violation("H14", f"{c} had no connection for {until - since:.1f} s from {since:.3f} s")


def gaps_of(told: History) -> dict[str, list[tuple[float, float]]]:
    """From when to when each client was without a connection, after its first."""
    end = told.moment("end")
    gaps = {}
    for c, facts in told.clients.items():
        since: float | None = None
        mine = []
        for fact in facts:
            if fact["k"] == "disc":
                since = fact["m"]
            elif fact["k"] == "conn" and since is not None:
                mine.append((since, fact["m"]))
                since = None
        if since is not None and end != float("inf"):
            mine.append((since, end))
        gaps[c] = mine
    return gaps


def outages(told: History) -> list[tuple[float, float]]:
    """When the nemesis had the store away."""
    ended = {fact["id"]: fact["m"] for fact in told.nemesis if fact["k"] == "healed"}
    end = told.moment("end")
    return [
        (fact["m"], ended.get(fact["id"], end)) for fact in told.nemesis if fact["k"] == "fault" and fact["on"] in STORE
    ]


def _overlap(one: tuple[float, float], other: tuple[float, float]) -> float:
    return max(0.0, min(one[1], other[1]) - max(one[0], other[0]))
