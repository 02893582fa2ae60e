"""Metrics on ClickHouse as it runs inside this process (chDB), over tables that lie as Parquet on this machine."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from toolkit.core.errors import InputError, RemoteError
from toolkit.sitestats.adapters.figures import expression_of
from toolkit.sitestats.metrics import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    import ibis.expr.types as ir

    from toolkit.sitestats.metrics import Filters, Site

LOCAL: Final = "chdb://local"
# How the shapes of metrics.TABLES are called here. Every column may be empty, as everywhere in the expressions: the row
# after the last one is otherwise the first second of 1970 instead of none.
_KINDS: Final = {"int16": "Int16", "int32": "Int32", "int64": "Int64", "string": "String", "boolean": "Bool",
                 "date": "Date32", "timestamp": "DateTime64(6, 'UTC')"}  # fmt: skip
# What SQL means elsewhere: a row without a partner has no values, nothing added up has no sum, and no clock but UTC's.
_MANNERS: Final = ("join_use_nulls = 1", "aggregate_functions_null_for_empty = 1", "session_timezone = 'UTC'")


@dataclass(frozen=True)
class ClickHouse:
    """ClickHouse with the tables in sight."""

    session: Any
    name: str = LOCAL

    def run(self, metric: Callable[[Site], Any], filters: Filters, top: int | None) -> list[dict[str, Any]]:
        """The rows of a metric, at most `top` of them, as `adapters.figures.run` gives them. RemoteError."""
        expression = expression_of(metric, filters, top)
        days = {name for name, kind in expression.schema().items() if kind.is_date()}
        found = json.loads(self.ask(_sql(expression), "JSONCompact"))
        names = [column["name"] for column in found["meta"]]
        return [
            {
                name: date.fromisoformat(value) if name in days and value is not None else value
                for name, value in zip(names, row, strict=True)
            }
            for row in found["data"]
        ]

    def ask(self, sql: str, shape: str = "TSV") -> str:
        """What ClickHouse answers, in a format of its own. RemoteError("sitestats.engine_failed")."""
        try:
            return str(self.session.query(sql, shape))
        except RuntimeError as error:
            said = str(error).strip().partition("\n")[0][:300]
            raise RemoteError("sitestats.engine_failed", value=self.name, said=said) from error


@contextmanager
def open_clickhouse(folder: Path) -> Iterator[ClickHouse]:
    """ClickHouse over the tables of a folder, in whose name no sign stands for others.
    InputError("sitestats.engine_missing")."""
    try:
        from chdb.session import Session
    except ImportError as error:
        raise InputError("sitestats.engine_missing", value=LOCAL, extra="clickhouse") from error
    session = Session()
    try:
        engine = ClickHouse(session)
        for manner in _MANNERS:
            engine.ask(f"SET {manner}")
        for name, columns in TABLES.items():
            engine.ask(f"CREATE VIEW {name} AS {_rows(folder / name, columns)}")
        yield engine
    finally:
        session.close()


def _rows(folder: Path, columns: Mapping[str, str]) -> str:
    """What is in a table's folder, as SQL."""
    kinds = {name: f"Nullable({_KINDS[kind]})" for name, kind in columns.items()}
    if not any(folder.rglob("*.parquet")):
        shape = ", ".join(f"{name} {kind}" for name, kind in kinds.items()).replace("'", "\\'")
        return f"SELECT * FROM null('{shape}')"  # noqa: S608 - names of ours
    picked = ", ".join(f"CAST({name} AS {kind}) AS {name}" for name, kind in kinds.items())
    files = f"{folder}/{'*/*' if 'day' in columns else '*'}.parquet".replace("'", "\\'")
    return f"SELECT {picked} FROM file('{files}', Parquet)"  # noqa: S608 - names of ours


def _sql(expression: ir.Table) -> str:
    """An expression as ClickHouse reads it. Its own `lower` knows ASCII alone."""
    import ibis
    from sqlglot import exp, parse_one

    sql = str(ibis.to_sql(expression, dialect="clickhouse"))
    if "LOWER(" not in sql:
        return sql

    def of_every_script(node: exp.Expr) -> exp.Expr:
        return exp.func("lowerUTF8", node.this) if isinstance(node, exp.Lower) else node

    return str(parse_one(sql, read="clickhouse").transform(of_every_script).sql(dialect="clickhouse"))
