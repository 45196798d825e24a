"""How the simulated lead handles polls: those of the item, or plainly fictional recommendations by its pattern."""

from __future__ import annotations

from typing import Any

from server.crowd.client import Client
from server.crowd.pace import Pace

BUILT = ("single", "yes-no-abstain")
RECOMMENDATIONS = 3
READS_FOR, OPEN_FOR, LOOKS_FOR = 8.0, 40.0, 5.0
WORDS = {
    "fr": "Recommandation fictive {n} : l'adopter ?",
    "de": "Erfundene Empfehlung {n}: annehmen?",
    "en": "Made-up recommendation {n}: adopt it?",
}


class Polls:
    """Opens only polls that lay ready when the item began or that it added; others are the human's."""

    def __init__(self, client: Client, pace: Pace) -> None:
        self._client, self._pace = client, pace
        self._item: str | None = None
        self._mine: tuple[str, ...] = ()
        self._began = self._seen = 0

    async def tend(self, item: dict[str, Any]) -> bool:
        """Whether all polls that belong to the item are over."""
        if item["id"] != self._item:
            await self._begin(item)
        polls = [(poll_id, self._client.shown(f"polls.{poll_id}")) for poll_id in self._mine]
        for poll_id, poll in polls:
            if poll is None:
                return False
            if poll["state"] in ("drafted", "open", "closed"):
                await self._move(poll_id, poll)
                return False
        return True

    async def _begin(self, item: dict[str, Any]) -> None:
        self._item, self._began = item["id"], self._client.now()
        drafted = [
            (poll["order"], poll_id)
            for poll_id, poll in self._client.under("polls").items()
            if poll["state"] == "drafted" and poll["item"] == item["id"]
        ]
        self._mine = tuple(poll_id for _, poll_id in sorted(drafted)) or await self._add(item)

    async def _add(self, item: dict[str, Any]) -> tuple[str, ...]:
        """Polls by the item's pattern, if that can be run."""
        plan = item.get("poll") or {}
        if plan.get("method") != "yes-no-abstain" or plan.get("question") or plan.get("secret"):
            return ()
        languages = [lang for lang in self._client.shown("session")["languages"] if lang in WORDS] or ["en"]
        wanted = {name: plan[name] for name in ("rule", "seconds") if plan.get(name) is not None}
        added = []
        for number in range(1, RECOMMENDATIONS + 1):
            poll = f"{item['id'][:50]}-demo-{number}"
            question = {lang: WORDS[lang].format(n=number) for lang in languages}
            draft = {"id": poll, "question": question, "method": plan["method"], "item": item["id"], **wanted}
            answer = await self._client.ask("poll.add", draft)
            if "ok" in answer:
                added.append(poll)
        return tuple(added)

    async def _move(self, poll_id: str, poll: dict[str, Any]) -> None:
        now = self._client.now()
        match poll["state"]:
            case "drafted" if self._since(max(self._began, self._seen)) >= self._pace.of(READS_FOR):
                await self._client.ask("poll.open", {"poll": poll_id, "from": "drafted"})
            case "open" if self._is_over(poll_id, poll):
                await self._client.ask("poll.close", {"poll": poll_id, "from": "open"})
                self._seen = now
            case "closed" if self._since(self._seen) >= self._pace.of(LOOKS_FOR):
                await self._client.ask("poll.publish", {"poll": poll_id, "from": "closed"})
                self._seen = now

    def _is_over(self, poll_id: str, poll: dict[str, Any]) -> bool:
        everybody = self._client.shown(f"polls.{poll_id}.turnout", 0) >= poll["electorate"]
        return everybody or self._since(poll["opened"]) > max(2.0, self._pace.of(OPEN_FOR))

    def _since(self, moment: int) -> float:
        return (self._client.now() - moment) / 1000
