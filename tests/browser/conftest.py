"""Two slow cores are busy with other tests: what is waited for may take longer than on a quiet machine."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, expect

expect.set_options(timeout=30_000)


@pytest.fixture(autouse=True)
async def windows(browser: Browser) -> AsyncIterator[None]:
    """No page outlives its test: it would look for its house for as long as all others run."""
    yield
    for context in browser.contexts:
        await context.close()
