"""What the store's own settings promise: which server it is, whether it may throw things away, what a crash costs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

OLDEST = {"Redis": (7, 0), "Valkey": (8, 0)}
KEEPS_ALL = "noeviction"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Of one server. None: it does not tell."""

    program: str
    version: str
    cluster: bool = False
    copy: bool = False
    eviction: str | None = None
    appends: bool | None = None
    fsync: str | None = None
    snapshots: bool | None = None
    replicas: int = 0


def read_settings(info: Mapping[str, Any], config: Mapping[str, str] | None) -> Settings:
    """From the answers to INFO and CONFIG GET; without the latter where it is forbidden."""
    valkey = info.get("server_name") == "valkey"
    config = config or {}
    appends = info.get("aof_enabled")
    save = config.get("save")
    return Settings(
        program="Valkey" if valkey else "Redis",
        version=str(info["valkey_version" if valkey else "redis_version"]),
        cluster=bool(info.get("cluster_enabled")),
        copy=info.get("role") not in (None, "master"),
        eviction=info.get("maxmemory_policy"),
        appends=None if appends is None else bool(appends),
        fsync=config.get("appendfsync"),
        snapshots=None if save is None else save != "",
        replicas=int(info.get("connected_slaves", 0)),
    )


def objection(settings: Settings) -> str | None:
    """Why the house cannot live on this server; None if it can."""
    known = f"{settings.program} {settings.version}"
    oldest = OLDEST[settings.program]
    if _numbers(settings.version) < oldest:
        return f"is {known}, which is too old: {_list(OLDEST)} or newer is needed"
    if settings.eviction is not None and settings.eviction != KEEPS_ALL:
        return (
            f"would throw entries away when its memory is full (maxmemory-policy is {settings.eviction}): "
            f"set maxmemory-policy to {KEEPS_ALL}"
        )
    if settings.copy:
        return "is a copy of another server and takes no writes: give the address of the primary"
    return None


def promise(settings: Settings) -> str:
    """One line for the operator: what is left after a crash of the server, and after a power cut."""
    parts = [f"{settings.program} {settings.version}{' (cluster)' if settings.cluster else ''} {_kept(settings)}"]
    if settings.eviction is None:
        parts.append(f"Whether maxmemory-policy is {KEEPS_ALL}, as it must be, could not be checked.")
    if settings.replicas:
        copies = "1 replica follows" if settings.replicas == 1 else f"{settings.replicas} replicas follow"
        parts.append(f"{copies} a moment later: what was answered last may be missing after a fail-over.")
    return " ".join(parts)


def weakest(all_of_them: list[Settings]) -> Settings:
    """Of the servers of a cluster, the one that promises least."""
    return min(all_of_them, key=_strength)


def _kept(settings: Settings) -> str:
    match settings.appends, settings.fsync:
        case True, "always":
            return "has each entry on its disk before it is answered (appendfsync always): a power cut loses nothing."
        case True, "everysec":
            return (
                "writes to its disk once a second (appendfsync everysec): a crash of the server loses nothing, "
                "a power cut the last second or two."
            )
        case True, "no":
            return (
                "leaves it to the system when to write to the disk (appendfsync no): a crash of the server loses "
                "nothing, a power cut perhaps the last half minute."
            )
        case (True, None) | (None, _):
            return "does not tell how it keeps things: ask whoever runs it for appendonly yes and its appendfsync."
        case False, _ if settings.snapshots:
            return (
                "only keeps a snapshot now and then (appendonly no): any crash loses all that came after the last one. "
                "Set appendonly to yes."
            )
        case False, _ if settings.snapshots is None:
            return "keeps no append-only file: a crash may lose everything. Set appendonly to yes."
        case _:
            return (
                "keeps everything in memory only (appendonly no, no snapshots): when it stops, all sessions are gone. "
                "Set appendonly to yes."
            )


def _strength(settings: Settings) -> tuple[int, int]:
    fsync = {"always": 3, "everysec": 2, "no": 1}.get(settings.fsync or "", 0)
    return (0 if settings.appends is False else 1, fsync if settings.appends else int(settings.snapshots or False))


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".")[:2] if part.isdigit())


def _list(oldest: Mapping[str, tuple[int, int]]) -> str:
    return " or ".join(f"{program} {major}.{minor}" for program, (major, minor) in oldest.items())
