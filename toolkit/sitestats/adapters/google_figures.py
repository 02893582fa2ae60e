"""Figures of what Google has counted of a site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toolkit.sitestats.adapters import store
from toolkit.sitestats.adapters.google_tables import open_google

if TYPE_CHECKING:
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
class Searches:
    """What Search Console has counted, from `first` to `last` (days of California). `hidden`: clicks of search texts
    that Google keeps to itself."""

    first: date
    last: date
    total: Searched
    hidden: int
    queries: tuple[Searched, ...]
    pages: tuple[Searched, ...]


_SUMS = "sum(clicks)::BIGINT, sum(impressions)::BIGINT, sum(position * impressions) / nullif(sum(impressions), 0)"
_WITHIN = "($since IS NULL OR day >= $since) AND ($until IS NULL OR day < $until)"


def searches(site: Site, since: date | None, until: date | None, top: int | None) -> Searches | None:
    """The searches of these days (`until` exclusive), the most clicked first; None where none of them was fetched.
    StoreError as in `store.open_site`."""
    days = {"since": since, "until": until}
    with store.scratch_folder() as scratch, open_google(site, scratch) as connection:
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
        )
