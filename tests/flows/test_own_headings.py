"""Columns with names of the member's own: explained on the command line, in a profile, or in answer to questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.calendar.reading.own_headings import field_named, own_heading

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

SHEET = "Hôm nào,Lúc,Vụ gì,Chốn\n24/11/2026,8h30,Ký giấy tờ nhà,VP công chứng\n26/11/2026,15h-16h,Sửa xe,Ngã tư\n"
DAY = "--today=2026-11-22"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "so-hen.csv"
    path.write_text(SHEET, encoding="utf-8")
    return path


def test_a_script_is_told_the_headings_and_the_line_to_type(cli: Cli, file: Path) -> None:
    refused = cli("calendar", "plan", file, DAY)
    assert refused.exit_code == 3
    assert "Hôm nào" in refused.stderr
    assert '--heading "Hôm nào=ngày" --heading "Vụ gì=tiêu đề"' in refused.stderr.replace("\n    ", " ")


def test_the_line_that_was_suggested_reads_the_sheet(cli: Cli, file: Path) -> None:
    options = (
        "--heading",
        "Hôm nào=ngày",
        "--heading",
        "vu gi=tieu de",
        "--heading",
        "Lúc=giờ",
        "--heading",
        "Chốn=ở đâu",
    )
    ran = cli("calendar", "plan", file, DAY, "--json", *options)
    assert ran.exit_code == 0
    assert [(e["summary"], e["start"], e["location"]) for e in ran.json["data"]["events"]] == [
        ("Ký giấy tờ nhà", "2026-11-24T08:30", "VP công chứng"),
        ("Sửa xe", "2026-11-26T15:00", "Ngã tư"),
    ]


def test_a_profile_keeps_the_headings_and_may_be_the_usual_one(cli: Cli, file: Path) -> None:
    cli("calendar", "profile", "add", "so hen", "--heading", "Hôm nào=ngày", "--heading", "Vụ gì=tiêu đề")
    assert cli("calendar", "plan", file, DAY).exit_code == 3
    assert cli("calendar", "plan", file, DAY, "--profile", "so hen").exit_code == 0
    cli("config", "set", "calendar.profile", "sổ hẹn")
    assert cli("calendar", "plan", file, DAY).exit_code == 0
    shown = cli("calendar", "profile", "show", "so hen")
    assert "Hôm nào" in shown.stdout
    assert "config unset calendar.profile" in shown.stderr
    assert cli("calendar", "profile", "show", "so hen", "--json").json["data"]["headings"] == {
        "Hôm nào": "ngày",
        "Vụ gì": "tiêu đề",
    }


def test_a_heading_that_the_sheet_does_not_have_is_a_slip_of_typing(cli: Cli, file: Path) -> None:
    ran = cli("calendar", "plan", file, DAY, "--heading", "Hôm nao gi=ngày")
    assert ran.exit_code == 3
    assert "Hôm nào, Lúc, Vụ gì, Chốn" in ran.stderr.replace("\n  ", " ")


@pytest.mark.parametrize("typed", ["Hôm nào", "=ngày", "Hôm nào=", "Hôm nào=con mèo", "x" * 90 + "=ngày"])
def test_an_entry_that_does_not_say_both_is_refused(cli: Cli, file: Path, typed: str) -> None:
    assert cli("calendar", "plan", file, DAY, "--heading", typed).exit_code == 2
    assert cli("calendar", "profile", "add", "x", "--heading", typed).exit_code == 2


def test_an_own_heading_goes_before_what_we_would_have_understood(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Ngày,Nội dung,Ghi chú\n24/11/2026,phòng 3,Họp\n", encoding="utf-8")
    ran = cli("calendar", "plan", path, DAY, "--json", "--heading", "Ghi chú=tiêu đề", "--heading", "Nội dung=địa điểm")
    event = ran.json["data"]["events"][0]
    assert (event["summary"], event["location"]) == ("Họp", "phòng 3")


def test_what_is_missing_is_said_where_some_headings_are_known(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Ngày,Giờ,Mũi,Hãng\n24/11/2026,8h,Phế cầu,Synflorix\n", encoding="utf-8")
    ran = cli("calendar", "plan", path, DAY, "--json")
    assert [problem["code"] for problem in ran.json["problems"]] == ["calendar.title_column_unknown"]
    assert '--heading "Mũi=tiêu đề"' in ran.json["problems"][0]["suggestion"]


@given(st.text(max_size=120))
def test_any_text_is_a_meaning_or_none(text: str) -> None:
    field_named(text)
    heading = own_heading(text)
    assert heading is None or heading.key
