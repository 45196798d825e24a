"""How much one connection or one address may ask of us."""

from __future__ import annotations

from collections import Counter, OrderedDict

REMEMBERED = 20_000
"""So many addresses are remembered; the one not heard of for longest is forgotten first."""


class Bucket:
    """`rate` tokens a second come in, up to `burst`; whoever finds too few has had enough. Times are seconds."""

    __slots__ = ("_left", "_since", "burst", "rate")

    def __init__(self, rate: float, burst: float) -> None:
        self.rate = rate
        self.burst = burst
        self._left = burst
        self._since = 0.0

    @property
    def left(self) -> int:
        return int(self._left)

    def take(self, now: float, cost: float = 1) -> bool:
        self._left = min(self.burst, self._left + max(0.0, now - self._since) * self.rate)
        self._since = now
        if self._left < cost:
            return False
        self._left -= cost
        return True


class Buckets:
    """A bucket for each address. The empty address, the loopback, is unlimited."""

    def __init__(self, rate: float, burst: float) -> None:
        self._rate = rate
        self._burst = burst
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def take(self, address: str, now: float) -> bool:
        if not address:
            return True
        bucket = self._buckets.pop(address, None) or Bucket(self._rate, self._burst)
        self._buckets[address] = bucket
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
        return bucket.take(now)


class FailedCodes(Buckets):
    """Codes that open nothing, 30 a minute and address. A valid code never asks here: neighbours cannot lock it out."""

    def __init__(self, a_minute: float = 30) -> None:
        super().__init__(a_minute / 60, a_minute)


class Addresses:
    """Open connections and handshakes of each address."""

    def __init__(self, connections: int = 2_000, handshakes: float = 500) -> None:
        self._most = connections
        self._handshakes = Buckets(handshakes, handshakes)
        self._open: Counter[str] = Counter()

    def enter(self, address: str, now: float) -> bool:
        """Counts a new connection, or says that it is one too many. Who entered must leave."""
        if not address:
            return True
        if self._open[address] >= self._most or not self._handshakes.take(address, now):
            return False
        self._open[address] += 1
        return True

    def leave(self, address: str) -> None:
        if not address:
            return
        self._open[address] -= 1
        if not self._open[address]:
            del self._open[address]
