"""Tending the floor: whoever leads a room gives the floor to the hand that has waited longest."""

from __future__ import annotations

from server.crowd.client import Client
from server.crowd.pace import Pace

WAITS = 5.0
"""So long a hand waits before a simulated lead acts, so that a human lead can be first."""
TURN = 60
OVERRUN = 5.0


async def tend_floor(client: Client, pace: Pace) -> None:
    """Ends only turns whose time is over; one given without a time is left to whoever gave it."""
    turn, now = client.shown("floor.turn"), client.now()
    if turn is not None:
        if turn["until"] is not None and now > turn["until"] + pace.of(OVERRUN) * 1000:
            await client.ask("floor.end")
        return
    inside = client.under("room.people")
    hands = [hand for hand in client.shown("floor.hands", []) if hand["person"] in inside]
    if hands and now >= hands[0]["since"] + pace.of(WAITS) * 1000:
        seconds = max(1, round(pace.of(TURN)))
        await client.ask("floor.give", {"person": hands[0]["person"], "seconds": seconds})
