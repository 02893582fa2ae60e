"""Vietnamese text at the border: one spelling for one word, keys to match and sort by, text made safe for its reader.

What a member typed is kept verbatim; everything here makes a copy to compare, to parse or to show.
"""

from __future__ import annotations

import re
import shlex
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the order of Vietnamese dictionaries
_QUALITIES = "\u0302\u0306\u031b"  # â ê ô, ă, ơ ư
_ALPHABET = ("a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "ô", "ơ",
             "p", "q", "r", "s", "t", "u", "ư", "v", "w", "x", "y", "z")  # fmt: skip
_LETTER_RANK = {letter: rank for rank, letter in enumerate(_ALPHABET, start=1)}
_LETTERS_FROM = 1 << 21  # above every code point: letters sort after digits and signs
_TONE_RANK = {tone: rank for rank, tone in enumerate(_TONES, start=1)}

# A Vietnamese syllable without its tone: initial, vowels, final. "qu" and "gi" before a vowel are initials.
_SYLLABLE = re.compile(
    r"(ngh|ng|nh|gh|gi(?=[aăâeêioôơuưy])|qu(?=[aăâeêioôơy])|ch|kh|ph|th|tr|[bcdđghklmnprstvx]?)"
    r"([aăâeêioôơuưy]{1,3})(ng|nh|ch|[cmnpt]?)"
)
_WORD = re.compile(r"[^\W\d_]+")
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
)
_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_SPACES = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_LINE_ENDS = "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
# One translation at the border: what can't be seen goes, every space is a space, every line end a line feed, and
# full-width digits, letters and signs (an East Asian keyboard left on) are plain ones.
_BORDER: dict[int, str | None] = {
    **dict.fromkeys(map(ord, _INVISIBLE + _BIDI)),
    **dict.fromkeys((*range(0x09), *range(0x0E, 0x1C), 0x1F, *range(0x7F, 0x85), *range(0x86, 0xA0))),
    **dict.fromkeys(map(ord, _SPACES), " "),
    **dict.fromkeys(map(ord, _LINE_ENDS), "\n"),
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
}
_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_TOUCHED = re.compile("[" + re.escape("".join(map(chr, _BORDER))) + "\u0300-\u036f]")
_EMOJI_JOINER = re.compile(
    "(?<=[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d(?=[\u2190-\u2bff\U0001f000-\U0001faff])"
)
_BLANKS = re.compile(r"[ \t]+")
_AROUND_LINE_END = re.compile(r" ?\n ?")
_SPACE_RUN = re.compile(r"\s+")
_REPEATED = 60  # characters; longer texts are seldom met twice
_NOT_WORD = re.compile(r"[\W_]+")
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")


def nfc(text: str) -> str:
    """`text` in Unicode's composed form: `e` + combining marks and `ế` become the same string."""
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """One spelling for one word: composed, the tone on its place (hoà = hòa, qúa = quá), nothing invisible.

    Odd and repeated spaces become one, line ends become line feeds and are kept, full-width characters become plain
    ones. Case, marks and punctuation stay. Emoji that are joined from several stay whole.
    """
    text = _EMOJI_JOINER.sub("\ue000", nfc(text).replace("\ue000", "")).replace("\r\n", "\n").translate(_BORDER)
    # Dropping an invisible character can bring a letter and a mark together: compose again.
    text = nfc(text.replace("\ue000", "\u200d"))
    text = _WORD.sub(lambda word: _place_tone(word[0]), text)
    return _AROUND_LINE_END.sub("\n", _BLANKS.sub(" ", text)).strip()


@lru_cache(maxsize=8192)
def _place_tone(word: str) -> str:
    """`word` with its tone mark where the older spelling puts it, if it is a Vietnamese syllable; else as it is.

    Rule (Vietnamese orthography): on the last vowel that has a mark of its own (ă â ê ô ơ ư); else on the middle one of
    three; else on the second of two before a final consonant and on the first of two without one.
    """
    if word.isascii() or len(word) > 7:
        return word
    letters: list[str] = []
    tone = ""
    for char in unicodedata.normalize("NFD", word):
        if char in _TONES:
            if tone or not letters:
                return word
            tone = char
        elif char in _QUALITIES and letters:
            letters[-1] += char
        else:
            letters.append(char)
    plain = [nfc(letter) for letter in letters]
    match = _SYLLABLE.fullmatch("".join(plain).lower()) if tone else None
    if match is None or len("".join(plain)) != len(plain):
        return word
    start, vowels, final = match.start(2), match[2], match[3]
    marked = [i for i, vowel in enumerate(vowels) if vowel in "ăâêôơư"]
    place = marked[-1] if marked else 1 if len(vowels) == 3 or (len(vowels) == 2 and final) else 0
    plain[start + place] = nfc(plain[start + place] + tone)
    return "".join(plain)


def strip_marks(text: str) -> str:
    """`text` without any diacritics, đ as d; case, spaces and punctuation stay."""
    if text.isascii():
        return text
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")
    return nfc(bare.replace("đ", "d").replace("Đ", "D"))


def fold(text: str) -> str:
    """The matching key: lower case, no marks, đ as d, single spaces. `fold("  Đổ\\u00a0XĂNG ") == "do xang"`."""
    return _folded_once(text) if len(text) <= _REPEATED else _folded(text)


def _folded(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_BORDER)).casefold()
        text = strip_marks(unicodedata.normalize("NFKD", text).translate(_BORDER).casefold())
    else:
        text = text.translate(_BORDER).lower()
    return _SPACE_RUN.sub(" ", text).strip()


# The same names, places and hours stand in row after row.
_folded_once = lru_cache(maxsize=16384)(_folded)


def search_key(text: str) -> str:
    """`fold` with punctuation as spaces too: words only, for finding a phrase inside another."""
    return _NOT_WORD.sub(" ", fold(text)).strip()


SortKey = tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]


def sort_key(text: str) -> SortKey:
    """A key for Vietnamese dictionary order, word by word: letters first (a ă â b c d đ e ê …), then tones.

    The tones stand in the order of the dictionaries: none, huyền, hỏi, ngã, sắc, nặng. Case doesn't matter.
    """
    return tuple(_word_key(word) for word in clean(text).lower().split())


@lru_cache(maxsize=8192)
def _word_key(word: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    letters: list[int] = []
    tones: list[int] = []
    for char in word:
        parts = unicodedata.normalize("NFD", char)
        letter = nfc("".join(c for c in parts if c not in _TONE_RANK))
        rank = _LETTER_RANK.get(letter)
        letters.append(ord(char) if rank is None else _LETTERS_FROM + rank)
        tones.append(next((_TONE_RANK[c] for c in parts if c in _TONE_RANK), 0))
    return tuple(letters), tuple(tones)


def terminal_safe(text: str, *, keep_lines: bool = False) -> str:
    """Foreign text that can't command a terminal: no controls, escapes, bidi, zero-width or lone surrogates.

    Tabs and line ends become a space, or stay line feeds with `keep_lines`. The visible characters of an escape
    sequence stay: what stood there is shown, not obeyed.
    """
    if text.isascii() and text.isprintable():
        return text
    out: list[str] = []
    for char in text.replace("\r\n", "\n"):
        category = unicodedata.category(char)
        if char in "\n\u2028\u2029\x85":
            out.append("\n" if keep_lines else " ")
        elif char == "\t" or category == "Zs":
            out.append(" ")
        elif category == "Cs":
            out.append("\ufffd")
        elif category not in {"Cc", "Cf"} and char not in _INVISIBLE:
            out.append(char)
    return "".join(out)


def as_argument(text: str) -> str:
    """A text as it is typed into a command line: safe for a terminal, in quotes where a shell would take it apart."""
    safe = terminal_safe(text)
    if safe and all(char.isalnum() or char in "-_./:@%+," for char in safe):
        return safe
    if not any(char in safe for char in '"$`\\!'):
        return f'"{safe}"'
    if "'" not in safe:
        return f"'{safe}'"
    return shlex.quote(safe)


def csv_safe(text: str) -> str:
    """`text` for a spreadsheet cell: what a spreadsheet could take for a formula gets an apostrophe in front.

    Guards `= + - @`, their full-width and small forms, the minus sign, and each of these behind spaces, tabs, line ends
    or invisible characters. A plain number (`-5`, `+84`) is left alone: it computes nothing.
    """
    if _PLAIN_NUMBER.fullmatch(text):
        return text
    start = next((c for c in text if not c.isspace() and unicodedata.category(c) not in {"Cc", "Cf"}), "")
    if text[:1] in {"\t", "\r", "\n"} or unicodedata.normalize("NFKC", start) in {"=", "+", "-", "@", "\u2212"}:
        return "'" + text
    return text


def digits(text: str) -> str:
    """`text` with full-width digits, letters and signs as plain ones, each in its place; other digits stay foreign."""
    return text.translate(_FULL_WIDTH)


def parse_int(text: str, *, longest: int = 15) -> int | None:
    """The value of plain ASCII digits, at most `longest` of them; None for anything else.

    `int()` also takes signs, underscores, spaces and every script's digits, and gets slow on long ones.
    """
    return int(text) if 0 < len(text) <= longest and text.isascii() and text.isdigit() else None


@dataclass(frozen=True)
class Aligned:
    """Text made plain for a parser, and where each of its characters stood in the text as it was typed."""

    text: str
    origins: tuple[int, ...]  # one more than the characters: the last is the end of the original

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of the original text that `text[start:end]` came from; combining marks included."""
        return self.origins[start], self.origins[end] if end > start else self.origins[start]


def aligned(text: str) -> Aligned:
    """`text` composed, without invisible characters, odd spaces and full-width forms, with every character's origin.

    Unlike `clean`, it keeps runs of spaces and misplaced tones: a parser that reports spans needs the characters.
    """
    if _TOUCHED.search(text) is None:
        return Aligned(text, tuple(range(len(text) + 1)))
    out: list[str] = []
    origins: list[int] = []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and (unicodedata.combining(text[end]) or text[end] in _INVISIBLE):
            end += 1
        cluster = nfc(text[start:end].translate(_BORDER))
        out.append(cluster)
        origins.extend([start] * len(cluster))
        start = end
    return Aligned("".join(out), (*origins, len(text)))
