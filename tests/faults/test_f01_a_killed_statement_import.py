"""F01, F02: an import of statements, a merge, an undo of one, killed at any step and typed again: each line once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from builders.killing import killed_at_every_point
from builders.statements import MOVES, TODAY, Moved, day, momo, tables, vietcombank, write

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pytest

    from running import Cli

WALLET = (Moved(day(12), 500_000, "Nạp tiền từ ngân hàng liên kết"), Moved(day(13), -95_000, "Highlands Coffee"))
_MADE_AT, _ENTRY, _LINE = 13, "expense_entry", "expense_line"


def state(home: Path) -> dict[str, Any]:
    """The tables, without the moment of writing."""
    found = tables(home)
    found[_ENTRY] = sorted([(*row[:_MADE_AT], *row[_MADE_AT + 1 :]) for row in found[_ENTRY]], key=repr)
    return found


def started(cli: Cli, home: Path) -> Path:
    """A home with a typed entry; gives it moved aside, to be copied."""
    assert cli("expenses", "add", "3/11 ăn trưa 45k", "--today", TODAY).exit_code == 0
    return home.rename(home.with_name("trước"))


def each_killed_home(
    kept: Path, scratch: Path, arguments: Sequence[str], cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every killed run left the old state or the whole new one, and the same command again makes it whole."""
    before = state(kept)
    points = killed_at_every_point(kept, scratch, arguments)
    assert len(points) > 4
    whole = state(scratch / "whole")
    assert whole != before
    for number, point in enumerate(points, 1):
        home = scratch / str(number)
        assert state(home) in (before, whole), point
        monkeypatch.setenv("TOOLKIT_HOME", str(home))
        again = cli(*arguments)
        assert again.exit_code in (0, 4), (point, again)
        assert state(home) == whole, point


def test_two_statements_killed_anywhere(tmp_path: Path, cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bank = write(tmp_path / "vcb.csv", vietcombank(MOVES[:3] + MOVES[7:8], 1_000_000))
    wallet = write(tmp_path / "momo.csv", momo(WALLET, 10_000))
    kept = started(cli, home)
    arguments = ["expenses", "import", str(bank), str(wallet), "--yes", "--today", TODAY]
    each_killed_home(kept, tmp_path / "mỗi điểm", arguments, cli, monkeypatch)


def test_a_merge_and_the_undo_of_an_import_killed_anywhere(
    tmp_path: Path, cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = write(tmp_path / "vcb.csv", vietcombank(MOVES[:5], 1_000_000))
    assert cli("expenses", "add", "3/11 ăn trưa 45k", "--today", TODAY).exit_code == 0
    assert cli("expenses", "import", bank, "--yes", "--today", TODAY).exit_code == 0
    kept = home.rename(home.with_name("trước"))
    each_killed_home(kept, tmp_path / "gộp", ["expenses", "merge", "--all", "--today", TODAY], cli, monkeypatch)
    each_killed_home(kept, tmp_path / "lui", ["expenses", "undo", "2", "--today", TODAY], cli, monkeypatch)


def test_a_killed_export_leaves_the_old_file_or_the_new_one(
    tmp_path: Path, cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = started(cli, home)
    for name in ("sổ.csv", "sổ.xlsx", "sổ.journal", "sổ.beancount"):
        file = tmp_path / name
        assert cli("expenses", "export", file).exit_code == 0
        points = killed_at_every_point(kept, tmp_path / f"điểm {name}", ["expenses", "export", str(file)])
        assert points
        assert len(file.read_bytes()) > 100  # whole, whenever it was written
