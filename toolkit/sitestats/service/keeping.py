"""The sites that are kept: where their logs are, what they are called, and the report of what has been read of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.core.errors import InputError, UsageError
from toolkit.core.outcome import Outcome, Place, Problem
from toolkit.sitestats.adapters import store
from toolkit.sitestats.adapters.daily import figure
from toolkit.sitestats.adapters.google_figures import searches
from toolkit.sitestats.adapters.ingest import Taken
from toolkit.sitestats.adapters.logs import files_of
from toolkit.sitestats.adapters.sites import LogSource
from toolkit.sitestats.metrics import Filters
from toolkit.sitestats.service.goals import goals_of
from toolkit.sitestats.service.reading import known_format
from toolkit.sitestats.service.reporting import reckoned
from toolkit.sitestats.service.updating import open_settled

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from toolkit.sitestats.adapters.sites import Site, Sites
    from toolkit.sitestats.model import FormatName, Goal
    from toolkit.sitestats.service.reporting import Report


@dataclass(frozen=True)
class Added:
    """Logs that were added to a site, and the files that they are now."""

    site: Site
    is_new: bool
    logs: tuple[LogSource, ...]
    files: tuple[Path, ...]


@dataclass(frozen=True)
class Kept:
    """A site with what is kept of it: its host, said or found; `size` in bytes of the disk, lines that were requests,
    days that are known."""

    site: Site
    host: str = ""
    size: int = 0
    requests: int = 0
    rejected: int = 0
    first: date | None = None
    last: date | None = None


def add_logs(
    sites: Sites, name: str, paths: Sequence[str], *, zone: str, zone_given: bool = False, now: int, host: str = "",
    known: FormatName | None = None,
) -> Outcome[Added]:  # fmt: skip
    """Remember where logs of a site are; the site is made where there is none of this name. What is known already is
    left as it is. `known` is their format, if it isn't to be found.

    InputError for a path that leads to no file, or to one that is no access log; UsageError("sitestats.zone_is_set")
    for another time zone (`zone_given`) than the one in which days have been cut already.
    """
    sources = [LogSource(str(Path(path).expanduser().absolute()), known) for path in paths]
    files, missing = files_of(sources)
    if missing:
        raise InputError("sitestats.no_such_log", Place(missing[0].path), value=missing[0].path)
    if known is None:
        _demand_a_log([file.path for file in files], now)
    before = sites.get(name)
    site = before or sites.add(name, zone=zone, host=host)

    def with_logs(standing: Site) -> Site:
        if zone_given and zone != standing.zone:
            if standing.database.exists():
                raise UsageError("sitestats.zone_is_set", value=zone, name=standing.name, known=standing.zone)
            standing = replace(standing, zone=zone)
        logs = {log.path: log for log in standing.logs} | {log.path: log for log in sources}
        return replace(standing, logs=tuple(logs.values()), host=host or standing.host)

    changed = sites.change(site, with_logs)
    return Outcome(Added(changed, before is None, tuple(sources), tuple(file.path for file in files)))


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


def kept(site: Site) -> Kept:
    """What is kept of a site. StoreError as in `store.open_site`."""
    if not site.database.exists():
        return Kept(site, site.host)
    with store.scratch_folder() as folder, store.open_site(site, folder) as connection:
        read = store.cursors(connection)
        host = site.host or store.state(connection, "host")
        first, last = connection.execute("SELECT min(day), max(day) FROM hits").fetchone() or (None, None)
    rejected = sum((cursor.rejected for cursor in read), Counter[str]()).total()
    size = sum(path.stat().st_size for path in site.folder.iterdir() if path.is_file())
    return Kept(site, host, size, sum(cursor.lines for cursor in read), rejected, first, last)


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
