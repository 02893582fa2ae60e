"""Books of sales for tests: a store in a folder or in memory, sales made up by hypothesis, what stands in a home."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from builders.expense_books import InMemory
from toolkit.core.dates.clock import FixedClock
from toolkit.kpi.book import KpiBook
from toolkit.kpi.model import Activity, Line, Opportunity, Payment, Promise, Sale, Split, StageEvent
from toolkit.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hypothesis.strategies import DrawFn

TODAY = date(2026, 11, 20)  # a Friday
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
CLOCK = FixedClock(NOW)
PEOPLE = ("", "chị Hoa", "anh Nam", "Hoa", "Cô Tư", "O'Hara", "chi Hoa")
PRODUCTS = ("goi-bao-hiem", "son", "nước mắm", "")


@contextmanager
def book_in(folder: Path) -> Iterator[KpiBook]:
    """An empty book in a store of its own."""
    with Store.open(folder / "home" / "toolkit.db", backups=folder / "backups", clock=CLOCK) as store:
        yield KpiBook(store)


def memory_book() -> KpiBook:
    """An empty book that costs nothing to open."""
    return KpiBook(InMemory())


def sale(amount: int = 12_000_000, **fields: Any) -> Sale:
    """An ordinary sale, with other values in the fields that are given."""
    usual: dict[str, Any] = {
        "id": 0, "engagement": "own", "kind": "sale", "status": "done", "ordered": TODAY, "run": 0, "made_at": NOW,
        "sentence": "bán 2 gói bảo hiểm cho chị Hoa 12tr", "customer_name": "chị Hoa",
        "lines": (Line("goi-bao-hiem", Fraction(2), amount),),
    }  # fmt: skip
    return Sale(amount=amount, **usual | fields)


@st.composite
def sales(draw: DrawFn) -> Sale:
    """Sales and refunds of every status, within about a year before TODAY."""
    amount = draw(st.integers(0, 10**12))
    kinds = st.sampled_from(("done", "open", "cancelled", "returned", "unknown"))
    ordered = TODAY - timedelta(days=draw(st.integers(0, 400)))
    line = st.builds(
        Line, st.sampled_from(PRODUCTS), st.integers(1, 99_999).map(lambda n: Fraction(n, 1000)),
        st.none() | st.integers(0, 10**9), st.sampled_from(("", "SKU-1")), st.sampled_from(("", "done", "returned")),
    )  # fmt: skip
    return sale(
        amount, kind=draw(st.sampled_from(("sale", "sale", "refund"))), status=draw(kinds), ordered=ordered,
        completed=draw(st.none() | st.just(ordered + timedelta(days=2))), paid=draw(st.none() | st.just(ordered)),
        engagement=draw(st.sampled_from(("own", "own", "abc"))), customer_name=draw(st.sampled_from(PEOPLE)),
        share=draw(st.sampled_from((10_000, 5_000, 3_333))), channel=draw(st.sampled_from(("", "shopee", "zalo"))),
        referral=draw(st.booleans()), repeat=draw(st.booleans()), note=draw(st.text(max_size=10)),
        sentence=draw(st.text(max_size=20)), needs_confirm=draw(st.booleans()),
        lines=tuple(draw(st.lists(line, max_size=3))),
        splits=draw(st.sampled_from(((), (Split("Lan", 2500), Split("Nam", 2500))))),
    )  # fmt: skip


def others() -> st.SearchStrategy[Any]:
    """Payments, deals, activities and promises."""
    made: dict[str, Any] = {"id": st.just(0), "engagement": st.just("own"), "run": st.just(0), "made_at": st.just(NOW)}
    day = st.integers(0, 400).map(lambda n: TODAY - timedelta(days=n))
    stages = st.lists(st.builds(StageEvent, st.sampled_from(("lead", "quote")), day), max_size=3).map(tuple)
    return (
        st.builds(Payment, **made, day=day, amount=st.integers(1, 10**12), customer_name=st.sampled_from(PEOPLE))
        | st.builds(Activity, **made, day=day, kind=st.sampled_from(("meeting", "call")), count=st.integers(1, 99))
        | st.builds(
            Promise, **made, text=st.text(max_size=20), made=day, due=st.none() | day,
            outcome=st.sampled_from(("open", "kept")), closed=st.none() | day,
        )
        | st.builds(
            Opportunity, **made, outcome=st.sampled_from(("open", "won", "lost")), opened=day, closed=st.none() | day,
            amount=st.none() | st.integers(0, 10**12), stages=stages,
        )
    )  # fmt: skip


def contents(db: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the book, the history aside: what an undo has to bring back."""
    names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'kpi_*' ORDER BY name"
    tables = [name for (name,) in db.execute(names) if name not in ("kpi_run", "kpi_change", "kpi_batch")]
    return {name: sorted(db.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in tables}


def dump(home: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The same of a member's home."""
    with closing(sqlite3.connect(f"{(home / 'toolkit.db').as_uri()}?mode=ro", uri=True)) as db:
        return contents(db)


def amounts(home: Path) -> list[int]:
    """The amount of every sale, in the order in which they were made."""
    if not (home / "toolkit.db").exists():
        return []
    with closing(sqlite3.connect(f"{(home / 'toolkit.db').as_uri()}?mode=ro", uri=True)) as db:
        return [amount for (amount,) in db.execute("SELECT amount FROM kpi_sale ORDER BY id")]
