"""Visits to look at, wherever they are: in logs as they are, or in a site that is kept."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.core.errors import ConflictError, InputError, UsageError
from toolkit.core.outcome import Place
from toolkit.sitestats.adapters import store
from toolkit.sitestats.adapters.files import existing
from toolkit.sitestats.adapters.piping import is_pipe
from toolkit.sitestats.service.collecting import part_of
from toolkit.sitestats.service.goals import goals_of
from toolkit.sitestats.service.reading import read_logs
from toolkit.sitestats.service.updating import open_settled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from duckdb import DuckDBPyConnection

    from toolkit.core.outcome import Problem
    from toolkit.sitestats.adapters.sites import Site, Sites
    from toolkit.sitestats.model import FormatName, Goal


@dataclass(frozen=True)
class Visits:
    """Tables that are open, with what is known about them. `site` None: they are those of files."""

    connection: DuckDBPyConnection
    host: str
    site: Site | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def goals(self) -> tuple[Goal, ...]:
        """What the member has set as the site's goals."""
        return goals_of(self.site) if self.site is not None else ()


def found_at(sites: Sites, places: Sequence[str]) -> Site | list[Path]:
    """The site, or the files, that were named; the only site where nothing was. One file is enough for what can't be
    read to be among them: reading says so. `-` is standard input.

    InputError("sitestats.no_such_log" | "sitestats.log_is_folder"); ConflictError("sitestats.no_such_site");
    UsageError("sitestats.which_site" | "sitestats.files_or_site").
    """
    if not places:
        known = sites.all()
        if len(known) == 1:
            return known[0]
        if not known:
            raise UsageError("sitestats.which_log", value="")
        raise UsageError("sitestats.which_site", value="", known=", ".join(site.name for site in known))
    named = [place for place in places if not (Path(place).is_file() or is_pipe(Path(place)))]
    if not named:
        return [Path(place) for place in places]
    site = sites.get(named[0])
    if site is not None and len(places) == 1:
        return site
    if site is not None:
        raise UsageError("sitestats.files_or_site", value=named[0])
    if len(named) < len(places):
        return [Path(place) for place in places]
    if Path(named[0]).is_dir():
        raise InputError("sitestats.log_is_folder", Place(named[0]), value=named[0])
    if any(mark in named[0] for mark in "/\\.") or not sites.all():
        existing(Path(named[0]))
    sites.find(named[0])
    raise ConflictError("sitestats.no_such_site", value=named[0], known="")  # it has just been made: try again


@contextmanager
def open_visits(
    sites: Sites, places: Sequence[str], *, zone: str, now: int, host: str = "", name: FormatName | None = None,
    collected: bool = False, progress: Callable[[int], None] | None = None,
) -> Iterator[Visits]:  # fmt: skip
    """The visits of a site or of files while the block runs; see `found_at` and `read_logs`. `collected`: those that
    the site's collector has seen instead of those of its logs.

    ConflictError("sitestats.nothing_read" | "sitestats.nothing_collected"); UsageError("sitestats.collector_of_files").
    """
    found = found_at(sites, places)
    if isinstance(found, list):
        if collected:
            raise UsageError("sitestats.collector_of_files", value=found[0].name)
        with read_logs(found, zone=zone, now=now, host=host, name=name, progress=progress) as logs:
            yield Visits(logs.connection, logs.host, None, logs.problems)
        return
    with open_settled(part_of(found, collected=collected)) as connection:
        yield Visits(connection, found.host or store.state(connection, "host"), found)
