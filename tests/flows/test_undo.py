"""Every import can be taken back, twice or in any order, and what the member did since is never lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from builders.calendar_sheets import ROWS, counts, edit, imported, sheet, standing, with_row

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli, Ran


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return sheet(tmp_path / "lịch.csv")


def undo(cli: Cli, run: int, *options: str) -> Ran:
    return cli("calendar", "undo", run, "--yes", *options)


def codes(ran: Ran) -> list[str]:
    return [problem["code"] for problem in ran.json["problems"]]


def changed(path: Path) -> None:
    """One row edited, one gone, one new."""
    rows = with_row(0, "Họp nhóm", "12/12/2026", "8h30-9h30", "Phòng 5", rows=ROWS[:-1])
    sheet(path, [*rows, ("Việc mới", "22/12/2026", "8h", "đâu đó")])


def test_undo_puts_everything_back_as_it_was(cli: Cli, path: Path, home: Path) -> None:
    imported(cli, path)
    before = standing(home)
    changed(path)
    imported(cli, path)
    ran = undo(cli, 2, "--json")
    assert ran.exit_code == 0
    data = ran.json["data"]
    assert (data["deleted"], data["updated"], data["created"], data["state"]) == (1, 1, 1, "undone")
    assert standing(home) == before
    assert undo(cli, 1).exit_code == 0
    assert standing(home) == {}


def test_an_undone_run_has_nothing_left_to_undo_and_says_so(cli: Cli, path: Path, home: Path) -> None:
    imported(cli, path)
    undo(cli, 1)
    again = undo(cli, 1)
    assert again.exit_code == 0
    assert "đã được hoàn tác từ trước" in again.stderr
    assert len(cli("calendar", "runs", "--json").json["data"]) == 2
    assert standing(home) == {}


def test_after_an_undo_the_same_file_can_be_imported_again(cli: Cli, path: Path, home: Path) -> None:
    imported(cli, path)
    undo(cli, 1)
    assert counts(cli, path) == {"create": 10}
    assert imported(cli, path).exit_code == 0
    assert len(standing(home)) == 10
    changed(path)
    imported(cli, path)
    undo(cli, 4)
    assert counts(cli, path) == {"create": 1, "update": 1, "delete": 1, "unchanged": 8}


def test_an_older_run_is_undone_except_where_a_newer_one_went_on(cli: Cli, path: Path, home: Path) -> None:
    imported(cli, path)
    changed(path)
    imported(cli, path)
    partly = undo(cli, 1, "--json")
    assert partly.exit_code == 1
    assert codes(partly) == ["calendar.undo_changed_later"]
    assert partly.json["problems"][0]["suggestion"].endswith("toolkit calendar undo 2")
    assert standing(home).keys() == {"Họp nhóm", "Việc mới"}
    states = {run["run"]: run["state"] for run in cli("calendar", "runs", "--json").json["data"]}
    assert states[1] == "partly_undone"
    # The newer one first, then the rest of the older one.
    undo(cli, 2)
    assert undo(cli, 1).exit_code == 0
    assert standing(home).keys() == {"Học nghề"}
    states = {run["run"]: run["state"] for run in cli("calendar", "runs", "--json").json["data"]}
    assert (states[1], states[2]) == ("undone", "undone")


def test_an_event_that_the_member_removed_stays_removed(cli: Cli, path: Path, home: Path) -> None:
    imported(cli, path)
    changed(path)
    imported(cli, path)
    edit(home, "Họp nhóm", None)
    edit(home, "Việc mới", None)
    ran = undo(cli, 2, "--json")
    assert codes(ran) == ["calendar.undo_event_gone"]
    assert "Họp nhóm" not in standing(home)
    assert "Học nghề" in standing(home)


def test_what_the_member_edited_before_an_overwrite_comes_back_with_undo(cli: Cli, path: Path, home: Path) -> None:
    imported(cli, path)
    theirs = replace(standing(home)["Họp nhóm"].event, location="nhà tôi")
    edit(home, "Họp nhóm", theirs)
    imported(cli, path, "--overwrite")
    assert standing(home)["Họp nhóm"].event.location == "Phòng 2"
    assert undo(cli, 2).exit_code == 0
    assert standing(home)["Họp nhóm"].event == theirs
    assert counts(cli, path) == {"unchanged": 9, "conflict": 1}


def test_an_undo_isnt_undone_but_imported_again(cli: Cli, path: Path) -> None:
    imported(cli, path)
    undo(cli, 1)
    ran = undo(cli, 2, "--json")
    assert ran.exit_code == 4
    assert codes(ran) == ["calendar.run_is_undo"]


def test_a_run_that_doesnt_exist_is_said_to_be_unknown(cli: Cli) -> None:
    ran = undo(cli, 7, "--json")
    assert ran.exit_code == 4
    assert codes(ran) == ["calendar.run_unknown"]
    assert cli("calendar", "resume", "7").exit_code == 4


def test_undo_asks_first(cli: Cli, path: Path, home: Path) -> None:
    imported(cli, path)
    ran = cli("calendar", "undo", "1")
    assert ran.exit_code == 2
    assert "10" in ran.stderr
    assert len(standing(home)) == 10


def test_nothing_to_resume_is_no_error(cli: Cli, path: Path) -> None:
    imported(cli, path)
    for arguments in ((), ("1",)):
        ran = cli("calendar", "resume", *arguments)
        assert ran.exit_code == 0
        assert ran.stdout
