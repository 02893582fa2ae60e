"""Figures of what Google has counted of a site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from toolkit.disk.scratch import scratch_folder
from toolkit.sitestats.adapters.google_tables import open_google

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from toolkit.sitestats.adapters.sites import Site


@dataclass(frozen=True)
class Searched:
    """How often a search text (or a page; "" for all of them) showed the site, and led to it. `position` is the mean
    place in the results, weighted by how often it was shown, the first being 1; None where it was never shown."""

    key: str
    clicks: int
    impressions: int
    position: float | None


@dataclass(frozen=True)
class SearchDay:
    """The figures of one day: of everything ("all", without a key), of a search text, or of a page that was found.
    `position` is the sum of the places in thousandths, so that days can be added up."""

    kind: Literal["all", "query", "page"]
    day: date
    key: str
    clicks: int
    impressions: int
    position: int


@dataclass(frozen=True)
class Searches:
    """What Search Console has counted, from `first` to `last` (days of California). `hidden`: clicks of search texts
    that Google keeps to itself. `days` are the same figures by the day, where they were asked for."""

    first: date
    last: date
    total: Searched
    hidden: int
    queries: tuple[Searched, ...]
    pages: tuple[Searched, ...]
    days: tuple[SearchDay, ...] = ()


_SUMS = "sum(clicks)::BIGINT, sum(impressions)::BIGINT, sum(position * impressions) / nullif(sum(impressions), 0)"
_WITHIN = "($since IS NULL OR day >= $since) AND ($until IS NULL OR day < $until)"


_BY_DAY: Final[tuple[tuple[Literal["all", "query", "page"], str, str], ...]] = (
    ("all", "gsc_days", "''"), ("query", "gsc_queries", "query"), ("page", "gsc_pages", "page"),
)  # fmt: skip


def searches(
    site: Site, since: date | None, until: date | None, top: int | None, *, by_day: bool = False
) -> Searches | None:
    """The searches of these days (`until` exclusive), the most clicked first; None where none of them was fetched.
    `by_day` for what a page adds up by itself. StoreError as in `store.open_site`."""
    days = {"since": since, "until": until}
    with scratch_folder() as scratch, open_google(site, scratch) as connection:
        if connection is None:
            return None

        def rows(query: str, **more: Any) -> list[tuple[Any, ...]]:
            return connection.execute(query, {**days, **more}).fetchall()

        def listed(table: str, key: str) -> tuple[Searched, ...]:
            query = (
                f"SELECT {key}, {_SUMS} FROM {table} WHERE {_WITHIN} GROUP BY 1"  # noqa: S608 - names of ours
                " ORDER BY 2 DESC, 3 DESC, 1 LIMIT $top"
            )
            return tuple(Searched(*row) for row in rows(query, top=1 << 40 if top is None else top))

        def daily() -> Iterator[SearchDay]:
            for kind, table, key in _BY_DAY:
                query = (
                    f"SELECT day, {key}, sum(clicks)::BIGINT, sum(impressions)::BIGINT,"  # noqa: S608 - names of ours
                    f" round(1000 * sum(position * impressions))::BIGINT FROM {table} WHERE {_WITHIN} GROUP BY ALL"
                )
                yield from (SearchDay(kind, *row) for row in rows(query))

        span = rows(f"SELECT min(day), max(day) FROM pulled WHERE kind = 'gsc' AND {_WITHIN}")[0]  # noqa: S608
        if span[0] is None:
            return None
        totals = rows(f"SELECT '', {_SUMS} FROM gsc_days WHERE {_WITHIN}")[0]  # noqa: S608
        total = Searched("", totals[1] or 0, totals[2] or 0, totals[3])
        told = rows(f"SELECT coalesce(sum(clicks), 0)::BIGINT FROM gsc_queries WHERE {_WITHIN}")[0][0]  # noqa: S608
        return Searches(
            span[0],
            span[1],
            total,
            max(total.clicks - told, 0),
            listed("gsc_queries", "query"),
            listed("gsc_pages", "page"),
            tuple(daily()) if by_day else (),
        )
