"""What a handshake costs the server, at first and when everybody comes back: ours beside a minimal Node server.

    python -m tests.bench.handshakes [--sockets 5000] [--asks 0] [--node FOLDER [--msgpack]] [--profile FILE]

FOLDER holds `node_modules` with socket.io (and socket.io-msgpack-parser). The clients are bare sockets in this process
on one epoll; the server is a process of its own, and what it used is read from the system's counters.
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import gc
import os
import select
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import msgpack  # type: ignore[import-untyped]

GET = (
    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n"
)
NODE = """
const { createServer } = require("http");
const { Server } = require("socket.io");
const msgpack = process.argv[2] === "msgpack";
const http = createServer();
const options = { transports: ["websocket"], perMessageDeflate: false, serveClient: false };
if (msgpack) options.parser = require("socket.io-msgpack-parser");
const io = new Server(http, options);
io.on("connection", (socket) => {
  socket.emit("patch", { layer: "session", since: 0, version: 1, put: { a: 1 }, drop: [] });
  socket.on("ask", (ask, done) => done({ ok: 1 }));
});
http.listen({ port: 0, host: "127.0.0.1", backlog: 4096 }, () => console.log(http.address().port));
"""
EXPECTED = 2
"""Messages after the opening: the answer to CONNECT and the first patch."""
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def masked(payload: bytes, binary: bool = True) -> bytes:
    first = 0x82 if binary else 0x81
    size = (
        bytes((0x80 | len(payload),)) if len(payload) < 126 else bytes((0x80 | 126,)) + len(payload).to_bytes(2, "big")
    )
    return bytes((first,)) + size + b"\0\0\0\0" + payload


def whole_frames(data: bytes) -> list[bytes]:
    """The payloads of all complete frames."""
    found, at = [], 0
    while len(data) - at >= 2:
        size, start = data[at + 1], at + 2
        if size == 126:
            size, start = int.from_bytes(data[at + 2 : at + 4], "big"), at + 4
        if len(data) < start + size:
            break
        found.append(data[start : start + size])
        at = start + size
    return found


class Clients:
    """Bare sockets on one epoll."""

    def __init__(self, port: int, *, binary: bool) -> None:
        self.get = GET.format(port=port).encode()
        self.port = port
        self.binary = binary
        if binary:
            self.ask = masked(msgpack.packb({"type": 2, "nsp": "/", "data": ["ask", ["t", "echo", {}]], "id": 0}))
        else:
            self.ask = masked(b'420["ask",["t","echo",{}]]', binary=False)
        self.epoll = select.epoll()
        self.sockets: dict[int, socket.socket] = {}

    def arrive(self, count: int) -> float:
        """All knock at once; returns the seconds until the last is in."""
        start = time.perf_counter()
        for _ in range(count):
            peer = socket.socket()
            peer.setblocking(False)
            peer.connect_ex(("127.0.0.1", self.port))
            self.sockets[peer.fileno()] = peer
            self.epoll.register(peer, select.EPOLLOUT)
        heard: dict[int, bytes] = {}
        opened: set[int] = set()
        waiting = set(self.sockets)
        while waiting:
            for fd, _ in self.epoll.poll(20):
                peer = self.sockets[fd]
                if fd not in heard:
                    heard[fd] = b""
                    peer.send(self.get)
                    self.epoll.modify(fd, select.EPOLLIN)
                    continue
                data = peer.recv(65536)
                if not data:
                    raise ConnectionError("the server hung up")
                heard[fd] += data
                _, _, rest = heard[fd].partition(b"\r\n\r\n")
                frames = [frame for frame in whole_frames(rest) if frame != b"2"]
                if frames and fd not in opened:
                    opened.add(fd)
                    peer.send(self.connect(fd))
                if len(frames) > EXPECTED:
                    waiting.discard(fd)
        return time.perf_counter() - start

    def connect(self, n: int) -> bytes:
        """Everybody is another person."""
        if self.binary:
            return masked(msgpack.packb({"type": 0, "nsp": "/", "data": {"code": f"p{n}"}}))
        return masked(f'40{{"code":"p{n}"}}'.encode(), binary=False)

    def drop(self) -> None:
        for peer in self.sockets.values():
            peer.close()
        self.sockets.clear()

    def ask_all(self) -> float:
        start = time.perf_counter()
        for peer in self.sockets.values():
            peer.send(self.ask)
        waiting = set(self.sockets)
        while waiting:
            for fd, _ in self.epoll.poll(20):
                if self.sockets[fd].recv(65536)[2:] not in {b"2", b""}:
                    waiting.discard(fd)
        return time.perf_counter() - start


def used(pid: int) -> float:
    """CPU seconds of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident(pid: int) -> float:
    """MB."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE / 1e6


def settle(pid: int) -> None:
    """Waits until the process uses nothing any more."""
    before = -1.0
    while (now := used(pid)) != before:
        before = now
        time.sleep(0.3)


def measure(name: str, command: list[str], count: int, *, binary: bool, asks: int) -> None:
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        port, pid = int(process.stdout.readline()), process.pid
        clients = Clients(port, binary=binary)
        empty = resident(pid)
        for what in ("first", "again", "again"):
            settle(pid)
            start = used(pid)
            seconds = clients.arrive(count)
            each = (used(pid) - start) / count * 1e6
            settle(pid)
            size = (resident(pid) - empty) / count * 1e3
            print(f"{name:8} {what:6} in {each:5.0f} us each, all {seconds:4.2f} s, {size:4.1f} kB each", end="")
            for _ in range(asks):
                start = used(pid)
                clients.ask_all()
                print(f", an ask {(used(pid) - start) / count * 1e6:4.0f} us", end="")
            settle(pid)
            start = used(pid)
            clients.drop()
            settle(pid)
            print(f", out {(used(pid) - start) / count * 1e6:4.0f} us", flush=True)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


async def serve(profile: str) -> None:
    from aiohttp import web

    from server.sockets.addresses import Origins
    from server.sockets.gate import Gate
    from tests.sockets.parlour import Parlour

    hall = Parlour()
    hall.most = 1_000_000
    origins = Origins()
    hall.gate = gate = Gate(hall, origins)
    app = web.Application()
    gate.attach(app)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, backlog=4096)
    await site.start()
    port = runner.addresses[0][1]
    origins.add(f"http://127.0.0.1:{port}")
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    print(port, flush=True)
    profiler = cProfile.Profile() if profile else None
    if profiler:
        profiler.enable()
    await stop.wait()
    if profiler:
        profiler.disable()
        profiler.dump_stats(profile)
    await runner.cleanup()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sockets", type=int, default=5_000)
    parser.add_argument("--asks", type=int, default=0)
    parser.add_argument("--node", default="")
    parser.add_argument("--msgpack", action="store_true")
    parser.add_argument("--profile", default="")
    parser.add_argument("--serve", action="store_true")
    given = parser.parse_args()
    if given.serve:
        asyncio.run(serve(given.profile))
        return
    if given.node:
        script = Path(given.node) / "minimal.cjs"
        script.write_text(NODE)
        command = ["node", str(script), *(["msgpack"] if given.msgpack else [])]
        measure("node", command, given.sockets, binary=given.msgpack, asks=given.asks)
        return
    command = [sys.executable, "-m", "tests.bench.handshakes", "--serve", "--profile", given.profile]
    measure("ours", command, given.sockets, binary=True, asks=given.asks)


if __name__ == "__main__":
    main()
