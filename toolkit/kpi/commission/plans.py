"""What a plan promises: rules in versions, each from a day on, reckoned period by period.

A version holds for the sales that count on its days. Where one begins inside a period, each version pays for its own
days, and the base of the period runs on: the second one's tiers don't begin at nothing again.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from toolkit.core.dates.periods import Period, month_of, quarter_of, shifted, week_of, year_period
from toolkit.kpi.commission.rates import Tiers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.kpi.commission.rates import Levels
    from toolkit.kpi.model import DateKind

TierMode = Literal["marginal", "retroactive"]
Every = Literal["week", "month", "quarter", "year"]
Base = Literal["revenue", "received", "units"]
"""What percentages are of: the goods' value, the money that came in, or pieces (then a rate is in đồng a piece)."""

RefundWay = Literal["claw_back", "own_period", "none"]
"""What a refund does. `claw_back`: it takes back, in its own period, exactly what the sale had earned in the sale's
period. `own_period`: it lowers the base of the period it falls in (net revenue). `none`: nothing."""

RuleKind = Literal["basic", "tier", "level", "add_on", "repurchase", "referral", "fixed", "event", "salary"]
RULE_KINDS: Final[tuple[RuleKind, ...]] = get_args(RuleKind)
ACTIVITIES: Final = ("meeting", "call", "message", "quote", "demo", "visit", "lead", "post", "follow_up")
THINGS: Final = ("order", "unit", "customer", "amount", *ACTIVITIES)
"""What a fixed amount or a bonus counts; `customer` are customers who hadn't bought before."""

MOST_RULES: Final = 50
MOST_DONG: Final = 10**13  # more is a slip of typing


@dataclass(frozen=True)
class Rate:
    """One share of the base: 1/20 is 5 %. Where the base is pieces, đồng a piece."""

    rate: Fraction


@dataclass(frozen=True)
class Each:
    """Tiers that look at every order by itself."""

    tiers: Tiers


@dataclass(frozen=True)
class ByCompletion:
    """Levels by completion of a target: amounts in đồng, or with `rates` shares of the base.

    The target is `quota` đồng a period, or where that is None the member's own target for `metric` in the period.
    """

    levels: Levels
    rates: bool = False
    quota: int | None = None
    metric: str = "revenue"


@dataclass(frozen=True)
class PerThing:
    """`amount` đồng for every one of the things that are counted."""

    amount: int
    thing: str


@dataclass(frozen=True)
class Bonus:
    """`amount` đồng once a period's count reaches `least`; with `again` once more at each further multiple."""

    amount: int
    thing: str
    least: int
    again: bool = False


@dataclass(frozen=True)
class OnDay:
    """`amount` đồng on a day."""

    amount: int
    day: date


@dataclass(frozen=True)
class Salary:
    """`amount` đồng a period, by days where a version holds for a part of it only."""

    amount: int


Pay: TypeAlias = "Rate | Tiers | Each | ByCompletion | PerThing | Bonus | OnDay | Salary"


@dataclass(frozen=True)
class Only:
    """Which sales a rule is for. `products` are names of products or categories in the member's words."""

    products: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    repeat: bool | None = None
    referral: bool | None = None


@dataclass(frozen=True)
class Rule:
    """One line of a plan. `instead`: what it is for has a rate of its own, and counts for no rule on percentages that
    is for everything, nor for a later one that is `instead` too. `cap` is the most it pays in a period, in đồng."""

    kind: RuleKind
    pay: Pay
    only: Only = field(default_factory=Only)
    instead: bool = False
    cap: int | None = None
    label: str = ""


@dataclass(frozen=True)
class Version:
    """The rules from day `start` on (None: from ever).

    `cap` and `floor` are the most and the least that a period's rules pay together, salary aside; of a period that two
    versions share the later one's hold. `date` is which of a sale's days counts.
    """

    start: date | None
    rules: tuple[Rule, ...]
    base: Base = "revenue"
    refunds: RefundWay = "claw_back"
    date: DateKind = "ordered"
    cap: int | None = None
    floor: int | None = None
    sentence: str = ""

    def __post_init__(self) -> None:
        if self.cap is not None and self.floor is not None and self.cap < self.floor:
            raise ValueError("the most is not less than the least")


@dataclass(frozen=True)
class Plan:
    """What the member is owed by one engagement. `rounding` is the step in đồng that a period's total is rounded to,
    half away from zero; `ended` the first day on which it no longer holds."""

    id: int
    engagement: str
    every: Every
    versions: tuple[Version, ...]
    label: str = ""
    rounding: int = 1
    ended: date | None = None
    dropped: bool = False

    def __post_init__(self) -> None:
        starts = [version.start or date.min for version in self.versions]
        if not starts or any(low >= high for low, high in pairwise(starts)):
            raise ValueError("versions follow each other")

    def version_on(self, day: date) -> Version | None:
        """The version that holds on a day; None before the first and from `ended` on."""
        if self.ended is not None and day >= self.ended:
            return None
        found = None
        for version in self.versions:
            if version.start is None or version.start <= day:
                found = version
        return found

    def versions_in(self, period: Period) -> tuple[Version, ...]:
        """The versions that hold on days of a period, in order."""
        return tuple(version for version in self.versions if self.days_of(version, period) is not None)

    def days_of(self, version: Version, period: Period) -> Period | None:
        """The days of a period that a version holds on; None if there are none."""
        place = self.versions.index(version)
        following = self.versions[place + 1].start if place + 1 < len(self.versions) else None
        ends = [day for day in (following, self.ended, period.end) if day is not None]
        start, end = max(version.start or period.start, period.start), min(ends)
        return Period(start, end) if start < end else None

    def period_of(self, day: date) -> Period:
        """The plan's period that a day lies in."""
        return period_of(self.every, day)

    def periods_of(self, asked: Period) -> tuple[Period, ...] | None:
        """The plan's periods that tile `asked`; None where it cuts through one."""
        found = tuple(self._periods(asked))
        tiled = found[0].start == asked.start and found[-1].end == asked.end
        return found if tiled else None

    def _periods(self, asked: Period) -> Iterator[Period]:
        period = self.period_of(asked.start)
        while period.start < asked.end:
            yield period
            period = shifted(period, 1)


@lru_cache(maxsize=4096)
def period_of(every: Every, day: date) -> Period:
    """The week (from Monday), month, quarter or year that a day lies in."""
    if every == "year":
        return year_period(day.year)
    return {"week": week_of, "month": month_of, "quarter": quarter_of}[every](day)


def in_mode(rule: Rule, mode: TierMode) -> Rule:
    """The rule with its tiers, if it has any, paying the other way or as they do."""
    if isinstance(rule.pay, Tiers):
        return replace(rule, pay=Tiers(rule.pay.tiers, mode))
    return replace(rule, pay=Each(Tiers(rule.pay.tiers.tiers, mode))) if isinstance(rule.pay, Each) else rule


def mode_of(rule: Rule) -> TierMode | None:
    """How a rule's tiers pay; None where it has none."""
    tiers = rule.pay.tiers if isinstance(rule.pay, Each) else rule.pay
    return tiers.mode if isinstance(tiers, Tiers) else None


def prorated(amount: int, days: Period, period: Period) -> Fraction:
    """The part of an amount a period that falls on some of its days, by calendar days."""
    return Fraction(amount * days.days, period.days)
