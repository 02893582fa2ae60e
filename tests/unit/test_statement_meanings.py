"""A statement of a layout that nobody told the program of is read if its balance proves every line, and only then."""

from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders.any_statement import Made, unheard_of
from builders.statements import write
from toolkit.core.errors import InputError
from toolkit.expenses.statements import UnknownStatementError, read_statement
from toolkit.expenses.statements.meanings import bank_named, meaning
from toolkit.expenses.statements.phrases import category_by_words
from toolkit.sheets.read import read_workbook

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from builders.statements import Row
    from toolkit.expenses.statements import Statement

TODAY = date(2026, 11, 30)
SLOW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read(path: Path, rows: Sequence[Row]) -> Statement:
    write(path, rows)
    return read_statement(read_workbook(path), today=TODAY)


def table(headings: Row, *rows: Row, above: Sequence[Row] = ()) -> list[Row]:
    return [["Ngân hàng Một Hai Ba"], ["Số tài khoản:", "9988776655"], *above, [], headings, *rows]


PROVEN: list[Row] = [
    ["01/09/2026", "an trua", "45,000", "", "955,000"],
    ["02/09/2026", "tien ve", "", "300,000", "1,255,000"],
    ["03/09/2026", "mua sach", "55,000", "", "1,200,000"],
]
STRANGE: Row = ["Thời điểm", "Lý do", "Số tiền rút ra", "Số tiền gửi vào", "Số dư TK"]


@SLOW
@given(made=unheard_of(), ending=st.sampled_from(("csv", "xlsx", "xls")))
def test_any_words_any_order_any_place_are_read_where_the_balance_proves_them(
    made: Made, ending: str, tmp_path: Path
) -> None:
    found = read(tmp_path / f"a.{ending}", made.rows)
    assert [(line.day, line.amount, line.description) for line in found.lines] == [
        (one.day, one.amount, one.text) for one in made.moves
    ]
    assert found.number == "9988776655"
    assert (found.problems, found.account) == ((), "")
    assert found.proven >= len(made.moves) - 1


@SLOW
@given(made=unheard_of(), data=st.data())
def test_no_line_of_such_a_file_is_read_wrongly_when_one_balance_is_wrong(
    made: Made, data: st.DataObject, tmp_path: Path
) -> None:
    rows = [row for row in made.rows if len(row) > made.balance_column and any("/2026" in str(cell) for cell in row)]
    row = data.draw(st.sampled_from(rows[1:-1]))
    row[made.balance_column] = "7"
    try:
        found = read(tmp_path / "a.csv", made.rows)
    except InputError:
        return
    # Headings that are well known are read in any case, and tell the line.
    assert any(line.unproven for line in found.lines)
    assert not any(note.code == "expenses.statement_by_meaning" for note in found.notes)


def test_what_was_read_by_meaning_is_told(tmp_path: Path) -> None:
    found = read(tmp_path / "a.csv", table(STRANGE, *PROVEN))
    (note,) = found.notes
    assert note.code == "expenses.statement_by_meaning"
    assert "“Số tiền rút ra”" in str(note.params["headings"])
    assert [line.amount for line in found.lines] == [-45_000, 300_000, -55_000]


def test_without_a_balance_strange_headings_are_asked_about(tmp_path: Path) -> None:
    with pytest.raises(UnknownStatementError):
        read(tmp_path / "a.csv", table(STRANGE[:4], *(row[:4] for row in PROVEN)))


def test_two_columns_the_wrong_way_round_are_refused(tmp_path: Path) -> None:
    turned = [*STRANGE[:2], STRANGE[3], STRANGE[2], STRANGE[4]]
    with pytest.raises(UnknownStatementError):
        read(tmp_path / "a.csv", table(turned, *PROVEN))


def test_a_line_that_cannot_be_read_leaves_the_whole_file_to_be_asked_about(tmp_path: Path) -> None:
    broken = [*PROVEN, ["04/09/2026", "?", "năm chục", "", "1,150,000"]]
    with pytest.raises(UnknownStatementError):
        read(tmp_path / "a.csv", table(STRANGE, *broken))


def test_one_line_alone_proves_nothing(tmp_path: Path) -> None:
    with pytest.raises(UnknownStatementError):
        read(tmp_path / "a.csv", table(STRANGE, PROVEN[0]))


def test_a_heading_of_two_rows_is_one_heading_though_no_cell_is_merged(tmp_path: Path) -> None:
    upper = ["Thời điểm", "Lý do", "Phát sinh trong kỳ (VND)", "", "Số dư TK"]
    found = read(tmp_path / "a.csv", table(upper, ["", "", "Rút ra", "Gửi vào", ""], *PROVEN))
    assert [line.amount for line in found.lines] == [-45_000, 300_000, -55_000]


def test_the_headings_again_in_another_language_are_no_line(tmp_path: Path) -> None:
    again = ["Booking date", "Narration", "Withdrawal", "Deposit", "Account balance"]
    found = read(tmp_path / "a.csv", table(STRANGE, again, *PROVEN))
    assert (len(found.lines), found.problems) == (3, ())


def test_two_columns_of_words_are_read_together(tmp_path: Path) -> None:
    headings = ["Ngày giờ", "Dịch vụ", "Lời nhắn", "Số tiền", "Số dư sau giao dịch"]
    rows: list[Row] = [
        ["01/09/2026", "GrabFood", "cơm tấm", "-45000", "955000"],
        ["02/09/2026", "Nhận tiền từ Lan", "tiền vé", "+300000", "1255000"],
        ["03/09/2026", "Quán Lan", "quán lan", "-55000", "1200000"],
    ]
    found = read(tmp_path / "a.csv", table(headings, *rows))
    assert [line.description for line in found.lines] == [
        "GrabFood - cơm tấm",
        "Nhận tiền từ Lan - tiền vé",
        "Quán Lan",
    ]


def test_a_row_that_says_it_failed_and_moved_nothing_is_left_out_and_counted(tmp_path: Path) -> None:
    rows = [*PROVEN[:2], ["02/09/2026", "mua giay - Thất bại", "90,000", "", "1,255,000"], PROVEN[2]]
    found = read(tmp_path / "a.csv", table(STRANGE, *rows))
    assert (len(found.lines), found.skipped, found.problems) == (3, 1, ())


def test_a_row_that_moved_nothing_without_saying_why_is_told(tmp_path: Path) -> None:
    rows = [*PROVEN[:2], ["02/09/2026", "mua giay", "90,000", "", "1,255,000"], PROVEN[2]]
    with pytest.raises(UnknownStatementError):
        read(tmp_path / "a.csv", table(STRANGE, *rows))


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Số tiền ghi nợ (VND)", "debit"),
        ("SO TIEN GHI CO", "credit"),
        ("Ngày giao dịch/\nTNX Date\nSố CT/ Doc No", "day"),
        ("Số dư TK/ Account balance", "balance"),
        ("STT / No.", "ignored"),
        ("Nợ / Có", "direction"),
        ("Số tiền / Amount (VND)", "amount"),
        ("Mô tả giao dịch/ Transaction description", "description"),
        ("Số giao dịch/ Transaction number", "reference"),
        ("Số dư và ghi chú", None),
        ("Người lập bảng", None),
        ("Ngày số dư", None),
        ("giao dịch", None),
        ("", None),
    ],
)
def test_a_heading_means_what_all_of_its_words_say(heading: str, field: str | None) -> None:
    assert meaning(heading) == field


@given(st.text(max_size=300))
def test_any_text_has_one_meaning_or_none(heading: str) -> None:
    assert meaning(heading) == meaning(heading.upper()) or meaning(heading) is None or "ß" in heading.casefold()


def test_a_hostile_heading_takes_no_time() -> None:
    begun = time.perf_counter()
    for word in ("so tien ", "giao dich ", "no co ", "/" * 9, "(" * 9):
        meaning(word * 3000)
    assert time.perf_counter() - begun < 1


@pytest.mark.parametrize(
    ("text", "account"),
    [
        ("NGÂN HÀNG TMCP CÔNG THƯƠNG VIỆT NAM", "vietinbank"),
        ("sao-ke-bidv-thang-9", "bidv"),
        ("Vietcombank", "vietcombank"),
        ("chuyển từ BIDV sang VietinBank", None),
        ("Vietcombank và BIDV và ACB", None),
        ("Ngân hàng Một Hai Ba", None),
    ],
)
def test_the_bank_is_the_one_that_is_named(text: str, account: str | None) -> None:
    found = bank_named(text)
    assert (found.account if found else None) == account


@pytest.mark.parametrize(
    ("text", "incoming", "category"),
    [
        ("THU PHI DICH VU SMS CHU DONG T10/2026", False, "finance"),
        ("Phi duy tri tai khoan", False, "finance"),
        ("phi dich vu chung cu thang 9", False, None),
        ("hoc phi the duc", False, None),
        ("CTY ABC CHI LUONG T4 2026", True, "salary"),
        ("CTY ABC tra luong thang 13", True, "bonus"),
        ("tra luong nhan vien", False, None),
        ("TRA LAI TIEN GUI KHONG KY HAN T05", True, "investment_income"),
        ("Lan tra lai tien gui xe", True, None),
        ("nhan lai tien coc", True, None),
        ("HASAKI.VN thanh toan don H1", False, "beauty"),
        ("cho vay mua hang shopee", False, None),
        ("an trua", False, None),
    ],
)
def test_the_words_of_banks_say_what_they_can_only_mean(text: str, incoming: bool, category: str | None) -> None:
    assert category_by_words(text, incoming=incoming) == category
