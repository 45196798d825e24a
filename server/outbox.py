"""The outbox: shows each audience what changed, computed once and encoded once for all who share it.

Rules:
- Quiet for 100 ms: shown at once. Otherwise at the end of the pause; two patches added up are one patch.
- What only counts people reaches everybody but staff at most once a second.
- A newcomer, or whoever moved or changed language, is sent the layer whole, as the audience last saw it.
- No patch of a layer precedes its whole.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any, Protocol

from facilitation.views.layers import MINE, PARTS, Audience, is_count, layers_of
from facilitation.views.viewpoint import Scene, View, Viewpoint
from rooms.people import PersonId
from server.sockets.frames import Frame
from web.words import dress

PAUSE = 0.1
COUNTS_PAUSE = 1.0


class Sink(Protocol):
    """Where patches go: a connection, or a stream of server-sent events."""

    def send(self, frame: Frame) -> None: ...


class Group:
    """An audience: who shares a layer, and what they were last shown of it."""

    def __init__(self, layer: str, at: Viewpoint, scene: Scene, epoch: str) -> None:
        self.layer = layer
        self.at = at
        self.sinks: set[Sink] = set()
        self.version = scene.session.version
        self.counted = 0.0
        self._epoch = epoch
        self._parts = PARTS[layer]
        self._needs = [part.needs(scene, at) for part in self._parts]
        self._views = [dress(part.shows(scene, at), at.lang) for part in self._parts]
        self._shown: list[View] = list(self._views)
        self._whole: Frame | None = None

    def look(self, scene: Scene) -> None:
        """Make afresh the parts whose grounds changed."""
        for index, part in enumerate(self._parts):
            needs = part.needs(scene, self.at)
            if any(new is not old for new, old in zip(needs, self._needs[index], strict=True)):
                self._needs[index] = needs
                self._views[index] = dress(part.shows(scene, self.at), self.at.lang)

    def changes(self) -> tuple[View, list[str]]:
        """What was not shown yet: paths to put, paths to drop."""
        put: View = {}
        drop: list[str] = []
        for shown, fresh in zip(self._shown, self._views, strict=True):
            if shown is fresh:
                continue
            put |= {path: value for path, value in fresh.items() if path not in shown or shown[path] != value}
            drop += [path for path in shown if path not in fresh]
        return put, drop

    def patch(self, put: View, drop: list[str], version: int) -> Frame:
        """These changes, shown from now on."""
        since, self.version = self.version, version
        self._shown = list(self._views)
        self._whole = None
        return Frame("patch", {"layer": self.layer, "since": since, "version": version, "put": put, "drop": drop})

    def whole(self) -> Frame:
        """The layer as it was last shown, the same bytes for everybody."""
        if self._whole is None:
            put = {path: value for view in self._shown for path, value in view.items()}
            body = {"layer": self.layer, "since": 0, "version": self.version, "put": put, "drop": []}
            self._whole = Frame("patch", {**body, "epoch": self._epoch})
        return self._whole


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
        self.patches = 0

    def listen(self, at: Viewpoint, sink: Sink) -> list[Frame]:
        """From now on this sink gets the patches of these layers; returns them whole, to be sent first."""
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
        self._groups, self._listeners = {}, {}
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
        later = [self._flush(group, now, counts) for group in tuple(self._groups.values())]
        wait = min((each for each in later if each is not None), default=None)
        if wait is not None:
            self._wake_at(now + max(wait, PAUSE))

    def close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def viewpoints(self) -> Iterator[Viewpoint]:
        return (at for at, _ in self._listeners.values())

    def _wake_at(self, due: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_at(due, self._due)

    def _due(self) -> None:
        self._timer = None
        self.flush()

    def _flush(self, group: Group, now: float, counts: bool) -> float | None:
        """Shows this audience its changes; returns in how many seconds to look again, if they wait."""
        group.look(self._scene)
        put, drop = group.changes()
        if not put and not drop:
            return None
        only_counts = not drop and all(is_count(path) for path in put)
        if only_counts and not counts and not group.at.role.is_staff and group.layer != MINE:
            wait = group.counted + COUNTS_PAUSE - now
            if wait > 0:
                return wait
        group.counted = now
        frame = group.patch(put, drop, self._scene.session.version)
        for sink in tuple(group.sinks):
            sink.send(frame)
        self.patches += len(group.sinks)
        return None

    def _follow_moves(self) -> None:
        """Whoever is in another room, or reads another language, gets the layers concerned whole."""
        session = self._scene.session
        grounds = (session.seating, session.people)
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
        else:
            self._flush(group, asyncio.get_running_loop().time(), counts=layer == MINE)
        group.sinks.add(sink)
        return group.whole()

    def _part(self, audience: Audience, sink: Sink) -> None:
        group = self._groups.get(audience)
        if group is None:
            return
        group.sinks.discard(sink)
        if not group.sinks:
            del self._groups[audience]


def viewpoint_of(scene: Scene, person: PersonId, lang: str) -> Viewpoint:
    """From where that person looks now; the language they chose goes before the one of their browser."""
    session = scene.session
    who = session.people[person]
    return Viewpoint(who.role, who.language or lang, session.where(person), person)
