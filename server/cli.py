"""The command line: serve, demo, recount, compose, languages, lot, config. What cannot be is one line; exit code 2."""

from __future__ import annotations

import asyncio
import errno
import os
import sys
from collections.abc import Coroutine, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn

import typer

from server.folder import CannotOpen
from server.logs import start_logs
from server.settings import (
    BadSettings,
    Chosen,
    Settings,
    choose,
    config_lines,
    describe,
    listens_everywhere,
    own_addresses,
)

DIFFERS = 1
REFUSED = 2
INTERRUPTED = 130
CANNOT_LISTEN = {errno.EADDRINUSE, errno.EADDRNOTAVAIL, errno.EACCES}

MEANINGS = {each.name: each.meaning for each in describe()}

# What is wrong with a value is said by the settings, the same way as for the environment; so all of these are words.
Host = Annotated[str | None, typer.Option(help=MEANINGS["host"])]
Port = Annotated[str | None, typer.Option(help=MEANINGS["port"])]
Data = Annotated[str | None, typer.Option(help=MEANINGS["data"])]
Url = Annotated[str | None, typer.Option(help=MEANINGS["url"])]
Redis = Annotated[str | None, typer.Option(help=MEANINGS["redis"])]
Workers = Annotated[str | None, typer.Option(help=MEANINGS["workers"])]
Keys = Annotated[str | None, typer.Option(help=MEANINGS["keys"])]
TrustedProxy = Annotated[str | None, typer.Option(help=MEANINGS["trusted_proxy"])]
Lang = Annotated[str | None, typer.Option(help=MEANINGS["lang"])]
Words = Annotated[Literal["en", "fr", "de"], typer.Option("--lang", help="The language of what is said.")]

app = typer.Typer(
    name="python -m server",
    help="Palabre holds live online deliberation sessions. Without a command it serves.",
    no_args_is_help=False,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,  # they would print the values of variables: names, codes, ballots
)


def main(words: Sequence[str] | None = None) -> NoReturn:
    """Runs the command in `words` (default: those of the process); the default command is serve."""
    given = list(sys.argv[1:] if words is None else words)
    if not given or (given[0].startswith("-") and given[0] not in ("--help", "-h")):
        given.insert(0, "serve")
    app(given, prog_name="python -m server")
    sys.exit()


@app.command()
def serve(
    *,
    host: Host = None,
    port: Port = None,
    data: Data = None,
    url: Url = None,
    redis: Redis = None,
    workers: Workers = None,
    keys: Keys = None,
    trusted_proxy: TrustedProxy = None,
    lang: Lang = None,
) -> None:
    """Hold sessions until told to stop."""
    settings = _begin(locals()).settings
    _warn_of_missing_url(settings)

    if settings.workers is not None:
        from server import workers as many

        _run(many.serve(settings), settings)
    from server import serving

    _run(serving.serve(settings), settings)


@app.command()
def demo(
    *,
    people: Annotated[int, typer.Option(min=1, max=5000, help="How many simulated citizens take part.")] = 80,
    speed: Annotated[float, typer.Option(min=0.1, max=1000, help="How many times faster than planned it runs.")] = 1,
    template: Annotated[str, typer.Option(help="The programme: a built-in name, or a YAML file.")] = "a240",
    host: Host = None,
    port: Port = None,
    data: Annotated[str | None, typer.Option(help="Its data folder; without it, `demo` in the data folder.")] = None,
    redis: Redis = None,
    workers: Workers = None,
    lang: Lang = None,
) -> None:
    """Show a session with simulated citizens."""
    settings, sources = _begin(
        {"host": host, "port": port, "data": data, "redis": redis, "workers": workers, "lang": lang}
    )
    if sources["data"] != "option":
        settings = replace(settings, data=settings.data / "demo")
    _warn_of_missing_url(settings)

    import server.demo

    _run(server.demo.run(settings, people, speed, template), settings)


@app.command()
def compose(
    file: Annotated[Path | None, typer.Argument(help="The instance, as JSON.", metavar="FILE.json")] = None,
    *,
    journal: Annotated[
        Path | None, typer.Option(help="Instead: make every composition of a record again (archive or journal).")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="The same seed and iterations give the same plan.")] = 1,
    seconds: Annotated[float, typer.Option(min=0.01, max=3600, help="How long to search.")] = 2.0,
    iterations: Annotated[int | None, typer.Option(min=0, help="How many tries, instead of seconds.")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Use the plain search even where numba is installed.")] = False,
    lang: Words = "en",
) -> None:
    """Compose the rooms of all rounds in a file, and print the plan. Exit code 3: no seating keeps the rules.

    With --journal: say of every composition and repair in a record whether it is the same when it is made again. Exit
    code 1: one is not, or was found by another version of the search.
    """
    from server.composing import command
    from server.composing.files import BadInstance

    if (file is None) == (journal is None):
        _refuse("One of these is needed: FILE.json, or --journal FILE.")
    if journal is not None:
        _audit(journal, plain=plain)
    assert file is not None  # noqa: S101 - one of them is
    try:
        code, plan = command.run(file, seed, seconds, iterations, plain=plain, lang=lang)
    except BadInstance as bad:
        _refuse(str(bad))
    typer.echo(command.printed(plan))
    raise typer.Exit(code)


@app.command()
def lot(
    file: Annotated[
        Path, typer.Argument(help="The draw, or with --check its page, as JSON; - reads what is piped in.")
    ],
    *,
    number: Annotated[int | None, typer.Option(min=0, help="The number that was drawn in public.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Check a page instead, and print what was found.")] = False,
    quick: Annotated[bool, typer.Option("--quick", help="Raise the lowest chance only.")] = False,
) -> None:
    """Make the page of a draw, or check one. Exit codes: 1, something on the page is wrong; 3, no panel fits."""
    from server.drawing import command

    try:
        code, told = command.checked(file) if check else command.run(file, number, quick=quick)
    except command.BadDraw as bad:
        _refuse(str(bad))
    typer.echo(told)
    raise typer.Exit(code)


@app.command()
def languages(
    roster: Annotated[Path, typer.Argument(help="The list of people, as CSV, Excel or OpenDocument.")],
    *,
    rooms: Annotated[int | None, typer.Option(min=1, max=1000, help="So many rooms.")] = None,
    size: Annotated[int | None, typer.Option(min=2, max=1000, help="Or rooms of so many people at most.")] = None,
    teams: Annotated[
        int | None, typer.Option(min=0, max=1000, help="So many teams of two interpreters, not those of the roster.")
    ] = None,
    most: Annotated[int, typer.Option("--most-languages", min=1, max=24, help="Languages in one room at most.")] = 2,
    lang: Words = "en",
) -> None:
    """Say which languages the rooms of a roster can have, and what a team of interpreters less would cost.

    Exit code 3: not everybody has a room.
    """
    from server.composing import languages as plans
    from server.composing.command import INFEASIBLE

    try:
        people = plans.people_in(roster, lang)
    except plans.BadRoster as bad:
        _refuse(str(bad))
    found = plans.plan(people, rooms=rooms, size=size, teams=teams, most_languages=most)
    for line in plans.lines(found, lang):
        typer.echo(line)
    raise typer.Exit(INFEASIBLE if found.now.cannot else 0)


@app.command()
def config(
    *,
    host: Host = None,
    port: Port = None,
    data: Data = None,
    url: Url = None,
    redis: Redis = None,
    workers: Workers = None,
    keys: Keys = None,
    trusted_proxy: TrustedProxy = None,
    lang: Lang = None,
) -> None:
    """Show every setting: name, value, where it came from, meaning. Takes the options of serve."""
    for line in config_lines(_choose(locals())):
        typer.echo(line)


@app.command()
def recount(
    record: Annotated[Path, typer.Argument(help="An archive of a session (ZIP or folder), or its votes.json.")],
) -> None:
    """Count every vote of an exported record again from its ballots, and say whether the printed results are equal."""
    from server import recount as recounts

    try:
        found = [recounts.recount(vote) for vote in recounts.load(record).polls]
    except recounts.CannotRead as cannot:
        _refuse(str(cannot))
    for each in found:
        typer.echo(each.line)
    raise typer.Exit(DIFFERS if any(each.outcome == "differs" for each in found) else 0)


def _audit(record: Path, *, plain: bool) -> NoReturn:
    from rooms.composing import search
    from server.composing import audit
    from server.composing.command import fastest

    try:
        entries = audit.load(record)
        found = audit.audits(entries, search.anneal if plain or audit.tries_in(entries) < audit.MANY else fastest())
    except audit.CannotRead as cannot:
        _refuse(str(cannot))
    for each in found:
        typer.echo(each.line)
    if not found:
        typer.echo("No rooms were composed by a search.")
    raise typer.Exit(DIFFERS if any(each.differs or each.other_version for each in found) else 0)


def _choose(options: dict[str, str | None]) -> Chosen:
    try:
        return choose(options, os.environ)
    except BadSettings as bad:
        _refuse(str(bad))


def _begin(options: dict[str, str | None]) -> Chosen:
    """The settings of a house that is about to run."""
    chosen = _choose(options)
    if chosen.settings.workers is not None and chosen.settings.redis is None:
        _refuse("--workers needs --redis: several processes can share sessions only through it.")
    start_logs(chosen.settings.log)
    return chosen


def _warn_of_missing_url(settings: Settings) -> None:
    if settings.url is None and listens_everywhere(settings):
        ours = own_addresses(settings, settings.port)[0]
        _say(
            f"Listening on all addresses without --url: links will begin with {ours}, and browsers that call us by "
            "another name are refused. Give --url with the address that people use."
        )


def _run(work: Coroutine[Any, Any, int], settings: Settings) -> NoReturn:
    """Runs it to its end; what the operator can mend is told in one line."""
    try:
        code = asyncio.run(work)
    except CannotOpen as cannot:
        _refuse(str(cannot))
    except KeyboardInterrupt:
        code = INTERRUPTED
    except OSError as error:
        if error.errno not in CANNOT_LISTEN:
            raise
        reason = "another program uses it" if error.errno == errno.EADDRINUSE else os.strerror(error.errno).lower()
        _refuse(f"Cannot listen on {settings.host}, port {settings.port}: {reason}.")
    raise typer.Exit(code)


def _refuse(why: str) -> NoReturn:
    _say(why)
    raise typer.Exit(REFUSED)


def _say(line: str) -> None:
    typer.echo(f"palabre: {line}", err=True)
