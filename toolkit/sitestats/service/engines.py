"""Sites that are larger than one machine: their tables as Parquet, and the report of an engine over them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from toolkit.core.errors import UsageError
from toolkit.core.outcome import Outcome, Problem
from toolkit.disk.folders import private_folder, real_path
from toolkit.disk.lock import FileLock
from toolkit.sitestats.adapters.engines import HERE, Duck, open_engine
from toolkit.sitestats.adapters.facts import facts
from toolkit.sitestats.adapters.parquet import Origin, contents_of, write_parquet
from toolkit.sitestats.metrics import METRICS, Filters
from toolkit.sitestats.service.choices import choices_of
from toolkit.sitestats.service.conversion import goals_reached
from toolkit.sitestats.service.reporting import Report, side_by_side

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import ibis.expr.types as ir

    from toolkit.sitestats.adapters.parquet import Written
    from toolkit.sitestats.metrics import Site
    from toolkit.sitestats.model import Goal
    from toolkit.sitestats.service.opening import Visits

_PATIENCE: Final = 10.0
"""Seconds that one waits for another export into the same folder."""


def export(visits: Visits, folder: Path, *, zone: str, locks: Path, collected: bool = False) -> Outcome[Written]:
    """The tables of what is open, as Parquet in a folder: a new one, or one that an export of the same site has
    written, of which the days that are new or changed are written then. `zone` is that of files; `locks` is a folder
    for what keeps two exports from writing to one place at once. Raises as `adapters.parquet.write_parquet`."""
    place = real_path(folder)
    private_folder(locks)
    lock = locks / f"{blake2b(str(place).encode(errors='surrogateescape'), digest_size=8).hexdigest()}.lock"
    with FileLock(lock, "sitestats export", _PATIENCE):
        made = write_parquet(visits.connection, place, _origin(visits, zone, collected=collected))
    return Outcome(made).with_problems(*visits.problems)


def _origin(visits: Visits, zone: str, *, collected: bool) -> Origin:
    if visits.site is None:
        return Origin(zone=zone, host=visits.host)
    kind = "collector" if collected else "logs"
    return Origin(f"{visits.site.folder.name}/{kind}", visits.site.name, visits.site.zone, visits.host)


def report_by(
    address: str, data: str, *, filters: Filters, top: int | None, zone: str | None, usual: str,
    previous: bool = False, page: bool = False, goals: Sequence[Goal] = (),
) -> Outcome[Report]:  # fmt: skip
    """The report that an engine reckons over exported tables; the parameters are those of `service.reporting.report`,
    `zone` None: that of the tables, or the `usual` one where they don't say. Lines that couldn't be read are not among
    them, so that there are none in it. UsageError("sitestats.page_elsewhere") for a `page` of another engine than
    DuckDB here, ("sitestats.engine_alone") for a zone in which the tables weren't cut; otherwise the errors are those
    of `adapters.engines.open_engine`."""
    origin = _origin_of(data)
    if zone and origin.zone not in ("", zone):
        raise UsageError("sitestats.engine_alone", value="--tz")
    if page and address != HERE:
        raise UsageError("sitestats.page_elsewhere", value=address, data=data)
    with open_engine(address, data) as engine:
        [whole] = engine.run(_whole, Filters(), None)
        span = whole["first"], whole["last"]
        panels, before, of_page = side_by_side(
            lambda name, part, most: engine.run(METRICS[name], part, most), span, filters, top, previous=previous
        )
        reached = goals_reached(engine.run, goals, filters)
        shown = facts(engine.connection, of_page, goals) if page and isinstance(engine, Duck) else None
        there_is = None if panels["totals"][0]["hits"] else choices_of(engine.run, span, filters)
    made = Report(
        files=(),
        zone=zone or origin.zone or usual,
        host=origin.host,
        filters=filters,
        first=filters.since or span[0],
        last=filters.until - timedelta(days=1) if filters.until else span[1],
        requests=int(whole["requests"] or 0),
        rejected=0,
        rejects=(),
        panels=panels,
        previous=before,
        facts=shown,
        goals=reached,
        choices=there_is,
        name=origin.name,
    )
    notes = (Problem("sitestats.no_previous"),) if previous and not before else ()
    return Outcome(made, notes=notes)


def _whole(site: Site) -> ir.Table:
    """first, last, requests: of everything that is in the tables."""
    visitors: Any = site.visitors
    return visitors.aggregate(first=visitors.day.min(), last=visitors.day.max(), requests=visitors.hits.sum())


def _origin_of(data: str) -> Origin:
    """Whose tables they are, as far as they lie on this machine and say so; a zone that isn't one is none."""
    from pathlib import Path
    from zoneinfo import ZoneInfo

    found = None if "://" in data else contents_of(Path(data))
    if found is None:
        return Origin()
    try:
        ZoneInfo(found.origin.zone)
    except (ValueError, OSError, KeyError):
        return replace(found.origin, zone="")
    return found.origin
