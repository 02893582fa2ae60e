"""Budgets: how much of a category, of a parent or of everything is meant to be spent in a month, and where that stands.

A budget is the member's own number. It warns nobody and forbids nothing: it says what is left and for how many days,
and lowering it is as easy as raising it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from toolkit.core.dates.periods import Period, month_of, shifted
from toolkit.core.readings import Reading, none, several
from toolkit.core.text import search_key
from toolkit.expenses.categories import LEAVES
from toolkit.expenses.model import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from toolkit.core.readings import Readings
    from toolkit.core.workdays import WorkCalendar
    from toolkit.expenses.categories import Category
    from toolkit.expenses.model import Entry

TOTAL: Final = "total"
"""The scope of a budget for all expenses together."""
LONGEST_CHAIN: Final = 240  # months that what is left can be handed on
_LONGEST_LABEL: Final = 100  # characters of what is typed for one

Rollover = Literal["none", "left", "both"]
"""What a month hands on to the next: nothing; what is left; what is left, or what was spent beyond it."""
State = Literal["within", "ahead", "over"]
"""Where spending stands: no further than the days of the month; further than these, with something left; beyond it."""

Spending: TypeAlias = "Mapping[tuple[date, str], int]"
"""Đồng spent by month (its first day) and category."""


@dataclass(frozen=True)
class Rule:
    """One decision of the member. `month` is its first day; a `standing` rule holds from then on, another one for that
    month alone. `amount` is in đồng; None: there is no budget."""

    scope: str
    month: date
    amount: int | None
    standing: bool = True
    rollover: Rollover = "none"


class Limits:
    """The member's rules, and which of them holds when: the month's own one, else the newest standing one."""

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        """Later rules replace earlier ones of the same scope, month and standing."""
        self._own: dict[tuple[str, date], Rule] = {}
        self._standing: dict[str, dict[date, Rule]] = {}
        for rule in rules:
            if rule.standing:
                self._standing.setdefault(rule.scope, {})[rule.month] = rule
            else:
                self._own[rule.scope, rule.month] = rule

    def __bool__(self) -> bool:
        return bool(self._own or self._standing)

    def at(self, scope: str, month: date) -> Rule | None:
        """The rule with an amount that holds for a scope in a month (its first day)."""
        rule = self._own.get((scope, month)) or self.standing_at(scope, month)
        return rule if rule and rule.amount is not None else None

    def standing_at(self, scope: str, day: date) -> Rule | None:
        """The newest standing rule of a scope on a day, whether it has an amount or takes the budget away."""
        began = max((start for start in self._standing.get(scope, ()) if start <= day), default=None)
        return self._standing[scope][began] if began else None

    def standing_after(self, scope: str, month: date) -> tuple[Rule, ...]:
        """The standing rules of a scope that begin after a month."""
        return tuple(rule for start, rule in self._standing.get(scope, {}).items() if start > month)

    def scopes(self, month: date) -> tuple[str, ...]:
        """The scopes that have a budget in a month, in the order in which they got their first rule."""
        known = dict.fromkeys([*self._standing, *(scope for scope, _ in self._own)])
        return tuple(scope for scope in known if self.at(scope, month))

    def first_month(self, scope: str) -> date | None:
        """The first month that any rule of a scope is about."""
        months = [*self._standing.get(scope, ()), *(month for one, month in self._own if one == scope)]
        return min(months, default=None)

    def since(self, month: date) -> date:
        """The first month whose spending is needed to say where the budgets of `month` stand."""
        handed_on = (
            self.first_month(scope)
            for scope in self.scopes(month)
            if (rule := self.at(scope, month)) and rule.rollover != "none"
        )
        oldest = shifted(month_of(month), -LONGEST_CHAIN).start
        return max(oldest, min((first for first in handed_on if first), default=month))


@dataclass(frozen=True)
class Status:
    """Where one budget stands. Amounts are in đồng. `carried` came from the month before. `passed` is the part of the
    month, of its days or working days, that is over, today included; `days_left` are the days after today."""

    scope: str
    month: Period
    limit: int
    carried: int
    spent: int
    passed: Fraction
    days_left: Fraction
    rollover: Rollover = "none"
    standing: bool = True

    @property
    def available(self) -> int:
        return self.limit + self.carried

    @property
    def left(self) -> int:
        """What isn't spent yet; below zero when more was spent."""
        return self.available - self.spent

    @property
    def used(self) -> Fraction:
        """The spent part of what is available; 1 where nothing is available and something was spent."""
        if self.available <= 0:
            return Fraction(bool(self.spent or self.available < 0))
        return Fraction(self.spent, self.available)

    @property
    def state(self) -> State:
        if self.left < 0:
            return "over"
        return "ahead" if self.used > self.passed else "within"

    @property
    def per_day(self) -> int | None:
        """What is left for each day that is left, rounded down; None where nothing or no day is left."""
        return int(self.left / self.days_left) if self.left > 0 and self.days_left > 0 else None


def spending(entries: Iterable[Entry]) -> Counter[tuple[date, str]]:
    """Expenses in đồng by month and category. Other currencies aren't converted and don't count; nor do debts."""
    sums: Counter[tuple[date, str]] = Counter()
    for entry in entries:
        if entry.kind is Kind.EXPENSE and entry.currency == "VND":
            sums[entry.day.replace(day=1), entry.category] += entry.amount
    return sums


def covers(scope: str, category: str, categories: Mapping[str, Category] = LEAVES) -> bool:
    """Whether an expense of `category` counts in the budget of `scope`."""
    known = categories.get(category)
    return scope in (TOTAL, category) or (known is not None and known.parent == scope)


def status(
    scope: str,
    month: Period,
    today: date,
    limits: Limits,
    spent: Spending,
    *,
    categories: Mapping[str, Category] = LEAVES,
    calendar: WorkCalendar | None = None,
) -> Status | None:
    """Where the budget of `scope` for `month` stands on `today`; None where it has none.

    The pace counts calendar days, or the working days of `calendar`. A month that is over has passed in whole; one that
    hasn't begun, not at all.
    """
    rule = limits.at(scope, month.start)
    if rule is None or rule.amount is None:
        return None
    passed, days_left = _pace(month, today, calendar)
    sums = _by_month(scope, spent, categories)
    carried = _carried(scope, month.start, limits, sums)
    return Status(
        scope, month, rule.amount, carried, sums[month.start], passed, days_left, rule.rollover, rule.standing
    )


def statuses(
    month: Period,
    today: date,
    limits: Limits,
    spent: Spending,
    *,
    categories: Mapping[str, Category] = LEAVES,
    calendar: WorkCalendar | None = None,
) -> tuple[Status, ...]:
    """Every budget of `month`: the one for everything first, then as the categories stand."""
    order = {scope: place for place, scope in enumerate(_in_order(categories))}
    scopes = sorted(limits.scopes(month.start), key=lambda scope: (order.get(scope, len(order)), scope))
    found = (status(scope, month, today, limits, spent, categories=categories, calendar=calendar) for scope in scopes)
    return tuple(one for one in found if one)


def note_for(
    category: str,
    day: date,
    today: date,
    limits: Limits,
    spent: Spending,
    *,
    categories: Mapping[str, Category] = LEAVES,
) -> Status | None:
    """What a receipt may add about an expense of `category` on `day`: where its own budget stands, else its parent's,
    else the one for everything; None where there is none."""
    known = categories.get(category)
    scopes = (category, known.parent if known else "", TOTAL)
    month = month_of(day)
    scope = next((scope for scope in scopes if scope and limits.at(scope, month.start)), None)
    return status(scope, month, today, limits, spent, categories=categories) if scope else None


def limit_over(limits: Limits, period: Period) -> Callable[[str], int | None]:
    """The sum of a scope's monthly budgets over whole months; None for other stretches and where a month has none."""
    months = whole_months(period)

    def limit(scope: str) -> int | None:
        amounts = [rule.amount for month in months if (rule := limits.at(scope, month)) and rule.amount is not None]
        return sum(amounts) if months and len(amounts) == len(months) else None

    return limit


def whole_months(period: Period) -> tuple[date, ...]:
    """The first days of the months that `period` is made of; none if it begins or ends within a month."""
    if period.start.day != 1 or period.end.day != 1:
        return ()
    months = []
    month = month_of(period.start)
    while month.start < period.end:
        months.append(month.start)
        month = shifted(month, 1)
    return tuple(months)


def _in_order(categories: Mapping[str, Category]) -> Iterable[str]:
    yield TOTAL
    parents: set[str] = set()
    for category in categories.values():
        if category.parent not in parents:
            parents.add(category.parent)
            yield category.parent
        yield category.id


def _by_month(scope: str, spent: Spending, categories: Mapping[str, Category]) -> Counter[date]:
    sums: Counter[date] = Counter()
    for (month, category), amount in spent.items():
        if covers(scope, category, categories):
            sums[month] += amount
    return sums


def _carried(scope: str, month: date, limits: Limits, spent: Mapping[date, int]) -> int:
    """What the months before hand on to `month`."""
    rule, first = limits.at(scope, month), limits.first_month(scope)
    if rule is None or rule.rollover == "none" or first is None:
        return 0
    handed_on = 0
    walked = max(month_of(first), shifted(month_of(month), -LONGEST_CHAIN), key=lambda one: one.start)
    while walked.start < month:
        rule, following = limits.at(scope, walked.start), shifted(walked, 1)
        after = limits.at(scope, following.start)
        if rule is None or rule.amount is None or after is None:
            handed_on = 0
        else:
            rest = rule.amount + handed_on - spent.get(walked.start, 0)
            handed_on = {"none": 0, "left": max(rest, 0), "both": rest}[after.rollover]
        walked = following
    return handed_on


def _pace(month: Period, today: date, calendar: WorkCalendar | None) -> tuple[Fraction, Fraction]:
    """The part of the month that is over once `today` is, and the days of the month after it."""
    after = min(max(today + timedelta(days=1), month.start), month.end)
    if calendar is None:
        total, left = Fraction(month.days), Fraction((month.end - after).days)
    else:
        total, left = calendar.working_days(month.start, month.end), calendar.working_days(after, month.end)
    return ((total - left) / total if total else Fraction(1)), left


def scope_named(text: str, labels: Mapping[str, str]) -> Readings[str]:
    """The scope that a member means by an id or a label, marks and capitals aside: `food`, `an-uong`, `Ăn uống`.

    `labels` gives the member's word for every scope by id, in the order in which they are shown. A part of a label
    between its commas will do, or some of its words where they fit one label only. Several readings where a word names
    a category and a wider parent alike. Never raises.
    """
    wanted = search_key(text[:_LONGEST_LABEL])
    if not wanted:
        return none("expenses.scope_unknown", value=text)
    ids = [scope for scope in labels if search_key(scope) == wanted]
    names = {scope: search_key(label) for scope, label in labels.items()}
    parts = {scope: [search_key(part) for part in label.split(",")] for scope, label in labels.items()}
    words = wanted.split()
    for found in (
        ids,
        [scope for scope, name in names.items() if name == wanted],
        [scope for scope, several_parts in parts.items() if wanted in several_parts],
        [scope for scope, name in names.items() if set(words) <= set(name.split())],
    ):
        if found:
            readings = [Reading(scope) for scope in dict.fromkeys(found)]
            return several("expenses.scope_ambiguous", readings, lambda scope: f"{scope} ({labels[scope]})")
    return none("expenses.scope_unknown", value=text)


def same_scope(scopes: Iterable[str], categories: Mapping[str, Category] = LEAVES) -> str | None:
    """The narrowest of scopes that hold the same categories: a parent with one child and that child; else None."""
    held = {scope: frozenset(one for one in categories if covers(scope, one, categories)) for scope in scopes}
    if len(set(held.values())) != 1:
        return None
    return next((scope for scope in held if scope in categories), next(iter(held)))
