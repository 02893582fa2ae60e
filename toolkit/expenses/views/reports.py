"""A report in the terminal, for a spreadsheet, for a program."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from toolkit.expenses.model import DEBTS, Kind
from toolkit.expenses.reports import HOME, IN_TIME
from toolkit.expenses.views import budgets as budget_views
from toolkit.expenses.views.entries import entry_json
from toolkit.expenses.views.figures import WIDE, Bar, Capital, Percent, group_in_time, period_words, share
from toolkit.expenses.views.words import Amount, about, account_words, category_words, parent_words
from toolkit.shell.blocks import Column, Heading, Line, Pairs, Table, When, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from toolkit.expenses.recurring import Due
    from toolkit.expenses.reports import Group, Report, Sheet
    from toolkit.expenses.service.reporting import Reported
    from toolkit.shell.blocks import Block, Cell

_BAR: Final = 16
_NARROW_BAR: Final = 8
_DEBTS: Final = tuple(kind for kind in Kind if kind in DEBTS)


def report(width: int | None, *, plain: bool = False) -> Callable[[Reported], Iterator[Block]]:
    """The report for a screen of `width` columns; `plain`: without bars."""

    def view(found: Reported) -> Iterator[Block]:
        made = found.report
        yield Heading(Capital(title(made)))
        if made.is_empty:
            yield Line(Words("expenses.report_empty"))
        for sheet in made.sheets:
            if sheet.currency == HOME and not sheet.totals.entries and len(made.sheets) > 1:
                continue
            if sheet.currency != HOME:
                yield Heading(Words("expenses.report_in", currency=sheet.currency))
            if sheet.totals.entries or sheet.before.entries:
                yield from _sheet(found, sheet, width, plain=plain)
        if found.budgets:
            yield Heading(Words("expenses.report_budgets"))
            yield budget_views.table(found.budgets, found.categories, width, plain=plain)
        if found.expected:
            yield Heading(Words("expenses.report_expected", total=_expected_total(found.expected)))
            yield _expected(found)

    return view


def title(made: Report) -> Words:
    """`tháng 11/2026, đến 18/11`."""
    if made.running:
        last = made.compared.days
        day = date.fromordinal(made.period.start.toordinal() + last - 1)
        return Words("expenses.report_title_running", period=period_words(made.period), day=f"{day:%d/%m}")
    return period_words(made.period)


def spreadsheet(found: Reported) -> Iterator[Block]:
    """Every group of every currency with plain numbers, for --csv."""
    codes = ("currency", "side", "group", "amount", "count", "before", "limit")
    rows: list[list[Cell]] = []
    for sheet in found.report.sheets:
        for side, groups in (("expense", sheet.spent), ("income", sheet.earned)):
            for one in groups:
                name = one.key if found.report.by in IN_TIME else group_words(one.key, found)
                kind = one.key if found.report.by == "kind" else side
                rows.append(
                    [sheet.currency, Words(f"expenses.kind_{kind}"), name, one.amount, one.count, one.before, one.limit]
                )
    yield Table([Column(Words(f"expenses.column_{code}")) for code in codes], rows)


def report_json(found: Reported) -> dict[str, Any]:
    """The report for a program; the keys are a promise. Periods are half-open, amounts in minor units."""
    made = found.report
    return {
        "period": {"start": made.period.start.isoformat(), "end": made.period.end.isoformat(), "running": made.running},
        "compared": {"start": made.compared.start.isoformat(), "end": made.compared.end.isoformat()},
        "by": made.by,
        "currencies": [_sheet_json(sheet, made) for sheet in made.sheets],
        "budgets": [budget_views.status_json(one) for one in found.budgets],
        "expected": [
            {
                "date": one.day.isoformat(),
                "name": one.recurring.name,
                "kind": one.recurring.what.kind.value,
                "category": one.recurring.what.category,
                "amount": one.recurring.amount,
                "currency": one.recurring.currency,
            }
            for one in found.expected
        ],
        "needs_confirm": made.unsure,
        "waiting": found.waiting,
    }


def group_words(key: str, found: Reported) -> Cell:
    """What a group is called."""
    by = found.report.by
    if by in IN_TIME:
        return group_in_time(by, date.fromisoformat(key), found.today.year)
    if by == "kind":
        return Words(f"expenses.kind_{key}")
    if by == "person":
        return key or Words("expenses.nobody_named")
    if by == "account":
        return account_words(key, found.accounts)
    return Capital(parent_words(key) if by == "parent" else category_words(key, found.categories))


def change_words(now: int, before: int, currency: str) -> Cell:
    """How much more or less than before, and in hundredths: `+1.200.000đ (+17 %)`."""
    if not before:
        return None
    return Words(
        "expenses.change",
        amount=Amount(now - before, currency, signed=True),
        part=Percent(share(now - before, before), signed=True),
    )


def debt_rows(sheet: Sheet) -> tuple[list[Kind], list[list[Cell]]]:
    """The kinds of debts that occur, and a row a person with the amounts of these."""
    kinds = [kind for kind in _DEBTS if sheet.totals.amounts[kind]]
    rows: list[list[Cell]] = [
        [
            line.person or Words("expenses.nobody_named"),
            *(Amount(line.amounts[kind], sheet.currency) if line.amounts[kind] else None for kind in kinds),
        ]
        for line in sheet.debts
    ]
    return kinds, rows


def biggest_rows(sheet: Sheet, found: Reported) -> list[list[Cell]]:
    return [
        [
            When(entry.day, this_year=found.today.year),
            entry.note or category_words(entry.category, found.categories),
            Amount(entry.amount, sheet.currency),
        ]
        for entry in sheet.biggest
    ]


def expected_rows(found: Reported) -> list[list[Cell]]:
    return [
        [
            When(one.day, this_year=found.today.year), one.recurring.name,
            Amount(one.recurring.amount, one.recurring.currency),
        ]
        for one in found.expected
    ]  # fmt: skip


def figures(found: Reported, sheet: Sheet, *, brief: bool = False) -> Iterator[tuple[str, Cell, Cell]]:
    """The figures of a sheet: the code of their name, the value, a remark. What is zero is left out but expenses.

    `brief`: of what was before only the difference is told, and nothing that would need a sentence.
    """
    now, before = sheet.totals, sheet.before
    beside = _difference if brief else _beside
    yield "spent", Amount(now.spent, sheet.currency), beside(found, now.spent, before.spent, sheet.currency)
    if now.earned or before.earned:
        yield "earned", Amount(now.earned, sheet.currency), beside(found, now.earned, before.earned, sheet.currency)
        yield "net", Amount(now.net, sheet.currency, signed=True), None
    if sheet.per_day is not None and found.report.period.days > 1:
        of = None if brief else Words("expenses.per_day_of", n=_passed(found))
        yield "per_day", about(sheet.per_day, sheet.currency), of
    if moved := now.amounts[Kind.TRANSFER]:
        yield "moved", Amount(moved, sheet.currency), None if brief else Words("expenses.outside_totals")


def _difference(found: Reported, now: int, before: int, currency: str) -> Cell:
    del found
    return Amount(now - before, currency, signed=True) if before and now != before else None


def _beside(found: Reported, now: int, before: int, currency: str) -> Cell:
    if not before:
        return None
    code = "expenses.compared" if now != before else "expenses.compared_same"
    return Words(
        code,
        period=period_words(found.report.compared),
        before=Amount(before, currency),
        change=change_words(now, before, currency),
    )


def _passed(found: Reported) -> int:
    made = found.report
    return made.compared.days if made.running else made.period.days


def _sheet(found: Reported, sheet: Sheet, width: int | None, *, plain: bool) -> Iterator[Block]:
    narrow = width is not None and width < WIDE
    pairs: list[tuple[Cell, Cell]] = []
    for code, value, remark in figures(found, sheet, brief=narrow):
        told = Words("expenses.figure_with", value=value, remark=remark) if remark else value
        pairs.append((Words(f"expenses.figure_{code}"), told))
    yield Pairs(pairs)
    if narrow and (sheet.before.spent or sheet.before.earned):
        yield Line(Words("expenses.page_compared", period=period_words(found.report.compared)))
    if sheet.spent:
        yield _groups(found, sheet, sheet.spent, "spent", width, plain=plain)
    if sheet.earned:
        yield _groups(found, sheet, sheet.earned, "earned", width, plain=plain)
    if sheet.debts:
        kinds, rows = debt_rows(sheet)
        heads = [Column(Words("expenses.column_person"))]
        yield Table([*heads, *(Column(Words(f"expenses.kind_{kind.value}"), "right") for kind in kinds)], rows)
    if len(sheet.biggest) > 1 and found.report.by not in IN_TIME:
        codes = ("day", "biggest", "amount")
        columns = [Column(Words(f"expenses.column_{code}"), "right" if code == "amount" else "left") for code in codes]
        yield Table(columns, biggest_rows(sheet, found))


def _groups(
    found: Reported, sheet: Sheet, groups: Sequence[Group], side: str, width: int | None, *, plain: bool
) -> Table:
    """Groups with their amounts and bars; where there is room, what they were before and what their budget leaves."""
    in_time = found.report.by in IN_TIME
    wide = width is None or width >= WIDE
    total = sum(one.amount for one in groups)
    most = max((one.amount for one in groups), default=0)
    codes = ["amount"]
    if not in_time and (wide or plain):
        codes.append("share")
    if not plain:
        codes.append("bar")
    if wide and any(one.before for one in groups):
        codes.append("before")
    if wide and any(one.limit is not None for one in groups):
        codes.append("left")
    bar = _BAR if wide and len(codes) < 5 else _NARROW_BAR
    columns = [Column(Words(f"expenses.column_{side}_by_{found.report.by}"))]
    headings: dict[str, Cell] = {"bar": None, "left": Words("expenses.column_budget_left")}
    columns += [
        Column(headings.get(code, Words(f"expenses.column_{code}")), "left" if code == "bar" else "right")
        for code in codes
    ]
    rows = []
    for one in groups:
        cells: dict[str, Cell] = {
            "amount": Amount(one.amount, sheet.currency),
            "share": Percent(share(one.amount, total)),
            "bar": Bar(share(one.amount, most), bar),
            "before": Amount(one.before, sheet.currency),
            "left": Amount(one.limit - one.amount, sheet.currency) if one.limit is not None else None,
        }
        rows.append([group_words(one.key, found), *(cells[code] for code in codes)])
    return Table(columns, rows)


def _expected(found: Reported) -> Table:
    codes = ("day", "expected", "amount")
    columns = [Column(Words(f"expenses.column_{code}"), "right" if code == "amount" else "left") for code in codes]
    return Table(columns, expected_rows(found))


def _expected_total(expected: Sequence[Due]) -> Amount:
    """What is still to be paid, in đồng; what comes in and other currencies aren't in it."""
    paid = (Kind.EXPENSE, Kind.REPAY, Kind.LEND)
    return Amount(
        sum(
            one.recurring.amount
            for one in expected
            if one.recurring.currency == HOME and one.recurring.what.kind in paid
        )
    )


def _sheet_json(sheet: Sheet, made: Report) -> dict[str, Any]:
    return {
        "currency": sheet.currency,
        **{kind.value: sheet.totals.amounts[kind] for kind in Kind},
        "net": sheet.totals.net,
        "per_day": sheet.per_day,
        "entries": sheet.totals.entries,
        "before": {kind.value: sheet.before.amounts[kind] for kind in Kind},
        "groups": [
            {
                "key": one.key,
                "side": one.key if made.by == "kind" else side,
                "amount": one.amount,
                "count": one.count,
                "before": one.before,
                "limit": one.limit,
            }
            for side, groups in (("expense", sheet.spent), ("income", sheet.earned))
            for one in groups
        ],
        "debts": [
            {"person": line.person or None, **{kind.value: line.amounts[kind] for kind in _DEBTS}}
            for line in sheet.debts
        ],
        "course": [{"date": day.isoformat(), "amount": amount} for day, amount in sheet.course],
        "biggest": [entry_json(entry) for entry in sheet.biggest],
    }
