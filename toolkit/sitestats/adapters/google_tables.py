"""What Google has counted of a site, by whole days, in a database of its own beside the site's.

Of its own, because it can't be read again from any log (`update --again` makes the site's anew), and because the
network may take minutes, in which nobody who looks at the site should wait. A day is there whole or not at all.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Literal

from toolkit.disk.crash import crashpoint
from toolkit.disk.folders import private_folder
from toolkit.sitestats.adapters import store
from toolkit.sitestats.adapters.handing import handed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from toolkit.sitestats.adapters.sites import Site

Kind = Literal["ga4", "gsc"]

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS pulled (
    kind VARCHAR NOT NULL, day DATE NOT NULL, origin VARCHAR NOT NULL, fetched TIMESTAMP NOT NULL,
    settled BOOLEAN NOT NULL, note VARCHAR NOT NULL, PRIMARY KEY (kind, day)
);
CREATE TABLE IF NOT EXISTS ga_days (
    day DATE NOT NULL, visitors BIGINT NOT NULL, active BIGINT NOT NULL, visits BIGINT NOT NULL,
    page_views BIGINT NOT NULL
);
CREATE TABLE IF NOT EXISTS ga_pages (
    day DATE NOT NULL, path VARCHAR NOT NULL, page_views BIGINT NOT NULL, visitors BIGINT NOT NULL
);
CREATE TABLE IF NOT EXISTS ga_sources (
    day DATE NOT NULL, source VARCHAR NOT NULL, medium VARCHAR NOT NULL, campaign VARCHAR NOT NULL,
    visits BIGINT NOT NULL, visitors BIGINT NOT NULL
);
CREATE TABLE IF NOT EXISTS gsc_days (
    day DATE NOT NULL, clicks BIGINT NOT NULL, impressions BIGINT NOT NULL, position DOUBLE NOT NULL
);
CREATE TABLE IF NOT EXISTS gsc_queries (
    day DATE NOT NULL, query VARCHAR NOT NULL, clicks BIGINT NOT NULL, impressions BIGINT NOT NULL,
    position DOUBLE NOT NULL
);
CREATE TABLE IF NOT EXISTS gsc_pages (
    day DATE NOT NULL, page VARCHAR NOT NULL, clicks BIGINT NOT NULL, impressions BIGINT NOT NULL,
    position DOUBLE NOT NULL
);
"""
TABLES: Final[Mapping[Kind, Mapping[str, tuple[str, ...]]]] = {
    "ga4": {
        "ga_days": ("day", "visitors", "active", "visits", "page_views"),
        "ga_pages": ("day", "path", "page_views", "visitors"),
        "ga_sources": ("day", "source", "medium", "campaign", "visits", "visitors"),
    },
    "gsc": {
        "gsc_days": ("day", "clicks", "impressions", "position"),
        "gsc_queries": ("day", "query", "clicks", "impressions", "position"),
        "gsc_pages": ("day", "page", "clicks", "impressions", "position"),
    },
}
ZONE: Final = "analytics_zone"
"""The name under which the zone that Analytics cuts days in is kept (`store.state`)."""
_CASTS: Final = {"day": "DATE", "position": "DOUBLE"}


@dataclass(frozen=True)
class Known:
    """What is kept of one of Google's services: of which property (`origin`), which days, and whether Google is done
    counting each of them."""

    origin: str = ""
    days: Mapping[date, bool] = field(default_factory=dict)

    @property
    def settled(self) -> frozenset[date]:
        return frozenset(day for day, done in self.days.items() if done)


def google_of(site: Site) -> Site:
    """Where what Google has counted of a site is kept, as a site: its database, its lock."""
    return replace(site, folder=site.folder / "google", logs=(), more={})


@contextmanager
def open_google(site: Site, scratch: Path, *, write: bool = False) -> Iterator[DuckDBPyConnection | None]:
    """What Google has counted of a site; None where nothing was ever fetched. Raises StoreError as
    `store.open_site` does."""
    own = google_of(site)
    if not write and not own.database.exists():
        yield None
        return
    if write:
        private_folder(own.folder)
    with store.open_site(own, scratch, write=write) as connection:
        if write:
            connection.execute(_SCHEMA)
        yield connection


def known(site: Site, scratch: Path, kind: Kind) -> Known:
    """What is kept of one of Google's services."""
    with open_google(site, scratch) as connection:
        if connection is None:
            return Known()
        rows = connection.execute(
            "SELECT origin, day, settled FROM pulled WHERE kind = ? ORDER BY fetched, day", [kind]
        ).fetchall()
    return Known(rows[-1][0], {day: settled for _, day, settled in rows}) if rows else Known()


def put_days(
    site: Site, scratch: Path, kind: Kind, *, origin: str, days: Mapping[date, bool],
    tables: Mapping[str, Sequence[Sequence[Any]]], at: datetime, note: str = "",
    zone: str = "",
) -> None:  # fmt: skip
    """Replace these days as a whole, in one transaction; whether Google is done with each of them is their value.

    `tables` has the rows of each of TABLES[kind], days as ISO text. Days of another property go: they are about
    something else. `at` is naive UTC; `zone` is the property's, where it isn't California's.
    """
    with open_google(site, scratch, write=True) as connection:
        assert connection is not None
        connection.execute("BEGIN")
        gone = "day IN (SELECT day FROM pulled WHERE kind = $1 AND (origin <> $2 OR list_contains($3::DATE[], day)))"
        values = [kind, origin, sorted(days)]
        for table in TABLES[kind]:
            connection.execute(f"DELETE FROM {table} WHERE {gone}", values)  # noqa: S608 - names of ours
        connection.execute("DELETE FROM pulled WHERE kind = $1 AND (origin <> $2 OR list_contains($3::DATE[], day))",
                           values)  # fmt: skip
        for table, columns in TABLES[kind].items():
            _insert(connection, table, columns, tables[table])
        connection.executemany(
            "INSERT INTO pulled VALUES (?, ?, ?, ?, ?, ?)",
            [[kind, day, origin, at, settled, note] for day, settled in sorted(days.items())],
        )
        if zone:
            store.set_state(connection, ZONE, zone)
        crashpoint("sitestats.pull.before_commit")
        connection.execute("COMMIT")
        crashpoint("sitestats.pull.committed")


def _insert(connection: DuckDBPyConnection, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    if not rows:
        return
    given = {
        name: [_text(value) if name in _CASTS else value for value in values]
        for name, values in zip(columns, zip(*rows, strict=True), strict=True)
    }
    picked = ", ".join(f"{name}::{_CASTS[name]}" if name in _CASTS else name for name in columns)
    with handed(connection, given=given):
        connection.execute(f"INSERT INTO {table} SELECT {picked} FROM given")  # noqa: S608 - names of ours


def _text(value: Any) -> str:
    return value if isinstance(value, str) else repr(value)
