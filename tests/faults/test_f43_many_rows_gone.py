"""F43: a sheet that is suddenly empty, or has lost half its rows, deletes nothing until the number is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders.calendar_sheets import HEADINGS, ROWS, imported, planned, sheet, standing

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli


@pytest.fixture
def path(cli: Cli, tmp_path: Path) -> Path:
    path = sheet(tmp_path / "lịch.csv")
    imported(cli, path)
    return path


def test_half_the_rows_gone_is_refused_as_a_whole(cli: Cli, path: Path, home: Path) -> None:
    sheet(path, [*ROWS[:5], ("Việc mới", "22/12/2026", "8h", "đâu đó")])
    ran = imported(cli, path, "--json")
    assert (ran.exit_code, ran.json["status"]) == (4, "error")
    assert ran.json["problems"][0]["code"] == "calendar.too_many_deletes"
    assert "--delete 5" in ran.json["problems"][0]["suggestion"]
    assert len(standing(home)) == 10
    assert planned(cli, path)["counts"]["delete"] == 5
    assert imported(cli, path, "--delete", "4").exit_code == 4
    assert imported(cli, path, "--delete", "5").exit_code == 0
    assert len(standing(home)) == 6


@pytest.mark.parametrize("what_is_left", ["headings", "nothing", "blank rows"])
def test_a_sheet_that_is_suddenly_empty_deletes_nothing(cli: Cli, path: Path, home: Path, what_is_left: str) -> None:
    if what_is_left == "headings":
        sheet(path, [])
    elif what_is_left == "nothing":
        path.write_bytes(b"")
    else:
        path.write_text(",".join(HEADINGS) + "\n" + ",,,\n" * 5, "utf-8")
    assert imported(cli, path).exit_code in {3, 4}
    assert len(standing(home)) == 10


def test_an_emptied_sheet_is_meant_when_the_number_is_typed(cli: Cli, path: Path, home: Path) -> None:
    sheet(path, ROWS[:1])
    assert imported(cli, path, "--delete", "9").exit_code == 0
    assert standing(home).keys() == {"Họp nhóm"}


def test_a_sheet_without_any_row_is_meant_too_when_the_number_is_typed(cli: Cli, path: Path, home: Path) -> None:
    sheet(path, [])
    assert imported(cli, path, "--delete", "9").exit_code == 4
    assert imported(cli, path, "--delete", "10").exit_code == 0
    assert standing(home) == {}
    assert imported(cli, path).exit_code == 3  # there is nothing left to say anything about
