"""Settings: where a value comes from, and what is said about one that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.settings import (
    BadSettings,
    Settings,
    choose,
    config_lines,
    describe,
    own_addresses,
    settings_page,
)

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"


def test_an_option_wins_over_the_environment_and_that_over_the_default() -> None:
    chosen = choose({"port": "9", "host": None}, {"PALABRE_PORT": "8", "PALABRE_LANG": "fr"})

    assert (chosen.settings.port, chosen.sources["port"]) == (9, "option")
    assert (chosen.settings.lang, chosen.sources["lang"]) == ("fr", "env")
    assert (chosen.settings.host, chosen.sources["host"]) == ("127.0.0.1", "default")


def test_an_empty_value_counts_as_not_given() -> None:
    assert choose({"url": ""}, {"PALABRE_URL": ""}).settings.url is None


def test_every_bad_value_is_named_in_one_line() -> None:
    with pytest.raises(BadSettings) as bad:
        choose({"port": "80x"}, {"PALABRE_LANG": "it", "PALABRE_QUIET_AFTER": "0"})

    assert str(bad.value) == (
        '--port must be a whole number from 0 to 65535, not "80x"; '
        'PALABRE_LANG must be one of fr, de, en, not "it"; '
        'PALABRE_QUIET_AFTER must be a whole number from 1 to 86400, not "0".'
    )


def test_a_bad_secret_is_not_repeated() -> None:
    with pytest.raises(BadSettings) as bad:
        choose({}, {"PALABRE_ORGANISER_KEY": "hunter2"})

    assert str(bad.value) == "PALABRE_ORGANISER_KEY must be at least 16 characters, not its value."


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://Palabre.example.org", "https://palabre.example.org"),
        ("https://palabre.example.org/", "https://palabre.example.org"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_an_address_is_kept_as_browsers_name_it(written: str, read: str) -> None:
    assert choose({"url": written}, {}).settings.url == read


@pytest.mark.parametrize(
    "written",
    ["palabre.example.org", "ftp://x", "https://", "https://x/y", "https://x?y", "https://a@x", "https://x:99999"],
)
def test_what_is_no_address_is_refused(written: str) -> None:
    with pytest.raises(BadSettings, match="must be an address like"):
        choose({"url": written}, {})


def test_proxies_are_read_as_networks() -> None:
    assert choose({"trusted_proxy": "127.0.0.1, 10.1.2.3/8"}, {}).settings.trusted_proxy == (
        "127.0.0.1/32",
        "10.0.0.0/8",
    )


@pytest.mark.parametrize("written", ["1/0", "3/2", "0.1", "-1/2", "1/", "ten"])
def test_the_share_at_which_a_vote_waits_is_a_part_of_the_whole(written: str) -> None:
    assert choose({}, {"PALABRE_HOLD_SHARE": "1/4"}).settings.hold_share == "1/4"
    with pytest.raises(BadSettings, match="PALABRE_HOLD_SHARE must be a share"):
        choose({}, {"PALABRE_HOLD_SHARE": written})


def test_nobody_is_gone_before_they_are_quiet() -> None:
    with pytest.raises(BadSettings, match="PALABRE_GONE_AFTER must not be less"):
        choose({}, {"PALABRE_GONE_AFTER": "60"})


@pytest.mark.parametrize(
    ("settings", "addresses"),
    [
        (Settings(), ("http://127.0.0.1:80", "http://localhost:80")),
        (Settings(host="::"), ("http://127.0.0.1:80", "http://localhost:80")),
        (Settings(host="10.0.0.7"), ("http://10.0.0.7:80", "http://127.0.0.1:80", "http://localhost:80")),
        (Settings(host="::1"), ("http://[::1]:80", "http://127.0.0.1:80", "http://localhost:80")),
        (Settings(url="https://palabre.example.org"), ("https://palabre.example.org",)),
    ],
)
def test_links_begin_with_the_first_of_our_addresses(settings: Settings, addresses: tuple[str, ...]) -> None:
    assert own_addresses(settings, 80) == addresses


def test_config_shows_every_setting_once_but_no_secret() -> None:
    lines = list(config_lines(choose({"data": "x"}, {"PALABRE_ORGANISER_KEY": "a very long secret"})))

    assert [line.split()[0] for line in lines] == [each.name for each in describe()]
    assert any(line.split()[:3] == ["data", "x", "option"] for line in lines)
    assert any(line.split()[:3] == ["organiser_key", "(set)", "env"] for line in lines)
    assert "secret" not in lines[[each.name for each in describe()].index("organiser_key")]


def test_the_page_about_settings_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == settings_page(), "run: python -m server.settings > docs/settings.md"
