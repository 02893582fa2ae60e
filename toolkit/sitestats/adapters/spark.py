"""Metrics on an engine that speaks Spark Connect: Spark itself, or Sail; over tables that lie as Parquet where it can
read them. The expressions are those that DuckDB runs; only their SQL is another.
"""

from __future__ import annotations

import os
import re
import socket
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from toolkit.core.errors import InputError, RemoteError
from toolkit.sitestats.adapters.figures import sql_of
from toolkit.sitestats.metrics import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from toolkit.sitestats.metrics import Filters, Site

LOCAL: Final = "sail://local"
"""Sail started here, for as long as the report takes."""

_ADDRESS = re.compile(r"(?:sail|spark)://([A-Za-z0-9][A-Za-z0-9.-]{0,252}):([0-9]{1,5})")
_WAIT: Final = 10
"""Seconds until an engine that doesn't answer is given up."""
_TRIES: Final = 4
_PAUSE: Final = 1_000
"""How often an engine that has gone in the middle is asked again, and milliseconds between at most; the client itself
would ask for ten minutes, and so long would a report take to be stopped."""
# How the shapes of metrics.TABLES are called here.
_KINDS: Final = {"int16": "SMALLINT", "int32": "INT", "int64": "BIGINT", "string": "STRING", "boolean": "BOOLEAN",
                 "date": "DATE", "timestamp": "TIMESTAMP_NTZ"}  # fmt: skip


@dataclass(frozen=True)
class Spark:
    """An engine that has the tables in sight."""

    session: Any
    name: str

    def run(self, metric: Callable[[Site], Any], filters: Filters, top: int | None) -> list[dict[str, Any]]:
        """The rows of a metric, at most `top` of them, as `adapters.figures.run` gives them. RemoteError."""
        return self._rows(sql_of(metric, filters, top, "pyspark"))

    def _rows(self, sql: str) -> list[dict[str, Any]]:
        from pyspark.errors import PySparkException

        try:
            return [row.asDict() for row in self.session.sql(sql).collect()]
        except (PySparkException, OSError) as error:
            raise RemoteError("sitestats.engine_failed", value=self.name, said=_said(error)) from error


def is_address(address: str) -> bool:
    """Whether this is how such an engine is called: "sail://local", "sail://host:port" or "spark://host:port"."""
    return address == LOCAL or _ADDRESS.fullmatch(address) is not None


@contextmanager
def open_spark(address: str, data: str) -> Iterator[Spark]:
    """The engine at `address` with the tables of the folder `data`, a path or an address that the engine understands.

    InputError("sitestats.engine_missing"), RemoteError("sitestats.engine_away" | "sitestats.engine_failed").
    """
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # about versions of pandas, which is not used here; about tries that were in vain
        try:
            import pyspark.sql.connect.session  # noqa: F401 - whether it is there
        except ImportError as error:
            raise InputError("sitestats.engine_missing", value=address, extra="engines") from error
        with _served(address) as (host, port):
            session = _session(host, port, address)
            try:
                engine = Spark(session, address)
                for name, columns in TABLES.items():
                    _look_at(engine, name, columns, data)
                yield engine
            except BaseException:
                session.client.set_retry_policies([])  # it may have gone: Ctrl-C ends Sail in this process, too
                raise
            finally:
                session.stop()


@contextmanager
def _served(address: str) -> Iterator[tuple[str, int]]:
    """(host, port) of the engine, which is started and stopped where it is to be a local one."""
    found = _ADDRESS.fullmatch(address)
    if found is not None:
        yield found[1], int(found[2])
        return
    os.environ.setdefault("RUST_LOG", "off")  # it would write its diary over the report
    try:
        from pysail.spark import SparkConnectServer
    except ImportError as error:
        raise InputError("sitestats.engine_missing", value=address, extra="engines") from error
    server = SparkConnectServer()
    server.start(background=True)
    try:
        yield server.listening_address
    finally:
        server.stop()


def _session(host: str, port: int, name: str) -> Any:
    from pyspark.sql.connect.client.retries import DefaultPolicy
    from pyspark.sql.connect.session import SparkSession

    try:  # the client itself would ask for minutes
        socket.create_connection((host, port), timeout=_WAIT).close()
        session = SparkSession.builder.remote(f"sc://{host}:{port}").create()
        session.client.set_retry_policies([DefaultPolicy(max_retries=_TRIES, max_backoff=_PAUSE)])
        session.conf.set("spark.sql.session.timeZone", "UTC")
    except (OSError, OverflowError) as error:
        raise RemoteError("sitestats.engine_away", value=name) from error
    return session


def _look_at(engine: Spark, name: str, columns: Any, data: str) -> None:
    """A table under its own name. A day is what a folder is called, so each engine has its own idea of its kind; a
    table without a row has no file to learn from."""
    from pyspark.errors import PySparkException

    try:
        shape = ", ".join(f"{column} {_KINDS[kind]}" for column, kind in columns.items())
        found = engine.session.read.schema(shape).parquet(f"{data.rstrip('/')}/{name}")
        found.select(*columns).createOrReplaceTempView(name)
    except (PySparkException, OSError) as error:
        raise RemoteError("sitestats.engine_failed", value=engine.name, said=_said(error)) from error


def _said(error: Exception) -> str:
    return str(error).strip().partition("\n")[0][:300]
