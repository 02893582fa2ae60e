"""Every figure is the same on DuckDB and on Sail, which speaks Spark's protocol, whatever part is looked at."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit.demo.access_logs import write_access_log
from toolkit.sitestats.adapters.figures import run
from toolkit.sitestats.adapters.parquet import write_parquet
from toolkit.sitestats.metrics import METRICS, Filters
from toolkit.sitestats.service.reading import read_logs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from toolkit.sitestats.adapters.spark import Engine

pytest.importorskip("pysail", reason="the engines extra is not installed")
pytest.importorskip("pyspark", reason="the engines extra is not installed")

NOW = int(datetime(2026, 11, 22, tzinfo=UTC).timestamp())
PARTS = [
    Filters(),
    Filters(since=date(2026, 11, 3), until=date(2026, 11, 6)),
    Filters(since=date(2027, 1, 1)),
    Filters(who=frozenset({"human"})),
    Filters(path="/san-pham/*"),
    Filters(path="/a.b(c)*"),
    Filters(source="facebook"),
    Filters(campaign="tet2027", who=frozenset({"human"})),
    Filters(country="VN", device="phone"),
    Filters(country="XX"),
]


@contextmanager
def both(log: Path, folder: Path, zone: str) -> Iterator[tuple[Any, Engine]]:
    """The log's tables on DuckDB, and exported, on Sail."""
    from toolkit.sitestats.adapters.spark import LOCAL, open_engine

    with read_logs([log], zone=zone, now=NOW) as logs:
        write_parquet(logs.connection, folder)
        with open_engine(LOCAL, str(folder)) as engine:
            yield logs.connection, engine


def is_same(connection: Any, engine: Engine, part: Filters, top: int | None) -> None:
    for name, metric in METRICS.items():
        ours, others = run(connection, metric, part, top), engine.run(metric, part, top)
        assert ours == others, (name, part)
        for one, other in zip(ours, others, strict=True):
            assert [type(value) for value in one.values()] == [type(value) for value in other.values()], (name, part)


def test_every_figure_of_every_part_is_the_same(tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    write_access_log(log, 6_000, first=date(2026, 11, 1), days=8, zone="Asia/Ho_Chi_Minh", seed=3)
    with both(log, tmp_path / "tables", "Asia/Ho_Chi_Minh") as (connection, engine):
        for part in PARTS:
            is_same(connection, engine, part, 7)
        is_same(connection, engine, Filters(), None)


LINE = st.builds(
    '{}.0.0.{} - - [0{}/Nov/2026:{:02}:{:02}:00 +0000] "{} {} HTTP/1.1" {} {} "{}" "{}"'.format,
    st.integers(1, 3), st.integers(1, 3), st.integers(1, 3), st.integers(0, 23), st.integers(0, 59),
    st.sampled_from(["GET", "GET", "POST", "HEAD"]),
    st.sampled_from(["/", "/a", "/giá", "/%C4%91", "/a'b", "/x.css", "/%22",
                     "/a?utm_source=zalo&utm_campaign=T%E1%BA%BFt"]),
    st.sampled_from([200, 200, 304, 404, 500]), st.sampled_from(["-", "0", "7", "999999999999999"]),
    st.sampled_from(["-", "https://www.google.com/", "https://a.example/b", "https://l.facebook.com/", "không"]),
    st.sampled_from(["-", "curl/8", "Mozilla/5.0 (Windows NT 10.0; rv:141.0) Gecko/20100101 Firefox/141.0",
                     "Mozilla/5.0 (compatible; Googlebot/2.1)"]),
)  # fmt: skip


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(LINE, min_size=1, max_size=60), zone=st.sampled_from(["UTC", "Asia/Ho_Chi_Minh"]))
def test_every_figure_of_any_log_is_the_same(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], zone: str
) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / "access.log").write_text("\n".join(lines) + "\n", "utf-8")
    with both(folder / "access.log", folder / "tables", zone) as (connection, engine):
        for part in (Filters(), Filters(who=frozenset({"human"}), path="/*"), Filters(source="Zalo")):
            is_same(connection, engine, part, None)
