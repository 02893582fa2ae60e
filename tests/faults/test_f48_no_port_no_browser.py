"""F48: the port is taken, there is no IPv4, there is no browser: signing in still works, or says what to do."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from builders.browsing import Member, as_browser, browse, pages, use_browser
from running import environment, toolkit_command
from toolkit.core.errors import SignInError
from toolkit.demo.google_calendar import LoopbackGoogle
from toolkit.google.endpoint import ROOT_VARIABLE
from toolkit.google.listener import Listener

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from running import Cli, RunToolkit

NOBODYS = "198.51.100.7"  # kept free for examples (RFC 5737): no machine has it


@pytest.fixture
def google(monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackGoogle]:
    with LoopbackGoogle() as server:
        monkeypatch.setenv(ROOT_VARIABLE, server.root)
        monkeypatch.delenv("BROWSER", raising=False)
        yield server


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def test_a_taken_port_makes_way_for_another_and_it_is_said(
    google: LoopbackGoogle, taken: int, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_browser(monkeypatch)
    client = google.client_file(tmp_path / "client.json")
    ran = cli("google", "login", "--client", client, "--port", taken)
    assert ran.exit_code == 0
    assert f"Cổng {taken} đang có chương trình khác dùng" in ran.stderr


def test_a_free_port_is_used_as_asked(google: LoopbackGoogle) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    member = Member(google)
    member.sign_in(port=free)
    assert f"127.0.0.1%3A{free}%2F" in member.urls[0]


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6")
def test_without_ipv4_loopback_has_another_name(google: LoopbackGoogle) -> None:
    member = Member(google)
    member.sign_in(hosts=(NOBODYS, "::1"))
    assert "%5B%3A%3A1%5D" in member.urls[0]
    assert member.seen[0][0] == 200


def test_without_any_loopback_it_is_one_sentence() -> None:
    with pytest.raises(SignInError) as caught:
        Listener("s", pages(), hosts=(NOBODYS, "198.51.100.8"))
    assert caught.value.problem.code == "google.no_listener"


@pytest.mark.parametrize(
    ("options", "browser"),
    [
        (["--no-browser"], as_browser("deny")),  # there is one, but it isn't wanted
        ([], None),
        ([], "/không/có/trình-duyệt"),
        ([], "false %s"),
    ],
)
@pytest.mark.parametrize("as_json", [False, True])
def test_without_a_browser_the_address_is_there_to_paste(
    google: LoopbackGoogle, tmp_path: Path, options: list[str], browser: str | None, as_json: bool
) -> None:
    client = google.client_file(tmp_path / "client.json")
    arguments = ["google", "login", "--client", str(client), *options, *(["--json"] if as_json else [])]
    changes = {"BROWSER": browser, "DISPLAY": None, "WAYLAND_DISPLAY": None, "TERM": "dumb", "COLUMNS": "40"}
    with subprocess.Popen(
        toolkit_command(*arguments), env=environment(changes), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, encoding="utf-8",
    ) as running:  # fmt: skip
        assert running.stderr is not None
        address = next(line.strip() for line in running.stderr if line.startswith("http"))
        assert parse_qs(urlsplit(address).query)["code_challenge_method"] == ["S256"]
        assert browse(address)[0] == 200
        out, _ = running.communicate(timeout=60)
    assert running.returncode == 0
    assert "http://127.0.0.1" not in out
    assert google.count("token") == 1


def test_a_text_browser_is_not_let_into_the_terminal(
    google: LoopbackGoogle, tmp_path: Path, run_toolkit: RunToolkit
) -> None:
    """Without a desktop the standard library would start lynx or its kin, on top of what we say."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("www-browser", "lynx", "w3m", "links"):
        (folder / name).write_text(f"#!/bin/sh\ntouch {tmp_path / 'started'}\n", "utf-8")
        (folder / name).chmod(0o755)
    probe = "from toolkit.google.browser import open_in_browser; print(open_in_browser('http://127.0.0.1/'))"
    changes = {"PATH": f"{folder}", "DISPLAY": None, "WAYLAND_DISPLAY": None, "BROWSER": None, "TERM": "xterm"}
    ended = subprocess.run(
        [sys.executable, "-c", probe], env=environment(changes), capture_output=True, text=True, check=True, timeout=60
    )
    assert ended.stdout == "False\n"
    assert not (tmp_path / "started").exists()


def test_a_member_who_gives_up_waiting_can_stop_at_once(google: LoopbackGoogle, tmp_path: Path, home: Path) -> None:
    import signal

    client = google.client_file(tmp_path / "client.json")
    with subprocess.Popen(
        toolkit_command("google", "login", "--client", str(client), "--no-browser"), env=environment(),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    ) as running:  # fmt: skip
        assert running.stderr is not None
        assert next(line for line in running.stderr if "Ctrl-C" in line)
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "Traceback" not in err
    assert not (home / "google" / "default.json").exists()


def test_two_sign_ins_at_once_do_not_meet(google: LoopbackGoogle) -> None:
    members = [Member(google) for _ in range(4)]
    threads = [threading.Thread(target=member.sign_in) for member in members]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [len(member.kept) for member in members] == [1, 1, 1, 1]
    assert len({member.kept[0].credentials.refresh_token for member in members}) == 4
