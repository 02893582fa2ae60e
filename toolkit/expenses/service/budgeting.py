"""Budgets: setting, taking away, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from toolkit.core.dates.periods import month_of
from toolkit.core.errors import ConflictError
from toolkit.core.outcome import Outcome, Problem
from toolkit.expenses.book import Filter
from toolkit.expenses.book.plans import forget_rule, write_rule
from toolkit.expenses.budgets import Limits, Rule, note_for, spending, status, statuses
from toolkit.expenses.categories import LEAVES
from toolkit.expenses.model import Kind

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Mapping
    from datetime import date

    from toolkit.core.dates import Clock
    from toolkit.core.dates.periods import Period
    from toolkit.core.workdays import WorkCalendar
    from toolkit.expenses.book import ExpenseBook, Recording
    from toolkit.expenses.budgets import Rollover, Status
    from toolkit.expenses.categories import Category
    from toolkit.expenses.model import Entry


@dataclass(frozen=True)
class Budgets:
    """Where the budgets of a month stand. `working`: the pace counts working days."""

    month: Period
    today: date
    statuses: tuple[Status, ...]
    categories: Mapping[str, Category]
    working: bool = False


@dataclass(frozen=True)
class BudgetChange:
    """What was decided about a budget, what held before, and where it stands now. `run` is what `undo` takes; None
    where it was like that already."""

    rule: Rule
    before: Rule | None
    status: Status | None
    today: date
    run: int | None
    categories: Mapping[str, Category]


def categories_of(book: ExpenseBook) -> dict[str, Category]:
    """Every category by id: the shipped ones, and the member's own and renamed ones."""
    return {**LEAVES, **{category.id: category for category in book.categories()}}


def budget_status(
    book: ExpenseBook, clock: Clock, month: Period, calendar: WorkCalendar | None = None
) -> Outcome[Budgets]:
    """Where every budget of `month` stands today. Amounts in other currencies don't count, and are said in a note."""
    categories, limits, today = categories_of(book), book.limits(), clock.today()
    spent, foreign = _spent(book, limits.since(month.start), month.end)
    found = statuses(month, today, limits, spent, categories=categories, calendar=calendar)
    notes = [Problem("expenses.budget_foreign", params={"currencies": ", ".join(foreign)})] if foreign and found else []
    return Outcome(Budgets(month, today, found, categories, calendar is not None), notes=tuple(notes))


def set_budget(
    book: ExpenseBook,
    clock: Clock,
    scope: str,
    amount: int,
    month: Period,
    *,
    standing: bool = True,
    rollover: Rollover | None = None,
) -> Outcome[BudgetChange]:
    """Budget `amount` đồng for `scope`: from `month` on, or with `standing=False` for that month alone.

    `rollover` stays as it was where it isn't given. What was said before about that month and, for a standing one,
    about months after it, makes way.
    """
    limits = book.limits()
    before = limits.at(scope, month.start)
    kept: Rollover = before.rollover if before else "none"
    return _decide(book, clock, Rule(scope, month.start, amount, standing, rollover or kept), limits)


def remove_budget(
    book: ExpenseBook, clock: Clock, scope: str, month: Period, *, standing: bool = True
) -> Outcome[BudgetChange]:
    """No budget for `scope`: from `month` on, or in that month alone. ConflictError("expenses.budget_none") if there is
    none to take away."""
    limits = book.limits()
    if limits.at(scope, month.start) is None:
        raise ConflictError("expenses.budget_none", value=scope)
    return _decide(book, clock, Rule(scope, month.start, None, standing), limits)


def receipt_notes(book: ExpenseBook, entries: Iterable[Entry], today: date) -> tuple[Status, ...]:
    """Where the budgets stand that these entries count in, each once: what a receipt may add. Reads nothing where the
    member has no budget."""
    limits = book.limits()
    if not limits:
        return ()
    categories = categories_of(book)
    found: dict[tuple[str, date], Status] = {}
    sums: dict[date, Counter[tuple[date, str]]] = {}
    for entry in entries:
        if entry.kind is not Kind.EXPENSE or entry.currency != "VND":
            continue
        month = month_of(entry.day)
        if month.start not in sums:
            sums[month.start] = _spent(book, limits.since(month.start), month.end)[0]
        one = note_for(entry.category, entry.day, today, limits, sums[month.start], categories=categories)
        if one:
            found[one.scope, one.month.start] = one
    return tuple(found.values())


def _decide(book: ExpenseBook, clock: Clock, rule: Rule, limits: Limits) -> Outcome[BudgetChange]:
    before = limits.at(rule.scope, rule.month)
    with book.recording("budget", at=clock.now(), note=rule.scope) as recording:
        _write(recording, rule, limits)
        run = recording.number if recording.changes else None
    after = book.limits()
    month, today, categories = month_of(rule.month), clock.today(), categories_of(book)
    spent, _ = _spent(book, after.since(month.start), month.end)
    stands = status(rule.scope, month, today, after, spent, categories=categories)
    return Outcome(BudgetChange(rule, before, stands, today, run, categories))


def _said(rule: Rule) -> tuple[int | None, str, bool]:
    return rule.amount, rule.rollover, rule.standing


def _write(recording: Recording, rule: Rule, limits: Limits) -> None:
    if rule.standing:
        forget_rule(recording, replace(rule, standing=False))
        for later in limits.standing_after(rule.scope, rule.month):
            forget_rule(recording, later)
        earlier = limits.standing_at(rule.scope, rule.month - timedelta(days=1))
        if earlier is not None and _said(earlier) == _said(rule):
            forget_rule(recording, rule)  # what held before holds on
            return
        if rule.amount is None and earlier is None:
            forget_rule(recording, rule)
            return
    write_rule(recording, rule)


def _spent(book: ExpenseBook, since: date, until: date) -> tuple[Counter[tuple[date, str]], tuple[str, ...]]:
    """Đồng by month and category, and the other currencies that were spent too."""
    foreign: dict[str, None] = {}

    def watched(entries: Iterable[Entry]) -> Iterable[Entry]:
        for entry in entries:
            if entry.currency != "VND":
                foreign[entry.currency] = None
            yield entry

    sums = spending(watched(book.each(Filter(since, until, (Kind.EXPENSE,)))))
    return sums, tuple(sorted(foreign))
