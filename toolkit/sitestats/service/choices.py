"""What could have been chosen, for a member whose choice fits nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from toolkit.sitestats.adapters.figures import run
from toolkit.sitestats.metrics import METRICS, Filters

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from duckdb import DuckDBPyConnection

    from toolkit.sitestats.metrics import Site

MOST: Final = 6
_LISTED: Final[Mapping[str, tuple[str, str]]] = {
    "path": ("pages", "path"),
    "source": ("sources", "source"),
    "campaign": ("campaigns", "campaign"),
    "country": ("countries", "name"),
}
"""Choices that are names: the metric that lists them, and its column."""


@dataclass(frozen=True)
class Choices:
    """The days that there are (None: not one line has been read), and for each name that was chosen the most frequent
    ones there are."""

    first: date | None = None
    last: date | None = None
    known: Mapping[str, Sequence[str]] = field(default_factory=dict)


def choices(connection: DuckDBPyConnection, chosen: Filters) -> Choices:
    """What there is to choose from, for what was chosen."""
    span = connection.execute("SELECT min(day), max(day) FROM visitors").fetchone() or (None, None)
    return choices_of(partial(run, connection), (span[0], span[1]), chosen)


def choices_of(
    count: Callable[[Callable[[Site], Any], Filters, int | None], Sequence[Mapping[str, Any]]],
    span: tuple[date | None, date | None], chosen: Filters,
) -> Choices:  # fmt: skip
    """The same of tables that are anywhere: `count` gives the rows of a metric, `span` is the first and the last day
    that are known."""
    known = {
        name: [str(row[column]) for row in count(METRICS[metric], Filters(), MOST) if row[column]]
        for name, (metric, column) in _LISTED.items()
        if span[0] is not None and getattr(chosen, name)
    }
    return Choices(*span, known)
