"""The files in deploy/: they name settings, files and addresses that exist, and keep the store's promise."""

from __future__ import annotations

import configparser
import json
import re
import shlex
import shutil
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from server.settings import Settings
from tools import setup

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
SETTINGS = {f"PALABRE_{field.name.upper()}" for field in fields(Settings)}
HEARD_EVERY = 15
"""At least so often (seconds) the house says something on every open connection."""


def steps() -> list[tuple[str, str]]:
    """The instructions of the container file with their words."""
    text = re.sub(r"^#.*\n", "", (DEPLOY / "Containerfile").read_text(), flags=re.MULTILINE).replace("\\\n", " ")
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in text.splitlines() if line)]


def of(word: str) -> list[str]:
    return [rest for each, rest in steps() if each == word]


@pytest.fixture
def services() -> dict[str, Any]:
    return dict(yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"])


def unit() -> configparser.ConfigParser:
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(DEPLOY / "palabre.service")
    return read


def test_the_container_has_all_that_the_house_is_made_of_and_no_more() -> None:
    copied = {source for line in of("COPY") for source in shlex.split(line)[:-1]}

    assert copied == {"requirements/run.txt", "pyproject.toml", "rooms", "facilitation", "web", "server"}
    assert all((ROOT / each).exists() for each in copied)
    passed = {line[1:] for line in (DEPLOY / "Containerfile.dockerignore").read_text().splitlines() if line[:1] == "!"}
    assert passed == copied


def test_the_container_installs_exactly_what_developers_install(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[tuple[str, ...]] = []
    monkeypatch.setattr(setup, "run", lambda *command: ran.append(command))
    monkeypatch.setattr(shutil, "which", lambda _: None)
    setup.install(Path("requirements/run.txt"))
    ours = {word for word in ran[0][1:] if word not in ("-m", "pip", "install")}

    install = next(line for line in of("RUN") if "pip install" in line)

    assert ours <= set(shlex.split(install)), "not the command of tools/setup.py"


def test_the_container_is_nobody_and_keeps_its_data_outside() -> None:
    order = [word for word, _ in steps()]

    assert int(of("USER")[0]) > 0
    assert order.index("USER") < order.index("ENTRYPOINT")
    assert of("VOLUME") == ["/data"]
    assert "PALABRE_DATA=/data" in of("ENV")[0]
    assert of("STOPSIGNAL") == ["SIGTERM"]
    assert "/healthz" in of("HEALTHCHECK")[0]
    assert json.loads(of("ENTRYPOINT")[0]) == ["python", "-m", "server"]


@pytest.mark.parametrize("name", ["Containerfile", "compose.yaml", "palabre.service", "palabre.env", "Caddyfile"])
def test_every_setting_that_is_named_exists(name: str) -> None:
    named = set(re.findall(r"PALABRE_[A-Z_]+", (DEPLOY / name).read_text()))

    assert named - {"PALABRE_SITE", "PALABRE_UPSTREAM"} <= SETTINGS


def test_the_composed_store_survives_a_power_cut(services: dict[str, Any]) -> None:
    words = services["store"]["command"]
    given = dict(zip(words[1::2], words[2::2], strict=True))

    assert given["--appendonly"] == "yes"
    assert given["--appendfsync"] == "always"
    assert given["--maxmemory-policy"] == "noeviction"
    assert services["store"]["volumes"] == ["store:/data"]
    assert "ports" not in services["store"]


def test_the_composed_workers_share_the_store_and_their_secret(services: dict[str, Any]) -> None:
    web = services["web"]

    assert web["command"] == ["serve", "--workers", "2", "--redis", "redis://store:6379/0"]
    assert web["volumes"] == ["house:/data"]
    assert web["environment"]["PALABRE_URL"].startswith("https://")
    assert (DEPLOY / web["build"]["context"]).resolve() == ROOT
    assert (ROOT / web["build"]["dockerfile"]).is_file()
    assert "ports" not in web, "only the proxy is reached from outside"


def test_only_the_proxys_network_is_believed(services: dict[str, Any]) -> None:
    composed = yaml.safe_load((DEPLOY / "compose.yaml").read_text())

    believed = services["web"]["environment"]["PALABRE_TRUSTED_PROXY"]

    assert [{"subnet": believed}] == composed["networks"]["front"]["ipam"]["config"]
    assert services["proxy"]["networks"] == ["front"]
    assert services["proxy"]["environment"]["PALABRE_UPSTREAM"] == "web:8080"


def test_nginx_waits_longer_than_the_house_is_silent_and_passes_all_on() -> None:
    text = (DEPLOY / "nginx.conf").read_text()

    waits = re.findall(r"proxy_(?:read|send)_timeout (\d+)s;", text)
    assert len(waits) == 2
    assert all(int(each) > 2 * HEARD_EVERY for each in waits)
    for line in (
        "proxy_http_version 1.1;",
        "proxy_set_header Upgrade $http_upgrade;",
        "proxy_set_header Connection $palabre_connection;",
        "proxy_set_header X-Forwarded-For $remote_addr;",
        "proxy_buffering off;",
        "Strict-Transport-Security",
    ):
        assert line in text


def test_systemd_gives_the_house_time_to_end_and_room_for_its_connections() -> None:
    service = unit()["Service"]

    assert service["ExecStart"].endswith("python -m server serve")
    assert int(service["TimeoutStopSec"]) > 10
    assert service["Restart"] == "always"
    assert int(service["LimitNOFILE"]) >= 65_536
    assert service["ProtectSystem"] == "strict"
    assert service["NoNewPrivileges"] == "yes"
    assert f"PALABRE_DATA=/var/lib/{service['StateDirectory']}" in service["Environment"]


def test_the_handbook_names_only_settings_and_files_that_exist() -> None:
    text = (ROOT / "docs/operating.md").read_text()

    assert set(re.findall(r"PALABRE_[A-Z_]+", text)) - {"PALABRE_SITE"} <= SETTINGS
    assert {each.name for each in DEPLOY.iterdir()} >= set(re.findall(r"`(\w+\.(?:service|env|yaml|conf))`", text))
