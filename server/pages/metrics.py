"""For the operator: alive, able to serve, and numbers for Prometheus."""

from __future__ import annotations

import asyncio
import os

from aiohttp import web
from prometheus_client import REGISTRY, Counter, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from server.journal import JournalDown
from server.pages.house import HOUSE

WITHIN = 2
WORKER = str(os.getpid())
ANSWERS = Counter("palabre_http_answers", "Answers to HTTP requests.", ("worker", "method", "route", "status"))
CONNECTIONS = Gauge("palabre_connections", "People's open connections.", ("worker",))


def count(request: web.Request, status: int) -> None:
    resource = request.match_info.route.resource
    ANSWERS.labels(WORKER, request.method, resource.canonical if resource else "none", str(status)).inc()


async def alive(_request: web.Request) -> web.Response:
    return web.Response(text="alive\n")


async def ready(request: web.Request) -> web.Response:
    try:
        async with asyncio.timeout(WITHIN):
            await request.app[HOUSE].journal.now()
    except (TimeoutError, JournalDown):
        return web.Response(status=503, text="the journal cannot be reached\n")
    return web.Response(text="ready\n")


async def metrics(request: web.Request) -> web.Response:
    CONNECTIONS.labels(WORKER).set(len(request.app[HOUSE].gate.connections))
    return web.Response(body=generate_latest(REGISTRY), headers={"Content-Type": CONTENT_TYPE_LATEST})
