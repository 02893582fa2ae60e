"""Statements as banks and wallets export them: the same movements in any bank's layout, as csv, xlsx or xls."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

TODAY = "2026-11-30"
HOLDER = "NGUYEN THI MAI"

Row = list[Any]


@dataclass(frozen=True)
class Moved:
    """One movement of an account; `amount` below zero goes out. `balance` is filled in by `running`."""

    day: date
    amount: int
    text: str
    reference: str = ""
    name: str = ""
    number: str = ""
    bank: str = ""
    fee: int = 0
    balance: int = 0
    status: str = "Thành công"


def day(number: int, month: int = 11) -> date:
    return date(2026, month, number)


MOVES = (
    Moved(day(1), 15_000_000, "CONG TY ABC TRA LUONG THANG 10", "FT26305000001", "CONG TY TNHH ABC"),
    Moved(day(2), -85_000, "GRAB* A-7XK2 HCM", "FT26306000002"),
    Moved(day(3), -1_250_000, "THANH TOAN HOA DON DIEN EVN", "FT26307000003"),
    Moved(day(3), -45_000, "NGUYEN THI MAI chuyen tien an trua", "FT26307000004", "TRAN VAN NAM", "0123456789"),
    Moved(day(5), -2_000_000, "RUT TIEN ATM 970436", "FT26309000005"),
    Moved(day(6), 300_000, "TRAN VAN NAM tra no", "FT26310000006", "TRAN VAN NAM", "0123456789"),
    Moved(day(9), -350_000, "THANH TOAN QR SHOPEE", "FT26313000007"),
    Moved(day(12), -500_000, "NAP TIEN VI MOMO 0901234567", "FT26316000008"),
    Moved(day(20), -3_500_000, "tra tien nha thang 11-FT26324000009", "FT26324000009", "LE THI HOA", "9988776655"),
    Moved(day(28), 12_345, "LAI TIEN GUI KHONG KY HAN", "FT26332000010"),
)


def running(moves: Sequence[Moved], opening: int) -> list[Moved]:
    """The movements with the balance after each."""
    done = []
    for one in moves:
        opening += one.amount - one.fee
        done.append(replace(one, balance=opening))
    return done


def dotted(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def commas(amount: int) -> str:
    return f"{amount:,}"


def cents(amount: int) -> str:
    return f"{amount:,}.00"


def dmy(one: Moved) -> str:
    return f"{one.day:%d/%m/%Y}"


def moment(one: Moved) -> str:
    return f"{one.day:%d/%m/%Y} 09:1{one.day.day % 10}:30"


def vietcombank(moves: Sequence[Moved], opening: int, *, number: str = "0351000646393") -> list[Row]:
    rows: list[Row] = [
        ["NGÂN HÀNG TMCP NGOẠI THƯƠNG VIỆT NAM"],
        ["SAO KÊ TÀI KHOẢN"],
        ["Số tài khoản:", number, "", "Loại tiền:", "VND"],
        ["Tên tài khoản:", HOLDER],
        ["Từ ngày 01/11/2026 đến ngày 30/11/2026"],
        [],
        ["STT / No.", "Ngày / TNX Date / Số CT / Doc No", "Số tiền ghi nợ / Debit", "Số tiền ghi có / Credit",
         "Số dư / Balance", "Nội dung chi tiết / Transactions in detail"],
    ]  # fmt: skip
    for place, one in enumerate(running(moves, opening), 1):
        out, into = (commas(-one.amount), "") if one.amount < 0 else ("", commas(one.amount))
        rows.append([place, f"{dmy(one)}\n{one.reference[-9:]}", out, into, commas(one.balance), one.text])
    return [*rows, ["", "Tổng số", commas(-sum(m.amount for m in moves if m.amount < 0)),
                    commas(sum(m.amount for m in moves if m.amount > 0)), "", ""],
            ["Số dư cuối kỳ:", commas(running(moves, opening)[-1].balance)]]  # fmt: skip


def vietcombank_plain(moves: Sequence[Moved], opening: int, *, number: str = "0351000646393") -> list[Row]:
    """The web export without a balance column."""
    closing = running(moves, opening)[-1].balance
    rows: list[Row] = [
        ["Vietcombank"],
        [f"Số tài khoản: {number}"],
        [f"Số dư đầu kỳ: {commas(opening)} VND"],
        [f"Số dư cuối kỳ: {commas(closing)} VND"],
        ["STT", "Ngày giao dịch", "Số tham chiếu", "Số tiền ghi nợ", "Số tiền ghi có", "Mô tả"],
    ]
    for place, one in enumerate(moves, 1):
        out, into = (dotted(-one.amount), "") if one.amount < 0 else ("", dotted(one.amount))
        rows.append([place, dmy(one), one.reference, out, into, one.text])
    return rows


def techcombank(moves: Sequence[Moved], opening: int, *, number: str = "19035551234567") -> list[Row]:
    rows: list[Row] = [
        ["TECHCOMBANK"],
        ["SAO KÊ TÀI KHOẢN / ACCOUNT STATEMENT"],
        ["Số tài khoản / Account no:", number],
        ["Tên tài khoản / Account name:", HOLDER],
        ["Số dư đầu kỳ / Opening balance:", opening],
        ["Ngày KH thực hiện\nRequesting date", "Ngày giao dịch\nTransaction date", "Số bút toán\nReference number",
         "Ngân hàng đối tác\nRemitter's bank", "Tài khoản đích\nRemitter's account number",
         "Tên tài khoản đối ứng\nRemitter's account name", "Diễn giải\nDescription", "Nợ\nDebit", "Có\nCredit",
         "Phí/Lãi\nFee/Interest", "Thuế\nTransaction VAT", "Số dư\nRunning balance"],
    ]  # fmt: skip
    for one in running(moves, opening)[::-1]:
        out, into = (-one.amount, None) if one.amount < 0 else (None, one.amount)
        rows.append([moment(one), dmy(one), one.reference, one.bank, one.number, one.name, one.text, out, into,
                     one.fee or None, None, one.balance])  # fmt: skip
    return rows


def mbbank(moves: Sequence[Moved], opening: int, *, number: str = "0801199988877") -> list[Row]:
    rows: list[Row] = [
        ["NGÂN HÀNG TMCP QUÂN ĐỘI"],
        ["SAO KÊ CHI TIẾT TÀI KHOẢN / ACCOUNT STATEMENT"],
        ["Tài khoản/Account No:", number, "", "Loại tiền/Currency:", "VND"],
        ["Tên tài khoản/Account name:", HOLDER],
        ["STT\nNo", "Ngày giao dịch\nTransaction date", "Số bút toán\nTransaction No", "Phát sinh nợ\nDebit",
         "Phát sinh có\nCredit", "Số dư lũy kế\nBalance", "Nội dung\nDetails",
         "Đơn vị thụ hưởng/Đơn vị chuyển\nBeneficiary/Remitter name", "Tài khoản\nAccount",
         "Ngân hàng đối tác\nRemitter bank"],
        ["Số dư đầu kỳ / Opening balance", "", "", "", "", cents(opening), "", "", "", ""],
    ]  # fmt: skip
    for place, one in enumerate(running(moves, opening), 1):
        out, into = (cents(-one.amount), "0.00") if one.amount < 0 else ("0.00", cents(one.amount))
        rows.append([place, moment(one), one.reference, out, into, cents(one.balance), one.text, one.name, one.number,
                     one.bank])  # fmt: skip
    return [*rows, ["Tổng cộng/Total", "", "", "99.00", "99.00", "", "", "", "", ""]]


def vpbank(moves: Sequence[Moved], opening: int, *, number: str = "155223344") -> list[Row]:
    rows: list[Row] = [
        ["VPBank NEO", "Sao kê tài khoản"],
        ["Số tài khoản", number],
        ["Chủ tài khoản", HOLDER],
        ["Ngày giao dịch", "Ngày hiệu lực", "Số tham chiếu", "Diễn giải", "Ghi nợ", "Ghi có", "Số dư"],
    ]
    for one in running(moves, opening):
        out, into = (commas(-one.amount), "0") if one.amount < 0 else ("0", commas(one.amount))
        rows.append([dmy(one), dmy(one), one.reference, one.text, out, into, commas(one.balance)])
    return rows


def acb(moves: Sequence[Moved], opening: int, *, number: str = "28349817") -> list[Row]:
    rows: list[Row] = [
        ["NGÂN HÀNG TMCP Á CHÂU"],
        ["BẢNG SAO KÊ GIAO DỊCH"],
        ["Số tài khoản:", number],
        ["Ngày hiệu lực", "Ngày giao dịch", "Số GD", "Nội dung giao dịch", "Rút ra", "Gửi vào", "Số dư"],
        ["", "", "", "Số dư đầu", "", "", dotted(opening)],
    ]
    for one in running(moves, opening):
        out, into = (dotted(-one.amount), "") if one.amount < 0 else ("", dotted(one.amount))
        rows.append([dmy(one), dmy(one), one.reference[-4:], one.text, out, into, dotted(one.balance)])
    return [*rows, ["", "", "", "Tổng cộng", "1", "2", ""]]


def tpbank(moves: Sequence[Moved], opening: int, *, number: str = "03991234501") -> list[Row]:
    rows: list[Row] = [
        ["TPBank - Lịch sử giao dịch"],
        ["Số tài khoản", number],
        ["Ngày giao dịch", "Nội dung giao dịch", "Số tiền", "Số dư", "Số tham chiếu"],
    ]
    for one in running(moves, opening)[::-1]:
        sign = "-" if one.amount < 0 else "+"
        rows.append([dmy(one), one.text, f"{sign}{commas(abs(one.amount))} VND", commas(one.balance), one.reference])
    return rows


def momo(moves: Sequence[Moved], opening: int, **_: Any) -> list[Row]:
    rows: list[Row] = [["Thời gian", "Loại Giao Dịch", "Số Tiền", "Trạng Thái GD", "Số Dư Sau Giao Dịch"]]
    for one in running(moves, opening):
        sign = "-" if one.amount < 0 else ""
        rows.append([moment(one), one.text, f"{sign}{dotted(abs(one.amount))}", one.status, dotted(one.balance)])
    return rows


def zalopay(moves: Sequence[Moved], opening: int, **_: Any) -> list[Row]:
    rows: list[Row] = [
        ["ZaloPay - Lịch sử giao dịch"],
        ["Mã giao dịch", "Thời gian giao dịch", "Nội dung giao dịch", "Số tiền", "Trạng thái", "Số dư ví"],
    ]
    for one in running(moves, opening):
        rows.append(
            [one.reference, moment(one), one.text, f"{dotted(one.amount)}đ", one.status, f"{dotted(one.balance)}đ"]
        )
    return rows


BANKS: dict[str, Callable[..., list[Row]]] = {
    "vietcombank": vietcombank,
    "techcombank": techcombank,
    "mbbank": mbbank,
    "vpbank": vpbank,
    "acb": acb,
    "tpbank": tpbank,
    "momo": momo,
    "zalopay": zalopay,
}


def write(path: Path, rows: Sequence[Row], *, delimiter: str = ",", encoding: str = "utf-8-sig") -> Path:
    """Rows as a file of the kind that its name says."""
    if path.suffix == ".csv":
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows(rows)
    elif path.suffix == ".xls":
        _xls(path, rows)
    else:
        _xlsx(path, rows)
    return path


def _xlsx(path: Path, rows: Sequence[Row]) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    width = max(map(len, rows))
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if value not in (None, ""):
                sheet.cell(number, column).value = value
        if len(row) == 1:  # titles stand over the whole table
            sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=width)
    book.save(path)


def _xls(path: Path, rows: Sequence[Row]) -> None:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("Sao kê")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value not in (None, ""):
                sheet.write(number, column, value)
    book.save(str(path))


def many(count: int) -> list[Moved]:
    """A long statement: everyday movements over some years."""
    texts = (
        "GRAB* A-7XK2 HCM", "HIGHLANDS COFFEE HO CHI MINH VN", "NGUYEN THI MAI chuyen tien an trua", "CIRCLE K 234",
        "THANH TOAN QR SHOPEE", "xang xe", "di cho", "mua sach", "sieu thi WINMART", "TRAN VAN NAM chuyen tien",
    )  # fmt: skip
    start = date(2024, 1, 1)
    moves = []
    for number in range(count):
        amount = 20_000_000 if number % 60 == 0 else -(20_000 + (number * 37 % 400) * 500)
        text = "LUONG THANG" if amount > 0 else texts[number % len(texts)]
        when = start + timedelta(days=number * 1000 // max(count, 1))
        moves.append(Moved(when, amount, f"{text} {number % 97}", f"FT{number:012}"))
    return moves


def tables(home: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in the expenses tables but the history itself: what an undo has to bring back exactly."""
    import sqlite3

    with sqlite3.connect(home / "toolkit.db") as db:
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: sorted(db.execute(f"SELECT * FROM {name}").fetchall(), key=repr)
            for name in names
            if name.startswith("expense_") and name not in ("expense_run", "expense_change")
        }
