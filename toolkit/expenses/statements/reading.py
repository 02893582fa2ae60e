"""From the rows of a file to the lines of a statement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from toolkit.core.errors import InputError
from toolkit.core.money import format_money
from toolkit.core.outcome import Problem
from toolkit.core.text import nfc, search_key
from toolkit.expenses.statements.amounts import AmountError, read_amount
from toolkit.expenses.statements.days import DayError, read_day
from toolkit.expenses.statements.finding import UnknownStatementError, Ways, best
from toolkit.expenses.statements.layouts import GENERAL
from toolkit.expenses.statements.meanings import bank_named, failed, fit_by_meaning, more_words, repeats
from toolkit.expenses.statements.model import Line, Statement
from toolkit.expenses.statements.preamble import is_footer, opening_in, surroundings
from toolkit.expenses.statements.proof import Step, prove, signed_by_balance

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from toolkit.core.outcome import Place
    from toolkit.expenses.statements.layouts import Fit, OwnLayout
    from toolkit.expenses.statements.model import DateOrder
    from toolkit.expenses.statements.preamble import Surroundings
    from toolkit.expenses.statements.proof import Proof
    from toolkit.sheets.model import Cell, Row, Sheet, Workbook

_LONGEST: Final = 600  # characters of a description; longer ones are cut
_MONEY: Final = ("debit", "credit", "amount", "fee", "tax", "balance")
_DONE: Final = ("thanh cong", "hoan thanh", "hoan tat", "da xu ly", "success", "successful", "succeeded", "completed",
                "complete", "done", "posted", "da hach toan")  # fmt: skip
_IN: Final = ("co", "c", "cr", "credit", "vao", "thu", "nhan", "nhan tien", "tien vao", "in", "ghi co", "+", "cong")
_OUT: Final = ("no", "d", "dr", "debit", "ra", "chi", "gui", "chuyen tien", "thanh toan", "tien ra", "out", "ghi no",
               "-", "tru")  # fmt: skip
_RAGGED: Final = ("sheets.row_too_long", "sheets.row_too_short")


def read_statement(
    book: Workbook, *, own: Iterable[OwnLayout] = (), ways: Ways | None = None, today: date | None = None
) -> Statement:
    """The statement in a file.

    Raises UnknownStatementError where no heading row can be understood, InputError where the money columns can't be
    right as they are read: "expenses.statement_day_order", "expenses.statement_never_fits",
    "expenses.statement_no_direction", "expenses.statement_no_lines".
    """
    ways = ways or Ways()
    try:
        sheet, fit, others = best(book, own, ways)
    except UnknownStatementError:
        meant = _by_meaning(book, ways, today)
        if meant is None:
            raise
        return meant
    if fit.layout.id == GENERAL and "balance" not in fit.heading.columns:
        meant = _by_meaning(book, ways, today)
        if meant is not None:
            return meant
    fit = replace(fit, more=more_words(fit.heading)) if not ways.columns and fit.layout.source != "own" else fit
    reader = _Reader(book, sheet, fit, ways.order or fit.layout.order, today)
    found = reader.statement()
    if not others:
        return found
    note = Problem("expenses.statement_other_sheets", book.place(), {"sheet": sheet.name, "others": ", ".join(others)})
    return replace(found, notes=(*found.notes, note))


def _by_meaning(book: Workbook, ways: Ways, today: date | None) -> Statement | None:
    """The statement as its headings' words have it; None unless the running balance proves each of its lines.

    Where nothing says what was there at first, the line before which it would be is proven by its columns alone: the
    others have proven those.
    """
    if ways.columns:
        return None
    sheets = [one for one in book.sheets if (not ways.sheet or one.name == ways.sheet)]
    seen = [(sheet, fit) for sheet in sheets if sheet.visible and (fit := fit_by_meaning(sheet)) is not None]
    if len(seen) != 1:
        return None
    ((sheet, fit),) = seen
    try:
        found = _Reader(book, sheet, fit, ways.order or fit.layout.order, today).statement()
    except InputError:
        return None
    least = max(2, len(found.lines) - 1)
    if found.problems or found.proven < least or any(line.unproven for line in found.lines):
        return None
    names, shown = fit.heading.names, ("day", "description", "debit", "credit", "amount", "balance")
    said = ", ".join(f"“{names[fit.heading.columns[name]]}”" for name in shown if name in fit.heading.columns)
    note = Problem("expenses.statement_by_meaning", book.place(sheet, fit.heading.row), {"headings": said})
    return replace(found, notes=(*found.notes, note))


@dataclass
class _Raw:
    """A row of the table, its money not yet signed. One that can't be used keeps its place among the balances."""

    row: Row
    day: date | None
    texts: dict[str, str]
    money: dict[str, int]


class _Reader:
    """Reads one sheet through one layout."""

    def __init__(self, book: Workbook, sheet: Sheet, fit: Fit, order: DateOrder, today: date | None) -> None:
        self._book = book
        self._sheet = sheet
        self._fit = fit
        self._order = order
        self._today = today
        self._columns = dict(fit.heading.columns)
        self._names = {column: search_key(name) for column, name in fit.heading.names.items()}
        self._problems: list[Problem] = []
        self._notes: list[Problem] = []
        self._skipped = 0
        self._opening: int | None = None
        above = [row for row in sheet.rows if row.number < fit.heading.row]
        self._body = [row for row in sheet.rows if row.number > fit.heading.last_row]
        self._around: Surroundings = surroundings(above, self._body[-12:])
        self._currency = self._around.currency or "VND"

    def statement(self) -> Statement:
        raws = list(self._raws())
        if not any(raw.day for raw in raws) and not self._skipped:
            raise self._nothing()
        opening = self._around.opening if self._around.opening is not None else self._opening
        lines, proof = self._proven(raws, self._changes(raws, opening), opening)
        if proof.hopeless:
            raise InputError(
                "expenses.statement_never_fits",
                self._place(self._fit.heading.row),
                proven=proof.proven,
                checked=proof.checked,
            )
        if opening is None:
            opening = _before(lines, proof)
        around, layout = self._around, self._fit.layout
        if proof.checked == 0 and around.opening is not None and around.closing is not None:
            self._check_total(lines, around.opening, around.closing)
        who = layout if self._fit.certain else bank_named(self._said())
        return Statement(
            self._book.file, tuple(lines), layout.id,
            account=who.account if who else "", label=who.label if who else "", kind=who.kind if who else "bank",
            currency=self._currency, number=around.number, holder=around.holder, opening=opening,
            closing=around.closing, proven=proof.proven, skipped=self._skipped,
            problems=(*self._remarks(lines, proof), *self._problems), notes=(*self._book.notes, *self._notes),
        )  # fmt: skip

    def _said(self) -> str:
        """What stands above the table and in the names of file and sheet."""
        return f"{self._book.path.stem} {self._sheet.name} {' '.join(self._fit.heading.title)[:4000]}"

    # --- rows

    def _raws(self) -> Iterable[_Raw]:
        before: _Raw | None = None
        for row in self._body:
            texts = {name: self._text(row, name) for name in self._columns}
            texts["description"] = self._words(row, texts["description"])
            if self._is_heading(row):
                continue
            try:
                day = self._day(row)
            except DayError as error:
                told = repeats(row, self._columns) or is_footer([cell.text for cell in row.cells if not cell.covered])
                if not told:
                    self._not_a_day(row, error)
                    yield self._unused(row, texts)
                continue
            if day is None:
                if not repeats(row, self._columns) and self._without_day(row, texts, before):
                    yield self._unused(row, texts)
                continue
            before = self._raw(row, day, texts)
            yield before

    def _words(self, row: Row, first: str) -> str:
        """A description that stands in more than one column: the service, then what was said."""
        words = [first]
        for column in self._fit.more:
            text = "" if row.at(column).covered else row.at(column).text.strip()
            if text and search_key(text) not in search_key(" ".join(words)):
                words.append(text)
        return " - ".join(word for word in words if word)

    def _raw(self, row: Row, day: date, texts: dict[str, str]) -> _Raw:
        status = search_key(texts.get("status", ""))
        if status and not any(word in status for word in _DONE):
            self._skipped += 1
            return self._unused(row, texts)
        money: dict[str, int] = {}
        for name in _MONEY:
            if name not in self._columns:
                continue
            cell = self._cell(row, name)
            try:
                amount = read_amount(cell.value, cell.text, self._currency)
            except AmountError as error:
                self._problem(error.code, row, name, cell.text)
                return self._unused(row, texts)
            if amount is not None:
                money[name] = amount
        if self._today is not None and day > self._today:
            self._problem("expenses.statement_day_ahead", row, "day", self._text(row, "day"))
            return self._unused(row, texts)
        return _Raw(row, day, texts, money)

    def _unused(self, row: Row, texts: dict[str, str]) -> _Raw:
        """A row of the table that makes no line, with the balance that it leaves behind, if that can be read."""
        balance = self._quietly(self._cell(row, "balance")) if "balance" in self._columns else None
        return _Raw(row, None, texts, {} if balance is None else {"balance": balance})

    def _without_day(self, row: Row, texts: Mapping[str, str], before: _Raw | None) -> bool:
        """A row without a day: a balance, a total, the rest of a description; or else (True) one that lacks its day."""
        own = [cell.text for cell in row.cells if not cell.covered and not cell.blank]
        if opening_in(own) and self._opening is None:
            self._opening = next((one for one in map(self._quietly, row.cells) if one is not None), None)
            return False
        if is_footer(own):
            return False
        if self._has_money(row):
            self._problem("expenses.statement_no_day", row, "day", " ".join(own)[:60])
            return True
        if texts.get("description") and len(own) == 1 and before is not None:
            before.texts["description"] += f" {texts['description']}"  # a description that goes on in the next row
        return False

    def _quietly(self, cell: Cell) -> int | None:
        try:
            if cell.covered or (isinstance(cell.value, str) and not any(c.isdigit() for c in cell.text)):
                return None
            return read_amount(cell.value, cell.text, self._currency)
        except AmountError:
            return None

    def _is_heading(self, row: Row) -> bool:
        """The heading again, at the top of a printed page."""
        day = self._columns["day"]
        if search_key(row.at(day).text) != self._names.get(day):
            return False
        return sum(search_key(row.at(column).text) == name for column, name in self._names.items()) >= 3

    # --- money

    def _proven(
        self, raws: Sequence[_Raw], changes: Sequence[int | None], opening: int | None
    ) -> tuple[list[Line], Proof]:
        """The lines, compared with the balances. Fees beside an amount count where the balances say that they do."""
        fees = [-abs(raw.money.get("fee", 0)) - abs(raw.money.get("tax", 0)) for raw in raws]
        proof = prove(_steps(raws, changes, fees), opening)
        if proof.expected and any(fees):
            without = prove(_steps(raws, changes, [0] * len(fees)), opening)
            if without.proven > proof.proven:
                proof, fees = without, [0] * len(fees)
        lines = []
        for place, (raw, change, fee) in enumerate(zip(raws, changes, fees, strict=True)):
            if raw.day is None or change is None or not (change or fee):
                continue
            line = self._line(raw, raw.day, change, fee)
            if proof.expected.get(place) == 0 and failed(list(raw.texts.values())):
                self._skipped += 1  # it says that it failed, and the balance agrees
                continue
            if place in proof.expected:
                line = replace(line, unproven=True)
                if not proof.hopeless:
                    self._contradicted(line, proof.expected[place])
            lines.append(line)
        return lines, proof

    def _changes(self, raws: Sequence[_Raw], opening: int | None) -> list[int | None]:
        """What each row moved, with its sign; None for rows that can't be used."""
        if "amount" not in self._columns:
            return [self._two_columns(raw) if raw.day else None for raw in raws]
        if "direction" in self._columns:
            return [self._directed(raw) if raw.day else None for raw in raws]
        sizes = [raw.money.get("amount", 0) for raw in raws]
        if any(size < 0 for size in sizes) or self._says_plus(raws):
            return [size if raw.day else None for raw, size in zip(raws, sizes, strict=True)]
        balances = [raw.money.get("balance") for raw in raws]
        signed = signed_by_balance(sizes, balances, opening)
        told = [one for one in signed if one is not None]
        if not told:
            raise InputError("expenses.statement_no_direction", self._place(self._fit.heading.row))
        for raw, size, one in zip(raws, sizes, signed, strict=True):
            if one is None and size and raw.day:
                self._problem("expenses.statement_sign_unknown", raw.row, "amount", self._text(raw.row, "amount"))
        return signed

    def _says_plus(self, raws: Sequence[_Raw]) -> bool:
        """Whether this column writes signs at all, though all of its amounts came in."""
        return any(raw.texts.get("amount", "").strip().startswith("+") for raw in raws)

    def _two_columns(self, raw: _Raw) -> int | None:
        out, into = raw.money.get("debit", 0), raw.money.get("credit", 0)
        if out and into:
            self._problem("expenses.statement_both_columns", raw.row, "debit", self._text(raw.row, "debit"))
            return None
        # A correction stands as a negative amount in its own column; a debit printed with its minus is a debit.
        return into if not out else -abs(out)

    def _directed(self, raw: _Raw) -> int | None:
        size, said = raw.money.get("amount", 0), raw.texts.get("direction", "")
        key = search_key(said) or said.strip()
        if size < 0:
            return size
        if key in _IN:
            return size
        if key in _OUT:
            return -size
        self._problem("expenses.statement_direction", raw.row, "direction", said)
        return None

    def _line(self, raw: _Raw, day: date, change: int, fee: int) -> Line:
        texts = raw.texts
        return Line(
            day=day,
            amount=change,
            description=_one_line(texts.get("description", ""), _LONGEST),
            currency=self._currency,
            balance=raw.money.get("balance"),
            fee=fee,
            reference=_one_line(texts.get("reference", ""), 80),
            name=_one_line(texts.get("name", ""), 120),
            number="".join(texts.get("number", "").split())[:40],
            bank=_one_line(texts.get("bank", ""), 120),
            place=self._place(raw.row.number),
        )

    def _check_total(self, lines: Sequence[Line], opening: int, closing: int) -> None:
        change = sum(line.change for line in lines)
        if opening + change != closing:
            params = {
                "expected": format_money(closing - opening, self._currency),
                "found": format_money(change, self._currency),
            }
            self._problems.append(Problem("expenses.statement_total_off", self._place(), params))

    # --- cells

    def _cell(self, row: Row, name: str) -> Cell:
        cell = row.at(self._columns[name])
        if cell.covered and cell.merge is not None and cell.merge.first_row != row.number:
            return cell._replace(value=None, text="")  # the rest of a block that stands in a row above
        return cell

    def _text(self, row: Row, name: str) -> str:
        return self._cell(row, name).text.strip() if name in self._columns else ""

    def _has_money(self, row: Row) -> bool:
        """Whether digits stand in a column of money: a signature or a second heading has none."""
        return any(char.isdigit() for name in ("debit", "credit", "amount") for char in self._text(row, name))

    def _day(self, row: Row) -> date | None:
        for name in ("day", "booked"):
            if name in self._columns:
                cell = self._cell(row, name)
                found = read_day(cell.value, cell.text, self._order)
                if found is not None:
                    return found
        return None

    # --- what is wrong

    def _not_a_day(self, row: Row, error: DayError) -> None:
        if error.swapped:
            raise InputError(
                "expenses.statement_day_order",
                self._place(row.number, self._columns["day"]),
                value=self._text(row, "day"),
            ) from None
        if self._has_money(row):
            self._problem(error.code, row, "day", self._text(row, "day"))

    def _contradicted(self, line: Line, change: int) -> None:
        params = {
            "found": format_money(line.change, line.currency),
            "expected": format_money(change, line.currency),
        }
        place = replace(line.place, column=self._columns.get("balance"))
        self._problems.append(Problem("expenses.statement_balance_off", place, params))

    def _problem(self, code: str, row: Row, name: str, value: str) -> None:
        self._problems.append(Problem(code, self._place(row.number, self._columns.get(name)), value=value[:60]))

    def _place(self, row: int | None = None, column: int | None = None) -> Place:
        return self._book.place(self._sheet, row, column)

    def _remarks(self, lines: Sequence[Line], proof: Proof) -> list[Problem]:
        """What reading the file remarked upon; rows of another width only where they could have gone wrong.

        What stands around a table is narrower than it, and a line that the balances prove was read rightly.
        """
        if not proof.checked:
            return [one for one in self._book.problems if not self._ragged_around(one)]
        if all(one.code in (*_RAGGED, "sheets.more_alike") for one in self._book.problems):
            told = [one for one in self._book.problems if one.code in _RAGGED]
        else:
            told = list(self._book.problems)
        doubtful = {line.place.row for line in lines if line.unproven}
        doubtful |= {problem.place.row for problem in self._problems}
        return [one for one in told if one.code not in _RAGGED or one.place.row in doubtful]

    def _ragged_around(self, problem: Problem) -> bool:
        row = problem.place.row
        return problem.code in _RAGGED and row is not None and row <= self._fit.heading.last_row

    def _nothing(self) -> InputError:
        """No line could be read: for the first reason that stands in the way, if there is one."""
        if not self._problems:
            return InputError("expenses.statement_no_lines", self._place(self._fit.heading.row))
        first = self._problems[0]
        return InputError(first.code, first.place, value=first.value, **first.params)


def _before(lines: Sequence[Line], proof: Proof) -> int | None:
    """What there was before the earliest line, where its balance tells."""
    earliest = (lines[-1] if proof.newest_first else lines[0]) if lines else None
    if earliest is None or earliest.balance is None:
        return None
    return earliest.balance - earliest.change


def _one_line(text: str, longest: int) -> str:
    """A text as it is printed, but on one line."""
    return nfc(" ".join(text[: 4 * longest].split())[:longest])


def _steps(raws: Sequence[_Raw], changes: Sequence[int | None], fees: Sequence[int]) -> list[Step]:
    return [
        Step(None if raw.day is None or change is None else change + fee, raw.money.get("balance"))
        for raw, change, fee in zip(raws, changes, fees, strict=True)
    ]
