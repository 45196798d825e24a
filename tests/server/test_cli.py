"""The command line: what cannot be is said in one line, and the exit code is 2."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest
import typer

from server.cli import _run, main
from server.folder import FolderInUse
from server.settings import Settings


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("PALABRE_")]:
        monkeypatch.delenv(name)


def run(*words: str) -> int:
    with pytest.raises(SystemExit) as end:
        main(words)
    assert isinstance(end.value.code, int)
    return end.value.code


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["--port", "x"], 'palabre: --port must be a whole number from 0 to 65535, not "x".'),
        (["serve", "--lang", "it"], 'palabre: --lang must be one of fr, de, en, not "it".'),
        (
            ["serve", "--workers", "2"],
            "palabre: --workers needs --redis: several processes can share sessions only through it.",
        ),
        (["demo", "--port", "-1"], 'palabre: --port must be a whole number from 0 to 65535, not "-1".'),
    ],
)
def test_what_cannot_be_is_said_in_one_line(words: list[str], line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*words) == 2

    said = capsys.readouterr()
    assert said.err.splitlines() == [line]
    assert said.out == ""


def test_a_store_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    store, data = "redis://127.0.0.1:1", str(tmp_path)
    command = [sys.executable, "-m", "server", "serve", "--redis", store, "--data", data]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("palabre: The store redis://127.0.0.1:1 cannot be reached: ")


def test_a_bad_value_in_the_environment_is_named_as_it_is_written_there(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PALABRE_PORT", "http")

    assert run() == 2

    assert capsys.readouterr().err == 'palabre: PALABRE_PORT must be a whole number from 0 to 65535, not "http".\n'


def test_config_shows_where_each_value_came_from(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PALABRE_HOST", "10.0.0.7")

    assert run("config", "--port", "9000") == 0

    lines = [line.split()[:3] for line in capsys.readouterr().out.splitlines()]
    assert lines[:3] == [["host", "10.0.0.7", "env"], ["port", "9000", "option"], ["data", "data", "default"]]


def test_a_busy_folder_is_said_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    async def serve() -> int:
        raise FolderInUse("The data folder data is in use by process 7.")

    assert _code_of(serve()) == 2

    assert capsys.readouterr().err == "palabre: The data folder data is in use by process 7.\n"


def test_a_busy_port_is_said_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    async def serve() -> int:
        raise OSError(errno.EADDRINUSE, "address already in use")

    assert _code_of(serve()) == 2

    assert capsys.readouterr().err == "palabre: Cannot listen on 127.0.0.1, port 8080: another program uses it.\n"


def test_any_other_failure_of_the_machine_is_a_defect_with_its_traceback() -> None:
    async def serve() -> int:
        raise OSError(errno.EIO, "input/output error")

    with pytest.raises(OSError, match="input/output error"):
        _run(serve(), Settings())


def test_the_exit_code_is_that_of_the_house() -> None:
    async def serve() -> int:
        return 0

    assert _code_of(serve()) == 0


def test_the_module_is_the_door() -> None:
    done = subprocess.run([sys.executable, "-m", "server", "--help"], capture_output=True, text=True, check=True)

    assert all(command in done.stdout for command in ("serve", "demo", "config"))


def _code_of(work: Coroutine[Any, Any, int]) -> int:
    with pytest.raises(typer.Exit) as end:
        _run(work, Settings())
    return end.value.exit_code
