"""Reports, budgets and what comes back are there at once: looking at them loads no library that isn't needed."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from builders.money_months import entry, write_book
from running import environment

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = {
    "googleapiclient", "httplib2", "joblib", "numpy", "openpyxl", "playwright", "python_calamine", "requests", "scipy",
    "sklearn", "underthesea",
}  # fmt: skip
LOOK = """
import json, sys
from toolkit.cli import main
sys.stdout = sys.stderr
code = main(sys.argv[1:])
sys.stdout = sys.__stdout__
print(json.dumps([code, sorted({name.partition(".")[0] for name in sys.modules})]))
"""


@pytest.mark.parametrize(
    "words",
    [
        ["report"], ["report", "--html", "a.html"], ["budget", "status"], ["budget", "set", "food", "3tr"],
        ["recurring", "list"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_looking_at_money_loads_nothing_heavy(words: list[str], home: Path, tmp_path: Path) -> None:
    write_book(home, [entry(date(2026, 11, 3), 45_000)])
    ended = subprocess.run(
        [sys.executable, "-c", LOOK, "expenses", *words, "--today=2026-11-18"],
        env=environment(), cwd=tmp_path, capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    code, modules = json.loads(ended.stdout)
    assert code == 0, ended.stderr.decode()
    assert not set(modules) & HEAVY
