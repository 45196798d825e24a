"""How the simulated lead handles polls: those of the item, or plainly fictional ones by its pattern.

It opens only polls that lay ready when the item began or that it added; others are the human's. One after the other is
opened, closed once everybody has voted, its time or that of its item runs out, and published once it is counted.
"""

from __future__ import annotations

from typing import Any

from server.crowd.client import Client
from server.crowd.drafts import drafts
from server.crowd.pace import Pace

READS_FOR, OPEN_FOR, LOOKS_FOR = 8.0, 40.0, 5.0
EACH_TEXT = 4.0
"""So much longer a ballot is open for each text on it."""
LEAST_OPEN = 2.0
COUNTED_IN = 2.0
"""So long before the item ends the lead closes, so that the count is still seen in its time (real seconds)."""
COUNTS_WITHIN = 30.0
"""So long (real seconds) the lead waits for a secret box to be counted."""
HOLDS_FOR = 20.0
VOIDS_AT = 1 / 3
"""The share of voters after whom a poll that is to go wrong is voided."""
WRONG = {
    "fr": "Exercice : une panne pendant le vote.",
    "de": "Übung: eine Störung während der Abstimmung.",
    "en": "Exercise: something went wrong during the vote.",
}
OVER = ("published", "void")
LATER = "try-later"


class Polls:
    """`goes_wrong`: polls that are voided once while they are open, and then voted again."""

    def __init__(self, client: Client, pace: Pace, goes_wrong: tuple[str, ...] = ()) -> None:
        self._client, self._pace, self._goes_wrong = client, pace, set(goes_wrong)
        self._item: str | None = None
        self._mine: list[str] = []
        self._given_up: set[str] = set()
        self._held: set[str] = set()
        self._closed: dict[str, int] = {}
        self._began = self._seen = 0

    async def tend(self, item: dict[str, Any], left: float) -> bool:
        """Whether all polls that belong to the item are over. `left`: seconds of the item."""
        if item["id"] != self._item:
            await self._begin(item)
        for poll_id in self._mine:
            poll = self._client.shown(f"polls.{poll_id}")
            if poll is None:
                return False
            if poll["state"] not in OVER and poll_id not in self._given_up:
                await self._move(poll_id, poll, left)
                return False
        return True

    async def _begin(self, item: dict[str, Any]) -> None:
        self._item, self._began = item["id"], self._client.now()
        polls = sorted(self._client.under("polls").items(), key=lambda each: int(each[1]["order"]))
        mine = [
            poll_id
            for poll_id, poll in polls
            if poll["item"] == item["id"] and poll["state"] not in OVER and not poll["part_of"]
        ]
        self._mine = mine or await self._add(item)

    async def _add(self, item: dict[str, Any]) -> list[str]:
        """Polls by the item's pattern."""
        languages = list(self._client.shown("session")["languages"])
        asked = [(draft["id"], await self._client.ask("poll.add", draft)) for draft in drafts(item, languages)]
        return [poll_id for poll_id, answer in asked if "ok" in answer]

    async def _move(self, poll_id: str, poll: dict[str, Any], left: float) -> None:
        now = self._client.now()
        match poll["state"]:
            case "drafted" if self._since(max(self._began, self._seen)) >= self._pace.of(READS_FOR):
                await self._open(poll_id)
            case "open" if poll_id in self._goes_wrong:
                await self._go_wrong(poll_id, poll)
            case "open" if poll["held"] is not None and poll_id not in self._held:
                self._held.add(poll_id)
                await self._client.ask("poll.extend", {"poll": poll_id, "seconds": round(self._pace.of(HOLDS_FOR, 1))})
            case "open" if self._is_over(poll_id, poll, left):
                await self._client.ask("poll.close", {"poll": poll_id, "from": "open"})
            case "closed" if poll_id not in self._closed:
                self._closed[poll_id] = now
            case "closed" if self._since(self._closed[poll_id]) >= self._pace.of(LOOKS_FOR):
                if self._is_counted(poll_id, poll):
                    await self._client.ask("poll.publish", {"poll": poll_id, "from": "closed"})
                    self._seen = now

    async def _open(self, poll_id: str) -> None:
        answer = await self._client.ask("poll.open", {"poll": poll_id, "from": "drafted", "warned": True})
        if answer.get("refused", LATER) != LATER:
            self._given_up.add(poll_id)  # such as a side with too few people for a secret ballot

    async def _go_wrong(self, poll_id: str, poll: dict[str, Any]) -> None:
        """Void after some have voted, and drafted again."""
        if self._turnout(poll_id) < VOIDS_AT * poll["electorate"] and self._since(poll["opened"]) < self._limit(poll):
            return
        lang = next((lang for lang in self._client.shown("session")["languages"] if lang in WRONG), "en")
        await self._client.ask("poll.void", {"poll": poll_id, "reason": WRONG[lang]})
        await self._client.ask("poll.again", {"poll": poll_id})
        self._goes_wrong.discard(poll_id)
        self._seen = self._client.now()
        while not (again := self._repeats(poll_id)):
            await self._client.change(1)
        self._mine[self._mine.index(poll_id)] = again[0]

    def _repeats(self, poll_id: str) -> list[str]:
        polls = self._client.under("polls").items()
        return [each for each, poll in polls if poll["again_of"] == poll_id and poll["state"] == "drafted"]

    def _turnout(self, poll_id: str) -> int:
        return int(self._client.shown(f"polls.{poll_id}.turnout", 0))

    def _is_over(self, poll_id: str, poll: dict[str, Any], left: float) -> bool:
        """Everybody has voted, or time is up; a ballot told on the telephone is waited for as long as there is time."""
        open_for = self._since(poll["opened"])
        must_end = left < self._pace.of(LOOKS_FOR) + COUNTED_IN and open_for > LEAST_OPEN
        if must_end or (poll["closes"] is None and open_for > self._limit(poll)):
            return True
        return all(self._is_full(each_id, each) for each_id, each in self._taken(poll_id, poll))

    def _taken(self, poll_id: str, poll: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
        """Where every room votes by itself, the polls of the rooms, which are closed and published with it."""
        parts = [each for each in self._client.under("polls").items() if each[1]["part_of"] == poll_id]
        return parts or [(poll_id, poll)]

    def _is_full(self, poll_id: str, poll: dict[str, Any]) -> bool:
        if (self._client.shown(f"polls.{poll_id}.telephone") or {}).get("waiting"):
            return False
        waiting = self._client.shown(f"polls.{poll_id}.waiting")
        return not waiting if waiting is not None else self._turnout(poll_id) >= poll["electorate"]

    def _limit(self, poll: dict[str, Any]) -> float:
        """So long one that does not close by itself stays open for the last ones."""
        return max(LEAST_OPEN, self._pace.of(OPEN_FOR + EACH_TEXT * len(poll["texts"])))

    def _is_counted(self, poll_id: str, poll: dict[str, Any]) -> bool:
        taken = [each_id for each_id, _ in self._taken(poll_id, poll)]
        counted = not poll["secret"] or all(self._client.shown(f"polls.{each}.result") is not None for each in taken)
        return counted or self._since(self._closed[poll_id]) > COUNTS_WITHIN

    def _since(self, moment: int) -> float:
        return (self._client.now() - moment) / 1000
