"""Events of draws by lot."""

from __future__ import annotations

from facilitation.events.base import Event
from rooms.lot.page import Page
from rooms.lot.panels import Lack
from rooms.people import ItemId, PersonId


class DrawOpened(Event, frozen=True):
    """People are asked whether they would like to stand."""

    draw: ItemId


class Volunteered(Event, frozen=True):
    """Somebody would like to stand, or would rather not."""

    draw: ItemId
    person: PersonId
    yes: bool


class DrawClosed(Event, frozen=True):
    """These stand, and nobody else; the list is made of them."""

    draw: ItemId
    standing: tuple[PersonId, ...]


class DrawListed(Event, frozen=True):
    """The list, in its order, with its hash and for quotas its panels; without names."""

    draw: ItemId
    people: tuple[PersonId, ...]
    page: Page


class DrawImpossible(Event, frozen=True):
    """No panel of these people keeps the quotas."""

    draw: ItemId
    lacks: tuple[Lack, ...]


class NumberDrawn(Event, frozen=True):
    """That number was drawn in public; its digits, with zeros in front."""

    draw: ItemId
    number: str


class SeatDeclined(Event, frozen=True):
    """Somebody who was drawn, or waits as a substitute, said no."""

    draw: ItemId
    person: PersonId


class DrawVoided(Event, frozen=True):
    """That draw does not count."""

    draw: ItemId
    reason: str


DRAWS_EVENTS: tuple[type[Event], ...] = (
    DrawOpened,
    Volunteered,
    DrawClosed,
    DrawListed,
    DrawImpossible,
    NumberDrawn,
    SeatDeclined,
    DrawVoided,
)
