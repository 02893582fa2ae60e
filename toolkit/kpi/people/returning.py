"""Customers who come back, how long that takes, and how many were sent by somebody."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING

from toolkit.core.shares import Share, share
from toolkit.kpi.people.buyers import buyer, purchases

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from toolkit.kpi.people.buyers import Buyer, SaleFacts


@dataclass(frozen=True)
class Returning:
    """`repeat`: of the customers who bought in the period, those who had bought before; with its 80 % interval.
    `referred`: of all purchases in the period, those where somebody sent the customer. `unnamed` purchases have no
    known customer and count in `referred` only. `gap`: the median of days between one purchase and the next, over
    `gaps` of them; None where nobody bought twice."""

    repeat: Share
    referred: Share
    unnamed: int
    gap: Fraction | None
    gaps: int
    who: tuple[Buyer, ...]


def returning(sales: Iterable[SaleFacts], since: date | None, until: date, *, within: int | None = None) -> Returning:
    """Reckon from all sales before `until`, not only those of the period: who bought in March for the first time, and
    in June again, is a repeat customer of June.

    Bought before means: on an earlier day, at most `within` days earlier where that is given; or the member said so.
    Two purchases of one day are one visit: an order split in two, or two things of one sentence, bring nobody back.
    """
    days: dict[Buyer, set[date]] = {}
    said: set[Buyer] = set()
    bought = referred = unnamed = 0
    for sale in purchases(sales, until):
        who = buyer(sale)
        inside = since is None or sale.ordered >= since
        if inside:
            bought += 1
            referred += sale.referral
            unnamed += who is None
        if who is None:
            continue
        days.setdefault(who, set()).add(sale.ordered)
        if inside and sale.repeat:
            said.add(who)
    whole = 0
    back: list[Buyer] = []
    gaps: list[int] = []
    for who, visits in days.items():
        ordered = sorted(visits)
        first = 0 if since is None else bisect_left(ordered, since)
        if first == len(ordered):
            continue
        whole += 1
        between = [(ordered[n] - ordered[n - 1]).days for n in range(max(first, 1), len(ordered))]
        near = [gap for gap in between if within is None or gap <= within]
        gaps += near
        if near or who in said:
            back.append(who)
    middle = Fraction(median(gaps)) if gaps else None
    return Returning(share(len(back), whole), share(referred, bought), unnamed, middle, len(gaps), tuple(back))
