"""F37: a sheet of a million rows is read in under a minute and 400 MB, and says how far it is."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from builders.measuring import Memory
from builders.workbooks import large_xlsx
from toolkit.sheets.read import stream_rows

if TYPE_CHECKING:
    from pathlib import Path

ROWS = 1_000_000


def work() -> float:
    """Seconds that processors spent on this process and the ones it waited for: other tests' work doesn't count."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


@pytest.mark.slow
def test_a_million_rows_stream_by_in_time_and_memory_and_tell_how_far_they_are(tmp_path: Path) -> None:
    path = large_xlsx(tmp_path / "năm.xlsx", ROWS)
    said: list[tuple[int, float | None]] = []
    begin = work()
    with Memory() as memory:
        last = None
        count = 0
        for _, row in stream_rows(path, progress=lambda rows, share: said.append((rows, share))):
            count += 1
            last = row
    assert work() - begin < 60
    assert memory.most < 400_000_000
    assert count == ROWS
    assert last is not None
    assert (last.number, last.cells[1].text) == (ROWS, f"Khách hàng số {ROWS}")
    shares = [share for _, share in said if share is not None]
    assert len(said) > 500
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
