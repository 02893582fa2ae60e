"""A text as the grammars see it, one character for one character of what was typed, so that spans can be cut out.

Patterns are written in proper Vietnamese and match it with all its marks or with none at all: "hôm qua" finds `hôm qua`
and `hom qua`. In a cell that must be a date as a whole, half-marked typing counts too (`View.plain`); inside a sentence
it doesn't, or "một" (one) would be "mốt" (the day after tomorrow).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

CELL_LIMIT = 200
SENTENCE_LIMIT = 4000

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－~～"), "-")
_QUOTES = dict.fromkeys(map(ord, "’‘ʼ′`´"), "'")
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f")
_SINGLE = {**_DASHES, **_QUOTES, ord("："): ":", ord("；"): ";", ord("，"): ",", ord("→"): ">", ord("／"): "/"}


@dataclass(frozen=True)
class View:
    """`marked` is lower-case NFC with single spaces, `plain` the same without marks; position i of either stands at
    `origin[i]` of the original text, and `origin[len]` is where the viewed text ends."""

    marked: str
    plain: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Positions in the view as positions in the original text; marks that follow the last letter are included."""
        return self.origin[start], self.origin[end]


def view(text: str, limit: int) -> View:
    """See at most `limit` characters of a text."""
    text = text[:limit]
    if text.isascii() and "\t" not in text and "\n" not in text and "\r" not in text and "  " not in text:
        lower = text.lower().replace("`", "'").replace("~", "-")
        return View(lower, lower, tuple(range(len(text) + 1)))
    marked: list[str] = []
    plain: list[str] = []
    origin: list[int] = []
    position = 0
    while position < len(text):
        end = position + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        cluster = text[position:end]
        seen = _seen(cluster)
        if seen is not None and not (seen[0] == " " and marked and marked[-1] == " "):
            marked.append(seen[0])
            plain.append(seen[1])
            origin.append(position)
        position = end
    origin.append(len(text))
    return View("".join(marked), "".join(plain), tuple(origin))


@cache
def _seen(cluster: str) -> tuple[str, str] | None:
    """One cluster (a letter and its marks) as one marked and one plain character; None for what can't be seen."""
    first = cluster[0]
    if first in _INVISIBLE:
        return None
    if first == "\n":
        return "\n", "\n"
    if first.isspace():
        return " ", " "
    first = first.translate(_SINGLE)
    composed = unicodedata.normalize("NFC", first + cluster[1:]).lower()
    base = unicodedata.normalize("NFD", composed)[0].replace("đ", "d")
    return (composed if len(composed) == 1 else base), base


def strip_marks(word: str) -> str:
    """A word without its marks, `đ` as `d`."""
    bare = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return bare.replace("đ", "d").replace("Đ", "D")


_MARKED_WORD = re.compile(r"[a-zà-ỹđ]+")


def either(pattern: str) -> str:
    """A pattern whose marked words match with their marks or with none."""

    def widen(found: re.Match[str]) -> str:
        word = found.group()
        bare = strip_marks(word)
        return word if bare == word else f"(?:{word}|{bare})"

    return _MARKED_WORD.sub(widen, unicodedata.normalize("NFC", pattern))


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern in proper Vietnamese, compiled when it is first needed."""
    return re.compile(either(pattern))


def alternatives(words: dict[str, int] | tuple[str, ...]) -> str:
    """Words as one pattern, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))
