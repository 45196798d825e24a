"""Creating a session in two steps: programme, time and roster; then a look at what each column was taken for."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from zoneinfo import available_timezones

import msgspec
from aiohttp import web
from multidict import MultiDictProxy

from facilitation.programme import Programme
from server.calendar import times
from server.codes import new_id
from server.faults import Fault, Faults, tell
from server.met import Earlier, Past, earlier, read_file
from server.pages.answers import lang_of, see
from server.pages.house import HOUSE
from server.pages.intake import at_time, built_in, invited, programme_in
from server.pages.made import LINKS, Made
from server.pages.organiser import is_organiser, key_page, sheet
from server.pages.shelf import Shelf
from server.programmes import template, templates
from server.roster import MEANINGS, Table, mapping_of, open_table, read, recognise
from server.roster.sides import Sides
from web.pages import text
from web.roster import meaning

HALF_AN_HOUR = 30 * 60
ZONES = sorted(
    zone for zone in available_timezones() if re.match(r"(Africa|America|Asia|Europe|Pacific|Indian)/", zone)
)
Form = MultiDictProxy[str | bytes | bytearray | web.FileField]


class Draft(msgspec.Struct, frozen=True):
    """A session that is being prepared."""

    programme: Programme
    table: Table
    filename: str
    pasts: tuple[Past, ...] = ()


DRAFTS = web.AppKey("drafts", Shelf[Draft])


async def new(request: web.Request) -> web.Response:
    """`/o/new`: which programme, when, and for whom."""
    if not is_organiser(request):
        return key_page(request)
    return _form(request)


async def bring(request: web.Request) -> web.Response:
    """Reads what was brought; faults are told all at once, and nothing is kept of it."""
    if not is_organiser(request):
        return key_page(request)
    form = await request.post()
    faults: list[Fault] = []
    programme = _programme(form, faults)
    table = await _table(form, faults)
    pasts = _pasts(form, faults)
    if faults or programme is None or table is None:
        return _form(request, form, tuple(faults))
    name = new_id()
    await request.app[DRAFTS].put(name, Draft(programme, table, _filename(form), pasts))
    return see(f"/o/new/{name}")


def _programme(form: Form, faults: list[Fault]) -> Programme | None:
    """The programme that was chosen or brought, at the time that was asked for."""
    brought = form.get("file")
    if isinstance(brought, web.FileField) and brought.filename:
        programme = programme_in(brought.file.read(), brought.filename, faults)
    else:
        programme = built_in(str(form.get("template", "")), faults)
    if programme is None:
        return None
    day, clock, zone = (str(form.get(field, "")).strip() for field in ("date", "time", "timezone"))
    starts = f"{day}T{clock[:5]}" if day and clock else programme.starts
    if starts is None:
        faults.append(Fault("missing", path="programme.starts"))
    return at_time(programme, starts, zone or programme.timezone, faults, public="public" in form)


async def _table(form: Form, faults: list[Fault]) -> Table | None:
    roster = form.get("roster")
    if not isinstance(roster, web.FileField) or not roster.filename:
        faults.append(Fault("missing", path="people"))
        return None
    found = await asyncio.to_thread(open_table, roster.file.read(), roster.filename)
    if isinstance(found, Table):
        return found
    faults += found
    return None


def _pasts(form: Form, faults: list[Fault]) -> tuple[Past, ...]:
    """What earlier sessions left, perhaps several files."""
    brought = [each for each in form.getall("history", []) if isinstance(each, web.FileField) and each.filename]
    found = [read_file(each.file.read(), faults, f"history[{place}]") for place, each in enumerate(brought)]
    return tuple(past for past in found if past is not None)


def _filename(form: Form) -> str:
    roster = form["roster"]
    return roster.filename if isinstance(roster, web.FileField) else ""


def _form(request: web.Request, form: Mapping[str, object] | None = None, faults: Faults = ()) -> web.Response:
    lang = lang_of(request)
    typed = {field: str((form or {}).get(field) or "") for field in ("template", "date", "time", "timezone", "public")}
    return sheet(
        request,
        "new.html",
        status=422 if faults else 200,
        templates=[(name, text(lang, title), _minutes(name)) for name, title in templates()],
        typed=typed,
        zones=ZONES,
        faults=tell(lang, faults),
    )


def _minutes(name: str) -> int:
    """How long a built-in programme is, all its parts together."""
    return round(sum(item.minutes for item in template(name).items))


async def look(request: web.Request) -> web.Response:
    """`/o/new/DRAFT`: what each column was taken for, with a few of its values."""
    draft = await request.app[DRAFTS].get(request.match_info["draft"])
    if not is_organiser(request):
        return key_page(request)
    if draft is None:
        return see("/o/new")
    return _confirm(request, draft, mapping_of(recognise(draft.table)))


async def create(request: web.Request) -> web.Response:
    """The session with its links, or every fault by row and column and no session."""
    if not is_organiser(request):
        return key_page(request)
    name = request.match_info["draft"]
    draft = await request.app[DRAFTS].get(name)
    if draft is None:
        return see("/o/new")
    form = await request.post()
    columns = range(len(draft.table.headings))
    mapping = {column: str(form.get(f"column-{column}", "ignore")) for column in columns}
    reading = read(draft.table, mapping, draft.programme.sides, draft.programme.languages)
    people = invited(reading)
    met = earlier(draft.pasts, people)
    warnings = (*reading.warnings, *_unmatched(met))
    if reading.faults or (warnings and "anyway" not in form):
        return _confirm(request, draft, mapping, reading.faults, warnings)
    if await request.app[DRAFTS].take(name) is None:
        return see("/o")
    created = await request.app[HOUSE].create(draft.programme, people, met)
    await request.app[LINKS].put(created.session, Made({link.person: link for link in created.links}))
    return see(f"/o/sessions/{created.session}")


def _unmatched(met: Earlier) -> Faults:
    """What should be looked at: people who met before and are not on this list, perhaps under another name."""
    if not met.unmatched:
        return ()
    return (Fault("history-unmatched", params={"unmatched": met.unmatched, "matched": met.matched}),)


def _confirm(
    request: web.Request, draft: Draft, mapping: Mapping[int, str], faults: Faults = (), warnings: Faults = ()
) -> web.Response:
    lang = lang_of(request)
    return sheet(
        request,
        "columns.html",
        status=422 if faults else 200,
        title=text(lang, draft.programme.title),
        starts=times(draft.programme, request.app[HOUSE].now())[0],
        timezone=draft.programme.timezone,
        filename=draft.filename,
        people=len(draft.table.lines),
        rounds=len({held.mark for past in draft.pasts for held in past.rounds}),
        columns=recognise(draft.table),
        mapping=mapping,
        meanings=[(each, meaning(lang, each)) for each in MEANINGS],
        sides=Sides(draft.programme.sides).shown,
        faults=tell(lang, faults),
        warnings=tell(lang, warnings),
    )
