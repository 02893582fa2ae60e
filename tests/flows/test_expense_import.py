"""Statements of banks and wallets into the book, as a member types it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from builders.statements import (
    BANKS,
    HOLDER,
    MOVES,
    TODAY,
    Moved,
    day,
    momo,
    tables,
    techcombank,
    vietcombank,
    vietcombank_plain,
    vpbank,
    write,
)  # fmt: skip
from toolkit.shell.ask import Ask

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli, Ran

MOMO = (
    Moved(day(13), 500_000, "Nạp tiền từ ngân hàng liên kết"),  # a day after the bank
    Moved(day(13), -95_000, "Thanh toán Highlands Coffee"),
    Moved(day(15), -20_000, "Nạp tiền điện thoại Viettel"),
)


def imported(cli: Cli, *files: object) -> Ran:
    return cli("expenses", "import", *files, "--yes", "--today", TODAY, "--json")


def entries(cli: Cli, month: str = "2026-11") -> list[dict[str, Any]]:
    found = cli("expenses", "list", "--month", month, "--today", TODAY, "--json").json["data"]["entries"]
    assert isinstance(found, list)
    return found


def balance(cli: Cli, account: str) -> int:
    found = cli("expenses", "accounts", "--today", TODAY, "--json").json["data"]
    return int(next(one["balance"] for one in found if one["id"] == account))


@pytest.mark.parametrize("bank", BANKS)
def test_a_statement_becomes_entries_once_however_often_it_is_imported(
    bank: str, tmp_path: Path, cli: Cli, home: Path
) -> None:
    path = write(tmp_path / "sao-ke.xlsx", BANKS[bank](MOVES, 1_000_000))
    ran = imported(cli, path)
    assert ran.exit_code == 0, ran
    assert ran.json["data"]["entries"] == len(MOVES)
    state = tables(home)
    again = imported(cli, path)
    assert again.exit_code == 0
    assert again.json["data"]["run"] is None
    as_csv = write(tmp_path / "khác tên.csv", BANKS[bank](MOVES, 1_000_000), delimiter=";")
    assert imported(cli, as_csv).json["data"]["lines"] == 0
    assert tables(home) == state


def test_what_the_lines_become(tmp_path: Path, cli: Cli) -> None:
    imported(cli, write(tmp_path / "a.xlsx", BANKS["mbbank"](MOVES, 1_000_000)))
    found = {one["note"]: one for one in entries(cli)}
    assert found["Grab"]["category"] == "transport"
    assert found["Tra no"]["kind"] == "collect"
    assert found["Tra no"]["person"] == "Tran Van Nam"
    atm = found["Rut tien atm"]
    assert (atm["kind"], atm["account"], atm["counter"]) == ("transfer", "mbbank", "cash")
    wallet = found["Nap tien vi momo"]
    assert (wallet["kind"], wallet["account"], wallet["counter"]) == ("transfer", "mbbank", "momo")
    wage = next(one for one in found.values() if one["amount"] == 15_000_000)
    assert wage["kind"] == "income"
    assert found["An trua"]["text"] == "NGUYEN THI MAI chuyen tien an trua"


def test_the_account_holds_what_the_bank_says(tmp_path: Path, cli: Cli) -> None:
    imported(cli, write(tmp_path / "a.xlsx", techcombank(MOVES, 1_000_000)))
    assert balance(cli, "techcombank") == 1_000_000 + sum(one.amount for one in MOVES)


def test_an_older_statement_imported_later_keeps_the_balance(tmp_path: Path, cli: Cli) -> None:
    opening = 1_000_000
    middle = opening + sum(one.amount for one in MOVES[:5])
    newer = write(tmp_path / "b.xlsx", techcombank(MOVES[5:], middle))
    older = write(tmp_path / "a.xlsx", techcombank(MOVES[:5], opening))
    for path in (newer, older):
        assert imported(cli, path).exit_code == 0
        assert balance(cli, "techcombank") == opening + sum(one.amount for one in MOVES)


def test_overlapping_periods_and_other_columns_add_only_what_is_new(tmp_path: Path, cli: Cli) -> None:
    first = write(tmp_path / "a.xlsx", vietcombank(MOVES[:7], 1_000_000))
    middle = 1_000_000 + sum(one.amount for one in MOVES[:3])
    second = write(tmp_path / "b.csv", vietcombank_plain(MOVES[3:], middle))
    assert imported(cli, first).json["data"]["lines"] == 7
    # The other export has references where this one has balances: only account, day, amount and words agree.
    assert imported(cli, second).json["data"]["lines"] == 3
    assert len(entries(cli)) == len(MOVES)


def test_two_alike_on_one_day_are_both_there(tmp_path: Path, cli: Cli) -> None:
    moves = [*MOVES[:2], Moved(day(4), -35_000, "CA PHE", "1"), Moved(day(4), -35_000, "CA PHE", "2"), *MOVES[4:]]
    path = write(tmp_path / "a.csv", vietcombank_plain([replace(one, reference="") for one in moves], 1_000_000))
    imported(cli, path)
    assert imported(cli, path).json["data"]["lines"] == 0
    assert [one["amount"] for one in entries(cli)].count(35_000) == 2


def test_a_dry_run_writes_nothing_and_says_everything(tmp_path: Path, cli: Cli, home: Path) -> None:
    path = write(tmp_path / "a.xlsx", vietcombank(MOVES, 1_000_000))
    ran = cli("expenses", "import", path, "--dry-run", "--today", TODAY, "--json")
    assert ran.exit_code == 0
    data = ran.json["data"]
    assert len(data["entries"]) == len(MOVES)
    assert data["statements"][0] | {"file": "", "layout": ""} == {
        "file": "", "account": "vietcombank", "layout": "", "currency": "VND", "since": "2026-11-01",
        "until": "2026-11-28", "opening": 1_000_000, "closing": 8_582_345, "lines": 10, "new": 10, "known": 0,
        "proven": 9, "skipped": 0,
    }  # fmt: skip
    assert entries(cli) == []
    shown = cli("expenses", "import", path, "--dry-run", "--today", TODAY)
    assert "Nap tien vi momo" in shown.stdout
    table = cli("expenses", "import", path, "--dry-run", "--today", TODAY, "--csv").stdout.splitlines()
    assert len(table) == len(MOVES) + 1


def test_undo_puts_the_book_back_exactly_and_the_file_can_come_again(tmp_path: Path, cli: Cli, home: Path) -> None:
    cli("expenses", "add", "hôm qua ăn phở 45k", "--today", TODAY)
    before = tables(home)
    path = write(tmp_path / "a.xlsx", vietcombank(MOVES, 1_000_000))
    ran = imported(cli, path)
    assert cli("expenses", "undo", ran.json["data"]["run"]).exit_code == 0
    assert tables(home) == before
    assert imported(cli, path).json["data"]["entries"] == len(MOVES)


def test_both_ends_of_a_transfer_are_one_entry_whichever_file_comes_first(tmp_path: Path, cli: Cli, home: Path) -> None:
    bank = write(tmp_path / "vcb.xlsx", vietcombank(MOVES, 1_000_000))
    wallet = write(tmp_path / "momo.csv", momo(MOMO, 10_000))
    seen = []
    for order in ((bank, wallet), (wallet, bank), None):
        if order is None:
            assert imported(cli, bank, wallet).exit_code == 0
        else:
            for path in order:
                assert imported(cli, path).exit_code == 0
        found = [one for one in entries(cli) if one["kind"] == "transfer" and one["amount"] == 500_000]
        assert [(one["account"], one["counter"]) for one in found] == [("vietcombank", "momo")], order
        assert balance(cli, "momo") == 10_000 + sum(one.amount for one in MOMO), order
        assert balance(cli, "vietcombank") == 1_000_000 + sum(one.amount for one in MOVES), order
        seen.append(sorted((one["date"], one["amount"], one["kind"], one["account"]) for one in entries(cli)))
        while cli("expenses", "undo", "--json").exit_code == 0:
            pass
    assert seen[0] == seen[1] == seen[2]


def test_the_owners_name_joins_two_banks_and_a_fee_stays_an_expense(tmp_path: Path, cli: Cli) -> None:
    out = [
        *MOVES[:2],
        Moved(day(18), -3_003_300, "chuyen tien", "FT1", HOLDER, "19035551234567", "TECHCOMBANK"),
    ]
    into = [
        Moved(day(18), 3_000_000, "NGUYEN THI MAI chuyen tien", "FT9", HOLDER),
        Moved(day(19), -10_000, "gui xe", "FT10"),
    ]
    imported(cli, write(tmp_path / "mb.xlsx", BANKS["mbbank"](out, 9_000_000)))
    ran = imported(cli, write(tmp_path / "tcb.xlsx", techcombank(into, 500_000)))
    assert ran.json["data"]["changed"] == 1
    found = [one for one in entries(cli) if one["date"] == "2026-11-18"]
    assert [(one["kind"], one["amount"], one["account"], one["counter"]) for one in found] == [
        ("transfer", 3_000_000, "mbbank", "techcombank"),
        ("expense", 3_300, "mbbank", None),
    ]
    assert found[1]["category"] == "finance"
    assert cli("expenses", "undo", ran.json["data"]["run"]).exit_code == 0
    assert [one["amount"] for one in entries(cli) if one["date"] == "2026-11-18"] == [3_003_300]


def test_a_second_account_of_the_same_bank_is_another_account(tmp_path: Path, cli: Cli) -> None:
    one = write(tmp_path / "1.xlsx", vpbank(MOVES[:4], 1_000_000, number="155223344"))
    two = write(tmp_path / "2.xlsx", vpbank(MOVES[:4], 1_000_000, number="155229999"))
    imported(cli, one)
    assert imported(cli, two).json["data"]["statements"][0]["account"] == "vpbank-9999"
    assert imported(cli, one).json["data"]["lines"] == 0
    assert imported(cli, two).json["data"]["lines"] == 0


def test_a_file_of_nobody_asks_whose_it_is_and_takes_the_answer(tmp_path: Path, cli: Cli) -> None:
    rows: list[Any] = [["Ngày", "Nội dung", "Tiền ra", "Tiền vào"]]
    rows += [[f"{one.day:%d/%m/%Y}", one.text, max(-one.amount, 0), max(one.amount, 0)] for one in MOVES]
    path = write(tmp_path / "a.xlsx", rows)
    refused = imported(cli, path)
    assert refused.exit_code == 3
    assert refused.json["problems"][0]["code"] == "expenses.statement_whose"
    ran = cli("expenses", "import", path, "--account", "Ví chợ", "--yes", "--today", TODAY, "--json")
    assert ran.exit_code == 0
    assert ran.json["data"]["statements"][0]["account"] == "vi-cho"


UNKNOWN = [["Hôm nào", "Chuyện gì", "Bao nhiêu", "Còn"]] + [
    [f"{one.day:%d/%m/%Y}", one.text, one.amount, 0] for one in MOVES
]


def _unknown(path: Path) -> Path:
    held, rows = 1_000_000, [list(row) for row in UNKNOWN]
    for row in rows[1:]:
        held += int(row[2])  # type: ignore[call-overload]
        row[3] = held
    return write(path, rows)


def test_an_unknown_statement_is_explained_once_on_the_command_line(tmp_path: Path, cli: Cli) -> None:
    path = _unknown(tmp_path / "a.xlsx")
    refused = imported(cli, path)
    assert refused.exit_code == 3
    assert "Hôm nào, Chuyện gì, Bao nhiêu, Còn" in refused.json["problems"][0]["message"]
    told = ("--day-column", "hôm nào", "--description-column", "chuyen gi", "--amount-column", "Bao nhiêu")
    ran = imported(cli, path, *told, "--balance-column", "Còn", "--account", "BIDV")
    assert ran.exit_code == 0, ran
    assert ran.json["data"]["kept"] == ["BIDV"]
    assert ran.json["data"]["statements"][0]["proven"] == 9
    assert imported(cli, path).json["data"]["lines"] == 0
    assert [one["name"] for one in cli("expenses", "banks", "list", "--json").json["data"]["own"]] == ["BIDV"]
    assert cli("expenses", "banks", "forget", "bidv").exit_code == 0
    assert imported(cli, path).exit_code == 3


def test_an_unknown_statement_is_explained_once_in_answer_to_questions(
    tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _unknown(tmp_path / "a.xlsx")
    monkeypatch.setattr(Ask, "is_possible", property(lambda _: True))
    answers = "1\n1\n2\n1\n1\nBIDV\ncó\n"
    ran = cli("expenses", "import", path, "--today", TODAY, stdin=answers)
    assert ran.exit_code == 0, ran
    assert "Đã ghi 10 khoản" in ran.stdout
    assert "Đã nhớ cách đọc “BIDV”" in ran.stdout
    again = cli("expenses", "import", path, "--today", TODAY)
    assert "Không có dòng nào mới" in again.stdout


def test_a_no_writes_nothing(tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Ask, "is_possible", property(lambda _: True))
    path = write(tmp_path / "a.xlsx", vietcombank(MOVES, 1_000_000))
    ran = cli("expenses", "import", path, "--today", TODAY, stdin="không\n")
    assert ran.exit_code == 0
    assert "Chưa ghi gì" in ran.stdout
    assert entries(cli) == []


def test_a_script_without_yes_is_told_so(tmp_path: Path, cli: Cli) -> None:
    path = write(tmp_path / "a.xlsx", vietcombank(MOVES, 1_000_000))
    ran = cli("expenses", "import", path, "--today", TODAY, "--json")
    assert ran.exit_code == 2
    assert "--yes" in ran.json["problems"][0]["suggestion"]


def test_bad_lines_are_told_by_file_sheet_row_and_column_and_the_rest_goes_in(tmp_path: Path, cli: Cli) -> None:
    rows = vpbank(MOVES, 1_000_000)
    rows[5][4] = "năm chục"
    ran = imported(cli, write(tmp_path / "tháng 11.xlsx", rows))
    assert ran.exit_code == 1
    (problem,) = ran.json["problems"]
    assert [problem[name] for name in ("file", "sheet", "row", "column")] == ["tháng 11.xlsx", "Sheet", 6, 5]
    assert ran.json["data"]["entries"] == len(MOVES) - 1


def test_one_unreadable_file_does_not_stop_the_others(tmp_path: Path, cli: Cli) -> None:
    good = write(tmp_path / "a.xlsx", vietcombank(MOVES, 1_000_000))
    bad = tmp_path / "b.xlsx"
    bad.write_bytes(b"PK\x03\x04 nothing")
    ran = imported(cli, good, bad)
    assert ran.exit_code == 1
    assert ran.json["data"]["entries"] == len(MOVES)
    assert ran.json["problems"][0]["file"] == "b.xlsx"


def test_a_line_that_the_balance_contradicts_waits_for_a_look(tmp_path: Path, cli: Cli) -> None:
    rows = vpbank(MOVES, 1_000_000)
    rows[6][4] = "1,520,000"
    ran = imported(cli, write(tmp_path / "a.xlsx", rows))
    assert ran.exit_code == 1
    doubtful = next(one for one in entries(cli) if one["amount"] == 1_520_000)
    assert doubtful["needs_confirm"]


def test_what_the_member_has_taught_holds_for_bank_lines_too(tmp_path: Path, cli: Cli) -> None:
    old = [
        Moved(day(2, 10), -99_000, "LE THI HOA chuyen tien", "F1", "LE THI HOA"),
        Moved(day(3, 10), -1_000, "gui xe", "F2"),
    ]
    new = [Moved(day(2), -120_000, "LE THI HOA chuyen tien", "F3", "LE THI HOA"), Moved(day(3), -1_000, "gui xe", "F4")]
    imported(cli, write(tmp_path / "10.xlsx", techcombank(old, 1_000_000)))
    number = next(one["id"] for one in entries(cli, "2026-10") if one["amount"] == 99_000)
    assert cli("expenses", "fix", number, "--category", "housing").exit_code == 0
    imported(cli, write(tmp_path / "11.xlsx", techcombank(new, 900_000)))
    rent = next(one for one in entries(cli) if one["amount"] == 120_000)
    assert (rent["category"], rent["needs_confirm"]) == ("housing", False)


def test_an_entry_that_was_deleted_does_not_come_back(tmp_path: Path, cli: Cli) -> None:
    path = write(tmp_path / "a.xlsx", vietcombank(MOVES, 1_000_000))
    imported(cli, path)
    number = entries(cli)[0]["id"]
    assert cli("expenses", "delete", number).exit_code == 0
    assert imported(cli, path).json["data"]["lines"] == 0
