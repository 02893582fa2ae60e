"""The report of a stretch of time, with the budgets and what is still expected in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from toolkit.core.outcome import Outcome, Problem
from toolkit.expenses.book import Filter
from toolkit.expenses.budgets import limit_over, spending, statuses, whole_months
from toolkit.expenses.recurring import RHYTHMS, expected_in
from toolkit.expenses.reports import compared_with, make_report
from toolkit.expenses.service.budgeting import categories_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from toolkit.core.dates import Clock
    from toolkit.core.dates.periods import Period
    from toolkit.expenses.book import ExpenseBook
    from toolkit.expenses.budgets import Status
    from toolkit.expenses.categories import Category
    from toolkit.expenses.model import Account, Entry
    from toolkit.expenses.recurring import Due
    from toolkit.expenses.reports import By, Report


@dataclass(frozen=True)
class Reported:
    """A report with what stands around it. `budgets` only for a single month. `waiting` is how much was typed whose
    amount isn't certain yet: it is in no total."""

    report: Report
    budgets: tuple[Status, ...]
    expected: tuple[Due, ...]
    waiting: int
    today: date
    categories: Mapping[str, Category]
    accounts: Mapping[str, Account]


def report(book: ExpenseBook, clock: Clock, period: Period, by: By) -> Outcome[Reported]:
    """What `period` has cost and brought, grouped `by`, beside the stretch before it."""
    today, categories, limits = clock.today(), categories_of(book), book.limits()
    compared, _ = compared_with(period, today)
    entries = list(book.each(Filter(compared.start, period.end)))
    made = make_report(entries, period, by=by, today=today, categories=categories, limits=limit_over(limits, period))
    budgets: tuple[Status, ...] = ()
    if len(whole_months(period)) == 1 and limits.scopes(period.start):
        since = limits.since(period.start)
        months = entries if since >= compared.start else book.each(Filter(since, period.end))
        budgets = statuses(period, today, limits, spending(months), categories=categories)
    waiting = len(book.waiting()) if period.start <= today < period.end else 0
    counts = (("expenses.report_unsure", made.unsure), ("expenses.report_waiting", waiting))
    notes = tuple(Problem(code, params={"n": n}) for code, n in counts if n)
    expected = _expected(book, entries, period, today)
    return Outcome(Reported(made, budgets, expected, waiting, today, categories, book.accounts()), notes=notes)


def _expected(book: ExpenseBook, entries: list[Entry], period: Period, today: date) -> tuple[Due, ...]:
    """What is accepted and still to come. A bill that was paid early stands some way before the period."""
    accepted = book.recurring()
    if not accepted or period.end <= today:
        return ()
    reach = timedelta(days=max(RHYTHMS[one.every].days for one in accepted))
    start = max(period.start, today) - reach
    near = entries if not entries or entries[0].day <= start else book.each(Filter(start))
    return expected_in(accepted, near, period, today)
