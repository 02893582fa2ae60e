"""A03: keys belong to their owner alone: 0600 in 0700, under any umask, after a renewal too; and they are text."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builders.browsing import use_browser
from toolkit.demo.google_calendar import LoopbackGoogle
from toolkit.google.client import signed_in
from toolkit.google.client_secrets import kept_client_file
from toolkit.google.endpoint import ROOT_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from running import Cli

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes are a POSIX thing")


@pytest.fixture(params=[0o000, 0o022, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@pytest.fixture
def google(monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackGoogle]:
    with LoopbackGoogle() as server:
        monkeypatch.setenv(ROOT_VARIABLE, server.root)
        yield server


def modes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mode & 0o777 for path in [folder, *folder.iterdir()]}


def test_keys_and_client_are_for_their_owner_alone(
    umask: int, home: Path, cli: Cli, google: LoopbackGoogle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = home / "google"
    wanted = {"google": 0o700, "default.json": 0o600, kept_client_file(folder).name: 0o600}
    use_browser(monkeypatch)
    client = google.client_file(tmp_path / "client.json")
    assert cli("google", "login", "--client", client).exit_code == 0
    assert modes(folder) == wanted
    before = json.loads((folder / "default.json").read_bytes())
    google.tokens.expire()
    assert cli("google", "status", "--check").exit_code == 0
    after = json.loads((folder / "default.json").read_bytes())
    assert modes(folder) == wanted
    assert after["token"] != before["token"]
    assert {**after, "token": 0, "expiry": 0} == {**before, "token": 0, "expiry": 0}
    folder.chmod(0o755)
    (folder / "default.json").chmod(0o644)
    assert cli("google", "login").exit_code == 0
    assert modes(folder) == wanted


def test_keys_are_never_open_to_others_not_even_until_they_are_looked_at(
    umask: int, home: Path, google: LoopbackGoogle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading repairs the mode; this is about the moment before."""
    seen: list[int] = []
    replace = os.replace

    def watched(source: str | os.PathLike[str], target: str | os.PathLike[str]) -> None:
        seen.append(Path(source).stat().st_mode & 0o777)
        replace(source, target)

    monkeypatch.setattr(os, "replace", watched)
    google.sign_in(home / "google")
    with signed_in(home / "google") as client:
        client.renew()
    assert seen == [0o600, 0o600]
    assert modes(home / "google")["default.json"] == 0o600


def test_a_renewal_is_kept_the_moment_it_happens(home: Path, google: LoopbackGoogle) -> None:
    google.sign_in(home / "google")
    google.tokens.expire()
    with signed_in(home / "google") as client:
        client.renew()
        kept = json.loads((home / "google" / "default.json").read_bytes())
        assert google.tokens.scopes(f"Bearer {kept['token']}")


def test_a_renewal_does_not_undo_a_sign_out_in_another_window(home: Path, google: LoopbackGoogle) -> None:
    google.sign_in(home / "google")
    with signed_in(home / "google") as client:
        (home / "google" / "default.json").unlink()
        client.renew()
    assert list((home / "google").iterdir()) == []


def test_a_renewal_does_not_undo_a_new_sign_in_in_another_window(home: Path, google: LoopbackGoogle) -> None:
    google.sign_in(home / "google")
    with signed_in(home / "google") as client:
        google.sign_in(home / "google")
        newer = (home / "google" / "default.json").read_bytes()
        client.renew()
    assert (home / "google" / "default.json").read_bytes() == newer
