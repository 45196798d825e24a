"""For the tests with npm's client: its packages, installed once if they are missing."""

from __future__ import annotations

import pytest

from tests.sockets.plain import install_node_modules


@pytest.fixture(scope="session")
def node_modules() -> None:
    install_node_modules()
