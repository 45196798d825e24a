"""The protocol of a vote for staff to print, and its recount at the press of a button."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence

import msgspec
from aiohttp import web

from facilitation.counting.tally import result
from facilitation.course import Course
from facilitation.polls import Poll
from facilitation.session import Session
from rooms.people import PersonId, PollId, Role
from server.archive.votes import Voted, courses_of, plain_vote, polls_again, voted
from server.clerk import Clerk
from server.journal import Entry
from server.pages.answers import lang_of, plain
from server.pages.archive import ONE_AT_A_TIME
from server.pages.house import HOUSE
from server.pages.planb import sealed
from server.pages.seats import COOKIE, Removed, Sitting, sitting
from server.pages.sessions import check_key
from server.recount import Recount, Vote, recount
from web.protocol import About, protocol
from web.texts import many, say


async def protocol_page(request: web.Request) -> web.Response:
    """`/s/SEAT/protocol/POLL`: staff read it once they may see the result; a vote on trial has none."""
    seat = request.match_info["seat"]
    found = await sitting(request, seat)
    if found is None or not found.person.role.is_staff:
        raise web.HTTPNotFound
    clerk, lang = found.clerk, lang_of(request, found.language)
    poll = clerk.session.polls.get(PollId(request.match_info["poll"]))
    if poll is None or poll.trial or not _may_see(found.person.role, poll):
        raise web.HTTPNotFound
    cards, session, now = clerk.scene.cards, clerk.session, request.app[HOUSE].now()

    def name(person: str) -> str:
        card = cards.get(PersonId(person))
        return card.name if card is not None else person

    async with request.app[ONE_AT_A_TIME]:
        entries = await request.app[HOUSE].journal.read(session.id)
        written = await asyncio.to_thread(
            _written, About(session, poll, None, Course(), name, now, seat), entries, lang
        )
    return sealed(written, lang)


def _written(about: About, entries: Sequence[Entry], lang: str) -> str:
    vote = voted(about.poll, courses_of(entries).get(about.poll.id, Course()))
    return protocol(msgspec.structs.replace(about, result=vote.result, course=vote.course), lang)


async def recount_poll(request: web.Request) -> web.Response:
    """`POST /api/sessions/ID/polls/POLL/recount`: `{"equal", "say", "differs"}`, for staff and the organiser.

    Counts from the journal's own ballots, and compares with what the session shows.
    """
    clerk, reader = await _reader(request)
    lang = lang_of(request, reader.language if reader is not None else None)
    poll = clerk.session.polls.get(PollId(request.match_info["poll"]))
    if poll is None or not _may_see(Role.LEAD if reader is None else reader.person.role, poll):
        raise web.HTTPNotFound
    async with request.app[ONE_AT_A_TIME]:
        entries = await request.app[HOUSE].journal.read(clerk.session.id)
        found = await asyncio.to_thread(_recounted, clerk.session, poll, entries)
    return plain({"equal": found.outcome == "equal", "say": _said(found, lang), "differs": list(found.differs)})


def _recounted(session: Session, poll: Poll, entries: Sequence[Entry]) -> Recount:
    """The record of that poll, its ballots as the journal has them, its result as it is shown.

    Of a question that was put to each room, the votes of all rooms.
    """
    again = polls_again(session.id, entries)
    asked = [each for each in session.polls.values() if each.part_of == poll.id] if poll.each_room else [poll]
    found = [_counted(again[each.id], each) for each in asked]
    if len(found) == 1:
        return found[0]
    outcomes = {each.outcome for each in found} - {"void"}
    return Recount(
        poll.id,
        "differs" if "differs" in outcomes else "equal" if outcomes == {"equal"} else "not-counted",
        sum(each.ballots for each in found),
        tuple(f"{each.poll}: {where}" for each in found for where in each.differs),
        any(each.whole_only for each in found),
    )


def _counted(again: Poll, shown: Poll) -> Recount:
    found = result(shown) if shown.is_counted else None
    return recount(msgspec.convert(plain_vote(Voted(again, found, Course())), Vote))


def _said(found: Recount, lang: str) -> str:
    match found.outcome:
        case "equal" if found.whole_only:
            return many(
                lang,
                "Counted again from {n} ballot: equal. Sides that are too small to be shown were counted together.",
                "Counted again from {n} ballots: equal. Sides that are too small to be shown were counted together.",
                found.ballots,
            )
        case "equal":
            return many(
                lang,
                "Counted again from {n} ballot: the result is the same.",
                "Counted again from {n} ballots: the result is the same.",
                found.ballots,
            )
        case "differs":
            return say(lang, "Counted again, the result differs. Please tell the organiser at once.")
        case "void":
            return say(lang, "This vote is void: there is nothing to count.")
        case _:
            return say(lang, "This vote is not counted yet.")


def _may_see(role: Role, poll: Poll) -> bool:
    """As in the views: leads and support once it is closed, other staff once it is published; a void one all."""
    return poll.state in ("published", "void") or (poll.state == "closed" and role in (Role.LEAD, Role.SUPPORT))


async def _reader(request: web.Request) -> tuple[Clerk, Sitting | None]:
    """Who may have it counted: staff by the cookie of a seat in that session; else the organiser by the key, who sits
    nowhere.

    Raises 401 for everybody else, and NoSuchSession for the organiser only.
    """
    session = request.match_info["session"]
    for cookie in request.cookies if "Authorization" not in request.headers else ():
        if cookie.startswith(COOKIE):
            with contextlib.suppress(Removed):
                found = await sitting(request, cookie.removeprefix(COOKIE))
                if found is not None and found.clerk.session.id == session and found.person.role.is_staff:
                    return found.clerk, found
    check_key(request)
    return await request.app[HOUSE].clerk(session), None
