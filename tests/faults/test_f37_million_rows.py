"""F37: a sheet of a million rows is read in under a minute and 400 MB, and says how far it is."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Self

import psutil
import pytest

from builders.workbooks import large_xlsx
from toolkit.sheets.read import stream_rows

if TYPE_CHECKING:
    from pathlib import Path

ROWS = 1_000_000


def work() -> float:
    """Seconds that processors spent on this process and the ones it waited for: other tests' work doesn't count."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


class Memory:
    """The most memory that this process and its children took together, above what it had at the start (bytes)."""

    def __init__(self) -> None:
        self.most = 0
        self._process = psutil.Process()
        self._start = self._process.memory_info().rss
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(0.2):
            taken = self._process.memory_info().rss - self._start
            for child in self._process.children():
                try:
                    taken += child.memory_info().rss
                except psutil.NoSuchProcess:
                    continue
            self.most = max(self.most, taken)


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
