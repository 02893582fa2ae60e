"""The sites that are kept: where their logs are, what they are called, and the report of what has been read of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.core.errors import ConflictError, InputError, StoreError, UsageError
from toolkit.core.outcome import Outcome, Place, Problem
from toolkit.core.text import as_argument
from toolkit.disk.lock import FileLock, holder
from toolkit.disk.scratch import scratch_folder
from toolkit.sitestats.adapters import store
from toolkit.sitestats.adapters.collected import collected_of, intake_of, serving_lock
from toolkit.sitestats.adapters.daily import figure
from toolkit.sitestats.adapters.google_figures import searches
from toolkit.sitestats.adapters.google_tables import TABLES, google_of
from toolkit.sitestats.adapters.google_tables import known as known_of
from toolkit.sitestats.adapters.ingest import Taken
from toolkit.sitestats.adapters.intake import Intake
from toolkit.sitestats.adapters.logs import files_of, is_pattern
from toolkit.sitestats.adapters.sites import LogSource
from toolkit.sitestats.metrics import Filters
from toolkit.sitestats.service.collecting import said_host
from toolkit.sitestats.service.goals import goals_of
from toolkit.sitestats.service.reading import known_format
from toolkit.sitestats.service.reporting import reckoned
from toolkit.sitestats.service.updating import open_settled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from toolkit.sitestats.adapters.sites import Site, Sites
    from toolkit.sitestats.model import FormatName, Goal
    from toolkit.sitestats.service.reporting import Report


@dataclass(frozen=True)
class Added:
    """Logs that were added to a site, and the files that they are now. `changed` False: all of it was known before."""

    site: Site
    is_new: bool
    logs: tuple[LogSource, ...]
    files: tuple[Path, ...]
    changed: bool = True


@dataclass(frozen=True)
class Collected:
    """What a site's collector has told: messages, the days that they are of; `waiting`: those that the next update
    takes over; `running`: the process that collects now, 0 for none."""

    messages: int = 0
    first: date | None = None
    last: date | None = None
    running: int = 0
    waiting: int = 0


@dataclass(frozen=True)
class Kept:
    """A site with what is kept of it: its host, said or found; `size` in bytes of the disk, lines that were requests,
    days that are known; its collector, where it has one; how many days of Google's services are kept; its goals."""

    site: Site
    host: str = ""
    size: int = 0
    requests: int = 0
    rejected: int = 0
    first: date | None = None
    last: date | None = None
    collected: Collected | None = None
    google: Mapping[str, int] = field(default_factory=dict)
    goals: tuple[Goal, ...] = ()


def add_logs(
    sites: Sites, name: str, paths: Sequence[str], *, zone: str, zone_given: bool = False, now: int, host: str = "",
    known: FormatName | None = None,
) -> Outcome[Added]:  # fmt: skip
    """Remember where logs of a site are; the site is made where there is none of this name. What is known already is
    left as it is. `known` is their format, if it isn't to be found.

    InputError for a path that leads to no file, or to one that is no access log; UsageError("sitestats.zone_is_set")
    for another time zone (`zone_given`) than the one in which days have been cut already, "sitestats.not_a_host".
    """
    host = said_host(host)
    sources = [LogSource(str(Path(path).expanduser().absolute()), known) for path in paths]
    files, missing = files_of(sources)
    if missing:
        raise InputError(_why_missing(missing[0].path), Place(missing[0].path), value=missing[0].path)
    if known is None:
        _demand_a_log([file.path for file in files], now)
    before = sites.get(name)
    site = before or sites.add(name, zone=zone, host=host)

    def with_logs(standing: Site) -> Site:
        if zone_given and zone != standing.zone:
            if standing.database.exists():
                name = as_argument(standing.name)
                raise UsageError("sitestats.zone_is_set", value=zone, name=name, known=standing.zone)
            standing = replace(standing, zone=zone)
        logs = {log.path: log for log in standing.logs} | {log.path: log for log in sources}
        return replace(standing, logs=tuple(logs.values()), host=host or standing.host)

    changed = sites.change(site, with_logs)
    return Outcome(
        Added(changed, before is None, tuple(sources), tuple(file.path for file in files), changed != before)
    )


def _why_missing(path: str) -> str:
    if Path(path).is_dir():
        return "sitestats.log_is_folder"
    return "sitestats.no_such_pattern" if is_pattern(path) else "sitestats.no_such_log"


def drop_log(sites: Sites, site: Site, path: str) -> Site:
    """Read a log no more; what was read of it stays. ConflictError("sitestats.not_a_log_of")."""
    wanted = str(Path(path).expanduser().absolute())

    def without(standing: Site) -> Site:
        logs = tuple(log for log in standing.logs if log.path not in {path, wanted})
        if logs == standing.logs:
            listed = ", ".join(log.path for log in logs) or "–"
            raise ConflictError("sitestats.not_a_log_of", value=path, name=standing.name, known=listed)
        return replace(standing, logs=logs)

    return sites.change(site, without)


def forget(sites: Sites, site: Site) -> None:
    """Remove a site with all that is kept of it. ConflictError("sitestats.collector_runs") while pages tell its
    collector; StoreError as in `Sites.forget`."""
    if pid := collecting_now(site):
        raise ConflictError("sitestats.collector_runs", value=site.name, name=as_argument(site.name), pid=pid)
    sites.forget(site)


def collecting_now(site: Site) -> int:
    """The process that collects for a site at this moment; 0 for none, -1 for one that doesn't say who it is."""
    lock = serving_lock(site)
    if not lock.parent.is_dir():
        return 0
    try:
        with FileLock(lock, "sites", 0.0):
            return 0
    except StoreError as error:
        if error.problem.code not in {"disk.busy", "disk.busy_elsewhere"}:
            return 0
        return holder(lock)[0] or -1


def _demand_a_log(paths: Sequence[Path], now: int) -> None:
    """At least one of the files has to be an access log, or be empty as yet. InputError of the first one."""
    refused: InputError | None = None
    for path in reversed(paths):  # the newest first
        try:
            known_format(path, now)
        except InputError as error:
            if error.problem.code == "sitestats.empty":
                return
            refused = refused or error
        else:
            return
    if refused is not None:
        raise refused


def looked_at(site: Site) -> Kept:
    """What is known of a site without opening anything: what its last update has told."""
    told = store.seen(site)
    return Kept(site, site.host or told.host, first=told.first, last=told.last, goals=goals_of(site))


def kept(site: Site) -> Kept:
    """What is kept of a site. StoreError as in `store.open_site`."""
    size = sum(path.stat().st_size for path in site.folder.rglob("*") if path.is_file())
    goals, google = goals_of(site), _google(site)
    collected = _collected(site)
    if not site.database.exists():
        return Kept(site, site.host, size, collected=collected, google=google, goals=goals)
    with scratch_folder() as folder, store.open_site(site, folder) as connection:
        read = store.cursors(connection)
        host = site.host or store.state(connection, "host")
        first, last = connection.execute("SELECT min(day), max(day) FROM hits").fetchone() or (None, None)
    rejected = sum((cursor.rejected for cursor in read), Counter[str]()).total()
    lines = sum(cursor.lines for cursor in read)
    return Kept(site, host, size, lines, rejected, first, last, collected, google, goals)


def _collected(site: Site) -> Collected | None:
    own = collected_of(site)
    if not own.folder.is_dir() and not site.more.get("collector"):
        return None
    running, waiting = collecting_now(site), 0
    if intake_of(site).exists():
        with Intake(intake_of(site)) as intake:
            waiting = len(intake)
    if not own.database.exists():
        return Collected(running=running, waiting=waiting)
    with scratch_folder() as folder, store.open_site(own, folder) as connection:
        lines = sum(cursor.lines for cursor in store.cursors(connection))
        first, last = connection.execute("SELECT min(day), max(day) FROM hits").fetchone() or (None, None)
    return Collected(lines, first, last, running, waiting)


def _google(site: Site) -> Mapping[str, int]:
    if not google_of(site).database.exists():
        return {}
    with scratch_folder() as folder:
        return {kind: n for kind in TABLES if (n := len(known_of(site, folder, kind).days))}


def report_site(
    site: Site, *, filters: Filters = Filters(), top: int | None = None, previous: bool = False,  # noqa: B008 - frozen
    page: bool = False, goals: Sequence[Goal] = (),
) -> Outcome[Report]:  # fmt: skip
    """The report of what has been read of a site; the parameters are those of `report`, the site's own goals go first.
    Raises as `open_settled`."""
    with open_settled(site) as connection:
        taken = [
            Taken(Path(cursor.path).name, cursor.format, cursor.lines, cursor.directives, cursor.rejected)
            for cursor in store.cursors(connection)
        ]
        host = site.host or store.state(connection, "host")
        made = reckoned(
            connection, taken, zone=site.zone, host=host, filters=filters, top=top, previous=previous, page=page,
            goals=(*goals_of(site), *goals), figure=figure,
        )  # fmt: skip
    if replace(filters, since=None, until=None, who=frozenset()) == Filters():  # searches know nothing of the others
        made = replace(made, searches=searches(site, filters.since, filters.until, top, by_day=page))
    notes = (Problem("sitestats.no_previous"),) if previous and not made.previous else ()
    return Outcome(replace(made, name=site.name), notes=notes)
