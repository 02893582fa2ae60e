"""The report: what logs say about a site, from files as they are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from toolkit.core.outcome import Exit, Outcome, Problem
from toolkit.sitestats.adapters.facts import facts
from toolkit.sitestats.adapters.figures import run
from toolkit.sitestats.metrics import METRICS, Filters
from toolkit.sitestats.service.choices import choices
from toolkit.sitestats.service.conversion import goal_figures
from toolkit.sitestats.service.reading import read_logs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from toolkit.sitestats.adapters.google_figures import Searches
    from toolkit.sitestats.adapters.ingest import Taken
    from toolkit.sitestats.cubes import Facts
    from toolkit.sitestats.model import FormatName, Goal
    from toolkit.sitestats.service.choices import Choices
    from toolkit.sitestats.service.conversion import GoalFigures

    Figure = Callable[[DuckDBPyConnection, str, Filters, int | None], Sequence[Mapping[str, Any]]]

Rows = "Sequence[Mapping[str, Any]]"
_WHOLE: Final = frozenset({"totals", "days", "hours", "kinds", "statuses"})
"""Metrics whose rows are a course or a whole: what is left of one that was cut off is another figure."""


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
    the panels of the stretch of days before, where it was asked for; `facts` what a page is filtered with, where one
    was asked for; `choices` what there is, where nothing fits. `name` is the site's, "" for files.
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
    facts: Facts | None = None
    goals: tuple[GoalFigures, ...] = ()
    searches: Searches | None = None
    choices: Choices | None = None
    name: str = ""

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
    page: bool = False, goals: Sequence[Goal] = (), progress: Callable[[int], None] | None = None,
) -> Outcome[Report]:  # fmt: skip
    """Read logs and reckon everything from them, in a folder that is thrown away.

    `zone` cuts the days, `now` is seconds since 1970, `host` the site's own (found by itself without), `top` the most
    rows of a panel; `page` for what a page needs besides; `goals` are looked at as well. `progress` is told bytes. A
    file that is no access log is a problem; InputError where it is all.
    """
    with read_logs(paths, zone=zone, now=now, host=host, name=name, progress=progress) as logs:
        made = reckoned(
            logs.connection, logs.taken, zone=zone, host=logs.host, filters=filters, top=top, previous=previous,
            page=page, goals=goals,
        )  # fmt: skip
    notes = (Problem("sitestats.no_previous"),) if previous and not made.previous else ()
    return replace(judged(made, logs.problems), notes=notes)


def reckoned(
    connection: DuckDBPyConnection, taken: Sequence[Taken], *, zone: str, host: str, filters: Filters,
    top: int | None, previous: bool, page: bool = False, goals: Sequence[Goal] = (), figure: Figure | None = None,
) -> Report:  # fmt: skip
    """The report of what stands in a database. `figure` gives the rows of a metric, where there is a quicker way than
    to count them."""
    from datetime import timedelta

    figure = figure or counted
    span = connection.execute("SELECT min(day), max(day) FROM visitors").fetchone() or (None, None)
    rejects: Counter[str] = sum((one.rejected for one in taken), Counter())
    samples = dict(connection.execute("SELECT reason, min(line) FROM rejects GROUP BY reason").fetchall())
    panels, before, of_page = side_by_side(partial(figure, connection), span, filters, top, previous=previous)
    return Report(
        files=tuple(taken),
        zone=zone,
        host=host,
        filters=filters,
        first=filters.since or span[0],
        last=filters.until - timedelta(days=1) if filters.until else span[1],
        requests=sum(one.lines for one in taken),
        rejected=sum(rejects.values()),
        rejects=tuple(Rejected(reason, n, samples.get(reason, "")) for reason, n in rejects.most_common()),
        panels=panels,
        previous=before,
        facts=facts(connection, of_page, goals) if page else None,
        goals=goal_figures(connection, goals, filters),
        choices=None if panels["totals"][0]["hits"] else choices(connection, filters),
    )


def side_by_side(
    figure: Callable[[str, Filters, int | None], Sequence[Mapping[str, Any]]], span: tuple[date | None, date | None],
    filters: Filters, top: int | None, *, previous: bool,
) -> tuple[dict[str, Any], dict[str, Any], Filters]:  # fmt: skip
    """The rows of every metric, those of the stretch of days before (none where they weren't asked for or nothing is
    known of them), and the filters that take in both. `span` is the first and the last day that are known."""
    panels = {name: figure(name, filters, None if name in _WHOLE else top) for name in METRICS}
    earlier = before_that(filters, span) if previous else None
    if earlier is None or span[0] is None or earlier.until is None or earlier.until <= span[0]:
        return panels, {}, filters
    return panels, {name: figure(name, earlier, None) for name in METRICS}, replace(filters, since=earlier.since)


def counted(connection: DuckDBPyConnection, name: str, filters: Filters, top: int | None) -> list[dict[str, Any]]:
    """The rows of a metric, counted in the tables."""
    return run(connection, METRICS[name], filters, top)


def before_that(filters: Filters, span: tuple[date | None, date | None]) -> Filters | None:
    """As many days again before those that are looked at; None where nothing is looked at."""
    from datetime import timedelta

    first, last = span
    if first is None or last is None:
        return None
    since, until = filters.since or first, filters.until or last + timedelta(days=1)
    return replace(filters, since=since - (until - since), until=since) if until > since else None


def judged(made: Report, problems: Sequence[Problem]) -> Outcome[Report]:
    """The report with its problems: partial where a file was refused, cut off, or mostly unreadable."""
    if not problems:
        return Outcome(made)
    return Outcome(made, tuple(problems), "partial", Exit.PARTIAL)
