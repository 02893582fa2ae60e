"""Metrics run on DuckDB: the expression is brought into its SQL, no data leaves the database before it is counted."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from toolkit.sitestats import metrics

if TYPE_CHECKING:
    from collections.abc import Callable

    import ibis.expr.types as ir
    from duckdb import DuckDBPyConnection


def run(
    connection: DuckDBPyConnection, metric: Callable[[metrics.Site], Any], filters: metrics.Filters, top: int | None
) -> list[dict[str, Any]]:
    """The rows of a metric, at most `top` of them, as names and values."""
    found = connection.execute(sql_of(metric, filters, top, "duckdb"))
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@lru_cache(maxsize=256)
def sql_of(metric: Callable[[metrics.Site], Any], filters: metrics.Filters, top: int | None, dialect: str) -> str:
    """A metric as SQL of an engine ("duckdb", "pyspark" for Spark and Sail, "clickhouse"). Kept, because bringing it
    into SQL takes longer than counting in a small log."""
    import ibis

    return str(ibis.to_sql(expression_of(metric, filters, top), dialect=dialect))


def expression_of(metric: Callable[[metrics.Site], Any], filters: metrics.Filters, top: int | None) -> ir.Table:
    """A metric of the part of the traffic that is looked at, at most `top` of its rows."""
    expression: ir.Table = metric(_looked_at(filters))
    return expression if top is None else expression.limit(top)


@lru_cache(maxsize=16)
def _looked_at(filters: metrics.Filters) -> metrics.Site:
    return metrics.narrowed(metrics.tables(), filters)
