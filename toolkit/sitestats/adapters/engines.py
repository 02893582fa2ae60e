"""Engines that reckon metrics over exported tables: DuckDB here, Spark, Sail, ClickHouse; all give the same rows."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from toolkit.core.errors import InputError, RemoteError, UsageError
from toolkit.disk.folders import real_path
from toolkit.disk.scratch import scratch_folder
from toolkit.disk.swap import is_between, recover
from toolkit.sitestats.adapters import clickhouse, figures, parquet, spark
from toolkit.sitestats.metrics import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from duckdb import DuckDBPyConnection

    from toolkit.sitestats.metrics import Filters, Site

HERE: Final = "duckdb://local"
"""This machine alone, with nothing to install."""


class Engine(Protocol):
    """Has the tables of a site in sight."""

    @property
    def name(self) -> str:
        """Its address, as it was typed."""

    def run(self, metric: Callable[[Site], Any], filters: Filters, top: int | None) -> list[dict[str, Any]]:
        """The rows of a metric, at most `top` of them, as `adapters.figures.run` gives them. RemoteError."""


@dataclass(frozen=True)
class Duck:
    """DuckDB with the tables in sight."""

    connection: DuckDBPyConnection
    name: str = HERE

    def run(self, metric: Callable[[Site], Any], filters: Filters, top: int | None) -> list[dict[str, Any]]:
        """The rows of a metric, at most `top` of them."""
        return figures.run(self.connection, metric, filters, top)


@contextmanager
def open_engine(address: str, data: str) -> Iterator[Engine]:
    """The engine at `address` ("duckdb://local", "chdb://local", "sail://local", "sail://host:port",
    "spark://host:port") with the tables of the folder `data`: a path, or an address that the engine understands.

    UsageError("sitestats.engine_unknown" | "sitestats.data_elsewhere"), InputError("sitestats.engine_missing" |
    "sitestats.no_tables" | "sitestats.tables_older"), RemoteError("sitestats.engine_away" | "sitestats.engine_failed").
    """
    if address not in (HERE, clickhouse.LOCAL) and not spark.is_address(address):
        raise UsageError("sitestats.engine_unknown", value=address)
    if "://" not in data:
        # a machine that is elsewhere may have folders that this one has not
        if address in (HERE, clickhouse.LOCAL, spark.LOCAL) or Path(data).exists():
            data = str(tables_at(data))
    elif address in (HERE, clickhouse.LOCAL):
        raise UsageError("sitestats.data_elsewhere", value=data, engine=address)
    if address == HERE:
        with _said(), open_tables(Path(data)) as connection:
            yield Duck(connection)
    elif address == clickhouse.LOCAL:
        with _plain(data) as way, clickhouse.open_clickhouse(Path(way)) as embedded:
            yield embedded
    else:
        with _plain(data) as way, spark.open_spark(address, way) as remote:
            yield remote


@contextmanager
def _plain(data: str) -> Iterator[str]:
    """A way to a folder in whose name no sign stands for others: engines look for files by patterns."""
    if "://" in data or not set(data) & set("*?[]{}\\"):
        yield data
        return
    with scratch_folder() as scratch:
        way = scratch / "tables"
        try:
            way.symlink_to(data, target_is_directory=True)
        except OSError:  # Windows asks for a right to do so, and its paths are full of the sign
            way = Path(data)
        yield str(way)


@contextmanager
def _said() -> Iterator[None]:
    """What DuckDB refuses, as other engines say it."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        said = str(error).strip().partition("\n")[0][:300]
        raise RemoteError("sitestats.engine_failed", value=HERE, said=said) from error


@contextmanager
def open_tables(folder: Path) -> Iterator[DuckDBPyConnection]:
    """The tables of a folder on this machine as DuckDB has those of a site."""
    with scratch_folder() as scratch, parquet.opened(folder, scratch) as connection:
        yield connection


def tables_at(data: str) -> Path:
    """A folder on this machine with all the tables. InputError("sitestats.no_tables" | "sitestats.tables_older")."""
    folder = real_path(Path(data))
    if folder.name and is_between(folder):
        recover(folder)
    missing = [name for name in TABLES if not (folder / name).is_dir()]
    if missing:
        raise InputError("sitestats.no_tables", value=data, tables=", ".join(missing))
    if not parquet.is_of_now(folder):
        raise InputError("sitestats.tables_older", value=data)
    return folder
