"""A page and a note are there at once: nothing heavy is loaded for them."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from builders.kpi_ledgers import write_sales
from builders.kpi_pasts import even_months
from running import environment

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

AS_OF = "--as-of=2026-11-20"
HEAVY = {
    "googleapiclient", "holidays", "httplib2", "jinja2", "joblib", "numpy", "openpyxl", "pandas", "playwright",
    "python_calamine", "requests", "rich", "scipy", "sklearn", "underthesea",
}  # fmt: skip
LOOK = """
import json, os, sys
from toolkit.cli import main
sys.stdout = open(os.devnull, "w")
code = main(sys.argv[1:])
sys.stdout = sys.__stdout__
print(json.dumps([code, sorted({name.partition(".")[0] for name in sys.modules}), sorted(sys.modules)]))
"""


@pytest.mark.parametrize(
    "words", [["page", "a.html"], ["note"], ["note", "--md", "a.md", "--html", "b.html"]], ids=" ".join
)
def test_papers_load_nothing_heavy(words: list[str], cli: Cli, home: Path, tmp_path: Path) -> None:
    write_sales(home, even_months({(2026, 10): 1_000_000}))
    assert cli("kpi", "target", "add", "doanh số 30tr tháng 11", AS_OF).exit_code == 0
    ended = subprocess.run(
        [sys.executable, "-c", LOOK, "kpi", *words, AS_OF], env=environment(), cwd=tmp_path, capture_output=True,
        check=True, timeout=60,
    )  # fmt: skip
    code, modules, every = json.loads(ended.stdout)
    assert code == 0, ended.stderr.decode()
    assert not set(modules) & HEAVY
    assert not [name for name in every if name.startswith(("toolkit.expenses", "toolkit.google", "toolkit.calendar"))]
