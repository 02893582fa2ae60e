"""How much memory a piece of work takes."""

from __future__ import annotations

import threading
from typing import Self

import psutil


class Memory:
    """Inside the block: the most resident memory of this process and its children, above what it had at the start.

    `most` is in bytes; it is looked at every `every` seconds.
    """

    def __init__(self, every: float = 0.1) -> None:
        self.most = 0
        self._every = every
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
        while not self._done.wait(self._every):
            taken = self._process.memory_info().rss - self._start
            for child in self._process.children():
                try:
                    taken += child.memory_info().rss
                except psutil.NoSuchProcess:
                    continue
            self.most = max(self.most, taken)
