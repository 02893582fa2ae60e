"""The client file: read strictly, kept to its owner, never trusted with an address that isn't Google's."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit.core.errors import InputError, RemoteError
from toolkit.google.accounts import accounts
from toolkit.google.client_secrets import keep_client, kept_client, kept_client_file, read_client
from toolkit.google.endpoint import Endpoint

if TYPE_CHECKING:
    from pathlib import Path

REAL = Endpoint()
INSTALLED: dict[str, Any] = {
    "client_id": "123-abc.apps.googleusercontent.com",
    "project_id": "so-tay-cua-lan",
    "auth_uri": "https://accounts.google.com/o/oauth2/auth",
    "token_uri": "https://oauth2.googleapis.com/token",
    "auth_provider_x509_cert_url": "https://www.googleapis.com/oauth2/v1/certs",
    "client_secret": "GOCSPX-geheim",
    "redirect_uris": ["http://localhost"],
}


def written(folder: Path, content: object) -> Path:
    path = folder / "client_secret_123.json"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def code_of(path: Path, endpoint: Endpoint = REAL) -> str:
    with pytest.raises(InputError) as caught:
        read_client(path, endpoint)
    assert caught.value.problem.place.file == str(path)
    return caught.value.problem.code


def test_a_file_as_google_gives_it_is_read_and_its_secret_is_not_shown(tmp_path: Path) -> None:
    client = read_client(written(tmp_path, {"installed": INSTALLED}), REAL)
    assert (client.client_id, client.project_id) == (INSTALLED["client_id"], "so-tay-cua-lan")
    assert "geheim" not in repr(client)
    marked = b"\xef\xbb\xbf" + json.dumps({"installed": INSTALLED}).encode()
    assert read_client(written(tmp_path, marked), REAL) == client


def test_a_remembered_client_is_the_same_and_belongs_to_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "google"
    assert kept_client(folder, REAL) is None
    client = read_client(written(tmp_path, {"installed": INSTALLED}), REAL)
    old = os.umask(0)
    try:
        path = keep_client(folder, client)
    finally:
        os.umask(old)
    assert kept_client(folder, REAL) == client
    assert accounts(folder) == []
    if os.name == "posix":
        assert (path.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)
        path.chmod(0o644)
        kept_client(folder, REAL)
        assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "google.client_not_json"),
        (b"<html>", "google.client_not_json"),
        (b"[" * 100_000, "google.client_not_json"),
        (b"\xff\xfe\x00", "google.client_not_json"),
        ({}, "google.client_not_json"),
        ([], "google.client_not_json"),
        ({"installed": []}, "google.client_not_json"),
        ({"web": INSTALLED}, "google.client_other_kind"),
        ({"type": "service_account", "private_key": "x"}, "google.client_other_kind"),
        ({"type": "authorized_user", "refresh_token": "x"}, "google.client_other_kind"),
        ({"installed": {**INSTALLED, "client_secret": ""}}, "google.client_incomplete"),
        ({"installed": {**INSTALLED, "client_id": 7}}, "google.client_incomplete"),
        ({"installed": {**INSTALLED, "client_id": "a\nb"}}, "google.client_incomplete"),
        ({"installed": {**INSTALLED, "more": "x" * 100_000}}, "google.client_not_json"),
    ],
)
def test_anything_else_is_named(tmp_path: Path, content: object, code: str) -> None:
    assert code_of(written(tmp_path, content)) == code


@pytest.mark.parametrize(
    "changes",
    [
        {"auth_uri": "https://accounts.google.com.evil.test/o/oauth2/auth"},
        {"auth_uri": "http://accounts.google.com/o/oauth2/auth"},
        {"auth_uri": "https://accounts.google.com@evil.test/"},
        {"auth_uri": "javascript:alert(1)"},
        {"token_uri": "https://evil.test/token"},
        {"token_uri": "http://oauth2.googleapis.com/token"},
        {"token_uri": "https://oauth2.googleapis.com.evil.test/token"},
        {"token_uri": "http://127.0.0.1:8000/token"},
    ],
)
def test_a_file_that_leads_elsewhere_is_refused(tmp_path: Path, changes: dict[str, str]) -> None:
    assert code_of(written(tmp_path, {"installed": INSTALLED | changes})) == "google.client_leads_elsewhere"


def test_on_loopback_only_a_file_that_leads_to_google_is_refused_too(tmp_path: Path) -> None:
    path = written(tmp_path, {"installed": INSTALLED})
    for endpoint in (Endpoint("http://127.0.0.1:9/"), Endpoint(loopback_only=True)):
        with pytest.raises(RemoteError) as caught:
            read_client(path, endpoint)
        assert caught.value.problem.code == "google.blocked_host"


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert code_of(tmp_path / "none.json") == "google.client_unreadable"
    assert code_of(tmp_path) == "google.client_unreadable"
    assert not kept_client_file(tmp_path).exists()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["installed", "web", *INSTALLED]), inner),
    )
)
def test_any_json_is_a_client_or_an_input_error(tmp_path: Path, content: object) -> None:
    path = written(tmp_path, content)
    with pytest.raises(InputError):
        read_client(path, REAL)
