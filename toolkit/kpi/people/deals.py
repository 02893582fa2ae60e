"""Deals that were decided: won or lost, and by what. Open ones count in neither; nobody is told off for a lost one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from toolkit.core.text import search_key
from toolkit.kpi.people.buyers import TYPED
from toolkit.kpi.ratios import WinLoss

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from toolkit.kpi.model import LostReason, Opportunity, Sale

By = Literal["reason", "source", "product", "month"]


@dataclass(frozen=True)
class Decision:
    """One deal, decided on a day. `reason` is verbatim, `kind` what it is counted under ("" where nobody said);
    `opportunity` and `sale` are numbers, 0 where there is none."""

    won: bool
    day: date
    product: str = ""
    source: str = ""
    reason: str = ""
    kind: LostReason | Literal[""] = ""
    amount: int | None = None
    customer: str = ""
    opportunity: int = 0
    sale: int = 0


def decisions(
    opportunities: Iterable[Opportunity], sales: Iterable[Sale], since: date | None, until: date
) -> tuple[Decision, ...]:
    """What was decided from day `since` (None: ever) to before `until`, by day.

    A sale that the member typed is a deal won, unless an opportunity says so already. An order of an export is no deal:
    those that weren't placed are in no export. A deal that was still open on the day before `until` is undecided.
    """
    told: set[int] = set()
    found = []
    for deal in opportunities:
        if deal.sale:
            told.add(deal.sale)
        if deal.outcome == "open" or deal.closed is None or not _inside(deal.closed, since, until):
            continue
        found.append(
            Decision(
                deal.outcome == "won", deal.closed, deal.product, deal.source, deal.reason, deal.reason_kind,
                deal.amount, deal.customer_name, opportunity=deal.id, sale=deal.sale,
            )
        )  # fmt: skip
    for sale in sales:
        counts = sale.kind == "sale" and sale.status == "done" and sale.source == TYPED and sale.id not in told
        if counts and _inside(sale.ordered, since, until):
            products = {line.product for line in sale.lines if line.product}
            product = products.pop() if len(products) == 1 else ""
            source = "referral" if sale.referral else sale.channel
            found.append(
                Decision(
                    True, sale.ordered, product, source, amount=sale.amount, customer=sale.customer_name, sale=sale.id
                )
            )
    return tuple(sorted(found, key=lambda one: (one.day, one.opportunity, one.sale)))


def as_of(deal: Opportunity, day: date) -> Opportunity:
    """The deal as it stood at the end of a day: what was decided later is open, what came later isn't there yet."""
    stages = tuple(event for event in deal.stages if event.day <= day)
    if deal.closed is None or deal.closed <= day:
        return deal if stages == deal.stages else replace(deal, stages=stages)
    return replace(deal, outcome="open", closed=None, reason="", reason_kind="", sale=0, stages=stages)


def _inside(day: date, since: date | None, until: date) -> bool:
    return day < until and (since is None or day >= since)


def counted(decided: Iterable[Decision]) -> WinLoss:
    """Won and lost."""
    tally = Counter(one.won for one in decided)
    return WinLoss(tally[True], tally[False])


@dataclass(frozen=True)
class Group:
    """Deals that have something in common; `words` are the reasons as they were said, each once."""

    name: str
    deals: WinLoss
    words: tuple[str, ...] = ()


def grouped(decided: Sequence[Decision], by: By) -> tuple[Group, ...]:
    """The same deals, apart. By reason only the lost ones, which alone have one; months in order, the rest by name,
    what nobody said last."""
    groups: dict[str, list[Decision]] = {}
    spelled: dict[str, str] = {}
    for one in decided:
        if by == "reason" and one.won:
            continue
        name = _name(one, by)
        groups.setdefault(spelled.setdefault(search_key(name), name), []).append(one)
    names = sorted(groups, key=lambda name: (not name, search_key(name)))
    return tuple(Group(name, counted(groups[name]), tuple(_words(groups[name]))) for name in names)


def _name(one: Decision, by: By) -> str:
    if by == "reason":
        return one.kind
    if by == "month":
        return f"{one.day:%Y-%m}"
    return one.source if by == "source" else one.product


def _words(decided: Iterable[Decision]) -> Iterator[str]:
    yield from dict.fromkeys(one.reason for one in decided if one.reason)
