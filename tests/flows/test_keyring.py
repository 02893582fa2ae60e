"""`toolkit config set secrets keyring`: keys and passwords in the system's keyring, and what happens without one."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from builders.browsing import use_browser
from builders.caldav_side import PASSWORD, USER, Radicale
from builders.calendar_sheets import imported, sheet
from builders.keyrings import MemoryKeyring, keyring_in_memory, no_keyring
from toolkit.demo.google_calendar import LoopbackGoogle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from running import Cli


@pytest.fixture
def memory() -> Iterator[MemoryKeyring]:
    with keyring_in_memory() as backend:
        yield backend


@pytest.fixture
def google(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[LoopbackGoogle]:
    with LoopbackGoogle() as server:
        monkeypatch.setenv("TOOLKIT_GOOGLE_ROOT", server.root)
        use_browser(monkeypatch)
        server.client_file(tmp_path / "client.json")
        yield server


@pytest.fixture
def radicale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Radicale]:
    monkeypatch.setenv("TOOLKIT_CALDAV_PASSWORD", PASSWORD)
    with Radicale(tmp_path / "radicale") as server:
        yield server


def signed_in(cli: Cli, tmp_path: Path) -> None:
    assert cli("config", "set", "secrets", "keyring").exit_code == 0
    assert cli("google", "login", "--client", tmp_path / "client.json").exit_code == 0


def test_googles_keys_are_in_the_keyring_and_not_in_the_file(
    cli: Cli, memory: MemoryKeyring, google: LoopbackGoogle, tmp_path: Path, home: Path
) -> None:
    signed_in(cli, tmp_path)
    [(name, kept)] = memory.secrets.items()
    assert name == ("sotay-toolkit", "google default")
    refresh = json.loads(kept)["refresh_token"]
    for _ in range(2):
        assert imported(cli, sheet(tmp_path / "lịch.csv"), to="google").exit_code == 0
        text = (home / "google" / "default.json").read_text(encoding="utf-8")
        assert refresh not in text
        assert not {"token", "refresh_token", "client_secret"} & json.loads(text).keys()
        google.tokens.expire()
    status = cli("google", "status", "--check")
    assert status.exit_code == 0
    assert "kho khóa của máy: default" in status.stderr
    assert cli("google", "logout").exit_code == 0
    assert memory.secrets == {}
    assert not (home / "google" / "default.json").exists()


def test_a_sign_in_that_google_refuses_is_remembered_as_refused(
    cli: Cli, memory: MemoryKeyring, google: LoopbackGoogle, tmp_path: Path
) -> None:
    signed_in(cli, tmp_path)
    google.tokens.revoke()
    assert imported(cli, sheet(tmp_path / "lịch.csv"), to="google").exit_code == 5
    [account] = cli("google", "status", "--json").json["data"]["accounts"]
    assert (account["state"], account["kept"]) == ("gone", "keyring")


@pytest.mark.parametrize("wrong", ["emptied", "locked", "uninstalled"])
def test_keys_that_cant_be_had_are_said_to_be_missing(
    wrong: str, cli: Cli, memory: MemoryKeyring, google: LoopbackGoogle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in(cli, tmp_path)
    if wrong == "emptied":
        memory.secrets.clear()
    elif wrong == "locked":
        memory.locked = True
    else:
        monkeypatch.setitem(sys.modules, "keyring", None)
    refused = cli("calendar", "plan", sheet(tmp_path / "lịch.csv"), "--to", "google", "--json")
    codes = {"emptied": "google.keys_gone", "locked": "disk.keyring_refuses", "uninstalled": "disk.no_keyring"}
    assert [problem["code"] for problem in refused.json["problems"]] == [codes[wrong]]
    assert refused.exit_code == (5 if wrong == "emptied" else 7)


def test_the_password_of_a_calendar_server_is_in_the_keyring(
    cli: Cli, memory: MemoryKeyring, radicale: Radicale, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("config", "set", "secrets", "keyring")
    assert cli("caldav", "login", radicale.url, "--user", USER).exit_code == 0
    monkeypatch.delenv("TOOLKIT_CALDAV_PASSWORD")
    assert list(memory.secrets.values()) == [PASSWORD]
    [file] = (home / "caldav").iterdir()
    assert PASSWORD not in file.read_text(encoding="utf-8")
    assert "password" not in json.loads(file.read_text(encoding="utf-8"))
    assert imported(cli, sheet(tmp_path / "lịch.csv"), to=f"caldav:{radicale.url}").exit_code == 0
    assert cli("caldav", "logout").exit_code == 0
    assert memory.secrets == {}


def test_without_a_keyring_a_private_file_is_used_and_that_is_said(
    cli: Cli, google: LoopbackGoogle, radicale: Radicale, tmp_path: Path, home: Path
) -> None:
    with no_keyring():
        cli("config", "set", "secrets", "keyring")
        for command in (
            ("google", "login", "--client", tmp_path / "client.json"),
            ("caldav", "login", radicale.url, "--user", USER),
        ):
            ran = cli(*command)
            assert ran.exit_code == 1
            assert "chưa có kho khóa dùng được" in " ".join(ran.stderr.split())
    assert imported(cli, sheet(tmp_path / "lịch.csv"), to="google").exit_code == 0
    assert (home / "google" / "default.json").stat().st_mode & 0o777 == 0o600


def test_going_back_to_files_takes_the_keys_out_of_the_keyring(
    cli: Cli, memory: MemoryKeyring, google: LoopbackGoogle, tmp_path: Path, home: Path
) -> None:
    signed_in(cli, tmp_path)
    cli("config", "set", "secrets", "file")
    assert cli("google", "login").exit_code == 0
    assert memory.secrets == {}
    assert "refresh_token" in json.loads((home / "google" / "default.json").read_text(encoding="utf-8"))
