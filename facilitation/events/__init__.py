"""Events: what happened, in the past tense. They are the journal; old ones must stay readable. A file for each kind.

Who did it, when and under which ticket is said by the entry around an event.
"""
# ruff: noqa: F403, F405 - gathers what its files define

from __future__ import annotations

from facilitation.events.base import *
from facilitation.events.breaks import *
from facilitation.events.composing import *
from facilitation.events.conduct import *
from facilitation.events.door import *
from facilitation.events.draws import *
from facilitation.events.floor import *
from facilitation.events.help import *
from facilitation.events.interpreters import *
from facilitation.events.people import *
from facilitation.events.polls import *
from facilitation.events.ready import *
from facilitation.events.roles import *
from facilitation.events.rooms import *
from facilitation.events.session import *
from facilitation.events.team import *

EVENTS: dict[str, type[Event]] = {
    event.__name__: event
    for kind in (
        SESSION_EVENTS,
        PEOPLE_EVENTS,
        ROOMS_EVENTS,
        COMPOSING_EVENTS,
        HELP_EVENTS,
        FLOOR_EVENTS,
        POLLS_EVENTS,
        DOOR_EVENTS,
        INTERPRETERS_EVENTS,
        CONDUCT_EVENTS,
        ROLES_EVENTS,
        TEAM_EVENTS,
        READY_EVENTS,
        BREAKS_EVENTS,
        DRAWS_EVENTS,
    )
    for event in kind
}
"""Every event by its name in the journal."""
