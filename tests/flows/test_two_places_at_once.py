"""Events that would take place at the same time are pointed out before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

DAY = "--today=2026-11-22"


def sheet(folder: Path, name: str, *rows: str) -> Path:
    path = folder / name
    path.write_text("\n".join(["Ngày,Giờ,Nội dung", *rows]) + "\n", encoding="utf-8")
    return path


def test_two_rows_of_one_sheet_that_meet_are_pointed_out(cli: Cli, tmp_path: Path) -> None:
    path = sheet(tmp_path, "a.csv", "24/11/2026,8h-10h,Họp nhóm", "24/11/2026,9h-11h,Gặp khách", "25/11/2026,8h,Khám")
    shown = cli("calendar", "plan", path, DAY)
    assert shown.exit_code == 0
    assert "T3 24/11 09:00–10:00: “Họp nhóm” (dòng 2) và “Gặp khách” (dòng 3)" in shown.stdout.replace("\n  ", " ")
    overlaps = cli("calendar", "plan", path, DAY, "--json").json["data"]["overlaps"]
    assert [(o["start"], o["end"], [e["summary"] for e in o["events"]]) for o in overlaps] == [
        ("2026-11-24T09:00", "2026-11-24T10:00", ["Họp nhóm", "Gặp khách"])
    ]
    imported = cli("calendar", "import", path, DAY, "--yes", "--json").json["data"]
    assert imported["overlaps"] == overlaps
    assert overlaps[0]["events"][0]["source"] == {"file": "a.csv", "sheet": None, "row": 2}


def test_what_another_import_made_is_named_and_an_edited_row_is_taken_as_it_is_now(cli: Cli, tmp_path: Path) -> None:
    old = sheet(tmp_path, "lich-cu.csv", "24/11/2026,8h-10h,Họp nhóm", "26/11/2026,8h-10h,Đi tỉnh")
    assert cli("calendar", "import", old, DAY, "--yes").exit_code == 0
    sheet(tmp_path, "lich-cu.csv", "24/11/2026,8h-9h,Họp nhóm", "26/11/2026,8h-10h,Đi tỉnh")
    assert cli("calendar", "import", old, DAY, "--yes").exit_code == 0
    new = sheet(tmp_path, "moi.csv", "24/11/2026,9h-11h,Gặp khách", "26/11/2026,9h-9h30,Gọi điện")
    shown = cli("calendar", "import", new, DAY, "--yes")
    assert "“Đi tỉnh” (đã nhập từ lich-cu)" in shown.stdout
    assert "Họp nhóm" not in shown.stdout
    cli("calendar", "undo", "1", "--yes")
    assert cli("calendar", "plan", new, DAY, "--json").json["data"]["overlaps"] == []


def test_many_meetings_are_counted_and_only_some_are_shown(cli: Cli, tmp_path: Path) -> None:
    rows = [f"{day}/12/2026,{hour},Việc {day} {hour}" for day in range(1, 16) for hour in ("8h-10h", "9h-11h")]
    path = sheet(tmp_path, "day.csv", *rows)
    assert "… và 5 chỗ nữa" in cli("calendar", "plan", path, DAY).stdout
    assert len(cli("calendar", "plan", path, DAY, "--json").json["data"]["overlaps"]) == 15


def test_a_roster_of_everyone_is_no_pile_of_meetings(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "ca.csv"
    path.write_text(
        "PHÂN CA THÁNG 12/2026,,,\nHọ tên,1,2,3\nLê Hoa,S,S,S\nTrần Mai,S,S,S\n\nS: ca sáng 6h-14h,,,\n",
        encoding="utf-8",
    )
    ran = cli("calendar", "plan", path, DAY, "--everyone", "--json")
    assert len(ran.json["data"]["events"]) == 6
    assert ran.json["data"]["overlaps"] == []


def test_rows_of_several_sheets_are_told_with_their_sheets(cli: Cli, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for name, hours in (("Nhà", "8h-10h"), ("Cơ quan", "9h-11h")):
        page = book.create_sheet(name)
        page.append(["Ngày", "Giờ", "Nội dung"])
        page.append(["24/11/2026", hours, f"Việc {name}"])
    book.save(tmp_path / "hai-trang.xlsx")
    shown = cli("calendar", "plan", tmp_path / "hai-trang.xlsx", DAY).stdout.replace("\n  ", " ")
    assert "“Việc Nhà” (trang Nhà, dòng 2) và “Việc Cơ quan” (trang Cơ quan, dòng 2)" in shown
