"""F21: the disk is full while a statement is imported or the book exported: said, nothing half done."""

from __future__ import annotations

import resource
import subprocess
from typing import TYPE_CHECKING

import pytest

from builders.statements import MOVES, TODAY, many, tables, vietcombank, write
from running import Cli, environment, toolkit_command

if TYPE_CHECKING:
    from pathlib import Path


def limited_to(size: int, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the program where no file may grow beyond `size` bytes."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    return subprocess.run(
        toolkit_command(*arguments), env=environment(), capture_output=True, text=True, timeout=60, check=False,
        preexec_fn=limit,
    )  # fmt: skip


@pytest.mark.parametrize("size", [40_000, 300_000, 400_000])
def test_an_import_without_room_leaves_the_book_as_it_was(size: int, tmp_path: Path, cli: Cli, home: Path) -> None:
    cli("expenses", "add", "3/11 ăn trưa 45k", "--today", TODAY)
    before = tables(home)
    path = write(tmp_path / "a.csv", vietcombank(many(600), 50_000_000))
    ended = limited_to(size, "expenses", "import", path, "--yes", "--today", TODAY)
    assert ended.returncode == 7, ended
    assert "Traceback" not in ended.stderr
    assert "hết chỗ" in ended.stderr
    assert tables(home) == before
    assert cli("expenses", "import", path, "--yes", "--today", TODAY, "--json").json["data"]["lines"] == 600


def test_an_export_without_room_leaves_the_old_file(tmp_path: Path, cli: Cli) -> None:
    cli("expenses", "import", write(tmp_path / "a.csv", vietcombank(MOVES, 1_000_000)), "--yes", "--today", TODAY)
    for name in ("sổ.journal", "sổ.beancount", "sổ.csv", "sổ.xlsx"):
        file = tmp_path / name
        cli("expenses", "export", file)
        before = file.read_bytes()
        ended = limited_to(600, "expenses", "export", file)
        assert ended.returncode == 7, ended
        assert file.read_bytes() == before
