"""A spreadsheet goes into an .ics file; the file itself carries what a re-import and an undo need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import icalendar
import pytest

from builders.calendar_sheets import ROWS, counts, imported, sheet, with_row

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return sheet(tmp_path / "lịch.csv")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "ra.ics"


def summaries(out: Path) -> list[str]:
    return sorted(str(one["summary"]) for one in icalendar.Calendar.from_ical(out.read_bytes()).walk("VEVENT"))


def test_an_import_again_leaves_the_file_untouched(cli: Cli, path: Path, out: Path) -> None:
    assert imported(cli, path, to=f"ics:{out}").exit_code == 0
    assert summaries(out) == sorted(str(row[0]) for row in ROWS)
    before = out.read_bytes(), out.stat().st_mtime_ns
    assert imported(cli, path, to=f"ics:{out}").exit_code == 0
    assert (out.read_bytes(), out.stat().st_mtime_ns) == before


def test_edited_added_and_vanished_rows_are_one_write_each(cli: Cli, path: Path, out: Path) -> None:
    imported(cli, path, to=f"ics:{out}")
    rows = with_row(0, "Họp nhóm", "12/12/2026", "8h30-9h30", "Phòng 5", rows=ROWS[:-1])
    sheet(path, [*rows, ("Việc mới", "22/12/2026", "8h", "đâu đó")])
    done = imported(cli, path, "--json", to=f"ics:{out}").json["data"]
    assert (done["created"], done["updated"], done["deleted"]) == (1, 1, 1)
    assert summaries(out) == sorted({str(row[0]) for row in ROWS} - {"Học nghề"} | {"Việc mới"})


def test_the_file_is_enough_on_another_machine(
    cli: Cli, path: Path, out: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    imported(cli, path, to=f"ics:{out}")
    monkeypatch.setenv("TOOLKIT_HOME", str(tmp_path / "máy khác"))
    assert counts(cli, path, to=f"ics:{out}") == {"unchanged": 10}
    sheet(path, ROWS[:-1])
    assert counts(cli, path, to=f"ics:{out}") == {"unchanged": 9, "delete": 1}


def test_undo_removes_the_file_that_the_import_made(cli: Cli, path: Path, out: Path) -> None:
    imported(cli, path, to=f"ics:{out}")
    assert cli("calendar", "undo", "1", "--yes").exit_code == 0
    assert not out.exists()
    assert imported(cli, path, to=f"ics:{out}").exit_code == 0
    assert len(summaries(out)) == 10


def test_events_of_others_in_the_file_survive_import_and_undo(cli: Cli, path: Path, out: Path) -> None:
    theirs = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1@x\r\nDTSTAMP:20260101T000000Z\r\n"
        "DTSTART:20261224T180000Z\r\nSUMMARY:Tiệc\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    out.write_bytes(theirs.encode())
    imported(cli, path, to=f"ics:{out}")
    assert len(summaries(out)) == 11
    cli("calendar", "undo", "1", "--yes")
    assert out.read_bytes() == theirs.encode()


def test_an_event_edited_in_another_program_is_kept(cli: Cli, path: Path, out: Path) -> None:
    imported(cli, path, to=f"ics:{out}")
    out.write_bytes(out.read_bytes().replace("LOCATION:Phòng 2".encode(), "LOCATION:nhà tôi".encode()))
    assert counts(cli, path, to=f"ics:{out}") == {"unchanged": 9, "conflict": 1}
    undone = cli("calendar", "undo", "1", "--yes")
    assert undone.exit_code == 1
    assert summaries(out) == ["Họp nhóm"]


def test_a_file_that_is_no_calendar_is_refused_and_left_alone(cli: Cli, path: Path, out: Path) -> None:
    out.write_text("không phải lịch", "utf-8")
    ran = imported(cli, path, to=f"ics:{out}")
    assert ran.exit_code == 3
    assert out.read_text("utf-8") == "không phải lịch"
