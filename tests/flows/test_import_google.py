"""A spreadsheet goes into Google Calendar through the real client library, onto a server on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders.calendar_sheets import ROWS, counts, imported, sheet, with_row
from toolkit.demo.google_calendar import LoopbackGoogle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from running import Cli


@pytest.fixture
def google(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackGoogle]:
    with LoopbackGoogle() as server:
        monkeypatch.setenv("TOOLKIT_GOOGLE_ROOT", server.root)
        server.sign_in(home / "google")
        yield server


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return sheet(tmp_path / "lịch.csv")


def titles(google: LoopbackGoogle) -> list[str]:
    return sorted(str(event["summary"]) for event in google.events())


def test_an_unchanged_file_costs_one_listing_and_no_write(cli: Cli, path: Path, google: LoopbackGoogle) -> None:
    assert imported(cli, path, to="google").exit_code == 0
    assert titles(google) == sorted(str(row[0]) for row in ROWS)
    google.forget_requests()
    assert imported(cli, path, to="google").exit_code == 0
    assert google.counts() == {"events.list": 1}


def test_one_edited_row_is_one_write(cli: Cli, path: Path, google: LoopbackGoogle) -> None:
    imported(cli, path, to="google")
    google.forget_requests()
    sheet(path, with_row(1, "Gặp chị Hoa", "13/12/2026", "14h", "Quán cô Tư"))
    assert imported(cli, path, to="google").exit_code == 0
    assert google.writes == 1


def test_a_thousand_rows_cost_one_listing_and_one_edited_row_among_them_one_write(
    cli: Cli, tmp_path: Path, google: LoopbackGoogle
) -> None:
    rows = [(f"Khách {n}", f"{1 + n % 28}/12/2026", f"{7 + n // 28 % 12}h", f"nhà số {n}") for n in range(1000)]
    path = sheet(tmp_path / "nghìn dòng.csv", rows)
    assert imported(cli, path, to="google").exit_code == 0
    assert len(google.events()) == 1000
    google.forget_requests()
    assert imported(cli, path, to="google").exit_code == 0
    assert google.counts() == {"events.list": 1}
    google.forget_requests()
    sheet(path, with_row(500, *rows[500][:3], "nơi khác", rows=rows))
    assert imported(cli, path, to="google").exit_code == 0
    assert google.counts() == {"events.list": 1, "events.patch": 1}


def test_undo_empties_the_calendar_and_a_new_import_fills_it_again(
    cli: Cli, path: Path, google: LoopbackGoogle
) -> None:
    imported(cli, path, to="google")
    assert cli("calendar", "undo", "1", "--yes").exit_code == 0
    assert titles(google) == []
    assert imported(cli, path, to="google").exit_code == 0
    assert len(titles(google)) == 10
    assert cli("calendar", "undo", "3", "--yes").exit_code == 0
    assert titles(google) == []


def test_an_event_edited_in_google_is_kept_by_import_and_undo(cli: Cli, path: Path, google: LoopbackGoogle) -> None:
    imported(cli, path, to="google")
    [mine] = [event for event in google.events() if event["summary"] == "Họp nhóm"]
    google.edit(str(mine["id"]), location="nhà tôi")
    assert counts(cli, path, to="google") == {"unchanged": 9, "conflict": 1}
    assert imported(cli, path, to="google").exit_code == 1
    undone = cli("calendar", "undo", "1", "--yes", "--json")
    assert undone.exit_code == 1
    assert [problem["code"] for problem in undone.json["problems"]] == ["calendar.undo_edited_by_hand"]
    assert titles(google) == ["Họp nhóm"]


def test_the_same_sheet_says_the_same_in_every_target(
    cli: Cli, path: Path, google: LoopbackGoogle, tmp_path: Path
) -> None:
    plans = []
    for to in ("local", f"ics:{tmp_path / 'ra.ics'}", "google"):
        imported(cli, path, to=to)
        data = cli("calendar", "plan", path, "--to", to, "--json", "--today", "2026-11-22").json["data"]
        assert data["counts"]["unchanged"] == 10
        plans.append([(event["key"], event["start"], event["end"]) for event in data["events"]])
    assert plans[0] == plans[1] == plans[2]


def test_without_a_sign_in_the_member_is_told_so(cli: Cli, path: Path) -> None:
    ran = imported(cli, path, to="google")
    assert ran.exit_code == 5
    assert ran.stderr
