"""What is seen of the door.

- Leads and support: how each person stands there, once there is something to say of them: what they said in the
  guided check, whether they need help. Of all others, presence says enough.
- Oneself: what I said in the check, and what I am asked on first arrival, until I have answered.
- Nobody else: no check, no consent, and not who is on the telephone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from facilitation.check import failing
from facilitation.door import Standing, standing
from facilitation.session import Session
from facilitation.views.viewpoint import Each, Once, Part, Scene, View, Viewpoint, differing, read
from rooms.people import PersonId, Role

DESK = (Role.LEAD, Role.SUPPORT)
WELCOMED = (Role.CITIZEN, Role.GUEST)

_callers: Once[Session, frozenset[PersonId]] = Once(
    lambda session: (session.helps,), lambda session: frozenset(call.person for call in session.helps.values())
)


class Known:
    """Whoever said something in the check, or calls for help; not gathered, since there may be thousands."""

    def __init__(self, session: Session) -> None:
        self._checks = session.checks
        self._callers = _callers(session)

    def __contains__(self, key: object, /) -> bool:
        return key in self._checks or key in self._callers

    def __iter__(self) -> Iterator[str]:
        yield from self._checks
        yield from (caller for caller in self._callers if caller not in self._checks)

    def __len__(self) -> int:
        return len(self._checks) + sum(caller not in self._checks for caller in self._callers)


def _at_the_door(scene: Scene, _: Viewpoint, key: str) -> View:
    session, person = scene.session, PersonId(key)
    check = session.checks.get(person, {})
    how = standing(session, person, calls=person in _callers(session))
    step = failing(check) if how is Standing.STUCK else None
    shown: dict[str, Any] = {
        "state": how,
        "step": step,
        "what": check[step].what if step is not None else None,
        "check": {step: {"outcome": said.outcome, "what": said.what} for step, said in check.items()},
        "since": max((said.at for said in check.values()), default=None),
    }
    return {f"door.{person}": shown}


def _stirred(before: Scene, now: Scene) -> Iterator[PersonId]:
    was, now_is = before.session, now.session
    yield from differing(was.checks, now_is.checks)
    yield from differing(was.attendance.people, now_is.attendance.people)
    for call in differing(was.helps, now_is.helps):
        yield from (held[call].person for held in (was.helps, now_is.helps) if call in held)


def _welcome(scene: Scene, at: Viewpoint) -> View:
    session = scene.session
    text = session.programme.consent
    if not text or at.role not in WELCOMED or at.person in session.consents:
        return {"me.welcome": None}
    return {"me.welcome": {"text": read(text, at.lang)}}


def _my_check(scene: Scene, at: Viewpoint) -> View:
    check = scene.session.checks.get(at.person or PersonId(""), {})
    return {"me.check": {step: msgspec.to_builtins(said) for step, said in check.items()}}


SESSION_PARTS = (
    Each(
        rests=lambda _: (),
        keys=lambda scene, at: Known(scene.session) if at.role in DESK else (),
        stale=_stirred,
        shows=_at_the_door,
    ),
)
MINE_PARTS = (
    Part(
        lambda scene: (scene.session.consents, scene.session.programme),
        _welcome,
        lambda scene, at: (scene.session.consents.get(at.person or PersonId("")), scene.session.programme),
        lambda before, now: set(differing(before.session.consents, now.session.consents)),
    ),
    Part(
        lambda scene: (scene.session.checks,),
        _my_check,
        lambda scene, at: (scene.session.checks.get(at.person or PersonId("")),),
        lambda before, now: set(differing(before.session.checks, now.session.checks)),
    ),
)
