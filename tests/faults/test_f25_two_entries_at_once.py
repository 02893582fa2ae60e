"""F25, F26: entries from several processes at once are all there, once each; a killed one leaves no lock behind."""

from __future__ import annotations

import signal
import subprocess
from typing import TYPE_CHECKING

from builders.expense_books import dump, entries
from running import environment, toolkit_command

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli, RunToolkit


def test_entries_recorded_at_the_same_time_are_all_there_once(home: Path, cli: Cli) -> None:
    running = [
        subprocess.Popen(
            toolkit_command("expenses", "add", f"gửi xe {n}k"), env=environment(), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for n in range(5, 9)
    ]  # fmt: skip
    ended = [(process.communicate(timeout=120), process.returncode) for process in running]
    assert [code for _, code in ended] == [0] * 4, ended
    assert sorted(amount for _, amount in entries(home)) == [5_000, 6_000, 7_000, 8_000]
    for _ in range(4):
        assert cli("expenses", "undo").exit_code == 0
    assert entries(home) == []


def test_an_undo_and_an_entry_at_once_never_mix(home: Path, cli: Cli) -> None:
    cli("expenses", "add", "ăn phở 45k, đổ xăng 60k")
    running = [
        subprocess.Popen(toolkit_command("expenses", *words), env=environment(), stdin=subprocess.DEVNULL,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for words in (["undo", "1"], ["add", "gửi xe 5k"])
    ]  # fmt: skip
    ended = [(process.communicate(timeout=120), process.returncode) for process in running]
    assert [code for _, code in ended] == [0, 0], ended
    assert entries(home) == [("gửi xe", 5_000)]


def test_a_killed_entry_keeps_nobody_waiting(home: Path, cli: Cli, run_toolkit: RunToolkit) -> None:
    cli("expenses", "add", "ăn phở 45k")
    before = dump(home)
    fault = {"TOOLKIT_FAULT": "kill@expenses.record.written"}
    assert run_toolkit("expenses", "add", "xăng 60k", env=fault).exit_code == -signal.SIGKILL
    assert dump(home) == before
    assert cli("expenses", "add", "xăng 60k").exit_code == 0
    assert [amount for _, amount in entries(home)] == [45_000, 60_000]
