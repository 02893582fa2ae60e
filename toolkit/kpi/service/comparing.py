"""A file's orders held against those in the book: which are new, which have changed, which are as they were."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal

from toolkit.kpi.book.imported import sales_numbered, typed_sales
from toolkit.kpi.imports.cells import as_quantity
from toolkit.kpi.imports.own_table import number_of, rows_of_order, rows_of_sale
from toolkit.kpi.imports.people import is_masked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from toolkit.kpi.book import KpiBook
    from toolkit.kpi.imports.model import Item, Order, Refund
    from toolkit.kpi.imports.own_table import OwnRow
    from toolkit.kpi.model import Line, Sale, Status
    from toolkit.kpi.products import Shelf

Standing = Literal["new", "updated", "unchanged"]
FINAL: Final = frozenset({"done", "cancelled", "returned"})
"""States that an order has come to its end in."""


@dataclass(frozen=True)
class Unit:
    """What becomes of one order: `sale` and `refunds` are those in the book, by what the file calls them."""

    order: Order
    standing: Standing
    sale: Sale | None = None
    refunds: Mapping[str, Sale] = field(default_factory=dict)


class Comparing:
    """Holds a file's orders against those in the book."""

    def __init__(self, book: KpiBook, engagement: str, source: str, shelf: Shelf, *, own: bool) -> None:
        self._db = book.read()
        self._engagement = engagement
        self._source = source
        self._shelf = shelf
        self._own = own
        self._labels: dict[str, str] = {}
        self.older = 0

    def units(self, orders: Sequence[Order]) -> Iterator[Unit]:
        if self._own:
            yield from self._own_units(orders)
            return
        numbers = [number for order in orders for number in (order.number, *(one.number for one in order.refunds))]
        sales: dict[str, Sale] = {}
        refunds: dict[str, Sale] = {}
        for sale in sales_numbered(self._db, self._engagement, self._source, numbers):
            (sales if sale.kind == "sale" else refunds)[sale.order] = sale
        for order in orders:
            old = {one.number: refunds[one.number] for one in order.refunds if one.number in refunds}
            if order.is_sale and order.number in refunds:
                old.setdefault(order.number, refunds[order.number])
            yield self._unit(order, sales.get(order.number), old)

    def _unit(self, order: Order, sale: Sale | None, refunds: Mapping[str, Sale]) -> Unit:
        if sale is None and not refunds:
            return Unit(order, "new")
        if sale is not None and sale.status in FINAL and order.status in ("open", "unknown"):
            self.older += 1
            return Unit(order, "unchanged", sale, refunds)
        same = (not order.is_sale or (sale is not None and self._same_sale(order, sale))) and self._same_refunds(
            order, refunds
        )
        return Unit(order, "unchanged" if same else "updated", sale, refunds)

    def _same_sale(self, order: Order, sale: Sale) -> bool:
        return (
            sale.status == order.status
            and sale.amount == order.amount
            and sale.ordered == order.day
            and (order.completed is None or sale.completed == order.completed)
            and (order.paid is None or sale.paid == order.paid)
            and (not order.channel or sale.channel == order.channel)
            and (is_masked(order.buyer.name) or not order.buyer.name or sale.customer_name == order.buyer.name)
            and len(sale.lines) == len(order.items)
            and all(
                self._same_line(item, line, order.status) for item, line in zip(order.items, sale.lines, strict=True)
            )
        )

    def _same_line(self, item: Item, line: Line, state: Status) -> bool:
        return (
            line.amount == item.amount
            and line.sku == item.sku
            and (line.status or state) == item.status
            and line.quantity == as_quantity(item.quantity)
            and (line.product == item.product or line.product == self._product(item.product))
        )

    def _same_refunds(self, order: Order, refunds: Mapping[str, Sale]) -> bool:
        if len(refunds) != len(order.refunds):
            return False
        return all(_same_refund(one, refunds[one.number]) for one in order.refunds)

    def _product(self, name: str) -> str:
        found = self._labels.get(name)
        if found is None:
            found = self._labels[name] = self._shelf.found_or_new(name).id if name else ""
        return found

    # --- the program's own table: any sale of the book may stand in it, and what it says is what its writer means

    def _own_units(self, orders: Sequence[Order]) -> Iterator[Unit]:
        by_number: dict[tuple[str, str], list[Sale]] = {}
        numbers = [number for order in orders for number in (order.number, *(one.number for one in order.refunds))]
        for sale in sales_numbered(self._db, self._engagement, "", numbers):
            by_number.setdefault((sale.kind, sale.order), []).append(sale)
        typed: dict[tuple[OwnRow, ...], list[Sale]] = {}
        wanted = set(numbers)
        nameless = any(not order.number for order in orders)
        for sale in typed_sales(self._db, self._engagement):
            if (number := number_of(sale)) in wanted:
                by_number.setdefault((sale.kind, number), []).append(sale)
            elif nameless:
                typed.setdefault(_nameless(self._rows(sale)), []).append(sale)
        for order in orders:
            yield self._own_unit(order, by_number) if order.number else self._nameless_unit(order, typed)

    def _own_unit(self, order: Order, known: Mapping[tuple[str, str], Sequence[Sale]]) -> Unit:
        rows = rows_of_order(order, self._label)
        sales = known.get(("sale", order.number), ()) if order.is_sale else ()
        sale = next((one for one in sales if sorted(self._rows(one)) == sorted(rows)), None) or next(
            (one for one in sales if one.source == self._source or len(sales) == 1), None
        )
        refunds = {one.number: found[0] for one in order.refunds if (found := known.get(("refund", one.number), ()))}
        if sale is None and not refunds:
            return Unit(order, "new")
        same = not order.is_sale or (sale is not None and sorted(self._rows(sale)) == sorted(rows))
        same = same and len(refunds) == len(order.refunds)
        same = same and all(_same_refund(one, refunds[one.number]) for one in order.refunds)
        return Unit(order, "unchanged" if same else "updated", sale, refunds)

    def _nameless_unit(self, order: Order, typed: Mapping[tuple[OwnRow, ...], list[Sale]]) -> Unit:
        """An order without a number is the same as a sale of the same content; each of the book's stands for one."""
        if order.is_sale:
            rows = rows_of_order(order, self._label)
        else:
            rows = [_refund_row(order, one) for one in order.refunds]
        same = typed.get(_nameless(rows))
        if not same:
            return Unit(order, "new")
        sale = same.pop(0)
        if sale.kind == "refund":
            return Unit(order, "unchanged", None, {"": sale})
        return Unit(order, "unchanged" if sale.status == order.status else "updated", sale)

    def _rows(self, sale: Sale) -> list[OwnRow]:
        return rows_of_sale(sale, self._shelf.label)

    def _label(self, name: str) -> str:
        known = self._shelf.find(name) if name else None
        return known.label if known is not None else name


def _same_refund(refund: Refund, sale: Sale) -> bool:
    return sale.amount == refund.amount and sale.ordered == refund.day and sale.status == refund.status


def _refund_row(order: Order, refund: Refund) -> OwnRow:
    row = rows_of_order(replace(order, items=(), amount=-refund.amount), lambda name: name)[0]
    return row._replace(date=refund.day.isoformat())


def _nameless(rows: Iterable[OwnRow]) -> tuple[OwnRow, ...]:
    """What a sale is known by without a number: all but its state, which changes."""
    return tuple(sorted(row._replace(order_id="", status="") for row in rows))
