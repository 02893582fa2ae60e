"""F01, F02, F04: a line, an edit, a merge of products or an undo killed at any of its steps is there whole or not at
all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders.killing import killed_at_every_point
from builders.kpi_books import amounts, dump

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

TODAY = ("--as-of", "2026-11-20")
COMMANDS = {
    "log": ("log", "bán 2 áo cho chị Mai 800k, gặp 3 khách, anh Nam không mua vì giá cao"),
    "edit": ("edit", "1", "--amount", "500k", "--customer", "Mai", "--product", "son 3ce", "--splits", "Lan 30%"),
    "alias": ("product", "alias", "son", "kem"),
    "undo": ("undo",),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_killed_command_leaves_the_book_before_it_or_after_it(
    name: str, cli: Cli, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for text in ("bán son cho Lan 450k", "bán kem cho Mai 300k", "bán mũ cho anh Tư 90k, gọi 5 khách"):
        assert cli("kpi", "log", text, *TODAY).exit_code == 0
    kept = home.rename(tmp_path / "trước")
    before = without_times(dump(kept))
    points = killed_at_every_point(kept, tmp_path / "bản sao", ("kpi", *COMMANDS[name], *TODAY))
    step = "undo" if name == "undo" else "record"
    assert {f"kpi.{step}.{point}" for point in ("begun", "row", "written")} <= set(points)
    after = without_times(dump(tmp_path / "bản sao" / "whole"))
    seen = set()
    for n, point in enumerate(points, 1):
        copy = tmp_path / "bản sao" / f"{n}"
        monkeypatch.setenv("TOOLKIT_HOME", str(copy))
        # The next command waits for nobody, sees one of the two states, and the book goes on.
        assert cli("kpi", "list", *TODAY).exit_code == 0, point
        state = without_times(dump(copy))
        assert state in (before, after), point
        seen.add(state == after)
        assert cli("kpi", "log", "gọi 3 khách", *TODAY).exit_code == 0, point
        assert cli("kpi", "undo", *TODAY).exit_code == 0
        assert without_times(dump(copy)) == state, point
    assert seen == {True, False}


def test_notes_read_from_a_file_and_killed_anywhere_are_all_there_once_when_read_again(
    cli: Cli, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("kpi", "log", "bán son cho Lan 450k", *TODAY)
    kept = home.rename(tmp_path / "trước")
    notes = "bán kem cho Mai 300k\nbán mũ 90k\nà nhầm, 95k\nbán mũ 90k\n"
    points = killed_at_every_point(kept, tmp_path / "bản sao", ("kpi", "log", "-", *TODAY), typed=notes)
    expected = amounts(tmp_path / "bản sao" / "whole")
    assert expected == [450_000, 300_000, 95_000, 90_000]
    for n, point in enumerate(points, 1):
        copy = tmp_path / "bản sao" / f"{n}"
        monkeypatch.setenv("TOOLKIT_HOME", str(copy))
        assert cli("kpi", "log", "-", *TODAY, stdin=notes).exit_code == 0, point
        assert amounts(copy) == expected, point


def without_times(rows: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    """Moments differ from one run to the next; everything else must not."""
    return {
        table: [tuple("" if isinstance(value, str) and "T" in value[10:11] else value for value in row) for row in all_]
        for table, all_ in rows.items()
    }
