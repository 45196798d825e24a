"""The outbox: shows each audience what changed, computed once and encoded once for all who share it.

Rules:
- Quiet for 100 ms: shown at once. Otherwise at the end of the pause; two patches added up are one patch.
- What only counts people reaches everybody but staff at most once a second, who voted in secret every two seconds.
- A newcomer, or whoever moved or changed language, is sent the layer whole, as the audience last saw it.
- No patch of a layer precedes its whole.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from facilitation.views.layers import MINE, PARTS, Audience, is_count, layers_of
from facilitation.views.viewpoint import Each, Part, Scene, Viewpoint
from rooms.people import PersonId, PollId
from server.audience import Differences, Group, Sink, differ
from server.sockets.frames import Frame

PAUSE = 0.1
COUNTS_PAUSE = 1.0
SECRET_PAUSE = 2.0


class Outbox:
    """All audiences of one session in this process."""

    def __init__(self, scene: Scene, epoch: str) -> None:
        self._scene = scene
        self._epoch = epoch
        self._groups: dict[Audience, Group] = {}
        self._listeners: dict[Sink, tuple[Viewpoint, dict[str, Audience]]] = {}
        self._flushed = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._moved_by: tuple[Any, ...] = ()
        self._keyed: defaultdict[tuple[str, Any], dict[Group, None]] = defaultdict(dict)
        self._looked_at = scene
        self._rests = _rests(scene)
        self._differences = Differences()
        self._held_back: dict[Group, None] = {}
        self._leaving: list[tuple[Group, Frame]] = []
        self.patches = 0

    def listen(self, at: Viewpoint, sink: Sink) -> list[Frame]:
        """From now on this sink gets the patches of these layers; returns them whole, to be sent first."""
        if asyncio.get_running_loop().time() >= self._flushed + PAUSE:
            self.flush()  # else what they are sent is what the audience was last shown, and the rest comes to all
        self.unlisten(sink)
        audiences = layers_of(at)
        self._listeners[sink] = (at, audiences)
        return [self._join(layer, audience, at, sink) for layer, audience in audiences.items()]

    def unlisten(self, sink: Sink) -> None:
        _, audiences = self._listeners.pop(sink, (None, {}))
        for audience in audiences.values():
            self._part(audience, sink)

    def whole(self, sink: Sink) -> list[Frame]:
        """Everything that this sink may see, up to now."""
        self.flush(counts=True)
        if sink not in self._listeners:
            return []
        _, audiences = self._listeners[sink]
        return [self._groups[audience].whole() for audience in audiences.values()]

    def peek(self, at: Viewpoint) -> dict[str, dict[str, Any]]:
        """The layers of a viewpoint, whole and up to now, for somebody who only looks once."""
        self.flush(counts=True)
        wholes = {}
        for layer, audience in layers_of(at).items():
            group = self._groups.get(audience) or Group(layer, at, self._scene, self._epoch)
            wholes[layer] = dict(group.whole().body)
        return wholes

    def show(self, scene: Scene) -> None:
        """The session has changed."""
        self._scene = scene
        loop = asyncio.get_running_loop()
        due = self._flushed + PAUSE
        if due <= loop.time():
            self.flush()
        elif self._timer is None or self._timer.when() > due:
            self._wake_at(due)

    def begin_again(self, scene: Scene, epoch: str) -> None:
        """The store lost its tail: everybody is sent what holds now, whole, under the new epoch."""
        self._scene, self._epoch = scene, epoch
        listening = [(sink, at) for sink, (at, _) in self._listeners.items()]
        self._groups, self._listeners, self._held_back = {}, {}, {}
        self._keyed.clear()
        for sink, at in listening:
            now = at if at.person is None else viewpoint_of(scene, at.person, at.lang)
            for frame in self.listen(now, sink):
                sink.send(frame)

    def flush(self, *, counts: bool = False) -> None:
        """Show what changed; counts only if it is time, or if asked for."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        loop = asyncio.get_running_loop()
        now = self._flushed = loop.time()
        self._follow_moves()
        stirred = self._stirred()
        self._differences = Differences()
        groups = self._groups_for(stirred)
        self._looked_at = self._scene
        later = [self._flush(group, now, counts, stirred[group.layer]) for group in groups]
        self._send()
        wait = min((each for each in later if each is not None), default=None)
        if wait is not None:
            self._wake_at(now + max(wait, PAUSE))

    def close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _wake_at(self, due: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_at(due, self._due)

    def _due(self) -> None:
        self._timer = None
        self.flush()

    def _stirred(self) -> dict[str, list[int]]:
        """The places of the parts in each layer that may have changed for anybody since the last time."""
        before, self._rests = self._rests, _rests(self._scene)
        return {
            layer: [
                place
                for place, (part, rests) in enumerate(zip(PARTS[layer], now, strict=True))
                if isinstance(part, Each) or differ(rests, before[layer][place])
            ]
            for layer, now in self._rests.items()
        }

    def _groups_for(self, stirred: dict[str, list[int]]) -> list[Group]:
        """Those for whom something may have changed: where the stirred parts know whom they touched, only these."""
        found = dict.fromkeys(self._held_back)
        for layer, places in stirred.items():
            touched = _touched([PARTS[layer][place] for place in places], self._looked_at, self._scene)
            if touched is None:
                found.update((group, None) for group in self._groups.values() if group.layer == layer)
            else:
                for key in touched:
                    found.update(self._keyed.get((layer, key), {}))
        return list(found)

    def _flush(self, group: Group, now: float, counts: bool, stirred: Iterable[int]) -> float | None:
        """Shows this audience its changes; returns in how many seconds to look again, if they wait."""
        if not group.look(self._scene, self._differences, stirred):
            return None
        self._held_back.pop(group, None)
        put, drop = group.changes()
        if not put and not drop:
            return None
        only_counts = not drop and all(is_count(path) for path in put)
        if only_counts and not counts and not group.at.role.is_staff and group.layer != MINE:
            wait = group.counted + self._pause(put) - now
            if wait > 0:
                self._held_back[group] = None
                group.keep_back()
                return wait
        group.counted = now
        frame = group.patch(put, drop, self._scene.session.version)
        self._leaving.append((group, frame))
        return None

    def _pause(self, paths: Iterable[str]) -> float:
        polls = self._scene.session.polls
        counted = (polls.get(PollId(path.split(".")[1])) for path in paths if path.startswith("polls."))
        return SECRET_PAUSE if any(poll is not None and poll.secret for poll in counted) else COUNTS_PAUSE

    def _send(self) -> None:
        """To each sink all that is for it, in one write where that can be."""
        leaving, self._leaving = self._leaving, []
        self.patches += sum(len(group.sinks) for group, _ in leaving)
        if len(leaving) == 1:
            group, frame = leaving[0]
            for sink in tuple(group.sinks):
                sink.send(frame)
            return
        theirs: dict[Sink, list[Frame]] = {}
        for group, frame in leaving:
            for sink in group.sinks:
                theirs.setdefault(sink, []).append(frame)
        for sink, frames in theirs.items():
            sink.send_all(frames)

    def _follow_moves(self) -> None:
        """Whoever is in another room, or reads another language, gets the layers concerned whole."""
        session = self._scene.session
        grounds = (session.seating, session.people, session.conduct, session.belongs)
        if all(new is old for new, old in zip(grounds, self._moved_by, strict=False)) and self._moved_by:
            return
        self._moved_by = grounds
        for sink, (at, _) in tuple(self._listeners.items()):
            if at.person is None:
                continue
            now = viewpoint_of(self._scene, at.person, at.lang)
            if now != at:
                self._move(sink, now)

    def _move(self, sink: Sink, at: Viewpoint) -> None:
        _, before = self._listeners[sink]
        audiences = layers_of(at)
        self._listeners[sink] = (at, audiences)
        for audience in set(before.values()) - set(audiences.values()):
            self._part(audience, sink)
        for layer, audience in audiences.items():
            if audience not in before.values():
                sink.send(self._join(layer, audience, at, sink))

    def _join(self, layer: str, audience: Audience, at: Viewpoint, sink: Sink) -> Frame:
        group = self._groups.get(audience)
        if group is None:
            group = self._groups[audience] = Group(layer, at, self._scene, self._epoch)
            self._keyed[layer, audience[-1]][group] = None
        group.sinks.add(sink)
        return group.whole()

    def _part(self, audience: Audience, sink: Sink) -> None:
        group = self._groups.get(audience)
        if group is None:
            return
        group.sinks.discard(sink)
        if not group.sinks:
            del self._groups[audience]
            del self._keyed[group.layer, audience[-1]][group]
            self._held_back.pop(group, None)


def _rests(scene: Scene) -> dict[str, list[tuple[object, ...]]]:
    return {layer: [part.rests(scene) for part in parts] for layer, parts in PARTS.items()}


def _touched(parts: list[Part | Each], before: Scene, now: Scene) -> set[str] | None:
    touched: set[str] = set()
    for part in parts:
        keys = part.touched(before, now) if isinstance(part, Part) and part.touched is not None else None
        if keys is None:
            return None
        touched.update(keys)
    return touched


def viewpoint_of(scene: Scene, person: PersonId, lang: str) -> Viewpoint:
    """From where that person looks now; the language they chose goes before the one of their browser."""
    session = scene.session
    who = session.people[person]
    return Viewpoint(who.role, who.language or lang, session.where(person), person)
