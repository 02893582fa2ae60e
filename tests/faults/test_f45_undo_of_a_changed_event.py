"""F45: an event that the member changed after the import is kept by undo, and listed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builders.calendar_sheets import edit as edited
from builders.calendar_sheets import imported, sheet, standing

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli


def test_the_changed_event_stays_and_is_named(cli: Cli, tmp_path: Path, home: Path) -> None:
    imported(cli, sheet(tmp_path / "lịch.csv"))
    theirs = replace(standing(home)["Giao hàng"].event, description="gọi trước khi tới")
    edited(home, "Giao hàng", theirs)
    ran = cli("calendar", "undo", "1", "--yes", "--json")
    assert ran.exit_code == 1
    [problem] = ran.json["problems"]
    assert problem["code"] == "calendar.undo_edited_by_hand"
    assert "Giao hàng" in problem["message"]
    assert (ran.json["data"]["deleted"], ran.json["data"]["kept"]) == (9, 1)
    assert {title: one.event for title, one in standing(home).items()} == {"Giao hàng": theirs}
    again = cli("calendar", "undo", "1", "--yes", "--json")
    assert [one["code"] for one in again.json["problems"]] == ["calendar.undo_edited_by_hand"]
    assert standing(home)["Giao hàng"].event == theirs
