"""F23: a home that can only be read still shows where targets stand; a change is refused and nothing is half done."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from builders.kpi_ledgers import sale, write_sales
from builders.one_process import one_after_the_other
from running import unprivileged

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli


@pytest.mark.skipif(sys.platform != "linux", reason="takes away what root may do, as Linux has it")
def test_where_nothing_can_be_written_targets_are_shown_and_changes_refused(cli: Cli, home: Path) -> None:
    write_sales(home, [sale(date(2026, 11, 3), 66_000_000)])
    assert cli("kpi", "target", "add", "doanh số 120tr tháng 11/2026").exit_code == 0
    for path in (*home.rglob("*"), home):
        path.chmod(0o500 if path.is_dir() else 0o400)
    commands = (
        (), ("status",), ("why", "1"), ("target", "list"), ("target", "show", "1"), ("metric", "list"),
        ("target", "add", "40 đơn tháng 11/2026"), ("target", "revise", "1", "--amount", "100tr"),
        ("target", "drop", "1"),
    )  # fmt: skip
    try:
        typed = [("kpi", *words, "--as-of=2026-11-20") for words in commands]
        ended = one_after_the_other(typed, preexec_fn=unprivileged)
    finally:
        for path in (home, *home.rglob("*")):
            path.chmod(0o700 if path.is_dir() else 0o600)
    assert not [one.err for one in ended if b"Traceback" in one.err]
    assert [one.code for one in ended] == [0] * 6 + [7] * 3, ended
    assert [one["state"] for one in cli("kpi", "status", "--as-of=2026-11-20", "--json").json["data"]["targets"]] == [
        "running"
    ]
