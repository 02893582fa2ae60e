"""Figures of a day that a year's report adds up, where a site is kept: no request has to be looked at again.

A visitor is known on one day only, so that the visitors of a path, an hour, a page that leads here, are those of each
day added up. Each table says the same as the metric of its name (a property test holds them together).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from toolkit.sitestats.adapters.figures import run
from toolkit.sitestats.metrics import METRICS, Filters

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from duckdb import DuckDBPyConnection

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS daily (
    day DATE NOT NULL, who VARCHAR NOT NULL, metric VARCHAR NOT NULL, key VARCHAR NOT NULL, more VARCHAR NOT NULL,
    hits BIGINT NOT NULL, visitors BIGINT NOT NULL, size BIGINT NOT NULL
);
"""


class _Daily(NamedTuple):
    """How a metric is counted by the day (`key`, `more` and `where` over hits h and referrers r) and added up again."""

    key: str
    where: str
    shown: str
    order: str
    more: str = "''"


_PATHS: Final = "key AS path, sum(hits)::BIGINT AS hits, sum(visitors)::BIGINT AS visitors, sum(size)::BIGINT AS bytes"
_BY_HITS: Final = "hits DESC, path"
_DAILY: Final[Mapping[str, _Daily]] = {
    "statuses": _Daily("h.status", "TRUE", "key::SMALLINT AS code, sum(hits)::BIGINT AS n", "code"),
    "pages": _Daily("h.path", "h.is_page", _PATHS, _BY_HITS),
    "not_found": _Daily("h.path", "h.status IN (404, 410)", _PATHS, _BY_HITS),
    "files": _Daily(
        "h.path", "NOT h.is_page AND h.method = 'GET' AND (h.status < 300 OR h.status = 304)", _PATHS, _BY_HITS
    ),
    "referrers": _Daily(
        "r.host", "r.medium NOT IN ('direct', 'internal')",
        "key AS host, more AS medium, sum(hits)::BIGINT AS hits, sum(visitors)::BIGINT AS visitors",
        "hits DESC, host, medium", "r.medium",
    ),
    "hours": _Daily(
        "hour(h.moment)", "TRUE",
        "key::INTEGER AS hour, sum(hits)::BIGINT AS hits, sum(visitors)::BIGINT AS visitors", "hour",
    ),
}  # fmt: skip


def add_up_days(connection: DuckDBPyConnection, days: Collection[date]) -> None:
    """Make the figures of these days again, after their visitors have been made; nothing where none are kept."""
    if not connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'daily' LIMIT 1").fetchall():
        return
    # the first and the last day tell which parts of a table need no look at all
    named = {"days": sorted(days), "first": min(days), "last": max(days)}
    within = "day BETWEEN $first AND $last AND day IN (SELECT unnest($days::DATE[]))"
    connection.execute(f"DELETE FROM daily WHERE {within}", named)  # noqa: S608 - ours
    for metric, how in _DAILY.items():
        connection.execute(
            f"INSERT INTO daily SELECT h.day, v.who, '{metric}', {how.key}, {how.more}, count(*),"  # noqa: S608 - ours
            f" count(DISTINCT h.visitor), sum(h.size) FROM (SELECT * FROM hits WHERE {within}) h"
            f" JOIN (SELECT visitor, who FROM visitors WHERE {within}) v ON v.visitor = h.visitor"
            f" JOIN referrers r ON r.id = h.referrer WHERE {how.where}"
            f" GROUP BY h.day, v.who, {how.key}, {how.more}",
            named,
        )


def figure(connection: DuckDBPyConnection, name: str, filters: Filters, top: int | None) -> list[dict[str, Any]]:
    """The rows of a metric, from the days' figures where the filters allow it."""
    how = _DAILY.get(name)
    if how is None or filters != Filters(since=filters.since, until=filters.until, who=filters.who):
        return run(connection, METRICS[name], filters, top)
    found = connection.execute(
        f"SELECT {how.shown} FROM daily WHERE metric = $metric AND day >= coalesce($since::DATE, day)"  # noqa: S608 - ours
        " AND day < coalesce($until::DATE, day + 1)"
        " AND (len($who::VARCHAR[]) = 0 OR list_contains($who::VARCHAR[], who))"
        f" GROUP BY ALL ORDER BY {how.order} LIMIT {'NULL' if top is None else int(top)}",
        {"metric": name, "since": filters.since, "until": filters.until, "who": sorted(filters.who)},
    )
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
