"""What events change: somebody who disturbs."""

from __future__ import annotations

import msgspec

from facilitation import events as e
from facilitation import incidents
from facilitation.conduct import CALL, INCIDENTS, Conduct, Exclusion, Measure, Sent, without
from facilitation.evolve_door import telephone_ref
from facilitation.incident import Incident
from facilitation.session import Help, Session, with_
from rooms import floor as floors
from rooms import presence
from rooms.people import PersonId, Role, Text


def evolve_conduct(session: Session, event: e.Event, who: str, at: int) -> Session:
    match event:
        case e.PersonPaused(person, reason, ready):
            paused = {**session.conduct.paused, person: Measure(reason, ready, at, who)}
            session = _opened(session, "pause", person, reason, who, at)
            return _changed(_off_the_floor(session, person, at), paused=paused)
        case e.PauseEnded(person):
            session = incidents.settled(session, _ref("pause", person), who, at, "pause-ended")
            return _changed(session, paused=without(session.conduct.paused, person))
        case e.SentToLobby(person, reason, ready):
            return _sent(session, person, Measure(reason, ready, at, who))
        case e.ReturnedFromLobby(person):
            return _back(session, person, who, at)
        case e.ExclusionAsked(person, reason, ready):
            session = _opened(session, "exclude", person, reason, who, at)
            exclusion = Exclusion(Measure(reason, ready, at, who))
            return _changed(session, exclusions={**session.conduct.exclusions, person: exclusion})
        case e.PersonExcluded(person):
            session = incidents.settled(session, _ref("exclude", person), who, at, "confirmed")
            asked = session.conduct.exclusions[person]
            confirmed = msgspec.structs.replace(asked, confirmed=who, since=at)
            return _changed(session, exclusions={**session.conduct.exclusions, person: confirmed})
        case e.PersonIncluded(person):
            session = incidents.settled(session, _ref("exclude", person), who, at, "given-up")
            return _changed(session, exclusions=without(session.conduct.exclusions, person))
    return _removing(session, event, who, at)


def _removing(session: Session, event: e.Event, who: str, at: int) -> Session:
    match event:
        case e.PersonRemoved(person, reason, ready):
            session = _off_the_floor(_opened(session, "remove", person, reason, who, at), person, at)
            session = incidents.settled(session, telephone_ref(person), who, at, "hung-up")
            session = with_(session, attendance=presence.removed(session.attendance, person))
            return _changed(session, removed={**session.conduct.removed, person: Measure(reason, ready, at, who)})
        case e.PersonRestored(person):
            session = incidents.settled(session, _ref("remove", person), who, at, "let-back-in")
            session = with_(session, attendance=presence.back(session.attendance, person))
            return _changed(session, removed=without(session.conduct.removed, person))
    raise AssertionError(type(event).__name__)


def _sent(session: Session, person: PersonId, why: Measure) -> Session:
    """Into the lobby; support is called, unless it is support that sent them."""
    room, number = session.where(person), session.helped + 1
    session = _opened(session, "lobby", person, why.reason, why.by, why.at)
    session = _off_the_floor(session, person, why.at)
    open_call = next((each.id for each in session.helps.values() if each.person == person and each.kind == CALL), None)
    if open_call is None:
        sender = session.people.get(PersonId(why.by))
        owner = sender.id if sender is not None and sender.role is Role.SUPPORT else None
        call = Help(f"h{number}", person, room, CALL, _words(why.reason), why.at, owner)
        session = with_(session, helps={**session.helps, call.id: call}, helped=number)
        open_call = call.id
    return _changed(session, lobby={**session.conduct.lobby, person: Sent(why, room, open_call)})


def _back(session: Session, person: PersonId, who: str, at: int) -> Session:
    sent = session.conduct.lobby.get(person)
    session = incidents.settled(session, _ref("lobby", person), who, at, "let-back-in")
    if sent is not None and sent.call in session.helps:
        session = with_(session, helps={key: each for key, each in session.helps.items() if key != sent.call})
    return _changed(session, lobby=without(session.conduct.lobby, person))


def _off_the_floor(session: Session, person: PersonId, at: int) -> Session:
    """Their hand is down and their turn is over, wherever they are."""
    room = session.where(person)
    before = session.floor(room)
    after = floors.without(before, person, at)
    return session if after is before else with_(session, floors={**session.floors, room: after})


def _changed(session: Session, **changes: object) -> Session:
    conduct: Conduct = msgspec.structs.replace(session.conduct, **changes)
    return with_(session, conduct=conduct)


def _opened(session: Session, what: str, person: PersonId, reason: Text, who: str, at: int) -> Session:  # noqa: PLR0917
    room = session.where(person)
    return incidents.opened(
        session, Incident(_ref(what, person), INCIDENTS[what], at, who, room=room, person=person, about=_words(reason))
    )


def _ref(what: str, person: PersonId) -> str:
    return f"{what}-{person}"


def _words(reason: Text) -> str | None:
    return next(iter(reason.values()), None)
