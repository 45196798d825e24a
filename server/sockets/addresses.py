"""Where a request comes from: the addresses of people, and those under which we are called."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from aiohttp import web

PORTS = {"http": 80, "https": 443}
NEIGHBOURS = 64
"""Bits of an IPv6 address that one household or office shares."""


REMEMBERED = 4096


class Origins:
    """The URLs under which people reach us: which Origin a browser may name, and which Host anybody may ask for."""

    def __init__(self, urls: Iterable[str] = ()) -> None:
        self._origins: set[str] = set()
        self._hosts: set[str] = set()
        for url in urls:
            self.add(url)

    def add(self, url: str) -> None:
        """Takes `https://host[:port]`; a port that was chosen by the system is known only once it is bound."""
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname:
            raise ValueError(f"not an address of ours: {url}")
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        usual = PORTS[parts.scheme]
        port = parts.port or usual
        self._origins.add(f"{parts.scheme}://{host}" + ("" if port == usual else f":{port}"))
        self._hosts |= {f"{host}:{port}"} | ({host} if port == usual else set())

    def allows(self, origin: str) -> bool:
        return origin.lower() in self._origins

    def allows_host(self, host: str) -> bool:
        return host.lower() in self._hosts


class Proxies:
    """The proxies whose forwarded headers count; nobody else's do."""

    def __init__(self, networks: Iterable[str] = ()) -> None:
        self._networks = [ip_network(network.strip(), strict=False) for network in networks if network.strip()]

    def address(self, request: web.Request) -> str:
        """What limits count by: an IPv4 address or an IPv6 /64; empty for the loopback and for local sockets."""
        address = _read(request.remote)
        if address is not None and self._trusts(address):
            hops = ",".join(request.headers.getall("X-Forwarded-For", ())).split(",")
            for hop in reversed(hops):
                named = _read(hop)
                if named is None:
                    break
                address = named
                if not self._trusts(named):
                    break
        return _shared(address)

    def _trusts(self, address: IPv4Address | IPv6Address) -> bool:
        return any(address in network for network in self._networks)


@lru_cache(maxsize=REMEMBERED)
def _read(text: str | None) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address((text or "").strip())
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


@lru_cache(maxsize=REMEMBERED)
def _shared(address: IPv4Address | IPv6Address | None) -> str:
    if address is None or address.is_loopback:
        return ""
    if isinstance(address, IPv6Address):
        return str(IPv6Network((int(address), NEIGHBOURS), strict=False))
    return str(address)
