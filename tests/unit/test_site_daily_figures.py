"""The figures of days that a kept site's report adds up say what counting every request says, for any filter."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.demo.access_logs import write_access_log
from toolkit.sitestats.adapters.daily import figure
from toolkit.sitestats.adapters.figures import run
from toolkit.sitestats.adapters.sites import Sites
from toolkit.sitestats.metrics import METRICS, Filters
from toolkit.sitestats.service.keeping import add_logs
from toolkit.sitestats.service.updating import open_settled, update

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

FIRST, DAYS, NOW = date(2026, 11, 1), 12, 1_795_500_000
WHO = ("human", "search", "ai", "bot", "uncertain")


@pytest.fixture(scope="module")
def kept() -> Iterator[DuckDBPyConnection]:
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "access.log"
        write_access_log(log, 6_000, first=FIRST, days=DAYS, zone="Asia/Ho_Chi_Minh", seed=3)
        site = add_logs(Sites(Path(folder) / "sites"), "shop", [str(log)], zone="Asia/Ho_Chi_Minh", now=NOW).data.site
        whole = log.read_text()
        for share in (0.3, 0.6, 1):  # days are read in parts
            log.write_text(whole[: whole.rfind("\n", 0, int(len(whole) * share)) + 1])
            update(site, now=NOW)
        with open_settled(site) as connection:
            yield connection


@settings(max_examples=20)
@given(
    st.integers(-2, DAYS + 2) | st.none(), st.integers(-2, DAYS + 2) | st.none(), st.sets(st.sampled_from(WHO)),
    st.sampled_from([1, 5, None]), st.sampled_from(["", "/", "*a*"]),
)  # fmt: skip
def test_days_added_up_are_what_counting_everything_gives(
    kept: DuckDBPyConnection, since: int | None, until: int | None, who: set[str], top: int | None, path: str
) -> None:
    filters = Filters(
        since=None if since is None else FIRST + timedelta(days=since),
        until=None if until is None else FIRST + timedelta(days=until),
        who=frozenset(who),  # type: ignore[arg-type]
        path=path,
    )
    for name in ("statuses", "pages", "not_found", "files", "referrers", "hours"):
        assert figure(kept, name, filters, top) == run(kept, METRICS[name], filters, top), name


def test_every_metric_has_its_rows_either_way(kept: DuckDBPyConnection) -> None:
    for name, metric in METRICS.items():
        rows = figure(kept, name, Filters(), None)
        assert rows == run(kept, metric, Filters(), None)
        assert rows
        assert {key: type(value) for key, value in rows[0].items()} == {
            key: type(value) for key, value in run(kept, metric, Filters(), None)[0].items()
        }
