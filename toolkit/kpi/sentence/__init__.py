"""One line of Vietnamese about a sale, a lost deal, a day's work or a promise; a target as it is typed.

The names below are fetched from their modules when they are first used: a line doesn't load the grammar of targets.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.kpi.sentence.reading import LONGEST, read_line
    from toolkit.kpi.sentence.targets import read_target
    from toolkit.kpi.sentence.unsaid import UNSAID

__all__ = ["LONGEST", "UNSAID", "read_line", "read_target"]

_WHERE = {"LONGEST": "reading", "UNSAID": "unsaid", "read_line": "reading", "read_target": "targets"}


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name not in _WHERE:
            raise AttributeError(name)
        return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
