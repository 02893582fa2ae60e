"""However the same orders are split into files and repeated, the book ends up the same, and undo empties it."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from builders.shops import SHOPS, Bought, Goods, moment, write
from toolkit.core.dates.clock import FixedClock
from toolkit.kpi.book import KpiBook
from toolkit.kpi.imports.reading import read_export
from toolkit.kpi.service.importing import Importer
from toolkit.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Sequence

CLOCK = FixedClock(datetime(2026, 11, 22, 8, tzinfo=UTC))
GOODS = st.builds(
    Goods, st.sampled_from(["Trà", "Bánh"]), st.sampled_from(["T1", "B1", "B2"]), st.integers(1, 3),
    st.integers(1, 90).map(lambda n: n * 1_000),
)  # fmt: skip
ORDERS = st.lists(
    st.builds(
        Bought,
        st.integers(1, 99).map(lambda n: f"HD{n:08d}"),
        st.integers(0, 40).map(lambda n: moment(1, month=10) + timedelta(days=n)),
        st.lists(GOODS, min_size=1, max_size=2, unique_by=lambda one: one.sku).map(tuple),
        st.sampled_from(["done", "cancelled", "returned"]),
        st.sampled_from(["Lan", "Nam", "Khách lẻ"]),
        st.sampled_from(["lan1", "nam2"]),
    ),
    min_size=1, max_size=5, unique_by=lambda one: one.number,
)  # fmt: skip


def bring(book: KpiBook, folder: Path, shop: str, files: Sequence[Sequence[Bought]]) -> None:
    for at, orders in enumerate(files):
        path = write(folder / f"{shop}-{at}.csv", SHOPS[shop](list(orders)))
        importer = Importer(book, CLOCK)
        importer.apply(importer.plan([read_export(path)], "own").data)


def content(book: KpiBook) -> list[tuple[Any, ...]]:
    """What stands in the book, numbers and times aside."""
    names = {one.id: (one.name, one.account) for one in book.contacts()}
    return sorted(
        (
            sale.kind, sale.status, sale.ordered, sale.amount, sale.order, sale.customer_name,
            names.get(sale.customer, ()), tuple((line.product, line.quantity, line.amount) for line in sale.lines),
        )
        for sale in book.sales()
    )  # fmt: skip


@settings(max_examples=5, deadline=None)
@given(ORDERS, st.sampled_from(["shopee", "tiktok", "lazada", "toolkit"]), st.data())
def test_any_split_into_files_gives_the_same_book(orders: list[Bought], shop: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(orders)))
    overlap = data.draw(st.integers(0, cut))
    before = [replace(one, state="open") if one.state == "done" else one for one in orders]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Store.open(folder / "a" / "toolkit.db", backups=folder / "b", clock=CLOCK) as store:
            whole = KpiBook(store)
            bring(whole, folder, shop, [orders])
            wanted = content(whole)
        with Store.open(folder / "c" / "toolkit.db", backups=folder / "b", clock=CLOCK) as store:
            book = KpiBook(store)
            files = [part for part in (before[:cut], orders[overlap:], orders, before, orders[:cut]) if part]
            bring(book, folder, shop, files)
            assert content(book) == wanted
            for _ in [run for run in book.runs() if run.state == "done"]:
                book.undo(at=CLOCK.now())
            assert content(book) == []
            assert list(book.contacts()) == []
