"""The program's own table of sales: what `export` writes and `import` reads back without changing anything."""

from __future__ import annotations

from fractions import Fraction
from hashlib import blake2b
from typing import TYPE_CHECKING, Final, NamedTuple

from toolkit.core.hidden import shown
from toolkit.core.text import nfc
from toolkit.kpi.imports.orders import shared
from toolkit.kpi.model import QUANTITY_UNIT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from toolkit.kpi.imports.model import Order
    from toolkit.kpi.model import Sale

HEADINGS: Final = ("date", "order_id", "customer", "product", "quantity", "amount", "status", "referrer", "channel")
"""Part of the format: other programs read them."""


class OwnRow(NamedTuple):
    """One row: a line of a sale, a sale without lines, or a refund, whose amount is below zero."""

    date: str
    order_id: str
    customer: str
    product: str
    quantity: str
    amount: int
    status: str
    referrer: str
    channel: str


def number_of(sale: Sale) -> str:
    """The number under which a sale leaves: that of its export, or for what was typed a name of its own that stays the
    same however it is edited."""
    if sale.order:
        return sale.order
    seed = f"{sale.made_at.isoformat()}|{sale.id}|{sale.kind}"
    return "s-" + blake2b(seed.encode(), digest_size=6, person=b"kpi-sale").hexdigest()


def rows_of_sale(sale: Sale, label: Callable[[str], str]) -> list[OwnRow]:
    """A sale as its rows. What is hidden between `%%` stays here; `label` gives a product's name.

    The amounts of its rows in the sale's own state sum up to the sale's amount, also where only that is known.
    """
    common = _Common(sale.ordered.isoformat(), number_of(sale), sale.customer_name, sale.referrer, sale.channel)
    if sale.kind == "refund":
        return [common.row("", "", -sale.amount, sale.status)]
    if not sale.lines:
        return [common.row("", "", sale.amount, sale.status)]
    amounts = _amounts(sale)
    return [
        common.row(label(line.product), plain(line.quantity), amount, line.status or sale.status)
        for line, amount in zip(sale.lines, amounts, strict=True)
    ]


def rows_of_order(order: Order, label: Callable[[str], str]) -> list[OwnRow]:
    """The same of an order as it was read from a file; its refunds aside."""
    common = _Common(order.day.isoformat(), order.number, order.buyer.name, order.referrer, order.channel)
    if not order.items:
        return [common.row("", "", order.amount, order.status)]
    return [
        common.row(label(item.product), plain(Fraction(item.quantity, QUANTITY_UNIT)), item.amount, item.status)
        for item in order.items
    ]


def plain(quantity: Fraction) -> str:
    """A quantity with as few decimals as it needs, at most three."""
    whole, rest = divmod(round(quantity * QUANTITY_UNIT), QUANTITY_UNIT)
    return f"{whole}.{rest:03d}".rstrip("0") if rest else str(whole)


class _Common(NamedTuple):
    date: str
    number: str
    customer: str
    referrer: str
    channel: str

    def row(self, product: str, quantity: str, amount: int, status: str) -> OwnRow:
        texts = (self.customer, product, self.referrer, self.channel)
        customer, product, referrer, channel = (nfc(" ".join(shown(text).split())) for text in texts)
        return OwnRow(self.date, self.number, customer, product, quantity, amount, status, referrer, channel)


def _amounts(sale: Sale) -> list[int]:
    own = [line for line in sale.lines if line.status in ("", sale.status)]
    told = [line.amount for line in own if line.amount is not None]
    if len(told) == len(own) and sum(told) == sale.amount:
        return [line.amount or 0 for line in sale.lines]
    weights = [max(round(line.quantity * QUANTITY_UNIT), 0) for line in own]
    parts: Iterator[int] = iter(shared(sale.amount, weights if sum(weights) else [1] * len(weights)) if own else [])
    return [next(parts) if line.status in ("", sale.status) else line.amount or 0 for line in sale.lines]
