"""A04: no key, code or secret of a sign-in reaches the terminal, a log or a report, whatever goes wrong."""

from __future__ import annotations

import json
import os
import shlex
import stat
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from builders.browsing import SCRIPT, as_browser
from toolkit.demo.google_calendar import LoopbackGoogle
from toolkit.google.endpoint import ROOT_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from running import Ran, RunToolkit

CANARY = "CANARYsecret7Qp2mZ9"
KEYS = ("token", "refresh_token", "client_secret")


@pytest.fixture
def google(monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackGoogle]:
    with LoopbackGoogle() as server:
        server.tokens.client_secret = CANARY
        monkeypatch.setenv(ROOT_VARIABLE, server.root)
        yield server


@pytest.fixture
def client(google: LoopbackGoogle, tmp_path: Path) -> Path:
    return google.client_file(tmp_path / "client.json")


def recording(tmp_path: Path) -> tuple[str, Path]:
    """A browser that leaves the address with the code in a file: what mustn't be seen elsewhere."""
    heard, script = tmp_path / "heard", tmp_path / "browser.py"
    script.write_text(
        f"import sys; sys.path.insert(0, {str(SCRIPT.parents[1])!r})\n"
        "from builders.browsing import consent, get\n"
        f"answer = consent(sys.argv[1]); open({str(heard)!r}, 'w').write(answer); get(answer)\n",
        encoding="utf-8",
    )
    return f"{shlex.quote(sys.executable)} {shlex.quote(str(script))} %s", heard


def assert_unseen(secrets: set[str], ran: Ran, home: Path, *, allowed: set[str]) -> None:
    assert secrets
    texts = {"stdout": ran.stdout, "stderr": ran.stderr}
    for path in home.rglob("*"):
        if path.is_file() and path.name not in allowed:
            texts[str(path)] = path.read_bytes().decode("utf-8", "replace")
    for where, text in texts.items():
        for secret in secrets:
            assert secret not in text, where


def test_a_sign_in_that_works_shows_none_of_its_secrets(
    client: Path, home: Path, tmp_path: Path, run_toolkit: RunToolkit
) -> None:
    browser, heard = recording(tmp_path)
    ran = run_toolkit("google", "login", "--client", client, "--debug", env={"BROWSER": browser})
    assert ran.exit_code == 0, ran.stderr
    code = parse_qs(urlsplit(heard.read_text("utf-8")).query)["code"][0]
    kept = json.loads((home / "google" / "default.json").read_bytes())
    secrets = {code, code.rpartition("/")[2], CANARY, *(kept[name] for name in KEYS)}  # in an address "/" is "%2F"
    assert_unseen(secrets, ran, home, allowed={"default.json", "client_secret"})
    for arguments in (["google", "status", "--check", "--debug"], ["doctor", "--json"], ["google", "logout"]):
        assert_unseen(secrets, run_toolkit(*arguments), home, allowed={"default.json", "client_secret"})


@pytest.mark.parametrize("fault", ["200html", "truncated_json", "503", "reset_after", "invalid_grant"])
def test_a_sign_in_that_fails_shows_none_of_its_secrets(
    google: LoopbackGoogle, client: Path, home: Path, tmp_path: Path, run_toolkit: RunToolkit, fault: Any
) -> None:
    browser, heard = recording(tmp_path)
    google.faults.add("token", fault, times=9)
    ran = run_toolkit("google", "login", "--client", client, "--debug", env={"BROWSER": browser})
    assert ran.exit_code in {5, 6}
    assert "Traceback" not in ran.stderr
    code = parse_qs(urlsplit(heard.read_text("utf-8")).query)["code"][0]
    assert_unseen({code, CANARY}, ran, home, allowed={"client_secret"})
    assert not (home / "google" / "default.json").exists()


BREAK_WHILE_KEEPING = """
import sys
import toolkit.upkeep.google_accounts as verbs
def broken(directory, credentials, *_, **__):
    raise RuntimeError(f"bug while keeping {credentials.to_json()}")
verbs.save = broken
from toolkit.cli import main
sys.exit(main(sys.argv[1:]))
"""


def test_a_bug_in_the_middle_of_a_sign_in_reports_none_of_its_secrets(
    google: LoopbackGoogle, client: Path, home: Path
) -> None:
    """Even a bug that puts the keys themselves into its message."""
    import subprocess

    from running import Ran, environment

    ended = subprocess.run(
        [sys.executable, "-c", BREAK_WHILE_KEEPING, "google", "login", "--client", str(client), "--debug"],
        env=environment({"BROWSER": as_browser()}), capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    ran = Ran(ended.returncode, ended.stdout.decode(), ended.stderr.decode())
    assert ran.exit_code == 70
    assert "bug while keeping" in ran.stderr
    issued = {*google.tokens._access, *google.tokens._refresh}
    assert len(issued) == 2
    assert_unseen({CANARY, *issued}, ran, home, allowed={"client_secret"})
    (report,) = (home / "reports").iterdir()
    if os.name == "posix":
        assert stat.S_IMODE(report.stat().st_mode) == 0o600


def test_the_secrets_are_no_arguments_of_any_process(
    client: Path, home: Path, tmp_path: Path, run_toolkit: RunToolkit
) -> None:
    """Everyone on a machine can see what a process was started with: the browser is given the question only."""
    script, seen = tmp_path / "browser.py", tmp_path / "arguments"
    script.write_text(
        f"import sys; sys.path.insert(0, {str(SCRIPT.parents[1])!r})\n"
        "from builders.browsing import browse\n"
        f"open({str(seen)!r}, 'w').write(' '.join(sys.argv)); browse(sys.argv[1])\n",
        encoding="utf-8",
    )
    env = {"BROWSER": f"{shlex.quote(sys.executable)} {shlex.quote(str(script))} %s"}
    assert run_toolkit("google", "login", "--client", client, env=env).exit_code == 0
    kept = json.loads((home / "google" / "default.json").read_bytes())
    text = seen.read_text("utf-8")
    assert "code_challenge=" in text
    for secret in (CANARY, *(kept[name] for name in KEYS)):
        assert secret not in text
