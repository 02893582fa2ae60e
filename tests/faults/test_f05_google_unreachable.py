"""F05: no network, no such host, nobody listening: one sentence at once, nothing marked as done."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest
from google.oauth2.credentials import Credentials

from builders.google_side import IMPORT, Counted, Ids, drain, operation
from toolkit.calendar.adapters.google import GoogleTarget
from toolkit.core.errors import RemoteError
from toolkit.core.outcome import Exit
from toolkit.demo.google_calendar import LoopbackGoogle
from toolkit.google.client import GoogleClient
from toolkit.google.endpoint import Endpoint
from toolkit.shell.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from running import RunToolkit
    from toolkit.calendar.ports import Result


def nobody() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}/"


def target_at(root: str, clock: Counted) -> GoogleTarget:
    client = GoogleClient(Credentials("token"), endpoint=Endpoint(root), persistence=clock.persistence())
    return GoogleTarget(client, "Học", Ids({"Học": "ours@group.calendar.google.com"}))


@pytest.mark.parametrize("verb", ["list", "get", "one write", "many writes"])
def test_a_refused_connection_is_one_sentence_without_waiting(verb: str) -> None:
    clock = Counted()
    target = target_at(nobody(), clock)
    done: list[Result] = []
    acts: dict[str, Callable[[], object]] = {
        "list": lambda: target.made_by(IMPORT),
        "get": lambda: target.get("abcde"),
        "one write": lambda: drain(target.perform([operation("insert")]), done),
        "many writes": lambda: drain(target.perform([operation("insert", number) for number in range(30)]), done),
    }
    with pytest.raises(RemoteError) as caught:
        acts[verb]()
    assert caught.value.problem.code == "google.unreachable"
    assert done == []
    assert sum(clock.slept) == 0


def test_a_name_that_nobody_knows_is_the_same_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    target = target_at("https://www.googleapis.com/", Counted())
    with pytest.raises(RemoteError) as caught:
        target.made_by(IMPORT)
    assert caught.value.problem.code == "google.unreachable"


def test_the_answer_comes_at_once() -> None:
    clock = Counted()
    with pytest.raises(RemoteError):
        target_at(nobody(), clock).made_by(IMPORT)
    assert clock.slept == []


def test_on_the_command_line_it_is_one_sentence_and_the_rest_still_works(
    tmp_path: Path, run_toolkit: RunToolkit
) -> None:
    path = tmp_path / "lịch.csv"
    path.write_text("Tiêu đề,Ngày\nHọp nhóm,3/12/2026\n", encoding="utf-8")
    env = {"TOOLKIT_GOOGLE_ROOT": nobody()}
    command = ("calendar", "import", path, "--yes", "--today", "2026-11-22")
    with LoopbackGoogle() as google:
        google.sign_in(Paths.find().google)
        failed = run_toolkit(*command, "--to", "google", env=env)
        assert failed.exit_code == Exit.REMOTE
        assert failed.stderr.count("Không tới được Google") == 1
        assert "Traceback" not in failed.stderr
        assert run_toolkit(*command, "--to", "local", env=env).exit_code == 0
        resumed = run_toolkit(*command, "--to", "google", env={"TOOLKIT_GOOGLE_ROOT": google.root})
        assert resumed.exit_code == 0
        assert [event["summary"] for event in google.events()] == ["Họp nhóm"]
