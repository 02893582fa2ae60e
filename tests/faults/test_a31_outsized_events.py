"""A31: a title of a megabyte, ten thousand guests or a rule without end cost neither memory nor time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builders.calendar_sheets import HEADINGS, ROWS, imported, planned, sheet, standing

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli


def test_a_title_of_a_megabyte_is_refused_and_the_other_rows_carry_on(cli: Cli, tmp_path: Path, home: Path) -> None:
    path = sheet(tmp_path / "lịch.csv", [*ROWS, ("x" * 1_000_000, "22/12/2026", "8h", "đây")])
    ran = imported(cli, path, "--json")
    assert ran.exit_code == 1
    assert {problem["row"] for problem in ran.json["problems"]} == {12}
    assert len(standing(home)) == 10
    assert len(ran.stdout) < 100_000


def test_ten_thousand_guests_are_refused(cli: Cli, tmp_path: Path) -> None:
    guests = ", ".join(f"khach{n}@example.vn" for n in range(10_000))
    path = sheet(tmp_path / "lịch.csv", [("Tiệc", "22/12/2026", "8h", "đây", guests)], (*HEADINGS, "Email"))
    ran = cli("calendar", "plan", path, "--json")
    assert ran.exit_code in {1, 3}
    assert ran.json["problems"]
    assert all(len(event["attendees"]) <= 200 for event in ran.json["data"]["events"])


def test_an_endless_rule_in_somebodys_ics_file_isnt_followed(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "ra.ics"
    out.write_text(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1@x\r\nDTSTAMP:20260101T000000Z\r\n"
        "DTSTART:20261224T180000Z\r\nSUMMARY:Mãi\r\nRRULE:FREQ=SECONDLY;COUNT=1000000000\r\nEND:VEVENT\r\n"
        "END:VCALENDAR\r\n",
        "utf-8",
    )
    path = sheet(tmp_path / "lịch.csv")
    assert imported(cli, path, to=f"ics:{out}").exit_code == 0
    assert planned(cli, path, to=f"ics:{out}")["counts"]["unchanged"] == 10
    assert "COUNT=1000000000" in out.read_text("utf-8")
