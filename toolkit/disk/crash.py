"""Named points at which a test may end the process as rudely as a power cut does.

`TOOLKIT_FAULT=kill@7` kills (SIGKILL: no `finally`, no flush) at the 7th point that the process meets,
`kill@store.commit` at the first point of that name, `kill@store.commit:3` at its third. `TOOLKIT_FAULT=count` lets the
process live and writes how many points it met, and their names in order, to the file named by `TOOLKIT_FAULT_COUNT`.
"""

from __future__ import annotations

import atexit
import os
import signal
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def crashpoint(name: str) -> None:
    """Mark a place between two steps where the process may die. `name` is `room.verb.step`. Free by default."""
    if _fault is not None:
        _fault(name)


def _from_environment(wish: str, count_file: str) -> Callable[[str], None] | None:
    """The fault that the environment asks for. An unknown wish is refused: a test without its fault proves nothing."""
    if not wish:
        return None
    if wish == "count":
        return _Counting(Path(count_file))
    action, _, where = wish.partition("@")
    name, _, nth = where.rpartition(":") if ":" in where else (where, "", "1")
    if action != "kill" or not name or not nth.isdecimal():
        raise ValueError(f"TOOLKIT_FAULT={wish!r}: expected count, kill@NUMBER, kill@NAME or kill@NAME:NUMBER")
    return _Killing("", int(name)) if name.isdecimal() else _Killing(name, int(nth))


class _Killing:
    """Ends the process at the nth point named `name` (any name when it is empty)."""

    def __init__(self, name: str, nth: int) -> None:
        self._name = name
        self._nth = nth
        self._met: Counter[str] = Counter()

    def __call__(self, name: str) -> None:
        if self._name and name != self._name:
            return
        self._met[self._name] += 1
        if self._met[self._name] == self._nth:
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


class _Counting:
    """Remembers the points met; writes their number, then one name a line, when the process ends."""

    def __init__(self, file: Path) -> None:
        self._names: list[str] = []
        atexit.register(lambda: file.write_text("\n".join([str(len(self._names)), *self._names]), "utf-8"))

    def __call__(self, name: str) -> None:
        self._names.append(name)


_fault = _from_environment(os.environ.get("TOOLKIT_FAULT", ""), os.environ.get("TOOLKIT_FAULT_COUNT", os.devnull))
