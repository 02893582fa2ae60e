"""A text as the grammars see it: lower-case, single spaces, plain dashes, and where each character stood.

Patterns are written in proper Vietnamese and match it with all its marks or with none at all: "hôm qua" finds `hôm qua`
and `hom qua`. In a cell that must be a date as a whole, half-marked typing counts too (its marks are stripped for a
second try); inside a sentence it doesn't, or "một" (one) would be "mốt" (the day after tomorrow).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from toolkit.core.text import Aligned, aligned, nfc, strip_marks

if TYPE_CHECKING:
    from collections.abc import Iterable

CELL_LIMIT = 200
SENTENCE_LIMIT = 4000

_ONE_FORM = {
    **dict.fromkeys(map(ord, "‐‑‒–—―−﹣~"), "-"),
    **dict.fromkeys(map(ord, "’‘ʼ′`´"), "'"),
    ord("→"): ">",
}
_SPACES = re.compile("[ \t]{2,}|\t")


def view(text: str, limit: int) -> Aligned:
    """See at most `limit` characters of a text; its spans are spans of the original."""
    seen = aligned(text[:limit])
    lower = seen.text.lower()
    if len(lower) != len(seen.text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in seen.text)
    lower = lower.translate(_ONE_FORM)
    if _SPACES.search(lower) is None:
        return Aligned(lower, seen.origins)
    kept = [i for i, c in enumerate(lower) if not (c in " \t" and i and lower[i - 1] in " \t")]
    return Aligned(
        "".join(lower[i] for i in kept).replace("\t", " "), (*(seen.origins[i] for i in kept), seen.origins[-1])
    )


def cell(text: str) -> str:
    """A cell's text in one line, without the signs that hang on its ends."""
    return " ".join(view(text, CELL_LIMIT).text.split()).strip(" .,;:")


def forms(text: str) -> tuple[str, ...]:
    """A cell's text as typed and, for typing that is only half marked, without its marks."""
    plain = strip_marks(text)
    return (text,) if plain == text else (text, plain)


_MARKED_WORD = re.compile(r"[a-zà-ỹđ]+")


def either(pattern: str) -> str:
    """A pattern whose marked words match with their marks or with none."""

    def widen(found: re.Match[str]) -> str:
        word = found.group()
        bare = strip_marks(word)
        return word if bare == word else f"(?:{word}|{bare})"

    return _MARKED_WORD.sub(widen, nfc(pattern))


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern in proper Vietnamese, compiled when it is first needed."""
    return re.compile(either(pattern))


def alternatives(words: Iterable[str]) -> str:
    """Words as one pattern, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))
