"""How Vietnamese does a text read? The share of its marked words that are possible Vietnamese syllables.

A wrong decoding fails this nearly always, a right one nearly never.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from toolkit.core.syllables import is_syllable

# A run of letters and of anything foreign: a sign in the middle of a word speaks against a decoding.
_RUN = re.compile(r"[A-Za-z\x80-\U0010ffff]+")
_SIGNS = "“”‘’–—…•₫·×°€«»\u00a0\u200b\ufeff©®™²³½±→✓★"  # harmless beside a word


class Fluency(NamedTuple):
    """How many of the words with marks are possible syllables."""

    valid: int
    words: int

    @property
    def share(self) -> float:
        return self.valid / self.words if self.words else 0.0


def fluency(text: str) -> Fluency:
    """Count the marked words of a text and those among them that can be Vietnamese. Plain ASCII words say nothing."""
    valid = words = 0
    for run in _RUN.findall(unicodedata.normalize("NFC", text)):
        if run.isascii():
            continue
        word = run.strip(_SIGNS)
        if not word.isascii():
            words += 1
            valid += _possible(word)
    return Fluency(valid, words)


@lru_cache(maxsize=16384)
def _possible(word: str) -> bool:
    return (word.islower() or word.isupper() or word.istitle()) and is_syllable(word.lower())
