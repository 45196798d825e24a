"""Commands about the session itself."""

from __future__ import annotations

from facilitation.commands.base import Command, FromSeen


class StartSession(FromSeen, frozen=True):
    """Lobby to live; the first item is put on the table."""


class PauseSession(FromSeen, frozen=True):
    """Stop the item's clock."""


class ResumeSession(FromSeen, frozen=True):
    """Let the item's clock go on where it stopped."""


class CloseSession(FromSeen, frozen=True):
    """End the session; for ten minutes it can be reopened."""


class ReopenSession(FromSeen, frozen=True):
    """Take the end of the session back, within ten minutes."""


SESSION_ASKS: dict[str, type[Command]] = {
    "session.start": StartSession,
    "session.pause": PauseSession,
    "session.resume": ResumeSession,
    "session.close": CloseSession,
    "session.reopen": ReopenSession,
}
