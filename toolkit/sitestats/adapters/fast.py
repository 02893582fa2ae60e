"""The quick way through lines: DuckDB splits those that have a server's usual shape.

A line goes this way only where it is exactly `head "request" status size ["referrer" "agent"]` without an escape; every
other line is given back and read by `formats`, so that both ways mean the same (a property test holds them together).
What a request line means is left to `formats` too, once for each that differs.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from toolkit.sitestats.adapters.handing import handed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from duckdb import DuckDBPyConnection

    from toolkit.sitestats.model import FormatName

CHUNK_TABLE: Final = """
CREATE TEMP TABLE IF NOT EXISTS chunk (
    address VARCHAR, seen BIGINT, method VARCHAR, target VARCHAR, status SMALLINT, size BIGINT, referrer VARCHAR,
    agent VARCHAR, host VARCHAR, place BIGINT
)
"""
"""Requests that wait. `method` is NULL where `target` is a whole request line as logged."""
PIECE: Final = 1 << 16
"""Characters, about, of the pieces that lines are handed over in."""
_CLOCK: Final = r"[!-Z\]-~]+ [!-Z\]-~]+ \[[0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}:[0-9]{2}:[0-9]{2}:[0-9]{2} [+-][0-9]{4}\] "
_ADDRESS: Final = r"(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9a-fA-F]{0,4}:[0-9a-fA-F:]{1,40}) "
_HOST: Final = r"[A-Za-z][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*\.[G-Zg-z][A-Za-z0-9_-]*(?::[0-9]{1,5})? "
_NUMBERS: Final = " [1-5][0-9]{2} (?:[0-9]{1,15}|-)"


def pieces_of(text: str) -> list[str]:
    """Whole lines, cut into pieces that end where a line does."""
    pieces: list[str] = []
    begin = 0
    while (end := text.find("\n", begin + PIECE)) >= 0:
        pieces.append(text[begin:end])
        begin = end + 1
    pieces.append(text[begin:])
    return pieces


def has_quick_way(name: FormatName) -> bool:
    """Whether lines of this format can be read here."""
    return name in ("combined", "common", "vhost")


def read_quickly(
    connection: DuckDBPyConnection, name: FormatName, pieces: Sequence[str], *, place: int, latest: int
) -> list[tuple[int, str]]:
    """Read the lines of `pieces` into `chunk`; those of another shape, each with its place, are left to the exact way.

    Places rise from `place` (exclusive) on, in all by at most the characters of the lines with their ends; `latest` is
    the last second that can be.
    """
    places = list(accumulate((len(piece) + 1 for piece in pieces), initial=place))
    half = -(-len(pieces) // 2)  # two tables are read side by side, one is not
    given = [{"piece": pieces[part], "place": places[:-1][part]} for part in (slice(half), slice(half, None))]
    with handed(connection, given0=given[0], given1=given[1]):
        connection.execute(_sql(name), {"latest": latest})
    odd = connection.execute("SELECT place FROM chunk WHERE seen IS NULL ORDER BY place").fetchall()
    if odd:
        connection.execute("DELETE FROM chunk WHERE seen IS NULL")
    return list(_lines_at([at for (at,) in odd], pieces, places))


def _lines_at(odd: Sequence[int], pieces: Sequence[str], places: Sequence[int]) -> Iterator[tuple[int, str]]:
    lines: list[str] = []
    before = -1
    for at in odd:
        number = bisect_right(places, at - 1) - 1
        if number != before:
            lines, before = pieces[number].split("\n"), number
        yield at, lines[at - places[number] - 1]


def _sql(name: FormatName) -> str:
    own_host, quoted = name == "vhost", name != "common"
    first = 2 if own_host else 1
    clock = first + 3
    shape = "len(p) = 7 AND p[5] = ' ' AND p[7] IN ('', chr(13))" if quoted else "len(p) = 3"
    # in common the size ends the line; in the others a space follows it
    numbers, size = (f"{_NUMBERS} ", "n[3]") if quoted else (f"{_NUMBERS}\\r?", "rtrim(n[3], chr(13))")
    texts = "if(p[4] = '-', '', p[4]), if(p[6] = '-', '', p[6])" if quoted else "'', ''"
    host = "split_part(h[1], ':', 1)" if own_host else "''"
    return f"""
INSERT INTO chunk
WITH given AS (SELECT * FROM given0 UNION ALL SELECT * FROM given1),
lines AS (
    SELECT unnest(l) AS line, place + generate_subscripts(l, 1) AS place
    FROM (SELECT string_split(piece::VARCHAR, chr(10)) AS l, place::BIGINT AS place FROM given)
),
parted AS (SELECT line, place, string_split(line, '"') AS p FROM lines),
pieces AS (
    SELECT place, p, string_split(p[1], ' ') AS h, string_split(p[3], ' ') AS n,
        {shape} AND NOT contains(line, chr(92)) AND strlen(line) < 16384 AND strlen(p[1]) <= 600
        AND regexp_full_match(p[1], '{_HOST if own_host else ""}{_ADDRESS}{_CLOCK}')
        AND regexp_full_match(p[3], '{numbers}') AS usual
    FROM parted
),
read AS (
    SELECT *, epoch(try_strptime(h[{clock}], '[%d/%b/%Y:%H:%M:%S'))::BIGINT AS wall,
        CASE h[{clock + 1}] WHEN '+0000]' THEN 0 WHEN '+0700]' THEN 25200  -- spares most logs the work below
            ELSE try_cast(h[{clock + 1}][2:3] AS INTEGER) * 3600 + try_cast(h[{clock + 1}][4:5] AS INTEGER) * 60
        END AS away, starts_with(h[{clock + 1}], '-') AS west
    FROM pieces
),
judged AS (
    SELECT *, coalesce(usual AND away <= 54000 AND wall - away >= 631238400 AND wall + away <= $latest, FALSE) AS good
    FROM read
)
SELECT h[{first}], CASE WHEN good THEN if(west, wall + away, wall - away) END, NULL, p[2],
    try_cast(n[2] AS SMALLINT), coalesce(try_cast({size} AS BIGINT), 0),
    {texts}, {host}, place
FROM judged
"""  # noqa: S608 - names and patterns of ours
