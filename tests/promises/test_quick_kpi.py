"""Looking at one's targets is quick because it loads nothing heavy: the reckoning is the standard library's."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from builders.kpi_ledgers import sale, write_sales
from running import environment

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

HEAVY = {
    "caldav", "dateutil", "defusedxml", "google", "googleapiclient", "holidays", "httplib2", "icalendar", "jinja2",
    "joblib", "lxml", "numpy", "openpyxl", "python_calamine", "requests", "rich", "scipy", "sklearn", "tomlkit",
    "underthesea",
}  # fmt: skip
LOOK = """
import json, sys
from toolkit.cli import main
sys.stdout = sys.stderr
code = main(sys.argv[1:])
sys.stdout = sys.__stdout__
print(json.dumps({"code": code, "modules": sorted(sys.modules)}))
"""


def imported(*arguments: str) -> set[str]:
    """The modules that are there after a command has ended well in a process of its own."""
    ended = subprocess.run(
        [sys.executable, "-c", LOOK, *arguments], env=environment(), capture_output=True, check=True, timeout=60
    )
    looked = json.loads(ended.stdout)
    assert looked["code"] == 0, ended.stderr.decode()
    return set(looked["modules"])


@pytest.mark.parametrize(
    "words", [("kpi",), ("kpi", "status", "--json"), ("kpi", "why", "1"), ("kpi", "target", "list")], ids=" ".join
)
def test_looking_at_targets_loads_nothing_heavy(cli: Cli, home: Path, words: tuple[str, ...]) -> None:
    write_sales(home, [sale(date(2026, 11, n), 3_000_000) for n in range(1, 20)])
    added = cli("kpi", "target", "add", "--metric", "revenue", "--amount", "120tr", "--period", "2026-11")
    assert added.exit_code == 0
    modules = imported(*words, "--as-of=2026-11-20")
    assert not {name.partition(".")[0] for name in modules} & HEAVY
    others = ("toolkit.sheets", "toolkit.calendar", "toolkit.expenses", "toolkit.kpi.imports", "toolkit.kpi.commission")
    assert not [name for name in modules if name.startswith(others)]
