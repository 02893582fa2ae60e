"""The report: what logs say about a site, from files as they are."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from toolkit.core.errors import InputError
from toolkit.core.outcome import Exit, Outcome, Place, Problem
from toolkit.sitestats.adapters.database import open_database
from toolkit.sitestats.adapters.figures import run
from toolkit.sitestats.adapters.files import existing, first_lines
from toolkit.sitestats.adapters.ingest import Ingest
from toolkit.sitestats.adapters.rollup import belongs_to_site, own_host, roll_up
from toolkit.sitestats.formats import find_format
from toolkit.sitestats.metrics import METRICS, Filters

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from duckdb import DuckDBPyConnection

    from toolkit.sitestats.adapters.ingest import Taken
    from toolkit.sitestats.model import FormatName

TOO_MANY_REJECTS: Final = 0.2
"""A file of which more than this share can't be read is no good base for figures, and the exit code says so."""

Rows = "Sequence[Mapping[str, Any]]"


@dataclass(frozen=True)
class Rejected:
    """Lines that couldn't be read, for one reason, with one of them to look at."""

    reason: str
    n: int
    sample: str


@dataclass(frozen=True)
class Report:
    """What the logs say. `panels` are the rows of each metric (`sitestats.metrics`), under its name.

    `requests` counts the lines that were meant to be requests: valid and rejected ones, nothing else. `previous` are
    the panels of the stretch of days before, where it was asked for.
    """

    files: tuple[Taken, ...]
    zone: str
    host: str
    filters: Filters
    first: date | None
    last: date | None
    requests: int
    rejected: int
    rejects: tuple[Rejected, ...]
    panels: Mapping[str, Sequence[Mapping[str, Any]]]
    previous: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)

    @property
    def valid(self) -> int:
        return self.requests - self.rejected

    @property
    def totals(self) -> dict[str, int]:
        """The one row of the totals, as whole numbers."""
        row = self.panels["totals"][0]
        return {name: int(value or 0) for name, value in row.items()}


def report(
    paths: Sequence[Path], *, zone: str, now: int, filters: Filters = Filters(), host: str = "",  # noqa: B008 - frozen
    name: FormatName | None = None, top: int | None = None, previous: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Outcome[Report]:  # fmt: skip
    """Read logs and reckon everything from them, in a folder that is thrown away.

    `zone` cuts the days, `now` is seconds since 1970, `host` the site's own (found by itself without), `top` the most
    rows of a panel. `progress` is told bytes. A file that is no access log is a problem; InputError where it is all.
    """
    problems: list[Problem] = []
    taken: list[Taken] = []
    with (
        tempfile.TemporaryDirectory(prefix="toolkit-") as folder,
        open_database(None, Path(folder)) as connection,
    ):
        ingest = Ingest(connection, zone=zone, now=now, own_hosts=(host,) if host else ())
        for path in paths:
            try:
                known = name or known_format(path, now)
            except InputError as error:
                problems.append(error.problem)
                continue
            one = ingest.file(path, name=known, progress=progress)
            taken.append(one)
            problems += troubles(one, path)
        if not taken:
            first = problems[0]
            raise InputError(first.code, first.place, value=first.value, **first.params)
        host = host or own_host(connection)
        if host:
            belongs_to_site(connection, host)
        roll_up(connection, ingest.days)
        made = reckoned(connection, taken, zone=zone, host=host, filters=filters, top=top, previous=previous)
    notes = (Problem("sitestats.no_previous"),) if previous and not made.previous else ()
    return replace(judged(made, problems), notes=notes)


def reckoned(
    connection: DuckDBPyConnection, taken: Sequence[Taken], *, zone: str, host: str, filters: Filters,
    top: int | None, previous: bool,
) -> Report:  # fmt: skip
    """The report of what stands in a database."""
    span = connection.execute("SELECT min(day), max(day) FROM visitors").fetchone() or (None, None)
    rejects: Counter[str] = sum((one.rejected for one in taken), Counter())
    samples = dict(connection.execute("SELECT reason, min(line) FROM rejects GROUP BY reason").fetchall())
    panels = {name: run(connection, metric, filters, top) for name, metric in METRICS.items()}
    before: dict[str, Any] = {}
    earlier = before_that(filters, span) if previous else None
    if earlier is not None and span[0] is not None and earlier.until is not None and earlier.until > span[0]:
        before = {name: run(connection, metric, earlier, None) for name, metric in METRICS.items()}
    return Report(
        files=tuple(taken),
        zone=zone,
        host=host,
        filters=filters,
        first=filters.since or span[0],
        last=span[1],
        requests=sum(one.lines for one in taken),
        rejected=sum(rejects.values()),
        rejects=tuple(Rejected(reason, n, samples.get(reason, "")) for reason, n in rejects.most_common()),
        panels=panels,
        previous=before,
    )


def before_that(filters: Filters, span: tuple[date | None, date | None]) -> Filters | None:
    """As many days again before those that are looked at; None where nothing is looked at."""
    from datetime import timedelta

    first, last = span
    if first is None or last is None:
        return None
    since, until = filters.since or first, filters.until or last + timedelta(days=1)
    return replace(filters, since=since - (until - since), until=since) if until > since else None


def known_format(path: Path, now: int) -> FormatName:
    """The format of a file. InputError naming what it is instead: an error log, nothing, or no log at all."""
    found = find_format(first_lines(existing(path)), now)
    if found.name is None:
        raise InputError(f"sitestats.{found.other}", Place(str(path)), value=path.name)
    return found.name


def troubles(taken: Taken, path: Path) -> list[Problem]:
    """What is to be said about a file that was read."""
    found = []
    place = Place(str(path))
    if taken.trouble:
        found.append(Problem(taken.trouble, place, {"n": taken.lines}, path.name))
    rejected = sum(taken.rejected.values())
    if rejected and rejected > TOO_MANY_REJECTS * max(taken.lines, 1):
        found.append(Problem("sitestats.many_rejects", place, {"n": rejected, "lines": taken.lines}, path.name))
    return found


def judged(made: Report, problems: Sequence[Problem]) -> Outcome[Report]:
    """The report with its problems: partial where a file was refused, cut off, or mostly unreadable."""
    if not problems:
        return Outcome(made)
    return Outcome(made, tuple(problems), "partial", Exit.PARTIAL)
