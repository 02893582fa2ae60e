"""From requests to visitors and visits: who behaved like a program, where each visit began, how it went.

A visitor is one address with one agent on one day; a visit ends after 30 minutes without a request. Both are made again
for every day that new lines have come for, so that they never depend on how the lines arrived.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from toolkit.sitestats.adapters.daily import add_up_days

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from duckdb import DuckDBPyConnection

VISIT_ENDS_AFTER: Final = 30
"""Minutes without a request."""

# What no reader does: ask for robots.txt, try one missing page after the other, or read faster than anyone can.
_PROBES: Final = "count(*) >= 10 AND count_if(status BETWEEN 400 AND 499) >= 0.8 * count(*)"
_HURRIES: Final = (
    "count_if(is_page) >= 60 AND count_if(is_page) > 30 * (date_diff('minute', min(moment), max(moment)) + 1)"
)
_NO_ASSETS: Final = "count_if(is_page) >= 5 AND count_if(is_asset) = 0"

_SHORT: Final = f"date_diff('second', began, ended) <= {60 * VISIT_ENDS_AFTER}"
# The order of a visitor's requests, all of them of one day: within a second they go by their place in the log.
_TURN: Final = f"(epoch(moment)::BIGINT % 86400) * {1 << 44} + place"
# The same with every page before anything else: a visit came about with its first page, if it has one.
_RANK: Final = f"if(is_page, turn, turn + {1 << 61})"
_VISIT: Final = f"""
    min(moment) AS began, max(moment) AS ended, count(*) AS hits, count_if(is_page) AS pages,
    arg_min(path, turn) FILTER (is_page) AS entry, arg_max(path, turn) FILTER (is_page) AS exit,
    arg_min(referrer, {_RANK}) AS referrer, arg_min(campaign, {_RANK}) AS campaign,
    arg_min(campaign, turn) FILTER (is_page AND campaign <> $unmarked) AS marked
"""


def roll_up(connection: DuckDBPyConnection, days: Collection[date]) -> None:
    """Make the visitors and the visits of these days again."""
    if not days:
        return
    # the first and the last day tell which parts of a table need no look at all
    within = "day BETWEEN $first AND $last"
    named: dict[str, Any] = {"first": min(days), "last": max(days)}
    if len(days) <= (max(days) - min(days)).days:
        within += " AND day IN (SELECT unnest($days::DATE[]))"
        named["days"] = sorted(days)
    for table in ("visitors", "visits"):
        connection.execute(f"DELETE FROM {table} WHERE {within}", named)  # noqa: S608
    found = connection.execute("SELECT count(*) FROM (SELECT 1 FROM hits WHERE is_asset LIMIT 1)").fetchone()
    marked = {**named, "unmarked": _unmarked(connection)}
    connection.execute(_met_sql(within), {**marked, "has_assets": bool(found and found[0])})
    connection.execute(_VISITORS)
    connection.execute(_visits_sql(within), marked)
    connection.execute("DROP TABLE temp.met")
    add_up_days(connection, within, named)


def _met_sql(within: str) -> str:
    """What each visitor did in all, and what its visit was if it made one only."""
    return f"""
CREATE OR REPLACE TEMP TABLE met AS
SELECT visitor, any_value(day) AS day, any_value(agent) AS agent, any_value(country) AS country, sum(size) AS size,
    CASE WHEN bool_or(path = '/robots.txt') THEN 'asks_robots' WHEN {_PROBES} THEN 'probes'
        WHEN {_HURRIES} THEN 'hurries' WHEN $has_assets AND {_NO_ASSETS} THEN 'no_assets' ELSE '' END AS does,
    {_VISIT}
FROM (SELECT *, {_TURN} AS turn FROM hits WHERE {within}) GROUP BY visitor
"""  # noqa: S608 - conditions of ours


_VISITORS: Final = """
INSERT INTO visitors
SELECT m.visitor, m.day, m.agent, m.country, m.hits, m.pages, m.size,
    CASE WHEN a.who IN ('search', 'ai', 'bot') OR m.does = '' THEN a.who
        WHEN m.does = 'no_assets' THEN 'uncertain' ELSE 'bot' END,
    CASE WHEN a.who IN ('search', 'ai', 'bot') OR m.does = '' THEN a.reason ELSE m.does END
FROM met m JOIN agents a ON a.id = m.agent
"""


def _visits_sql(within: str) -> str:
    """A visitor whose day fits into half an hour made one visit; only the others' moments have to be put in order.

    A visit came about with its first page; if nobody is known to have led there, with the first marked link in it: who
    has the site open and tries their own campaign would see it nowhere.
    """
    return f"""
INSERT INTO visits
WITH longer AS (
    SELECT *, {_TURN} AS turn FROM hits
    SEMI JOIN (SELECT visitor FROM met WHERE NOT {_SHORT}) USING (visitor) WHERE {within}
),
parted AS (
    SELECT visitor, moment, coalesce(
        moment - lag(moment) OVER (PARTITION BY visitor ORDER BY moment) > INTERVAL {VISIT_ENDS_AFTER} MINUTE, TRUE
    )::INTEGER AS begins
    FROM (SELECT DISTINCT visitor, moment FROM longer)
),
numbered AS (
    SELECT visitor, moment,
        sum(begins) OVER (PARTITION BY visitor ORDER BY moment ROWS UNBOUNDED PRECEDING)::INTEGER AS number
    FROM parted
),
made AS (
    SELECT visitor, 1 AS number, began, ended, hits, pages, entry, exit, referrer, campaign, marked FROM met
    WHERE {_SHORT}
    UNION ALL SELECT visitor, number, {_VISIT} FROM longer JOIN numbered USING (visitor, moment)
    GROUP BY visitor, number
)
SELECT m.visitor, m.number, v.day, m.began, m.ended, m.hits, m.pages, m.entry, m.exit,
    CASE WHEN c.source <> '' THEN c.source
        WHEN r.medium IN ('direct', 'internal') THEN if(c.click <> '', c.click, a.app) ELSE r.name END,
    CASE WHEN c.source <> '' THEN 'campaign'
        WHEN r.medium NOT IN ('direct', 'internal') THEN r.medium
        WHEN c.click <> '' THEN if(c.paid, 'campaign', 'social') WHEN a.app <> '' THEN 'social' ELSE 'direct' END,
    c.campaign, v.country, a.device, v.who
FROM made m JOIN (SELECT * FROM visitors WHERE {within}) v ON v.visitor = m.visitor JOIN agents a ON a.id = v.agent
JOIN referrers r ON r.id = m.referrer JOIN campaigns c ON c.id = if(
    r.medium IN ('direct', 'internal') AND m.campaign = $unmarked, coalesce(m.marked, m.campaign), m.campaign
)
"""  # noqa: S608 - numbers of ours


def _unmarked(connection: DuckDBPyConnection) -> int:
    """The number of the campaign that is none."""
    found = connection.execute(
        "SELECT id FROM campaigns WHERE source || medium || campaign || content || term || click = '' AND NOT paid"
    ).fetchone()
    return int(found[0]) if found else -1


def own_host(connection: DuckDBPyConnection) -> str:
    """The site's own host where nobody has said it: the one that most requests name, if the log has their hosts; else
    the one whose pages fetch most of this log's images and scripts, which a search engine's or a network's never do."""
    named = "SELECT host, 1 AS counts FROM hits WHERE regexp_full_match(host, '[a-z0-9.-]+[.][a-z][a-z0-9-]*')"
    fetching = (
        "SELECT r.host, (r.medium IN ('referral', 'internal'))::INTEGER AS counts FROM hits h"
        " JOIN referrers r ON r.id = h.referrer WHERE h.is_asset AND r.host <> ''"
    )
    for told in (named, fetching):
        found = connection.execute(
            "SELECT regexp_replace(host, '^www[.]', '') AS site, sum(counts) AS n, sum(count(*)) OVER () AS whole"  # noqa: S608 - ours
            f" FROM ({told}) GROUP BY site ORDER BY n DESC, site LIMIT 1"
        ).fetchone()
        if found and found[1] * 2 > found[2]:
            return str(found[0])
    return ""


def belongs_to_site(connection: DuckDBPyConnection, host: str) -> None:
    """Referrers of this host are moves within the site."""
    connection.execute(
        "UPDATE referrers SET medium = 'internal' WHERE host IN ($host, 'www.' || $host)", {"host": host.lower()}
    )
