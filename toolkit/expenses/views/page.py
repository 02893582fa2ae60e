"""The report as the words and shares of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from toolkit.expenses.reports import HOME, IN_TIME
from toolkit.expenses.views import reports as views
from toolkit.expenses.views.budgets import scope_words
from toolkit.expenses.views.figures import Capital, Percent, group_in_time, period_words, share
from toolkit.expenses.views.words import Amount
from toolkit.pages.page import Bar, Bars, Block, Card, Column, Course, Grid, Page, Remark
from toolkit.shell.blocks import Line, Note, Words, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from toolkit.expenses.reports import Group, Sheet
    from toolkit.expenses.service.reporting import Reported
    from toolkit.shell.blocks import Block as ScreenBlock
    from toolkit.shell.blocks import Cell
    from toolkit.shell.messages import Messages

GENERATOR: Final = "toolkit expenses report"
"""Written into every page: a file that has it is ours to replace."""


def page(found: Reported, messages: Messages) -> Page:
    """The whole report in one language."""
    made = found.report
    teller = _Teller(found, messages)
    compared = teller.say(Words("expenses.page_compared", period=period_words(made.compared)))
    blocks = list(teller.blocks())
    return Page(
        messages.lang,
        teller.say(Words("expenses.page_title", period=views.title(made))),
        teller.say(Words("expenses.report_empty")) if made.is_empty else compared,
        teller.cards(made.home) if not made.is_empty else (),
        blocks,
        [
            teller.say(Words("expenses.page_made", day=f"{found.today:%d/%m/%Y}")),
            teller.say(Words("expenses.page_private")),
        ],
        GENERATOR,
    )


class _Teller:
    """Says the parts of one report in one language."""

    def __init__(self, found: Reported, messages: Messages) -> None:
        self._found = found
        self._messages = messages

    def say(self, cell: Cell) -> str:
        return said(cell, self._messages)

    def cards(self, sheet: Sheet) -> list[Card]:
        return [
            Card(self.say(Words(f"expenses.figure_{code}")), self.say(value), self.say(remark))
            for code, value, remark in views.figures(self._found, sheet)
        ]

    def blocks(self) -> Iterator[Block]:
        found = self._found
        for sheet in found.report.sheets:
            if sheet.totals.entries or sheet.before.entries:
                yield from self._sheet(sheet)
        if found.budgets:
            yield self._budgets()
        if found.expected:
            yield self._grid("expenses.page_expected", ("day", "expected", "amount"), views.expected_rows(found))
        for code, n in (("unsure", found.report.unsure), ("waiting", found.waiting)):
            if n:
                yield Remark(self.say(Words(f"expenses.report_{code}", n=n)))

    def _sheet(self, sheet: Sheet) -> Iterator[Block]:
        by = self._found.report.by
        if sheet.spent:
            yield self._groups(sheet, sheet.spent, "spent")
        if by not in IN_TIME and sum(amount > 0 for _, amount in sheet.course) > 1:
            yield self._course(sheet)
        if sheet.earned:
            yield self._groups(sheet, sheet.earned, "earned")
        if sheet.debts:
            kinds, rows = views.debt_rows(sheet)
            heads = [Words("expenses.column_person"), *(Words(f"expenses.kind_{kind.value}") for kind in kinds)]
            yield Grid(
                self._title(Words("expenses.page_debts"), sheet),
                [self.say(head) for head in heads],
                [[self.say(cell) for cell in row] for row in rows],
                frozenset(range(1, len(heads))),
            )
        if len(sheet.biggest) > 1:
            rows = views.biggest_rows(sheet, self._found)
            yield self._grid("expenses.page_biggest", ("day", "biggest", "amount"), rows, sheet)

    def _title(self, cell: Cell, sheet: Sheet) -> str:
        text = self.say(Capital(cell))
        return text if sheet.currency == HOME else f"{text} ({sheet.currency})"

    def _groups(self, sheet: Sheet, groups: Sequence[Group], side: str) -> Bars:
        in_time = self._found.report.by in IN_TIME
        total, most = sum(one.amount for one in groups), max(one.amount for one in groups)
        codes = ["amount"] if in_time else ["amount", "share"]
        if any(one.before for one in groups):
            codes.append("before")
        if any(one.limit is not None for one in groups):
            codes.append("budget_left")
        rows = []
        for one in groups:
            values: dict[str, Cell] = {
                "amount": Amount(one.amount, sheet.currency),
                "share": Percent(share(one.amount, total)),
                "before": Amount(one.before, sheet.currency),
                "budget_left": Amount(one.limit - one.amount) if one.limit is not None else "",
            }
            label = self.say(views.group_words(one.key, self._found))
            rows.append(Bar(label, float(share(one.amount, most)), [self.say(values[code]) for code in codes]))
        heading = Words(f"expenses.column_{side}_by_{self._found.report.by}")
        headings = [heading, *(Words(f"expenses.column_{code}") for code in codes)]
        return Bars(self._title(Words(f"expenses.page_{side}"), sheet), [self.say(head) for head in headings], rows)

    def _course(self, sheet: Sheet) -> Course:
        step, year = self._found.report.step, self._found.today.year
        most = max(amount for _, amount in sheet.course)
        day, amount = next(point for point in sheet.course if point[1] == most)
        columns = [
            Column(
                self.say(group_in_time(step, when, year)),
                self.say(Amount(value, sheet.currency)),
                float(share(value, most)),
            )
            for when, value in sheet.course
        ]
        highest = Words(
            "expenses.page_highest", when=group_in_time(step, day, year), amount=Amount(amount, sheet.currency)
        )
        return Course(
            self._title(Words(f"expenses.page_course_{step}"), sheet),
            self.say(Words("expenses.page_course", n=len(columns), highest=highest)),
            (self.say(Words("expenses.column_when")), self.say(Words("expenses.column_amount"))),
            columns,
            self.say(highest),
            self.say(Words("expenses.page_show_table")),
        )

    def _budgets(self) -> Bars:
        found = self._found
        rows = [
            Bar(
                self.say(Capital(scope_words(one.scope, found.categories))),
                min(float(one.used), 1.0),
                [self.say(Amount(one.spent)), self.say(Amount(one.available)), self.say(Amount(one.left))],
                float(one.passed) if 0 < one.passed < 1 else None,
            )
            for one in found.budgets
        ]
        headings = [Words(f"expenses.column_{code}") for code in ("scope", "spent", "limit", "left")]
        remark = self.say(Words("expenses.page_mark")) if any(row.mark is not None for row in rows) else ""
        return Bars(self.say(Words("expenses.report_budgets")), [self.say(head) for head in headings], rows, remark)

    def _grid(
        self, title: str, codes: Sequence[str], rows: Sequence[Sequence[Cell]], sheet: Sheet | None = None
    ) -> Grid:
        name = self.say(Words(title)) if sheet is None else self._title(Words(title), sheet)
        return Grid(
            name,
            [self.say(Words(f"expenses.column_{code}")) for code in codes],
            [[self.say(cell) for cell in row] for row in rows],
            frozenset({len(codes) - 1}),
            whole=codes[0] == "day",
        )


def written(done: Mapping[str, str]) -> Iterator[ScreenBlock]:
    """Where the page is, and who can see it."""
    yield Line(Words("expenses.page_written", path=done["file"]))
    yield Note(Words("expenses.page_private"))
