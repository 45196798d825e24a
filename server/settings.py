"""Settings: everything that an operator can choose, each with its default, its meaning and where it came from.

`python -m server.settings > docs/settings.md` writes the page about them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any, NamedTuple

from server.spelling import (
    Reader,
    address,
    folder,
    key,
    language,
    level,
    networks,
    seconds,
    share,
    store,
    telephone,
    whole,
    words,
)

PREFIX = "PALABRE_"


class BadSettings(Exception):
    """One or more settings cannot be used; the message is one line that names each of them."""


def setting(default: Any, read: Reader, meaning: str, *, option: bool = False, hidden: bool = False) -> Any:
    """One setting. `option`: also on the command line. `hidden`: its value is never shown."""
    about = {"read": read, "meaning": meaning, "option": option, "hidden": hidden}
    return dataclasses.field(default=default, metadata=about)


@dataclass(frozen=True)
class Settings:
    """All settings of one house. Times are seconds, sizes are counts."""

    host: str = setting("127.0.0.1", words, "The network address to listen on; 0.0.0.0 is all of them.", option=True)
    port: int = setting(8080, whole(0, 65535), "The port to listen on; 0 takes any free one.", option=True)
    data: Path = setting(  # noqa: RUF009 - it makes a field, as `dataclasses.field` does
        Path("data"),
        folder,
        "The folder of everything that must be kept: journal, secret, organiser's key. One house at a time uses it.",
        option=True,
    )
    url: str | None = setting(
        None,
        address,
        "The address that people use, as their browsers show it. Links begin with it, and browsers that name another "
        "one are refused. With https, cookies travel encrypted only. Without it: the host and port, and localhost.",
        option=True,
    )
    redis: str | None = setting(
        None,
        store,
        "A Redis (7 or newer) or Valkey (8 or newer) that keeps the journal instead of a file, so that several "
        "processes can serve: an address that begins with redis://, rediss:// or unix://.",
        option=True,
        hidden=True,
    )
    workers: int | None = setting(
        None, whole(1, 64), "How many processes serve on this machine; needs a Redis.", option=True
    )
    keys: Path | None = setting(  # noqa: RUF009 - the same
        None,
        folder,
        "The folder for the keys of secret polls; without it, the folder `keys` in the data folder. Keep it out of "
        "backups. Where several machines serve, all must see the same one, or no secret poll is opened.",
        option=True,
    )
    trusted_proxy: tuple[str, ...] = setting(
        (),
        networks,
        "The addresses or networks of proxies in front of the house, separated by commas. Only what they say about "
        "where somebody comes from is believed.",
        option=True,
    )
    lang: str = setting(
        "en", language, "The language of pages for people of whom no language is known: fr, de or en.", option=True
    )
    help_telephone: str | None = setting(
        None,
        telephone,
        "The help line's number on pages where no session is known yet, such as the one for typing a code. Without it: "
        "the number of the programmes, if those of all sessions that are not over have the same.",
    )
    organiser_key: str | None = setting(
        None,
        key,
        "The key with which the organiser creates sessions. Without it one is made and kept in `organiser-key` in the "
        "data folder.",
        hidden=True,
    )
    log: str = setting("info", level, "How much is logged: debug, info, warning or error.")
    quiet_after: int = setting(
        180, whole(1, 86_400), "So many seconds after their last sign of life somebody counts as quiet: a phone sleeps."
    )
    gone_after: int = setting(
        1_800, whole(1, 604_800), "So many seconds after their last sign of life somebody counts as gone."
    )
    hold_share: str = setting(
        "1/10",
        share,
        "As the close of a vote is near, it waits for the lead if more than this share of those who may vote have not "
        "voted and are not connected.",
    )
    asks_per_second: int = setting(20, whole(1, 10_000), "How many asks a connection may send each second.")
    asks_at_once: int = setting(40, whole(1, 10_000), "How many asks a connection may send in one burst.")
    connections_per_person: int = setting(
        5, whole(1, 100), "How many connections one person may have; then the oldest is closed."
    )
    connections_per_address: int = setting(
        2_000, whole(1, 1_000_000), "How many connections may come from one address (an IPv6 /64); this machine: any."
    )
    handshakes_per_address: int = setting(
        500, whole(1, 1_000_000), "How many new connections a second may come from one address; this machine: any."
    )
    compose_seconds: float = setting(
        1.5, seconds(0.1, 60), "So many seconds a search for rooms takes; a longer one finds better rooms."
    )
    busy_lag: int = setting(
        150, whole(1, 60_000), "So many ms late with everything, the process lets no new observers in for a while."
    )
    hard_lag: int = setting(
        600,
        whole(1, 60_000),
        "So many ms late, it also puts off what citizens ask. Ballots, and what staff ask, are never put off.",
    )
    failed_codes_per_address: int = setting(
        30, whole(1, 1_000_000), "How many codes that open nothing may come from one address each minute."
    )


def own_addresses(settings: Settings, port: int) -> tuple[str, ...]:
    """The addresses under which people may reach the house on that port; links use the first."""
    if settings.url is not None:
        return (settings.url,)
    hosts = ["127.0.0.1", "localhost"]
    if not listens_everywhere(settings):
        hosts.insert(0, f"[{settings.host}]" if ":" in settings.host else settings.host.lower())
    return tuple(f"http://{host}:{port}" for host in dict.fromkeys(hosts))


def listens_everywhere(settings: Settings) -> bool:
    try:
        return ip_address(settings.host).is_unspecified
    except ValueError:
        return False


class Described(NamedTuple):
    """What there is to know about one setting."""

    name: str
    env: str
    option: str | None
    default: Any
    meaning: str
    read: Reader
    hidden: bool


class Chosen(NamedTuple):
    """The settings, and for each where it came from: `default`, `env` or `option`."""

    settings: Settings
    sources: dict[str, str]


def describe() -> Iterator[Described]:
    """All settings, in the order of the page."""
    for field in dataclasses.fields(Settings):
        about = field.metadata
        option = "--" + field.name.replace("_", "-") if about["option"] else None
        yield Described(
            field.name,
            PREFIX + field.name.upper(),
            option,
            field.default,
            about["meaning"],
            about["read"],
            about["hidden"],
        )


def choose(options: Mapping[str, str | None], environment: Mapping[str, str]) -> Chosen:
    """Options win over the environment, which wins over the defaults; an empty value counts as not given.

    Raises BadSettings, naming everything that cannot be used.
    """
    values: dict[str, Any] = {}
    sources: dict[str, str] = {}
    faults: list[str] = []
    for each in describe():
        sources[each.name], text = _given(each, options, environment)
        if text is None:
            continue
        try:
            values[each.name] = each.read(text)
        except ValueError as wanted:
            written = each.option if sources[each.name] == "option" else each.env
            shown = "its value" if each.hidden else f'"{text}"'
            faults.append(f"{written} must be {wanted}, not {shown}")
    if faults:
        raise BadSettings("; ".join(faults) + ".")
    settings = Settings(**values)
    if settings.gone_after < settings.quiet_after:
        raise BadSettings("PALABRE_GONE_AFTER must not be less than PALABRE_QUIET_AFTER.")
    return Chosen(settings, sources)


def _given(
    each: Described, options: Mapping[str, str | None], environment: Mapping[str, str]
) -> tuple[str, str | None]:
    if each.option and options.get(each.name):
        return "option", options[each.name]
    if environment.get(each.env):
        return "env", environment[each.env]
    return "default", None


def environment(settings: Settings) -> dict[str, str]:
    """The settings as another process of ours reads them from its environment."""
    return {each.env: show(getattr(settings, each.name)) for each in describe()}


def show(value: Any) -> str:
    """A value as an operator would write it."""
    match value:
        case None | ():
            return ""
        case tuple():
            return ", ".join(value)
        case _:
            return str(value)


def config_lines(chosen: Chosen) -> Iterator[str]:
    """Every setting: name, value, where it came from, meaning; aligned, one a line."""
    described = list(describe())
    values = [_shown(chosen.settings, each) for each in described]
    wide, wider = max(len(each.name) for each in described), max(map(len, values))
    for each, value in zip(described, values, strict=True):
        yield f"{each.name:{wide}}  {value:{wider}}  {chosen.sources[each.name]:7}  {each.meaning}"


def _shown(settings: Settings, each: Described) -> str:
    value = getattr(settings, each.name)
    if each.hidden and value is not None:
        return "(set)"
    return show(value) or "-"


PAGE = """\
# Settings

<!-- Written by `python -m server.settings > docs/settings.md`; do not edit. -->

Each setting can be given in the environment, some also as an option of `python -m server serve`. An option wins over
the environment, which wins over the default; an empty value counts as not given. `python -m server config` shows the
value of each and where it came from. A value that cannot be used is named in one line, and nothing starts.

| in the environment | option | default | meaning |
| --- | --- | --- | --- |
"""


def settings_page() -> str:
    """The page `docs/settings.md`."""
    rows = (
        f"| `{each.env}` | {_code(each.option)} | {_code(show(each.default))} | {each.meaning} |\n"
        for each in describe()
    )
    return PAGE + "".join(rows)


def _code(text: str | None) -> str:
    return f"`{text}`" if text else ""


if __name__ == "__main__":
    print(settings_page(), end="")  # noqa: T201 - this is what it is run for
