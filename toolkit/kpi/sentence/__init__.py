"""One line of Vietnamese about a sale, a lost deal, a day's work or a promise."""

from __future__ import annotations

from toolkit.kpi.sentence.reading import LONGEST, read_line
from toolkit.kpi.sentence.targets import read_target
from toolkit.kpi.sentence.unsaid import UNSAID

__all__ = ["LONGEST", "UNSAID", "read_line", "read_target"]
