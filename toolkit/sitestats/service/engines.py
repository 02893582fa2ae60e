"""Sites that are larger than one machine: their tables as Parquet, and the report of an engine over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.core.outcome import Outcome
from toolkit.sitestats.adapters.parquet import write_parquet
from toolkit.sitestats.adapters.spark import open_engine
from toolkit.sitestats.metrics import METRICS
from toolkit.sitestats.service.reporting import Report

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from toolkit.core.outcome import Problem
    from toolkit.sitestats.adapters.parquet import Written
    from toolkit.sitestats.metrics import Filters


def export(connection: DuckDBPyConnection, folder: Path, problems: Sequence[Problem] = ()) -> Outcome[Written]:
    """The tables of what is open, as Parquet in a new folder. `problems` are those of the logs that were read."""
    return Outcome(write_parquet(connection, folder)).with_problems(*problems)


def report_by(address: str, data: str, *, filters: Filters, top: int | None, zone: str) -> Outcome[Report]:
    """The report that an engine reckons over exported tables. Lines that couldn't be read are not among them, so that
    there are none in it. The errors are those of `adapters.spark.open_engine`."""
    with open_engine(address, data) as engine:
        panels = {name: engine.run(metric, filters, top) for name, metric in METRICS.items()}
        days = engine.run(METRICS["days"], filters, None)
    seen = [row["date"] for row in days]
    requests = int(panels["totals"][0]["hits"] or 0)
    return Outcome(
        Report(
            files=(), zone=zone, host="", filters=filters, first=filters.since or min(seen, default=None),
            last=max(seen, default=None), requests=requests, rejected=0, rejects=(), panels=panels,
        )
    )  # fmt: skip
