"""The outbox: shows each audience what changed, computed once and encoded once for all who share it.

Rules:
- Quiet for 100 ms: shown at once. Otherwise at the end of the pause; two patches added up are one patch.
- What only counts people reaches everybody but staff at most once a second.
- A newcomer, or whoever moved or changed language, is sent the layer whole, as the audience last saw it.
- No patch of a layer precedes its whole.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from operator import is_not
from typing import Any, Protocol

from facilitation.views.layers import MINE, PARTS, Audience, is_count, layers_of
from facilitation.views.viewpoint import Each, Part, Scene, View, Viewpoint
from rooms.people import PersonId
from server.sockets.frames import Frame
from web.words import dress

PAUSE = 0.1
COUNTS_PAUSE = 1.0
_NOTHING = object()


class Sink(Protocol):
    """Where patches go: a connection, or a stream of server-sent events."""

    def send(self, frame: Frame) -> None: ...


class Whole:
    """A part that is made as one piece."""

    def __init__(self, part: Part, at: Viewpoint, scene: Scene) -> None:
        self._part = part
        self._at = at
        self._grounds = self._grounds_in(scene)
        self.view = dress(part.shows(scene, at), at.lang)

    def look(self, scene: Scene) -> bool:
        """Makes it afresh if its grounds are others, and says so."""
        grounds = self._grounds_in(scene)
        if not _differ(grounds, self._grounds):
            return False
        self._grounds = grounds
        self.view = dress(self._part.shows(scene, self._at), self._at.lang)
        return True

    def _grounds_in(self, scene: Scene) -> tuple[object, ...]:
        return self._part.rests(scene) if self._part.needs is None else self._part.needs(scene, self._at)


class Pieces:
    """A part that is made piece by piece."""

    def __init__(self, part: Each, at: Viewpoint, scene: Scene) -> None:
        self.view: View = {}
        self._part = part
        self._at = at
        self._scene = scene
        self._rests: tuple[object, ...] = ()
        self._pieces: dict[str, View] = {}
        self._make_all(scene)

    def look(self, scene: Scene) -> bool:
        """Makes afresh the pieces whose grounds are others, and says whether there were any."""
        before, self._scene = self._scene, scene
        if _differ(self._part.rests(scene), self._rests):
            self._make_all(scene)
            return True
        keys = self._part.keys(scene, self._at)
        stale = self._part.stale(before, scene) if keys or self._pieces else ()
        fresh = {key: self._make(scene, key) if key in keys else {} for key in stale}
        if not fresh:
            return False
        gone = {path for key, piece in fresh.items() for path in self._pieces.get(key, ()) if path not in piece}
        self._pieces |= fresh
        kept = {path: value for path, value in self.view.items() if path not in gone} if gone else self.view
        self.view = kept | {path: value for piece in fresh.values() for path, value in piece.items()}
        return True

    def _make_all(self, scene: Scene) -> None:
        self._scene = scene
        self._rests = self._part.rests(scene)
        self._pieces = {key: self._make(scene, key) for key in self._part.keys(scene, self._at)}
        self.view = {path: value for piece in self._pieces.values() for path, value in piece.items()}

    def _make(self, scene: Scene, key: str) -> View:
        return dress(self._part.shows(scene, self._at, key), self._at.lang)


def _differ(new: tuple[object, ...], old: tuple[object, ...]) -> bool:
    return len(new) != len(old) or any(map(is_not, new, old))


class Group:
    """An audience: who shares a layer, and what they were last shown of it."""

    def __init__(self, layer: str, at: Viewpoint, scene: Scene, epoch: str) -> None:
        self.layer = layer
        self.at = at
        self.sinks: set[Sink] = set()
        self.version = scene.session.version
        self.counted = 0.0
        self._epoch = epoch
        self._parts = [
            Whole(part, at, scene) if isinstance(part, Part) else Pieces(part, at, scene) for part in PARTS[layer]
        ]
        self._shown: list[View] = [part.view for part in self._parts]
        self._fresh = False
        self._whole: Frame | None = None

    def look(self, scene: Scene, stirred: Iterable[int] | None = None) -> bool:
        """Make afresh the parts whose grounds changed; `stirred` are the places of those that may have.

        Returns whether anything was made that was not shown yet.
        """
        for place in range(len(self._parts)) if stirred is None else stirred:
            if self._parts[place].look(scene):
                self._fresh = True
        return self._fresh

    def changes(self) -> tuple[View, list[str]]:
        """What was not shown yet: paths to put, paths to drop."""
        self._fresh = False
        put: View = {}
        drop: list[str] = []
        for shown, part in zip(self._shown, self._parts, strict=True):
            fresh = part.view
            if shown is fresh:
                continue
            for path, value in fresh.items():
                was = shown.get(path, _NOTHING)
                if was is not value and was != value:
                    put[path] = value
            drop += [path for path in shown if path not in fresh]
        return put, drop

    def keep_back(self) -> None:
        """These changes are for later."""
        self._fresh = True

    def patch(self, put: View, drop: list[str], version: int) -> Frame:
        """These changes, shown from now on."""
        since, self.version = self.version, version
        self._shown = [part.view for part in self._parts]
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
        self._rests = _rests(scene)
        self._summed = 0.0
        self._held_back: set[Group] = set()
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
        self._groups, self._listeners, self._held_back = {}, {}, set()
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
        sums_wait = 0.0 if counts else self._summed + COUNTS_PAUSE - now
        stirred, sums_changed = self._stirred(sums=sums_wait <= 0)
        if sums_wait <= 0:
            self._summed = now
        later = [
            self._flush(group, now, counts, stirred[group.layer])
            for group in tuple(self._groups.values())
            if stirred[group.layer] or group in self._held_back
        ]
        if sums_changed:
            later.append(sums_wait)
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

    def _stirred(self, *, sums: bool) -> tuple[dict[str, list[int]], bool]:
        """The places of the parts in each layer that may have changed for anybody since the last time.

        Without `sums`, parts that sum up everybody wait, and whether any of them changed is told beside it.
        """
        stirred: dict[str, list[int]] = {layer: [] for layer in PARTS}
        waits = False
        for layer, rests in _rests(self._scene).items():
            for place, (part, now) in enumerate(zip(PARTS[layer], rests, strict=True)):
                changed = isinstance(part, Each) or _differ(now, self._rests[layer][place])
                if changed and isinstance(part, Part) and part.sums and not sums:
                    waits = True
                elif changed:
                    stirred[layer].append(place)
                    self._rests[layer][place] = now
        return stirred, waits

    def _flush(self, group: Group, now: float, counts: bool, stirred: Iterable[int] | None = None) -> float | None:
        """Shows this audience its changes; returns in how many seconds to look again, if they wait."""
        if not group.look(self._scene, stirred):
            return None
        self._held_back.discard(group)
        put, drop = group.changes()
        if not put and not drop:
            return None
        only_counts = not drop and all(is_count(path) for path in put)
        if only_counts and not counts and not group.at.role.is_staff and group.layer != MINE:
            wait = group.counted + COUNTS_PAUSE - now
            if wait > 0:
                self._held_back.add(group)
                group.keep_back()
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
            self._held_back.discard(group)


def _rests(scene: Scene) -> dict[str, list[tuple[object, ...]]]:
    return {layer: [part.rests(scene) for part in parts] for layer, parts in PARTS.items()}


def viewpoint_of(scene: Scene, person: PersonId, lang: str) -> Viewpoint:
    """From where that person looks now; the language they chose goes before the one of their browser."""
    session = scene.session
    who = session.people[person]
    return Viewpoint(who.role, who.language or lang, session.where(person), person)
