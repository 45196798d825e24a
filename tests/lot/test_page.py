"""The page of a draw: what is published before it, what the number draws, who moves up, and whether it is right."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from rooms.lot import page as pages
from rooms.lot import solver
from rooms.lot.page import Page, panel_page, plain_page
from rooms.lot.plain import divisions
from rooms.lot.quotas import Quota, kept
from server.drawing import command

PEOPLE = {
    name: {"gender": gender, "side": side}
    for name, gender, side in [
        ("ana", "woman", "FR"), ("bob", "man", "FR"), ("cem", "man", "FR"),
        ("dia", "woman", "DE"), ("eva", "woman", "DE"), ("fil", "man", "DE"), ("gil", "man", "DE"),
    ]
}  # fmt: skip
PARITY = [Quota("gender", "woman", 1, 1)]


def plain() -> Page:
    return plain_page(PEOPLE, 2, 1, ["side"], "gender")


def test_two_of_each_side_differ_in_gender_whatever_the_number() -> None:
    page = plain()

    for number in range(0, 10 ** pages.figures(page), 997):
        for part in pages.parts(page, number):
            assert {PEOPLE[page.names[place]]["gender"] for place in part.drawn} == {"woman", "man"}
            assert len({*part.drawn, *part.substitutes}) == 3


def test_where_only_one_gender_is_left_it_is_drawn_from_all_the_same() -> None:
    assert [each[-1] for each in divisions(["a", "b"], 2, 1, 0, lambda _: "man")] == ["b", "a"]


def test_the_hash_is_that_of_the_file_that_can_be_downloaded() -> None:
    page = plain()

    assert page.hash == sha256(pages.list_text(page).encode()).hexdigest()
    assert pages.list_text(page).splitlines()[:2] == ["[DE]", "dia, woman"]


def test_a_substitute_moves_up_who_keeps_the_two_different() -> None:
    page, number = plain(), 4321
    german = pages.parts(page, number)[0]
    leaves = german.drawn[0]

    seats = pages.seated(page, number, [leaves])[0]

    assert seats[0].before == (leaves,)
    assert seats[0].person == german.substitutes[0]
    assert seats[1].person == german.drawn[1]


def test_a_seat_stays_empty_where_no_substitute_is_left() -> None:
    page = plain_page({"ana": {}, "bob": {}}, 1, 1, [])
    first = pages.parts(page, 0)[0].drawn[0]

    assert pages.seated(page, 0, [first, 1 - first])[0][0] == pages.Seat(None, (first, 1 - first))


def test_whoever_moves_up_in_a_panel_keeps_its_quotas() -> None:
    page = panel_page(PEOPLE, 2, 3, PARITY)
    leaves = page.panels[417][0]

    seats = pages.seated(page, 417, [leaves])[0]

    now = [page.values[seat.person] for seat in seats if seat.person is not None]
    assert len(now) == 2
    assert kept(PARITY, now)
    assert leaves not in {seat.person for seat in seats}


def test_substitutes_of_a_panel_come_in_an_order_that_the_number_gives() -> None:
    page = panel_page(PEOPLE, 2, 3, PARITY)

    key = pages.order_key(page, 417, 2)

    assert key == sha256(f"{page.hash} 417 3".encode()).hexdigest()
    assert pages.order_key(page, 4, 2) == sha256(f"{page.hash} 004 3".encode()).hexdigest()
    assert len({pages.parts(page, number)[0].substitutes for number in range(200)}) > 10


MANY: dict[str, dict[str, str]] = {f"Name {number:03}": {} for number in range(120)}


def test_a_number_that_nobody_would_read_out_is_stretched_and_each_step_can_be_done_by_anybody() -> None:
    page = plain_page(MANY, 20, 10, [])
    number = 10**38 + 7
    part = pages.parts(page, number)[0]

    left = list(page.names)
    for step, each in enumerate(part.steps, 1):
        own = sha256(f"{page.hash} {number:040} {step}".encode()).hexdigest()
        assert (each.number, each.left, each.quotient) == (own, len(left), "")
        assert page.names[each.drawn] == left.pop(int(own, 16) % each.left)
    assert pages.figures(page) == 40
    assert (len(part.drawn), len(part.substitutes)) == (20, 10)
    assert pages.stretched(page)


def test_a_stretched_number_draws_everybody_about_as_often() -> None:
    page = plain_page(MANY, 30, 0, [])

    times = Counter(place for number in range(400) for place in pages.parts(page, number)[0].drawn)

    assert len(times) == 120
    assert all(60 < each < 145 for each in times.values())  # 100 each, five times the standard deviation


@pytest.mark.parametrize("seats", [18, 19])
def test_as_long_as_the_digits_can_be_read_out_a_draw_is_done_with_the_pencil(seats: int) -> None:
    page = plain_page(MANY, seats, 0, [])

    assert pages.stretched(page) == (seats == 19)
    assert pages.figures(page) == 40
    assert bool(pages.parts(page, 0)[0].steps[0].quotient) == (seats == 18)


def test_the_command_checks_a_stretched_draw(tmp_path: Path) -> None:
    page, sheet = plain_page(MANY, 20, 10, []), tmp_path / "page.json"
    written = command.Sheet(page, "7" * 40, parts=pages.parts(page, int("7" * 40)))
    sheet.write_bytes(msgspec.json.encode(written))
    assert command.checked(sheet)[0] == 0

    sheet.write_bytes(msgspec.json.encode(msgspec.structs.replace(written, number="7" * 39 + "8")))

    assert command.checked(sheet)[0] == command.WRONG


@pytest.mark.parametrize("digits", ["", "x", "17", "0417"])
def test_a_page_whose_number_is_none_is_found_wrong(tmp_path: Path, digits: str) -> None:
    page, sheet = panel_page(PEOPLE, 2, 1, PARITY), tmp_path / "page.json"
    sheet.write_bytes(msgspec.json.encode(command.Sheet(page, digits)))

    assert command.checked(sheet)[0] == command.WRONG


def test_a_program_that_takes_too_long_is_told_instead_of_going_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solver, "LONGEST", 0.0)
    file = tmp_path / "draw.json"
    people = [{"name": name, "attributes": values} for name, values in PEOPLE.items()]
    file.write_text(json.dumps({"people": people, "seats": 2, "quotas": {"gender": {"woman": [1, 1]}}}))

    code, told = command.run(file, None)

    assert code == command.INFEASIBLE
    assert json.loads(told)["infeasible"][0]["why"] == "time"


def test_the_published_page_says_nothing_of_what_the_quotas_know_of_volunteers() -> None:
    page = panel_page(PEOPLE, 2, 1, PARITY)

    text = pages.list_text(page) + msgspec.json.encode(pages.public(page)).decode()
    found = {finding.what: finding.holds for finding in pages.findings(pages.public(page))}

    assert '"woman"' in text  # the quota is public
    assert (pages.public(page).values, pages.public(page).chances) == ((), ())
    assert "chances" not in text
    assert found == {"hash": True, "size": True, "chances": None, "quotas": None, "fairest": None}


def test_the_command_makes_a_page_that_it_finds_right(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draw = {
        "people": [{"name": name, "attributes": values} for name, values in PEOPLE.items()],
        "seats": 2,
        "substitutes": 1,
        "quotas": {"gender": {"woman": [1, 1]}},
    }
    file, sheet = tmp_path / "draw.json", tmp_path / "page.json"
    file.write_text(json.dumps(draw))

    code, told = command.run(file, 417)
    sheet.write_text(told)
    again, _ = command.run(file, 417)

    assert (code, again) == (0, 0)
    assert command.run(file, 417)[1] == told
    assert command.checked(sheet)[0] == 0
    assert "WRONG" not in command.checked(sheet)[1]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('"names":["ana"', '"names":["ann"', "the hash"),
        ('"number":"417"', '"number":"001"', "the number draws"),
        ('"chances":[', '"chances":[1,', "each chance"),
    ],
)
def test_a_page_with_a_changed_word_is_found_wrong(tmp_path: Path, old: str, new: str, what: str) -> None:
    page = panel_page(PEOPLE, 2, 1, PARITY)
    written = msgspec.json.encode(command.Sheet(page, "417", parts=pages.parts(page, 417))).decode()
    sheet = tmp_path / "page.json"
    sheet.write_text(written.replace(old, new))
    assert old in written

    code, told = command.checked(sheet)

    assert code == command.WRONG
    assert any(line.startswith(f"WRONG: {what}") for line in told.splitlines())


def test_a_draw_that_cannot_be_says_which_quota(tmp_path: Path) -> None:
    file = tmp_path / "draw.json"
    file.write_text(json.dumps({"people": [{"name": "bob"}], "seats": 1, "quotas": {"gender": {"woman": [1, 1]}}}))

    code, told = command.run(file, None)

    assert code == command.INFEASIBLE
    assert json.loads(told)["infeasible"][0]["quota"]["value"] == "woman"
