"""How Vietnamese does a text read? The share of its marked words that are possible Vietnamese syllables.

Source of the tables: the syllable structure of Vietnamese orthography (initial, rime, tone); a rime that ends in a stop
(c, ch, p, t) carries sắc or nặng. A wrong decoding fails this nearly always, a right one nearly never.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_INITIALS = frozenset(("", *"b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split()))  # noqa: SIM905  (a word list)
_RIMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oem oen oeo oet oi om on ong op ot
    ooc oong ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ up ut uy
    uya uych uyên uyêt uyn uynh uyt uyu uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y ych ym yn ynh yt yêm yên yêng yêt yêu
    """.split()  # noqa: SIM905  (a word list)
)
_TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0309": "hỏi", "\u0303": "ngã", "\u0323": "nặng"}
_STOPS = ("c", "ch", "p", "t")
# A run of letters and of anything foreign: a sign in the middle of a word speaks against a decoding.
_RUN = re.compile(r"[A-Za-z\x80-\U0010ffff]+")
_SIGNS = "“”‘’–—…•₫·×°€«»\u00a0\u200b\ufeff©®™²³½±→✓★"  # harmless beside a word
_LONGEST = 7  # nghiêng


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
    if len(word) > _LONGEST or not (word.islower() or word.isupper() or word.istitle()):
        return False
    tones: list[str] = []
    letters: list[str] = []
    for char in unicodedata.normalize("NFD", word.lower()):
        (tones if char in _TONES else letters).append(char)
    if len(tones) > 1:
        return False
    plain = unicodedata.normalize("NFC", "".join(letters))
    return any(
        plain[:cut] in _INITIALS and plain[cut:] in _RIMES and _tone_fits(plain[cut:], tones)
        for cut in range(min(4, len(plain)))
    )


def _tone_fits(rime: str, tones: list[str]) -> bool:
    stopped = rime.endswith(_STOPS) and not rime.endswith(("nh", "ng"))
    return not stopped or bool(tones and _TONES[tones[0]] in ("sắc", "nặng"))
