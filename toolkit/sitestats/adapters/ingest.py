"""From lines to rows: a chunk at a time, each distinct text classified once, addresses turned into visitors.

Memory is flat: chunks are read into a temporary table and settled when it is large enough.
"""

from __future__ import annotations

import re
import secrets
from collections import Counter
from dataclasses import astuple, dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from toolkit.sitestats.adapters.fast import CHUNK_TABLE, PIECES, fast_sql
from toolkit.sitestats.adapters.files import Trouble, first_lines, read_chunks
from toolkit.sitestats.adapters.masking import sample_of
from toolkit.sitestats.classify import agents, sources
from toolkit.sitestats.formats import LineReader, find_format
from toolkit.sitestats.model import Reject, Request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from toolkit.sitestats.adapters.files import Chunk
    from toolkit.sitestats.model import FormatName

SETTLED_AT: Final = 400_000
"""Lines that wait in memory before they are settled."""
KEPT_REJECTS: Final = 1_000
"""Lines that couldn't be read and are kept as samples; all are counted."""
_A_DAY: Final = 86_400

# What a browser fetches along with a page (the group), and other files that are no page to read.
_KIND = re.compile(
    r"\.(?:(css|js|mjs|map|png|jpg|jpeg|gif|svg|webp|avif|ico|bmp|tif|tiff|woff|woff2|ttf|eot|otf|mp3|mp4|m4a|m4v|webm|ogg"
    r"|ogv|wav|avi|mov|wasm|webmanifest|cur)"
    r"|pdf|zip|gz|rar|7z|tar|doc|docx|xls|xlsx|ppt|pptx|csv|txt|xml|json|rss|atom|apk|exe|dmg|ics|vcf)$",
    re.IGNORECASE,
)


@dataclass
class Taken:
    """What was read of one file."""

    file: str
    format: FormatName | None = None
    lines: int = 0
    directives: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    size: int = 0
    trouble: str = ""


class Ingest:
    """Reads files into a site's tables. Use within one transaction where the tables are kept."""

    def __init__(
        self, connection: DuckDBPyConnection, *, zone: str, now: int, own_hosts: Iterable[str] = (),
        salts: dict[date, str] | None = None,
    ) -> None:  # fmt: skip
        """`zone` cuts the days; `now` is seconds since 1970; `own_hosts` are the site's; `salts` live by the day."""
        self._db = connection
        self._zone = ZoneInfo(zone)
        self._now = now
        self._own = frozenset(host.lower().removeprefix("www.") for host in own_hosts)
        self.salts = salts if salts is not None else {}
        self.days: set[date] = set()
        found = connection.execute(
            "SELECT (SELECT coalesce(max(place), 0) FROM hits), (SELECT count(*) FROM rejects)"
        ).fetchone()
        self._place, self._kept = found or (0, 0)
        connection.execute(CHUNK_TABLE)
        connection.execute("DELETE FROM chunk")

    def file(
        self, path: Path, *, name: FormatName | None = None, progress: Callable[[int], None] | None = None
    ) -> Taken:
        """Read a whole file. `progress` is told the bytes that have been read (unpacked).

        The caller has found the format to be known, or says it. Raises StoreError("disk.…").
        """
        taken = Taken(path.name, name)
        found = name or find_format(first_lines(path), self._now).name
        if found is None:
            return taken
        taken.format = found
        trouble = Trouble()
        reader = LineReader(found, self._now)
        for chunk in read_chunks(path, trouble):
            self.take(chunk, reader, taken)
            if self.is_full:
                self.settle()
            if progress is not None:
                progress(chunk.size)
        taken.trouble = trouble.code
        self.settle()
        return taken

    def take(self, chunk: Chunk, reader: LineReader, taken: Taken) -> None:
        """Read the lines of a chunk; they wait to be settled. Counts them in `taken`."""
        text, sql = chunk.text, fast_sql(reader.name)
        before = self._waiting()
        if sql is None:
            self._read_exactly(enumerate(text.split("\n"), self._place + 1), reader, taken)
        else:
            self._db.execute(sql, [*_pieces(text, self._place), self._now + _A_DAY])
            odd = self._db.execute("SELECT place, line FROM chunk WHERE line IS NOT NULL ORDER BY place").fetchall()
            if odd:
                self._db.execute("DELETE FROM chunk WHERE line IS NOT NULL")
                self._read_exactly(odd, reader, taken)
        taken.lines += self._waiting() - before
        taken.size = chunk.size
        self._place += text.count("\n") + 1

    @property
    def is_full(self) -> bool:
        """Whether so many lines wait that they should be settled."""
        return self._waiting() >= SETTLED_AT

    def _waiting(self) -> int:
        found = self._db.execute("SELECT count(*) FROM chunk").fetchone()
        return int(found[0]) if found else 0

    def _read_exactly(self, lines: Iterable[tuple[int, str]], reader: LineReader, taken: Taken) -> None:
        good: list[tuple[Any, ...]] = []
        bad: list[Reject] = []
        for place, line in lines:
            found = reader.read(line)
            if isinstance(found, Request):
                good.append((*found, place, None))
            elif found is None:
                taken.directives += 1
            else:
                taken.rejected[found.reason] += 1
                taken.lines += 1
                if self._kept < KEPT_REJECTS:
                    self._kept += 1
                    bad.append(found)
        if good:
            self._insert("chunk", good)
        if bad:
            self._insert("rejects", [(None, taken.file, one.reason, sample_of(one.line)) for one in bad])

    def _insert(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        columns = list(zip(*rows, strict=True))
        kinds = [
            row[0].removesuffix("[]")
            for row in self._db.execute(
                "SELECT data_type FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index", [table]
            ).fetchall()
        ]
        picked = ", ".join(f"unnest(${place}::{kind}[])" for place, kind in enumerate(kinds, start=1))
        self._db.execute(f"INSERT INTO {table} SELECT {picked}", [list(column) for column in columns])

    def settle(self) -> None:
        """Turn the lines that wait into rows of `hits`, and forget them with the addresses in them."""
        if not self._waiting():
            return
        self._classify_agents()
        self._classify_referrers()
        self._classify_countries()
        self._classify_targets()
        self._settle_hits()
        for table in ("chunk", "countries", "targets"):
            self._db.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours

    def _classify_agents(self) -> None:
        new = self._db.execute(
            "SELECT c.agent, max(c.seen) FROM chunk c LEFT JOIN agents a ON a.text = c.agent WHERE a.id IS NULL"
            " GROUP BY c.agent ORDER BY c.agent"
        ).fetchall()
        rows = []
        for number, (text, at) in enumerate(new, start=self._next("agents")):
            found = agents.classify_agent(text, datetime.fromtimestamp(at, UTC).year)
            app = sources.of_agent(text)
            rows.append(
                (number, text, found.browser, found.system, found.device, found.who, found.reason, found.name,
                 app.name if app else "")
            )  # fmt: skip
        if rows:
            self._insert("agents", rows)

    def _classify_referrers(self) -> None:
        new = self._db.execute(
            "SELECT DISTINCT c.referrer FROM chunk c LEFT JOIN referrers r ON r.text = c.referrer WHERE r.id IS NULL"
            " ORDER BY 1"
        ).fetchall()
        rows = []
        for number, (text,) in enumerate(new, start=self._next("referrers")):
            found = sources.of_referrer(text, self._own)
            rows.append((number, text, found.name, found.medium, found.host))
        if rows:
            self._insert("referrers", rows)

    def _classify_countries(self) -> None:
        import iptocc

        self._db.execute("CREATE TEMP TABLE IF NOT EXISTS countries (address VARCHAR, country VARCHAR)")
        found = self._db.execute("SELECT DISTINCT address FROM chunk").fetchall()
        self._insert("countries", [(address, _country(iptocc.country_code, address)) for (address,) in found])

    def _classify_targets(self) -> None:
        """Addresses of pages: the path for the figures, what the query says of a campaign, and nothing else of it."""
        self._db.execute(
            "CREATE TEMP TABLE IF NOT EXISTS targets"
            " (target VARCHAR, path VARCHAR, campaign INTEGER, page BOOLEAN, asset BOOLEAN)"
        )
        found = self._db.execute("SELECT DISTINCT target FROM chunk").fetchall()
        known = {
            tuple(row[1:]): row[0]
            for row in self._db.execute(
                "SELECT id, source, medium, campaign, content, term, click, paid FROM campaigns"
            ).fetchall()
        }
        new, rows = [], []
        for (target,) in found:
            path, _, query = target.partition("?")
            marked = sources.marks(query)
            key = astuple(marked)
            if key not in known:
                known[key] = len(known)
                new.append((known[key], *key))
            shown = _path(path)
            kind = _KIND.search(shown)
            page = kind is None and shown != "/robots.txt"
            rows.append((target, shown, known[key], page, kind is not None and kind[1] is not None))
        if new:
            self._insert("campaigns", new)
        self._insert("targets", rows)

    def _settle_hits(self) -> None:
        first, last = self._db.execute("SELECT min(seen), max(seen) FROM chunk").fetchone() or (0, 0)
        local = _local_sql(self._zone, int(first), int(last))
        days = self._db.execute(
            f"SELECT DISTINCT (make_timestamp((c.seen + {local}) * 1000000))::DATE FROM chunk c"  # noqa: S608
        ).fetchall()
        for (day,) in days:
            self.days.add(day)
            self.salts.setdefault(day, secrets.token_hex(16))
        self._db.execute("CREATE TEMP TABLE IF NOT EXISTS salts (day DATE, salt VARCHAR)")
        self._db.execute("DELETE FROM salts")
        self._insert("salts", [(day, self.salts[day]) for (day,) in days])
        self._db.execute(
            f"""
INSERT INTO hits
SELECT s.day, c.moment, (md5_number_lower(concat(s.salt, c.address, chr(10), c.agent)) >> 1)::BIGINT, a.id, r.id,
    t.campaign, k.country, lower(c.host), c.method, t.path, c.status, c.size, c.place,
    c.method = 'GET' AND (c.status < 300 OR c.status = 304) AND t.page, t.asset
FROM (SELECT *, make_timestamp((c.seen + {local}) * 1000000) AS moment FROM chunk c) c
JOIN salts s ON s.day = c.moment::DATE
JOIN agents a ON a.text = c.agent
JOIN referrers r ON r.text = c.referrer
JOIN targets t ON t.target = c.target
JOIN countries k ON k.address = c.address
"""  # noqa: S608 - names and numbers of ours
        )

    def _next(self, table: str) -> int:
        found = self._db.execute(f"SELECT coalesce(max(id) + 1, 0) FROM {table}").fetchone()  # noqa: S608
        return int(found[0]) if found else 0


def _pieces(text: str, place: int) -> list[str | int | None]:
    """The lines in as many parts as are read side by side, none of them cut within a line, each followed by the place
    of the line before it."""
    parts: list[str | int | None] = []
    begin = 0
    for left in range(PIECES, 1, -1):
        end = text.find("\n", begin + (len(text) - begin) // left)
        if end < 0:
            break
        parts += [text[begin:end], place]
        place += text.count("\n", begin, end) + 1
        begin = end + 1
    parts += [text[begin:], place]
    return [*parts, *[None] * (2 * PIECES - len(parts))]


def _country(look_up: Callable[[str], str | None], address: str) -> str:
    try:
        return look_up(address) or ""
    except ValueError:  # not an address at all: a name, or an interface behind it
        return ""


def _path(path: str) -> str:
    """A path as people read it: percent signs decoded, without a fragment, at most as long as a page's address."""
    text = path.partition("#")[0][:2_000] or "/"
    if "%" in text:
        text = unquote(text, errors="replace")
    scheme, _, rest = text.partition("://")
    if scheme in ("http", "https") and rest:  # a proxy's way to ask
        text = "/" + rest.partition("/")[2]
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
