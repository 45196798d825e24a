"""Two slow cores may be busy with other tests: what is waited for may take longer than on a quiet machine."""

from __future__ import annotations

from playwright.async_api import expect

expect.set_options(timeout=15_000)
