"""A roster into the calendar: whose shifts, with which hours; profiles kept, used and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

TODAY = ("--today", "2026-11-22")
ROSTER = "PHÂN CA THÁNG 12/2026;;;;\nHọ tên;1;2;3;4\nLê Hoa;S;HC;OFF;S\nTrần Mai;HC;S;S;P\n"


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "phan-ca.csv"
    path.write_text(ROSTER, encoding="utf-8")
    return path


def summaries(ran: object) -> list[str]:
    return [event["summary"] for event in ran.json["data"]["events"]]  # type: ignore[attr-defined]


def test_without_a_terminal_a_roster_of_several_asks_for_a_name(cli: Cli, roster: Path) -> None:
    ran = cli("calendar", "plan", roster, *TODAY)
    assert ran.exit_code == 3
    assert "Lê Hoa, Trần Mai" in ran.stderr
    assert "--person" in ran.stderr
    assert "--everyone" in ran.stderr


def test_a_profile_gives_a_roster_its_hours(cli: Cli, roster: Path) -> None:
    without = cli("calendar", "plan", roster, "--person", "hoa", "--json", *TODAY)
    assert {problem["value"] for problem in without.json["problems"]} == {"S", "HC"}
    assert cli("calendar", "profile", "add", "quán Mộc", "--from", "cua-hang", "--shift", "HC=8h-17h").exit_code == 0
    ran = cli("calendar", "plan", roster, "--person", "hoa", "--profile", "quan moc", "--json", *TODAY)
    assert ran.exit_code == 0
    assert summaries(ran) == ["Ca S", "Ca HC", "Ca S"]
    everyone = cli("calendar", "plan", roster, "--everyone", "--profile", "quán mộc", "--json", *TODAY)
    assert summaries(everyone)[3:] == ["Ca HC – Trần Mai", "Ca S – Trần Mai", "Ca S – Trần Mai"]


def test_a_swapped_shift_is_one_update_and_the_same_file_again_is_nothing(cli: Cli, roster: Path) -> None:
    options = ("--person", "hoa", "--profile", "quán", "--json", *TODAY)
    cli("calendar", "profile", "add", "quán", "--from", "cua-hang")
    assert cli("calendar", "import", roster, "--yes", *options).exit_code == 0
    again = cli("calendar", "plan", roster, *options).json["data"]["counts"]
    assert (again["create"], again["update"], again["delete"]) == (0, 0, 0)
    roster.write_text(ROSTER.replace("Hoa;S;HC", "Hoa;C;HC"), encoding="utf-8")
    swapped = cli("calendar", "plan", roster, *options).json["data"]["counts"]
    assert (swapped["create"], swapped["update"], swapped["delete"]) == (0, 1, 0)


def test_profiles_are_kept_shown_and_removed(cli: Cli) -> None:
    assert "toolkit calendar profile examples" in cli("calendar", "profile", "list").stdout
    assert "trung-hoc" in cli("calendar", "profile", "examples").stdout
    assert "07:00-07:45" in cli("calendar", "profile", "examples", "trung-hoc").stdout
    cli("calendar", "profile", "add", "trường", "--lesson", "1=7h-7h45", "--session", "sáng=7h-11h")
    shown = cli("calendar", "profile", "show", "truong", "--json").json["data"]
    assert shown == {
        "name": "trường",
        "lessons": {"1": "7h-7h45"},
        "shifts": {},
        "sessions": {"sáng": "7h-11h"},
        "headings": {},
    }
    assert cli("calendar", "profile", "remove", "trường").exit_code == 2  # nobody to ask
    assert cli("calendar", "profile", "remove", "trường", "--yes").exit_code == 0
    assert cli("calendar", "profile", "show", "trường").exit_code == 4


def test_what_makes_no_profile_is_refused(cli: Cli, roster: Path) -> None:
    assert cli("calendar", "profile", "add", "x").exit_code == 2
    assert cli("calendar", "profile", "add", "x", "--shift", "S=abc").exit_code == 2
    assert cli("calendar", "profile", "add", "x", "--from", "nhà máy").exit_code == 4
    assert cli("calendar", "plan", roster, "--profile", "x", *TODAY).exit_code == 4
    assert cli("calendar", "plan", roster, "--person", "Hoa", "--everyone", *TODAY).exit_code == 2


def test_the_shifts_of_two_people_from_one_file_stand_side_by_side(cli: Cli, roster: Path) -> None:
    cli("calendar", "profile", "add", "quán", "--from", "cua-hang", "--shift", "HC=8h-17h")
    options = ("--profile", "quán", "--yes", "--json", *TODAY)
    assert cli("calendar", "import", roster, "--person", "hoa", *options).json["data"]["created"] == 3
    mai = cli("calendar", "import", roster, "--person", "Mai", *options)
    assert (mai.json["data"]["created"], mai.json["data"]["deleted"]) == (3, 0)
    again = cli("calendar", "plan", roster, "--person", "Lê Hoa", "--profile", "quán", "--json", *TODAY)
    assert again.json["data"]["counts"] == {"create": 0, "update": 0, "delete": 0, "unchanged": 3, "conflict": 0}
