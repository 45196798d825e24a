"""Where the pages find the house that they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from server.house import House

HOUSE: web.AppKey[House] = web.AppKey("house")
