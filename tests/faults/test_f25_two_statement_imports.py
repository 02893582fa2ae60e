"""F25: statements imported by several processes at once are there once; whoever waits too long is told who works."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from builders.statements import TODAY, many, tables, vietcombank, write
from running import environment, toolkit_command
from toolkit.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli, RunToolkit


def test_the_same_statement_imported_by_three_processes_at_once_is_there_once(
    tmp_path: Path, cli: Cli, home: Path
) -> None:
    path = write(tmp_path / "a.csv", vietcombank(many(300), 50_000_000))
    command = toolkit_command("expenses", "import", path, "--yes", "--today", TODAY)
    running = [
        subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)
    ]
    ended = [(process.communicate(timeout=120), process.returncode) for process in running]
    assert [code for _, code in ended] == [0, 0, 0], ended
    assert len(tables(home)["expense_line"]) == 300
    assert len(tables(home)["expense_entry"]) == 300


def test_whoever_waits_too_long_is_told_who_is_at_work(tmp_path: Path, home: Path, run_toolkit: RunToolkit) -> None:
    path = write(tmp_path / "a.csv", vietcombank(many(3), 50_000_000))
    with (
        Store.open(home / "toolkit.db", backups=home / "backups") as store,
        store.hold("toolkit expenses import"),
    ):
        ran = run_toolkit("expenses", "import", path, "--yes", "--today", TODAY)
        assert ran.exit_code == 7
        assert str(os.getpid()) in ran.stderr
        assert run_toolkit("expenses", "list", "--today", TODAY).exit_code == 0
    assert run_toolkit("expenses", "import", path, "--yes", "--today", TODAY).exit_code == 0
    assert len(tables(home)["expense_line"]) == 3
