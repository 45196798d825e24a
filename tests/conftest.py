"""What every test may lean on: a real Chromium, and the promise that nothing is skipped where it counts."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Generator
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.async_api import Browser, Playwright, async_playwright

from tools.setup import BROWSERS, MAC_BROWSER

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

CI = os.environ.get("CI") == "true"
UNWANTED = (
    # A page of Chromium's own in each window, for an address bar that nobody sees: one second of a core for each.
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "WebUIOmniboxPopup",
    # What Playwright turns off, said again: of two lists the last counts.
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "TcpPortRandomizationWin",
    "ThirdPartyStoragePartitioning",
)
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(UNWANTED)}",
)


def find_chromium(playwright: Playwright) -> str | None:
    """The Chromium named in PALABRE_CHROMIUM, else one on the PATH, else the one that Playwright brought."""
    named = os.environ.get("PALABRE_CHROMIUM")
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    own = playwright.chromium.executable_path
    return next((path for path in (named, found, str(MAC_BROWSER), own) if path and Path(path).exists()), None)


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for all tests; each test opens contexts of its own in it."""
    async with async_playwright() as playwright:
        path = find_chromium(playwright)
        if path is None:
            pytest.skip("no Chromium: install it or set PALABRE_CHROMIUM")
        chromium = await playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield chromium
        await chromium.close()


LONG_FIRST = ("stories", "faults", "bench", "browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files begin first, so that none is left to run alone at the end."""
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> tuple[bool, int]:
    folder = item.path.parent.name
    return item.get_closest_marker("slow") is None, [*LONG_FIRST, folder].index(folder)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return _not_skipped((yield), item.nodeid)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _not_skipped((yield), collector.nodeid)


def _not_skipped(report: Report, name: str) -> Report:
    if CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{name} may not be skipped where CI=true: {report.longrepr}"
    return report
