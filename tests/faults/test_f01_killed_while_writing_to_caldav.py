"""F01 on CalDAV: kill −9 in the middle of an import or an undo, run it again: every row exactly once, or none."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from builders.caldav_side import Radicale
from toolkit.shell.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from running import RunToolkit

ROWS = 25  # two batches


@pytest.fixture
def radicale(tmp_path: Path) -> Iterator[Radicale]:
    with Radicale(tmp_path / "radicale") as server:
        server.sign_in(Paths.find().caldav)
        yield server


@pytest.fixture
def path(tmp_path: Path) -> Path:
    sheet = tmp_path / "lịch.csv"
    lines = [f"Gặp khách {number},{number % 27 + 1}/12/2026,8h30,9h30,Quán {number}" for number in range(ROWS)]
    sheet.write_text("\n".join(["Tiêu đề,Ngày,Giờ bắt đầu,Giờ kết thúc,Địa điểm", *lines]), encoding="utf-8")
    return sheet


def titles(radicale: Radicale) -> Counter[str]:
    return Counter(title for text in radicale.texts() for title in re.findall("SUMMARY:(.*)", text))


def command(path: Path, radicale: Radicale) -> tuple[object, ...]:
    return ("calendar", "import", path, "--to", f"caldav:{radicale.url}", "--yes", "--today", "2026-11-22")


@pytest.mark.parametrize(
    "killed",
    [
        "calendar.apply.journaled", "calendar.apply.begun:2", "calendar.apply.performed", "calendar.apply.recorded",
    ],
)  # fmt: skip
def test_every_row_stands_once(killed: str, path: Path, radicale: Radicale, run_toolkit: RunToolkit) -> None:
    radicale.fail("PUT", "reset_after", after=3)
    radicale.fail("PUT", "reset", after=9)
    first = run_toolkit(*command(path, radicale), env={"TOOLKIT_FAULT": f"kill@{killed}"})
    assert first.exit_code == -9
    again = run_toolkit(*command(path, radicale))
    assert again.exit_code == 0, again.stdout + again.stderr
    assert titles(radicale) == {f"Gặp khách {n}": 1 for n in range(ROWS)}
    radicale.forget()
    assert run_toolkit(*command(path, radicale)).exit_code == 0
    assert radicale.counts() == {"REPORT": 1}


def test_killed_after_the_calendar_was_made_and_before_it_was_remembered(
    path: Path, radicale: Radicale, run_toolkit: RunToolkit
) -> None:
    radicale.fail("PUT", "hang")
    with pytest.raises(Exception, match="timed out"):
        run_toolkit(*command(path, radicale), timeout=4)
    assert radicale.counts()["MKCALENDAR"] == 1
    with_no_memory = {"TOOLKIT_HOME": str(Paths.find().home) + "-anew"}
    radicale.sign_in(Paths.find(with_no_memory).caldav)
    assert run_toolkit(*command(path, radicale), env=with_no_memory).exit_code == 0
    assert radicale.counts()["MKCALENDAR"] == 1
    assert titles(radicale) == {f"Gặp khách {n}": 1 for n in range(ROWS)}


@pytest.mark.parametrize("killed", ["calendar.apply.begun", "calendar.apply.performed"])
def test_an_undo_that_is_killed_takes_everything_back_in_the_end(
    killed: str, path: Path, radicale: Radicale, run_toolkit: RunToolkit
) -> None:
    assert run_toolkit(*command(path, radicale)).exit_code == 0
    radicale.fail("DELETE", "reset_after", after=3)
    first = run_toolkit("calendar", "undo", 1, "--yes", env={"TOOLKIT_FAULT": f"kill@{killed}"})
    assert first.exit_code == -9
    assert run_toolkit("calendar", "resume").exit_code == 0
    assert run_toolkit("calendar", "undo", 1, "--yes").exit_code == 0
    assert radicale.texts() == []
