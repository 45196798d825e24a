"""The tables that find who decides and who evolves: no command and no event without one."""

from __future__ import annotations

from facilitation import commands as c
from facilitation import events as e
from facilitation.decide import _DECIDES
from facilitation.evolve import _EVOLVES


def test_every_command_has_somebody_who_decides() -> None:
    assert _DECIDES.keys() == {*c.ASKS.values(), *c.HOUSE}


def test_every_event_has_somebody_who_evolves() -> None:
    assert _EVOLVES.keys() == set(e.EVENTS.values())


def test_every_event_that_is_written_is_known_by_name() -> None:
    assert set(e.EVENTS.values()) == set(e.Event.__subclasses__())
