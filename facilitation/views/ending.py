"""What is seen of the end of a session.

- Everybody: that it is closed, what happens next (both with `session`), and what was published.
- Leads: what would be left unsettled if it ended now, and until when the end can be taken back. Nobody else.
"""

from __future__ import annotations

from facilitation.session import REOPEN_FOR
from facilitation.views.viewpoint import Part, Scene, View, Viewpoint, read
from rooms.people import Role


def _unsettled(scene: Scene, at: Viewpoint) -> View:
    if at.role is not Role.LEAD:
        return {}
    session = scene.session
    whole = (poll for poll in session.polls.values() if poll.part_of is None)
    real = (poll for poll in whole if poll.state == "open" or not poll.trial)
    polls = sorted(real, key=lambda poll: poll.order)
    named = {
        name: [read(poll.question, at.lang) for poll in polls if poll.state == state]
        for name, state in (("open", "open"), ("unpublished", "closed"), ("never", "drafted"))
    }
    counts = {
        "rooms": len(session.seating.rooms) if session.seating.stage.is_open else 0,
        "calls": len(session.helps),
        "incidents": sum(each.is_open for each in session.incidents),
    }
    return {"unsettled": named | counts}


def _ended(scene: Scene, at: Viewpoint) -> View:
    if at.role is not Role.LEAD:
        return {}
    ended = scene.session.ended
    if ended is None:
        return {"ended": None}
    return {"ended": {"by": scene.name(ended.by), "at": ended.at, "until": ended.at + REOPEN_FOR}}


PARTS = (
    Part(
        lambda scene: (scene.session.polls, scene.session.seating, scene.session.helps, scene.session.incidents),
        _unsettled,
    ),
    Part(lambda scene: (scene.session.ended, scene.cards), _ended),
)
