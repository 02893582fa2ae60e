"""F23: a statement can be looked at, and the book exported, where nothing may be written; importing is refused."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from builders.statements import MOVES, TODAY, tables, vietcombank, write
from running import Cli, environment, toolkit_command, unprivileged

if TYPE_CHECKING:
    from pathlib import Path


def run_without_rights(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        toolkit_command("expenses", *arguments), env=environment(), capture_output=True, text=True, timeout=60,
        check=False, preexec_fn=unprivileged,
    )  # fmt: skip


def test_looking_works_and_writing_is_refused(tmp_path: Path, cli: Cli, home: Path) -> None:
    cli("expenses", "add", "3/11 ăn trưa 45k", "--today", TODAY)
    file = write(tmp_path / "a.csv", vietcombank(MOVES, 1_000_000))
    before = tables(home)
    for path in (*home.rglob("*"), home):
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        planned = run_without_rights("import", file, "--dry-run", "--today", TODAY)
        exported = run_without_rights("export", "--to", "hledger")
        refused = run_without_rights("import", file, "--yes", "--today", TODAY)
    finally:
        for path in (home, *home.rglob("*")):
            path.chmod(0o700 if path.is_dir() else 0o600)
    assert planned.returncode == 0, planned.stderr
    assert "Nap tien vi momo" in planned.stdout
    assert exported.returncode == 0, exported.stderr
    assert "ăn trưa" in exported.stdout
    assert refused.returncode == 7
    assert "Traceback" not in refused.stderr
    assert tables(home) == before
