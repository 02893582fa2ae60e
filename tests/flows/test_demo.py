"""`toolkit demo`: everything it shows really happens, in a folder of its own."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

from openpyxl import load_workbook

from toolkit.demo.acts import calendar, expenses, kpi, sitestats
from toolkit.demo.shop_export import write_export

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from running import Cli, RunToolkit
    from toolkit.demo.stage import Stage


def test_the_demo_walks_to_its_end_and_leaves_the_members_own_home_alone(
    run_toolkit: RunToolkit, home: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "xem thử"
    ran = run_toolkit("demo", "--folder", folder)
    assert ran.exit_code == 0, ran.stderr
    assert "Nhập lại đúng tệp đó lần nữa: không có gì thay đổi." in ran.stdout
    assert "trong đó 0 lần ghi" in ran.stdout
    assert "trong đó 1 lần ghi" in ran.stdout
    assert "Google giả lập còn 0 sự kiện." in ran.stdout
    assert "Giỗ ông nội" in ran.stdout
    assert "Sinh hoạt lớp" in ran.stdout
    sheets = {"lich-thang-12.xlsx", "thoi-khoa-bieu.xlsx", "ngay-gio.xlsx"}
    assert "−54.000đ" in ran.stdout
    assert "chưa vào sổ" in ran.stdout
    assert "Người khác nợ bạn: 2.000.000đ" in ran.stdout
    assert "đơn trong bốn tháng" in ran.stdout
    assert re.search(r"Doanh số T\d+ +[\d,]+/30tr", ran.stdout)
    assert "Bên cạnh những gì đã đạt" in ran.stdout
    assert "sen.example · " in ran.stdout
    assert "không đọc được" not in ran.stdout
    sales = {"don-hang-shopee.xlsx", "muc-tieu.html"}
    others = {"access.log", "trang-web.html", "lich-thang-12.ics", "chi-tieu.txt", "home"}
    assert {*sheets, *sales, *others} == {path.name for path in folder.iterdir()}
    assert not home.exists()
    before = (folder / "lich-thang-12.xlsx").read_bytes()
    again = run_toolkit("demo", "--folder", folder)
    assert again.exit_code == 4
    assert "xem thử" in again.stderr
    assert (folder / "lich-thang-12.xlsx").read_bytes() == before


def test_a_program_is_told_where_the_demo_left_its_files_and_nothing_else(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def show(stage: Stage, _: date) -> None:
        stage.heading("demo.calendar_title")
        stage.tell("demo.plan")
        assert stage.run("calendar", "template", "mau.xlsx") == 0

    monkeypatch.setattr(calendar, "show", show)
    monkeypatch.setattr(expenses, "show", lambda _, __: None)
    monkeypatch.setattr(kpi, "show", lambda _, __: None)
    monkeypatch.setattr(sitestats, "show", lambda _, __: None)
    ran = cli("demo", "--folder", tmp_path / "x", "--json")
    assert ran.json["data"] == {"folder": str(tmp_path / "x"), "files": ["mau.xlsx"]}
    assert capfd.readouterr().out == ""
    assert "━━" in cli("demo", "--folder", tmp_path / "y").stdout


def rows_of(path: Path) -> list[tuple[object, ...]]:
    with closing(load_workbook(path)) as book:
        return [row for sheet in book for row in sheet.values]


def test_the_export_of_the_demo_is_one_that_any_day_can_be_shown_with(cli: Cli, tmp_path: Path) -> None:
    for day in ("2026-01-20", "2026-02-20", "2028-02-20", "2030-12-20"):
        path = tmp_path / f"{day}.xlsx"
        orders = write_export(path, date.fromisoformat(day))
        first = rows_of(path)
        assert write_export(path, date.fromisoformat(day)) == orders
        assert rows_of(path) == first
        found = cli("kpi", "import", path, "--dry-run", "--json", "--as-of", day).json
        assert found["status"] == "ok", found["problems"]
        data = found["data"]
        assert data["orders"]["new"] == orders
        assert 0 < data["counted_orders"] < orders
        assert data["revenue"] > 20_000_000
