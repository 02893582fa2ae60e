"""What the classifier sees of a normalised phrase: eight bags of pieces, four of them blind to diacritics.

Shared by training and run time, so that both see the same. Order matters in the language of money (`cho con`, `con
cho`), so pairs of words that stand apart and the ends of the phrase have bags of their own.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final
from zlib import crc32

from toolkit.core.wording import unmarked

if TYPE_CHECKING:
    from collections.abc import Callable

VIEWS: Final = ("words", "letters", "apart", "ends")
"""Each is looked at twice: with marks and without."""
_SHORTEST, _LONGEST = 3, 5  # letters of a piece
_FAR = 3  # words between which a pair still counts


def words_of(phrase: str) -> list[str]:
    """The words, and each two neighbours."""
    words = phrase.split()
    return words + [f"{one} {two}" for one, two in pairwise(words)]


def letters_of(phrase: str) -> list[str]:
    """Runs of 3 to 5 letters, also across the border of two words."""
    text = f"<{phrase.replace(' ', '_')}>"
    return [text[at : at + n] for n in range(_SHORTEST, _LONGEST + 1) for at in range(len(text) - n + 1)]


def apart_of(phrase: str) -> list[str]:
    """Ordered pairs of words with one or two words between them."""
    words = phrase.split()
    return [f"{one}…{two}" for at, one in enumerate(words) for two in words[at + 2 : at + _FAR + 1]]


def ends_of(phrase: str) -> list[str]:
    """The first word, the first two, the last."""
    words = phrase.split()
    return [f"^{words[0]}", f"^{' '.join(words[:2])}", f"{words[-1]}$"] if words else []


_BAGS: Final[tuple[Callable[[str], list[str]], ...]] = (words_of, letters_of, apart_of, ends_of)


def bags(phrase: str) -> list[list[str]]:
    """The pieces of a normalised phrase, a list a bag, as often as they occur: marked bags first, then unmarked."""
    bare = unmarked(phrase)
    return [bag(phrase) for bag in _BAGS] + [bag(bare) for bag in _BAGS]


def key(bag: int, piece: str) -> int:
    """32 bits that stand for a piece of a bag: the model holds no words, only these."""
    return crc32(f"{bag}{piece}".encode("utf-8", "surrogatepass"))
