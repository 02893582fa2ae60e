"""Statements of banks that nobody told the program of: headings made of ordinary words, anywhere in a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from builders.statements import Moved, running

if TYPE_CHECKING:
    from collections.abc import Sequence

Row = list[Any]

# Per column: in Vietnamese, in English.
_DAY = (("Ngày phát sinh giao dịch", "Trans. date"), ("Thời điểm", "Booking date"), ("Ngày GD", "Txn date"))
_TEXT = (("Mô tả giao dịch", "Transaction description"), ("Nội dung CK", "Narration"), ("Lý do", "Remarks"))
_OUT = (("Số tiền rút ra", "Withdrawal amount"), ("PS nợ", "Debits"), ("Tiền ra", "Money out"))
_INTO = (("Số tiền gửi vào", "Deposit amount"), ("PS có", "Credits"), ("Tiền vào", "Money in"))
_SIGNED = (("Số tiền GD", "Transaction amount"), ("Biến động số dư", "Change"))
_LEFT = (("Số dư TK", "Account balance"), ("Số dư còn lại", "Running balance"), ("Dư cuối", "Ledger balance"))
_CODE = (("Số chứng từ", "Document no."), ("Mã tra cứu", "Ref number"))


@dataclass(frozen=True)
class Made:
    """A file's rows and what is in them, in the order of the file."""

    rows: list[Row]
    moves: list[Moved]
    balance_column: int


@st.composite
def movements(draw: st.DrawFn) -> list[Moved]:
    sizes = draw(st.lists(st.integers(1, 90_000_000), min_size=4, max_size=10))
    signs = draw(st.lists(st.booleans(), min_size=len(sizes), max_size=len(sizes)))
    first = date(2026, 9, 1)
    moves = [
        Moved(first + timedelta(days=place), size if into else -size, f"giao dich so {place}", f"FT{place:05}")
        for place, (size, into) in enumerate(zip(sizes, signs, strict=True))
    ]
    return [*moves, Moved(first + timedelta(days=len(moves)), -12_345, "ra"), Moved(date(2026, 9, 20), 54_321, "vao")]


@st.composite
def unheard_of(draw: st.DrawFn) -> Made:
    """A statement in a layout of its own; its balances are right."""
    opening = draw(st.integers(0, 500_000_000))
    moves = running(draw(movements()), opening)
    told = draw(st.booleans())
    style = draw(st.sampled_from(("marks", "plain", "english", "both", "lines")))
    unit = draw(st.sampled_from(("", " (VND)", " VND")))
    signed, minus = draw(st.booleans()), draw(st.booleans())
    shown = draw(st.sampled_from((_plain, _commas, _dots)))

    def heading(names: Sequence[tuple[str, str]], unit: str = "") -> str:
        return _styled(draw(st.sampled_from(names)), style) + unit

    columns: list[tuple[str, str]] = [("day", heading(_DAY)), ("text", heading(_TEXT)), ("left", heading(_LEFT, unit))]
    if signed:
        columns.append(("signed", heading(_SIGNED, unit)))
    else:
        columns += [("out", heading(_OUT, unit)), ("into", heading(_INTO, unit))]
    if draw(st.booleans()):
        columns.append(("code", heading(_CODE)))
    columns = draw(st.permutations(columns))
    empty: Row = [""] * draw(st.integers(0, 3))
    listed = moves[::-1] if draw(st.booleans()) else moves

    def cell(name: str, one: Moved) -> str:
        if name == "day":
            return f"{one.day:%d/%m/%Y}" + (" 08:30:00" if minus else "")
        if name == "out":
            return shown(one.amount if minus else -one.amount) if one.amount < 0 else ""
        if name == "into":
            return shown(one.amount) if one.amount > 0 else ""
        return {"text": one.text, "code": one.reference, "left": shown(one.balance), "signed": shown(one.amount)}[name]

    rows: list[Row] = [[*empty, "Ngân hàng Một Hai Ba"], [*empty, "Số tài khoản:", "9988776655"]]
    rows += [[*empty, "Số dư đầu kỳ:", shown(opening)]] if told else []
    rows += [[], [*empty, *(name for _, name in columns)]]
    rows += [[*empty, *(cell(name, one) for name, _ in columns)] for one in listed]
    rows += [[*empty, "Tổng cộng"], [], [*empty, "Người lập bảng", "", "Kiểm soát"]]
    place = len(empty) + [name for name, _ in columns].index("left")
    return Made(rows, listed, place)


def _styled(names: tuple[str, str], style: str) -> str:
    from toolkit.core.text import strip_marks

    vietnamese, english = names
    return {
        "marks": vietnamese,
        "plain": strip_marks(vietnamese).upper(),
        "english": english,
        "both": f"{vietnamese} / {english}",
        "lines": f"{vietnamese}\n{english}",
    }[style]


def _plain(amount: int) -> str:
    return str(amount)


def _commas(amount: int) -> str:
    return f"{amount:,}"


def _dots(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")
