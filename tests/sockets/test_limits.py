"""Buckets, addresses and origins, with a clock moved by hand."""

from __future__ import annotations

import pytest
from aiohttp.test_utils import make_mocked_request

from server.sockets.addresses import Origins, Proxies
from server.sockets.limits import REMEMBERED, Addresses, Bucket, Buckets, FailedCodes


def test_a_bucket_gives_a_burst_and_then_its_rate() -> None:
    bucket = Bucket(rate=20, burst=40)

    at_once = sum(bucket.take(now=100) for _ in range(60))
    a_second_later = sum(bucket.take(now=101) for _ in range(60))

    assert (at_once, a_second_later) == (40, 20)


def test_a_bucket_does_not_mind_a_clock_that_stands() -> None:
    bucket = Bucket(rate=1, burst=1)

    assert [bucket.take(now=5), bucket.take(now=5), bucket.take(now=4)] == [True, False, False]


def test_failed_codes_are_counted_by_address_and_the_loopback_is_not() -> None:
    failed = FailedCodes()

    assert sum(failed.take("192.0.2.1", now=0) for _ in range(40)) == 30
    assert failed.take("192.0.2.2", now=0)
    assert all(failed.take("", now=0) for _ in range(40))
    assert failed.take("192.0.2.1", now=2.1)


def test_no_more_addresses_are_remembered_than_fit() -> None:
    buckets = Buckets(rate=1, burst=1)

    for n in range(REMEMBERED + 10):
        buckets.take(str(n), now=0)

    assert len(buckets._buckets) == REMEMBERED


def test_an_address_has_so_many_connections_at_a_time_and_so_many_handshakes_a_second() -> None:
    addresses = Addresses(connections=2, handshakes=3)

    assert [addresses.enter("192.0.2.1", now=0) for _ in range(3)] == [True, True, False]
    addresses.leave("192.0.2.1")
    assert [addresses.enter("192.0.2.1", now=0) for _ in range(2)] == [True, False]
    addresses.leave("192.0.2.1")
    assert not addresses.enter("192.0.2.1", now=0), "the third handshake of this second was the last"
    assert addresses.enter("192.0.2.1", now=1)


def test_an_address_that_left_is_forgotten() -> None:
    addresses = Addresses()

    addresses.enter("192.0.2.1", now=0)
    addresses.leave("192.0.2.1")

    assert not addresses._open


@pytest.mark.parametrize(
    ("remote", "forwarded", "counted"),
    [
        ("127.0.0.1", "", ""),
        ("::1", "", ""),
        ("", "", ""),
        ("192.0.2.7", "", "192.0.2.7"),
        ("::ffff:192.0.2.7", "", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::", "", "2001:db8:1:2::/64"),
        ("192.0.2.7", "198.51.100.1", "192.0.2.7"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "203.0.113.9, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "garbage", "10.0.0.1"),
        ("10.0.0.1", "203.0.113.9, garbage, 10.0.0.2", "10.0.0.2"),
        ("10.0.0.1", "", "10.0.0.1"),
    ],
)
def test_forwarded_headers_count_from_trusted_proxies_only(remote: str, forwarded: str, counted: str) -> None:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = make_mocked_request("GET", "/", headers=headers).clone(remote=remote)

    assert Proxies(["10.0.0.0/8"]).address(request) == counted


def test_origins_and_hosts_are_those_of_our_urls() -> None:
    origins = Origins(["https://palabre.example.org", "http://127.0.0.1:8080", "http://[::1]:8080"])

    assert origins.allows("https://palabre.example.org")
    assert origins.allows("http://127.0.0.1:8080")
    assert origins.allows("http://[::1]:8080")
    assert origins.allows_host("Palabre.example.org")
    assert origins.allows_host("palabre.example.org:443")
    for stranger in (
        "null",
        "http://palabre.example.org",
        "https://palabre.example.org.evil.example",
        "http://127.0.0.1",
    ):
        assert not origins.allows(stranger)
    for stranger in ("evil.example", "127.0.0.1", "127.0.0.1:81", ""):
        assert not origins.allows_host(stranger)


def test_what_is_no_url_is_no_origin() -> None:
    with pytest.raises(ValueError, match="not an address"):
        Origins(["palabre.example.org"])
