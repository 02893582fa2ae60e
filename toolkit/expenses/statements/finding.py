"""Which sheet of a file is a statement, and through which layout it is read; or what to ask where none fits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from toolkit.core.errors import InputError
from toolkit.core.text import search_key
from toolkit.expenses.statements.layouts import GENERAL, Fit, Layout, fits, general_words, readable, understood

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from toolkit.core.outcome import Place
    from toolkit.expenses.statements.layouts import OwnLayout
    from toolkit.expenses.statements.model import DateOrder, Field
    from toolkit.sheets.model import Row, Sheet, Workbook

_SHOWN: Final = 24
_SAMPLES: Final = 3


@dataclass(frozen=True)
class OpenColumn:
    """A column of an unknown statement: its heading and what some of its cells say."""

    heading: str
    samples: tuple[str, ...]


class UnknownStatementError(InputError):
    """A file whose columns can't be told. `columns` are those that could be asked about, `known` those understood."""

    def __init__(self, code: str, place: Place, columns: Sequence[OpenColumn], known: Mapping[str, str]) -> None:
        headings = ", ".join(column.heading for column in columns[:12]) or "—"
        super().__init__(code, place, headings=headings)
        self.columns = tuple(columns)
        self.known = dict(known)


@dataclass(frozen=True)
class Ways:
    """How the member wants a file to be read: what some headings hold, the order of days, which sheet."""

    columns: Mapping[str, Field] = field(default_factory=dict)
    order: DateOrder | None = None
    sheet: str = ""


def best(book: Workbook, own: Iterable[OwnLayout], ways: Ways) -> tuple[Sheet, Fit, list[str]]:
    """The sheet that is a statement, how it is seen, and the names of other sheets that are one too.

    Raises UnknownStatementError where no heading row can be understood, InputError("expenses.statement_no_sheet").
    """
    own = list(own)
    sheets = [one for one in book.sheets if one.visible or len(book.sheets) == 1]
    if ways.sheet:
        chosen = book.sheet(ways.sheet)
        if chosen is None:
            names = ", ".join(one.name for one in book.sheets)
            raise InputError("expenses.statement_no_sheet", book.place(), value=ways.sheet, sheets=names)
        sheets = [chosen]
    seen: list[tuple[Sheet, Fit]] = []
    for sheet in sheets:
        found = [_told(sheet, ways)] if ways.columns else fits(sheet, _names(book, sheet), own)
        seen += [(sheet, fit) for fit in found[:1] if fit is not None]
    if not seen:
        raise _unknown(book, sheets)
    sheet, fit = max(seen, key=lambda one: one[1].rank)
    return sheet, fit, [other.name for other, _ in seen if other is not sheet]


def _told(sheet: Sheet, ways: Ways) -> Fit | None:
    """The layout that the member says, completed by what other headings commonly mean."""
    mine = {search_key(heading): wanted for heading, wanted in ways.columns.items()}
    said = set(ways.columns.values())
    words = {
        name: [word for word in known if search_key(word) not in mine]
        for name, known in general_words().items()
        if name not in said
    }
    for heading, wanted in ways.columns.items():
        words.setdefault(wanted, []).append(heading)
    if "amount" in said:
        words.pop("debit", None)
        words.pop("credit", None)
    elif said & {"debit", "credit"}:
        words.pop("amount", None)
    found = understood(sheet, words, least=2)
    if found is None or not readable(found.columns) or not said <= set(found.columns):
        return None
    return Fit(Layout(GENERAL, {}), found, False, (float(len(found.columns)),))


def _names(book: Workbook, sheet: Sheet) -> str:
    """What stands above the table and in the names of file and sheet: where a bank is named."""
    above = " ".join(cell.text[:200] for row in sheet.rows[:40] for cell in row.cells[:30] if not cell.covered)
    return f"{book.path.stem} {sheet.name} {_before_table(sheet) or above[:200]}"


def _before_table(sheet: Sheet) -> str:
    heading = understood(sheet, general_words(), least=3)
    return " ".join(heading.title)[:4000] if heading is not None else ""


def _unknown(book: Workbook, sheets: Sequence[Sheet]) -> UnknownStatementError:
    sheet = max(sheets, key=lambda one: len(one.rows), default=book.sheets[0])
    heading = understood(sheet, general_words(), least=2)
    row = next((one for one in sheet.rows if heading and one.number == heading.row), None) or _fullest(sheet.rows)
    known = {name: heading.names[column] for name, column in heading.columns.items()} if heading else {}
    columns = []
    below = [one for one in sheet.rows if one.number > row.number][:40]
    for cell in row.cells:
        if cell.blank or cell.covered:
            continue
        texts = (one.at(cell.column).text for one in below if not one.at(cell.column).blank)
        samples = tuple(dict.fromkeys(" ".join(text.split())[:_SHOWN] for text in texts))[:_SAMPLES]
        columns.append(OpenColumn(" ".join(cell.text.split())[:80], samples))
    return UnknownStatementError("expenses.statement_unknown", book.place(sheet, row.number), columns, known)


def _fullest(rows: Sequence[Row]) -> Row:
    """The row that most likely holds the headings: the first of those with the most texts."""

    def texts(row: Row) -> int:
        return sum(isinstance(cell.value, str) and not cell.covered and not cell.blank for cell in row.cells)

    return max(rows[:40], key=texts)
