"""What a plan pays for: sales, refunds, payments and things done, each on the day it counts on."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from toolkit.core.text import search_key

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from toolkit.kpi.commission.plans import Only
    from toolkit.kpi.model import Product

EntryKind = Literal["sale", "refund", "payment", "activity", "what_if"]
Doubtful = Literal["", "by_value", "no_sale", "same_customer", "no_amount"]
"""Why an entry's figures need a word. `by_value`: a refund that doesn't say which lines it is for is shared out over
the sale's lines by their value. `no_sale`: the sale of a refund isn't known, so it counts in its own period.
`same_customer`: the sale was found as the only one of that customer it can be for. `no_amount`: a line's amount isn't
known."""


@dataclass(frozen=True, slots=True)
class Part:
    """One product of an entry: its value and its pieces, the member's share of them; below nothing for refunds."""

    product: str
    amount: Fraction
    units: Fraction


@dataclass(frozen=True, slots=True)
class Entry:
    """Something on the day it counts on. `amount` is the member's share in đồng, below nothing for a refund.

    `sale` is the number of the sale that it is or belongs to (0: unknown), `origin` the day that sale counts on: a
    refund takes back what was earned then. `share` is the member's part of one order. For an activity `thing` is its
    kind and `count` how many. `whole`: a refund of all that its order was worth.
    """

    kind: EntryKind
    id: int
    day: date
    amount: Fraction = Fraction(0)
    parts: tuple[Part, ...] = ()
    sale: int = 0
    origin: date | None = None
    order: str = ""
    customer_name: str = ""
    channel: str = ""
    repeat: bool = False
    referral: bool = False
    new_customer: bool = False
    share: Fraction = Fraction(1)
    thing: str = ""
    count: int = 0
    doubt: Doubtful = ""
    whole: bool = False

    @property
    def units(self) -> Fraction:
        return sum((part.units for part in self.parts), Fraction(0))

    @property
    def earned_on(self) -> date:
        """The day whose version and period it belongs to."""
        return self.origin or self.day

    @property
    def place(self) -> tuple[date, bool, str, str, tuple[int, int], int]:
        """Where it stands among the others: by day, and by what it is, never by when it was typed."""
        size = -self.amount.numerator, self.amount.denominator
        return self.day, self.amount.numerator < 0, self.order, self.customer_name, size, self.id


class Names:
    """Which names of a plan's rules a product goes by: its own, its aliases, its category."""

    def __init__(self, products: Mapping[str, Product]) -> None:
        self._names: dict[str, tuple[str, ...]] = {}
        for product in products.values():
            keys = tuple(_key(name) for name in (product.id, product.label, product.category, *product.aliases))
            for name in (product.id, product.label, *product.aliases):
                self._names.setdefault(_key(name), keys)
        self._known: dict[tuple[str, str], bool] = {}

    def fits(self, wanted: str, product: str) -> bool:
        """Whether a product is, or is named with all the words of, `wanted`: "bảo hiểm" is "gói bảo hiểm xe" too."""
        found = self._known.get((wanted, product))
        if found is None:
            own = _key(product)
            keys = self._names.get(own, ())
            sought = _key(wanted)
            found = bool(sought) and (sought in keys or any(f" {sought} " in f" {key} " for key in (own, *keys)))
            self._known[wanted, product] = found
        return found


def _key(name: str) -> str:
    return search_key(name[:200])


def chosen_parts(only: Only, entry: Entry, names: Names) -> tuple[Part, ...] | None:
    """The parts of an entry that a rule is for; None where it isn't for the entry at all."""
    if only.channels and not any(search_key(entry.channel) == search_key(one) for one in only.channels):
        return None
    if only.repeat is not None and entry.repeat != only.repeat:
        return None
    if only.referral is not None and entry.referral != only.referral:
        return None
    if not only.products:
        return entry.parts
    found = tuple(part for part in entry.parts if any(names.fits(wanted, part.product) for wanted in only.products))
    return found or None
