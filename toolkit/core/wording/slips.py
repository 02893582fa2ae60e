"""Keyboard slips: Telex and VNI keys that reached the text undecoded (`awn sangs`, `a8n sa1ng`).

A word is decoded only where its keys make a correctly spelt Vietnamese syllable. Many English words and brands do so by
chance (bus, test, beer), so a word whose only sign is a tone key or a doubled vowel needs a surer one beside it, unless
no other reading is likely. Source of the rules: the Telex and VNI input methods as keyboards implement them.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

from toolkit.core.syllables import LONGEST, is_spelt
from toolkit.core.text import clean

_TELEX_TONES: Final = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VNI_TONES: Final = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_VNI_SHAPES: Final = {"6": "aeo", "7": "uo", "8": "a", "9": "d"}
_CIRCUMFLEX: Final = {"a": "â", "e": "ê", "o": "ô"}
_HORN: Final = {"a": "ă", "o": "ơ", "u": "ư"}
_MOST_KEYS: Final = LONGEST + 5  # dduwowngf: every letter of a syllable and at most five keys more
# What people mean when they type these, though the keys would make a syllable.
_FOREIGN: Final = frozenset(
    """
    bar bars bas bass bee beef been beer bees bin bins bis bits boa boar bon bonus boo book boom boor boos boss bots
    box bus bux car care cars cas coos cos cow cows cox dan dans dar didn door doors dos dor gas gear gel gels gens
    gin goo hair has haw her hers hex his hits hoax hoon hor hos how hows hub keen keens key kids kis koi law laws lax
    lean lees len lens less let lets lex lies loan loans lois loo loon los low lows luxe mac mar mars mas mass max
    maxx mees men mens mes mess mex mien mix moo moon moons moor mos mow nas near new news nix noon nor nos now oar
    ois oo oops oos or ox ours paw poor pos reef reels rees rex room rooms roos row rows sans sas saw saws see seen
    seens sees sex shows six sox soon soons sos sow sows sus tan tax taxi taxis tees teen teens tens tex this tis toes
    ton tons too toon toons tor tos tour tours tow tows tree tux van vans vas via vies vow vows wow xox yes abs alo
    ads airs aos api apps art best bids blues cafe caps cats chef chips clips coat dots fans gifts gods guns hats host
    hot hots kits lips mart meats mist must next notes nuts part past pets pots post rest sets shops spots tests text
    test tops tips units visas vest vests
    """.split()  # noqa: SIM905  (a word list)
)


def undo_slips(words: list[str]) -> list[str]:
    """Lower-case words with keyboard leaks decoded. Words that aren't plain ASCII stay as they are."""
    decoded = [_telex(word) or _vni(word) for word in words]
    surely = any(one is not None and one[1] for one in decoded)
    return [
        word if one is None or not (one[1] or surely or _only_reading(word, one[0])) else one[0]
        for word, one in zip(words, decoded, strict=True)
    ]


def _only_reading(word: str, syllable: str) -> bool:
    """A word of four keys or more that ends in a tone key after a whole final (sangs, chojw): hardly anything else."""
    return len(word) >= 4 and syllable.endswith(("ng", "nh", "ch")) and word[-1] in "sfrxj"


@lru_cache(maxsize=8192)
def _telex(word: str) -> tuple[str, bool] | None:
    """The syllable that the keys spell, and whether nothing else is likely; None if they spell none."""
    if not (2 <= len(word) <= _MOST_KEYS and word.isascii() and word.isalpha()) or word in _FOREIGN:
        return None
    letters: list[str] = []
    tone = ""
    signs = 0
    for key in word:
        if key in _TELEX_TONES and any(letter in "aăâeêioôơuưy" for letter in letters):
            if tone:
                return None
            tone = _TELEX_TONES[key]
        elif key == "w" and (shaped := _horned(letters)):
            letters = shaped
            signs += 2
        elif key == "d" and letters[:1] == ["d"]:
            letters[0] = "đ"
            signs += 2
        elif key in _CIRCUMFLEX and (place := _last(letters, key)) is not None:
            letters[place] = _CIRCUMFLEX[key]
            signs += 1
        else:
            letters.append(key)
    spelt = _spelt(letters, tone) if tone or signs else None
    return None if spelt is None else (spelt, signs >= 2 or (signs == 1 and bool(tone)))


@lru_cache(maxsize=8192)
def _vni(word: str) -> tuple[str, bool] | None:
    if not (3 <= len(word) <= _MOST_KEYS and word.isascii() and word.isalnum() and word[0].isalpha()):
        return None
    if not (word[1].isalpha() or word[1] in _VNI_SHAPES):  # t2, b1: a day, a licence
        return None
    letters: list[str] = []
    tone = ""
    signs = 0
    for key in word:
        if key in _VNI_TONES:
            if tone:
                return None
            tone = _VNI_TONES[key]
        elif key in _VNI_SHAPES:
            shaped = _horned(letters, "uo") if key == "7" else _reshaped(letters, key)
            if shaped is None:
                return None
            letters = shaped
            signs += 1
        elif key.isdigit():
            return None
        else:
            letters.append(key)
    spelt = _spelt(letters, tone) if tone or signs else None
    inside = any(char.isdigit() for char in word[:-1])
    return None if spelt is None else (spelt, inside or bool(signs))


def _reshaped(letters: list[str], key: str) -> list[str] | None:
    for plain in _VNI_SHAPES[key]:
        place = _last(letters, plain)
        if place is not None:
            changed = list(letters)
            changed[place] = {"6": _CIRCUMFLEX, "8": _HORN, "9": {"d": "đ"}}[key][plain]
            return changed
    return None


def _horned(letters: list[str], plain: str = "aou") -> list[str] | None:
    """The last vowels with a breve or a horn: both of `uo` (dduowng), ư by itself after a consonant (thw)."""
    changed = list(letters)
    for place in range(len(changed) - 1, -1, -1):
        if changed[place] in plain:
            if changed[place] == "o" and place and changed[place - 1] == "u":
                changed[place - 1] = "ư"
            elif changed[place] == "o" and place and changed[place - 1] == "ư":
                pass
            elif changed[place] == "u" and place + 1 < len(changed) and changed[place + 1] == "o":
                changed[place + 1] = "ơ"
            changed[place] = _HORN[changed[place]]
            return changed
        if changed[place] in "ăơư" and plain == "aou":
            return None
    if plain == "aou" and changed and not any(letter in "aăâeêioôơuưy" for letter in changed):
        return [*changed, "ư"]
    return None


def _last(letters: list[str], letter: str) -> int | None:
    return next((place for place in range(len(letters) - 1, -1, -1) if letters[place] == letter), None)


def _spelt(letters: list[str], tone: str) -> str | None:
    plain = "".join(letters)
    start = next((place for place, letter in enumerate(plain) if letter in "aăâeêioôơuưy"), None)
    if start is None or len(plain) > LONGEST:
        return None
    first = start + 1
    if plain[:2] in {"qu", "gi"} and len(plain) > 2 and plain[2] in "aăâeêioôơuưy":
        first += 1
    marked = unicodedata.normalize("NFC", plain[:first] + tone + plain[first:])
    word = clean(marked)
    return word if is_spelt(word) else None
