"""The engines that a site's figures can be reckoned by, those of them that are here; and tables for them."""

from __future__ import annotations

import os
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest

from toolkit.sitestats.adapters.figures import run
from toolkit.sitestats.adapters.parquet import Origin, write_parquet
from toolkit.sitestats.service.reading import read_logs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from toolkit.sitestats.adapters.engines import Engine
    from toolkit.sitestats.metrics import Filters

NOW = int(datetime(2026, 11, 22, tzinfo=UTC).timestamp())
HAS_SAIL = find_spec("pysail") is not None and find_spec("pyspark") is not None
HAS_CHDB = find_spec("chdb") is not None
SPARK = os.environ.get("TOOLKIT_SPARK", "")
"""A Spark Connect server on this machine that tests may use, as `spark://127.0.0.1:15002`."""

ENGINES = [
    pytest.param("duckdb://local", id="duckdb"),
    pytest.param("sail://local", id="sail", marks=pytest.mark.skipif(not HAS_SAIL, reason="no extra `engines` here")),
    pytest.param(
        "chdb://local", id="chdb", marks=pytest.mark.skipif(not HAS_CHDB, reason="no extra `clickhouse` here")
    ),
    pytest.param(SPARK, id="spark", marks=pytest.mark.skipif(not SPARK, reason="TOOLKIT_SPARK names no server")),
]
PRESENT = [
    engine
    for engine, is_here in (("duckdb://local", True), ("sail://local", HAS_SAIL), ("chdb://local", HAS_CHDB))
    if is_here
] + ([SPARK] if SPARK else [])


@contextmanager
def exported(log: Path, folder: Path, zone: str) -> Iterator[Any]:
    """The log's tables on DuckDB, and in the folder as Parquet."""
    with read_logs([log], zone=zone, now=NOW) as logs:
        write_parquet(logs.connection, folder, Origin(zone=zone))
        yield logs.connection


_EXPECTED: dict[Any, list[dict[str, Any]]] = {}


def is_same(connection: Any, engine: Engine, metric: Any, part: Filters, top: int | None) -> None:
    """Demand the same rows of the same kinds."""
    asked = (connection, metric, part, top)
    if asked not in _EXPECTED:
        _EXPECTED[asked] = run(*asked)
    ours, others = _EXPECTED[asked], engine.run(metric, part, top)
    told = (engine.name, getattr(metric, "__name__", metric), part)
    assert ours == others, told
    kinds = [[type(value) for value in row.values()] for row in others]
    assert kinds == [[type(value) for value in row.values()] for row in ours], told
