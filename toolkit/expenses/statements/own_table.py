"""The program's own table of entries: written by `export --to csv|xlsx`, read back without losing anything."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from toolkit.core.money import MINOR_DIGITS
from toolkit.core.outcome import Problem
from toolkit.core.text import csv_safe, nfc, parse_int
from toolkit.expenses.categories import LEAVES, Category
from toolkit.expenses.model import Account, Doubt, Draft, Kind
from toolkit.sheets.heading import find_heading

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from toolkit.expenses.model import Entry
    from toolkit.sheets.heading import Heading
    from toolkit.sheets.model import Row, Sheet, Value, Workbook

# Field: its heading in Vietnamese and in English. They are part of the format: renaming one breaks older files.
HEADINGS: Final[Mapping[str, tuple[str, str]]] = {
    "id": ("Số", "No."),
    "day": ("Ngày", "Date"),
    "amount": ("Số tiền", "Amount"),
    "currency": ("Tiền tệ", "Currency"),
    "kind": ("Mã chiều", "Kind code"),
    "category": ("Mã loại", "Category code"),
    "category_label": ("Loại", "Category"),
    "category_parent": ("Mã nhóm", "Group code"),
    "account": ("Mã tài khoản", "Account code"),
    "account_label": ("Tài khoản", "Account"),
    "account_kind": ("Mã kiểu tài khoản", "Account kind code"),
    "counter": ("Mã tài khoản kia", "Other account code"),
    "counter_label": ("Tài khoản kia", "Other account"),
    "person": ("Người", "Person"),
    "note": ("Nội dung", "Note"),
    "sentence": ("Câu đã ghi", "Sentence"),
    "core": ("Phần để xếp loại", "Sorted by"),
    "needs_confirm": ("Cần xem lại", "To review"),
    "confidence": ("Độ chắc", "Confidence"),
    "doubts": ("Điều chưa rõ", "Doubts"),
    "made_at": ("Ghi lúc", "Made at"),
}
_NEEDED: Final = ("day", "amount", "currency", "kind", "category", "account", "counter", "note", "sentence", "made_at")


@dataclass(frozen=True)
class OwnRow:
    """An entry as the table has it: what is written, when it was first, and what its names mean."""

    draft: Draft
    made_at: datetime
    category: Category | None = None
    accounts: tuple[Account, ...] = ()

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes two entries the same one."""
        draft = self.draft
        return (*same(draft), self.made_at.isoformat())


def same(entry: Entry | Draft) -> tuple[Any, ...]:
    """The content of an entry, without its number and its run, as a file can hold it."""
    texts = (entry.person, entry.note, entry.sentence, entry.core)
    person, note, sentence, core = (nfc(text) if text.strip() else "" for text in texts)
    return (
        entry.day, entry.kind, entry.category, entry.amount, entry.currency, entry.account, entry.counter, person, note,
        sentence, core, entry.needs_confirm, entry.confidence,
    )  # fmt: skip


def headings(lang: str) -> list[str]:
    return [english if lang == "en" else vietnamese for vietnamese, english in HEADINGS.values()]


def row_of(
    entry: Entry,
    *,
    shown: Mapping[str, str],
    category: Category | None,
    account: Account | None,
    guarded: bool,
) -> list[Value]:
    """An entry as a row. `shown` are the words for its category and accounts; `guarded`: for csv, where a leading
    apostrophe marks a text that a spreadsheet could take for a formula."""
    digits = MINOR_DIGITS.get(entry.currency, 2)
    cells: dict[str, Value] = {
        "id": entry.id,
        "day": entry.day.isoformat(),
        "amount": _decimal(entry.amount, digits),
        "currency": entry.currency,
        "kind": entry.kind.value,
        "category": entry.category,
        "category_label": shown["category"],
        "category_parent": category.parent if category else "",
        "account": entry.account,
        "account_label": shown["account"],
        "account_kind": account.kind if account else "",
        "counter": entry.counter,
        "counter_label": shown["counter"],
        "person": entry.person,
        "note": entry.note,
        "sentence": entry.sentence,
        "core": entry.core,
        "needs_confirm": 1 if entry.needs_confirm else 0,
        "confidence": repr(float(entry.confidence)),
        "doubts": json.dumps([[doubt.code, dict(doubt.params)] for doubt in entry.doubts], ensure_ascii=False)
        if entry.doubts
        else "",
        "made_at": entry.made_at.isoformat(),
    }
    return [_guard(cells[name]) if guarded else cells[name] for name in HEADINGS]


def is_own_table(book: Workbook) -> bool:
    """Whether a file is a table of the program's own."""
    return _heading(book.sheets[0]) is not None


def read_own(book: Workbook) -> tuple[list[OwnRow], list[Problem]]:
    """The entries of a table of the program's own, and what can't be read, row by row."""
    sheet = book.sheets[0]
    heading = _heading(sheet)
    assert heading is not None
    rows: list[OwnRow] = []
    problems = list(book.problems)
    guarded = book.kind in ("csv", "tsv")
    for row in sheet.rows:
        if row.number <= heading.last_row:
            continue
        cells = {name: _text(row, column, guarded=guarded) for name, column in heading.columns.items()}
        try:
            rows.append(_own_row(cells))
        except _UnreadableError as error:
            place = book.place(sheet, row.number, heading.columns.get(error.field))
            problems.append(Problem("expenses.own_table_cell", place, value=cells.get(error.field, "")[:60]))
    return rows, problems


class _UnreadableError(ValueError):
    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def _heading(sheet: Sheet) -> Heading | None:
    if not sheet.rows:
        return None
    found = find_heading(sheet, {name: list(names) for name, names in HEADINGS.items()}, least=len(_NEEDED))
    if found is None or not set(_NEEDED) <= set(found.columns):
        return None
    return found


def _own_row(cells: Mapping[str, str]) -> OwnRow:
    kind = _one_of(cells, "kind", Kind)
    category = cells["category"]
    digits = MINOR_DIGITS.get(cells["currency"], 2)
    amount = _minor(cells["amount"], digits)
    if amount is None or amount <= 0:
        raise _UnreadableError("amount")
    if not category:
        raise _UnreadableError("category")
    draft = Draft(
        day=_parsed(cells, "day", lambda text: date.fromisoformat(text[:10])),
        kind=kind,
        category=category,
        amount=amount,
        currency=cells["currency"] or "VND",
        account=cells["account"],
        counter=cells["counter"],
        person=cells.get("person", ""),
        note=cells["note"],
        sentence=cells["sentence"],
        core=cells.get("core", ""),
        needs_confirm=cells.get("needs_confirm", "") == "1",
        confidence=_parsed(cells, "confidence", _confidence),
        doubts=_parsed(cells, "doubts", _doubts),
    )
    made_at = _parsed(cells, "made_at", datetime.fromisoformat)
    if made_at.tzinfo is None:
        raise _UnreadableError("made_at")
    own = None
    if category not in LEAVES:
        own = Category(category, cells.get("category_parent", "") or "rest", kind, cells.get("category_label", ""))
    return OwnRow(draft, made_at, own, tuple(_accounts(cells)))


def _accounts(cells: Mapping[str, str]) -> Iterable[Account]:
    if cells.get("account_label") and cells.get("account_kind") in ("cash", "bank", "wallet"):
        kind = cells["account_kind"]
        yield Account(cells["account"], cells["account_label"], kind, cells["currency"] or "VND")  # type: ignore[arg-type]
    if cells["counter"] and cells.get("counter_label"):
        yield Account(cells["counter"], cells["counter_label"], "bank", cells["currency"] or "VND")


def _parsed(cells: Mapping[str, str], field: str, read: Any) -> Any:
    try:
        return read(cells.get(field, ""))
    except (ValueError, TypeError, KeyError, IndexError, RecursionError) as error:
        raise _UnreadableError(field) from error


def _one_of(cells: Mapping[str, str], field: str, kinds: type[Kind]) -> Kind:
    try:
        return kinds(cells[field])
    except ValueError as error:
        raise _UnreadableError(field) from error


def _confidence(text: str) -> float:
    number = float(text) if text else 1.0
    if not 0 <= number <= 1:
        raise ValueError(text)
    return number


def _doubts(text: str) -> tuple[Doubt, ...]:
    if not text:
        return ()
    found: Sequence[Any] = json.loads(text)
    return tuple(Doubt(str(code), {str(name): value for name, value in dict(params).items()}) for code, params in found)


def _text(row: Row, column: int, *, guarded: bool) -> str:
    cell = row.at(column)
    if cell.value is None:
        return ""
    text = nfc(cell.value if isinstance(cell.value, str) else _plain(cell.value, cell.text))
    return _unguard(text) if guarded else text


def _plain(value: Value, text: str) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value) if isinstance(value, (int, float)) else text


def _decimal(amount: int, digits: int) -> Value:
    """đồng as a whole number; other currencies with their decimals, as a text that no program rounds."""
    if not digits:
        return amount
    whole, part = divmod(amount, 10**digits)
    return f"{whole}.{part:0{digits}}"


def _minor(text: str, digits: int) -> int | None:
    """`_decimal` read back; spreadsheets may have dropped the last zeros."""
    whole, point, part = text.partition(".")
    if not digits and (not point or not part.strip("0")):
        return parse_int(whole)
    if len(part) > digits:
        return None
    units, minor = parse_int(whole), parse_int(part.ljust(digits, "0")) if digits else 0
    return units * 10**digits + minor if units is not None and minor is not None else None


def _guard(value: Value) -> Value:
    """A text that begins with the guard's own apostrophe gets one more, so that taking it off is exact."""
    return f"'{value}" if isinstance(value, str) and value.startswith("'") else value


def _unguard(text: str) -> str:
    if text.startswith("'") and (text[1:].startswith("'") or csv_safe(text[1:]) != text[1:]):
        return text[1:]
    return text


def key_of(entry: Entry) -> tuple[Any, ...]:
    """The same as `OwnRow.key`, of an entry of the book."""
    return (*same(entry), entry.made_at.isoformat())
