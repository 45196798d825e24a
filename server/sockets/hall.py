"""What the sockets need from the house behind them: whom to admit, and answers to what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import msgspec
from aiohttp import web

if TYPE_CHECKING:
    from server.sockets.connection import Connection


class Auth(msgspec.Struct, frozen=True):
    """What somebody shows at the door: exactly one of `code`, `seat` and `session`.

    With `seat` the request has an allowed Origin; its cookie is still to be looked at.
    """

    code: str | None = None
    seat: str | None = None
    session: str | None = None
    lang: str | None = None


class Seat(msgspec.Struct, frozen=True):
    """Who came in. `person` and `seat` are None for the public of a public session."""

    session: str
    person: str | None
    seat: str | None
    lang: str


class Turned(msgspec.Struct, frozen=True):
    """Turned away for good: `unknown-code`, `revoked`, `removed`, `not-public`. Told as CONNECT_ERROR."""

    reason: str


class Unavailable(Exception):
    """Raised by `admit` and `entered` for what may heal: the transport is closed, and the client comes back."""


class Hall(Protocol):
    """Implemented by the house. All calls are made on the event loop.

    For one connection: `admit`, `entered`, any number of `ask` and `all` one after the other in the order in which
    they were sent, and `left` exactly once. Asks that had arrived before the transport closed are still put to the
    hall after `left`; nobody hears the answer.
    """

    async def admit(self, auth: Auth, request: web.Request) -> Seat | Turned:
        """Who is this? Cut off after five seconds. May raise Unavailable."""
        ...

    async def entered(self, connection: Connection) -> None:
        """CONNECT has been answered: the layers are to be sent whole. Cut off after five seconds."""
        ...

    async def ask(
        self, connection: Connection, ticket: str, name: str, body: dict[str, Any], at: int
    ) -> dict[str, Any]:
        """The ack: `{"ok": version}` or `{"refused", "say"}`. `at` is the hall's time of arrival at the socket."""
        ...

    async def all(self, connection: Connection) -> dict[str, Any]:
        """Sends every layer whole, then gives the ack."""
        ...

    def left(self, connection: Connection) -> None:
        """The transport is closed, or about to be. Nothing that is sent from now on arrives."""
        ...

    def now(self) -> int:
        """Milliseconds since 1970 of the store's clock."""
        ...

    def say(self, lang: str, reason: str) -> str:
        """The sentence for `too-fast`, `too-large`, `malformed` or `broken`."""
        ...
