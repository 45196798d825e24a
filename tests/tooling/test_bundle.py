"""The committed bundle: exactly what its sources give, wherever they are built."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DIST = Path("web/static/dist")
FONTS = Path("web/static/fonts")
SOURCES = ("package.json", "package-lock.json", "tsconfig.json", "vite.config.ts")


@pytest.mark.parametrize("folder", ["a", "somewhere else/deep down"])
def test_the_bundle_is_what_its_sources_give(folder: str, tmp_path: Path) -> None:
    copy = tmp_path / folder
    _copy_sources(copy)

    _node(copy, "npm", "ci", "--prefer-offline", "--no-audit", "--no-fund")
    _node(copy, "npx", "vite", "build")

    assert _digests(copy / DIST) == _digests(ROOT / DIST), "stale: run `make bundle` and commit web/static"


def test_the_bundle_tells_nothing_about_where_it_was_built() -> None:
    built = _files(ROOT / DIST)

    assert built.keys() >= {"citizen.js", "console.js", "live.js", "style.css"}
    for name, content in built.items():
        assert b"sourceMappingURL" not in content, name
        assert b"node_modules" not in content, name
        assert str(ROOT).encode() not in content, name


def test_the_fonts_are_small_and_come_with_their_licence() -> None:
    fonts = _files(ROOT / FONTS)

    assert b"SIL OPEN FONT LICENSE" in fonts.pop("OFL.txt")
    assert len(fonts) == 4
    assert sum(map(len, fonts.values())) < 60_000


def _copy_sources(copy: Path) -> None:
    copy.mkdir(parents=True)
    for name in SOURCES:
        shutil.copy(ROOT / name, copy)
    for folder in ("tools", "web/app"):
        shutil.copytree(ROOT / folder, copy / folder)
    (copy / ".venv").symlink_to(ROOT / ".venv")


def _node(folder: Path, *command: str) -> None:
    done = subprocess.run(
        [str(ROOT / "tools" / "node.sh"), *command], cwd=folder, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _digests(folder: Path) -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in _files(folder).items()}


def _files(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}
