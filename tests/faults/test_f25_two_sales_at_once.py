"""F25, F26: lines from several processes at once are all there, once each; a killed one leaves no lock behind."""

from __future__ import annotations

import signal
import subprocess
from typing import TYPE_CHECKING

from builders.kpi_books import amounts, dump
from running import environment, toolkit_command

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli, RunToolkit


def together(*commands: list[str]) -> list[int]:
    """The exit codes of commands that run at the same time."""
    running = [
        subprocess.Popen(
            toolkit_command("kpi", *words), env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for words in commands
    ]  # fmt: skip
    return [(process.communicate(timeout=120), process.returncode)[1] for process in running]


def test_sales_logged_at_the_same_time_are_all_there_once(home: Path, cli: Cli) -> None:
    assert together(*(["log", f"bán mũ cho chị Hoa {n}00k"] for n in range(5, 9))) == [0] * 4
    assert sorted(amounts(home)) == [500_000, 600_000, 700_000, 800_000]
    assert len(dump(home)["kpi_contact"]) == 1, "four lines about one customer"
    assert len(dump(home)["kpi_product"]) == 1
    numbers = [row[0] for row in dump(home)["kpi_sale"]]
    assert sorted(numbers) == [1, 2, 3, 4]
    for _ in range(4):
        assert cli("kpi", "undo").exit_code == 0
    assert amounts(home) == []


def test_an_undo_and_a_line_at_once_never_mix(home: Path, cli: Cli) -> None:
    cli("kpi", "log", "bán son cho Lan 450k, bán kem cho Mai 300k")
    assert together(["undo", "1"], ["log", "bán mũ cho anh Tư 90k"]) == [0, 0]
    assert amounts(home) == [90_000]


def test_a_killed_line_keeps_nobody_waiting(home: Path, cli: Cli, run_toolkit: RunToolkit) -> None:
    cli("kpi", "log", "bán son cho Lan 450k")
    before = dump(home)
    fault = {"TOOLKIT_FAULT": "kill@kpi.record.written"}
    assert run_toolkit("kpi", "log", "bán kem cho Mai 300k", env=fault).exit_code == -signal.SIGKILL
    assert dump(home) == before
    assert cli("kpi", "log", "bán kem cho Mai 300k").exit_code == 0
    assert amounts(home) == [450_000, 300_000]
