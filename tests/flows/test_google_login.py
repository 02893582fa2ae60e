"""`toolkit google` as a member types it: in, look, out; once and again, in both languages, for several accounts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from builders.browsing import use_browser
from builders.calendar_sheets import imported, sheet
from toolkit.demo.google_calendar import LoopbackGoogle
from toolkit.google.endpoint import ROOT_VARIABLE
from toolkit.google.signin import APP_CREATED, EVENTS_OWNED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from running import Cli


@pytest.fixture
def google(monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackGoogle]:
    with LoopbackGoogle() as server:
        monkeypatch.setenv(ROOT_VARIABLE, server.root)
        use_browser(monkeypatch)
        yield server


@pytest.fixture
def client(google: LoopbackGoogle, tmp_path: Path) -> Path:
    return google.client_file(tmp_path / "client_secret_123.json")


def test_the_first_sign_in_needs_the_members_own_project_and_says_how_to_get_one(
    google: LoopbackGoogle, cli: Cli
) -> None:
    assert "toolkit google login" in cli("google", "status").stdout
    ran = cli("google", "login")
    assert ran.exit_code == 5
    assert "--client TỆP.json" in ran.stderr
    shown = cli("google", "login", "--help").stdout
    for step in ("projectcreate", "Google Calendar API", "External", "Publish app", "Desktop app", "7 ngày"):
        assert step in " ".join(shown.split()), step
    assert not google.requests


def test_from_signing_in_to_events_in_google_to_signing_out(
    google: LoopbackGoogle, client: Path, cli: Cli, tmp_path: Path, home: Path
) -> None:
    ran = cli("google", "login", "--client", client)
    assert ran.exit_code == 0
    assert "Đã đăng nhập Google" in ran.stdout
    assert "toolkit calendar import" in ran.stderr
    client.unlink()  # it isn't needed again
    assert cli("google", "login").exit_code == 0

    path = sheet(tmp_path / "lịch.csv")
    assert imported(cli, path, to="google").exit_code == 0
    assert len(google.events()) == 10

    ran = cli("google", "logout")
    assert ran.exit_code == 0
    assert not (home / "google" / "default.json").exists()
    assert len(google.events()) == 10
    assert imported(cli, path, to="google").exit_code == 5
    assert cli("google", "logout").exit_code == 4


def test_signing_in_again_replaces_the_sign_in_and_leaves_the_calendar_alone(
    google: LoopbackGoogle, client: Path, cli: Cli, tmp_path: Path
) -> None:
    path = sheet(tmp_path / "lịch.csv")
    assert cli("google", "login", "--client", client).exit_code == 0
    assert imported(cli, path, to="google").exit_code == 0
    assert cli("google", "login").exit_code == 0
    google.forget_requests()
    assert imported(cli, path, to="google").exit_code == 0
    assert google.writes == 0


def test_the_least_is_asked_for_and_the_wider_scope_is_explained(
    google: LoopbackGoogle, client: Path, cli: Cli
) -> None:
    narrow = cli("google", "login", "--client", client)
    assert "Lịch sẵn có của bạn không đọc được" in " ".join(narrow.stderr.split())
    wide = cli("google", "login", "--account", "chính", "--scope", "primary")
    assert "--calendar primary" in wide.stderr
    accounts = cli("google", "status", "--json").json["data"]["accounts"]
    assert [(one["account"], one["scopes"]) for one in accounts] == [
        ("default", [APP_CREATED]),
        ("chính", [APP_CREATED, EVENTS_OWNED]),
    ]
    assert cli("google", "login", "--scope", "everything").exit_code == 2


def test_the_status_of_every_account_for_a_person_a_program_and_a_spreadsheet(
    google: LoopbackGoogle, client: Path, cli: Cli
) -> None:
    for account in ("default", "cong-ty"):
        assert cli("google", "login", "--client", client, "--account", account).exit_code == 0
    google.forget_requests()
    shown = cli("google", "status")
    assert shown.exit_code == 0
    assert shown.stdout.count("dùng được") == 2
    assert "so-tay-cua-toi" in shown.stderr
    data = cli("google", "status", "--json").json["data"]
    assert set(data["accounts"][0]) == {"account", "state", "scopes", "signed_in", "ends", "kept"}
    assert data["project"] == "so-tay-cua-toi"
    assert cli("google", "status", "--csv").stdout.splitlines()[1].startswith("default,")
    assert not google.requests  # looking asks nobody
    assert cli("google", "status", "--check").exit_code == 0
    assert google.counts() == {"token": 2}
    assert "usable" in cli("google", "status", "--lang", "en").stdout


def test_asking_google_tells_apart_a_lost_sign_in_and_a_lost_network(
    google: LoopbackGoogle, client: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    assert cli("google", "login", "--client", client).exit_code == 0
    kept = home / "google" / "default.json"
    fields = json.loads(kept.read_bytes())
    kept.write_text(json.dumps(fields | {"token_uri": "http://127.0.0.1:9/token"}), "utf-8")
    offline = cli("google", "status", "--check", "--json").json
    assert [problem["code"] for problem in offline["problems"]] == ["google.unreachable"]
    assert offline["data"]["accounts"][0]["state"] == "ready"
    kept.write_text(json.dumps(fields), "utf-8")
    google.tokens.revoke()
    lost = cli("google", "status", "--check", "--json").json
    assert [problem["code"] for problem in lost["problems"]] == ["google.sign_in_gone"]
    assert lost["data"]["accounts"][0]["state"] == "gone"


def test_saying_no_is_a_neutral_ending(
    google: LoopbackGoogle, client: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    use_browser(monkeypatch, "deny")
    ran = cli("google", "login", "--client", client)
    assert ran.exit_code == 5
    assert "chưa có gì thay đổi" in ran.stderr
    assert not (home / "google" / "default.json").exists()
    assert cli("google", "login", "--json").json["problems"][0]["code"] == "google.consent_denied"


def test_a_sign_in_that_said_no_leaves_the_one_before(
    google: LoopbackGoogle, client: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli("google", "login", "--client", client).exit_code == 0
    use_browser(monkeypatch, "deny")
    assert cli("google", "login").exit_code == 5
    assert cli("google", "status", "--check").exit_code == 0


def test_signing_out_removes_the_file_even_if_google_cannot_be_told(
    google: LoopbackGoogle, client: Path, cli: Cli, home: Path
) -> None:
    assert cli("google", "login", "--client", client).exit_code == 0
    google.faults.add("revoke", "200html", times=9)
    ran = cli("google", "logout")
    assert ran.exit_code == 1
    assert "myaccount.google.com/connections" in ran.stderr
    assert not (home / "google" / "default.json").exists()
    assert google.tokens.standing == 1


def test_signing_out_of_one_account_leaves_the_others(google: LoopbackGoogle, client: Path, cli: Cli) -> None:
    for account in ("default", "cong-ty"):
        assert cli("google", "login", "--client", client, "--account", account).exit_code == 0
    assert cli("google", "logout", "--account", "cong-ty").exit_code == 0
    assert google.tokens.standing == 1
    assert cli("google", "status", "--check").exit_code == 0
    ran = cli("google", "logout", "--account", "cong-ty")
    assert ran.exit_code == 4
    assert "default" in ran.stderr


@pytest.mark.parametrize("name", ["", "../x", "a/b", "CON", ".an", "--x", "a\nb/", 'a"b', "x" * 61])
def test_a_name_that_cannot_be_a_files_name_is_refused(cli: Cli, home: Path, name: str) -> None:
    ran = cli("google", "logout", f"--account={name}")
    assert ran.exit_code == 2
    assert not home.exists()


def test_a_client_of_the_wrong_kind_is_refused_before_any_browser_opens(
    google: LoopbackGoogle, cli: Cli, tmp_path: Path
) -> None:
    path = tmp_path / "client.json"
    path.write_text(json.dumps({"web": {"client_id": "x"}}), "utf-8")
    ran = cli("google", "login", "--client", path)
    assert ran.exit_code == 3
    assert "Desktop app" in ran.stderr
    assert not google.requests


def test_the_pages_in_the_browser_speak_the_members_language(cli: Cli) -> None:
    from toolkit.shell.messages import Messages
    from toolkit.upkeep.google_views import pages

    assert pages(Messages("vi")).done.title == "Đã đăng nhập xong"
    assert pages(Messages("en")).done.title == "You are signed in"
