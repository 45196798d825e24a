"""Commands: what somebody may ask, each with its name on the wire and the shape of its body; a file for each kind.

Here every command is known by its name, so that `commands as c` is all that is needed to read `c.OpenRooms`.
"""
# ruff: noqa: F403, F405 - gathers what its files define

from __future__ import annotations

from facilitation.commands.agenda import *
from facilitation.commands.base import *
from facilitation.commands.breaks import *
from facilitation.commands.composing import *
from facilitation.commands.conduct import *
from facilitation.commands.door import *
from facilitation.commands.draws import *
from facilitation.commands.floor import *
from facilitation.commands.help import *
from facilitation.commands.house import *
from facilitation.commands.interpreters import *
from facilitation.commands.people import *
from facilitation.commands.polls import *
from facilitation.commands.ready import *
from facilitation.commands.roles import *
from facilitation.commands.rooms import *
from facilitation.commands.session import *
from facilitation.commands.team import *

ASKS: dict[str, type[Command]] = {
    **SESSION_ASKS,
    **AGENDA_ASKS,
    **ROOMS_ASKS,
    **COMPOSING_ASKS,
    **HELP_ASKS,
    **FLOOR_ASKS,
    **POLLS_ASKS,
    **PEOPLE_ASKS,
    **DOOR_ASKS,
    **INTERPRETERS_ASKS,
    **CONDUCT_ASKS,
    **ROLES_ASKS,
    **TEAM_ASKS,
    **READY_ASKS,
    **BREAKS_ASKS,
    **DRAWS_ASKS,
}
"""Every ask by its name on the wire."""

NAMES: dict[type[Command], str] = {command: name for name, command in ASKS.items()}
