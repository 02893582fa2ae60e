"""What a stretch of time has cost and brought, grouped, beside the stretch before it.

Expenses and income are totals of their own. Debts are neither: what is lent comes back, what is borrowed goes.
Transfers between own accounts stay outside of every total. Each currency has a sheet of its own; nothing is converted.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal, get_args

from toolkit.core.dates.periods import Period, month_of, shifted, week_of
from toolkit.expenses.categories import LEAVES
from toolkit.expenses.ledger import person_key
from toolkit.expenses.model import DEBTS, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from toolkit.expenses.categories import Category
    from toolkit.expenses.model import Entry

Step = Literal["day", "week", "month"]
By = Literal["category", "parent", "person", "day", "week", "month", "account", "kind"]
GROUPINGS: Final[tuple[By, ...]] = get_args(By)
IN_TIME: Final = frozenset({"day", "week", "month"})
"""Groupings that are shown in their own order, not by size."""
HOME: Final = "VND"
BIGGEST: Final = 5
_DAY: Final = timedelta(days=1)
_UNKNOWN_PARENT: Final = "rest"  # of an entry whose category is no longer there


@dataclass(frozen=True)
class Totals:
    """Sums and numbers of entries by kind, in one currency. Every kind has an entry in both."""

    amounts: Mapping[Kind, int]
    counts: Mapping[Kind, int]

    @property
    def spent(self) -> int:
        return self.amounts[Kind.EXPENSE]

    @property
    def earned(self) -> int:
        return self.amounts[Kind.INCOME]

    @property
    def net(self) -> int:
        """Income less expenses; debts and transfers aren't in it."""
        return self.earned - self.spent

    @property
    def entries(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class Group:
    """Entries that belong together. `key` is a category, a parent, an account, a kind, a person as typed ("": nobody
    named), or an ISO day: itself, its week's Monday, its month's first. `before` is the same group's amount in the
    stretch compared with, `limit` the budget of a category or parent for this stretch, where there is one."""

    key: str
    amount: int
    count: int
    before: int = 0
    limit: int | None = None


@dataclass(frozen=True)
class DebtLine:
    """What went to and came from one person in the stretch, by kind."""

    person: str
    amounts: Mapping[Kind, int]


@dataclass(frozen=True)
class Sheet:
    """The report in one currency. `spent` and `earned` are the groups of expenses and income; grouped by kind, `spent`
    holds every kind and `earned` is empty. `course` is what was spent in each day, week or month of the stretch,
    without gaps: a line to look at. `per_day` is the average of the days that have passed, rounded down."""

    currency: str
    totals: Totals
    before: Totals
    spent: tuple[Group, ...]
    earned: tuple[Group, ...]
    debts: tuple[DebtLine, ...]
    course: tuple[tuple[date, int], ...]
    biggest: tuple[Entry, ...]
    per_day: int | None


@dataclass(frozen=True)
class Report:
    """`compared` is the stretch before, cut to the same number of days where `period` isn't over (`running`).
    `sheets` has đồng first, always, then the other currencies that occur. `step` is what one point of a course is."""

    period: Period
    compared: Period
    running: bool
    by: By
    step: Step
    sheets: tuple[Sheet, ...]
    unsure: int = 0

    @property
    def home(self) -> Sheet:
        return self.sheets[0]

    @property
    def is_empty(self) -> bool:
        return not any(sheet.totals.entries for sheet in self.sheets)


def compared_with(period: Period, today: date) -> tuple[Period, bool]:
    """The stretch before `period`, and whether it had to be cut because `period` isn't over yet.

    Half a month beside a whole one would always look good: day 18 of this month is held against the first 18 days of
    the last one.
    """
    before = shifted(period, -1)
    passed = (min(period.end, today + _DAY) - period.start).days
    if not 0 < passed < period.days:
        return before, False
    end = min(before.start + timedelta(days=passed), before.end)
    return replace(before, end=end), True


def make_report(
    entries: Iterable[Entry],
    period: Period,
    *,
    by: By,
    today: date,
    categories: Mapping[str, Category] = LEAVES,
    limits: Callable[[str], int | None] = lambda _: None,
) -> Report:
    """The report of `period`. `entries` may hold more than the period and the stretch before it; the rest is left out.

    `categories` are the shipped ones and the member's own; `limits` gives the budget, in đồng, of a category or parent
    for the whole of the period.
    """
    compared, running = compared_with(period, today)
    now: dict[str, list[Entry]] = {HOME: []}
    before: dict[str, list[Entry]] = {}
    unsure = 0
    for entry in entries:
        if period.start <= entry.day < period.end:
            now.setdefault(entry.currency, []).append(entry)
            unsure += entry.needs_confirm
        elif compared.start <= entry.day < compared.end:
            before.setdefault(entry.currency, []).append(entry)
    passed = max(0, min((today + _DAY - period.start).days, period.days))
    frame = _Frame(period, by, _step(period), _key(by, categories), passed)
    sheets = tuple(
        _sheet(currency, now[currency], before.get(currency, ()), frame)
        for currency in sorted(now, key=lambda name: (name != HOME, name))
    )
    if by in ("category", "parent"):
        home = replace(sheets[0], spent=tuple(replace(one, limit=limits(one.key)) for one in sheets[0].spent))
        sheets = (home, *sheets[1:])
    return Report(period, compared, running, by, frame.step, sheets, unsure)


def totals_of(entries: Iterable[Entry]) -> Totals:
    """Sums by kind of entries in one currency."""
    amounts: Counter[Kind] = Counter()
    counts: Counter[Kind] = Counter()
    for entry in entries:
        amounts[entry.kind] += entry.amount
        counts[entry.kind] += 1
    return Totals({kind: amounts[kind] for kind in Kind}, {kind: counts[kind] for kind in Kind})


def grouped(
    entries: Iterable[Entry],
    key: Callable[[Entry], str],
    before: Iterable[Entry] = (),
    *,
    same: Callable[[str], str] = str,
    in_time: bool = False,
) -> tuple[Group, ...]:
    """Entries of one currency by `key`: the biggest first, or in the order of the keys where they are days.

    Keys that `same` makes one are one group, under the key met last. A group that stood only before is there too, at
    zero: what is spent no more is worth seeing. Not so days, which have nothing to stand beside.
    """
    amounts: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    names: dict[str, str] = {}
    for entry in entries:
        written = key(entry)
        found = same(written)
        names[found] = written
        amounts[found] += entry.amount
        counts[found] += 1
    past: Counter[str] = Counter()
    if not in_time:
        for entry in before:
            written = key(entry)
            found = same(written)
            names.setdefault(found, written)
            past[found] += entry.amount
    groups = (Group(name, amounts[found], counts[found], past[found]) for found, name in names.items())
    if in_time:
        return tuple(sorted(groups, key=lambda group: group.key))
    return tuple(sorted(groups, key=lambda group: (-group.amount, -group.before, same(group.key))))


def _key(by: By, categories: Mapping[str, Category]) -> Callable[[Entry], str]:
    def parent(entry: Entry) -> str:
        known = categories.get(entry.category)
        return known.parent if known else _UNKNOWN_PARENT

    keys: dict[By, Callable[[Entry], str]] = {
        "category": lambda entry: entry.category,
        "parent": parent,
        "person": lambda entry: entry.person,
        "day": lambda entry: entry.day.isoformat(),
        "week": lambda entry: _begins(entry.day, "week").isoformat(),
        "month": lambda entry: _begins(entry.day, "month").isoformat(),
        "account": lambda entry: entry.account,
        "kind": lambda entry: entry.kind.value,
    }
    return keys[by]


def _begins(day: date, step: Step) -> date:
    if step == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if step == "month" else day


def _step(period: Period) -> Step:
    """How finely a course is drawn: about thirty points on a page, never more than some eighty."""
    return "day" if period.days <= 45 else "week" if period.days <= 200 else "month"


@dataclass(frozen=True)
class _Frame:
    """What the sheets of a report share. `passed`: how many of its days are over, today included."""

    period: Period
    by: By
    step: Step
    key: Callable[[Entry], str]
    passed: int


def _sheet(currency: str, now: Sequence[Entry], before: Sequence[Entry], frame: _Frame) -> Sheet:
    totals = totals_of(now)
    expenses = _of(Kind.EXPENSE, now)

    def of(kind: Kind) -> tuple[Group, ...]:
        return grouped(_of(kind, now), frame.key, _of(kind, before), same=same, in_time=frame.by in IN_TIME)

    same = person_key if frame.by == "person" else str
    by_kind = frame.by == "kind"
    return Sheet(
        currency,
        totals,
        totals_of(before),
        grouped(now, frame.key, before) if by_kind else of(Kind.EXPENSE),
        () if by_kind else of(Kind.INCOME),
        _debts(now),
        _course(expenses, frame.period, frame.step),
        tuple(sorted(expenses, key=lambda entry: (-entry.amount, entry.day, entry.id))[:BIGGEST]),
        totals.spent // frame.passed if frame.passed else None,
    )


def _of(kind: Kind, entries: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.kind is kind]


def _debts(entries: Iterable[Entry]) -> tuple[DebtLine, ...]:
    people: dict[str, Counter[Kind]] = {}
    names: dict[str, str] = {}
    for entry in entries:
        if entry.kind in DEBTS:
            names[person_key(entry.person)] = entry.person
            people.setdefault(person_key(entry.person), Counter())[entry.kind] += entry.amount
    kinds = [kind for kind in Kind if kind in DEBTS]
    lines = (DebtLine(names[key], {kind: people[key][kind] for kind in kinds}) for key in people)
    return tuple(sorted(lines, key=lambda line: (-sum(line.amounts.values()), person_key(line.person))))


def _course(spent: Iterable[Entry], period: Period, step: Step) -> tuple[tuple[date, int], ...]:
    points: dict[date, int] = {}
    day = period.start
    while day < period.end:
        points[_begins(day, step)] = 0
        day = {"day": day + _DAY, "week": week_of(day).end, "month": month_of(day).end}[step]
    for entry in spent:
        points[_begins(entry.day, step)] += entry.amount
    return tuple(points.items())
