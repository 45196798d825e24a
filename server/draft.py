"""A batch of asks in the making: what each leaves behind, and what its asker will hear once it is kept."""

from __future__ import annotations

import asyncio
import random
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import structlog

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Answer, Asked, Done
from facilitation.decide import decide
from facilitation.evolve import told
from facilitation.refusals import Refusal, Why
from facilitation.session import HOUSE, ticket_key
from facilitation.views.viewpoint import Scene
from rooms.people import Card, PersonId, PollId
from server.box import Boxes, TooLarge
from server.journal import Entry, Row, SealedSlip
from web.refusals import refusal
from web.texts import say

AGAIN = 1_000
BALLOTS = c.CastBallot | c.DictateBallot
HOLDS_CHOICES = BALLOTS | c.KeepTally

log = structlog.get_logger()


class Waiting(msgspec.Struct):
    """An ask in the inbox, and whoever waits for its answer."""

    asked: Asked
    ticket: str | None
    answer: asyncio.Future[dict[str, Any]]
    rows: tuple[Row, ...] = ()
    events: tuple[e.Event, ...] = ()
    since: int | None = None
    """The version at which the rows were read."""
    slips: tuple[SealedSlip, ...] = ()
    """What goes into a box with it: sealed once, however often it is decided."""
    sealed_to: str | None = None
    """The public key of the poll at that time; another worker may have opened it with another."""


class Draft:
    """A batch in the making: the session as it would be, the entries, and the answers to give once they are kept."""

    def __init__(self, scene: Scene, boxes: Boxes | None = None) -> None:
        self._boxes = boxes
        self._key = "" if boxes is None else boxes.key()
        self._session = scene.session
        self._cards = scene.cards
        self.entries: list[Entry] = []
        self.rows: list[Row] = []
        self.slips: list[SealedSlip] = []
        self.acks: list[tuple[Waiting, dict[str, Any]]] = []
        self.refuses = False

    def scene(self) -> Scene:
        cards = {**self._cards, **cards_of(self.rows)} if self.rows else self._cards
        return Scene(self._session, cards)

    def decide(self, waiting: Waiting) -> None:
        asked = waiting.asked
        if waiting.ticket is not None:
            known = self._session.tickets.get(ticket_key(asked.who, waiting.ticket))
            if known is not None:
                self.acks.append((waiting, {"ok": known}))
                return
        if self._overtaken(waiting):
            self.refuses = True
            self.acks.append((waiting, later(asked.language)))
            return
        if self._key:
            asked = msgspec.structs.replace(asked, key=self._key)
        try:
            answer: Answer = list(waiting.events) if waiting.events else decide(self._session, asked)
            self._write(waiting, self._sealed(waiting, answer))
        except Exception as fault:  # a defect in one ask must not take the others of its batch with it
            if isinstance(asked.command, HOLDS_CHOICES):
                _note(self._session.id, asked, fault)
            else:
                log.exception("ask-broke", session=self._session.id, ask=type(asked.command).__name__)
            self.acks.append((waiting, refused(Why.BROKEN, asked.language)))

    def _sealed(self, waiting: Waiting, answer: Answer) -> Answer:
        """The same answer; what a secret poll's ballot holds lies sealed beside the ask from now on."""
        command = waiting.asked.command
        if self._boxes is None or not isinstance(command, BALLOTS) or not isinstance(answer, list):
            return answer
        poll = self._session.polls.get(PollId(command.poll))
        if poll is None or not poll.secret or (waiting.slips and waiting.sealed_to == poll.key):
            return answer
        waiting.sealed_to = poll.key
        try:
            waiting.slips = self._boxes.slips(self._session, waiting.asked, answer)
        except TooLarge:
            return Refusal(Why.TOO_LARGE)
        return answer

    def _overtaken(self, waiting: Waiting) -> bool:
        """Whether somebody changed one of these rows after it was read: what is in it now must not be lost."""
        since, changed = waiting.since, self._session.changed
        return since is not None and any(changed.get(PersonId(row.person), 0) > since for row in waiting.rows)

    def _write(self, waiting: Waiting, answer: Answer) -> None:
        asked = waiting.asked
        said: dict[str, Any] = {}
        if isinstance(answer, Refusal):
            self.refuses = True
            self.acks.append((waiting, refused(answer.why, asked.language)))
            return
        if isinstance(answer, Done):
            if answer.by not in (None, HOUSE, asked.who):
                name = Scene(self._session, self._cards).name(answer.by)
                said = {"say": say(asked.language, "{name} had already done this.", name=name)}
            answer = [] if asked.who == HOUSE else [e.FoundDone(c.NAMES[type(asked.command)], answer.by)]
        session, entries = self._session, []
        for index, event in enumerate(answer):
            at = max(asked.at, session.time)
            ticket = waiting.ticket if index == len(answer) - 1 else None
            session = told(session, event, asked.who, at, ticket)
            entry = entry_of(event, session.version, asked.who, at, ticket)
            msgspec.msgpack.encode(entry.body)  # what no journal can hold breaks this ask alone, not its batch
            entries.append(entry)
        self._session = session
        self.entries += entries
        self.rows += waiting.rows
        if any(isinstance(event, e.BallotMarked | e.BallotDictated) for event in answer):
            self.slips += waiting.slips
        self.acks.append((waiting, {"ok": session.version, **said}))


def _note(session: str, asked: Asked, fault: Exception) -> None:
    """Where it broke, and not what the exception says: a ballot may be in it."""
    where = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(fault.__traceback__)]
    ask = type(asked.command).__name__
    log.error("ask-broke", session=session, ask=ask, fault=type(fault).__name__, where=" ".join(where))


def entry_of(event: e.Event, version: int, who: str, at: int, ticket: str | None) -> Entry:
    return Entry(version, at, who, ticket, type(event).__name__, msgspec.to_builtins(event))


def event_of(entry: Entry) -> e.Event:
    return msgspec.convert(entry.body, e.EVENTS[entry.event])


def cards_of(rows: Sequence[Row]) -> dict[PersonId, Card]:
    return {PersonId(row.person): Card(row.name, row.email, row.telephone, row.needs, row.attributes) for row in rows}


def refused(why: Why, lang: str) -> dict[str, Any]:
    return {"refused": why.value, "say": refusal(lang, why)}


def later(lang: str) -> dict[str, Any]:
    """Not now: surely nothing of it was kept, and it may be asked again under the same ticket."""
    return {**refused(Why.TRY_LATER, lang), "again": round(AGAIN * random.uniform(0.8, 1.5))}
