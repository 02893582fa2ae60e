"""F01: an entry, a correction or an undo killed at any of its steps is there whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders.expense_books import dump, entries
from builders.killing import killed_at_every_point

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

TODAY = ("--today", "2026-11-18")
COMMANDS = {
    "add": ("add", "mua rau 30k bằng ví nhà, cho Nam mượn 2tr, ăn vặt 30-40k"),
    "fix": ("fix", "1", "--category", "business", "--all"),
    "undo": ("undo",),
    "settle": ("debts", "settle", "Nam"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_killed_command_leaves_the_book_before_it_or_after_it(
    name: str, cli: Cli, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for text in ("ăn phở 45k", "ăn phở 50k", "cho Nam mượn 1tr"):
        assert cli("expenses", "add", text, *TODAY).exit_code == 0
    kept = home.rename(tmp_path / "trước")
    before = without_times(dump(kept))
    points = killed_at_every_point(kept, tmp_path / "bản sao", ("expenses", *COMMANDS[name], *TODAY))
    steps = (
        ("undo.begun", "undo.row", "undo.written")
        if name == "undo"
        else ("record.begun", "record.row", "record.written")
    )
    assert {f"expenses.{step}" for step in steps} <= set(points)
    after = without_times(dump(tmp_path / "bản sao" / "whole"))
    seen = set()
    for n, point in enumerate(points, 1):
        copy = tmp_path / "bản sao" / f"{n}"
        monkeypatch.setenv("TOOLKIT_HOME", str(copy))
        # The next command waits for nobody, sees one of the two states, and the book goes on.
        assert cli("expenses", "list", *TODAY).exit_code == 0, point
        state = without_times(dump(copy))
        assert state in (before, after), point
        seen.add(state == after)
        assert cli("expenses", "add", "gửi xe 5k", *TODAY).exit_code == 0, point
        assert cli("expenses", "undo", *TODAY).exit_code == 0
        assert without_times(dump(copy)) == state, point
    assert seen == {True, False}


def test_notes_read_from_a_file_and_killed_anywhere_are_all_there_once_when_read_again(
    cli: Cli, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("expenses", "add", "ăn phở 45k", *TODAY)
    kept = home.rename(tmp_path / "trước")
    notes = "ăn sáng 30k\ngửi xe 5k\nxăng 50k\nà nhầm, 60k\ngửi xe 5k\n"
    points = killed_at_every_point(kept, tmp_path / "bản sao", ("expenses", "add", *TODAY), typed=notes)
    expected = entries(tmp_path / "bản sao" / "whole")
    assert [amount for _, amount in expected] == [45_000, 30_000, 5_000, 60_000, 5_000]
    for n, point in enumerate(points, 1):
        copy = tmp_path / "bản sao" / f"{n}"
        monkeypatch.setenv("TOOLKIT_HOME", str(copy))
        assert cli("expenses", "add", *TODAY, stdin=notes).exit_code == 0, point
        assert entries(copy) == expected, point


def without_times(rows: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    """Moments differ from one run to the next; everything else must not."""
    return {
        table: [
            tuple("" if isinstance(value, str) and value.startswith("20") else value for value in row) for row in all_
        ]
        for table, all_ in rows.items()
    }
