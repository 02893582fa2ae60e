"""How the same phrase is mistyped: marks left off, neighbouring keys, Telex and VNI leaks, teencode.

Every change draws from the generator it is given, so that the same seed types the same slip.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from toolkit.core.syllables import TONES
from toolkit.core.text import strip_marks
from toolkit.core.wording.shorthand import SHORTHAND

if TYPE_CHECKING:
    from random import Random

_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS: Final = {
    letter: "".join(
        _ROWS[row + down][place + across]
        for down in (-1, 0, 1)
        for across in (-1, 0, 1)
        if (down or across) and 0 <= row + down < len(_ROWS) and 0 <= place + across < len(_ROWS[row + down])
    )
    for row, letters in enumerate(_ROWS)
    for place, letter in enumerate(letters)
}
_TELEX_TONES: Final = dict(zip(TONES, "fsrxj", strict=True))
_VNI_TONES: Final = dict(zip(TONES, "21345", strict=True))
_TELEX: Final = {"ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "đ": "dd"}
_VNI: Final = {"ă": "a8", "â": "a6", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7", "đ": "d9"}
_MARKED: Final = frozenset("ăâêôơưđ")
# What young people do to syllables; the first that fits a word is used.
_TEEN_LETTERS: Final = (
    ("ph", "f"), ("gi", "z"), ("qu", "w"), ("kh", "k"), ("ngh", "ng"), ("ng", "g"), ("tr", "ch"), ("v", "z"),
    ("r", "z"), ("ca", "ka"), ("co", "ko"), ("cu", "ku"), ("i", "j"), ("y", "i"), ("ươ", "u"), ("iê", "i"),
)  # fmt: skip
_SHORTER: Final = {
    meaning: tuple(spelling for spelling, spelt in SHORTHAND.items() if spelt == meaning)
    for meaning in dict.fromkeys(SHORTHAND.values())
}
_MEANS_MORE: Final = {"không": "k", "chồng": "ck", "tao": "t", "chuyển khoản": "ck", "được": "dk", "bạn": "b"}


def one_typo(text: str, draw: Random) -> str:
    """`text` with one key missed, doubled, swapped with the next, or hit beside; on a letter of a word."""
    places = [at for at, char in enumerate(text) if char.isalpha()]
    if not places:
        return text
    at = draw.choice(places)
    how = draw.choice(("missed", "doubled", "swapped", "beside", "beside"))
    if how == "swapped" and at + 1 < len(text) and text[at + 1].isalpha() and text[at + 1] != text[at]:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if how == "missed" and len(places) > 1:
        return text[:at] + text[at + 1 :]
    if how == "doubled":
        return text[:at] + text[at] + text[at:]
    neighbours = _NEIGHBOURS.get(strip_marks(text[at]).lower(), "")
    return text[:at] + (draw.choice(neighbours) if neighbours else text[at]) + text[at + 1 :]


def one_mark_off(text: str, draw: Random) -> str:
    """`text` with the marks of one word lost, or its tone turned into another (`sửa` → `sữa`): a slip of Telex."""
    words = text.split(" ")
    marked = [at for at, word in enumerate(words) if not word.isascii()]
    if not marked:
        return one_typo(text, draw)
    at = draw.choice(marked)
    apart = unicodedata.normalize("NFD", words[at])
    tones = [char for char in apart if char in TONES]
    if tones and draw.random() < 0.5:
        other = draw.choice([tone for tone in TONES if tone != tones[0]])
        words[at] = unicodedata.normalize("NFC", apart.replace(tones[0], other))
    else:
        words[at] = strip_marks(words[at])
    return " ".join(words)


def one_word_off(text: str, draw: Random) -> str:
    """`text` without its first or its last word, as a sentence that was cut too close; two words stay at least."""
    words = text.split()
    if len(words) < 3:
        return text
    return " ".join(words[1:] if draw.random() < 0.5 else words[:-1])


def leaked(text: str, draw: Random) -> str:
    """`text` as the keys of Telex or VNI, undecoded, in some of its words."""
    telex = draw.random() < 0.7
    share = draw.choice((0.3, 0.6, 1.0))
    return " ".join(_keys(word, telex, draw) if draw.random() < share else word for word in text.split(" "))


def _keys(word: str, telex: bool, draw: Random) -> str:
    letters, late = "", ""
    for char in unicodedata.normalize("NFC", word.lower()):
        apart = unicodedata.normalize("NFD", char)
        tone = next((mark for mark in apart if mark in TONES), "")
        plain = unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in TONES))
        letters += ((_TELEX if telex else _VNI)[plain]) if plain in _MARKED else plain
        if tone:
            tone_key = (_TELEX_TONES if telex else _VNI_TONES)[tone]
            if draw.random() < 0.7:
                late = tone_key
            else:
                letters += tone_key
    return letters + late


def teencode(text: str, draw: Random) -> str:
    """`text` as young people shorten it: known abbreviations, and letters that stand for sounds."""
    text = text.lower()
    for meaning, spellings in _SHORTER.items():
        phrase = " ".join(meaning)
        if f" {phrase} " in f" {text} " and draw.random() < 0.8:
            text = f" {text} ".replace(f" {phrase} ", f" {draw.choice(spellings)} ").strip()
    words = text.split(" ")
    for at, word in enumerate(words):
        if word in _MEANS_MORE and draw.random() < 0.7:
            words[at] = _MEANS_MORE[word]
            continue
        if draw.random() < 0.3:
            words[at] = _respelt(word, draw)
    changed = " ".join(words)
    return strip_marks(changed) if draw.random() < 0.4 else changed


def _respelt(word: str, draw: Random) -> str:
    fitting = [(sound, letter) for sound, letter in _TEEN_LETTERS if sound in word and len(word) > 2]
    if not fitting:
        return word
    sound, letter = draw.choice(fitting[:3])
    return word.replace(sound, letter, 1)
