"""The directory: how one person's line is changed, so that nothing which others change in it meanwhile is lost."""

from __future__ import annotations

from collections.abc import Callable

from facilitation import events as e
from facilitation.asked import Asked
from rooms.people import PersonId
from server.clerk import Clerk
from server.journal import Journal, JournalDown, Row

TRIES = 5


async def change_row(  # noqa: PLR0917 - where, who asks, whose line, what becomes of it, and what is told of it
    journal: Journal,
    clerk: Clerk,
    asked: Asked,
    person: str,
    change: Callable[[Row], Row],
    told: Callable[[PersonId], e.Event] = e.PersonChanged,
) -> int:
    """Changes the line and tells so, in one step; the version. Raises LookupError, JournalDown if it was not kept."""
    for _ in range(TRIES):
        since = clerk.version
        row = next((row for row in await journal.rows(clerk.session.id) if row.person == person), None)
        if row is None:
            raise LookupError(person)
        ack = await clerk.put(asked, None, rows=(change(row),), events=(told(PersonId(person)),), since=since)
        if "ok" in ack:
            return int(ack["ok"])
        if clerk.session.changed.get(PersonId(person), 0) <= since:
            break  # nobody was faster: it cannot be kept just now
    raise JournalDown("the change was not kept")
