"""What rooms talk about: a room keeps the option of a vote; here are the words of it.

Rules:
- Looked at are the votes in the open that said what people would like to talk about, those of the recipe first.
- Of several the oldest that had this option: once found, the words stay the same.
"""

from __future__ import annotations

from facilitation.composition import Made
from facilitation.polls import Poll
from facilitation.recipes import ON_WISHES
from facilitation.session import Session
from rooms.people import Text
from rooms.seating import Room


def topic_of(session: Session, room: Room, made: Made | None) -> Text:
    """The words of that room's topic; `made`: how its composition was made. Nothing where it has none."""
    if not room.topic:
        return {}
    wished_in = made.wanted.recipe.topics if made is not None else None
    asked = (poll for poll in session.polls.values() if _says_wishes(poll))
    for poll in sorted(asked, key=lambda poll: (poll.item != wished_in, poll.order)):
        for option in poll.options:
            if option.id == room.topic:
                return option.title
    return {"": room.topic}


def _says_wishes(poll: Poll) -> bool:
    return poll.opened is not None and not poll.secret and poll.method in ON_WISHES
