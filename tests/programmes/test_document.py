"""Programme files: YAML without its traps, JSON, and nothing that grows while it is read."""

from __future__ import annotations

import json
import time

import pytest

from server.programmes import open_programme
from server.programmes.document import MOST_BYTES, Unreadable, open_document


def reason(raw: bytes, filename: str = "p.yaml") -> tuple[str, dict[str, str | int]]:
    with pytest.raises(Unreadable) as caught:
        open_document(raw, filename)
    fault = caught.value.args[0]
    return fault.reason, fault.params


def test_yaml_is_read_as_people_mean_it() -> None:
    text = b"{no: yes, at: 18:00, day: 2027-03-05, share: 1/2, n: 12, f: 0.5, pin: 0123, on: true, gone: ~, t: trueish}"

    assert open_document(text) == {
        "no": "yes", "at": "18:00", "day": "2027-03-05", "share": "1/2", "n": 12, "f": 0.5, "pin": "0123", "on": True,
        "gone": None, "t": "trueish",
    }  # fmt: skip


def test_json_is_read_too() -> None:
    assert open_document(b'\xef\xbb\xbf{"a": [1, true]}', "p.json") == {"a": [1, True]}
    assert open_document(b'{"a": [1, true]}', "p.yaml") == {"a": [1, True]}


@pytest.mark.parametrize(
    "text",
    [
        b"a: &x 1\nb: *x",
        b"a: !!python/object/apply:os.system [ls]",
        b"a: !!str 1",
        b"a: !thing 1",
        b"a: &x [1]\nb: [*x, *x]",
    ],
)
def test_references_and_tags_are_refused(text: bytes) -> None:
    assert reason(text)[0] == "yaml-reference"


def test_a_line_that_is_no_yaml_is_named() -> None:
    assert reason(b"a: 1\nb: [1, 2\nc: 3\n") == ("not-yaml", {"line": 3, "column": 2})
    assert reason(b'{"a": 1,\n oops}', "p.json") == ("not-json", {"line": 2, "column": 2})


@pytest.mark.parametrize("text", [b"a: 1\nb: 2\na: 3", b"{'a': 1, a: 2}"])
def test_a_key_that_is_there_twice_is_refused(text: bytes) -> None:
    assert reason(text) == ("twice", {"value": "a"})
    assert reason(b'{"a": 1, "a": 2}', "p.json") == ("twice", {"value": "a"})


def test_deep_nests_are_refused_before_they_are_built() -> None:
    assert reason(b"[" * 30)[0] in {"too-deep", "not-yaml"}
    assert reason(b"[" * 30 + b"]" * 30)[0] == "too-deep"
    assert reason(b"[" * 100_000)[0] in {"too-deep", "not-yaml"}
    assert reason(b"[" * 100_000, "p.json")[0] == "not-json"


def test_files_may_not_be_large_or_in_another_encoding() -> None:
    assert reason(b"a" * (MOST_BYTES + 1))[0] == "programme-too-large"
    assert reason("title: é".encode("cp1252"))[0] == "not-utf-8"
    assert reason(b"a: 1\x00")[0] == "not-yaml"


def test_a_map_as_a_key_is_refused() -> None:
    assert reason(b"? {a: 1}\n: 2")[0] == "not-yaml"


def test_a_long_file_of_nonsense_is_refused_soon() -> None:
    started = time.process_time()

    reading = open_programme(b"- [a, b, {c: d}]\n" * (MOST_BYTES // 17 // 4))

    assert [fault.reason for fault in reading.faults] == ["not-a-map"]
    assert time.process_time() - started < 20


def test_a_file_is_opened_and_read() -> None:
    plain = {
        "title": {"en": "Trial"},
        "languages": ["en"],
        "items": [{"id": "a", "title": {"en": "A"}, "minutes": 1, "mode": "break"}],
    }

    assert open_programme(json.dumps(plain).encode(), "trial.json").faults == ()
    assert open_programme(b"").faults[0].reason == "not-a-map"
    assert open_programme(b"a: *b").faults[0].reason == "yaml-reference"
