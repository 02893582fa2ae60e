"""Statements of every bank and wallet that is known, and of some that aren't, become lines that the balance proves."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.statements import BANKS, HOLDER, MOVES, Moved, day, running, vietcombank, vietcombank_plain, vpbank, write
from toolkit.core.errors import InputError
from toolkit.expenses.statements import OwnLayout, UnknownStatementError, known_layouts, read_statement
from toolkit.expenses.statements.finding import Ways
from toolkit.sheets.read import read_workbook

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from builders.statements import Row
    from toolkit.expenses.statements import Statement

TODAY = date(2026, 11, 30)


def read(path: Path, rows: Sequence[Row] = (), ways: Ways | None = None, own: Sequence[OwnLayout] = ()) -> Statement:
    if rows:
        write(path, rows)
    return read_statement(read_workbook(path), ways=ways, own=own, today=TODAY)


def codes(statement: Statement) -> list[str]:
    return [problem.code for problem in statement.problems]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "xls"])
@pytest.mark.parametrize("bank", BANKS)
def test_every_bank_is_known_by_its_file_whatever_the_file_is_called(bank: str, ending: str, tmp_path: Path) -> None:
    found = read(tmp_path / f"tai-ve.{ending}", BANKS[bank](MOVES, 1_000_000))
    assert found.account == bank
    assert sorted((line.day, line.amount) for line in found.lines) == sorted((one.day, one.amount) for one in MOVES)
    assert codes(found) == []
    assert not any(line.unproven for line in found.lines)
    assert found.proven >= len(MOVES) - 1


def test_what_stands_above_and_below_the_table_is_understood(tmp_path: Path) -> None:
    found = read(tmp_path / "a.xlsx", BANKS["techcombank"](MOVES, 1_000_000))
    assert (found.number, found.holder, found.opening) == ("19035551234567", HOLDER, 1_000_000)
    found = read(tmp_path / "b.csv", vietcombank_plain(MOVES, 1_000_000))
    assert (found.number, found.opening, found.closing) == ("0351000646393", 1_000_000, 8_582_345)
    assert codes(found) == []


def test_every_layout_that_is_shipped_makes_a_statement() -> None:
    for layout in known_layouts():
        fields = set(layout.columns.values())
        assert {"day", "description"} <= fields, layout.id
        assert {"debit", "credit"} <= fields or "amount" in fields, layout.id


def test_columns_in_another_order_say_the_same(tmp_path: Path) -> None:
    rows = BANKS["vpbank"](MOVES, 1_000_000)
    turned = [row[::-1] if len(row) == 7 else row for row in rows]
    one, other = read(tmp_path / "a.xlsx", rows), read(tmp_path / "b.xlsx", turned)
    assert [(line.day, line.amount, line.balance) for line in one.lines] == [
        (line.day, line.amount, line.balance) for line in other.lines
    ]


def test_a_line_that_the_balance_contradicts_is_told_with_its_row_and_marked(tmp_path: Path) -> None:
    rows = vpbank(MOVES, 1_000_000)
    rows[6][4] = "1,520,000"  # 1,250,000 with two digits swapped
    found = read(tmp_path / "a.xlsx", rows)
    (problem,) = found.problems
    assert problem.code == "expenses.statement_balance_off"
    assert problem.place.row == 7
    assert dict(problem.params) == {"found": "-1.520.000đ", "expected": "-1.250.000đ"}
    assert [line.unproven for line in found.lines].count(True) == 1


def test_columns_that_never_fit_the_balance_are_refused_as_a_whole(tmp_path: Path) -> None:
    rows = vpbank(MOVES, 1_000_000)
    rows[3][4], rows[3][5] = "Ghi có", "Ghi nợ"
    with pytest.raises(InputError) as caught:
        read(tmp_path / "a.xlsx", rows)
    assert caught.value.problem.code == "expenses.statement_never_fits"


def test_totals_that_disagree_are_told_where_no_line_has_a_balance(tmp_path: Path) -> None:
    rows = vietcombank_plain(MOVES, 1_000_000)
    del rows[9]
    found = read(tmp_path / "a.csv", rows)
    assert codes(found) == ["expenses.statement_total_off"]


def test_cells_that_are_no_amount_or_no_day_are_told_and_the_other_lines_carry_on(tmp_path: Path) -> None:
    rows = vpbank(MOVES, 1_000_000)
    rows[5][4] = "năm chục"
    rows[8][0] = "hôm kia"
    rows[10][0] = rows[10][1] = ""
    rows[11][0] = "12/12/2026"
    found = read(tmp_path / "a.xlsx", rows)
    told = {(problem.code, problem.place.row, problem.place.column) for problem in found.problems}
    assert ("expenses.statement_amount", 6, 5) in told
    assert ("expenses.statement_day", 9, 1) in told
    assert ("expenses.statement_no_day", 11, 1) in told
    assert ("expenses.statement_day_ahead", 12, 1) in told
    assert len(found.lines) == len(MOVES) - 4


def test_days_written_month_first_are_never_read_day_first(tmp_path: Path) -> None:
    rows = vpbank(MOVES, 1_000_000)
    for row, one in zip(rows[4:], MOVES, strict=True):
        row[0] = row[1] = f"{one.day:%m/%d/%Y}"
    with pytest.raises(InputError) as caught:
        read(tmp_path / "a.xlsx", rows)
    assert caught.value.problem.code == "expenses.statement_day_order"
    found = read(tmp_path / "a.xlsx", ways=Ways(order="mdy"))
    assert [line.day for line in found.lines] == [one.day for one in MOVES]


def test_amounts_without_a_sign_get_the_one_that_the_balance_allows(tmp_path: Path) -> None:
    rows: list[Row] = [["Ngày", "Nội dung", "Số tiền", "Số dư"], ["", "Số dư đầu kỳ", "", "1.000.000"]]
    rows += [[f"{one.day:%d/%m/%Y}", one.text, f"{abs(one.amount)}", one.balance] for one in running(MOVES, 1_000_000)]
    found = read(tmp_path / "a.csv", rows)
    assert [line.amount for line in found.lines] == [one.amount for one in MOVES]
    bare = [row[:3] for row in rows]
    with pytest.raises(InputError) as caught:
        read(tmp_path / "b.csv", bare)
    assert caught.value.problem.code == "expenses.statement_no_direction"


def test_a_column_of_its_own_may_say_the_direction(tmp_path: Path) -> None:
    rows: list[Row] = [["Ngày giao dịch", "Diễn giải", "Số tiền", "Nợ/Có"]]
    rows += [[f"{one.day:%d/%m/%Y}", one.text, abs(one.amount), "Nợ" if one.amount < 0 else "Có"] for one in MOVES]
    rows[2][3] = "gì đó"
    found = read(tmp_path / "a.xlsx", rows)
    assert [line.amount for line in found.lines] == [one.amount for one in MOVES if one is not MOVES[1]]
    assert codes(found) == ["expenses.statement_direction"]


def test_transactions_that_did_not_succeed_are_left_out_and_counted(tmp_path: Path) -> None:
    moves = [*MOVES[:3], Moved(day(8), 0, "Thanh toán", status="Thất bại"), Moved(day(9), -5_000, "Trà đá")]
    rows = BANKS["momo"](moves, 20_000_000)
    rows[4][2] = "-99.000"
    found = read(tmp_path / "a.csv", rows)
    assert found.skipped == 1
    assert len(found.lines) == 4
    assert codes(found) == []


def test_wrapped_descriptions_repeated_headings_and_totals_make_no_lines(tmp_path: Path) -> None:
    rows = vpbank(MOVES, 1_000_000)
    rows.insert(8, ["", "", "", "tiếp theo của nội dung", "", "", ""])
    rows.insert(10, list(rows[3]))
    rows.append(["Tổng cộng", "", "", "", "9,999", "9,999", ""])
    found = read(tmp_path / "a.xlsx", rows)
    assert len(found.lines) == len(MOVES)
    assert found.lines[3].description.endswith("tiếp theo của nội dung")
    assert codes(found) == []


def test_fees_beside_an_amount_belong_to_the_line_where_the_balance_says_so(tmp_path: Path) -> None:
    moves = [*MOVES[:4], Moved(day(7), -200_000, "chuyen tien", "FT9", fee=3_300), *MOVES[5:]]
    found = read(tmp_path / "a.xlsx", BANKS["techcombank"](moves, 1_000_000))
    assert [line.fee for line in found.lines if line.fee] == [-3_300]
    assert codes(found) == []


def test_a_statement_of_a_bank_nobody_knows_is_understood_but_not_given_to_anyone(tmp_path: Path) -> None:
    rows: list[Row] = [["Ngân hàng Làng"], ["Ngày", "Nội dung", "Tiền ra", "Tiền vào"]]
    rows += [[f"{one.day:%d/%m/%Y}", one.text, max(-one.amount, 0), max(one.amount, 0)] for one in MOVES]
    found = read(tmp_path / "a.xlsx", rows)
    assert found.account == ""
    assert len(found.lines) == len(MOVES)


def test_headings_in_two_languages_and_with_units_are_understood(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["Date/Ngày giao dịch", "Description\nDiễn giải", "Tiền ra VND", "Money in/Tiền vào", "Balance / Số dư (VND)"]
    ]
    rows += [
        [f"{one.day:%d/%m/%Y}", one.text, max(-one.amount, 0), max(one.amount, 0), one.balance]
        for one in running(MOVES, 1_000_000)
    ]
    found = read(tmp_path / "a.xlsx", rows)
    assert [line.amount for line in found.lines] == [one.amount for one in MOVES]
    assert found.proven == len(MOVES) - 1


def test_a_table_spread_over_merged_columns_is_read(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    rows = BANKS["techcombank"](MOVES, 1_000_000)
    for number, row in enumerate(rows, 30):
        for place, value in enumerate(row):
            first = 2 + place * 3
            if value not in (None, ""):
                sheet.cell(number, first).value = value
            if len(row) > 3:
                sheet.merge_cells(start_row=number, start_column=first, end_row=number, end_column=first + 2)
    book.save(tmp_path / "a.xlsx")
    found = read(tmp_path / "a.xlsx")
    assert found.account == "techcombank"
    assert sorted(line.amount for line in found.lines) == sorted(one.amount for one in MOVES)
    assert found.proven == len(MOVES)


def test_headings_that_say_nothing_are_asked_about_with_samples(tmp_path: Path) -> None:
    rows: list[Row] = [["Hôm nào", "Chuyện gì", "Bao nhiêu", "Còn"]]
    rows += [[f"{one.day:%d/%m/%Y}", one.text, one.amount, one.balance] for one in running(MOVES, 1_000_000)]
    with pytest.raises(UnknownStatementError) as caught:
        read(tmp_path / "a.xlsx", rows)
    assert [column.heading for column in caught.value.columns] == ["Hôm nào", "Chuyện gì", "Bao nhiêu", "Còn"]
    assert caught.value.columns[0].samples[0] == "01/11/2026"
    told = Ways({"Hôm nào": "day", "Chuyện gì": "description", "Bao nhiêu": "amount", "Còn": "balance"})
    assert len(read(tmp_path / "a.xlsx", ways=told).lines) == len(MOVES)
    kept = OwnLayout("làng", dict(told.columns), "lang")
    assert read(tmp_path / "a.xlsx", own=[kept]).layout == "làng"


def test_a_dollar_account_counts_cents(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["Vietcombank", "", "Loại tiền:", "USD"],
        ["Ngày giao dịch", "Mô tả", "Số tiền ghi nợ", "Số tiền ghi có"],
        ["03/11/2026", "PAYONEER", "", "1,234.50"],
        ["04/11/2026", "FEE", "1.10", ""],
        ["05/11/2026", "FEE", "1.105", ""],
    ]
    found = read(tmp_path / "a.xlsx", rows)
    assert [(line.amount, line.currency) for line in found.lines] == [
        (123_450, "USD"),
        (-110, "USD"),
        (-110_500, "USD"),
    ]


def test_the_sheet_can_be_chosen(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "Bìa"  # type: ignore[union-attr]
    book.active["A1"] = "Kính gửi quý khách"  # type: ignore[index]
    second = book.create_sheet("Tháng 11")
    for row in vpbank(MOVES, 1_000_000):
        second.append(row)
    book.save(tmp_path / "a.xlsx")
    assert len(read(tmp_path / "a.xlsx").lines) == len(MOVES)
    assert len(read(tmp_path / "a.xlsx", ways=Ways(sheet="tháng 11")).lines) == len(MOVES)
    third = book.create_sheet("Tháng 10")
    for row in vpbank(MOVES[:3], 500_000):
        third.append(row)
    book.save(tmp_path / "a.xlsx")
    assert [note.code for note in read(tmp_path / "a.xlsx").notes] == ["expenses.statement_other_sheets"]
    assert len(read(tmp_path / "a.xlsx", ways=Ways(sheet="Tháng 10")).lines) == 3
    with pytest.raises(InputError) as caught:
        read(tmp_path / "a.xlsx", ways=Ways(sheet="Tháng 12"))
    assert caught.value.problem.code == "expenses.statement_no_sheet"


MOVEMENTS = st.lists(
    st.builds(
        Moved,
        day=st.dates(date(2026, 10, 1), date(2026, 11, 29)),
        amount=st.integers(-90_000_000, 90_000_000).filter(bool),
        text=st.sampled_from(["GRAB", "an trua", "LUONG", "Tổng kết lớp", "số dư", "x" * 300, "mua 5.000 cái"]),
        reference=st.integers(0, 10**9).map(lambda number: f"FT{number}"),
    ),
    min_size=2,
    max_size=12,
)


@settings(max_examples=40)
@given(moves=MOVEMENTS, bank=st.sampled_from(sorted(BANKS)), opening=st.integers(0, 10**9))
def test_whatever_moved_is_read_back_exactly(
    moves: list[Moved], bank: str, opening: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("s") / "a.csv"
    found = read(path, BANKS[bank](sorted(moves, key=lambda one: one.day), opening))
    assert sorted((line.day, line.amount) for line in found.lines) == sorted((one.day, one.amount) for one in moves)
    assert not any(line.unproven for line in found.lines)


def test_vietcombank_prints_a_number_below_each_day(tmp_path: Path) -> None:
    found = read(tmp_path / "a.xls", vietcombank(MOVES, 1_000_000))
    assert [line.day for line in found.lines] == [one.day for one in MOVES]


CELLS = st.one_of(
    st.sampled_from([
        "Ngày", "Ngày giao dịch", "Nội dung", "Số tiền", "Ghi nợ", "Ghi có", "Số dư", "Trạng thái", "Nợ/Có", "Phí",
        "Số dư đầu kỳ", "Tổng cộng", "Vietcombank", "MoMo", "Số tài khoản:", "Loại tiền: USD", "",
    ]),
    st.sampled_from(["01/11/2026", "31/12/2026", "12/31/2026", "2026-11-01", "9/9/99", "hôm nay", "00/00/0000"]),
    st.sampled_from(["1.000", "-5", "1,5", "(9)", "1e9", "45k", "+7", "0", "9" * 30, "=1+1", "Thất bại", "Có", "Nợ"]),
    st.text(max_size=8),
)  # fmt: skip
HEADS = st.sampled_from([
    ["Ngày", "Nội dung", "Ghi nợ", "Ghi có", "Số dư"], ["Ngày", "Nội dung", "Số tiền", "Nợ/Có"],
    ["Ngày", "Nội dung", "Số tiền", "Số dư", "Trạng thái"], ["x"],
])  # fmt: skip


@settings(max_examples=120)
@given(head=HEADS, grid=st.lists(st.lists(CELLS, min_size=1, max_size=7), min_size=1, max_size=12))
def test_any_table_is_a_statement_or_refused_with_a_code(
    head: list[str], grid: list[list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("g") / "a.csv"
    code, found = "", None
    try:
        found = read(path, [head, *grid])
    except InputError as error:
        code = error.problem.code
    assert found is not None or code.startswith(("expenses.", "sheets."))
    for line in found.lines if found is not None else ():
        assert line.change
        assert line.day <= TODAY
