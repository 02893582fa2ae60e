"""`toolkit calendar doctor`: what is set up for calendars, what isn't, and one thing to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders.caldav_side import Radicale
from builders.calendar_sheets import imported, sheet
from toolkit.demo.google_calendar import LoopbackGoogle
from toolkit.google.spreadsheets import SHEETS_READONLY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from running import Cli, RunToolkit


@pytest.fixture
def google(monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackGoogle]:
    with LoopbackGoogle() as server:
        monkeypatch.setenv("TOOLKIT_GOOGLE_ROOT", server.root)
        yield server


@pytest.fixture
def radicale(tmp_path: Path) -> Iterator[Radicale]:
    with Radicale(tmp_path / "radicale") as server:
        yield server


def states(cli: Cli, *more: str) -> dict[str, str]:
    return {
        check["name"]: check["state"] for check in cli("calendar", "doctor", "--json", *more).json["data"]["checks"]
    }


def test_a_new_machine_is_ready_for_its_own_calendar_and_nothing_is_made(cli: Cli, home: Path) -> None:
    looked = cli("calendar", "doctor")
    assert looked.exit_code == 0
    assert "dùng được ngay" in looked.stdout
    assert "toolkit calendar plan TỆP" in looked.stderr
    assert set(states(cli).values()) == {"ok", "note"}
    assert not home.exists()


def test_everything_that_is_set_up_is_told_without_asking_anybody(
    cli: Cli, home: Path, google: LoopbackGoogle, radicale: Radicale, tmp_path: Path
) -> None:
    imported(cli, sheet(tmp_path / "lịch.csv"), to="local")
    google.sign_in(home / "google", (SHEETS_READONLY,))
    radicale.sign_in(home / "caldav")
    assert set(states(cli).values()) == {"ok"}
    looked = cli("calendar", "doctor")
    assert "10 sự kiện" in looked.stdout
    assert "--to caldav:ĐỊA-CHỈ" in looked.stderr
    assert not google.requests
    assert not radicale.seen


def test_asked_for_it_the_services_are_asked(cli: Cli, home: Path, google: LoopbackGoogle, radicale: Radicale) -> None:
    google.sign_in(home / "google")
    radicale.sign_in(home / "caldav")
    assert states(cli, "--check")["google"] == "ok"
    google.tokens.revoke()
    radicale.fail("PROPFIND", "status", status=401, times=9)
    looked = cli("calendar", "doctor", "--check", "--json")
    assert looked.exit_code == 1
    assert [problem["code"] for problem in looked.json["problems"]] == ["google.sign_in_gone", "caldav.wrong_password"]


def test_an_import_that_was_cut_off_is_pointed_out_with_what_to_type(
    cli: Cli, run_toolkit: RunToolkit, tmp_path: Path
) -> None:
    path = sheet(tmp_path / "lịch.csv")
    command = ("calendar", "import", path, "--yes", "--today", "2026-11-22")
    assert run_toolkit(*command, env={"TOOLKIT_FAULT": "kill@calendar.apply.begun"}).exit_code == -9
    looked = cli("calendar", "doctor")
    assert looked.exit_code == 1
    assert "toolkit calendar resume" in looked.stderr
    cli("calendar", "resume")
    assert cli("calendar", "doctor").exit_code == 0
