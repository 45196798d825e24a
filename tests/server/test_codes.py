"""Codes: what people type, what is kept of it, and what a cookie is worth."""

from __future__ import annotations

import stat
from pathlib import Path

import msgspec
import pytest

from server.codes import (
    ALPHABET,
    SECRET_BYTES,
    Codes,
    new_code,
    new_id,
    open_codes,
    open_organiser_key,
    read_code,
    same,
    show_code,
)
from server.folder import CannotOpen
from server.journal import Row

CODE = "3C4DXY679GHK"


def row(codes: Codes) -> Row:
    return Row("p1", "seat1", codes.hash(CODE), "Citizen 1")


@pytest.fixture
def codes() -> Codes:
    return Codes(b"s" * SECRET_BYTES)


def test_citizens_type_twelve_characters_and_staff_twenty_four() -> None:
    assert len(new_code(staff=False)) == 12
    assert len(new_code(staff=True)) == 24
    assert set(new_code(staff=True)) <= set(ALPHABET)


def test_no_character_of_a_code_looks_like_another_and_no_code_spells_a_word() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET)
    assert not set(ALPHABET) & set("0O1IL2Z5S8BU" + "AEIOU")


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        "3c4dxy679ghk",
        "3C4D-XY67-9GHK",
        "  3c4d xy67\u00a09ghk\n",
        "3C4D–XY67—9GHK",
        "https://palabre.example.org/j#3C4DXY679GHK",
    ],
)
def test_a_code_is_read_however_it_is_written(typed: str) -> None:
    assert read_code(typed) == CODE


@pytest.mark.parametrize("typed", ["", "3C4D-XY67-9GH", CODE + "3", "0C4DXY679GHK", "ÄC4DXY679GHK", "#"])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


def test_a_code_is_shown_in_groups_of_four_that_read_back() -> None:
    assert show_code(CODE) == "3C4D-XY67-9GHK"
    assert read_code(show_code(CODE)) == CODE


def test_a_hash_depends_on_the_secret_and_tells_nothing_of_the_code(codes: Codes) -> None:
    assert codes.hash(CODE) == codes.hash(CODE)
    assert codes.hash(CODE) != codes.hash(CODE[::-1])
    assert codes.hash(CODE) != Codes(b"t" * SECRET_BYTES).hash(CODE)
    assert CODE.lower() not in codes.hash(CODE)


def test_a_cookie_opens_its_own_seat_only(codes: Codes) -> None:
    cookie = codes.cookie(row(codes))

    assert codes.admits(row(codes), cookie)
    assert not codes.admits(msgspec.structs.replace(row(codes), seat="seat2"), cookie)
    assert not codes.admits(row(codes), cookie[:-1] + "x")
    assert not codes.admits(row(codes), "")
    assert not codes.admits(row(codes), "é")


def test_a_revoked_renewed_or_erased_code_ends_its_cookies(codes: Codes) -> None:
    cookie = codes.cookie(row(codes))

    assert not codes.admits(msgspec.structs.replace(row(codes), revoked=True), cookie)
    assert not codes.admits(msgspec.structs.replace(row(codes), code=codes.hash(CODE[::-1])), cookie)
    erased = msgspec.structs.replace(row(codes), code=None)
    assert not codes.admits(erased, codes.cookie(erased))


def test_a_cookie_is_never_the_hash_of_a_code(codes: Codes) -> None:
    assert codes.cookie(row(codes)) != codes.hash(f"seat1:{row(codes).code}")


def test_ids_are_letters_and_digits_and_do_not_repeat() -> None:
    ids = {new_id() for _ in range(1_000)}

    assert len(ids) == 1_000
    assert all(len(each) >= 10 and each.isascii() and each.isalnum() for each in ids)


def test_the_secret_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    first = open_codes(tmp_path / "data")

    assert open_codes(tmp_path / "data").hash(CODE) == first.hash(CODE)
    assert open_codes(tmp_path / "other").hash(CODE) != first.hash(CODE)
    assert stat.S_IMODE((tmp_path / "data" / "secret").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret"]


def test_a_lost_secret_beside_a_journal_is_not_quietly_replaced(tmp_path: Path) -> None:
    (tmp_path / "palabre.sqlite").touch()

    with pytest.raises(CannotOpen, match="is missing, and no link works without it"):
        open_codes(tmp_path)


def test_a_damaged_secret_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"short")

    with pytest.raises(CannotOpen, match="damaged"):
        open_codes(tmp_path)


def test_the_organisers_key_is_the_given_one_else_made_once(tmp_path: Path) -> None:
    assert open_organiser_key(tmp_path, "given by the operator") == "given by the operator"
    assert not (tmp_path / "organiser-key").exists()

    made = open_organiser_key(tmp_path)

    assert len(made) == 24
    assert open_organiser_key(tmp_path) == made
    assert stat.S_IMODE((tmp_path / "organiser-key").stat().st_mode) == 0o600


def test_secrets_are_compared_whole_and_may_hold_anything() -> None:
    assert same("clé", "clé")
    assert not same("clé", "cle")
    assert not same("", "x")
