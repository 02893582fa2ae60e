"""A member's first steps, slips included: each answer says what to type next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders.calendar_sheets import imported, sheet

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

TODAY = "--today=2026-11-22"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return sheet(tmp_path / "lịch.csv")


def test_a_plan_ends_with_what_to_type_next(cli: Cli, path: Path) -> None:
    assert "thay plan bằng import" in cli("calendar", "plan", path, TODAY).stderr
    assert "import instead of plan" in cli("calendar", "plan", path, TODAY, "--lang", "en").stderr
    assert "thay plan" not in cli("calendar", "plan", path, TODAY, "--csv").stderr
    imported(cli, path)
    assert "thay plan" not in cli("calendar", "plan", path, TODAY).stderr


def test_a_file_name_with_spaces_is_put_together_for_the_member(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    sheet(tmp_path / "Lịch tháng 12.csv")
    ran = cli("calendar", "plan", "Lịch", "tháng", "12.csv")
    assert ran.exit_code == 3
    assert 'Gõ tên tệp như sau: "Lịch tháng 12.csv"' in ran.stderr


@pytest.mark.parametrize("command", [("agenda",), ("export", "lich.ics")])
def test_a_calendar_that_is_not_there_is_said_to_be_not_there(
    cli: Cli, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    imported(cli, path)
    ran = cli("calendar", *command, "--calendar", "Nhà", "--json")
    assert ran.exit_code == 4
    (problem,) = ran.json["problems"]
    assert problem["code"] == "calendar.calendar_unknown"
    assert "Lịch" in problem["suggestion"]
    assert not (tmp_path / "lich.ics").exists()
    assert cli("calendar", *command, "--calendar", "LỊCH").exit_code == 0


def test_before_the_first_import_any_calendar_is_just_empty(cli: Cli) -> None:
    assert cli("calendar", "agenda", "--calendar", "Nhà").exit_code == 0


def test_one_empty_day_is_said_as_one_day(cli: Cli) -> None:
    ran = cli("calendar", "agenda", "--from", "27/11/2026", "--days", "1", TODAY)
    assert ran.stdout == "T6 27/11/2026 không có gì trong lịch.\n"


def test_undoing_what_is_gone_already_says_so(
    cli: Cli, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    imported(cli, path, to="ics:lich.ics")
    (tmp_path / "lich.ics").unlink()
    ran = cli("calendar", "undo", "1", "--yes")
    assert ran.exit_code == 0
    assert "không còn trong lịch nữa" in ran.stderr


def test_a_sheet_asked_for_by_name_in_a_file_without_names_is_answered_plainly(cli: Cli, path: Path) -> None:
    ran = cli("calendar", "plan", path, "--sheet", "Tháng 12", TODAY)
    assert ran.exit_code == 3
    assert "Gõ lại mà không có --sheet." in ran.stderr


def test_settings_are_shown_with_what_they_are(cli: Cli) -> None:
    assert "nhắc trước bao nhiêu phút" in cli("config", "show").stdout
    assert "minutes before" in cli("config", "show", "--lang", "en").stdout
