"""Goals, funnels, reading times and visits by source are the same on DuckDB and on Sail."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from toolkit.demo.access_logs import write_access_log
from toolkit.sitestats import conversion
from toolkit.sitestats.adapters.figures import run
from toolkit.sitestats.adapters.parquet import write_parquet
from toolkit.sitestats.metrics import Filters
from toolkit.sitestats.model import Goal
from toolkit.sitestats.service.reading import read_logs

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("pysail", reason="the engines extra is not installed")
pytest.importorskip("pyspark", reason="the engines extra is not installed")

NOW = int(datetime(2026, 11, 22, tzinfo=UTC).timestamp())
GOALS = [Goal("a", "/san-pham/*"), Goal("b", "/"), Goal("none", event="gui-form")]


def test_every_conversion_is_the_same(tmp_path: Path) -> None:
    from toolkit.sitestats.adapters.spark import LOCAL, open_engine

    log, folder = tmp_path / "access.log", tmp_path / "tables"
    write_access_log(log, 4_000, first=date(2026, 11, 1), days=4, zone="Asia/Ho_Chi_Minh", seed=5)
    metrics = [conversion.conversions(*GOALS), conversion.conversions(GOALS[0]), *conversion.FIGURES.values()]
    metrics += [conversion.conversions_by(GOALS[0], by) for by in conversion.BY]
    metrics += [conversion.funnel(GOALS[:2][::-1]), conversion.funnel(GOALS, "entry_source")]
    with read_logs([log], zone="Asia/Ho_Chi_Minh", now=NOW) as logs:
        write_parquet(logs.connection, folder)
        with open_engine(LOCAL, str(folder)) as engine:
            for place, metric in enumerate(metrics):
                for part in (Filters(), Filters(who=frozenset({"human"}), path="/san-pham/*")):
                    ours, others = run(logs.connection, metric, part, 20), engine.run(metric, part, 20)
                    assert ours == others, place
                    assert [list(map(type, row.values())) for row in ours] == [
                        list(map(type, row.values())) for row in others
                    ], place
        assert run(logs.connection, metrics[0], Filters(), None)[0]["conversions"] > 0
