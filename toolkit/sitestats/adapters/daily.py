"""Figures of a day that a year's report adds up, where a site is kept: no request has to be looked at again.

A visitor is known on one day only, so that the visitors of a path, an hour, a page that leads here, are those of each
day added up. Each table says the same as the metric of its name (a property test holds them together).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from toolkit.sitestats.adapters.figures import run
from toolkit.sitestats.metrics import METRICS, Filters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from duckdb import DuckDBPyConnection

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS daily (
    day DATE NOT NULL, who VARCHAR NOT NULL, metric VARCHAR NOT NULL, key VARCHAR NOT NULL, more VARCHAR NOT NULL,
    hits BIGINT NOT NULL, visitors BIGINT NOT NULL, size BIGINT NOT NULL
);
"""


class _Daily(NamedTuple):
    """How a metric is counted by the day (`key`, `more` and `where` over requests with who asked, and the referrer's
    host and medium) and added up again."""

    key: str
    where: str
    shown: str
    order: str
    more: str = "''"


_FEW_DAYS: Final = 7
_PATHS: Final = "key AS path, sum(hits)::BIGINT AS hits, sum(visitors)::BIGINT AS visitors, sum(size)::BIGINT AS bytes"
_BY_HITS: Final = "hits DESC, path"
_DAILY: Final[Mapping[str, _Daily]] = {
    "statuses": _Daily("status::VARCHAR", "TRUE", "key::SMALLINT AS code, sum(hits)::BIGINT AS n", "code"),
    "pages": _Daily("path", "is_page", _PATHS, _BY_HITS),
    "not_found": _Daily("path", "status IN (404, 410)", _PATHS, _BY_HITS),
    "files": _Daily(
        "path", "NOT is_page AND method = 'GET' AND (status < 300 OR status = 304)", _PATHS, _BY_HITS
    ),
    "referrers": _Daily(
        "host", "medium NOT IN ('direct', 'internal')",
        "key AS host, more AS medium, sum(hits)::BIGINT AS hits, sum(visitors)::BIGINT AS visitors",
        "hits DESC, host, medium", "medium",
    ),
    "hours": _Daily(
        "hour(moment)::VARCHAR", "TRUE",
        "key::INTEGER AS hour, sum(hits)::BIGINT AS hits, sum(visitors)::BIGINT AS visitors", "hour",
    ),
}  # fmt: skip


def add_up_days(connection: DuckDBPyConnection, within: str, days: Mapping[str, Any]) -> None:
    """Make the figures of the days that the condition `within` names with the parameters `days` again, after their
    visitors have been made; nothing where none are kept."""
    if not connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'daily' LIMIT 1").fetchall():
        return
    connection.execute(f"DELETE FROM daily WHERE {within}", days)  # noqa: S608 - ours
    counted = " UNION ALL ".join(
        f"SELECT day, who, '{metric}', {how.key}, {how.more}, count(*), count(DISTINCT visitor), sum(size) FROM h"  # noqa: S608 - ours
        f" WHERE {how.where} GROUP BY day, who, {how.key}, {how.more}"
        for metric, how in _DAILY.items()
    )
    # read once, unless so many days may be more than fits into memory
    once = "MATERIALIZED" if (days["last"] - days["first"]).days < _FEW_DAYS else "NOT MATERIALIZED"
    connection.execute(
        f"""
INSERT INTO daily
WITH h AS {once} (
    SELECT h.day, v.who, h.visitor, h.moment, h.method, h.path, h.status, h.size, h.is_page, r.host, r.medium
    FROM (SELECT * FROM hits WHERE {within}) h
    JOIN (SELECT visitor, who FROM visitors WHERE {within}) v ON v.visitor = h.visitor
    JOIN referrers r ON r.id = h.referrer
)
{counted}
""",  # noqa: S608 - ours
        days,
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
