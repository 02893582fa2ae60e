"""What an export of a shop system is made of, once read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from toolkit.core.outcome import Problem
    from toolkit.kpi.model import Status

Field = Literal[
    "order", "line", "day", "completed", "paid", "status", "return_status", "product",
    "variation", "sku", "sku_id", "variation_sku", "quantity", "returned_quantity", "price", "amount", "gross",
    "discount", "platform_discount", "discount_percent", "line_refund", "order_amount", "order_gross",
    "order_discount", "some_discount", "order_refund", "customer", "customer_code",
    "account", "phone", "address", "email", "channel", "referrer", "refunds",
]  # fmt: skip
"""What a column of an export can hold. `amount` is what a line's goods were sold for, `gross` the same before the
seller's `discount`; those of an order begin with `order_`. `some_discount` is a line's or an order's: the rows tell.
`account` is the buyer's name at the shop system; `refunds` the order that a return belongs to."""

FIELDS: Final[frozenset[str]] = frozenset(get_args(Field))

MONEY: Final[frozenset[str]] = frozenset({
    "price", "amount", "gross", "discount", "platform_discount", "line_refund", "order_amount", "order_gross",
    "order_discount", "some_discount", "order_refund",
})  # fmt: skip
"""Columns whose choice is never guessed."""

DateOrder = Literal["dmy", "mdy", "ymd"]
"""How days are written that don't begin with their year; `ymd`: none are."""


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who bought, as the export tells. `name` is "" where it names nobody ("Khách lẻ").

    `account` is a name or number at the shop system. The others tell people apart and are kept only if asked for.
    """

    name: str = ""
    account: str = ""
    phone: str = ""
    address: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of an order. `quantity` is in thousandths, `amount` and `refund` in đồng, of the whole line."""

    product: str
    sku: str
    quantity: int
    amount: int
    status: Status
    refund: int = 0
    row: int = 0


@dataclass(frozen=True, slots=True)
class Refund:
    """Goods' money that went back, above zero. `number` is the order's, with a mark where it has several."""

    number: str
    day: date
    amount: int
    status: Status = "done"
    of: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """One order. `amount` is the worth of its goods in đồng, of those lines that are in the order's own state.

    `is_sale` is false where the file tells only of what went back. `row` is the first of its rows.
    """

    number: str
    day: date
    status: Status
    amount: int
    items: tuple[Item, ...] = ()
    refunds: tuple[Refund, ...] = ()
    completed: date | None = None
    paid: date | None = None
    buyer: Buyer = field(default_factory=Buyer)
    channel: str = ""
    referrer: str = ""
    is_sale: bool = True
    row: int = 0
    rows: int = 1

    @property
    def units(self) -> int:
        """Units of the lines that are in the order's own state, in thousandths."""
        return sum(item.quantity for item in self.items if item.status == self.status)


@dataclass(frozen=True)
class Export:
    """A file as it was read. `rows` are the rows of its table, `lines` those that were read, `skipped` the others.

    `source` is what its orders are known by, `layout` the profile's own id. `worth` are the headings that the goods'
    worth was taken from, as they are written; `unknown` are states that no profile knows, with how many rows are in
    them. `has_units`: the file tells quantities.
    """

    file: str
    profile: str
    label: str
    orders: tuple[Order, ...]
    rows: int
    lines: int
    skipped: int
    worth: str
    source: str = ""
    layout: str = ""
    channel: str = ""
    has_units: bool = True
    own: bool = False
    unknown: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()

    @property
    def counted(self) -> int:
        """Orders that count: those that are done."""
        return sum(order.is_sale and order.status == "done" for order in self.orders)

    @property
    def revenue(self) -> int:
        """The worth of the goods of done orders, before refunds, fees and shipping, in đồng."""
        return sum(order.amount for order in self.orders if order.is_sale and order.status == "done")

    @property
    def refunds(self) -> int:
        """What went back of orders that count, in đồng."""
        return sum(one.amount for order in self.orders for one in order.refunds if one.status == "done")

    @property
    def units(self) -> int | None:
        """Units of the done lines, in thousandths; None where the file doesn't tell."""
        if not self.has_units:
            return None
        return sum(order.units for order in self.orders if order.is_sale and order.status == "done")
