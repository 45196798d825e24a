"""The locked parts: fresh, installable everywhere, and without anybody's address in them."""

from __future__ import annotations

import json
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parents[2]
UV = ROOT / ".venv" / "bin" / "uv"
LOCKED = ("run", "dev")
PLATFORMS = ("x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu", "aarch64-apple-darwin")
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def test_the_locked_parts_are_what_make_lock_gives(tmp_path: Path) -> None:
    for name in ("pyproject.toml", "Makefile"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "uv").symlink_to(UV)

    subprocess.run(["make", "lock"], cwd=tmp_path, check=True)

    for kind in LOCKED:
        assert _locked(tmp_path, kind) == _locked(ROOT, kind)


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_locked_parts_install_everywhere(platform: str, python: str, tmp_path: Path) -> None:
    strict = ["--require-hashes", "--only-binary", ":all:", "--no-deps"]
    there = ["--python-platform", platform, "--python-version", python, "--target", str(tmp_path)]
    listed = ["-r", str(ROOT / "requirements" / "dev.txt")]

    done = subprocess.run(
        [UV, "pip", "install", "--dry-run", *strict, *there, *listed], check=False, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr


def test_the_tests_run_with_the_parts_that_the_house_runs_with() -> None:
    run, dev = (_pins(kind) for kind in LOCKED)

    assert run.items() <= dev.items()


def test_every_locked_part_lies_in_its_range() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    ranges = map(Requirement, project["dependencies"] + project["optional-dependencies"]["dev"])
    pins = _pins("dev")

    for wanted in ranges:
        assert Version(pins[wanted.name.lower()]) in wanted.specifier, wanted


def test_no_lock_says_where_it_was_downloaded() -> None:
    parts = json.loads((ROOT / "package-lock.json").read_text())["packages"]

    assert not [name for name, part in parts.items() if "resolved" in part]
    assert not [name for name, part in parts.items() if name and "integrity" not in part]
    for kind in LOCKED:
        assert "://" not in _locked(ROOT, kind)


def test_browser_parts_are_exact() -> None:
    package = json.loads((ROOT / "package.json").read_text())

    for wanted in (package["dependencies"] | package["devDependencies"]).values():
        assert str(Version(wanted)) == wanted


def test_browser_parts_are_past_their_advisories() -> None:
    parts = json.loads((ROOT / "package-lock.json").read_text())["packages"]

    assert Version(parts["node_modules/socket.io-parser"]["version"]) >= Version("4.2.7")


def _locked(root: Path, kind: str) -> str:
    return (root / "requirements" / f"{kind}.txt").read_text()


def _pins(kind: str) -> dict[str, str]:
    lines = [
        line.split(";")[0].strip(" \\") for line in _locked(ROOT, kind).splitlines() if "==" in line and line[0] != " "
    ]
    return dict(line.split("==") for line in lines)
