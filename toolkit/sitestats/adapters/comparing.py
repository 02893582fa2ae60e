"""What a log, the collector and Google Analytics have each counted, day by day, and what can be measured of why they
differ."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from toolkit.sitestats.adapters import store
from toolkit.sitestats.adapters.google_tables import ZONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from duckdb import DuckDBPyConnection

_AMONG: Final = "day IN (SELECT unnest($days::DATE[]))"


@dataclass(frozen=True)
class Counted:
    """People on a day, their visits, the pages they saw."""

    visitors: int = 0
    visits: int = 0
    page_views: int = 0

    def __add__(self, other: Counted) -> Counted:
        return Counted(self.visitors + other.visitors, self.visits + other.visits, self.page_views + other.page_views)


@dataclass(frozen=True)
class Analysed:
    """What Analytics has counted: its days, the zone that they are cut in, days on which it withheld rows, days that it
    may still change."""

    days: Mapping[date, Counted] = field(default_factory=dict)
    zone: str = ""
    thresholded: frozenset[date] = frozenset()
    unsettled: frozenset[date] = frozenset()


def counted_people(connection: DuckDBPyConnection) -> dict[date, Counted]:
    """The days of a site's tables, programs and the uncertain left out."""
    rows = connection.execute(
        "SELECT day, v.n, coalesce(s.n, 0), v.pages FROM"
        " (SELECT day, count(*) AS n, sum(pages)::BIGINT AS pages FROM visitors WHERE who = 'human' GROUP BY day) v"
        " LEFT JOIN (SELECT day, count(*) AS n FROM visits WHERE who = 'human' GROUP BY day) s USING (day)"
    ).fetchall()
    return {day: Counted(visitors, visits, pages) for day, visitors, visits, pages in rows}


def read_days(connection: DuckDBPyConnection) -> tuple[date, date] | None:
    """The first and the last day that a log was read of."""
    found = connection.execute("SELECT min(day), max(day) FROM visitors").fetchone()
    return (found[0], found[1]) if found and found[0] is not None else None


def part_days(connection: DuckDBPyConnection) -> dict[date, tuple[datetime, bool]]:
    """The first and the last day of what was read, where it holds only a part of them: the moment at which it begins
    (True) or ends (False). A day is a part where it begins, or ends, an hour off midnight and further off than every
    other day does."""
    rows = connection.execute("SELECT day, min(moment), max(moment) FROM hits GROUP BY day ORDER BY day").fetchall()
    found: dict[date, tuple[datetime, bool]] = {}
    if not rows:
        return found
    (first, begins, _), (last, _, ends) = rows[0], rows[-1]
    if begins.hour and all(begins.time() > begun.time() for _, begun, _ in rows[1:]):
        found[first] = begins, True
    if ends.hour < 23 and all(ends.time() < ended.time() for _, _, ended in rows[:-1]):
        found.setdefault(last, (ends, False))
    return found


def analysed(connection: DuckDBPyConnection) -> Analysed:
    """Every day that was fetched from Analytics; one without a row is one without visits."""
    rows = connection.execute(
        "SELECT p.day, coalesce(visitors, 0), coalesce(visits, 0), coalesce(page_views, 0), p.note, p.settled"
        " FROM pulled p LEFT JOIN ga_days g ON g.day = p.day WHERE p.kind = 'ga4' ORDER BY p.day"
    ).fetchall()
    return Analysed(
        {row[0]: Counted(*row[1:4]) for row in rows},
        store.state(connection, ZONE),
        frozenset(row[0] for row in rows if row[4]),
        frozenset(row[0] for row in rows if not row[5]),
    )


def page_views_by(connection: DuckDBPyConnection, days: Iterable[date]) -> dict[str, int]:
    """Page views of each kind of visitor."""
    return dict(
        connection.execute(
            f"SELECT who, sum(pages)::BIGINT FROM visitors WHERE {_AMONG} GROUP BY who",  # noqa: S608
            {"days": sorted(days)},
        ).fetchall()
    )


def visits_without_pages(connection: DuckDBPyConnection, days: Iterable[date]) -> int:
    """Visits of people who fetched files alone: an image on somebody else's page, a feed."""
    query = f"SELECT count(*) FROM visits WHERE who = 'human' AND pages = 0 AND {_AMONG}"  # noqa: S608
    found = connection.execute(query, {"days": sorted(days)}).fetchone()
    return int(found[0]) if found else 0


def error_pages(connection: DuckDBPyConnection, days: Iterable[date]) -> int:
    """Requests of people that the server answered with an error, files left out."""
    query = (
        f"SELECT count(*) FROM hits WHERE {_AMONG} AND status >= 400 AND method = 'GET' AND NOT is_asset"  # noqa: S608
        f" AND (visitor, day) IN (SELECT visitor, day FROM visitors WHERE who = 'human' AND {_AMONG})"
    )
    found = connection.execute(query, {"days": sorted(days)}).fetchone()
    return int(found[0]) if found else 0


def visits_on_another_day(connection: DuckDBPyConnection, days: Iterable[date], own: str, theirs: str) -> int:
    """Visits of people that began on another day by the other zone; 0 for a zone that isn't known."""
    try:
        here, there = ZoneInfo(own), ZoneInfo(theirs)
    except (ZoneInfoNotFoundError, ValueError):
        return 0
    rows = connection.execute(
        "SELECT time_bucket(INTERVAL 15 MINUTE, began), count(*) FROM visits"  # noqa: S608
        f" WHERE who = 'human' AND {_AMONG} GROUP BY 1",
        {"days": sorted(days)},
    ).fetchall()
    return sum(int(n) for began, n in rows if began.replace(tzinfo=here).astimezone(there).date() != began.date())


def pages_of_people(connection: DuckDBPyConnection, days: Iterable[date]) -> dict[str, int]:
    """Page views of people by path."""
    return _by_page(
        connection.execute(
            f"SELECT path, count(*) FROM hits WHERE {_AMONG} AND is_page"  # noqa: S608
            f" AND (visitor, day) IN (SELECT visitor, day FROM visitors WHERE who = 'human' AND {_AMONG}) GROUP BY 1",
            {"days": sorted(days)},
        ).fetchall()
    )


def pages_of_analytics(connection: DuckDBPyConnection, days: Iterable[date]) -> dict[str, int]:
    """Page views in Analytics by path."""
    query = f"SELECT path, sum(page_views)::BIGINT FROM ga_pages WHERE {_AMONG} GROUP BY path"  # noqa: S608
    return _by_page(connection.execute(query, {"days": sorted(days)}).fetchall())


def _by_page(rows: Sequence[tuple[str, int]]) -> dict[str, int]:
    """Spellings of one page together: encoded or not, with a stroke at its end or without. What isn't a path, such as
    Google's "(other)", is no page."""
    summed: dict[str, int] = {}
    for path, n in rows:
        if not path.startswith("/"):
            continue
        key = unquote(path).rstrip("/") or "/"
        summed[key] = summed.get(key, 0) + int(n)
    return summed
