"""An audience: those who share a layer, and what they were last shown of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import is_not
from typing import Protocol

from facilitation.views.layers import MINE, PARTS
from facilitation.views.viewpoint import Each, Part, Scene, View, Viewpoint
from server.sockets.frames import Frame
from web.words import dress

_NOTHING = object()


class Sink(Protocol):
    """Where patches go: a connection, or a stream of server-sent events."""

    @property
    def send(self) -> Callable[[Frame], None]: ...
    def send_all(self, frames: Sequence[Frame]) -> None: ...


class Differences:
    """What differs between two scenes, found once for all audiences that go from the one to the other."""

    def __init__(self) -> None:
        self._found: list[tuple[Each, Scene, Scene, list[str]]] = []

    def of(self, part: Each, before: Scene, now: Scene) -> list[str]:
        """The keys of the pieces that may be others."""
        for known, was, is_now, keys in self._found:
            if known is part and was is before and is_now is now:
                return keys
        keys = list(dict.fromkeys(part.stale(before, now)))
        self._found.append((part, before, now, keys))
        return keys


class Whole:
    """A part that is made as one piece."""

    __slots__ = ("_at", "_grounds", "_part", "view")

    def __init__(self, part: Part, at: Viewpoint, scene: Scene) -> None:
        self._part = part
        self._at = at
        self._grounds = self._grounds_in(scene)
        self.view = dress(part.shows(scene, at), at.lang)

    def look(self, scene: Scene, _: Differences) -> bool:
        """Makes it afresh if its grounds are others, and says so."""
        grounds = self._grounds_in(scene)
        if not differ(grounds, self._grounds):
            return False
        self._grounds = grounds
        self.view = dress(self._part.shows(scene, self._at), self._at.lang)
        return True

    def _grounds_in(self, scene: Scene) -> tuple[object, ...]:
        return self._part.rests(scene) if self._part.needs is None else self._part.needs(scene, self._at)


class Pieces:
    """A part that is made piece by piece."""

    __slots__ = ("_at", "_part", "_pieces", "_rests", "_scene", "view")

    def __init__(self, part: Each, at: Viewpoint, scene: Scene) -> None:
        self.view: View = {}
        self._part = part
        self._at = at
        self._scene = scene
        self._rests: tuple[object, ...] = ()
        self._pieces: dict[str, View] = {}
        self._make_all(scene)

    def look(self, scene: Scene, differences: Differences) -> bool:
        """Makes afresh the pieces whose grounds are others, and says whether there were any."""
        before, self._scene = self._scene, scene
        if differ(self._part.rests(scene), self._rests):
            self._make_all(scene)
            return True
        keys = self._part.keys(scene, self._at)
        stale = differences.of(self._part, before, scene) if keys or self._pieces else ()
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


def differ(new: tuple[object, ...], old: tuple[object, ...]) -> bool:
    return len(new) != len(old) or any(map(is_not, new, old))


class Group:
    """One audience; its sinks get the same bytes."""

    __slots__ = ("_epoch", "_fresh", "_parts", "_shown", "_whole", "at", "counted", "layer", "sinks", "version")

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

    def look(self, scene: Scene, differences: Differences, stirred: Iterable[int] | None = None) -> bool:
        """Make afresh the parts whose grounds changed; `stirred` are the places of those that may have.

        Returns whether anything was made that was not shown yet.
        """
        for place in range(len(self._parts)) if stirred is None else stirred:
            if self._parts[place].look(scene, differences):
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
        """The layer as it was last shown, the same bytes for everybody; what is one person's own is not kept."""
        if self._whole is not None:
            return self._whole
        put = {path: value for view in self._shown for path, value in view.items()}
        body = {"layer": self.layer, "since": 0, "version": self.version, "put": put, "drop": []}
        frame = Frame("patch", {**body, "epoch": self._epoch})
        if self.layer != MINE:
            self._whole = frame
        return frame
