"""Where the files that come with the program are: beside it in a clone, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_CLONE: Final = Path(__file__).parents[2]
_WHEEL: Final = Path(__file__).parent / "_shipped"
HOME: Final = _WHEEL if _WHEEL.is_dir() else _CLONE
MODEL: Final = HOME / "models" / "expenses" / "model.bin"
DATA: Final = HOME / "data" / "expenses"
