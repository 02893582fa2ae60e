"""The book's figures in SQL are those of the ledger in memory, whatever was sold."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders.kpi_ledgers import FIRST, days, ledgers, tables
from toolkit.kpi.book.figures import SqlLedger
from toolkit.kpi.metrics import METRICS, adds_up
from toolkit.kpi.model import MetricDef

if TYPE_CHECKING:
    from toolkit.kpi.ledger import MemoryLedger

OWN = (
    MetricDef("diem", "manual", "latest", "number"),
    MetricDef("diem_tb", "manual", "avg", "number"),
    MetricDef("bao_hiem", "line", "sum", "dong", kind="sale", filter={"product": "bao-hiem"}),
    MetricDef("tai_chinh", "line", "sum", "count", kind="net", filter={"category": "tài chính"}),
    MetricDef("don_tai_chinh", "sale", "count", "count", kind="sale", filter={"category": "tài chính"}),
    MetricDef("tren_zalo", "sale", "sum", "dong", kind="net", filter={"channel": "zalo|shopee"}),
    MetricDef("khach_cu", "sale", "sum", "dong", kind="sale", filter={"repeat": "yes"}, date="completed"),
    MetricDef("giua", "line", "median", "dong", kind="sale", date="paid"),
    MetricDef("moi_nhat", "sale", "latest", "dong", kind="sale"),
    MetricDef("mat_vi_gia", "opportunity", "sum", "dong", date="completed", filter={"reason": "price"}),
    MetricDef("trung_binh_dong", "line", "avg", "dong", kind="sale", statuses=frozenset({"done", "returned"})),
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(ledger=ledgers(OWN), start=days, length=st.integers(0, 90), which=st.sets(st.sampled_from(["own", "shop"])))
def test_every_metric_is_the_same_in_sql(ledger: MemoryLedger, start: date, length: int, which: set[str]) -> None:
    end = date.fromordinal(start.toordinal() + length)
    db = tables(ledger)
    try:
        book = SqlLedger(db)
        assert book.metrics == ledger.metrics
        for metric in (*METRICS.values(), *OWN):
            assert book.figure(metric, which, start, end) == ledger.figure(metric, which, start, end), metric
            assert book.first_day(metric, which) == ledger.first_day(metric, which), metric
            if adds_up(metric):
                daily = dict(book.daily(metric, which, start, end))
                assert daily == dict(ledger.daily(metric, which, start, end)), metric
                assert sum(daily.values()) == ledger.figure(metric, which, start, end), metric
    finally:
        db.close()


def test_a_level_has_no_daily_amounts() -> None:
    from toolkit.kpi.ledger import MemoryLedger

    for id_ in ("average_order", "win_rate", "median_order"):
        with pytest.raises(ValueError, match="add up"):
            MemoryLedger().daily(METRICS[id_], (), FIRST, FIRST)
