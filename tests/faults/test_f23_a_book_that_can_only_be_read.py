"""F23, F24: a home that can only be read still shows the book; a home with an odd name is a home like any other."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from builders.expense_books import dump, entries
from running import environment, toolkit_command, unprivileged

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli


@pytest.mark.skipif(sys.platform != "linux", reason="takes away what root may do, as Linux has it")
def test_where_nothing_can_be_written_the_book_is_read_and_entries_are_refused(cli: Cli, home: Path) -> None:
    assert cli("expenses", "add", "ăn phở 45k").exit_code == 0
    before = dump(home)
    for path in (*home.rglob("*"), home):
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        codes = {}
        for words in (("list",), ("accounts",), ("debts",), ("review",), ("search", "pho"), ("parse", "xăng 60k"),
                      ("add", "xăng 60k"), ("undo",), ("fix", "1", "--category", "business")):  # fmt: skip
            ran = subprocess.run(
                toolkit_command("expenses", *words), env=environment(), capture_output=True, preexec_fn=unprivileged,
                stdin=subprocess.DEVNULL, timeout=60, check=False,
            )  # fmt: skip
            assert b"Traceback" not in ran.stderr, words
            codes[words[0]] = ran.returncode
    finally:
        for path in (home, *home.rglob("*")):
            path.chmod(0o700 if path.is_dir() else 0o600)
    assert codes == {
        "list": 0, "accounts": 0, "debts": 0, "review": 0, "search": 0, "parse": 0, "add": 7, "undo": 7, "fix": 7,
    }  # fmt: skip
    assert dump(home) == before


@pytest.mark.parametrize("name", ["Nhà của Lan", "ổ đĩa 🏠", "a'b\"c;d%e", "x" * 200])
def test_a_home_with_an_odd_name_holds_a_book(
    name: str, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / name
    monkeypatch.setenv("TOOLKIT_HOME", str(home))
    assert cli("expenses", "add", "ăn phở 45k").exit_code == 0
    assert cli("expenses", "undo").exit_code == 0
    assert cli("expenses", "add", "ăn phở 50k").exit_code == 0
    assert entries(home) == [("ăn phở", 50_000)]
