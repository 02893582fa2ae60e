"""Every figure is the same on DuckDB, Sail, ClickHouse and Spark over exported tables, whatever is looked at."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders.site_engines import ENGINES, HAS_SAIL, PRESENT, exported, is_same
from toolkit.core.errors import RemoteError
from toolkit.demo.access_logs import write_access_log
from toolkit.sitestats import conversion
from toolkit.sitestats.adapters.engines import open_engine
from toolkit.sitestats.metrics import METRICS, Filters
from toolkit.sitestats.model import Goal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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
GOALS = [Goal("a", "/san-pham/*"), Goal("b", "/"), Goal("none", event="gui-form")]
CONVERSIONS = {
    "conversions": conversion.conversions(*GOALS),
    "of one": conversion.conversions(GOALS[0]),
    **{f"by {by}": conversion.conversions_by(GOALS[0], by) for by in conversion.BY},
    "funnel": conversion.funnel(GOALS[:2][::-1]),
    "funnel by": conversion.funnel(GOALS, "entry_source"),
    **conversion.FIGURES,
}


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, Path]]:
    folder = tmp_path_factory.mktemp("engines")
    write_access_log(folder / "access.log", 4_000, first=date(2026, 11, 1), days=8, zone="Asia/Ho_Chi_Minh", seed=3)
    with exported(folder / "access.log", folder / "kho", "Asia/Ho_Chi_Minh") as connection:
        yield connection, folder / "kho"


@pytest.mark.parametrize("address", ENGINES)
def test_every_figure_of_every_part_is_the_same(address: str, tables: tuple[Any, Path]) -> None:
    connection, folder = tables
    with open_engine(address, str(folder)) as engine:
        for part in PARTS if address != "duckdb://local" else PARTS[::4]:  # the same SQL as in the tables themselves
            for metric in METRICS.values():
                is_same(connection, engine, metric, part, 7)


@pytest.mark.parametrize("address", ENGINES)
def test_every_conversion_is_the_same(address: str, tables: tuple[Any, Path]) -> None:
    connection, folder = tables
    with open_engine(address, str(folder)) as engine:
        for metric in CONVERSIONS.values():
            for part in (Filters(who=frozenset({"human"}), path="/san-pham/*"), Filters())[
                address == "duckdb://local" :
            ]:
                is_same(connection, engine, metric, part, 20)
        assert engine.run(CONVERSIONS["conversions"], Filters(), None)[0]["conversions"] > 0


@pytest.mark.parametrize("address", ENGINES)
def test_tables_without_a_row_have_the_same_figures(address: str, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    log.write_text('1.0.0.1 - - [01/Dec/2036:00:00:00 +0000] "GET / HTTP/1.1" 200 1 "-" "x"\n', "utf-8")
    with exported(log, tmp_path / "kho", "UTC") as connection, open_engine(address, str(tmp_path / "kho")) as engine:
        for metric in (METRICS["totals"], METRICS["pages"], METRICS["days"], CONVERSIONS["conversions"]):
            is_same(connection, engine, metric, Filters(path="/*"), None)
        assert engine.run(METRICS["totals"], Filters(), None)[0]["hits"] == 0


LINE = st.builds(
    '{}.0.0.{} - - [0{}/Nov/2026:{:02}:{:02}:00 +0000] "{} {} HTTP/1.1" {} {} "{}" "{}"'.format,
    st.integers(1, 3), st.integers(1, 3), st.integers(1, 3), st.integers(0, 23), st.integers(0, 59),
    st.sampled_from(["GET", "GET", "POST", "HEAD"]),
    st.sampled_from(["/", "/a", "/giá", "/%C4%91", "/a'b", "/x.css", "/%22", "/a%0Ab", "/a.b(c)", "/%5C", "/{x}",
                     "/a?utm_source=zalo&utm_campaign=T%E1%BA%BFt",
                     "/a?utm_source=B%C3%81O%20%C4%90&utm_campaign=SALE"]),
    st.sampled_from([200, 200, 304, 404, 500]), st.sampled_from(["-", "0", "7", "999999999999999"]),
    st.sampled_from(["-", "https://www.google.com/", "https://a.example/b", "https://l.facebook.com/", "không"]),
    st.sampled_from(["-", "curl/8", "Mozilla/5.0 (Windows NT 10.0; rv:141.0) Gecko/20100101 Firefox/141.0",
                     "Mozilla/5.0 (compatible; Googlebot/2.1)"]),
)  # fmt: skip
PART = st.builds(
    Filters,
    since=st.none() | st.dates(date(2026, 10, 31), date(2026, 11, 3)),
    until=st.none() | st.dates(date(2026, 11, 2), date(2026, 11, 5)),
    who=st.sampled_from([frozenset(), frozenset({"human"}), frozenset({"bot", "search", "uncertain"})]),
    path=st.sampled_from(["", "", "/*", "/a*", "/a.b(c)", "*'*", "/\\*", "/giá"]),
    source=st.sampled_from(["", "", "Zalo", "báo đ", "BÁO Đ", "Google"]),
    campaign=st.sampled_from(["", "", "tết", "Sale"]),
    country=st.sampled_from(["", "", "AU"]),
    device=st.sampled_from(["", "", "desktop"]),
)


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(LINE, min_size=1, max_size=60),
    zone=st.sampled_from(["UTC", "Asia/Ho_Chi_Minh"]),
    part=PART,
    data=st.data(),
)
def test_every_figure_of_any_part_of_any_log_is_the_same(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], zone: str, part: Filters, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / "access.log").write_text("\n".join(lines) + "\n", "utf-8")
    names = data.draw(st.lists(st.sampled_from([*METRICS, *CONVERSIONS]), min_size=6, max_size=9, unique=True))
    with exported(folder / "access.log", folder / "kho", zone) as connection:
        for address in PRESENT:
            with open_engine(address, str(folder / "kho")) as engine:
                for metric in map({**METRICS, **CONVERSIONS}.__getitem__, names):
                    is_same(connection, engine, metric, part, None)


@pytest.mark.parametrize("address", ENGINES)
def test_a_source_in_any_script_and_case_is_found(address: str, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    asked = "GET /?utm_source=B%C3%81O%20%C4%90%E1%BB%8E HTTP/1.1"
    log.write_text(f'1.0.0.1 - - [01/Nov/2026:00:00:00 +0000] "{asked}" 200 1 "-" "x"\n', "utf-8")
    with exported(log, tmp_path / "kho", "UTC"), open_engine(address, str(tmp_path / "kho")) as engine:
        assert engine.run(METRICS["totals"], Filters(source="báo đỏ"), None)[0]["sessions"] == 1


@pytest.mark.parametrize("address", ENGINES)
def test_a_folder_of_any_name_is_read(address: str, tmp_path: Path) -> None:
    log, folder = tmp_path / "access.log", tmp_path / "kho 'của' tôi [1] {a,b} *"
    log.write_text('1.0.0.1 - - [01/Nov/2026:00:00:00 +0000] "GET / HTTP/1.1" 200 1 "-" "x"\n', "utf-8")
    with exported(log, folder, "UTC"), open_engine(address, str(folder)) as engine:
        assert engine.run(METRICS["totals"], Filters(), None)[0]["hits"] == 1


SERVER = """
import time
from pysail.spark import SparkConnectServer
server = SparkConnectServer()
server.start(background=True)
print(server.listening_address[1], flush=True)
time.sleep(600)
"""


@pytest.mark.skipif(not HAS_SAIL, reason="no extra `engines` here")
@pytest.mark.timeout(60)
def test_an_engine_that_goes_in_the_middle_is_said_and_not_waited_for(tables: tuple[Any, Path]) -> None:
    with subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = f"sail://127.0.0.1:{server.stdout.readline().strip()}"
        with open_engine(address, str(tables[1])) as engine:
            assert engine.run(METRICS["totals"], Filters(), None)[0]["hits"] == 4_000
            server.kill()
            server.wait()
            with pytest.raises(RemoteError) as told:
                engine.run(METRICS["totals"], Filters(), None)
        assert told.value.problem.code == "sitestats.engine_failed"
