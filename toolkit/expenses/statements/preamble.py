"""What stands around the table of a statement: whose account it is, and what was in it before and after."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from toolkit.core.text import clean, search_key
from toolkit.expenses.statements.amounts import AmountError, read_amount

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from toolkit.sheets.model import Cell, Row

_LONGEST: Final = 300
_NUMBER_LABELS: Final = ("so tai khoan", "tai khoan so", "so tk", "stk", "account no", "account number",
                         "tai khoan account no", "tai khoan", "account", "so vi", "so dien thoai",
                         "tk so", "acct no", "acc no", "a c no", "so tai khoan thanh toan")  # fmt: skip
_HOLDER_LABELS: Final = ("ten tai khoan", "chu tai khoan", "ten chu tai khoan", "ten khach hang", "khach hang",
                         "chu tk", "ten tk", "ten chu tk",
                         "chu vi", "ho va ten", "ho ten", "account name", "customer name",
                         "account holder")  # fmt: skip
_OPENING: Final = ("so du dau ky", "so du dau", "so du dau ngay", "so du ban dau", "du dau ky", "opening balance",
                   "beginning balance", "balance brought forward")  # fmt: skip
_CLOSING: Final = ("so du cuoi ky", "so du cuoi", "so du cuoi ngay", "du cuoi ky", "closing balance", "ending balance",
                   "balance carried forward")  # fmt: skip
_TOTALS: Final = ("tong cong", "tong", "cong", "total", "cong phat sinh", "tong phat sinh", "tong so", "doanh so")
_ACCOUNT_NUMBER = re.compile(r"(?<![0-9A-Za-z])([0-9](?:[0-9 .\-*xX]{4,22})[0-9])(?![0-9A-Za-z])")
_CURRENCIES = re.compile(r"\b(VND|USD|EUR|GBP|JPY|CNY|KRW|THB|SGD|AUD|CAD|TWD|HKD|MYR)\b")
_PERSON = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){1,6}")


@dataclass(frozen=True)
class Surroundings:
    """`number` in digits (masked ones with *), `holder` as written, balances in minor units of `currency`."""

    number: str = ""
    holder: str = ""
    currency: str = ""
    opening: int | None = None
    closing: int | None = None


def surroundings(above: Iterable[Row], below: Iterable[Row]) -> Surroundings:
    """What the rows above and below the table say. A label's value stands behind a colon or in the next cells."""
    above = list(above)
    rows = [*above, *below]
    labelled = [found for row in rows for found in _labelled(row)]
    currency = next((match[1] for row in above for cell in _own(row) if (match := _CURRENCIES.search(cell.text))), "")
    number = holder = ""
    opening = closing = None
    for label, value, cell in labelled:
        if not number and _is(label, _NUMBER_LABELS) and (match := _ACCOUNT_NUMBER.search(value)):
            number = re.sub(r"[ .\-]", "", match[1]).replace("x", "*").replace("X", "*")
        if not holder and _is(label, _HOLDER_LABELS) and (person := _PERSON.fullmatch(value.strip(" .:"))):
            holder = person[0]
        if opening is None and _is(label, _OPENING):
            opening = _amount(value, cell, currency)
        if closing is None and _is(label, _CLOSING):
            closing = _amount(value, cell, currency)
    return Surroundings(number, holder, currency, opening, closing)


def is_footer(texts: Sequence[str]) -> bool:
    """Whether a row without a day is a total, a balance, or whatever else closes a table."""
    keys = [search_key(text) for text in texts if text.strip()]
    return any(_is(key, (*_TOTALS, *_OPENING, *_CLOSING)) for key in keys[:3])


def opening_in(texts: Sequence[str]) -> bool:
    return any(_is(search_key(text), _OPENING) for text in texts[:3])


def _is(label: str, known: tuple[str, ...]) -> bool:
    """Whether a folded label is, or begins or ends with, one that is known: "so du dau ky opening balance"."""
    return any(label == one or label.startswith(f"{one} ") or label.endswith(f" {one}") for one in known)


def _labelled(row: Row) -> Iterable[tuple[str, str, Cell]]:
    """The labels of a row with their values."""
    cells = _own(row)
    for place, cell in enumerate(cells):
        text = clean(cell.text[:_LONGEST])
        label, colon, value = text.partition(":")
        if colon and value.strip():
            yield search_key(label), value.strip(), cell
        elif place + 1 < len(cells):
            following = cells[place + 1]
            yield search_key(label), clean(following.text[:_LONGEST]).lstrip(": "), following


def _own(row: Row) -> list[Cell]:
    return [cell for cell in row.cells if not cell.blank and not cell.covered]


def _amount(value: str, cell: Cell, currency: str) -> int | None:
    try:
        whole = cell.value if isinstance(cell.value, (int, float)) else None
        return read_amount(whole, value, currency or "VND")
    except AmountError:
        return None
