"""A run that the network or the disk cuts off says how far it came, why it ended, and how to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders.calendar_sheets import imported, planned, sheet, standing
from toolkit.calendar.adapters.local import LocalTarget
from toolkit.core.errors import RemoteError, StoreError, ToolkitError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from running import Cli
    from toolkit.calendar.ports import Operation, Result

ROWS = [(f"Khách {n}", f"{1 + n % 28}/12/2026", f"{8 + n // 28 % 12}h", f"nhà số {n}") for n in range(450)]


def failing_at(batch: int, error: ToolkitError, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the target fail in the middle of a batch: half of it is written, and then the line is dead."""
    write = LocalTarget.perform
    batches = 0

    def perform(self: LocalTarget, operations: Sequence[Operation]) -> Iterator[Result]:
        nonlocal batches
        batches += 1
        if batches != batch:
            yield from write(self, operations)
            return
        yield from write(self, operations[: len(operations) // 2])
        raise error

    monkeypatch.setattr(LocalTarget, "perform", perform)


@pytest.mark.parametrize(
    ("error", "exit_code"), [(RemoteError("google.unreachable"), 6), (StoreError("disk.full", path="/đâu đó"), 7)]
)
def test_a_failure_in_the_middle_keeps_what_was_done_and_says_how_to_go_on(
    error: ToolkitError, exit_code: int, tmp_path: Path, cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sheet(tmp_path / "lịch.csv", ROWS)
    with monkeypatch.context() as patched:
        failing_at(2, error, patched)
        ran = imported(cli, path)
    assert ran.exit_code == exit_code
    assert "toolkit calendar resume 1" in ran.stdout
    assert len(standing(home)) == 300
    unfinished = cli("calendar", "plan", path, "--today", "2026-11-22", "--json").json["data"]
    assert unfinished["counts"]["create"] == 150
    assert [note["code"] for note in unfinished["notes"]] == ["calendar.run_unfinished"]
    done = cli("calendar", "resume", "--json")
    assert (done.exit_code, [run["created"] for run in done.json["data"]]) == (0, [150])
    assert len(standing(home)) == 450
    assert planned(cli, path)["counts"]["unchanged"] == 450


def test_a_program_learns_what_was_cut_off(tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    path = sheet(tmp_path / "lịch.csv", ROWS)
    with monkeypatch.context() as patched:
        failing_at(2, RemoteError("google.unreachable"), patched)
        ran = imported(cli, path, "--json")
    assert (ran.exit_code, ran.json["status"]) == (6, "error")
    data = ran.json["data"]
    assert (data["run"], data["created"], data["interrupted"]) == (1, 300, True)
    assert [problem["code"] for problem in ran.json["problems"]] == ["google.unreachable"]


def test_an_undo_that_was_cut_off_goes_on_where_it_was(
    tmp_path: Path, cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(cli, sheet(tmp_path / "lịch.csv", ROWS))
    with monkeypatch.context() as patched:
        failing_at(1, RemoteError("google.unreachable"), patched)
        ran = cli("calendar", "undo", "1", "--yes")
    assert ran.exit_code == 6
    assert "toolkit calendar undo 1" in ran.stdout
    assert len(standing(home)) == 350
    assert cli("calendar", "undo", "1", "--yes", "--json").json["data"]["deleted"] == 350
    assert standing(home) == {}


def test_an_import_that_cannot_even_finish_the_last_one_writes_nothing_new(
    tmp_path: Path, cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sheet(tmp_path / "lịch.csv", ROWS)
    with monkeypatch.context() as patched:
        failing_at(2, RemoteError("google.unreachable"), patched)
        imported(cli, path)
    with monkeypatch.context() as patched:
        failing_at(1, RemoteError("google.unreachable"), patched)
        ran = imported(cli, path)
    assert ran.exit_code == 6
    assert ran.stderr
    assert len(standing(home)) == 375
    assert imported(cli, path, "--json").json["data"]["resumed"] == [1]
    assert len(standing(home)) == 450


def test_resuming_shows_how_much_is_left(tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    path = sheet(tmp_path / "lịch.csv", ROWS)
    with monkeypatch.context() as patched:
        failing_at(2, RemoteError("google.unreachable"), patched)
        imported(cli, path)
    monkeypatch.setattr("toolkit.shell.progress._EVERY_IN_A_LOG", 0.0)
    assert "đang ghi vào lịch · 1/150" in cli("calendar", "resume", "1").stderr
    assert "đang ghi" not in cli("calendar", "resume").stderr
