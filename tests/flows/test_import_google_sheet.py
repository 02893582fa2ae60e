"""A Google Sheet by its address, as a member types it: read once, imported like a file, undone, gone on with."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from builders.browsing import as_browser
from builders.calendar_sheets import ROWS, sheet, with_row
from builders.google_sheets import SHEET_ID, address, as_google
from toolkit.demo.google.wire import APP_CREATED
from toolkit.demo.google_calendar import LoopbackGoogle
from toolkit.google.spreadsheets import SHEETS_READONLY
from toolkit.sheets.read import read_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from running import Cli, RunToolkit

TITLE = "Lịch tháng 12 (v1.2)"
TODAY = ("--today", "2026-11-22")
FIRST = datetime(2026, 11, 1)  # noqa: DTZ001 (an xlsx file knows no zone)


@pytest.fixture
def google(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackGoogle]:
    with LoopbackGoogle() as server:
        monkeypatch.setenv("TOOLKIT_GOOGLE_ROOT", server.root)
        server.sign_in(home / "google", (APP_CREATED, SHEETS_READONLY))
        yield server


@pytest.fixture(autouse=True)
def filled(google: LoopbackGoogle, tmp_path: Path) -> None:
    fill(google, tmp_path)


def fill(google: LoopbackGoogle, folder: Path, rows: Sequence[Sequence[object]] = ROWS, title: str = TITLE) -> None:
    path = sheet(folder / "nguồn.csv", rows)
    google.spreadsheets.put(as_google(read_workbook(path), title))


def test_a_plan_reads_the_sheet_once_and_writes_nothing(cli: Cli, google: LoopbackGoogle) -> None:
    planned = cli("calendar", "plan", address(), "--json", *TODAY)
    assert planned.exit_code == 0, planned.stdout
    assert planned.json["data"]["counts"]["create"] == len(ROWS)
    assert {event["source"]["file"] for event in planned.json["data"]["events"]} == {TITLE}
    assert google.counts() == {"spreadsheets.get": 1}


def test_the_sheet_is_imported_edited_and_undone_like_a_file(cli: Cli, google: LoopbackGoogle, tmp_path: Path) -> None:
    imported = cli("calendar", "import", address(), "--to", "google", "--yes", *TODAY)
    assert imported.exit_code == 0, imported.stdout + imported.stderr
    assert len(google.events()) == len(ROWS)
    google.forget_requests()
    assert cli("calendar", "import", address(gid=0), "--to", "google", "--yes", *TODAY).exit_code == 0
    assert google.counts() == {"spreadsheets.get": 1, "events.list": 1}
    fill(google, tmp_path, with_row(1, "Gặp chị Hoa", "13/12/2026", "14h", "Quán cô Tư"))
    google.forget_requests()
    assert cli("calendar", "import", address(), "--to", "google", "--yes", *TODAY).exit_code == 0
    assert google.writes == 1
    assert TITLE in cli("calendar", "runs").stdout
    assert cli("calendar", "undo", 2, "--yes").exit_code == 0
    assert cli("calendar", "undo", 1, "--yes").exit_code == 0
    assert google.events() == []


def test_a_run_that_was_cut_off_is_finished_without_reading_the_sheet_again(
    google: LoopbackGoogle, run_toolkit: RunToolkit
) -> None:
    command = ("calendar", "import", address(), "--to", "google", "--yes", *TODAY)
    assert run_toolkit(*command, env={"TOOLKIT_FAULT": "kill@calendar.apply.begun"}).exit_code == -9
    google.spreadsheets.documents.clear()
    google.forget_requests()
    assert run_toolkit("calendar", "resume").exit_code == 0
    assert google.count("spreadsheets.get") == 0
    assert len(google.events()) == len(ROWS)


def test_an_import_of_the_same_sheet_finishes_the_run_that_was_cut_off(
    google: LoopbackGoogle, run_toolkit: RunToolkit
) -> None:
    command = ("calendar", "import", address(), "--to", "google", "--yes", *TODAY)
    assert run_toolkit(*command, env={"TOOLKIT_FAULT": "kill@calendar.apply.begun"}).exit_code == -9
    again = run_toolkit(*command, "--json")
    assert again.exit_code == 0
    assert again.json["data"]["resumed"] == [1]
    assert len(google.events()) == len(ROWS)


def test_the_sheet_goes_into_any_calendar(cli: Cli, google: LoopbackGoogle, tmp_path: Path) -> None:
    for target in ("local", f"ics:{tmp_path / 'ra.ics'}"):
        done = cli("calendar", "import", address(), "--to", target, "--yes", *TODAY)
        assert done.exit_code == 0, done.stderr
    assert (tmp_path / "ra.ics").read_text(encoding="utf-8").count("BEGIN:VEVENT") == len(ROWS)


def test_the_address_of_one_sheet_of_several_reads_that_one_and_says_so(
    cli: Cli, google: LoopbackGoogle, tmp_path: Path
) -> None:
    document = as_google(read_workbook(sheet(tmp_path / "a.csv")), TITLE)
    second = as_google(read_workbook(sheet(tmp_path / "b.csv", ROWS[:2])), TITLE)["sheets"][0]
    second["properties"].update(sheetId=77, title="Tháng 1")
    document["sheets"].append(second)
    google.spreadsheets.put(document)
    planned = cli("calendar", "plan", address(gid=77), "--json", *TODAY)
    assert {event["source"]["sheet"] for event in planned.json["data"]["events"]} == {"Tháng 1"}
    assert "Tháng 1" in cli("calendar", "plan", address(gid=77), *TODAY).stderr


def test_without_a_sign_in_the_member_is_told_which_one(cli: Cli, home: Path) -> None:
    for file in (home / "google").iterdir():
        file.unlink()
    refused = cli("calendar", "plan", address(), "--json", *TODAY)
    assert refused.exit_code == 5
    assert "toolkit google login --scope sheets" in refused.json["problems"][0]["suggestion"]


def test_a_sign_in_for_calendars_alone_is_told_how_to_read_sheets(cli: Cli, google: LoopbackGoogle, home: Path) -> None:
    google.sign_in(home / "google", (APP_CREATED,))
    google.forget_requests()
    refused = cli("calendar", "plan", address(), "--json", *TODAY)
    assert refused.exit_code == 5
    assert refused.json["problems"][0]["code"] == "google.sheets_not_allowed"
    assert google.counts() == {"export": 1}  # perhaps it is open to everybody


def test_another_account_reads_its_own_sheets(cli: Cli, google: LoopbackGoogle, home: Path) -> None:
    from toolkit.google.accounts import save

    (home / "google" / "default.json").unlink()
    save(home / "google", google.credentials((SHEETS_READONLY,)), "cong-ty")
    assert cli("calendar", "plan", address(), "--to", "local", *TODAY).exit_code == 5
    assert cli("calendar", "plan", address(), "--to", "local", "--account", "cong-ty", *TODAY).exit_code == 0


def test_reading_sheets_is_added_to_what_a_sign_in_may_and_nothing_is_lost(
    cli: Cli, google: LoopbackGoogle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER", as_browser())
    client = google.client_file(tmp_path / "client.json")
    assert cli("google", "login", "--client", client).exit_code == 0
    assert APP_CREATED in scopes(cli)
    widened = cli("google", "login", "--scope", "sheets")
    assert widened.exit_code == 0
    assert "chỉ đọc" in widened.stderr
    assert scopes(cli) == sorted([APP_CREATED, SHEETS_READONLY])
    assert cli("google", "login").exit_code == 0  # a sign-in that is made anew may what the old one did
    assert scopes(cli) == sorted([APP_CREATED, SHEETS_READONLY])
    assert cli("calendar", "import", address(), "--to", "google", "--yes", *TODAY).exit_code == 0


def scopes(cli: Cli) -> list[str]:
    [account] = cli("google", "status", "--json").json["data"]["accounts"]
    return sorted(account["scopes"])


def test_an_address_that_is_no_sheet_is_refused(cli: Cli, google: LoopbackGoogle) -> None:
    refused = cli("calendar", "plan", "https://example.org/lich.xlsx", "--json")
    assert refused.exit_code == 2
    assert refused.json["problems"][0]["code"] == "google.not_a_sheet_address"
    assert google.counts() == {}


def test_the_sheet_is_what_it_was_when_the_command_began(
    cli: Cli, google: LoopbackGoogle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F44: whoever edits the sheet while the plan is looked at changes nothing of this import."""
    from toolkit.calendar.service import CalendarService

    prepare = CalendarService.prepare

    def edited_meanwhile(*arguments: object, **named: object) -> object:
        result = prepare(*arguments, **named)  # type: ignore[arg-type]
        fill(google, tmp_path, ROWS[:1])
        return result

    monkeypatch.setattr(CalendarService, "prepare", edited_meanwhile)
    assert cli("calendar", "import", address(), "--to", "google", "--yes", *TODAY).exit_code == 0
    assert len(google.events()) == len(ROWS)
    assert google.count("spreadsheets.get") == 1
    assert SHEET_ID in google.spreadsheets.documents


@pytest.fixture
def public(google: LoopbackGoogle, home: Path, tmp_path: Path) -> LoopbackGoogle:
    """The same sheet, open to everybody, and a member who isn't signed in."""
    for file in (home / "google").iterdir():
        file.unlink()
    open_to_all(google, tmp_path)
    google.spreadsheets.documents.clear()
    return google


def open_to_all(google: LoopbackGoogle, folder: Path, created: datetime = FIRST) -> None:
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.properties.created = created
    assert workbook.active is not None
    for row in read_workbook(sheet(folder / "mở.csv")).sheets[0].rows:
        workbook.active.append([cell.text for cell in row.cells])
    workbook.save(folder / "mở.xlsx")
    google.spreadsheets.public[SHEET_ID] = (TITLE, (folder / "mở.xlsx").read_bytes())


def test_a_sheet_that_is_open_to_all_is_read_without_a_sign_in_and_that_is_said(
    cli: Cli, public: LoopbackGoogle, tmp_path: Path
) -> None:
    planned = cli("calendar", "plan", address(gid=0), "--json", *TODAY)
    assert planned.exit_code == 0, planned.stdout
    assert {event["source"]["file"] for event in planned.json["data"]["events"]} == {TITLE}
    imported = cli("calendar", "import", address(), "--yes", *TODAY)
    assert imported.exit_code == 0
    assert "bất cứ ai" in " ".join(imported.stderr.split())
    open_to_all(public, tmp_path, FIRST + timedelta(days=1))  # packed anew, the same sheet
    again = cli("calendar", "import", address(), "--yes", "--json", *TODAY)
    assert again.json["data"]["unchanged"] == len(ROWS)
    assert not any(seen.kind.startswith(("token", "spreadsheets")) for seen in public.requests)


def test_an_open_sheet_of_several_pages_is_read_whole_and_that_is_said(
    cli: Cli, public: LoopbackGoogle, tmp_path: Path
) -> None:
    from openpyxl import load_workbook

    book = load_workbook(tmp_path / "mở.xlsx")
    copy = book.copy_worksheet(book.worksheets[0])
    copy.title = "Tháng 1"
    book.save(tmp_path / "mở.xlsx")
    public.spreadsheets.public[SHEET_ID] = (TITLE, (tmp_path / "mở.xlsx").read_bytes())
    assert "mọi trang" in " ".join(cli("calendar", "plan", address(gid=77), *TODAY).stderr.split())
    assert "mọi trang" not in cli("calendar", "plan", address(gid=77), "--sheet", "Tháng 1", *TODAY).stderr
    one = cli("calendar", "plan", address(gid=77), "--sheet", "Tháng 1", "--json", *TODAY).json["data"]["events"]
    assert {event["source"]["sheet"] for event in one} == {"Tháng 1"}


def test_the_sheet_has_one_name_whichever_way_it_is_read(
    cli: Cli, public: LoopbackGoogle, home: Path, tmp_path: Path
) -> None:
    assert cli("calendar", "import", address(), "--yes", *TODAY).exit_code == 0
    public.sign_in(home / "google", (SHEETS_READONLY,))
    fill(public, tmp_path)
    assert cli("calendar", "import", address(), "--yes", "--json", *TODAY).json["data"]["unchanged"] == len(ROWS)


def test_a_run_of_an_open_sheet_that_was_cut_off_is_finished_by_the_next_import(
    public: LoopbackGoogle, run_toolkit: RunToolkit, tmp_path: Path
) -> None:
    command = ("calendar", "import", address(), "--to", f"ics:{tmp_path / 'ra.ics'}", "--yes", *TODAY)
    assert run_toolkit(*command, env={"TOOLKIT_FAULT": "kill@calendar.apply.begun"}).exit_code == -9
    open_to_all(public, tmp_path, FIRST + timedelta(days=1))
    assert run_toolkit(*command, "--json").json["data"]["resumed"] == [1]


@pytest.mark.parametrize("kind", ["200html", "503", "reset_before"])
def test_an_open_sheet_that_cant_be_had_now_is_no_sheet(cli: Cli, public: LoopbackGoogle, kind: Any) -> None:
    public.faults.add("export", kind, times=9)
    refused = cli("calendar", "plan", address(), "--json", *TODAY)
    codes = {"200html": "google.not_signed_in", "503": "google.busy", "reset_before": "google.cut_off"}
    assert [problem["code"] for problem in refused.json["problems"]] == [codes[kind]]


def test_an_open_sheet_that_leads_to_another_machine_is_not_followed(
    public: LoopbackGoogle, monkeypatch: pytest.MonkeyPatch
) -> None:
    from toolkit.core.errors import RemoteError
    from toolkit.google.endpoint import Endpoint
    from toolkit.google.spreadsheets import SheetAddress, _SheetsGate, fetch_public

    elsewhere = (307, {"Location": "https://evil.example/sheet.xlsx"}, b"")
    monkeypatch.setattr(public.spreadsheets, "export", lambda _: elsewhere)
    with pytest.raises(RemoteError) as refused:
        fetch_public(SheetAddress(SHEET_ID), Endpoint(public.root))
    assert refused.value.problem.code == "google.blocked_host"
    gate = _SheetsGate(Endpoint())
    gate.admit("https://docs.google.com/spreadsheets/d/x/export")
    gate.admit("https://doc-0s-5k-sheets.googleusercontent.com/export/x")
    for url in ("http://docs.google.com/", "https://evil.example/", "https://docs.google.com.evil.example/"):
        with pytest.raises(RemoteError):
            gate.admit(url)
