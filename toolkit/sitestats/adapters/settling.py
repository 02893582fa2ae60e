"""From requests that wait to rows of `hits`: each distinct text classified once, addresses turned into visitors.

Everything that is slow is done once for each visitor, address of a page or referrer of a batch, never for each line.
"""

from __future__ import annotations

import re
import secrets
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from toolkit.sitestats.adapters.handing import handed
from toolkit.sitestats.classify import agents, sources
from toolkit.sitestats.formats.quoted import request_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from duckdb import DuckDBPyConnection

_A_DAY: Final = 86_400
_REMEMBERED: Final = 200_000
"""Addresses of pages that are kept in mind from one batch to the next, with what their queries say of a campaign."""
LONGEST_PATH: Final = 2_000
"""Letters of a path that are kept."""
_UNMARKED: Final = sources.Marks()

# What a browser fetches along with a page (the group), and other files that are no page to read.
_KIND = re.compile(
    r"\.(?:(css|js|mjs|map|png|jpg|jpeg|gif|svg|webp|avif|ico|bmp|tif|tiff|woff|woff2|ttf|eot|otf|mp3|mp4|m4a|m4v|webm|ogg"
    r"|ogv|wav|avi|mov|wasm|webmanifest|cur)"
    r"|pdf|zip|gz|rar|7z|tar|doc|docx|xls|xlsx|ppt|pptx|csv|txt|xml|json|rss|atom|apk|exe|dmg|ics|vcf)$",
    re.IGNORECASE,
)
_MADE: Final = ("chunk", "seen_days", "guests", "countries", "salts")
"""Tables of one batch: addresses are in them, so they are emptied as soon as its rows are made."""
_TARGETS: Final = """
CREATE OR REPLACE TEMP TABLE targets (
    asked VARCHAR, target VARCHAR, method VARCHAR, path VARCHAR, page BOOLEAN, asset BOOLEAN, campaign INTEGER
)
"""
"""What has been found out of request lines; gone with the connection."""


class Settling:
    """Turns the rows of `chunk` into rows of `hits`."""

    def __init__(
        self, connection: DuckDBPyConnection, zone: ZoneInfo, own: frozenset[str], salts: dict[date, str]
    ) -> None:  # fmt: skip
        """`own` are the site's hosts; `salts` live by the day and are made where there are none."""
        self._db = connection
        self._zone = zone
        self._own = own
        self._salts = salts
        connection.execute(_TARGETS)

    def settle(self) -> set[date]:
        """Make the rows and forget the lines with the addresses in them; the days that have come up."""
        first, last = self._db.execute("SELECT min(seen), max(seen) FROM chunk").fetchone() or (None, None)
        if first is None:
            return set()
        local = _local_sql(self._zone, int(first), int(last))
        self._db.execute(f"""
CREATE OR REPLACE TEMP TABLE seen_days AS
SELECT c.address, c.agent, ((c.seen + {local}) // {_A_DAY})::INTEGER AS number, max(c.seen) AS seen
FROM chunk c GROUP BY ALL
""")  # noqa: S608 - numbers of ours
        self._classify_agents()
        self._classify_referrers()
        self._classify_countries()
        self._classify_targets()
        days = self._salt_days()
        self._make_hits(local)
        for table in _MADE:
            self._db.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours
        return days

    def _salt_days(self) -> set[date]:
        numbers = [number for (number,) in self._db.execute("SELECT DISTINCT number FROM seen_days").fetchall()]
        days = [date(1970, 1, 1) + timedelta(days=number) for number in numbers]
        salts = [self._salts.setdefault(day, secrets.token_hex(16)) for day in days]
        self._keep("salts", "number::INTEGER AS number, salt::VARCHAR AS salt", {"number": numbers, "salt": salts})
        return set(days)

    def _make_hits(self, local: str) -> None:
        self._db.execute("""
CREATE OR REPLACE TEMP TABLE guests AS
SELECT s.address, s.agent AS text, s.number, DATE '1970-01-01' + s.number AS day, a.id AS agent, k.country,
    (md5_number_lower(concat(z.salt, s.address, chr(10), s.agent)) >> 1)::BIGINT AS visitor
FROM seen_days s JOIN salts z ON z.number = s.number JOIN agents a ON a.text = s.agent
JOIN countries k ON k.address = s.address
""")
        self._db.execute(
            f"""
INSERT INTO hits
SELECT g.day, make_timestamp((c.seen + {local}) * 1000000), g.visitor, g.agent, r.id, t.campaign, g.country,
    lower(c.host), t.method, t.path, c.status, c.size, c.place,
    t.method = 'GET' AND (c.status < 300 OR c.status = 304) AND t.page, t.asset
FROM chunk c
JOIN guests g ON g.address = c.address AND g.text = c.agent AND g.number = (c.seen + {local}) // {_A_DAY}
JOIN referrers r ON r.text = c.referrer
JOIN targets t ON t.target = c.target AND t.asked IS NOT DISTINCT FROM c.method
"""  # noqa: S608 - names and numbers of ours
        )

    def _classify_agents(self) -> None:
        new = self._db.execute(
            "SELECT s.agent, max(s.seen) FROM seen_days s ANTI JOIN agents a ON a.text = s.agent GROUP BY s.agent"
            " ORDER BY s.agent"
        ).fetchall()
        rows = []
        for number, (text, at) in enumerate(new, start=self._next("agents")):
            found = agents.classify_agent(text, datetime.fromtimestamp(at, UTC).year)
            app = sources.of_agent(text)
            rows.append(
                (number, text, found.browser, found.system, found.device, found.who, found.reason, found.name,
                 app.name if app else "")
            )  # fmt: skip
        self._add("agents", rows)

    def _classify_referrers(self) -> None:
        new = self._db.execute(
            "SELECT c.referrer FROM (SELECT DISTINCT referrer FROM chunk) c ANTI JOIN referrers r"
            " ON r.text = c.referrer ORDER BY 1"
        ).fetchall()
        rows = []
        for number, (text,) in enumerate(new, start=self._next("referrers")):
            found = sources.of_referrer(text, self._own)
            rows.append((number, text, found.name, found.medium, found.host))
        self._add("referrers", rows)

    def _classify_countries(self) -> None:
        import iptocc

        found = [address for (address,) in self._db.execute("SELECT DISTINCT address FROM seen_days").fetchall()]
        countries = [_country(iptocc.country_code, address) for address in found]
        kinds = "address::VARCHAR AS address, country::VARCHAR AS country"
        self._keep("countries", kinds, {"address": found, "country": countries})

    def _classify_targets(self) -> None:
        """Addresses of pages: the path for the figures, what the query says of a campaign, and nothing else of it."""
        kept = self._db.execute("SELECT count(*) FROM targets").fetchone()
        if kept and kept[0] > _REMEMBERED:
            self._db.execute(_TARGETS)
        found = self._db.execute(
            "SELECT DISTINCT c.method, c.target FROM chunk c ANTI JOIN targets t"
            " ON t.target = c.target AND t.asked IS NOT DISTINCT FROM c.method"
        ).fetchall()
        known = {
            sources.Marks(*row[1:]): row[0]
            for row in self._db.execute(
                "SELECT id, source, medium, campaign, content, term, click, paid FROM campaigns"
            ).fetchall()
        }
        unmarked = known.get(_UNMARKED)
        new: list[tuple[Any, ...]] = []
        rows: list[tuple[Any, ...]] = []
        for asked, whole in found:
            method, target = request_parts(whole) if asked is None else (asked, whole)
            path, _, query = target.partition("?")
            marked = sources.marks(query) if query else _UNMARKED
            campaign = unmarked if marked is _UNMARKED else known.get(marked)
            if campaign is None:
                campaign = known[marked] = len(known)
                new.append((campaign, marked.source, marked.medium, marked.campaign, marked.content, marked.term,
                            marked.click, marked.paid))  # fmt: skip
                unmarked = known.get(_UNMARKED)
            rows.append((asked, whole, method, *_of_path(path), campaign))
        self._add("campaigns", new)
        self._add("targets", rows)

    def _keep(self, table: str, columns: str, values: Mapping[str, Sequence[Any]]) -> None:
        """A table of one batch from columns of values; `columns` says in SQL what they are."""
        with handed(self._db, made=values):
            self._db.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT {columns} FROM made")  # noqa: S608

    def _add(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        if rows:
            columns = {f"c{place}": column for place, column in enumerate(zip(*rows, strict=True))}
            with handed(self._db, made=columns):
                self._db.execute(f"INSERT INTO {table} SELECT * FROM made")  # noqa: S608 - names of ours

    def _next(self, table: str) -> int:
        found = self._db.execute(f"SELECT coalesce(max(id) + 1, 0) FROM {table}").fetchone()  # noqa: S608
        return int(found[0]) if found else 0


def _country(look_up: Callable[[str], str | None], address: str) -> str:
    try:
        return look_up(address) or ""
    except ValueError:  # not an address at all: a name, or an interface behind it
        return ""


def _of_path(path: str) -> tuple[str, bool, bool]:
    """(path as people read it, whether it is a page, whether it is fetched along with one)."""
    shown = _shown(path)
    kind = _KIND.search(shown)
    return shown, kind is None and shown != "/robots.txt", kind is not None and kind[1] is not None


def _shown(path: str) -> str:
    """A path as people read it: percent signs decoded, without a fragment, at most as long as a page's address."""
    text = path.partition("#")[0] or "/"
    if "%" in text:
        text = unquote(text, errors="replace")
    scheme, _, rest = text[: 2 * LONGEST_PATH].partition("://")
    if scheme in ("http", "https") and rest:  # a proxy's way to ask
        text = "/" + rest.partition("/")[2]
    text = text[:LONGEST_PATH]
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


def _local_sql(zone: ZoneInfo, first: int, last: int) -> str:
    """Seconds that `zone` is ahead of UTC at second `c.seen`, as SQL: constant between the changes of its clock."""

    def ahead(at: int) -> int:
        offset = datetime.fromtimestamp(at, zone).utcoffset()
        return int((offset or timedelta()).total_seconds())

    changes: list[tuple[int, int]] = []
    at, now = first, ahead(first)
    while at < last:
        following = min(at + _A_DAY, last)
        if ahead(following) != now:
            low, high = at, following
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if ahead(middle) == now else (low, middle)
            changes.append((high, now))
            now = ahead(high)
            following = high
        at = following
    cases = "".join(f" WHEN c.seen < {second} THEN {before}" for second, before in changes)
    return f"(CASE{cases} ELSE {now} END)" if cases else f"({now})"
