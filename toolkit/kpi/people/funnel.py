"""From the first conversation to the sale: how many came to each stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from toolkit.kpi.people.deals import decisions
from toolkit.kpi.ratios import funnel, needed_at_first

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from toolkit.kpi.model import Activity, Opportunity, Sale
    from toolkit.kpi.people.buyers import SaleFacts
    from toolkit.kpi.ratios import FunnelStep

WON: Final = "won"
ORDERS: Final = "orders"
STAGES: Final = ("lead", "meeting", "quote", WON)
"""Where the member chose none."""

Counted = Literal["both", "activities", "deals"]


@dataclass(frozen=True)
class StageCount:
    """How many came to a stage: told as activities, as deals that reached it, and as sales."""

    stage: str
    activities: int = 0
    deals: int = 0
    sales: int = 0

    @property
    def count(self) -> int:
        return self.activities + self.deals + self.sales


@dataclass(frozen=True)
class Funnel:
    stages: tuple[StageCount, ...]

    @property
    def counts(self) -> tuple[int, ...]:
        return tuple(stage.count for stage in self.stages)

    @property
    def steps(self) -> tuple[FunnelStep, ...]:
        return funnel(self.counts)

    def needed(self, wanted: int) -> int | None:
        """How many first-stage conversations led to `wanted` of the last stage so far; None where none came through."""
        return needed_at_first(self.counts, wanted)


@dataclass(frozen=True)
class Told:
    """What a funnel is counted from."""

    activities: Sequence[Activity]
    opportunities: Sequence[Opportunity]
    sales: Sequence[Sale]
    """Those that may be deals won: typed ones."""
    orders: Iterable[SaleFacts] = ()
    """All sales, where "orders" is a stage; they are walked through once."""


def count_stages(
    stages: Sequence[str], told: Told, since: date | None, until: date, *, counted: Counted = "both"
) -> Funnel:
    """Count each of `stages` from day `since` (None: ever) to before `until`.

    A stage counts activities of that kind and deals that came to it in the period, each deal once. "won" are deals won
    (see `decisions`), "orders" all done sales, those of shop systems too. `counted` leaves one of the two sources out.
    """
    return Funnel(tuple(_stage(stage, told, since, until, counted) for stage in stages))


def _stage(stage: str, told: Told, since: date | None, until: date, counted: Counted) -> StageCount:
    def inside(day: date) -> bool:
        return day < until and (since is None or day >= since)

    if stage == ORDERS:
        done = (sale for sale in told.orders if sale.kind == "sale" and sale.status == "done")
        return StageCount(stage, sales=sum(inside(sale.ordered) for sale in done))
    if stage == WON:
        deals = told.opportunities if counted != "activities" else ()
        sales = told.sales if counted != "deals" else ()
        won = [one for one in decisions(told.opportunities, sales, since, until) if one.won]
        of_deals = sum(bool(one.opportunity) for one in won) if deals else 0
        return StageCount(stage, deals=of_deals, sales=sum(not one.opportunity for one in won))
    done_things = told.activities if counted != "deals" else ()
    activities = sum(one.count for one in done_things if one.kind == stage and inside(one.day))
    deals = told.opportunities if counted != "activities" else ()
    return StageCount(stage, activities, deals=sum(_came(deal, stage, inside) for deal in deals))


def _came(deal: Opportunity, stage: str, inside: _Inside) -> bool:
    """Whether the deal first came to the stage within the period."""
    days = [event.day for event in deal.stages if event.stage == stage]
    return bool(days) and inside(min(days))


def known_stages(activities: Iterable[Activity], opportunities: Iterable[Opportunity]) -> tuple[str, ...]:
    """Every stage that the book knows of, in the order of the usual ones, the member's own behind them."""
    found = {one.kind for one in activities} | {event.stage for deal in opportunities for event in deal.stages}
    return (*(stage for stage in STAGES if stage in found or stage == WON), *sorted(found - set(STAGES)))


if TYPE_CHECKING:
    from collections.abc import Callable

    _Inside = Callable[[date], bool]
