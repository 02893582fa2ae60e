"""A sentence as the grammar walks over it: words in one spelling, each knowing where it stood in what was typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from toolkit.core.text import aligned, clean, strip_marks
from toolkit.expenses.sentence.shorthand import REAL_WITHOUT_MARKS, SHORTHAND, SLIPS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.core.dates import Found
    from toolkit.core.money import AmountSpan

Sort = Literal["word", "digits", "sign", "amount", "date"]

# Huế and Nghệ An: "bữa ni" is today, "hôm tê" the day before yesterday.
_CENTRAL = {
    (day, "ni"): "nay" for day in ("bữa", "bựa", "hôm", "sáng", "trưa", "chiều", "tối", "đêm", "bua", "hom")
} | {(day, "tê"): "kia" for day in ("hôm", "bữa", "bựa")}
_TOKEN = re.compile(r"([0-9]+)|((?:[^\W\d_]|[\u0300-\u036f])+)|\n|[^\s]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, a row of digits, a sign, or a whole amount or date phrase.

    `text` is lower-case in one spelling, shorthand written out; `typed` is what stood at `start` up to `end`. `loose`:
    typed without marks where it may stand for a word that has some. `unmarked`: so is its whole sentence. `glued`:
    nothing stands between it and the word before. `capital`: written like a name where a sentence doesn't begin.
    """

    text: str
    typed: str
    start: int
    end: int
    sort: Sort = "word"
    loose: bool = False
    unmarked: bool = False
    glued: bool = False
    capital: bool = False
    amount: AmountSpan | None = None
    date: Found | None = None

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


class Lexicon:
    """Words and phrases, written properly, known with their marks and, where a word was typed without, by that too.

    `exact`: only with their marks, because without them they would be other words.
    """

    def __init__(self, phrases: str, *, exact: bool = False) -> None:
        self._exact = exact
        self._by_first: dict[str, list[tuple[tuple[str, str], ...]]] = {}
        for phrase in phrases.replace("\n", " ").split(","):
            words = tuple((word, strip_marks(word)) for word in clean(phrase).split())
            if words:
                self._by_first.setdefault(words[0][1], []).append(words)
        for rows in self._by_first.values():
            rows.sort(key=len, reverse=True)

    def at(self, words: Sequence[Word], i: int) -> int:
        """How many words from `i` on are the longest phrase of this lexicon; 0 if none begins there."""
        if not 0 <= i < len(words) or words[i].sort not in ("word", "digits"):
            return 0
        for row in self._by_first.get(strip_marks(words[i].text), ()):
            if len(row) <= len(words) - i and all(
                (word.text == wanted[0] and not (self._exact and word.loose))
                or (word.loose and not self._exact and word.text == wanted[1])
                for word, wanted in zip(words[i : i + len(row)], row, strict=True)
            ):
                return len(row)
        return 0

    def ending(self, words: Sequence[Word], end: int) -> int:
        """How many words before `end` are a phrase of this lexicon; 0 if none ends there."""
        return next((n for n in (4, 3, 2, 1) if end >= n and self.at(words[end - n : end], 0) == n), 0)

    def find(self, words: Sequence[Word], start: int = 0) -> tuple[int, int] | None:
        """The first place where a phrase of this lexicon stands: its start and its end."""
        for i in range(start, len(words)):
            n = self.at(words, i)
            if n:
                return i, i + n
        return None

    def has(self, words: Sequence[Word]) -> bool:
        return self.find(words) is not None

    def all(self, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
        i = 0
        while i < len(words):
            n = self.at(words, i)
            if n:
                yield i, i + n
            i += n or 1


@dataclass(frozen=True)
class Line:
    """A sentence: what was typed, the text that amounts and dates are looked for in, and its words."""

    typed: str
    text: str
    origins: tuple[tuple[int, int], ...]  # of each character of `text`: the span that it stands for in `typed`
    words: tuple[Word, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of `typed` that `text[start:end]` stands for."""
        return self.origins[start][0], self.origins[end - 1][1]


def read_line(typed: str) -> Line:
    """The words of a sentence, shorthand written out (`hqua` is hôm qua, `r` is rồi), signs apart."""
    seen = aligned(typed)
    tokens = list(_TOKEN.finditer(seen.text))
    marked = any(token[2] and strip_marks(token[2].lower()) != token[2].lower() for token in tokens)
    words: list[Word] = []
    text: list[str] = []
    origins: list[tuple[int, int]] = []
    before = 0
    for i, token in enumerate(tokens):
        glued = token.start() == before and i > 0
        for place in range(before, token.start()):
            text.append(seen.text[place])
            origins.append(seen.span(place, place + 1))
        before = token.end()
        start, end = seen.span(token.start(), token.end())
        spelled = clean(token[0]).lower() if token[2] else token[0]
        written = _written_out(spelled, tokens, i, glued) if token[2] else spelled
        text.extend(written)
        origins.extend([(start, end)] * len(written))
        sort: Sort = "digits" if token[1] else "word" if token[2] else "sign"
        for n, part in enumerate(written.split() or [written]):
            named = i + 1 < len(tokens) and tokens[i + 1][0][:1].isupper()  # "chi Bay" between words with marks
            loose = sort == "word" and part.isascii() and (not marked or named or part not in REAL_WITHOUT_MARKS)
            shape = typed[start:end]
            capital = shape[:1].isupper() and not shape[1:2].isupper() and not _opens(tokens, i)
            words.append(Word(part, shape, start, end, sort, loose, not marked, glued and n == 0, capital))
    return Line(typed, "".join(text), tuple(origins), tuple(words))


def _written_out(spelled: str, tokens: Sequence[re.Match[str]], i: int, glued: bool) -> str:
    """A word of shorthand in full. Behind digits `k`, `r`, `ng` are units or belong to them."""
    spelled = SLIPS.get(_steadied(spelled), _steadied(spelled))
    before = clean(tokens[i - 1][0]).lower() if i else ""
    if spelled in ("ni", "tê"):
        return _CENTRAL.get((before, spelled), "này" if spelled == "ni" else spelled)
    if spelled not in SHORTHAND or (glued and tokens[i - 1][1]):
        return spelled
    if len(spelled) == 1 and i and tokens[i - 1][1]:
        return spelled if spelled in "km" else SHORTHAND[spelled]
    if i + 1 < len(tokens) and tokens[i + 1][1] and tokens[i + 1].start() == tokens[i].end():
        return spelled
    return SHORTHAND[spelled]


def _opens(tokens: Sequence[re.Match[str]], i: int) -> bool:
    return i == 0 or tokens[i - 1][0] in ".!?\n-*•" or tokens[i - 1][0] == ":"


def _steadied(word: str) -> str:
    """`rồiii`, `kiemm`: no Vietnamese word ends in the same letter twice."""
    if len(word) < 4 or word[-1] != word[-2] or (word[-1] in "eo" and word[-3] != word[-1]):
        return word
    return word.rstrip(word[-1]) + word[-1]


def joined(
    line: Line, amounts: Sequence[tuple[int, int, AmountSpan]], dates: Sequence[tuple[int, int, Found]]
) -> list[Word]:
    """The words of a line with each amount and each date phrase as one word. Their spans are counted in `line.text`."""
    found: list[Word] = []
    for start, end, amount in amounts:
        place = line.span(start, end)
        found.append(Word("#", line.typed[slice(*place)], *place, sort="amount", amount=amount))
    for start, end, date in dates:
        place = line.span(start, end)
        found.append(Word("@", line.typed[slice(*place)], *place, sort="date", date=date))
    found.sort(key=lambda word: word.start)
    done: list[Word] = []
    n = 0
    for word in line.words:
        while n < len(found) and word.start >= found[n].end:
            n += 1
        if n == len(found) or word.end <= found[n].start:
            done.append(word)
        elif not done or done[-1] is not found[n]:
            done.append(found[n])
    return done
