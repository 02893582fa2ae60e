"""Exports of shop systems into the book, as a member types it: once, updated, taken back, and out again."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from builders.shops import FEW, SHOPS, SOAP, TEA, TODAY, Rows, kiotviet, own, shopee, tiktok, write
from toolkit.shell.ask import Ask

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli, Ran


def imported(cli: Cli, *arguments: object) -> Ran:
    return cli("kpi", "import", *arguments, "--yes", "--today", TODAY, "--json")


def tables(home: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in the book but its history: what an undo has to bring back exactly."""
    import sqlite3

    with sqlite3.connect(home / "toolkit.db") as db:
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: sorted(db.execute(f"SELECT * FROM {name}").fetchall(), key=repr)
            for name in names
            if name.startswith("kpi_") and name not in ("kpi_run", "kpi_change", "kpi_batch")
        }


def sales(home: Path) -> list[tuple[Any, ...]]:
    """Kind, state, day, amount, number, customer's name of every sale and refund."""
    import sqlite3

    with sqlite3.connect(home / "toolkit.db") as db:
        columns = "kind, status, ordered, amount, order_id, customer_name"
        return db.execute(f"SELECT {columns} FROM kpi_sale ORDER BY order_id, kind").fetchall()


def contacts(home: Path) -> list[tuple[Any, ...]]:
    import sqlite3

    with sqlite3.connect(home / "toolkit.db") as db:
        return db.execute("SELECT name, phone, address, account FROM kpi_contact ORDER BY id").fetchall()


def exported(cli: Cli, *arguments: object) -> list[dict[str, str]]:
    ran = cli("kpi", "export", *arguments)
    assert ran.exit_code == 0, ran
    return list(csv.DictReader(io.StringIO(ran.stdout)))


@pytest.mark.parametrize("shop", SHOPS)
def test_a_second_import_changes_nothing_and_undo_takes_all_of_it_back(
    shop: str, tmp_path: Path, cli: Cli, home: Path
) -> None:
    path = write(tmp_path / ("don.xlsx" if shop == "shopee" else "don.csv"), SHOPS[shop](FEW))
    cli("kpi", "profiles", "list")
    empty = tables(home)
    first = imported(cli, path)
    assert first.exit_code == 0, first
    data = first.json["data"]
    assert data["orders"] == {"new": 5, "updated": 0, "unchanged": 0}
    assert data["run"] == 1
    full = tables(home)
    again = imported(cli, write(tmp_path / "tên khác.csv", SHOPS[shop](FEW), delimiter=";"))
    assert again.json["data"]["orders"] == {"new": 0, "updated": 0, "unchanged": 5}
    assert again.json["data"]["run"] is None
    assert tables(home) == full
    assert {name: again.json["data"][name] for name in ("revenue", "refunds", "units", "counted_orders")} == {
        name: data[name] for name in ("revenue", "refunds", "units", "counted_orders")
    }
    assert cli("kpi", "undo", "1").exit_code == 0
    assert tables(home) == empty


def test_the_figures_are_those_of_the_file_as_a_whole(tmp_path: Path, cli: Cli) -> None:
    data = imported(cli, write(tmp_path / "a.csv", tiktok([replace(FEW[0], refund=45_000), *FEW[1:]]))).json["data"]
    wanted = {
        "rows": 7, "lines": 7, "counted_orders": 2, "revenue": 450_000, "refunds": 45_000, "units": 6, "skipped": 0,
    }  # fmt: skip
    assert wanted.items() <= data.items()


def test_states_that_changed_since_are_updated_and_orders_that_vanished_stay(
    tmp_path: Path, cli: Cli, home: Path
) -> None:
    imported(cli, write(tmp_path / "a.csv", shopee(FEW)))
    before = tables(home)
    later = [replace(FEW[1], state="returned"), replace(FEW[3], state="done"), replace(FEW[0], number="MOI1")]
    data = imported(cli, write(tmp_path / "b.csv", shopee(later))).json["data"]
    assert data["orders"] == {"new": 1, "updated": 2, "unchanged": 0}
    states = {order: state for _, state, _, _, order, _ in sales(home)}
    assert states == {
        "2611010001AAAA": "done", "2611030002BBBB": "returned", "2611050003CCCC": "cancelled",
        "2611150004DDDD": "done", "2611170005EEEE": "returned", "MOI1": "done",
    }  # fmt: skip
    assert cli("kpi", "undo").exit_code == 0
    assert tables(home) == before


def test_an_older_file_does_not_take_an_order_back_to_where_it_was(tmp_path: Path, cli: Cli, home: Path) -> None:
    imported(cli, write(tmp_path / "mới.csv", shopee([replace(FEW[3], state="done")])))
    ran = imported(cli, write(tmp_path / "cũ.csv", shopee([FEW[3]])))
    assert ran.json["data"]["orders"] == {"new": 0, "updated": 0, "unchanged": 1}
    assert [note["code"] for note in ran.json["data"]["notes"]] == ["kpi.import_older"]
    assert [row[1] for row in sales(home)] == ["done"]


def test_the_programs_own_table_says_what_its_writer_means(tmp_path: Path, cli: Cli, home: Path) -> None:
    imported(cli, write(tmp_path / "a.csv", own(FEW[:1])))
    data = imported(cli, write(tmp_path / "b.csv", own([replace(FEW[0], state="open")]))).json["data"]
    assert data["orders"] == {"new": 0, "updated": 1, "unchanged": 0}
    assert [row[1] for row in sales(home)] == ["open"]


def test_a_refund_that_came_later_stands_beside_its_sale(tmp_path: Path, cli: Cli, home: Path) -> None:
    imported(cli, write(tmp_path / "a.csv", tiktok(FEW[:1])))
    data = imported(cli, write(tmp_path / "b.csv", tiktok([replace(FEW[0], refund=45_000)]))).json["data"]
    assert data["orders"] == {"new": 0, "updated": 1, "unchanged": 0}
    assert [(row[0], row[3]) for row in sales(home)] == [("refund", 45_000), ("sale", 270_000)]
    imported(cli, write(tmp_path / "c.csv", tiktok([replace(FEW[0], refund=60_000)])))
    assert [(row[0], row[3]) for row in sales(home)] == [("refund", 60_000), ("sale", 270_000)]


def test_a_slip_of_returned_goods_belongs_to_its_invoice(tmp_path: Path, cli: Cli, home: Path) -> None:
    import sqlite3

    imported(cli, write(tmp_path / "bán.csv", kiotviet(FEW[:2])))
    rows: Rows = [
        ["Mã trả hàng", "Mã hóa đơn", "Thời gian", "Khách hàng", "Tổng tiền hàng trả", "Cần trả khách", "Trạng thái"],
        ["TH0001", FEW[0].number, "20/11/2026 09:00", FEW[0].buyer, 45_000, 45_000, "Đã trả"],
    ]
    data = imported(cli, write(tmp_path / "trả.csv", rows)).json["data"]
    assert (data["refunds"], data["counted_orders"], data["orders"]["new"]) == (45_000, 0, 1)
    with sqlite3.connect(home / "toolkit.db") as db:
        query = "SELECT s.order_id, r.amount, r.ordered FROM kpi_sale r JOIN kpi_sale s ON s.id = r.refunds"
        assert db.execute(query).fetchall() == [(FEW[0].number, 45_000, "2026-11-20")]
    assert imported(cli, tmp_path / "trả.csv").json["data"]["orders"]["unchanged"] == 1


def test_files_that_overlap_bring_each_order_once(tmp_path: Path, cli: Cli, home: Path) -> None:
    first, second = write(tmp_path / "a.csv", shopee(FEW[:3])), write(tmp_path / "b.csv", shopee(FEW[1:]))
    data = imported(cli, first, second).json["data"]
    assert data["orders"]["new"] == 5
    assert data["revenue"] == 450_000
    assert len(sales(home)) == 5


def test_two_shops_on_one_system_may_have_the_same_numbers(tmp_path: Path, cli: Cli, home: Path) -> None:
    path = write(tmp_path / "a.csv", kiotviet(FEW[:1]))
    imported(cli, path, "--shop", "Kho 1")
    data = imported(cli, path, "--shop", "Kho 2").json["data"]
    assert data["orders"]["new"] == 1
    assert len(sales(home)) == 2


def test_orders_that_may_have_come_by_another_system_are_mentioned(tmp_path: Path, cli: Cli) -> None:
    imported(cli, write(tmp_path / "a.csv", shopee(FEW[:2])))
    ran = imported(cli, write(tmp_path / "b.csv", kiotviet(FEW)), "--dry-run")
    (note,) = ran.json["data"]["notes"]
    assert note["code"] == "kpi.import_elsewhere"
    assert note["message"].startswith("2 đơn")


def test_no_phone_and_no_address_is_kept_unless_asked_for(tmp_path: Path, cli: Cli, home: Path) -> None:
    path = write(tmp_path / "a.csv", kiotviet(FEW[:2]))
    imported(cli, path)
    raw = (home / "toolkit.db").read_bytes()
    assert b"0901234567" not in raw
    assert b"901234567" not in raw
    assert [(name, phone) for name, phone, _, _ in contacts(home)] == [
        ("Nguyễn Thị Lan", ""), ("Trần Văn Nam", ""),
    ]  # fmt: skip
    cli("kpi", "undo", "1")
    imported(cli, path, "--keep-contacts")
    assert [phone for _, phone, _, _ in contacts(home)] == ["0901234567", "0987654321"]


def test_equal_names_with_other_phones_are_other_customers_and_khach_le_is_none(
    tmp_path: Path, cli: Cli, home: Path
) -> None:
    orders = [
        FEW[0],
        replace(FEW[1], number="HD2", buyer=FEW[0].buyer, phone="0911111111"),
        replace(FEW[1], number="HD3", buyer=FEW[0].buyer, phone="+84 901 234 567"),
        replace(FEW[1], number="HD4", buyer="Khách lẻ", phone=""),
    ]
    imported(cli, write(tmp_path / "a.csv", kiotviet(orders)))
    assert len(contacts(home)) == 2
    imported(cli, write(tmp_path / "b.csv", kiotviet([replace(orders[1], number="HD5")])))
    assert len(contacts(home)) == 2


def test_masked_names_are_known_by_their_account(tmp_path: Path, cli: Cli, home: Path) -> None:
    orders = [FEW[0], replace(FEW[1], number="B2", account=FEW[0].account), replace(FEW[1], number="C3")]
    imported(cli, write(tmp_path / "a.csv", shopee(orders)))
    assert [(name, account) for name, _, _, account in contacts(home)] == [
        ("lan.nguyen", "lan.nguyen"), ("namtran", "namtran"),
    ]  # fmt: skip


# --- out and in again


def test_what_is_exported_and_imported_again_changes_nothing(tmp_path: Path, cli: Cli, home: Path) -> None:
    imported(cli, write(tmp_path / "a.csv", tiktok([replace(FEW[0], refund=45_000), *FEW[1:]])))
    assert cli("kpi", "log", "bán 2 gói bảo hiểm cho chị Hoa 12tr", "--today", TODAY).exit_code == 0
    assert cli("kpi", "log", "bán 1 khóa học cho anh Tú 3tr, anh Nam giới thiệu", "--today", TODAY).exit_code == 0
    before = tables(home)
    for name in ("ra.csv", "ra.xlsx"):
        assert cli("kpi", "export", tmp_path / name).exit_code == 0
        ran = imported(cli, tmp_path / name)
        assert ran.json["data"]["orders"]["new"] == 0, ran
        assert ran.json["data"]["orders"]["updated"] == 0, ran
        assert tables(home) == before


def test_the_export_makes_the_same_book_elsewhere(
    tmp_path: Path, cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(cli, write(tmp_path / "a.csv", shopee(FEW)))
    cli("kpi", "log", "bán 2 gói bảo hiểm cho chị Hoa 12tr", "--today", TODAY)
    first = exported(cli)
    cli("kpi", "export", "--csv", tmp_path / "ra.csv")
    monkeypatch.setenv("TOOLKIT_HOME", str(tmp_path / "nhà khác"))
    data = imported(cli, tmp_path / "ra.csv").json["data"]
    assert data["orders"]["new"] == 6
    assert data["revenue"] == 12_450_000
    assert exported(cli) == first
    assert imported(cli, tmp_path / "ra.csv").json["data"]["orders"]["unchanged"] == 6


def test_the_headings_are_a_promise_and_hidden_parts_stay_here(tmp_path: Path, cli: Cli) -> None:
    rows = own([replace(FEW[0], buyer="Lan %%nợ 2tr%%")])
    imported(cli, write(tmp_path / "a.csv", rows))
    ran = cli("kpi", "export")
    assert ran.stdout.splitlines()[0] == "date,order_id,customer,product,quantity,amount,status,referrer,channel"
    assert "nợ" not in ran.stdout
    cli("kpi", "export", tmp_path / "ra.csv")
    assert imported(cli, tmp_path / "ra.csv").json["data"]["orders"]["updated"] == 0


@pytest.mark.parametrize("name", ["ra.csv", "ra.xlsx"])
def test_an_export_may_be_written_again_but_never_over_another_file(name: str, tmp_path: Path, cli: Cli) -> None:
    imported(cli, write(tmp_path / "a.csv", own(FEW)))
    for _ in range(2):
        assert cli("kpi", "export", tmp_path / name).exit_code == 0
    other = write(tmp_path / name, [["của", "tôi"], ["1", "2"]])
    kept = other.read_bytes()
    ran = cli("kpi", "export", other, "--json")
    assert (ran.exit_code, ran.json["problems"][0]["code"]) == (4, "kpi.export_not_ours")
    assert other.read_bytes() == kept
    assert cli("kpi", "export", tmp_path / "ra.txt").exit_code == 3
    assert cli("kpi", "export", tmp_path / "b.csv", "--csv", tmp_path / "c.csv").exit_code == 2
    assert cli("kpi", "export", "--json").json["data"]["sales"] == 5


def test_rows_without_a_number_are_known_by_what_they_say(tmp_path: Path, cli: Cli, home: Path) -> None:
    rows: Rows = own([replace(FEW[0], number=""), replace(FEW[1], number="")])
    rows.append(list(rows[1]))  # the same soap bought twice on one day
    path = write(tmp_path / "a.csv", rows)
    assert imported(cli, path).json["data"]["orders"]["new"] == 4
    assert imported(cli, path).json["data"]["orders"] == {"new": 0, "updated": 0, "unchanged": 4}
    rows[3][6] = "cancelled"
    assert imported(cli, write(tmp_path / "b.csv", rows)).json["data"]["orders"]["updated"] == 1
    assert sorted(row[1] for row in sales(home)) == ["cancelled", "done", "done", "done"]


# --- a terminal


def test_a_terminal_sees_the_plan_and_a_no_writes_nothing(
    tmp_path: Path, cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Ask, "is_possible", property(lambda _: True))
    path = write(tmp_path / "a.csv", shopee(FEW))
    ran = cli("kpi", "import", path, "--today", TODAY, stdin="không\n")
    assert ran.exit_code == 0, ran
    assert "450.000đ từ 2 đơn hoàn thành" in ran.stdout
    assert "Tổng giá bán (sản phẩm)" in ran.stdout
    assert sales(home) == []
    assert cli("kpi", "import", path, "--today", TODAY, stdin="có\n").exit_code == 0
    assert len(sales(home)) == 5


def test_a_file_of_nobody_is_asked_about_once_and_then_known(
    tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Ask, "is_possible", property(lambda _: True))
    rows: Rows = [["So don", "Hom", "Mon", "SL", "Thu ve", "Tinh trang"], ["1", "25/10/2026", "Trà", 2, 60_000, "xong"],
                  ["2", "26/10/2026", "Bánh", 1, 30_000, "chờ khách"]]  # fmt: skip
    path = write(tmp_path / "shop nhà.csv", rows)
    # number, day, one column of amounts: "Thu ve", quantity, product, state; what the states mean; yes
    answers = "1\n1\n1\n3\n2\n1\n1\n1\n2\ncó\n"
    ran = cli("kpi", "import", path, "--remember", "Shop nhà", "--today", TODAY, stdin=answers)
    assert ran.exit_code == 0, ran
    assert "Shop nhà" in ran.stdout
    rows.append(["3", "27/10/2026", "Trà", 1, 30_000, "xong"])
    data = imported(cli, write(tmp_path / "sau.csv", rows)).json["data"]
    assert data["orders"] == {"new": 1, "updated": 0, "unchanged": 2}
    assert data["revenue"] == 90_000
    assert cli("kpi", "profiles", "list", "--json").json["data"]["own"][0]["name"] == "Shop nhà"
    assert cli("kpi", "profiles", "forget", "shop nha").exit_code == 0
    assert imported(cli, path).exit_code == 3
    assert cli("kpi", "profiles", "forget", "shop nha").exit_code == 4


def test_a_script_says_what_the_columns_are(tmp_path: Path, cli: Cli) -> None:
    rows: Rows = [["So don", "Hom", "Thu ve"], ["1", "25/10/2026", 60_000]]
    path = write(tmp_path / "a.csv", rows)
    said = ["--heading", "order=So don", "--heading", "day=Hom", "--heading", "order_amount=Thu ve"]
    assert imported(cli, path).json["problems"][0]["code"] == "kpi.import_unknown"
    assert imported(cli, path, *said).json["data"]["revenue"] == 60_000
    assert imported(cli, path, "--heading", "tiền=Thu ve").exit_code == 2
    assert imported(cli, path, "--status", "xong").exit_code == 2


def test_a_state_can_be_explained_on_the_command_line(tmp_path: Path, cli: Cli) -> None:
    rows = shopee(FEW[:1])
    for row in rows[1:]:
        row[2] = "Đang đối soát"
    path = write(tmp_path / "a.csv", rows)
    ran = imported(cli, path)
    assert ran.exit_code == 1
    assert ran.json["data"]["unknown_statuses"] == {"Đang đối soát": 2}
    ran = imported(cli, path, "--status", "Đang đối soát=done")
    assert ran.exit_code == 0
    assert ran.json["data"]["orders"]["updated"] == 1
    assert ran.json["data"]["kept"] == "shopee"
    again = imported(cli, path)  # it was said once
    assert (again.exit_code, again.json["data"]["orders"]["unchanged"]) == (0, 1)
    assert imported(cli, path, "--status", "Đang đối soát=done").json["data"]["run"] is None
    assert cli("kpi", "profiles", "forget", "shopee").exit_code == 0
    assert imported(cli, path, "--dry-run").exit_code == 1


def test_of_several_files_one_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path, cli: Cli) -> None:
    good, bad = write(tmp_path / "a.csv", shopee(FEW)), tmp_path / "b.csv"
    bad.write_text("chẳng có gì\n", "utf-8")
    ran = imported(cli, good, bad)
    assert ran.exit_code == 1
    assert ran.json["data"]["revenue"] == 450_000
    assert imported(cli, bad).exit_code == 3


def test_several_engagements_never_mix(tmp_path: Path, cli: Cli, home: Path) -> None:
    for name in ("Cửa hàng Mai", "Sàn riêng"):
        assert cli("kpi", "engagement", "add", name).exit_code == 0
    path = write(tmp_path / "a.csv", shopee(FEW))
    assert imported(cli, path).exit_code == 2
    assert imported(cli, path, "--engagement", "Sàn riêng").json["data"]["orders"]["new"] == 5
    assert imported(cli, path, "--engagement", "Cửa hàng Mai").json["data"]["orders"]["new"] == 5


def test_what_the_member_said_of_an_order_outlives_an_update(tmp_path: Path, cli: Cli, home: Path) -> None:
    import sqlite3

    imported(cli, write(tmp_path / "a.csv", shopee(FEW[3:4])))
    with sqlite3.connect(home / "toolkit.db") as db:
        db.execute("UPDATE kpi_sale SET note = 'khách quen', share = 5000")
    imported(cli, write(tmp_path / "b.csv", shopee([replace(FEW[3], state="done", goods=(SOAP, TEA))])))
    with sqlite3.connect(home / "toolkit.db") as db:
        assert db.execute("SELECT note, share, status, amount FROM kpi_sale").fetchall() == [
            ("khách quen", 5000, "done", 270_000)
        ]


@pytest.mark.parametrize("name", ["shopee", "kiotviet", "toolkit"])
def test_a_layout_can_be_looked_at(name: str, cli: Cli) -> None:
    ran = cli("kpi", "profiles", "show", name)
    assert ran.exit_code == 0
    assert cli("kpi", "profiles", "show", name, "--json").json["data"]["headings"]["order"]
    assert cli("kpi", "profiles", "show", "không có").exit_code == 4


def test_no_file_can_hide_a_formula_in_what_goes_out(tmp_path: Path, cli: Cli) -> None:
    rows = own([replace(FEW[0], buyer="=cmd|'/C calc'!A0")])
    imported(cli, write(tmp_path / "a.csv", rows))
    assert all(row["customer"].startswith("'=") for row in exported(cli))
    cli("kpi", "export", tmp_path / "ra.csv")
    assert imported(cli, tmp_path / "ra.csv").json["data"]["orders"]["updated"] == 0
