"""What is owed for a period, line by line; the lines sum to the total to the đồng.

A period books what counts on its days. A refund of a sale of an earlier period is booked on its own day, and takes back
what the sale's period loses by it: the difference of that period's whole commission with and without it. Tiers, caps
and bonuses are thereby taken back as they were earned, and no entry is counted in two periods.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from toolkit.kpi.commission.accruals import rounded, rounded_parts, total_of
from toolkit.kpi.commission.entries import Names, chosen_parts
from toolkit.kpi.commission.plans import ACTIVITIES, Bonus, ByCompletion, Each, OnDay, Only, PerThing, Rate, Salary
from toolkit.kpi.commission.rates import Tiers
from toolkit.kpi.commission.runs import NOTHING, OwedLine, Run, Setting, run_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from toolkit.core.dates.periods import Period
    from toolkit.kpi.commission.entries import Entry
    from toolkit.kpi.commission.plans import Plan, Rule, Version
    from toolkit.kpi.commission.runs import LineKind

_SOLD = frozenset({"sale", "refund", "what_if"})
_CAME_IN = frozenset({"payment"})
_PERCENT = (Rate, Tiers, Each, ByCompletion)


@dataclass(frozen=True)
class Statement:
    """What a plan owes for a period.

    `exact` is the sum of the lines before rounding, `total` the whole đồng that are owed; the lines' `whole` sum to it.
    `unpaid` are entries on days without a version; `missing` the metrics that a level goes by and that the member has
    no target for.
    """

    plan: Plan
    period: Period
    lines: tuple[OwedLine, ...]
    exact: Fraction
    total: int
    unpaid: tuple[Entry, ...] = ()
    missing: tuple[str, ...] = ()


class Account:
    """A plan's rules over everything that belongs to one of its periods, in the order in which it is booked."""

    def __init__(
        self,
        plan: Plan,
        period: Period,
        *,
        names: Names,
        as_of: date,
        completion: Callable[[str, Period], Fraction | None],
    ) -> None:
        self._plan, self._names = plan, names
        self.missing: list[str] = []
        self._versions = plan.versions_in(period)
        self._runs: dict[date | None, list[Run]] = {}
        for version in self._versions:
            days = plan.days_of(version, period)
            assert days is not None
            at = Setting(version, period, days, as_of, completion, self.missing)
            self._runs[version.start] = [run_of(rule, place, at) for place, rule in enumerate(version.rules)]
        self._orders: dict[int, list[Fraction]] = {}
        self._period, self._as_of = period, as_of
        self._adjusted = NOTHING

    def book(self, entries: Iterable[Entry]) -> tuple[list[OwedLine], list[Entry]]:
        """The lines that these entries add, and the entries that no version is for."""
        ordered = sorted(entries, key=lambda entry: entry.place)
        gone = self._fully_refunded(ordered)
        by_version: defaultdict[date | None, list[Entry]] = defaultdict(list)
        unpaid = []
        for entry in ordered:
            version = self._plan.version_on(entry.earned_on)
            if version is None:
                unpaid.append(entry)
            else:
                by_version[version.start].append(entry)
        lines: list[OwedLine] = []
        earlier: list[Entry] = []
        for version in self._versions:
            own = by_version[version.start]
            for run in self._runs[version.start]:
                counted = _Counting(version, run.place, self._names, gone)
                before = total_of(counted(entry) or NOTHING for entry in earlier)
                mine = [(entry, base) for entry in own if (base := counted(entry)) is not None]
                lines += run.book(before, mine)
            earlier += own
        lines += self._limits()
        return lines, unpaid

    def _limits(self) -> list[OwedLine]:
        """What the plan's most and least change, salaries aside."""
        if not self._versions:
            return []
        last = self._versions[-1]
        runs = (run for runs in self._runs.values() for run in runs if not isinstance(run.rule.pay, Salary))
        paid = sum((run.paid for run in runs), NOTHING)
        due = paid
        if last.floor is not None and self._period.start <= self._as_of:
            due = max(due, Fraction(last.floor))
        if last.cap is not None:
            due = min(due, Fraction(last.cap))
        adjusted, before = due - paid, self._adjusted
        self._adjusted = adjusted
        if adjusted == before:
            return []
        kind: LineKind = "cap" if min(adjusted, before) < 0 else "floor"
        return [OwedLine(kind, adjusted - before, self._period.start, -1, last.start)]

    def _fully_refunded(self, ordered: Sequence[Entry]) -> frozenset[tuple[str, int]]:
        """The refunds with which an order is wholly gone: only they take its fixed amount back."""
        found = set()
        for entry in ordered:
            if entry.kind == "sale":
                self._orders[entry.id] = [entry.amount, NOTHING]
            elif entry.kind == "refund" and entry.sale in self._orders:
                order = self._orders[entry.sale]
                whole = order[0] + order[1] > 0
                order[1] += entry.amount
                if whole and order[0] + order[1] <= 0:
                    found.add((entry.kind, entry.id))
            elif entry.kind == "refund" and entry.whole:  # its order lies in an earlier period, which it leaves alone
                found.add((entry.kind, entry.id))
        return frozenset(found)


class _Counting:
    """What of an entry a rule counts: đồng, pieces or things; None where the rule isn't for it."""

    def __init__(self, version: Version, place: int, names: Names, gone: frozenset[tuple[str, int]]) -> None:
        rule = version.rules[place]
        self._rule, self._names, self._gone, self._version = rule, names, gone, version
        self._fixed = isinstance(rule.pay, Salary | OnDay)
        self._thing = rule.pay.thing if isinstance(rule.pay, PerThing | Bonus) else ""
        percent = isinstance(rule.pay, _PERCENT) or self._thing == "amount"
        self._units = self._thing == "unit" or (percent and version.base == "units" and self._thing != "amount")
        self._kinds = _CAME_IN if percent and version.base == "received" else _SOLD
        own = [one.only for one in version.rules if _has_own_rate(one)]
        before = sum(map(_has_own_rate, version.rules[:place]))
        general = percent and rule.only == Only()
        self._others: list[Only] = own[:before] if rule.instead else own if general else []

    def __call__(self, entry: Entry) -> Fraction | None:
        if self._fixed:
            return None
        if self._thing in ACTIVITIES:
            return Fraction(entry.count) if entry.kind == "activity" and entry.thing == self._thing else None
        if entry.kind not in self._kinds:
            return None
        parts = chosen_parts(self._rule.only, entry, self._names)
        if parts is None:
            return None
        if self._thing in ("order", "customer"):
            return self._orders(entry)
        taken = self._taken(entry) if self._others else frozenset()
        if self._units:
            return sum((part.units for n, part in enumerate(entry.parts) if part in parts and n not in taken), NOTHING)
        if not self._rule.only.products and not taken:
            return entry.amount
        if not self._rule.only.products:
            if len(taken) == len(entry.parts):
                return None
            return entry.amount - sum((entry.parts[n].amount for n in taken), NOTHING)
        kept = [part.amount for n, part in enumerate(entry.parts) if part in parts and n not in taken]
        return sum(kept, NOTHING) if kept else None

    def _orders(self, entry: Entry) -> Fraction | None:
        if self._thing == "customer" and not entry.new_customer:
            return None
        one = entry.share if self._thing == "order" else Fraction(1)
        if entry.kind != "refund":
            return one
        return -one if (entry.kind, entry.id) in self._gone else None

    def _taken(self, entry: Entry) -> frozenset[int]:
        """The places of the parts that rules with a rate of their own take."""
        found: set[int] = set()
        for only in self._others:
            parts = chosen_parts(only, entry, self._names)
            if parts:
                found.update(n for n, part in enumerate(entry.parts) if part in parts)
        return frozenset(found)


def _has_own_rate(rule: Rule) -> bool:
    return rule.instead and isinstance(rule.pay, _PERCENT)


def statement(
    plan: Plan,
    period: Period,
    entries: Iterable[Entry],
    *,
    names: Names,
    as_of: date,
    completion: Callable[[str, Period], Fraction | None] = lambda _metric, _period: None,
) -> Statement:
    """What `plan` owes for one of its periods.

    `entries` are all that count on days of the period up to `as_of`, and for every refund of an earlier period's sale
    among them everything that belongs to that earlier period. Entries booked after the period are passed over.
    """
    accounts: defaultdict[date, list[Entry]] = defaultdict(list)
    accounts[period.start] = []
    for entry in entries:
        if entry.day < period.end and entry.day <= as_of:
            accounts[plan.period_of(entry.earned_on).start].append(entry)
    lines: list[OwedLine] = []
    unpaid: list[Entry] = []
    missing: list[str] = []
    for start in sorted(accounts):
        earned_in = plan.period_of(start)
        account = Account(plan, earned_in, names=names, as_of=as_of, completion=completion)
        if start != period.start:
            account.book(entry for entry in accounts[start] if entry.day < period.start)
        now = [entry for entry in accounts[start] if entry.day >= period.start]
        if not now and start != period.start:
            continue
        added, without = account.book(now)
        lines += added
        unpaid += without
        missing += account.missing if start == period.start else []
    exact = total_of(line.amount for line in lines)
    total = _rounded_to(exact, plan.rounding)
    for line, whole in zip(lines, rounded_parts([line.amount for line in lines]), strict=True):
        line.whole = whole
    rest = total - rounded(exact)
    if rest:
        lines.append(OwedLine("rounding", total - exact, period.start, whole=rest))
    return Statement(plan, period, tuple(lines), exact, total, tuple(unpaid), tuple(dict.fromkeys(missing)))


def _rounded_to(amount: Fraction, step: int) -> int:
    return rounded(amount / step) * step
