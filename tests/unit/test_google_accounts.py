"""Sign-ins on disk: kept to their owner, read strictly, judged without asking Google."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest
from google.oauth2.credentials import Credentials
from hypothesis import given
from hypothesis import strategies as st

from toolkit import google as google_room
from toolkit.core.errors import SignInError
from toolkit.google.accounts import load, save, status, token_file

if TYPE_CHECKING:
    from pathlib import Path

GOOD: dict[str, Any] = {
    "client_id": "id",
    "client_secret": "secret",
    "refresh_token": "refresh",
    "token": "access",
    "token_uri": "https://oauth2.googleapis.com/token",
    "scopes": ["https://www.googleapis.com/auth/calendar.app.created"],
    "expiry": "2026-11-22T04:00:00",
}
posix = pytest.mark.skipif(os.name != "posix", reason="modes are a POSIX thing")


def keep(folder: Path, text: str | bytes, mode: int = 0o600) -> Path:
    path = token_file(folder)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    path.chmod(mode)
    return path


def test_nobody_signed_in(tmp_path: Path) -> None:
    assert google_room.status(tmp_path / "none").kind == "absent"
    assert load(tmp_path / "none") is None
    assert not (tmp_path / "none").exists()


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    keep(tmp_path, json.dumps(GOOD))
    first = load(tmp_path)
    assert first is not None
    save(tmp_path / "kept", first, "chị Hoa")
    again = load(tmp_path / "kept", "chị Hoa")
    assert again is not None
    for name in ("token", "refresh_token", "client_id", "client_secret", "token_uri", "scopes", "expiry"):
        assert getattr(again, name) == getattr(first, name)
    assert load(tmp_path / "kept") is None


@posix
def test_a_sign_in_belongs_to_its_owner_alone_under_any_umask(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        path = save(tmp_path / "google", Credentials("t", refresh_token="r", client_id="c", client_secret="s"))
    finally:
        os.umask(old)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


@posix
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o666, 0o777])
def test_a_sign_in_open_to_others_is_closed_and_said(tmp_path: Path, mode: int) -> None:
    path = keep(tmp_path, json.dumps(GOOD), mode)
    assert status(tmp_path).kind == "mode_repaired"
    assert path.stat().st_mode & 0o077 == 0
    assert status(tmp_path).kind == "ready"


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "null", "[]", "{}", "0", '"x"', json.dumps(GOOD)[:-20], "\x00" * 50, b"\x80\x04\x95pickle",
        json.dumps({**GOOD, "refresh_token": None}), json.dumps({**GOOD, "client_id": 7}),
        json.dumps({**GOOD, "scopes": "all"}), json.dumps({**GOOD, "token": []}), "[" * 100_000,
        json.dumps({**GOOD, "token_uri": ""}), json.dumps({**GOOD, "more": "x" * 100_000}),
    ],
)  # fmt: skip
def test_a_damaged_sign_in_is_damaged_and_asks_for_a_new_one(tmp_path: Path, text: str | bytes) -> None:
    path = keep(tmp_path, text)
    assert status(tmp_path).kind == "damaged"
    with pytest.raises(SignInError) as caught:
        load(tmp_path)
    assert caught.value.problem.code == "google.token_damaged"
    assert caught.value.problem.params["path"] == str(path)


def test_a_sign_in_that_cannot_be_read_is_said_to_be_unreadable(tmp_path: Path) -> None:
    token_file(tmp_path).mkdir()
    assert status(tmp_path).kind == "unreadable"
    with pytest.raises(SignInError):
        load(tmp_path)


def test_an_expiry_that_makes_no_sense_counts_as_over(tmp_path: Path) -> None:
    keep(tmp_path, json.dumps({**GOOD, "expiry": "mai"}))
    credentials = load(tmp_path)
    assert credentials is not None
    assert not credentials.valid


@given(st.text(min_size=1, max_size=40))
def test_no_name_of_an_account_leads_out_of_the_folder(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    folder = tmp_path_factory.getbasetemp() / "accounts"
    assert token_file(folder, name).parent == folder
