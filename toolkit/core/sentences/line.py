"""A sentence as the grammar walks over it: words in one spelling, each knowing where it stood in what was typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from toolkit.core.money import find_amounts
from toolkit.core.sentences.shorthand import REAL_WITHOUT_MARKS, SHORTHAND, SLIPS
from toolkit.core.text import aligned, clean, strip_marks
from toolkit.core.wording.slips import undo_slips

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.core.dates import Found
    from toolkit.core.money import AmountSpan

Sort = Literal["word", "digits", "sign", "amount", "date"]

# Huế and Nghệ An: "bữa ni" is today, "hôm tê" the day before yesterday.
_CENTRAL = {
    (day, "ni"): "nay" for day in ("bữa", "bựa", "hôm", "sáng", "trưa", "chiều", "tối", "đêm", "bua", "hom")
} | {(day, "tê"): "kia" for day in ("hôm", "bữa", "bựa")}
_CHUNK = re.compile(r"(?<![^\W_])[A-Za-z][A-Za-z0-9]{1,15}(?![^\W_])")
_BEGINNINGS = frozenset(".!?\n-*•:")
_COUNTED = re.compile(r"[0-9]{1,4} [^0-9]{2,40}?(?= ?[x×*] ?[0-9])")
_TOKEN = re.compile(r"([0-9]+)|((?:[^\W\d_]|[\u0300-\u036f])+)|\n|[^\s]")


@dataclass(frozen=True, slots=True, eq=False)
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


_bare = lru_cache(maxsize=8192)(strip_marks)  # the same few thousand words, over and over

# Joining and ending words that without marks are as often things: kem, vá, nhà, da, cà phê, dép, ghế, quà, đồ, nửa …
_OFTEN_OTHERS = frozenset(
    {
        *("kem", "lai", "cong", "con", "va", "da", "nha", "phe", "mac", "ma", "no", "hoi", "tuc", "la", "qua", "thi"),
        *("do", "chan", "mat", "gia", "co", "re", "cung", "dep", "doi", "dat", "du", "ghe", "nua", "buon", "xot"),
    }
)


class Lexicon:
    """Words and phrases, written properly, known with their marks and, where a word was typed without, by that too.

    The phrases are written in the one spelling of `text.clean`. `exact`: only with their marks, because without them
    they would be other words.
    """

    def __init__(self, phrases: str, *, exact: bool = False) -> None:
        self._exact = exact
        self._by_first: dict[str, list[tuple[tuple[str, str], ...]]] = {}
        for phrase in phrases.split(","):
            words = tuple((word, _bare(word)) for word in phrase.split())
            if words:
                self._by_first.setdefault(words[0][1], []).append(words)
        for rows in self._by_first.values():
            rows.sort(key=len, reverse=True)

    def at(self, words: Sequence[Word], i: int, *, surely: bool = False) -> int:
        """How many words from `i` on are the longest phrase of this lexicon; 0 if none begins there.

        `surely`, where taking a word away by mistake costs more than leaving it: in a sentence with marks a word
        without them is meant without ("kem" is no "kèm"); in one without marks the words that are as often others
        ("nha": nhé or nhà) aren't taken for these.
        """
        if not 0 <= i < len(words) or words[i].sort not in ("word", "digits"):
            return 0
        for row in self._by_first.get(_bare(words[i].text), ()):
            if len(row) <= len(words) - i and all(
                (
                    word.text == wanted[0]
                    and not (self._exact and word.loose and (word.unmarked or wanted[0] != wanted[1]))
                )
                or (word.loose and not self._exact and word.text == wanted[1] and (word.unmarked or not surely))
                for word, wanted in zip(words[i : i + len(row)], row, strict=True)
            ):
                alone = surely and len(row) == 1 and words[i].unmarked
                return 0 if alone and words[i].text in _OFTEN_OTHERS else len(row)
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

    @property
    def phrases(self) -> list[str]:
        """Its phrases as they are written."""
        return [" ".join(word for word, _ in row) for rows in self._by_first.values() for row in rows]

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
    pieces = _pieces(seen.text)
    marked = any(piece.sort == "word" and not piece.text.isascii() for piece in pieces)
    words: list[Word] = []
    text: list[str] = []
    origins: list[tuple[int, int]] = []
    before = 0
    for i, piece in enumerate(pieces):
        for place in range(before, piece.start):
            text.append(seen.text[place])
            origins.append(seen.span(place, place + 1))
        glued, before = piece.start == before and i > 0, piece.end
        start, end = seen.span(piece.start, piece.end)
        written = _written_out(pieces, i, glued=glued) if piece.sort == "word" else piece.text
        text.extend(written)
        origins.extend([(start, end)] * len(written))
        shape = typed[start:end]
        capital = shape[:1].isupper() and not shape[1:2].isupper() and i > 0 and pieces[i - 1].text not in _BEGINNINGS
        named = i + 1 < len(pieces) and pieces[i + 1].typed[:1].isupper()  # "chi Bay" between words with marks
        numbered = i + 1 < len(pieces) and pieces[i + 1].sort == "digits" and pieces[i + 1].start == piece.end  # "SE3"
        for n, part in enumerate(written.split() or [written]):
            bare = piece.sort == "word" and part.isascii()
            loose = (
                bare and not (numbered and shape.isupper()) and (not marked or named or part not in REAL_WITHOUT_MARKS)
            )
            words.append(Word(part, shape, start, end, piece.sort, loose, not marked, glued and n == 0, capital))
    return Line(typed, "".join(text), tuple(origins), tuple(words))


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word (lower-case, in one spelling), a row of digits or a sign of the plain text."""

    text: str
    typed: str
    start: int
    end: int
    sort: Sort


def _pieces(text: str) -> list[_Piece]:
    leaks = _leaks(text)
    pieces: list[_Piece] = []
    for token in _TOKEN.finditer(text):
        start, end = token.span()
        if pieces and start < pieces[-1].end:
            continue  # inside a leaked word: "sa1ng"
        if start in leaks:
            end, spelled = leaks[start]
            pieces.append(_Piece(spelled, text[start:end], start, end, "word"))
        elif token[2]:
            pieces.append(_Piece(clean(token[0]).lower(), token[0], start, end, "word"))
        else:
            pieces.append(_Piece(token[0], token[0], start, end, "digits" if token[1] else "sign"))
    return pieces


def _leaks(text: str) -> dict[int, tuple[int, str]]:
    """Keys of Telex or VNI that reached the text undecoded, by where they stand: `awn sangs`, `d9o63 xa8ng`."""
    chunks = list(_CHUNK.finditer(text))
    typed = [chunk[0].lower() for chunk in chunks]
    return {
        chunk.start(): (chunk.end(), decoded)
        for chunk, word, decoded in zip(chunks, typed, undo_slips(typed), strict=True)
        if decoded != word
    }


def _written_out(pieces: Sequence[_Piece], i: int, *, glued: bool) -> str:
    """A word of shorthand in full. Behind digits `k`, `r`, `ng` are units or belong to them."""
    spelled = SLIPS.get(_steadied(pieces[i].text), _steadied(pieces[i].text))
    before = pieces[i - 1] if i else None
    if spelled in ("ni", "tê"):
        return _CENTRAL.get((before.text if before else "", spelled), "này" if spelled == "ni" else spelled)
    if spelled not in SHORTHAND:
        return spelled
    counted = before is not None and before.sort == "digits"
    following = pieces[i + 1] if i + 1 < len(pieces) else None
    numbered = following is not None and following.sort == "digits" and following.start == pieces[i].end
    if numbered or (counted and (glued or spelled in ("k", "m"))):
        return spelled
    return SHORTHAND[spelled]


def _steadied(word: str) -> str:
    """`rồiii`, `kiemm`: no Vietnamese word ends in the same letter twice."""
    if len(word) < 4 or word[-1] != word[-2] or (word[-1] not in "nmctphg" and word[-3] != word[-1]):
        return word  # bill, shopee, pass are no slips
    return word.rstrip(word[-1]) + word[-1]


def price_start(amount: AmountSpan) -> int:
    """Where the price begins in `3 bịch bánh x 20k`: what is counted before it is the thing, not the amount."""
    counted = _COUNTED.match(amount.text) if amount.quantity else None
    return amount.start + counted.end() if counted and not find_amounts(counted[0]) else amount.start


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
