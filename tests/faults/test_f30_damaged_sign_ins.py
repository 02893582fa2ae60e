"""F30: a sign-in file that is half, empty, wrong or open to others: said, mended by signing in, never a traceback."""

from __future__ import annotations

import json
import os
import random
from typing import TYPE_CHECKING

import pytest

from builders.browsing import use_browser
from builders.calendar_sheets import imported, sheet
from toolkit.core.errors import SignInError
from toolkit.demo.google_calendar import LoopbackGoogle
from toolkit.google.accounts import load, status, token_file
from toolkit.google.client_secrets import kept_client_file
from toolkit.google.endpoint import ROOT_VARIABLE

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
def token(google: LoopbackGoogle, cli: Cli, tmp_path: Path, home: Path) -> Path:
    assert cli("google", "login", "--client", google.client_file(tmp_path / "client.json")).exit_code == 0
    return token_file(home / "google")


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: b"",
        lambda whole: whole[: len(whole) // 2],
        lambda whole: b"[]",
        lambda whole: b"null",
        lambda whole: b"\x80\x04\x95\x10\x00\x00\x00pickle",
        lambda whole: b"\x00" * len(whole),
        lambda whole: json.dumps({"installed": json.loads(whole)}).encode(),
    ],
)  # fmt: skip
def test_a_damaged_sign_in_asks_for_a_new_one_and_a_new_one_mends_it(
    google: LoopbackGoogle, token: Path, cli: Cli, tmp_path: Path, damage: object
) -> None:
    assert callable(damage)
    token.write_bytes(damage(token.read_bytes()))
    path = sheet(tmp_path / "lịch.csv")
    ran = imported(cli, path, to="google")
    assert ran.exit_code == 5
    assert "Gõ: toolkit google login" in ran.stderr
    assert not google.events()
    told = cli("google", "status", "--check", "--json")
    assert told.exit_code == 1
    assert [problem["code"] for problem in told.json["problems"]] == ["google.token_damaged"]
    assert "toolkit google login" in cli("doctor").stderr
    assert cli("google", "login").exit_code == 0
    assert imported(cli, path, to="google").exit_code == 0
    assert len(google.events()) == 10


def test_a_damaged_sign_in_can_be_signed_out_of(google: LoopbackGoogle, token: Path, cli: Cli) -> None:
    token.write_bytes(b"{")
    ran = cli("google", "logout")
    assert ran.exit_code == 1
    assert "myaccount.google.com" in ran.stderr
    assert not token.exists()
    assert google.tokens.standing == 1


def test_a_file_cut_anywhere_is_damaged_or_whole_never_a_crash(token: Path, home: Path) -> None:
    whole = token.read_bytes()
    for length in range(len(whole)):
        token.write_bytes(whole[:length])
        state = status(home / "google")
        assert state.kind == "damaged", length
        with pytest.raises(SignInError):
            load(home / "google")


def test_flipped_bytes_never_crash(token: Path, home: Path) -> None:
    whole = token.read_bytes()
    chance = random.Random(20_261_122)
    for _ in range(300):
        flipped = bytearray(whole)
        flipped[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        token.write_bytes(flipped)
        state = status(home / "google")
        if state.kind == "damaged":
            with pytest.raises(SignInError):
                load(home / "google")
        else:
            assert load(home / "google") is not None


@pytest.mark.skipif(os.name != "posix", reason="modes are a POSIX thing")
@pytest.mark.parametrize("looker", ["status", "doctor", "import"])
def test_a_sign_in_open_to_others_is_closed_and_goes_on_working(
    token: Path, cli: Cli, tmp_path: Path, looker: str
) -> None:
    token.chmod(0o644)
    if looker == "import":
        assert imported(cli, sheet(tmp_path / "lịch.csv"), to="google").exit_code == 0
    else:
        ran = cli("doctor") if looker == "doctor" else cli("google", "status")
        assert ran.exit_code == 0
        assert "đóng lại" in ran.stdout
    assert token.stat().st_mode & 0o777 == 0o600


def test_a_damaged_client_is_named_and_a_new_file_mends_it(
    google: LoopbackGoogle, token: Path, cli: Cli, tmp_path: Path, home: Path
) -> None:
    kept_client_file(home / "google").write_bytes(b'{"installed": {')
    ran = cli("google", "login")
    assert ran.exit_code == 3
    assert "Download JSON" in ran.stderr
    assert cli("google", "status").exit_code == 0
    assert cli("google", "login", "--client", tmp_path / "client.json").exit_code == 0
    assert cli("google", "login").exit_code == 0
