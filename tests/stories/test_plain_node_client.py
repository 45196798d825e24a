"""Somebody else's client, made with nothing but the public npm packages, runs a session."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.stories.houses import house_process
from tests.stories.test_kill import PEOPLE, PROGRAMME

ROOT = Path(__file__).parents[2]


async def test_a_plain_node_client_runs_a_session(tmp_path: Path) -> None:
    async with house_process(tmp_path) as house:
        _, made = await house.post("/api/sessions", {"programme": PROGRAMME, "people": PEOPLE[:2]})
        lead, citizen = (link["url"].partition("#")[2] for link in made["links"])

        node = await asyncio.create_subprocess_exec(
            str(ROOT / "tools/node.sh"), "node", str(ROOT / "tests/stories/client.mjs"), str(ROOT), house.url, lead,
            citizen, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        told, _ = await asyncio.wait_for(node.communicate(), 60)

        assert node.returncode == 0, told.decode()
        assert b"a whole session" in told
