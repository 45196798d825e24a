"""What observers see: the page, the same as JSON, and as a stream of events."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Sequence

from aiohttp import web

from facilitation.views.viewpoint import Viewpoint
from rooms.people import Role
from rooms.seating import PLENARY
from server.clerk import Clerk
from server.journal import JournalDown, NoSuchSession
from server.pages.answers import lang_of, page, tagged
from server.pages.house import HOUSE
from server.pages.seats import watched
from server.sockets.frames import Frame
from web.live import shown
from web.pages import script
from web.texts import many, say

COMMENT_EVERY = 15
LOOK_EVERY = 1.0
"""So often (seconds) it is looked whether somebody may still watch."""
MOST_WAITING = 256
"""So many patches may wait for a slow reader; then the stream ends, and they come back for the whole."""


async def live(request: web.Request) -> web.Response:
    """`/live/ID`, complete without JavaScript; with `?stage` for a wall that is read from ten metres away."""
    clerk = await watched(request, request.match_info["session"])
    lang, now = lang_of(request), request.app[HOUSE].now()
    whole = clerk.outbox.peek(_public(lang))["session"]
    stage = "stage" in request.query
    page_of = {"session": clerk.session.id, "lang": lang, "words": _words(lang), "stage": stage}
    view = shown(whole["put"], lang, now)
    return page(request, "stage.html" if stage else "live.html", lang=lang, shown=view, now=now, page=script(page_of))


async def live_json(request: web.Request) -> web.Response:
    """`/api/live/ID`: the observers' view."""
    clerk = await watched(request, request.match_info["session"])
    lang = lang_of(request)
    whole = clerk.outbox.peek(_public(lang))["session"]
    view = {"session": clerk.session.id, "epoch": clerk.epoch, "version": whole["version"], "view": whole["put"]}
    return tagged(request, f"{clerk.epoch}:{whole['version']}:{lang}", view)


async def events(request: web.Request) -> web.StreamResponse:
    """`/api/live/ID/events`: the layer `session`, first whole, then patches."""
    clerk = await watched(request, request.match_info["session"])
    if not request.app[HOUSE].pressure.may_enter(public=True):
        raise web.HTTPServiceUnavailable(headers={"Retry-After": str(random.randint(2, 10))})
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    )
    stream = Stream()
    frames = clerk.outbox.listen(_public(lang_of(request)), stream)
    try:
        await response.prepare(request)
        await response.write(b"retry: %d\n\n" % random.randint(1000, 3000))  # not all of them in one instant
        known = request.headers.get("Last-Event-ID")
        for frame in frames:
            if known != _id(clerk, frame):
                await response.write(_event(clerk, frame))
        await _follow(request, clerk, stream, response)
    except ConnectionResetError:
        return response  # they left
    finally:
        clerk.outbox.unlisten(stream)
    return response


class Stream:
    """Patches on their way to one reader."""

    def __init__(self) -> None:
        self.waiting: asyncio.Queue[Frame] = asyncio.Queue(MOST_WAITING)
        self.full = False

    def send(self, frame: Frame) -> None:
        try:
            self.waiting.put_nowait(frame)
        except asyncio.QueueFull:
            self.full = True

    def send_all(self, frames: Sequence[Frame]) -> None:
        for frame in frames:
            self.send(frame)


async def _follow(request: web.Request, clerk: Clerk, stream: Stream, response: web.StreamResponse) -> None:
    quiet = 0.0
    while not stream.full and await _may_watch(request, clerk):
        frame = None
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LOOK_EVERY):
                frame = await stream.waiting.get()
        quiet = 0.0 if frame is not None else quiet + LOOK_EVERY
        if frame is not None:
            await response.write(_event(clerk, frame))
        elif quiet >= COMMENT_EVERY:
            await response.write(b": still here\n\n")
            quiet = 0.0


async def _may_watch(request: web.Request, clerk: Clerk) -> bool:
    """Whoever was removed from a session that is not public stops seeing it, also on a stream that is open."""
    try:
        return clerk.session.programme.public or await watched(request, clerk.session.id) is clerk
    except NoSuchSession:
        return False
    except JournalDown:
        return True  # it says nothing new either


def _event(clerk: Clerk, frame: Frame) -> bytes:
    return b"id: %s\ndata: %s\n\n" % (_id(clerk, frame).encode(), frame.json)


def _id(clerk: Clerk, frame: Frame) -> str:
    return f"{clerk.epoch}:{frame.body['version']}"


def _public(lang: str) -> Viewpoint:
    return Viewpoint(Role.OBSERVER, lang, PLENARY)


def _words(lang: str) -> dict[str, list[str]]:
    """The few sentences with which the page goes on counting: for one and for several."""
    return {
        "minutes": [many(lang, "{n} min left", "{n} min left", count, n="{n}") for count in (1, 2)],
        "seconds": [many(lang, "{n} s left", "{n} s left", count, n="{n}") for count in (1, 2)],
        "over": [many(lang, "{n} min over", "{n} min over", count, n="{n}") for count in (1, 2)],
        "up": [say(lang, "Time is up")],
    }
