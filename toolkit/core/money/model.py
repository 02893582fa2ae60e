"""What the money room talks about: an amount, and where one stands in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from toolkit.core.readings import Readings

# Digits after the decimal point of each currency (ISO 4217). Đồng, yen and won have none.
MINOR_DIGITS: Mapping[str, int] = MappingProxyType({
    "VND": 0, "USD": 2, "EUR": 2, "GBP": 2, "JPY": 0, "CNY": 2, "KRW": 0, "THB": 2, "SGD": 2, "AUD": 2, "CAD": 2,
    "TWD": 2, "HKD": 2, "MYR": 2,
})  # fmt: skip

Role = Literal["paid", "check", "before", "discount"]
Bare = Literal["no", "ask", "thousands", "units"]


@dataclass(frozen=True, order=True)
class Money:
    """An exact amount. `amount` counts đồng, or the minor units of another currency: 1.99 USD is 199."""

    amount: int
    currency: str = "VND"


@dataclass(frozen=True)
class AmountSpan:
    """One amount in a sentence; `sentence[start:end] == text`, verbatim.

    `reading` is the total: certain, ambiguous with every option (an option None means: no money at all, a quantity), or
    without options and with a code where money is meant and can't be read. `role` says what the amount is: `paid`
    counts; `check` is a stated sum of the others; `before` is a price that a later one replaces ("200k giảm còn 160k");
    `discount` is taken off. Where the sentence says so: `unit_price` times `quantity` is the total, `per` is what the
    price is for ("ly", "tháng"), and the total has been divided by `shared`.
    """

    start: int
    end: int
    text: str
    reading: Readings[Money | None]
    role: Role = "paid"
    quantity: Fraction | None = None
    unit_price: Money | None = None
    per: str = ""
    shared: int = 1

    @property
    def money(self) -> Money | None:
        """The amount where it is certain, else None."""
        return self.reading.value

    @property
    def amount(self) -> int | None:
        """Đồng (or minor units of `currency`) where certain, else None."""
        return self.money.amount if self.money else None

    @property
    def currency(self) -> str:
        return next((money.currency for money in self.reading.values if money), "VND")


@dataclass(frozen=True)
class Habits:
    """What the place of an amount and its writer say about it.

    `bare` is what a number without a unit means where money stands: nothing, a question, thousands from 5 to 999, or
    the plain number. `xi` is what one xị is worth to the writer (10,000 or 100,000; None: ask). `currency` is that of a
    number without one. `cell`: the text is nothing but an amount.
    """

    bare: Bare = "no"
    xi: int | None = None
    currency: str = "VND"
    cell: bool = False
