"""The demo: a house, a session, and a crowd of simulated people who play its programme through.

`PALABRE_DEMO_STAYS=0` ends it with the programme; otherwise the house stays open until it is interrupted.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from facilitation.session import State
from server import serving, workers
from server.clerk import Clerk
from server.crowd.instructions import Instructions, Member
from server.demo import plan
from server.demo.cast import cast
from server.demo.process import CrowdProcess
from server.demo.screen import Screen, progress
from server.house import House
from server.links import Created
from server.logs import start_logs
from server.settings import Settings

STAYS = "PALABRE_DEMO_STAYS"
CANNOT = 2
ONE_TELEPHONES = 40
"""Of so many citizens, one takes part by telephone only."""


async def run(settings: Settings, people: int, speed: float, template: str) -> int:
    """Plays a programme with so many simulated citizens; returns the exit code."""
    try:
        programme = plan.read(template, settings.lang)
    except plan.CannotPlay as cannot:
        for line in str(cannot).splitlines():
            print(f"palabre: {line}", file=sys.stderr)  # noqa: T201 - told to the person who typed the command
        return CANNOT
    if settings.log == "info":
        start_logs("warning")  # the screen tells what goes on
    stop = serving.told_to_stop()
    async with _house(settings) as house:
        faster = plan.played(programme, speed, house.now())
        created = await house.create(faster, cast(faster, people))
        screen = Screen()
        _tell_addresses(screen, house, created)
        crowd = CrowdProcess(_instructions(house, created, speed))
        living = asyncio.create_task(crowd.live())
        try:
            await _watch(house, created.session, crowd, screen, stop)
        finally:
            living.cancel()
            await asyncio.gather(living, return_exceptions=True)
    return 0


@asynccontextmanager
async def _house(settings: Settings) -> AsyncIterator[House]:
    """One that serves by itself, or one that looks on while its workers do."""
    if settings.workers is None:
        async with serving.running(settings) as (house, _):
            yield house
        return
    async with workers.at_work(settings) as (house, _):
        await house.open()
        yield house


def _tell_addresses(screen: Screen, house: House, created: Created) -> None:
    lead = next(link for link in created.links if link.role == "lead")
    citizen = next(link for link in created.links if link.role == "citizen")
    base = house.addresses[0]
    screen.say(f"palabre ready {base}")
    screen.say(f"console       {lead.url}   ({lead.name}, for you)")
    screen.say(f"citizen       {citizen.url}   ({citizen.name}, for you)")
    screen.say(f"observers     {base}/live/{created.session}")
    screen.say(f"organiser     {base}/o#{house.organiser_key}")


def _instructions(house: House, created: Created, speed: float) -> Instructions:
    return Instructions(house.addresses[0], members(created), speed, plan.lobby(speed))


def members(created: Created) -> tuple[Member, ...]:
    """Everybody but the first lead and the first citizen; the second lead drives; a few citizens only telephone."""
    free = {next(link.person for link in created.links if link.role == role) for role in ("lead", "citizen")}
    citizens = [link.person for link in created.links if link.role == "citizen"]
    callers = set(citizens[len(citizens) - len(citizens) // ONE_TELEPHONES :])
    return tuple(
        Member(link.role, link.code, link.role == "lead", link.person if link.person in callers else None)
        for link in created.links
        if link.person not in free
    )


async def _watch(house: House, session: str, crowd: CrowdProcess, screen: Screen, stop: asyncio.Event) -> None:
    """Until the programme is over, and then, unless told otherwise, until interrupted."""
    clerk = await house.clerk(session)
    missed = False
    with screen.shown():
        while not stop.is_set() and clerk.session.state is not State.CLOSED:
            screen.show(progress(clerk.session, crowd.tally, house.now(), house.settings.lang))
            if crowd.died is not None and not missed:
                missed = True
                screen.say(f"The crowd has ended unexpectedly (exit code {crowd.died}); the house stays open.")
                if not _stays():
                    return
            await _pause(stop, 0.25)
    if stop.is_set():
        return
    await _pause(stop, 1.2)  # the crowd's last count
    _sum_up(screen, clerk, crowd)
    if _stays():
        screen.say("The programme is over. The pages stay open; Ctrl-C ends the demo.")
        await stop.wait()


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    await asyncio.wait([waiting := asyncio.create_task(stop.wait())], timeout=seconds)
    waiting.cancel()


def _stays() -> bool:
    return os.environ.get(STAYS) != "0"


def _sum_up(screen: Screen, clerk: Clerk, crowd: CrowdProcess) -> None:
    session, tally = clerk.session, crowd.tally
    played = len(session.agenda.actuals)
    screen.say(f"session closed: {played} of {len(session.programme.items)} items played")
    for poll in session.polls.values():
        screen.say(f"poll {poll.id}: {poll.state}, {len(poll.ballots)} of {len(poll.electorate)} ballots")
    patches = tally.patches / max(1, tally.people)
    refused = sum(tally.refused.values())
    screen.say(f"crowd: {tally.people} people, {patches:.0f} patches each, {tally.ok} asks answered, {refused} refused")
    screen.say(f"lines cut by the house: {tally.cut}, back after {tally.longest:.1f} s at most")
