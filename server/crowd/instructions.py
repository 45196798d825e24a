"""Instructions: who is in the crowd, where they go, and how fast time passes for them."""

from __future__ import annotations

import msgspec


class Member(msgspec.Struct, frozen=True):
    """One simulated person: what they are, and the code of their link."""

    role: str
    code: str
    drives: bool = False
    """Whether this lead moves the programme on."""
    telephone: str | None = None
    """The id of somebody who takes part by telephone only; without a link, support acts for them."""


class Instructions(msgspec.Struct, frozen=True):
    """`speed`: how many times faster than planned; `lobby`: seconds within which people arrive.

    `goes_wrong`: polls that the lead voids while they are open, and puts again.
    """

    url: str
    members: tuple[Member, ...]
    speed: float = 1
    lobby: float = 10
    seed: int = 1
    goes_wrong: tuple[str, ...] = ()

    @property
    def callers(self) -> tuple[str, ...]:
        return tuple(member.telephone for member in self.members if member.telephone is not None)


def read(line: bytes) -> Instructions:
    return msgspec.json.decode(line, type=Instructions)


def write(instructions: Instructions) -> bytes:
    return msgspec.json.encode(instructions) + b"\n"
