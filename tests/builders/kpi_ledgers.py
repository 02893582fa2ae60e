"""Arbitrary ledgers of the kpi tool, in memory and in tables, and short ways to write small ones."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from toolkit.kpi.book import KpiBook
from toolkit.kpi.book.records import kept, product_row
from toolkit.kpi.ledger import MemoryLedger
from toolkit.kpi.metrics import metric_text
from toolkit.kpi.model import Activity, Line, Measure, Opportunity, Payment, Product, Promise, Sale
from toolkit.store.schema import MIGRATIONS
from toolkit.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from toolkit.kpi.model import MetricDef

AT = datetime(2026, 11, 1, 8, tzinfo=timezone(timedelta(hours=7)))
PRODUCTS = (
    Product("bao-hiem", "bảo hiểm", "tài chính", ("gói bảo hiểm",)),
    Product("the", "thẻ tín dụng", "tài chính"),
    Product("khoa-hoc", "khóa học", "đào tạo"),
)
FIRST = date(2026, 9, 28)


def sale(day: date, amount: int, number: int = 1, **more: Any) -> Sale:
    """A sale that is done, of the member alone."""
    given: dict[str, Any] = {
        "id": number, "engagement": "own", "kind": "sale", "status": "done", "ordered": day, "amount": amount,
        "run": 1, "made_at": AT,
    }  # fmt: skip
    return Sale(**given | more)


def write_sales(home: Path, sales: Iterable[Sale]) -> None:
    """Sales in the book of a home, as an import or a line would have put them there."""
    with (
        Store.open(home / "toolkit.db", backups=home / "backups") as store,
        KpiBook(store).recording("import", at=AT) as recording,
    ):
        for one in sales:
            recording.add(one)


days = st.integers(0, 80).map(lambda n: FIRST + timedelta(days=n))
_engagements = st.sampled_from(["own", "shop", "cty"])
_amounts = st.integers(0, 50_000_000)
_names = st.sampled_from(["", "Hoa", "hoà", "Lan", "Khách lẻ"])
_customers = st.tuples(st.sampled_from([0, 0, 7, 8, 9]), _names)
_product_names = st.sampled_from(["", "bao-hiem", "bảo hiểm", "the", "khoa-hoc", "lạ"])
_lines = st.lists(
    st.builds(
        Line,
        product=_product_names,
        quantity=st.integers(0, 5000).map(lambda n: Fraction(n, 1000)),
        amount=st.none() | _amounts,
        status=st.sampled_from(["", "", "done", "returned"]),
    ),
    max_size=3,
).map(tuple)


@st.composite
def sales(draw: st.DrawFn) -> Sale:
    customer, name = draw(_customers)
    day = draw(days)
    later = st.none() | st.integers(0, 30).map(lambda n: day + timedelta(days=n))
    return Sale(
        id=0,
        engagement=draw(_engagements),
        kind=draw(st.sampled_from(["sale", "sale", "sale", "refund"])),
        status=draw(st.sampled_from(["done", "done", "open", "cancelled", "returned", "unknown"])),
        ordered=day,
        completed=draw(later),
        paid=draw(later),
        amount=draw(_amounts),
        share=draw(st.sampled_from([10_000, 10_000, 5_000, 3_333])),
        customer=customer,
        customer_name=name,
        referral=draw(st.booleans()),
        repeat=draw(st.booleans()),
        channel=draw(st.sampled_from(["", "zalo", "shopee"])),
        source=draw(st.sampled_from(["log", "log", "shopee"])),
        sentence=draw(st.sampled_from(["", "bán hai thứ"])),
        lines=draw(_lines),
        run=1,
        made_at=AT,
    )


_payments = st.builds(
    Payment, id=st.just(0), engagement=_engagements, day=days, amount=_amounts.map(lambda n: n + 1), run=st.just(1),
    made_at=st.just(AT),
)  # fmt: skip
_activities = st.builds(
    Activity, id=st.just(0), engagement=_engagements, day=days, kind=st.sampled_from(["meeting", "call", "quote"]),
    count=st.integers(1, 9), run=st.just(1), made_at=st.just(AT),
)  # fmt: skip
_promises = st.builds(
    Promise, id=st.just(0), engagement=_engagements, text=st.just("gửi báo giá"), made=days,
    outcome=st.sampled_from(["open", "kept", "broken", "released"]), closed=st.none() | days, run=st.just(1),
    made_at=st.just(AT),
)  # fmt: skip
_opportunities = st.builds(
    Opportunity, id=st.just(0), engagement=_engagements, outcome=st.sampled_from(["open", "won", "lost"]), opened=days,
    closed=st.none() | days, amount=st.none() | _amounts, product=_product_names,
    reason_kind=st.sampled_from(["", "price", "timing"]), sale=st.integers(0, 4), run=st.just(1), made_at=st.just(AT),
)  # fmt: skip
_measures = st.builds(
    Measure, id=st.just(0), metric=st.sampled_from(["diem", "khac"]), day=days,
    value=st.fractions(-100, 100, max_denominator=12), run=st.just(1), made_at=st.just(AT), engagement=_engagements,
)  # fmt: skip


def numbered(things: Iterable[Any], first: int = 1) -> tuple[Any, ...]:
    return tuple(replace(thing, id=number) for number, thing in enumerate(things, first))


@st.composite
def ledgers(draw: st.DrawFn, own_metrics: tuple[MetricDef, ...] = ()) -> MemoryLedger:
    """A ledger of a few of everything, over some eleven weeks and three engagements."""
    return MemoryLedger(
        sales=numbered(draw(st.lists(sales(), max_size=12))),
        payments=numbered(draw(st.lists(_payments, max_size=3)), 100),
        opportunities=numbered(draw(st.lists(_opportunities, max_size=5)), 200),
        activities=numbered(draw(st.lists(_activities, max_size=4)), 300),
        promises=numbered(draw(st.lists(_promises, max_size=4)), 400),
        measures=numbered(draw(st.lists(_measures, max_size=4)), 500),
        products=PRODUCTS,
        own_metrics=own_metrics,
    )


def tables(ledger: MemoryLedger) -> sqlite3.Connection:
    """The same ledger as the book keeps it, in a database in memory."""
    db = sqlite3.connect(":memory:")
    for script in sorted(MIGRATIONS.glob("*_kpi*.sql")):
        db.executescript(script.read_text("utf-8"))
    db.execute("INSERT INTO kpi_run VALUES (1, 'log', '', '', 'done', NULL)")
    for things in (
        ledger.sales, ledger.payments, ledger.opportunities, ledger.activities, ledger.promises, ledger.measures,
    ):  # fmt: skip
        for thing in things:
            how = kept(thing)
            _insert(db, how.table, {"id": thing.id, **how.row(thing)})
            for table, part in how.hanging(thing):
                _insert(db, table, part)
    for product in ledger.products:
        _insert(db, "kpi_product", product_row(product))
    for metric in ledger.own_metrics:
        _insert(db, "kpi_metric", {"id": metric.id, "definition": metric_text(metric)})
    return db


def _insert(db: sqlite3.Connection, table: str, row: dict[str, Any]) -> None:
    marks = ", ".join("?" * len(row))
    db.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
