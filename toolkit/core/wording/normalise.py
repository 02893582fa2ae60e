"""One way of writing a phrase, whatever hand typed it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from toolkit.core.text import clean, strip_marks
from toolkit.core.wording.shorthand import SHORTHAND
from toolkit.core.wording.slips import undo_slips

LONGEST: Final = 400
"""Characters of a phrase that are looked at. A clause about one purchase is shorter than a fifth of it."""

_NOT_WORD = re.compile(r"[^\w%]+|_+")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_DIGITS = re.compile(r"\d+")
# Pay of the thirteenth month is a bonus, of any other month it is pay.
_THIRTEENTH = re.compile(r"\b(?:tháng|thang)(?: lương| luong)?(?: thứ| thu)? (?:13|mười ba|muoi ba)\b|\bt13\b")
_MONTH = re.compile(
    r"\b(tháng) (?:giêng|hai|ba|tư|bốn|năm|sáu|bảy|bẩy|tám|chín|mười một|mười hai|mười|một|chạp)\b"
    r"|\b(thang) (?:gieng|muoi mot|muoi hai|muoi|chap)\b"
)


def normalise(text: str) -> str:
    """`text` as the classifier reads it: lower case, one spelling, words with single spaces, digits masked as 0.

    Composed, tones on their place, keyboard leaks decoded (`awn sangs` → `ăn sáng`), teencode spelt out (`cf` → `cà
    phê`), drawn-out letters shortened (`ngonnnn` → `ngon`), punctuation gone. Doing it twice changes nothing. At most
    LONGEST characters are read.
    """
    return _normalise(text[:LONGEST])


@lru_cache(maxsize=2048)
def _normalise(text: str) -> str:
    text = clean(text).lower()
    # Lower case can be longer and uncomposed (İ); the ceiling is for what follows.
    text = clean(text)[:LONGEST]
    for _ in range(_ROUNDS):
        before, text = text, _once(text)
        if text == before:
            break
    return text


_ROUNDS: Final = 6


def _once(text: str) -> str:
    text = _MONTH.sub(lambda month: f"{month[1] or month[2]} 0", _THIRTEENTH.sub("thángmườiba", text))
    shortened = [
        word if word in SHORTHAND else _DRAWN_OUT.sub(r"\1", word) for word in _NOT_WORD.sub(" ", text).split()
    ]
    spelt = undo_slips([part for word in shortened for part in SHORTHAND.get(word, (word,))])
    return clean(_DIGITS.sub("0", " ".join(spelt)))


def unmarked(normalised: str) -> str:
    """The second view of a normalised phrase: what is left of it when somebody types without marks."""
    return strip_marks(normalised)
