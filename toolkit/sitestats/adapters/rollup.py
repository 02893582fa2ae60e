"""From requests to visitors and visits: who behaved like a program, where each visit began, how it went.

A visitor is one address with one agent on one day; a visit ends after 30 minutes without a request. Both are made again
for every day that new lines have come for, so that they never depend on how the lines arrived.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from toolkit.sitestats.adapters.daily import add_up_days

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from duckdb import DuckDBPyConnection

VISIT_ENDS_AFTER: Final = 30
"""Minutes without a request."""

# What no reader does: ask for robots.txt, try one missing page after the other, or read faster than anyone can.
_PROBES: Final = "count(*) >= 10 AND count_if(h.status BETWEEN 400 AND 499) >= 0.8 * count(*)"
_HURRIES: Final = (
    "count_if(h.is_page) >= 60 AND count_if(h.is_page) > 30 * (date_diff('minute', min(h.moment), max(h.moment)) + 1)"
)
_NO_ASSETS: Final = "count_if(h.is_page) >= 5 AND count_if(h.is_asset) = 0"

# The first and the last day tell which parts of a table need no look at all.
_WITHIN: Final = "day BETWEEN $first AND $last AND day IN (SELECT unnest($days::DATE[]))"

_VISITORS: Final = f"""
INSERT INTO visitors
WITH seen AS (
    SELECT h.visitor, h.day, any_value(h.agent) AS agent, any_value(h.country) AS country, count(*) AS hits,
        count_if(h.is_page) AS pages, sum(h.size) AS size,
        CASE WHEN bool_or(h.path = '/robots.txt') THEN 'asks_robots' WHEN {_PROBES} THEN 'probes'
            WHEN {_HURRIES} THEN 'hurries' WHEN $has_assets AND {_NO_ASSETS} THEN 'no_assets' ELSE '' END AS does
    FROM hits h WHERE {_WITHIN} GROUP BY h.visitor, h.day
)
SELECT s.visitor, s.day, s.agent, s.country, s.hits, s.pages, s.size,
    CASE WHEN a.who IN ('search', 'ai', 'bot') OR s.does = '' THEN a.who
        WHEN s.does = 'no_assets' THEN 'uncertain' ELSE 'bot' END,
    CASE WHEN a.who IN ('search', 'ai', 'bot') OR s.does = '' THEN a.reason ELSE s.does END
FROM seen s JOIN agents a ON a.id = s.agent
"""  # noqa: S608 - conditions of ours

# A visitor whose day fits into half an hour made one visit; only the others have to be put in order.
_VISITS: Final = f"""
INSERT INTO visits
WITH asked AS (
    SELECT visitor, moment, path, is_page, referrer, campaign,
        epoch(moment)::BIGINT * {1 << 30} + place % {1 << 30} AS turn
    FROM hits WHERE {_WITHIN}
),
whole AS (
    SELECT visitor, date_diff('second', min(moment), max(moment)) <= {60 * VISIT_ENDS_AFTER} AS short
    FROM asked GROUP BY visitor
),
parted AS (
    SELECT a.*, coalesce(
        moment - lag(moment) OVER (PARTITION BY visitor ORDER BY turn) > INTERVAL {VISIT_ENDS_AFTER} MINUTE, TRUE
    )::INTEGER AS begins
    FROM asked a JOIN whole w USING (visitor) WHERE NOT w.short
),
numbered AS (
    SELECT * EXCLUDE begins,
        sum(begins) OVER (PARTITION BY visitor ORDER BY turn ROWS UNBOUNDED PRECEDING)::INTEGER AS number FROM parted
    UNION ALL SELECT a.*, 1 FROM asked a JOIN whole w USING (visitor) WHERE w.short
),
made AS (
    SELECT visitor, number, min(moment) AS began, max(moment) AS ended, count(*) AS hits, count_if(is_page) AS pages,
        arg_min(path, turn) FILTER (is_page) AS entry, arg_max(path, turn) FILTER (is_page) AS exit,
        coalesce(arg_min(referrer, turn) FILTER (is_page), arg_min(referrer, turn)) AS referrer,
        coalesce(arg_min(campaign, turn) FILTER (is_page), arg_min(campaign, turn)) AS campaign
    FROM numbered GROUP BY visitor, number
)
SELECT m.visitor, m.number, v.day, m.began, m.ended, m.hits, m.pages, m.entry, m.exit,
    CASE WHEN c.source <> '' THEN c.source
        WHEN r.medium IN ('direct', 'internal') THEN if(c.click <> '', c.click, a.app) ELSE r.name END,
    CASE WHEN c.source <> '' THEN 'campaign'
        WHEN r.medium NOT IN ('direct', 'internal') THEN r.medium
        WHEN c.click <> '' THEN if(c.paid, 'campaign', 'social') WHEN a.app <> '' THEN 'social' ELSE 'direct' END,
    c.campaign, v.country, a.device, v.who
FROM made m JOIN (SELECT * FROM visitors WHERE {_WITHIN}) v ON v.visitor = m.visitor JOIN agents a ON a.id = v.agent
JOIN referrers r ON r.id = m.referrer JOIN campaigns c ON c.id = m.campaign
"""  # noqa: S608 - numbers of ours


def roll_up(connection: DuckDBPyConnection, days: Collection[date]) -> None:
    """Make the visitors and the visits of these days again."""
    if not days:
        return
    named = {"days": sorted(days), "first": min(days), "last": max(days)}
    for table in ("visitors", "visits"):
        connection.execute(f"DELETE FROM {table} WHERE {_WITHIN}", named)  # noqa: S608
    found = connection.execute("SELECT count(*) FROM (SELECT 1 FROM hits WHERE is_asset LIMIT 1)").fetchone()
    connection.execute(_VISITORS, {**named, "has_assets": bool(found and found[0])})
    connection.execute(_VISITS, named)
    add_up_days(connection, days)


def own_host(connection: DuckDBPyConnection) -> str:
    """The site's own host where nobody has said it: the one whose pages fetch this log's images and scripts; "" where
    no host does for most of them."""
    found = connection.execute(
        "SELECT regexp_replace(r.host, '^www[.]', '') AS host, count(*) AS n, sum(count(*)) OVER () AS whole"
        " FROM hits h JOIN referrers r ON r.id = h.referrer WHERE h.is_asset AND r.host <> ''"
        " GROUP BY 1 ORDER BY n DESC, host LIMIT 1"
    ).fetchone()
    return str(found[0]) if found and found[1] * 2 > found[2] else ""


def belongs_to_site(connection: DuckDBPyConnection, host: str) -> None:
    """Referrers of this host are moves within the site."""
    connection.execute(
        "UPDATE referrers SET medium = 'internal' WHERE host IN ($host, 'www.' || $host)", {"host": host.lower()}
    )
