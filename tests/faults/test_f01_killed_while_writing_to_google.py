"""F01 on Google: kill −9 in the middle of an import, run it again: every row exactly once, whatever Google had done."""

from __future__ import annotations

import subprocess
import time
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from running import environment, toolkit_command
from toolkit.demo.google_calendar import LoopbackGoogle
from toolkit.shell.paths import Paths

if TYPE_CHECKING:
    from pathlib import Path

    from running import RunToolkit

ROWS = 60  # two batches


def sheet(folder: Path) -> Path:
    path = folder / "lịch.csv"
    lines = [f"Gặp khách {number},{number % 27 + 1}/12/2026,8h30,9h30,Quán {number}" for number in range(ROWS)]
    path.write_text("\n".join(["Tiêu đề,Ngày,Giờ bắt đầu,Giờ kết thúc,Địa điểm", *lines]), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "killed",
    [
        "calendar.apply.journaled", "calendar.apply.begun", "calendar.apply.begun:2", "calendar.apply.performed",
        "calendar.apply.performed:2", "calendar.apply.recorded", "calendar.apply.ended",
    ],
)  # fmt: skip
def test_every_row_stands_once(killed: str, tmp_path: Path, run_toolkit: RunToolkit) -> None:
    path = sheet(tmp_path)
    with LoopbackGoogle() as google:
        google.sign_in(Paths.find().google)
        google.faults.add("batch", "reset_after", after=1)
        google.faults.add("events.insert", "503", after=20)
        first = run_toolkit(*command(path), env={"TOOLKIT_GOOGLE_ROOT": google.root, "TOOLKIT_FAULT": f"kill@{killed}"})
        assert first.exit_code == -9
        check_every_row_once(google, path, run_toolkit)


def test_killed_between_googles_work_and_its_answer(tmp_path: Path, run_toolkit: RunToolkit) -> None:
    path = sheet(tmp_path)
    with LoopbackGoogle() as google:
        google.sign_in(Paths.find().google)
        google.faults.add("batch", "hang", applied=True)
        env = environment({"TOOLKIT_GOOGLE_ROOT": google.root})
        with subprocess.Popen(
            toolkit_command(*command(path)), env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as importing:
            deadline = time.monotonic() + 60
            while not google.count("batch") and time.monotonic() < deadline:
                time.sleep(0.02)
            importing.kill()
        assert len(google.events()) == 50
        check_every_row_once(google, path, run_toolkit)


def command(path: Path) -> tuple[object, ...]:
    return ("calendar", "import", path, "--to", "google", "--yes", "--today", "2026-11-22")


def check_every_row_once(google: LoopbackGoogle, path: Path, run_toolkit: RunToolkit) -> None:
    """Run the import again; everything stands once, and a third run writes nothing."""
    here = {"TOOLKIT_GOOGLE_ROOT": google.root}
    again = run_toolkit(*command(path), env=here)
    assert again.exit_code == 0, again.stdout + again.stderr
    assert Counter(event["summary"] for event in google.events()) == {f"Gặp khách {n}": 1 for n in range(ROWS)}
    google.forget_requests()
    assert run_toolkit(*command(path), env=here).exit_code == 0
    assert google.counts() == {"events.list": 1}
    assert len(google.calendars) == 1
