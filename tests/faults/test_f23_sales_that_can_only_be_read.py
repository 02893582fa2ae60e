"""F23, F24, F35: a home that can only be read still shows the book; odd homes and poor terminals are no trouble."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from builders.kpi_books import amounts, dump
from builders.one_process import one_after_the_other
from running import environment, toolkit_command, unprivileged

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

PLACES: dict[str, dict[str, str | None]] = {
    "C": {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": None},
    "C without help from Python": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "cp1258": {"PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1258"},
    "cp437": {"PYTHONUTF8": "0", "PYTHONIOENCODING": "cp437"},
    "20 columns": {"COLUMNS": "20"},
}


@pytest.mark.skipif(sys.platform != "linux", reason="takes away what root may do, as Linux has it")
def test_where_nothing_can_be_written_the_book_is_read_and_lines_are_refused(cli: Cli, home: Path) -> None:
    assert cli("kpi", "log", "bán son cho Lan 450k").exit_code == 0
    before = dump(home)
    for path in (*home.rglob("*"), home):
        path.chmod(0o500 if path.is_dir() else 0o400)
    commands = (
        ("list",), ("search", "son"), ("show", "1"), ("engagement", "list"), ("product", "list"),
        ("calendar", "show"), ("log", "bán mũ 90k", "--dry-run"), ("log", "bán mũ 90k"), ("undo",),
        ("edit", "1", "--amount", "1tr"), ("delete", "1"), ("calendar", "week", "6"),
        ("product", "rename", "son", "Son môi"),
    )  # fmt: skip
    try:
        ended = one_after_the_other([("kpi", *words) for words in commands], preexec_fn=unprivileged)
    finally:
        for path in (home, *home.rglob("*")):
            path.chmod(0o700 if path.is_dir() else 0o600)
    assert not [one.err for one in ended if b"Traceback" in one.err]
    assert [one.code for one in ended] == [0] * 7 + [7] * 6, ended
    assert dump(home) == before


@pytest.mark.parametrize("name", ["Nhà của Lan", "ổ đĩa 🏠", "a'b\"c;d%e", "x" * 200])
def test_a_home_with_an_odd_name_holds_a_book(
    name: str, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / name
    monkeypatch.setenv("TOOLKIT_HOME", str(home))
    assert cli("kpi", "log", "bán son cho Lan 450k").exit_code == 0
    assert cli("kpi", "undo").exit_code == 0
    assert cli("kpi", "log", "bán son cho Lan 500k").exit_code == 0
    assert amounts(home) == [500_000]


@pytest.mark.parametrize("place", PLACES)
def test_everyday_commands_speak_in_every_place(place: str, cli: Cli) -> None:
    assert cli("kpi", "log", "bán 2 gói bảo hiểm cho chị Hoa 12tr, gặp 3 khách").exit_code == 0
    commands = (("log", "ban mu 90k"), ("list",), ("show", "1"), ("calendar", "show"), ("undo", "--list"), ("undo",))
    for ended in one_after_the_other([("kpi", *words) for words in commands], env=PLACES[place]):
        assert ended.code == 0, ended.err
        assert b"Traceback" not in ended.err
        assert ended.out


def test_bytes_that_are_no_text_are_told_and_never_recorded_in_part(home: Path) -> None:
    ran = subprocess.run(
        toolkit_command("kpi", "log", "-"), env=environment(), input=b"ban m\xe1\xba 90k\nban ao 200k\n",
        capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert ran.returncode == 1
    assert b"Traceback" not in ran.stderr
    assert amounts(home) == [200_000]
