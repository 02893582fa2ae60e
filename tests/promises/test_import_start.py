"""Statements in, journals out: without scikit-learn and its like, and a csv file without what reads spreadsheets."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from builders.statements import MOVES, TODAY, vietcombank, write
from running import environment

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = {
    "googleapiclient",
    "httplib2",
    "joblib",
    "numpy",
    "openpyxl",
    "pandas",
    "requests",
    "scipy",
    "sklearn",
    "underthesea",
}
LOOK = """
import json, os, sys
from toolkit.cli import main
sys.stdout = open(os.devnull, "w")
code = main(sys.argv[1:])
sys.stdout = sys.__stdout__
print(json.dumps({"code": code, "modules": sorted({name.partition(".")[0] for name in sys.modules})}))
"""


@pytest.mark.parametrize(
    "words",
    [("import", "FILE", "--yes", "--today", TODAY), ("import", "FILE", "--dry-run", "--today", TODAY), ("merge",),
     ("banks", "list"), ("export", "--to", "hledger"), ("export", "--to", "beancount"), ("export", "OUT")],
    ids=" ".join,
)  # fmt: skip
def test_nothing_heavy_is_imported(words: tuple[str, ...], tmp_path: Path) -> None:
    file = write(tmp_path / "vcb.csv", vietcombank(MOVES, 1_000_000))
    places = {"FILE": str(file), "OUT": str(tmp_path / "sổ.csv")}
    command = [sys.executable, "-c", LOOK, "expenses", *(places.get(word, word) for word in words)]
    ended = subprocess.run(command, env=environment(), capture_output=True, check=True, timeout=60)
    looked = json.loads(ended.stdout)
    assert looked["code"] == 0, ended.stderr.decode()
    assert not set(looked["modules"]) & HEAVY
