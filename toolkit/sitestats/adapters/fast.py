"""The quick way through a chunk: DuckDB splits the lines that have a server's usual shape.

A line goes this way only where it is exactly `head "request" status size ["referrer" "agent"]` without an escape; every
other line is given back and read by `formats`, so that both ways mean the same (a property test holds them together).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from toolkit.sitestats.model import FormatName

CHUNK_TABLE: Final = """
CREATE TEMP TABLE IF NOT EXISTS chunk (
    address VARCHAR, seen BIGINT, method VARCHAR, target VARCHAR, status SMALLINT, size BIGINT, referrer VARCHAR,
    agent VARCHAR, host VARCHAR, place BIGINT, line VARCHAR
)
"""
PIECES: Final = 2
"""Parts that a chunk is handed over in: as many as are read side by side."""

_CLOCK: Final = r"[^ \[]+ [^ \[]+ \[[0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}:[0-9]{2}:[0-9]{2}:[0-9]{2} [+-][0-9]{4}\] "
_ADDRESS: Final = r"(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9a-fA-F]{0,4}:[0-9a-fA-F:]{1,40}) "
_HOST: Final = r"[A-Za-z][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*\.[G-Zg-z][A-Za-z0-9_-]*(?::[0-9]{1,5})? "
_REQUEST: Final = r"[A-Z]{3,16} [^ ]+ HTTP/[0-9](?:\.[0-9])?"
_NUMBERS: Final = " [1-5][0-9]{2} (?:[0-9]{1,15}|-)"


def fast_sql(name: FormatName) -> str | None:
    """An INSERT into `chunk` of PIECES texts, each handed over with the place of the line before its first one; the
    last parameter is the latest second that can be. `line` is set for lines that have to be read the exact way and NULL
    for the others. None where a format has no quick way."""
    if name not in ("combined", "common", "vhost"):
        return None
    own_host, quoted = name == "vhost", name != "common"
    pieces = " UNION ALL ".join(
        f"SELECT unnest(l) AS line, ${2 * piece}::BIGINT + generate_subscripts(l, 1) AS place"  # noqa: S608 - our numbers
        f" FROM (SELECT string_split(${2 * piece - 1}::VARCHAR, chr(10)) AS l)"
        for piece in range(1, PIECES + 1)
    )
    latest = f"${2 * PIECES + 1}"
    first = 2 if own_host else 1
    clock = first + 3
    shape = "len(p) = 7 AND p[5] = ' ' AND p[7] IN ('', chr(13))" if quoted else "len(p) = 3"
    # in common the size ends the line; in the others a space follows it
    numbers = f"{_NUMBERS} " if quoted else f"{_NUMBERS}\\r?"
    texts = "if(p[4] = '-', '', p[4]), if(p[6] = '-', '', p[6])" if quoted else "'', ''"
    host = "split_part(h[1], ':', 1)" if own_host else "''"
    return f"""
INSERT INTO chunk
WITH lines AS ({pieces}),
parted AS (SELECT line, place, string_split(line, '"') AS p FROM lines),
pieces AS (
    SELECT line, place, p, string_split(p[1], ' ') AS h, string_split(p[2], ' ') AS r, string_split(p[3], ' ') AS n,
        {shape} AND NOT contains(line, chr(92)) AND strlen(line) < 16384
        AND regexp_full_match(p[1], '{_HOST if own_host else ""}{_ADDRESS}{_CLOCK}')
        AND regexp_full_match(p[2], '{_REQUEST}') AND regexp_full_match(p[3], '{numbers}') AS usual
    FROM parted
),
read AS (
    SELECT *, epoch(try_strptime(substr(h[{clock}], 2), '%d/%b/%Y:%H:%M:%S'))::BIGINT AS wall,
        try_cast(substr(h[{clock + 1}], 2, 2) AS INTEGER) * 3600
            + try_cast(substr(h[{clock + 1}], 4, 2) AS INTEGER) * 60 AS away,
        h[{clock + 1}][1] = '-' AS west
    FROM pieces
),
judged AS (
    SELECT *, if(west, wall + away, wall - away) AS seen,
        coalesce(usual AND away <= 54000 AND wall - away >= 631238400 AND wall + away <= {latest}, FALSE) AS good
    FROM read
)
SELECT h[{first}], seen, r[1], r[2], try_cast(n[2] AS SMALLINT), coalesce(try_cast(rtrim(n[3], chr(13)) AS BIGINT), 0),
    {texts}, {host}, place, if(good, NULL, line)
FROM judged
"""  # noqa: S608 - names and patterns of ours
