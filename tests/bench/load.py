"""The load generator, a process of its own: thousands of people on raw sockets, counted by their frames' headers.

One command a line on standard input, one answer a line on standard output; `tests/bench/caller.py` writes and reads
them. Nothing that arrives is decoded: messages are counted, and a mark is looked for in their bytes.
"""

from __future__ import annotations

import json
import os
import random
import resource
import select
import signal
import socket
import struct
import sys
import time
from heapq import heappop, heappush
from typing import Any

from tests.bench import frames
from tests.bench.frames import MARK, PONG, Talk

CUT = struct.pack("ii", 1, 0)
"""SO_LINGER with no time: closing resets the connection, as a lost network does."""
CONNECTING, UPGRADING, OPENING, HERE, GONE = range(5)
WINDOW = 200
"""So many handshakes under way at once; more would only wait in the listen queue."""
BACK_AFTER, BACK_LATEST, SPREAD = 0.3, 1.5, 0.3
"""How the pages come back (`web/app/lib/link.ts`): seconds, doubled each time, more or less a share of it."""
RECEIVE = 1 << 18
NOWHERE = socket.socket()
"""Stands in until somebody has a connection."""

now = time.perf_counter
Answer = dict[str, Any]


class Late(Exception):
    """What was waited for did not come in time."""


class Conn:
    """One connection of somebody."""

    __slots__ = ("acked", "carry", "code", "crowd", "fd", "marks", "messages", "port", "sent", "sock", "stage", "tries")

    def __init__(self, crowd: Crowd, code: str, port: int) -> None:
        self.crowd, self.code, self.port = crowd, code, port
        self.tries = 0
        self.fresh(NOWHERE)

    def fresh(self, sock: socket.socket) -> None:
        self.sock, self.fd = sock, sock.fileno()
        self.stage, self.carry = CONNECTING, b""
        self.messages = self.marks = 0
        self.sent: float | None = None
        self.acked: float | None = None


class Crowd:
    """All connections to one house, and what they got."""

    def __init__(self, codes: list[str], ports: list[int], talk: Talk, whole: int) -> None:
        self.talk, self.whole = talk, whole
        self.people = [Conn(self, code, ports[place % len(ports)]) for place, code in enumerate(codes)]
        self.ok = b'"ok"' if talk == "json" else b"\xa2ok"
        self.here = self.marks = self.messages = self.bytes = self.cut = self.acks = self.refused = 0
        self.asked = self.size = 0
        self.last = 0.0
        self.came: list[float] = []
        self.returns = False


class Load:
    """The commands. Times are seconds; `cpu` is what this process itself spent."""

    def __init__(self) -> None:
        self._poll = select.epoll()
        self._conns: dict[int, Conn] = {}
        self._crowds: dict[str, Crowd] = {}
        self._queue: list[Conn] = []
        self._shaking = 0
        self._returning: list[tuple[float, int, Conn]] = []
        self._chance = random.Random(1)
        self._mark = MARK.encode()

    # Commands

    def open(self, crowd: str, codes: list[str], ports: list[int], talk: Talk, whole: int) -> Answer:
        """Everybody connects at once and waits for `whole` messages, the CONNECT's answer among them."""
        made = self._crowds[crowd] = Crowd(codes, ports, talk, whole)
        return self._arrive(made, now())

    def storm(self, crowd: str) -> Answer:
        """Everybody is cut at once, and comes back at once."""
        these = self._crowds[crowd]
        began = now()
        for conn in these.people:
            self._drop(conn)
        return self._arrive(these, began)

    def tell(  # noqa: PLR0917 - who, what, how often
        self, crowd: str, name: str, bodies: list[Any], every: float, reach: list[int], at_once: bool
    ) -> Answer:
        """The first of the crowd asks; each ask with the mark is awaited at so many connections before the next."""
        these = self._crowds[crowd]
        asks = [self._ask(these, name, body) for body in bodies]
        if at_once:
            asks = [b"".join(asks)]
        took, due, began = [], now(), now()
        these.size = RECEIVE
        bytes_before, messages, cpu = these.bytes, these.messages, time.process_time()
        for ask, people in zip(asks, reach, strict=True):
            self._pass(due)
            wanted, sent = these.marks + people, now()
            these.people[0].sock.send(ask)
            self._until(lambda wanted=wanted: these.marks >= wanted, 15, f"a mark at {people}")
            took.append(these.last - sent)
            due = max(due + every, now())
        cpu = time.process_time() - cpu
        got = {"bytes": these.bytes - bytes_before, "messages": these.messages - messages}
        return {"took": took, "seconds": now() - began, "cpu": cpu, "size": these.size, **got}

    def ask(self, crowd: str, name: str, body: Any) -> Answer:
        """The first of the crowd asks one thing; the answer is whether it was taken."""
        these = self._crowds[crowd]
        acks, refused = these.acks, these.refused
        these.people[0].sent, these.people[0].acked = now(), None
        these.people[0].sock.send(self._ask(these, name, body))
        self._until(lambda: these.acks > acks or these.refused > refused, 30, f"an answer to {name}")
        return {"ok": these.refused == refused}

    def vote(self, crowd: str, body: Any, over: float) -> Answer:
        """Everybody but the first asks once: all at once, or evenly over some seconds."""
        these = self._crowds[crowd]
        voters = these.people[1:]
        asks = [self._ask(these, "ballot.cast", body) for _ in voters]
        for conn in voters:
            conn.acked = None
        acks, refused, began, cpu = these.acks, these.refused, now(), time.process_time()
        for place, (conn, ask) in enumerate(zip(voters, asks, strict=True)):
            if over:
                self._pass(began + over * place / len(voters))
            conn.sent = now()
            conn.sock.send(ask)
            if not over and place % 50 == 49:
                self._turn(0)
        self._until(lambda: these.acks - acks + these.refused - refused >= len(voters), 60, "an ack of each vote")
        waits = [conn.acked - conn.sent for conn in voters if conn.acked is not None and conn.sent is not None]
        cpu = time.process_time() - cpu
        return {"waits": waits, "refused": these.refused - refused, "seconds": now() - began, "cpu": cpu}

    def ballots(self, crowd: str, body: Any, over: float, mark: str) -> Answer:
        """As `vote`, and then until each voter was sent a mark (hex): `told` seconds from the first ballot to the last.

        Without a mark nobody is told anything.
        """
        these = self._crowds[crowd]
        usual, self._mark = self._mark, bytes.fromhex(mark) or self._mark
        for conn in these.people:
            conn.marks = 0
        try:
            began = now()
            answer = self.vote(crowd, body, over)
            if mark:
                self._until(lambda: all(conn.marks for conn in these.people[1:]), 30, "the turnout in every browser")
                answer["told"] = these.last - began
        finally:
            self._mark = usual
        return answer

    def shown(self, crowd: str, name: str, body: Any, mark: str) -> Answer:
        """The first of the crowd asks one thing, and waits until they are sent a mark (hex)."""
        these = self._crowds[crowd]
        usual, self._mark = self._mark, bytes.fromhex(mark)
        these.people[0].marks, began = 0, now()
        try:
            answer = self.ask(crowd, name, body)
            self._until(lambda: these.people[0].marks, 60, f"what {name} leads to")
        finally:
            self._mark = usual
        return {**answer, "seconds": now() - began}

    def kill(self, crowd: str, pid: int, mark: str) -> Answer:
        """Kills that process; whoever is cut comes back as the pages do. Somebody else then raises a marked hand.

        `back`: for each who was cut, the seconds from the kill until they had their whole view and saw that hand.
        """
        these = self._crowds[crowd]
        usual, self._mark = self._mark, mark.encode()
        for conn in these.people:
            conn.marks = conn.tries = 0
        these.returns = True
        before, began = these.cut, now()
        os.kill(pid, signal.SIGKILL)
        self._until(lambda: these.cut > before, 10, "somebody cut")
        self._pass(now() + 0.05)
        asker = next(conn for conn in these.people[1:] if conn.stage == HERE and not conn.tries)
        for name, body in (("hand.lower", {}), ("hand.raise", {"kind": mark})):
            asker.sock.send(self._ask(these, name, body))
        cut = [conn for conn in these.people if conn.tries]
        current: dict[int, float] = {}

        def all_current() -> bool:
            for place, conn in enumerate(cut):
                if place not in current and conn.stage == HERE and conn.marks:
                    current[place] = now() - began
            return len(current) == len(cut)

        self._until(all_current, 60, "everybody back")
        these.returns, self._mark = False, usual
        return {"back": list(current.values()), "others": len(these.people) - len(cut)}

    def idle(self, seconds: float) -> Answer:
        """Only pings are answered."""
        messages = sum(crowd.messages for crowd in self._crowds.values())
        self._pass(now() + seconds)
        return {"messages": sum(crowd.messages for crowd in self._crowds.values()) - messages}

    def quiet(self, crowd: str, seconds: float) -> Answer:
        """Until nobody got a message for so long."""
        these = self._crowds[crowd]
        end = now() + 60
        while True:
            before = these.messages
            self._pass(now() + seconds)
            if these.messages == before:
                return {"cut": these.cut}
            if now() > end:
                raise Late("quiet")

    def close(self, crowd: str) -> Answer:
        these = self._crowds.pop(crowd, None)
        for conn in these.people if these is not None else ():
            self._drop(conn)
        return {}

    # The loop

    def _arrive(self, crowd: Crowd, began: float) -> Answer:
        crowd.here, crowd.came = 0, []
        before, cpu = crowd.bytes, time.process_time()
        self._queue = list(reversed(crowd.people))
        self._knock()
        self._until(lambda: crowd.here >= len(crowd.people), 120, "everybody in")
        came = sorted(each - began for each in crowd.came)
        cpu = time.process_time() - cpu
        return {"came": came, "seconds": came[-1], "cpu": cpu, "bytes": crowd.bytes - before}

    def _ask(self, crowd: Crowd, name: str, body: Any) -> bytes:
        crowd.asked += 1
        return frames.ask(crowd.talk, crowd.asked, f"t{crowd.asked}-{self._chance.getrandbits(32)}", name, body)

    def _pass(self, until: float) -> None:
        while (left := until - now()) > 0:
            self._turn(left)

    def _until(self, done: Any, seconds: float, what: str) -> None:
        end = now() + seconds
        while not done():
            if now() > end:
                raise Late(what)
            self._turn(0.05)

    def _turn(self, wait: float) -> None:
        while self._returning and self._returning[0][0] <= now():
            self._start(heappop(self._returning)[2])
        if self._returning:
            wait = min(wait, max(self._returning[0][0] - now(), 0))
        for fd, _ in self._poll.poll(wait, 2048):
            conn = self._conns.get(fd)
            if conn is None:
                continue
            if conn.stage == CONNECTING:
                self._connected(conn)
                continue
            try:
                data = conn.sock.recv(RECEIVE)
            except BlockingIOError:
                continue
            except OSError:
                data = b""
            if data:
                self._take(conn, data)
            else:
                self._lost(conn)

    def _take(self, conn: Conn, data: bytes) -> None:
        """The way of nearly everything that arrives; kept short."""
        crowd = conn.crowd
        if conn.stage == HERE and not conn.carry and data[1] == 126 and len(data) == 4 + (data[2] << 8 | data[3]):
            conn.messages += 1
            crowd.messages += 1
            crowd.bytes += len(data)
        elif crowd.talk == "raw":
            crowd.messages += data.count(self._mark)
            crowd.bytes += len(data)
        else:
            data = self._walk(conn, conn.carry + data if conn.carry else data)
        found = data.count(self._mark)
        if found:
            crowd.marks += found
            conn.marks += found
            crowd.last = now()
            crowd.size = min(crowd.size, len(data))
        if conn.sent is not None and conn.acked is None:
            self._look_for_ack(conn, data)

    def _look_for_ack(self, conn: Conn, data: bytes) -> None:
        if conn.crowd.ok in data:
            conn.acked = now()
            conn.crowd.acks += 1
        elif b"refused" in data:
            conn.crowd.refused += 1
            conn.sent = None

    def _walk(self, conn: Conn, data: bytes) -> bytes:
        """Counts whole frames by their headers; returns them, and keeps what is not whole yet."""
        crowd, at, end = conn.crowd, 0, len(data)
        if conn.stage == UPGRADING:
            head = data.find(b"\r\n\r\n")
            if head < 0:
                conn.carry = data
                return b""
            if not data.startswith(b"HTTP/1.1 101"):
                self._lost(conn)
                return b""
            conn.stage, at = OPENING, head + 4
        while end - at >= 2:
            size, body = data[at + 1], at + 2
            if size == 126:
                size, body = int.from_bytes(data[at + 2 : at + 4], "big"), at + 4
            elif size == 127:
                size, body = int.from_bytes(data[at + 2 : at + 10], "big"), at + 10
            if body + size > end:
                break
            self._frame(conn, data[at] & 15, data[body : body + 1])
            crowd.bytes += body + size - at
            at = body + size
        conn.carry = data[at:] if conn.stage != GONE else b""
        return data[:at]

    def _frame(self, conn: Conn, kind: int, first: bytes) -> None:
        crowd = conn.crowd
        if kind == 8:
            self._lost(conn)
        elif kind == 1 and first == b"2":
            conn.sock.send(PONG)
        elif kind == 1 and first == b"0":
            conn.sock.send(frames.connect(crowd.talk, conn.code))
        elif kind in (1, 2):
            conn.messages += 1
            crowd.messages += 1
            if conn.stage == OPENING and conn.messages >= crowd.whole:
                self._is_here(conn)

    def _is_here(self, conn: Conn) -> None:
        conn.stage = HERE
        conn.crowd.here += 1
        conn.crowd.came.append(now())
        self._shaking -= 1
        self._knock()

    def _knock(self) -> None:
        while self._queue and self._shaking < WINDOW:
            self._start(self._queue.pop())

    def _start(self, conn: Conn) -> None:
        conn.fresh(socket.socket())
        conn.sock.setblocking(False)
        conn.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, CUT)
        self._conns[conn.fd] = conn
        self._shaking += 1
        conn.sock.connect_ex(("127.0.0.1", conn.port))
        self._poll.register(conn.fd, select.EPOLLOUT)

    def _connected(self, conn: Conn) -> None:
        if conn.sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
            self._lost(conn)
            return
        self._poll.modify(conn.fd, select.EPOLLIN)
        if conn.crowd.talk == "raw":
            self._is_here(conn)
        else:
            conn.stage = UPGRADING
            conn.sock.send(frames.upgrade(conn.port))

    def _lost(self, conn: Conn) -> None:
        if conn.stage == GONE:
            return
        was = conn.stage
        self._drop(conn)
        if was == HERE:
            conn.crowd.cut += 1
        else:
            self._shaking -= 1
        if not conn.crowd.returns and was == HERE:
            raise Late("nobody to be cut off")
        wait = min(BACK_AFTER * 2**conn.tries, BACK_LATEST) * (1 + self._chance.uniform(-SPREAD, SPREAD))
        conn.tries += 1
        heappush(self._returning, (now() + wait, id(conn), conn))

    def _drop(self, conn: Conn) -> None:
        if conn.stage != GONE:
            conn.stage = GONE
            self._conns.pop(conn.fd, None)
            conn.sock.close()


def main() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    load = Load()
    for line in sys.stdin:
        command = json.loads(line)
        try:
            answer = getattr(load, command.pop("do"))(**command)
        except Late as late:
            answer = {"late": str(late)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
