"""Which letters can be a Vietnamese syllable: initials × rimes × tones.

Source of the tables: the syllable structure of Vietnamese orthography. A rime that ends in a stop (c, ch, p, t) carries
sắc or nặng; c, g, ng and k, gh, ngh share their sounds and divide the vowels between them.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

INITIALS: Final = frozenset(("", *"b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split()))  # noqa: SIM905  (a word list)
RIMES: Final = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oem oen oeo oet oi om on ong op ot
    ooc oong ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ up ut uy
    uya uych uyên uyêt uyn uynh uyt uyu uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y ych ym yn ynh yt yêm yên yêng yêt yêu
    """.split()  # noqa: SIM905  (a word list)
)
TONES: Final = {"\u0300": "huyền", "\u0301": "sắc", "\u0309": "hỏi", "\u0303": "ngã", "\u0323": "nặng"}
LONGEST: Final = 7  # nghiêng
_STOPS = ("c", "ch", "p", "t")
_BEFORE_FRONT = frozenset(("k", "gh", "ngh"))  # before e, ê, i, y
_BEFORE_BACK = frozenset(("c", "g", "ng"))  # before the others; g also before i (gì)


@lru_cache(maxsize=16384)
def is_syllable(word: str) -> bool:
    """Can this lower-case, composed word be a Vietnamese syllable, with its marks and its tone as written?

    Loose about which vowels an initial takes: other people's Vietnamese is judged by it. See `is_spelt`.
    """
    plain, tones = split_tone(word)
    return len(tones) <= 1 and any(_tone_fits(rime, tones) for _, rime in _cuts(plain))


@lru_cache(maxsize=16384)
def is_spelt(word: str) -> bool:
    """`is_syllable`, and the initial is the one that this vowel takes (kẻ, not cẻ; nghe, not nge; nhà, not ya)."""
    plain, tones = split_tone(word)
    return len(tones) <= 1 and any(
        _tone_fits(rime, tones) and _initial_fits(initial, rime) for initial, rime in _cuts(plain)
    )


def split_tone(word: str) -> tuple[str, tuple[str, ...]]:
    """The letters without tones, composed, and the tone marks in their order. `("đương", ("\\u0300",))` for `đường`."""
    tones: list[str] = []
    letters: list[str] = []
    for char in unicodedata.normalize("NFD", word):
        (tones if char in TONES else letters).append(char)
    return unicodedata.normalize("NFC", "".join(letters)), tuple(tones)


def _cuts(plain: str) -> list[tuple[str, str]]:
    if len(plain) > LONGEST:
        return []
    parts = ((plain[:cut], plain[cut:]) for cut in range(min(4, len(plain))))
    return [(initial, rime) for initial, rime in parts if initial in INITIALS and rime in RIMES]


def _tone_fits(rime: str, tones: tuple[str, ...]) -> bool:
    stopped = rime.endswith(_STOPS) and not rime.endswith(("nh", "ng"))
    return not stopped or bool(tones and TONES[tones[0]] in ("sắc", "nặng"))


def _initial_fits(initial: str, rime: str) -> bool:
    front = rime[0] in "eêiy"
    if initial in _BEFORE_FRONT:
        return front
    if initial in _BEFORE_BACK:
        return not front or (initial == "g" and rime[0] == "i")
    if initial == "qu":
        return rime[0] not in "oôuư"
    return rime[0] != "y" or not initial or (rime == "y" and initial in {"h", "k", "l", "m", "qu", "s", "t", "v"})
