"""A sheet into a calendar on a CalDAV server, as a member types it, with a real Radicale on the other side."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from builders.caldav_side import PASSWORD, USER, Radicale
from toolkit.shell.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from running import Cli

TODAY = ("--today", "2026-11-22")
ROWS = 30


@pytest.fixture
def radicale(tmp_path: Path) -> Iterator[Radicale]:
    with Radicale(tmp_path / "radicale") as server:
        server.sign_in(Paths.find().caldav)
        yield server


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write(tmp_path / "Lịch tháng 12.csv")


def write(path: Path, changed: int | None = None, left_out: int | None = None) -> Path:
    lines = ["Tiêu đề,Ngày,Giờ bắt đầu,Giờ kết thúc,Địa điểm"]
    for number in range(ROWS):
        place = "Nhà khách" if number == changed else f"Quán {number}"
        if number != left_out:
            lines.append(f"Gặp khách {number},{number % 27 + 1}/12/2026,8h30,9h30,{place}")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def to(radicale: Radicale) -> tuple[str, ...]:
    return ("--to", f"caldav:{radicale.url}", "--yes", *TODAY)


def test_an_unchanged_file_costs_one_listing_and_no_write(cli: Cli, path: Path, radicale: Radicale) -> None:
    assert cli("calendar", "import", path, *to(radicale)).exit_code == 0
    assert len(radicale.texts()) == ROWS
    radicale.forget()
    again = cli("calendar", "import", path, *to(radicale))
    assert again.exit_code == 0, again.stderr
    assert radicale.counts() == {"REPORT": 1}


def test_one_edited_row_is_one_write(cli: Cli, path: Path, radicale: Radicale) -> None:
    cli("calendar", "import", path, *to(radicale))
    radicale.forget()
    assert cli("calendar", "import", write(path, changed=4), *to(radicale)).exit_code == 0
    assert radicale.counts() == {"REPORT": 1, "PUT": 1}
    radicale.forget()
    assert cli("calendar", "import", write(path, left_out=4), *to(radicale)).exit_code == 0
    assert radicale.counts() == {"REPORT": 1, "DELETE": 1}


def test_undo_empties_the_calendar_and_a_new_import_fills_it_again(cli: Cli, path: Path, radicale: Radicale) -> None:
    cli("calendar", "import", path, *to(radicale))
    first = sorted(line for text in radicale.texts() for line in text.splitlines() if line.startswith("UID:"))
    assert cli("calendar", "undo", 1, "--yes").exit_code == 0
    assert radicale.texts() == []
    assert cli("calendar", "import", path, *to(radicale)).exit_code == 0
    assert first == sorted(line for text in radicale.texts() for line in text.splitlines() if line.startswith("UID:"))


def test_an_event_edited_elsewhere_is_kept_by_import_and_undo(cli: Cli, path: Path, radicale: Radicale) -> None:
    cli("calendar", "import", path, *to(radicale))
    radicale.edit("SUMMARY:Gặp khách 4\n", "Quán 4", "Quán quen")
    planned = cli("calendar", "plan", write(path, changed=4), "--to", f"caldav:{radicale.url}", "--json", *TODAY)
    assert planned.json["data"]["counts"]["conflict"] == 1
    undone = cli("calendar", "undo", 1, "--yes")
    assert undone.exit_code == 1
    [left] = radicale.texts()
    assert "Quán quen" in left


def test_the_same_sheet_says_the_same_in_every_target(cli: Cli, path: Path, radicale: Radicale, tmp_path: Path) -> None:
    plans = []
    for target in (f"caldav:{radicale.url}", f"ics:{tmp_path / 'lich.ics'}", "local"):
        cli("calendar", "import", path, "--to", target, "--yes", *TODAY)
        planned = cli("calendar", "plan", path, "--to", target, "--json", *TODAY).json["data"]
        assert planned["counts"]["unchanged"] == ROWS
        plans.append([{**event, "source": None} for event in planned["events"]])
    assert plans[0] == plans[1] == plans[2]


def test_two_calendars_on_one_server_are_two_targets(cli: Cli, path: Path, radicale: Radicale) -> None:
    for name in ("Việc nhà", "Cơ quan"):
        assert cli("calendar", "import", path, *to(radicale), "--calendar", name).exit_code == 0
    assert len(radicale.texts()) == 2 * ROWS
    assert cli("calendar", "undo", 1, "--yes").exit_code == 0
    assert len(radicale.texts()) == ROWS
    runs = cli("calendar", "runs").stdout
    assert "Việc nhà" in runs
    assert "Cơ quan" in runs


def test_signing_in_tries_the_password_and_keeps_it_to_the_member(
    cli: Cli, radicale: Radicale, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kept in (home / "caldav").iterdir():
        kept.unlink()
    monkeypatch.setenv("TOOLKIT_CALDAV_PASSWORD", "falsch")
    refused = cli("caldav", "login", radicale.url, "--user", USER)
    assert refused.exit_code == 5
    assert not list((home / "caldav").iterdir())
    monkeypatch.setenv("TOOLKIT_CALDAV_PASSWORD", PASSWORD)
    assert cli("caldav", "login", radicale.url, "--user", USER).exit_code == 0
    monkeypatch.delenv("TOOLKIT_CALDAV_PASSWORD")
    [file] = (home / "caldav").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert (home / "caldav").stat().st_mode & 0o777 == 0o700
    status = cli("caldav", "status", "--check", "--json")
    [one] = status.json["data"]
    assert (one["server"] + "/", one["user"], one["kept"]) == (radicale.url, USER, "file")
    assert cli("caldav", "logout").exit_code == 0
    assert not list((home / "caldav").iterdir())
    assert cli("caldav", "logout").exit_code == 4


def test_without_a_sign_in_the_member_is_told_what_to_type(
    cli: Cli, path: Path, radicale: Radicale, home: Path
) -> None:
    cli("caldav", "logout")
    refused = cli("calendar", "import", path, *to(radicale), "--json")
    assert refused.exit_code == 5
    [problem] = refused.json["problems"]
    assert problem["code"] == "caldav.not_signed_in"
    assert "toolkit caldav login http://127.0.0.1" in problem["suggestion"]


def test_a_script_signs_in_with_two_variables(
    cli: Cli, path: Path, radicale: Radicale, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("caldav", "logout")
    monkeypatch.setenv("TOOLKIT_CALDAV_PASSWORD", PASSWORD)
    refused = cli("calendar", "import", path, *to(radicale))
    assert refused.exit_code == 5
    monkeypatch.setenv("TOOLKIT_CALDAV_USER", USER)
    assert cli("calendar", "import", path, *to(radicale)).exit_code == 0
    assert len(radicale.texts()) == ROWS


def test_the_server_can_be_the_usual_target(cli: Cli, path: Path, radicale: Radicale) -> None:
    assert cli("config", "set", "calendar.target", f"caldav:{radicale.url}").exit_code == 0
    assert cli("calendar", "import", path, "--yes", *TODAY).exit_code == 0
    assert len(radicale.texts()) == ROWS


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://lich.example.org/", "caldav.needs_https"),
        ("https://lan:bí-mật@lich.example.org/", "caldav.secret_in_address"),
        ("ftp://lich.example.org/", "caldav.not_an_address"),
        ("https://", "caldav.not_an_address"),
        ("https://lich.example.org:99999/", "caldav.not_an_address"),
        ("https://lich example.org/", "caldav.not_an_address"),
    ],
)
def test_an_address_that_wont_do_is_refused_before_anything_is_sent(
    cli: Cli, path: Path, address: str, code: str
) -> None:
    for command in (("calendar", "plan", path, "--to", f"caldav:{address}"), ("caldav", "login", address)):
        refused = cli(*command, "--json")
        assert refused.exit_code == 2
        assert [problem["code"] for problem in refused.json["problems"]] == [code]
        assert "bí-mật" not in refused.stdout + refused.stderr
        assert json.dumps("bí-mật")[1:-1] not in refused.stdout
