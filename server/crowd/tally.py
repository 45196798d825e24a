"""The tally: what the crowd has seen and done, told once a second to whoever started it."""

from __future__ import annotations

import msgspec


class Tally(msgspec.Struct):
    """`people`: connections wanted by the crowd; `again`: how often somebody came back after a dropped line.

    `cut`: lines that the other side ended; `longest`: seconds until the last of them to be whole again was.
    """

    people: int = 0
    connected: int = 0
    patches: int = 0
    asked: int = 0
    ok: int = 0
    lost: int = 0
    again: int = 0
    cut: int = 0
    longest: float = 0.0
    refused: dict[str, int] = {}

    def refuse(self, why: str) -> None:
        self.refused[why] = self.refused.get(why, 0) + 1
