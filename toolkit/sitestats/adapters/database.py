"""The tables that a site's visits are kept in: one DuckDB file, of its own or for one report.

Addresses of visitors are never stored: a visitor is a hash with a salt that is thrown away, and a country.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from duckdb import DuckDBPyConnection

MEMORY: Final = "700MB"
THREADS: Final = 2

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS agents (
    id INTEGER PRIMARY KEY, text VARCHAR NOT NULL, browser VARCHAR NOT NULL, system VARCHAR NOT NULL,
    device VARCHAR NOT NULL, who VARCHAR NOT NULL, reason VARCHAR NOT NULL, name VARCHAR NOT NULL,
    app VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS referrers (
    id INTEGER PRIMARY KEY, text VARCHAR NOT NULL, name VARCHAR NOT NULL, medium VARCHAR NOT NULL,
    host VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS campaigns (
    id INTEGER PRIMARY KEY, source VARCHAR NOT NULL, medium VARCHAR NOT NULL, campaign VARCHAR NOT NULL,
    content VARCHAR NOT NULL, term VARCHAR NOT NULL, click VARCHAR NOT NULL, paid BOOLEAN NOT NULL
);
CREATE TABLE IF NOT EXISTS hits (
    day DATE NOT NULL, moment TIMESTAMP NOT NULL, visitor BIGINT NOT NULL, agent INTEGER NOT NULL,
    referrer INTEGER NOT NULL, campaign INTEGER NOT NULL, country VARCHAR NOT NULL, host VARCHAR NOT NULL,
    method VARCHAR NOT NULL, path VARCHAR NOT NULL, status SMALLINT NOT NULL, size BIGINT NOT NULL,
    place BIGINT NOT NULL, is_page BOOLEAN NOT NULL, is_asset BOOLEAN NOT NULL
);
CREATE TABLE IF NOT EXISTS rejects (day DATE, file VARCHAR NOT NULL, reason VARCHAR NOT NULL, line VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS visitors (
    visitor BIGINT NOT NULL, day DATE NOT NULL, agent INTEGER NOT NULL, country VARCHAR NOT NULL,
    hits BIGINT NOT NULL, pages BIGINT NOT NULL, size BIGINT NOT NULL, who VARCHAR NOT NULL, reason VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS visits (
    visitor BIGINT NOT NULL, number INTEGER NOT NULL, day DATE NOT NULL, began TIMESTAMP NOT NULL,
    ended TIMESTAMP NOT NULL, hits BIGINT NOT NULL, pages BIGINT NOT NULL, entry VARCHAR, exit VARCHAR,
    source VARCHAR NOT NULL, medium VARCHAR NOT NULL, campaign VARCHAR NOT NULL, country VARCHAR NOT NULL,
    device VARCHAR NOT NULL, who VARCHAR NOT NULL
);
"""


@contextmanager
def open_database(path: Path | None, scratch: Path, *, read_only: bool = False) -> Iterator[DuckDBPyConnection]:
    """A site's database, with its tables; without a path, one that lives as long as it is open. `scratch` is a folder
    for what doesn't fit into memory. `read_only`: as it is, without making anything."""
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY,
        "threads": THREADS,
        "temp_directory": str(scratch),
        "preserve_insertion_order": False,
        # nothing is fetched from anywhere, nothing beyond this file is opened
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    with duckdb.connect(str(path) if path else ":memory:", read_only=read_only, config=config) as connection:
        if path is None:
            connection.execute("ATTACH ':memory:' AS site (COMPRESS)")
            connection.execute("USE site")
        if not read_only:
            connection.execute(SCHEMA)
        yield connection
