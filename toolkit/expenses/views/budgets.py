"""Budgets: a line in a receipt, the table of a month. Facts and what is left; no verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.expenses.budgets import TOTAL
from toolkit.expenses.model import Kind
from toolkit.expenses.views.figures import WIDE, Bar, Capital, Percent, month_words
from toolkit.expenses.views.words import Amount, at_most, category_words, parent_words
from toolkit.shell.blocks import Column, Heading, Line, Note, Table, Words, said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date
    from fractions import Fraction

    from toolkit.expenses.budgets import Status
    from toolkit.expenses.categories import Category
    from toolkit.expenses.service.budgeting import BudgetChange, Budgets
    from toolkit.shell.blocks import Block, Cell
    from toolkit.shell.messages import Messages

_BAR, _NARROW_BAR = 16, 8
_ROOMY = 90  # columns


def scope_words(scope: str, categories: Mapping[str, Category]) -> Cell:
    """What a budget is for, in the member's words."""
    if scope == TOTAL:
        return Words("expenses.scope_total")
    return category_words(scope, categories) if scope in categories else parent_words(scope)


def scope_labels(categories: Mapping[str, Category], messages: Messages) -> dict[str, str]:
    """The member's word for everything that may have a budget, by id: all expenses, the parents, the categories."""
    expenses = [one for one in categories.values() if one.kind is Kind.EXPENSE]
    scopes = [TOTAL, *dict.fromkeys(one.parent for one in expenses), *(one.id for one in expenses)]
    return {scope: said(scope_words(scope, categories), messages) for scope in scopes}


def receipt_line(status: Status, today: date, categories: Mapping[str, Category]) -> Words:
    """`Ăn ngoài tháng này: 1.250.000 / 3.000.000đ, còn 1.750.000đ cho 12 ngày`: one line, for a receipt."""
    here = today in status.month
    return Words(
        "expenses.budget_line",
        scope=Capital(scope_words(status.scope, categories)),
        month=Words("expenses.this_month") if here else month_words(status.month.start),
        spent=Amount(status.spent),
        limit=Amount(status.available),
        rest=_rest(status),
    )


def statuses(width: int | None, *, plain: bool = False) -> Callable[[Budgets], Iterator[Block]]:
    """The budgets of a month for a screen of `width` columns; `plain`: without bars."""

    def view(found: Budgets) -> Iterator[Block]:
        month = month_words(found.month.start)
        yield Heading(Words("expenses.budget_title", month=month))
        if found.statuses and found.today in found.month:
            yield Line(_how_far(found))
        yield table(found.statuses, found.categories, width, plain=plain)
        if found.statuses and not plain and found.today in found.month:
            yield Note(Words("expenses.budget_legend"))

    return view


def table(
    found: tuple[Status, ...], categories: Mapping[str, Category], width: int | None, *, plain: bool = False
) -> Table:
    """One row a budget; on a narrow screen what is left and a bar."""
    wide = width is None or width >= WIDE
    chosen = ["scope", *(("spent", "limit") if wide else ()), "left", "used" if plain else "bar"]
    if width is None or width >= _ROOMY:
        chosen.append("per_day")
    columns = [
        Column(Words(f"expenses.column_{code}"), "left" if code in ("scope", "bar") else "right") for code in chosen
    ]
    rows = []
    for one in found:
        cells: dict[str, Cell] = {
            "scope": Capital(scope_words(one.scope, categories)),
            "spent": Amount(one.spent),
            "limit": Amount(one.available),
            "left": Amount(one.left),
            "used": Percent(one.used),
            "bar": Bar(one.used, _BAR if wide else _NARROW_BAR, _mark(one)),
            "per_day": at_most(one.per_day) if one.per_day is not None else None,
        }
        rows.append([cells[code] for code in chosen])
    return Table(columns, rows, empty=Words("expenses.no_budgets"))


def spreadsheet(found: Budgets) -> Iterator[Block]:
    """The same with plain numbers, for --csv."""
    codes = ("scope", "month", "limit", "carried", "spent", "left")
    rows: list[list[Cell]] = [
        [
            Capital(scope_words(one.scope, found.categories)), f"{one.month.start:%Y-%m}", one.limit, one.carried,
            one.spent, one.left,
        ]
        for one in found.statuses
    ]  # fmt: skip
    yield Table([Column(Words(f"expenses.column_{code}")) for code in codes], rows)


def statuses_json(found: Budgets) -> dict[str, Any]:
    return {
        "month": f"{found.month.start:%Y-%m}",
        "today": found.today.isoformat(),
        "working_days": found.working,
        "budgets": [status_json(one) for one in found.statuses],
    }


def status_json(status: Status) -> dict[str, Any]:
    """Where one budget stands; the keys are a promise. Shares are parts of 1."""
    return {
        "scope": status.scope,
        "month": f"{status.month.start:%Y-%m}",
        "standing": status.standing,
        "limit": status.limit,
        "carried": status.carried,
        "available": status.available,
        "spent": status.spent,
        "left": status.left,
        "used": round(float(status.used), 4),
        "passed": round(float(status.passed), 4),
        "days_left": float(status.days_left),
        "per_day": status.per_day,
        "rollover": status.rollover,
        "state": status.state,
    }


def changed(change: BudgetChange) -> Iterator[Block]:
    """What was decided, where it stands, and the way back."""
    rule, before = change.rule, change.before
    scope = Capital(scope_words(rule.scope, change.categories))
    month = month_words(rule.month)
    if rule.amount is None:
        code = "expenses.budget_removed" if rule.standing else "expenses.budget_removed_once"
        yield Line(Words(code, scope=scope, month=month))
    else:
        code = "expenses.budget_set" if rule.standing else "expenses.budget_set_once"
        yield Line(Words(code, scope=scope, month=month, amount=Amount(rule.amount)))
    if before is not None and before.amount not in (None, rule.amount):
        yield Line(Words("expenses.budget_before", amount=Amount(before.amount or 0)))
    if rule.amount is not None and rule.rollover != "none":
        yield Line(Words(f"expenses.budget_rollover_{rule.rollover}"))
    if change.status is not None and change.today in change.status.month:
        yield Line(receipt_line(change.status, change.today, change.categories))
    yield Note(Words("expenses.budget_undo" if change.run is not None else "expenses.budget_as_before"))


def changed_json(change: BudgetChange) -> dict[str, Any]:
    rule, before = change.rule, change.before
    return {
        "scope": rule.scope,
        "month": f"{rule.month:%Y-%m}",
        "standing": rule.standing,
        "amount": rule.amount,
        "rollover": rule.rollover,
        "before": before.amount if before else None,
        "run": change.run,
        "status": status_json(change.status) if change.status else None,
    }


def _rest(status: Status) -> Words:
    if status.left < 0:
        return Words("expenses.budget_beyond", amount=Amount(-status.left))
    if status.left == 0:
        return Words("expenses.budget_used_up")
    if status.days_left <= 0:
        return Words("expenses.budget_left", amount=Amount(status.left))
    return Words("expenses.budget_left_for", amount=Amount(status.left), n=int(status.days_left))


def _how_far(found: Budgets) -> Words:
    one = found.statuses[0]
    code = "expenses.budget_working_days_left" if found.working else "expenses.budget_days_left"
    return Words(code, passed=Percent(one.passed), left=_days(one.days_left))


def _days(days: Fraction) -> str:
    whole, rest = divmod(days, 1)
    return f"{whole},5" if rest else str(whole)


def _mark(status: Status) -> Fraction | None:
    return status.passed if 0 < status.passed < 1 else None
