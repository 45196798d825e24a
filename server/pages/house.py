"""What the pages need from the house behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from aiohttp import web

from facilitation.programme import Programme
from facilitation.session import Session
from facilitation.views.viewpoint import Viewpoint
from rooms.people import Card, PersonId
from server.codes import Codes
from server.invited import Invited
from server.journal import Journal
from server.settings import Settings
from server.sockets.frames import Frame
from server.sockets.gate import Gate


class MadeLink(Protocol):
    """A link whose code is known only now."""

    @property
    def person(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def code(self) -> str: ...


class Created(Protocol):
    @property
    def session(self) -> str: ...
    @property
    def links(self) -> Sequence[MadeLink]: ...


class Sink(Protocol):
    """Somebody who listens to a session."""

    def send(self, frame: Frame) -> None: ...


class Clerk(Protocol):
    @property
    def session(self) -> Session: ...
    @property
    def cards(self) -> Mapping[PersonId, Card]: ...
    @property
    def version(self) -> int: ...
    @property
    def epoch(self) -> str: ...
    async def ask(
        self, who: str, ticket: str | None, name: str, body: dict[str, Any], at: int, lang: str
    ) -> dict[str, Any]: ...
    def layers(self, viewpoint: Viewpoint) -> dict[str, dict[str, Any]]: ...
    def listen(self, viewpoint: Viewpoint, sink: Sink) -> Sequence[Frame]: ...
    def unlisten(self, sink: Sink) -> None: ...


class House(Protocol):
    """Implemented by `server.house`."""

    @property
    def settings(self) -> Settings: ...
    @property
    def journal(self) -> Journal: ...
    @property
    def codes(self) -> Codes: ...
    @property
    def organiser_key(self) -> str: ...
    async def create(self, programme: Programme, people: Sequence[Invited]) -> Created: ...
    async def clerk(self, session: str) -> Clerk: ...
    async def relink(self, session: str, person: str) -> MadeLink: ...
    def now(self) -> int: ...


HOUSE: web.AppKey[House] = web.AppKey("house")
GATE: web.AppKey[Gate] = web.AppKey("gate", Gate)
