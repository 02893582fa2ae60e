"""What each customer bought, summed so that two records of one person add up to the same whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from toolkit.kpi.people.buyers import buyer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from toolkit.kpi.people.buyers import Buyer, SaleFacts


@dataclass(frozen=True)
class Bought:
    """One customer's purchases. Amounts are the member's share, exact đồng; `days` are those of purchases, `open`
    counts orders that aren't decided yet."""

    name: str = ""
    purchases: int = 0
    amount: Fraction = Fraction(0)
    refunds: Fraction = Fraction(0)
    refund_count: int = 0
    open: int = 0
    days: frozenset[date] = frozenset()
    said_repeat: bool = False
    referral: bool = False
    referrer: str = ""

    @property
    def net(self) -> Fraction:
        return self.amount - self.refunds

    @property
    def first(self) -> date | None:
        return min(self.days, default=None)

    @property
    def last(self) -> date | None:
        return max(self.days, default=None)

    @property
    def came_back(self) -> bool:
        """Bought on several days, or said to have bought before. Being sent by somebody is not coming back."""
        return self.said_repeat or len(self.days) > 1

    def __add__(self, other: Bought) -> Bought:
        """Both records as one person: associative, and the order matters only for which spelling of a name is kept."""
        return Bought(
            self.name or other.name,
            self.purchases + other.purchases,
            self.amount + other.amount,
            self.refunds + other.refunds,
            self.refund_count + other.refund_count,
            self.open + other.open,
            self.days | other.days,
            self.said_repeat or other.said_repeat,
            self.referral or other.referral,
            self.referrer or other.referrer,
        )


@dataclass(frozen=True)
class Customers:
    """Everybody who bought, by who they are, and what was bought by nobody known."""

    known: dict[Buyer, Bought]
    nobody: Bought

    @property
    def all(self) -> Bought:
        return together([self.nobody, *self.known.values()])


def together(records: Sequence[Bought]) -> Bought:
    """All records as one, as adding them one by one would make it, without copying their days again and again."""
    return Bought(
        next((one.name for one in records if one.name), ""),
        sum(one.purchases for one in records),
        sum((one.amount for one in records), Fraction(0)),
        sum((one.refunds for one in records), Fraction(0)),
        sum(one.refund_count for one in records),
        sum(one.open for one in records),
        frozenset().union(*(one.days for one in records)),
        any(one.said_repeat for one in records),
        any(one.referral for one in records),
        next((one.referrer for one in records if one.referrer), ""),
    )


def customers(sales: Iterable[SaleFacts], since: date | None, until: date) -> Customers:
    """What everybody bought from day `since` (None: ever) to before `until`; in one pass, in any order.

    Only what is done counts; a refund counts on its own day, apart. Somebody with open orders alone is listed with
    none bought; a cancelled order leaves no trace here.
    """
    known: dict[Buyer, _Sum] = {}
    nobody = _Sum("")
    for sale in sales:
        if sale.ordered >= until or (since is not None and sale.ordered < since):
            continue
        if sale.status not in ("done", "open"):
            continue
        who = buyer(sale)
        total = nobody if who is None else known.setdefault(who, _Sum(sale.customer_name))
        total.take(sale)
    return Customers({who: total.bought() for who, total in known.items()}, replace(nobody.bought(), name=""))


class _Sum:
    """A `Bought` in the making; adding up frozen ones would copy the days again and again."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.purchases = self.refund_count = self.open = 0
        self.amount = self.refunds = 0  # hundredths of a percent of a đồng: whole numbers add up fastest
        self.days: set[date] = set()
        self.said_repeat = self.referral = False
        self.referrer = ""

    def take(self, sale: SaleFacts) -> None:
        if sale.status == "open":
            self.open += sale.kind == "sale"
            return
        if sale.kind == "refund":
            self.refund_count += 1
            self.refunds += sale.amount * sale.share
            return
        self.purchases += 1
        self.amount += sale.amount * sale.share
        self.days.add(sale.ordered)
        self.said_repeat |= sale.repeat
        self.referral |= sale.referral
        self.referrer = self.referrer or sale.referrer

    def bought(self) -> Bought:
        from toolkit.kpi.model import WHOLE_SHARE

        return Bought(
            self.name, self.purchases, Fraction(self.amount, WHOLE_SHARE), Fraction(self.refunds, WHOLE_SHARE),
            self.refund_count, self.open, frozenset(self.days), self.said_repeat, self.referral, self.referrer,
        )  # fmt: skip
