"""Setting up a fresh machine: with uv where it is found, from locked parts only, and in one line when it cannot."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SETUP = Path(__file__).parents[2] / "tools" / "setup.py"


@pytest.mark.parametrize("kind", ["run", "dev"])
def test_uv_installs_the_locked_parts_where_it_is_found(kind: str, tmp_path: Path) -> None:
    _put_uv(tmp_path, 'echo "$*" >> asked')

    _set_up(tmp_path, kind)

    made, installed = (tmp_path / "asked").read_text().splitlines()
    assert made == f"venv --quiet --python {sys.executable} .venv"
    assert installed.startswith("pip install --python .venv/bin/python ")
    assert installed.endswith(f"--require-hashes --only-binary :all: -r requirements/{kind}.txt")


def test_what_stands_already_is_not_made_again(tmp_path: Path) -> None:
    _put_uv(tmp_path, 'echo "$1" >> asked')
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").touch()

    _set_up(tmp_path, "run")

    assert (tmp_path / "asked").read_text() == "pip\n"


def test_a_part_that_cannot_be_had_is_told_in_one_line(tmp_path: Path) -> None:
    _put_uv(tmp_path, '[ "$1" = venv ]')

    done = _set_up(tmp_path, "run")

    assert done.returncode == 1
    assert done.stderr.startswith("Setting up stopped: uv pip install")
    assert done.stderr.count("\n") == 1


def _put_uv(folder: Path, script: str) -> None:
    """A stand-in for uv that does only what `script` says."""
    (folder / "bin").mkdir()
    uv = folder / "bin" / "uv"
    uv.write_text(f"#!/bin/sh\n{script}\n")
    uv.chmod(0o755)


def _set_up(folder: Path, kind: str) -> subprocess.CompletedProcess[str]:
    there = os.environ | {"PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "PALABRE_CHROMIUM": "found"}
    command = [sys.executable, str(SETUP), kind]
    return subprocess.run(command, cwd=folder, env=there, check=False, capture_output=True, text=True)
