"""Orders in and out as CSV: without scikit-learn and its like, and without what reads spreadsheets."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from builders.shops import FEW, TODAY, shopee, write
from running import environment

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = {
    "googleapiclient", "httplib2", "joblib", "numpy", "openpyxl", "pandas", "python_calamine", "requests", "scipy",
    "sklearn", "underthesea",
}  # fmt: skip
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
    [("import", "FILE", "--yes", "--today", TODAY), ("profiles", "show", "shopee"), ("export", "OUT"), ("export",)],
    ids=" ".join,
)
def test_nothing_heavy_is_imported(words: tuple[str, ...], tmp_path: Path) -> None:
    file = write(tmp_path / "don.csv", shopee(FEW))
    places = {"FILE": str(file), "OUT": str(tmp_path / "ra.csv")}
    command = [sys.executable, "-c", LOOK, "kpi", *(places.get(word, word) for word in words)]
    ended = subprocess.run(command, env=environment(), capture_output=True, check=True, timeout=60)
    looked = json.loads(ended.stdout)
    assert looked["code"] == 0, ended.stderr.decode()
    assert not set(looked["modules"]) & HEAVY
