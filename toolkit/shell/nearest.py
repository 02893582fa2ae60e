"""The name that was probably meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.core.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(typed: str, names: Iterable[str], most: int = 3) -> list[str]:
    """The names most like `typed`, best first; accents and case don't count. Empty if none is alike."""
    from difflib import get_close_matches

    by_key = {fold(name): name for name in names}
    return [by_key[key] for key in get_close_matches(fold(typed[:60]), by_key, n=most, cutoff=0.6)]
