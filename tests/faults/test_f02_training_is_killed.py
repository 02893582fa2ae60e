"""F02: training that is killed leaves the old model or the new one, and can be done again."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from builders.small_training import small_model, write_data
from toolkit.expenses.classifier.coding import encode, load

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from toolkit.expenses.model import Lesson
from toolkit.expenses.service.learning import Learning

here = Path(sys.argv[1])
lessons = [Lesson("bao đóng đơn", "family", 1, datetime(2026, 11, 22, tzinfo=UTC))]
Learning(here / "home" / "model.bin", data=here / "data", shipped=here / "shipped.bin").train_personal(lessons)
"""


def train(place: Path, fault: str) -> int:
    environment = {**os.environ, "TOOLKIT_FAULT": fault, "TOOLKIT_FAULT_COUNT": str(place / "points")}
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, str(place)], env=environment, capture_output=True, check=False, timeout=120
    ).returncode


@pytest.mark.slow
def test_a_killed_training_leaves_the_old_model_or_the_new_one(tmp_path: Path) -> None:
    write_data(tmp_path / "data")
    (tmp_path / "shipped.bin").write_bytes(encode(small_model()))
    own = tmp_path / "home" / "model.bin"
    assert train(tmp_path, "count") == 0
    names = (tmp_path / "points").read_text("utf-8").split("\n")[1:]
    assert "expenses.train.personal_fitted" in names
    new = own.read_bytes()
    old = encode(small_model())
    for n, name in enumerate(names, 1):
        own.write_bytes(old)
        assert train(tmp_path, f"kill@{n}") == -9, name
        assert own.read_bytes() in (old, new), name
        load(own)
    assert train(tmp_path, "") == 0
    assert own.read_bytes() == new
    assert own.stat().st_mode & 0o777 == 0o600
