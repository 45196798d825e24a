"""Events of the help desk."""

from __future__ import annotations

from facilitation.events.base import Event
from rooms.people import RoomId


class HelpCalled(Event, frozen=True):
    """Somebody asks the team for help."""

    id: str
    kind: str
    room: RoomId
    text: str | None = None
    whole_room: bool = False


class HelpTaken(Event, frozen=True):
    """A member of staff takes care of the call."""

    help: str


class HelpSettled(Event, frozen=True):
    """The call is settled."""

    help: str
    outcome: str | None = None


HELP_EVENTS: tuple[type[Event], ...] = (
    HelpCalled,
    HelpTaken,
    HelpSettled,
)
