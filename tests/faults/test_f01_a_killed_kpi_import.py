"""F01, F02, F03: an import of orders, or its undo, killed or stopped at any step and typed again: each order once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from builders.killing import killed_at_every_point
from builders.shops import FEW, TODAY, shopee, tiktok, write

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pytest

    from running import Cli

_TIMES = ("made_at", "began")


def state(home: Path) -> dict[str, Any]:
    """The book without the moment of writing, runs aside."""
    import sqlite3

    found: dict[str, Any] = {}
    with sqlite3.connect(home / "toolkit.db") as db:
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in names:
            if name.startswith("kpi_") and name not in ("kpi_change", "kpi_batch", "kpi_run"):
                taken = db.execute(f"SELECT * FROM {name}")
                columns = [described[0] for described in taken.description]
                rows = [dict(zip(columns, row, strict=True)) for row in taken]
                rows = [{key: value for key, value in row.items() if key not in _TIMES} for row in rows]
                found[name] = sorted(rows, key=repr)
    return found


def each_killed_home(
    kept: Path, scratch: Path, arguments: Sequence[str], cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every killed run left the old state or the whole new one, and the same command again makes it whole."""
    before = state(kept)
    points = killed_at_every_point(kept, scratch, arguments)
    assert len(points) > 3
    whole = state(scratch / "whole")
    assert whole != before
    for number, point in enumerate(points, 1):
        home = scratch / str(number)
        assert state(home) in (before, whole), point
        monkeypatch.setenv("TOOLKIT_HOME", str(home))
        again = cli(*arguments)
        assert again.exit_code in (0, 4), (point, again)
        assert state(home) == whole, point


def started(cli: Cli, home: Path, tmp_path: Path) -> Path:
    """A home with orders of an older file; gives it moved aside, to be copied."""
    old = write(tmp_path / "cũ.csv", tiktok(FEW[2:4]))
    assert cli("kpi", "import", old, "--yes", "--today", TODAY).exit_code == 0
    return home.rename(home.with_name("trước"))


def test_an_import_killed_anywhere(tmp_path: Path, cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    orders = [replace(FEW[0], refund=45_000), replace(FEW[3], state="done"), FEW[1]]
    path = write(tmp_path / "mới.csv", tiktok(orders))
    kept = started(cli, home, tmp_path)
    arguments = ["kpi", "import", str(path), "--yes", "--today", TODAY]
    each_killed_home(kept, tmp_path / "mỗi điểm", arguments, cli, monkeypatch)


def test_an_undo_of_an_import_killed_anywhere(
    tmp_path: Path, cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = started(cli, home, tmp_path)
    arguments = ["kpi", "undo", "1", "--today", TODAY]
    each_killed_home(kept, tmp_path / "mỗi điểm", arguments, cli, monkeypatch)


def test_an_import_that_is_interrupted_writes_nothing(
    tmp_path: Path, cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from toolkit.kpi.service import bringing

    path = write(tmp_path / "a.csv", shopee(FEW))

    def stopped(*_: object) -> object:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(bringing.OrderWriter, "_refund", stopped)
        patched.setattr(bringing.OrderWriter, "_sale", stopped)
        assert cli("kpi", "import", path, "--yes", "--today", TODAY).exit_code == 130
    assert not state(home)["kpi_sale"]
    assert not state(home)["kpi_contact"]
    assert cli("kpi", "import", path, "--yes", "--today", TODAY).exit_code == 0
    assert len(state(home)["kpi_sale"]) == 5
