"""F03: an import asked to stop finishes what it has in hand, ends with 128 + the signal, and says how to go on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from builders.calendar_sheets import TODAY, imported, sheet, standing
from running import environment, toolkit_command
from toolkit.calendar.adapters.local import LocalTarget

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from running import Cli
    from toolkit.calendar.ports import Operation, Result

ROWS = [(f"Khách {n}", f"{1 + n % 28}/12/2026", f"{8 + n // 28 % 12}h", f"nhà số {n}") for n in range(450)]


def stopping_at(batch: int, signals: Sequence[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the signals arrive while the given batch is being written."""
    write = LocalTarget.perform
    batches = 0

    def perform(self: LocalTarget, operations: Sequence[Operation]) -> Iterator[Result]:
        nonlocal batches
        batches += 1
        if batches == batch:
            for number in signals:
                os.kill(os.getpid(), number)
        return write(self, operations)

    monkeypatch.setattr(LocalTarget, "perform", perform)


@pytest.mark.parametrize(("number", "exit_code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_the_batch_in_hand_is_finished_and_resume_does_the_rest(
    number: int, exit_code: int, tmp_path: Path, cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sheet(tmp_path / "lịch.csv", ROWS)
    with monkeypatch.context() as patched:
        stopping_at(2, [number], patched)
        ran = imported(cli, path)
    assert ran.exit_code == exit_code
    assert "toolkit calendar resume 1" in ran.stdout
    assert len(standing(home)) == 400
    assert cli("calendar", "resume", "1").exit_code == 0
    assert len(standing(home)) == 450
    assert imported(cli, path, "--json").json["data"]["unchanged"] == 450


def test_a_second_signal_doesnt_wait_and_still_nothing_is_lost(
    tmp_path: Path, cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sheet(tmp_path / "lịch.csv", ROWS)
    with monkeypatch.context() as patched:
        stopping_at(2, [signal.SIGINT, signal.SIGINT], patched)
        assert imported(cli, path).exit_code == 130
    again = imported(cli, path, "--json")
    assert (again.exit_code, again.json["data"]["resumed"]) == (0, [1])
    assert len(standing(home)) == 450


def test_a_stopped_undo_goes_on_when_it_is_typed_again(
    tmp_path: Path, cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(cli, sheet(tmp_path / "lịch.csv", ROWS))
    with monkeypatch.context() as patched:
        stopping_at(1, [signal.SIGTERM], patched)
        ran = cli("calendar", "undo", "1", "--yes", "--json")
    assert ran.exit_code == 143
    assert ran.json["data"]["interrupted"] is True
    assert len(standing(home)) == 250
    assert cli("calendar", "undo", "1", "--yes").exit_code == 0
    assert standing(home) == {}


def test_a_stopped_import_can_be_undone_without_being_finished(
    tmp_path: Path, cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sheet(tmp_path / "lịch.csv", ROWS)
    with monkeypatch.context() as patched:
        stopping_at(1, [signal.SIGTERM], patched)
        imported(cli, path)
    assert len(standing(home)) == 200
    assert cli("calendar", "undo", "1", "--yes").exit_code == 0
    assert standing(home) == {}
    assert cli("calendar", "resume", "--json").json["data"] == []
    assert standing(home) == {}
    assert {run["run"]: run["state"] for run in cli("calendar", "runs", "--json").json["data"]}[1] == "undone"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("command", [("import",), ("undo", "1")])
def test_ctrl_c_at_the_question_is_a_no_at_once(command: tuple[str, ...], tmp_path: Path, cli: Cli, home: Path) -> None:
    import pty

    path = sheet(tmp_path / "lịch.csv", ROWS[:5])
    arguments: tuple[object, ...] = (*command, path) if command == ("import",) else command
    if command != ("import",):
        imported(cli, path)
    before = standing(home)
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        toolkit_command("calendar", *arguments), stdin=theirs, stdout=theirs, stderr=theirs, env=environment()
    ) as asking:
        os.close(theirs)
        shown = b""
        while b"[kh" not in shown:
            shown += os.read(ours, 4096)
        asking.send_signal(signal.SIGINT)
        assert asking.wait(30) == 130
    os.close(ours)
    assert standing(home) == before


def test_a_program_learns_that_an_import_was_stopped(tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    path = sheet(tmp_path / "lịch.csv", ROWS)
    with monkeypatch.context() as patched:
        stopping_at(1, [signal.SIGTERM], patched)
        ran = cli("calendar", "import", path, "--yes", "--json", "--today", TODAY)
    assert ran.exit_code == 143
    assert (ran.json["data"]["interrupted"], ran.json["data"]["run"], ran.json["data"]["created"]) == (True, 1, 200)
