"""What the README and the documents promise: each promise of the table, and that every command shown can be typed."""

from __future__ import annotations

import re
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import icalendar
import pytest

from builders.calendar_sheets import ROWS, TODAY, counts, imported, sheet, standing
from builders.typed_lines import misfit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from running import Cli, RunToolkit

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
DOCUMENTS = [README, *(path for path in sorted((ROOT / "docs").rglob("*.md")) if path.parent.name != "reference")]
BLOCK = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`(toolkit [^`\n]+)`")
TARGET = re.compile(r"^([a-z]+):", re.MULTILINE)
PROMISES = {
    "Không đoán bừa": "test_nothing_is_guessed",
    "Chạy hai lần như một": "test_running_twice_is_running_once",
    "Hoàn tác được": "test_everything_can_be_undone_and_what_you_changed_is_kept",
    "Cắt ngang không mất gì": "test_being_cut_off_loses_nothing",
    "Riêng tư": "test_nothing_leaves_the_machine_and_nobody_else_can_look",
}


def test_every_promise_of_the_readme_has_its_test_here() -> None:
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \|$", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(rows) - {"lời hứa"} == set(PROMISES)
    assert set(PROMISES.values()) <= set(globals())


def test_nothing_is_guessed(cli: Cli, tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "lịch.csv", [*ROWS[:2], ("Giỗ", "mùng 10 tháng 3", "", ""), ("Hẹn", "25/12/2026", "2h", "")]
    )
    ran = cli("calendar", "import", path, "--today", TODAY, "--yes")
    assert ran.exit_code == 1
    assert "dòng 4, cột B" in ran.stderr
    assert "dòng 5, cột C" in ran.stderr
    assert "2h chiều" in ran.stderr  # what to type instead
    assert counts(cli, path) == {"unchanged": 2}


def test_running_twice_is_running_once(cli: Cli, tmp_path: Path, home: Path) -> None:
    path = sheet(tmp_path / "lịch.csv")
    imported(cli, path)
    before = standing(home)
    again = imported(cli, path, "--json").json["data"]
    assert (again["run"], again["created"], again["updated"], again["deleted"]) == (None, 0, 0, 0)
    assert standing(home) == before
    assert len(cli("calendar", "runs", "--json").json["data"]) == 1


def test_everything_can_be_undone_and_what_you_changed_is_kept(cli: Cli, tmp_path: Path) -> None:
    path, out = sheet(tmp_path / "lịch.csv"), tmp_path / "lịch.ics"
    imported(cli, path, to=f"ics:{out}")
    first = titles(out)
    sheet(path, [*ROWS[:5], ("Việc mới", "22/12/2026", "8h", "")])
    imported(cli, path, "--delete", "9", to=f"ics:{out}")
    assert "Việc mới" in titles(out)
    cli("calendar", "undo", "2", "--yes")
    assert titles(out) == first
    out.write_bytes(out.read_bytes().replace("Quán cô Ba".encode(), "Nhà tôi".encode()))
    cli("calendar", "undo", "1", "--yes")
    assert titles(out) == ["Gặp chị Hoa"]


@pytest.mark.parametrize("point", [5, 20, 40])
def test_being_cut_off_loses_nothing(point: int, cli: Cli, run_toolkit: RunToolkit, tmp_path: Path, home: Path) -> None:
    """At a few points here; at every single one in tests/faults."""
    path = sheet(tmp_path / "lịch.csv")
    arguments = ("calendar", "import", path, "--today", TODAY, "--yes")
    assert run_toolkit(*arguments, env={"TOOLKIT_FAULT": f"kill@{point}"}).exit_code < 0
    assert cli(*arguments).exit_code == 0
    assert standing(home).keys() == {str(row[0]) for row in ROWS}


def test_nothing_leaves_the_machine_and_nobody_else_can_look(
    cli: Cli, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere(*_: object) -> None:
        pytest.fail("a command went to the network")

    monkeypatch.setattr(socket.socket, "connect", nowhere)
    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    monkeypatch.chdir(tmp_path)
    sheet(tmp_path / "lịch.csv")
    for line in (
        "calendar template bang.xlsx", "calendar plan lịch.csv", "calendar import lịch.csv --yes", "calendar agenda",
        "calendar export lịch.ics", "calendar runs", "calendar undo 1 --yes", "backup", "restore --yes", "doctor",
        "config set calendar.reminder 30", "google status", "completion bash",
    ):  # fmt: skip
        assert cli(*line.split()).exit_code == 0, line
    kept = [home, *home.rglob("*")]
    assert len(kept) > 5
    assert not [path for path in kept if path.stat().st_mode & 0o077]


def titles(out: Path) -> list[str]:
    return sorted(str(one["summary"]) for one in icalendar.Calendar.from_ical(out.read_bytes()).walk("VEVENT"))


def shown() -> Iterator[tuple[str, str, bool]]:
    """(document, command line, whether a sentence only names it) of every command in a block or between backquotes."""
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        name = str(document.relative_to(ROOT))
        blocks = (line.removeprefix("$ ") for block in BLOCK.findall(text) for line in block.splitlines())
        yield from ((name, line, False) for line in blocks if line.startswith("toolkit "))
        yield from ((name, line.replace(" …", ""), True) for line in SPAN.findall(BLOCK.sub("", text)))


@pytest.mark.parametrize(("document", "line", "named_only"), sorted(set(shown())))
def test_every_command_that_a_document_shows_can_be_typed(document: str, line: str, named_only: bool) -> None:
    assert misfit(line, named_only=named_only) is None, document


def test_the_make_targets_of_the_readme_are_there() -> None:
    typed = re.findall(r"^make ([a-z]+)", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert typed[:2] == ["demo", "test"]
    assert set(typed) <= set(TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8")))


def test_no_link_of_a_document_leads_nowhere() -> None:
    for document in [*DOCUMENTS, ROOT / "CONTRIBUTING.md"]:
        for target in re.findall(r"\]\(([^)#\s]+)[^)\s]*\)", document.read_text(encoding="utf-8")):
            assert "://" in target or (document.parent / target).exists(), f"{document.name}: {target}"
