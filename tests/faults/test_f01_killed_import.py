"""F01: an import killed at any of its steps and typed again leaves every row exactly once, and says it resumed."""

from __future__ import annotations

import shutil
import signal
from typing import TYPE_CHECKING

import icalendar
import pytest

from builders.calendar_sheets import ROWS, TODAY, imported, sheet, standing, with_row

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli, RunToolkit

SHARES = 4  # the kill points are dealt out among so many tests, so that they run side by side
CHANGED = [
    *with_row(0, "Họp nhóm", "12/12/2026", "8h30-9h30", "Phòng 5", rows=ROWS[:-1]),
    ("Việc mới", "22/12/2026", "8h", "đâu đó"),
]
PLACES = {str(row[0]): str(row[3]) for row in CHANGED}


@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.parametrize("to", ["local", "ics"])
def test_killed_anywhere_and_typed_again_every_row_is_there_once(
    share: int,
    to: str,
    tmp_path: Path,
    cli: Cli,
    run_toolkit: RunToolkit,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path, out = tmp_path / "lịch.csv", tmp_path / "ra.ics"
    target = "local" if to == "local" else f"ics:{out}"
    imported(cli, sheet(path), to=target)
    sheet(path, CHANGED)
    first_state, first_file = home.rename(tmp_path / "trước"), out.read_bytes() if out.exists() else None
    arguments = ("calendar", "import", path, "--to", target, "--today", TODAY, "--yes")

    def fresh(name: str) -> Path:
        copy = tmp_path / name
        shutil.copytree(first_state, copy)
        if first_file is not None:
            out.write_bytes(first_file)
        monkeypatch.setenv("TOOLKIT_HOME", str(copy))
        return copy

    points = _points(run_toolkit, arguments, tmp_path / "số điểm", fresh("đếm"))
    assert {name for name in points if name.startswith("calendar.")} >= {
        "calendar.apply.journaled",
        "calendar.apply.begun",
        "calendar.apply.performed",
        "calendar.apply.recorded",
        "calendar.apply.ended",
    }
    resumed = 0
    for point in range(1 + share, len(points) + 1, SHARES):
        copy = fresh(f"home {point}")
        killed = run_toolkit(*arguments, env={"TOOLKIT_FAULT": f"kill@{point}"})
        assert killed.exit_code == -signal.SIGKILL, (point, killed)
        again = imported(cli, path, "--json", to=target)
        assert again.exit_code == 0, (point, points[point - 1], again)
        resumed += len(again.json["data"]["resumed"])
        found = standing(copy) if to == "local" else {}
        places = {title: made.event.location for title, made in found.items()} if to == "local" else _places(out)
        assert places == PLACES, (point, points[point - 1])
        if points[point - 1].startswith("calendar."):
            # Whichever way it went, the run can be taken back as a whole.
            newest = cli("calendar", "runs", "--json").json["data"][0]["run"]
            assert cli("calendar", "undo", newest, "--yes").exit_code == 0
            back = imported(cli, sheet(tmp_path / "cũ.csv"), "--name", "lịch", "--json", to=target)
            assert back.json["data"]["unchanged"] == 10
    assert resumed, "no kill point of this share lay within the run"


def test_a_first_import_in_batches_is_finished_by_resume(
    tmp_path: Path, run_toolkit: RunToolkit, cli: Cli, home: Path
) -> None:
    rows = [(f"Khách {n}", f"{1 + n % 28}/12/2026", f"{8 + n // 28 % 12}h", f"nhà số {n}") for n in range(450)]
    path = sheet(tmp_path / "lịch.csv", rows)
    killed = run_toolkit(
        "calendar", "import", path, "--yes", "--today", TODAY, env={"TOOLKIT_FAULT": "kill@calendar.apply.performed:2"}
    )
    assert killed.exit_code == -signal.SIGKILL
    assert 0 < len(standing(home)) < 450
    ran = cli("calendar", "resume", "--json")
    assert ran.exit_code == 0
    assert len(standing(home)) == 450
    assert imported(cli, path, "--json").json["data"]["unchanged"] == 450


def test_what_another_file_left_unfinished_is_given_up_not_finished(
    tmp_path: Path, run_toolkit: RunToolkit, cli: Cli, home: Path
) -> None:
    path = sheet(tmp_path / "lịch.csv")
    arguments = ("calendar", "import", path, "--yes", "--today", TODAY)
    run_toolkit(*arguments, env={"TOOLKIT_FAULT": "kill@calendar.apply.begun"})
    sheet(path, [*ROWS[:4], ("Việc sửa lại", "22/12/2026", "8h", "đâu đó")])
    assert imported(cli, path).exit_code == 0
    assert standing(home).keys() == {row[0] for row in ROWS[:4]} | {"Việc sửa lại"}
    states = [run["state"] for run in cli("calendar", "runs", "--json").json["data"]]
    assert states == ["done", "stopped"]


def test_a_killed_undo_is_finished_by_typing_it_again(
    tmp_path: Path, run_toolkit: RunToolkit, cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sheet(tmp_path / "lịch.csv")
    imported(cli, path)
    before = standing(home)
    sheet(path, CHANGED)
    imported(cli, path)
    kept = home.rename(tmp_path / "trước")
    for point in ("journaled", "begun", "performed", "recorded", "ended"):
        copy = tmp_path / point
        shutil.copytree(kept, copy)
        monkeypatch.setenv("TOOLKIT_HOME", str(copy))
        killed = run_toolkit("calendar", "undo", "2", "--yes", env={"TOOLKIT_FAULT": f"kill@calendar.apply.{point}"})
        assert killed.exit_code == -signal.SIGKILL
        assert cli("calendar", "undo", "2", "--yes").exit_code == 0
        assert standing(copy) == before
        states = {run["run"]: run["state"] for run in cli("calendar", "runs", "--json").json["data"]}
        assert states == {1: "done", 2: "undone", 3: "done"}


def _points(run_toolkit: RunToolkit, arguments: tuple[object, ...], file: Path, home: Path) -> list[str]:
    """The names of the points that the import meets, in order."""
    env = {"TOOLKIT_FAULT": "count", "TOOLKIT_FAULT_COUNT": str(file), "TOOLKIT_HOME": str(home)}
    assert run_toolkit(*arguments, env=env).exit_code == 0
    return file.read_text("utf-8").splitlines()[1:]


def _places(out: Path) -> dict[str, str]:
    events = icalendar.Calendar.from_ical(out.read_bytes()).walk("VEVENT")
    places = {str(one["summary"]): str(one["location"]) for one in events}
    assert len(places) == len(events)
    return places
