"""The browser that the page tests use."""

from __future__ import annotations

from playwright.async_api import Browser


async def test_chromium_opens_a_page(browser: Browser) -> None:
    page = await browser.new_page()

    await page.set_content("<h1>Bonjour</h1>")

    assert await page.inner_text("h1") == "Bonjour"
    await page.close()
