"""Min-cost flow in whole numbers: successive shortest paths; for networks of some thousand arcs."""

from __future__ import annotations

from collections import deque
from heapq import heappop, heappush


class Flow:
    """A network under construction, then its cheapest flow. An arc's way back lies beside it, at `arc ^ 1`."""

    def __init__(self) -> None:
        self.out: list[list[int]] = []
        self.to: list[int] = []
        self.left: list[int] = []
        """What each arc can still carry."""
        self.cost: list[int] = []

    def node(self) -> int:
        self.out.append([])
        return len(self.out) - 1

    def arc(self, start: int, end: int, capacity: int, cost: int) -> int:
        number = len(self.to)
        for source, target, room, price in ((start, end, capacity, cost), (end, start, 0, -cost)):
            self.out[source].append(len(self.to))
            self.to.append(target)
            self.left.append(room)
            self.cost.append(price)
        return number

    def carried(self, arc: int) -> int:
        return self.left[arc ^ 1]

    def cheapest(self, source: int, sink: int, most: int, *, gaining: bool = False) -> tuple[int, int]:
        """Sends up to `most` from source to sink at the least cost (`gaining`: only while that lowers it): how much
        went, and what it cost."""
        height = self._heights(source)
        sent = total = 0
        while sent < most:
            came = self._shortest(source, sink, height)
            if came is None:
                break
            if gaining and height[sink] - height[source] >= 0:
                break
            pushed = most - sent
            node = sink
            while node != source:
                pushed = min(pushed, self.left[came[node]])
                node = self.to[came[node] ^ 1]
            node = sink
            while node != source:
                self.left[came[node]] -= pushed
                self.left[came[node] ^ 1] += pushed
                total += pushed * self.cost[came[node]]
                node = self.to[came[node] ^ 1]
            sent += pushed
        return sent, total

    def _heights(self, source: int) -> list[int]:
        """Distances in a network whose arcs may have negative costs (Bellman and Ford, with a line)."""
        far = 1 << 60
        height = [far] * len(self.out)
        height[source] = 0
        line, waiting = deque([source]), [False] * len(self.out)
        while line:
            node = line.popleft()
            waiting[node] = False
            for arc in self.out[node]:
                end = self.to[arc]
                if self.left[arc] and height[node] + self.cost[arc] < height[end]:
                    height[end] = height[node] + self.cost[arc]
                    if not waiting[end]:
                        waiting[end] = True
                        line.append(end)
        return [each if each < far else 0 for each in height]

    def _shortest(self, source: int, sink: int, height: list[int]) -> list[int] | None:
        """The last arc to each node on a cheapest path (Dijkstra on reduced costs), or None without any path."""
        far = 1 << 60
        distance = [far] * len(self.out)
        distance[source] = 0
        came = [-1] * len(self.out)
        heap = [(0, source)]
        while heap:
            gone, node = heappop(heap)
            if gone > distance[node]:
                continue
            if node == sink:
                break
            base = gone + height[node]
            for arc in self.out[node]:
                if not self.left[arc]:
                    continue
                end = self.to[arc]
                further = base + self.cost[arc] - height[end]
                if further < distance[end]:
                    distance[end] = further
                    came[end] = arc
                    heappush(heap, (further, end))
        if came[sink] < 0:
            return None
        reached = distance[sink]
        for node, gone in enumerate(distance):
            height[node] += min(gone, reached)
        return came
