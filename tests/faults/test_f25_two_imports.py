"""F25: two imports at once: one waits for the other, and whoever waits too long is told who is at work."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from builders.calendar_sheets import TODAY, sheet, standing
from running import environment, toolkit_command
from toolkit.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from running import RunToolkit

ROWS = [(f"Khách {n}", f"{1 + n % 28}/12/2026", f"{8 + n // 28 % 12}h", f"nhà số {n}") for n in range(300)]


def test_the_same_file_imported_by_two_processes_at_once_is_there_once(tmp_path: Path, home: Path) -> None:
    path = sheet(tmp_path / "lịch.csv", ROWS)
    command = toolkit_command("calendar", "import", path, "--yes", "--today", TODAY)
    running = [
        subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)
    ]
    ended = [(process.communicate(timeout=120), process.returncode) for process in running]
    assert [code for _, code in ended] == [0, 0, 0], ended
    assert len(standing(home)) == 300


def test_whoever_waits_too_long_is_told_who_is_at_work(tmp_path: Path, home: Path, run_toolkit: RunToolkit) -> None:
    path = sheet(tmp_path / "lịch.csv", ROWS[:3])
    with (
        Store.open(home / "toolkit.db", backups=home / "backups") as store,
        store.hold("toolkit calendar import"),
    ):
        ran = run_toolkit("calendar", "import", path, "--yes", "--today", TODAY)
        assert ran.exit_code == 7
        assert str(os.getpid()) in ran.stderr
        # Looking is possible meanwhile.
        assert run_toolkit("calendar", "plan", path, "--today", TODAY).exit_code == 0
    assert standing(home) == {}
    assert run_toolkit("calendar", "import", path, "--yes", "--today", TODAY).exit_code == 0
