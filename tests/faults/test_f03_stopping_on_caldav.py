"""F03 on CalDAV: one signal lets the writes in hand end, a second one doesn't wait; both times nothing is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from builders.caldav_side import Radicale
from running import environment, toolkit_command
from toolkit.shell.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from running import RunToolkit

ROWS = 45


@pytest.fixture
def radicale(tmp_path: Path) -> Iterator[Radicale]:
    with Radicale(tmp_path / "radicale") as server:
        server.sign_in(Paths.find().caldav)
        yield server


@pytest.fixture
def path(tmp_path: Path) -> Path:
    sheet = tmp_path / "lịch.csv"
    lines = [f"Gặp khách {number},{number % 27 + 1}/12/2026,8h30,9h30" for number in range(ROWS)]
    sheet.write_text("\n".join(["Tiêu đề,Ngày,Giờ bắt đầu,Giờ kết thúc", *lines]), encoding="utf-8")
    return sheet


def command(path: Path, radicale: Radicale) -> tuple[object, ...]:
    return ("calendar", "import", path, "--to", f"caldav:{radicale.url}", "--yes", "--today", "2026-11-22")


def stopped(path: Path, radicale: Radicale, *, after: int, signals: int) -> tuple[int, float]:
    """Run an import and signal it once so many writes have been asked for; its exit code, and how long it then took."""
    with subprocess.Popen(
        toolkit_command(*command(path, radicale)), env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as importing:
        deadline = time.monotonic() + 60
        while radicale.counts()["PUT"] < after and time.monotonic() < deadline:
            time.sleep(0.01)
        since = time.monotonic()
        for _ in range(signals):
            os.kill(importing.pid, signal.SIGINT)
            time.sleep(0.5)
        importing.communicate(timeout=60)
        return importing.returncode, time.monotonic() - since


def test_a_signal_lets_the_writes_in_hand_end_and_resume_does_the_rest(
    path: Path, radicale: Radicale, run_toolkit: RunToolkit
) -> None:
    radicale.latency = 0.03
    code, _ = stopped(path, radicale, after=3, signals=1)
    assert code == 130
    assert len(radicale.texts()) == 20
    assert run_toolkit("calendar", "resume").exit_code == 0
    assert len(radicale.texts()) == ROWS


def test_a_second_signal_doesnt_wait_for_a_server_that_hangs(
    path: Path, radicale: Radicale, run_toolkit: RunToolkit
) -> None:
    radicale.fail("PUT", "hang", after=2, times=4)
    code, took = stopped(path, radicale, after=4, signals=2)
    assert code == 130
    assert took < 20, "the server hangs for half a minute"
    radicale.faults.clear()
    again = run_toolkit(*command(path, radicale), "--json")
    assert (again.exit_code, again.json["data"]["resumed"]) == (0, [1])
    assert len(radicale.texts()) == ROWS
