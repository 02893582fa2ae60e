"""A correction of the entry before: "à nhầm, 54k", "nhầm, hôm qua mới đúng", "không phải ăn uống, là quà"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.core.sentences.line import Lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.core.sentences.line import Word

_SLIPPED = Lexicon(
    "nhầm, nhầm rồi, lộn, lộn rồi, ghi nhầm, ghi lộn, viết nhầm, gõ nhầm, gõ lộn, nhập nhầm, nhập lộn, ghi sai, "
    "sai rồi, sai, nói nhầm, nói lộn, ý mình là, ý tui là, ý em là, ý tôi là, ý là, sửa lại, sửa, sửa thành, sửa "
    "lại thành, đổi lại, đổi thành, đổi lại thành, phải là, đúng ra là, đúng ra, chính xác là, à không, không "
    "phải, xin lỗi, sorry, viết lộn, tính nhầm, tính lộn, chỉnh lại, chỉnh thành, quên, mới đúng, nhớ nhầm, nhớ "
    "lộn, hồi nãy nhầm, lộn số, nhầm số"
)
_OPENERS = Lexicon("à, ê, ủa, ấy, ý, ơ, í, ui, chết, thôi chết, ớ, khoan, úi, à mà, ủa mà, á, ừ, ờ, trời, oái, không")
_FILLERS = Lexicon(
    "à, ê, ủa, ấy, ơ, í, ui, chết, thôi chết, khoan, rồi, nhầm, lộn, sai, mới đúng, đúng, là, mới, phải, thành, "
    "lại, chứ, cơ, nhé, nha, ạ, cái đó, khoản đó, khoản này, khoản vừa rồi, hồi nãy, mình, tui, em, ghi, sửa, "
    "đổi, thôi, nha bạn, giùm, dùm, giúp, cho mình, vừa nãy, xin lỗi, sorry, số tiền, ý, đúng ra, phải là, á, "
    "ngày, khoản, trên, cái, số, đó, của, nhầm rồi, mà, thì, á nha, tiền"
)
_NOT_BUT = Lexicon("không phải, hổng phải, đâu phải")
_IS = Lexicon("là, mà là, phải là, thành, sang, qua, thành ra")
_FREE = Lexicon(
    "ý mình là, ý tui là, ý em là, ý tôi là, ý là, không phải, đúng ra là, chính xác là, sửa thành, sửa lại "
    "thành, đổi thành, phải là"
)
_SHORT = 6  # words of "hôm qua mới đúng"
_CLOSING = frozenset({"đúng", "nhầm", "lộn"})
_UNFIT = Lexicon(
    "sửa cửa, sửa tủ, sửa cổng, sửa mái, sửa bếp, sửa cống, sửa bàn, sửa loa, sửa tivi, sửa khóa, sửa mạng, sửa đèn, "
    "quên mua, quên đóng, quên mang, sửa xe, sửa máy, sửa ống, sửa điện, sửa nhà, sửa đồ, sửa giày, sửa quạt, sửa "
    "laptop, nhầm hàng, nhầm size, mua nhầm, chuyển nhầm, ck nhầm, đi nhầm, lên nhầm"
)


def corrects(words: Sequence[Word]) -> bool:
    """Whether a sentence sets the one before right."""
    i = 0
    while i < len(words) and (words[i].sort == "sign" or _OPENERS.at(words, i)):
        if _SLIPPED.at(words, i) > _OPENERS.at(words, i):
            break
        i += _OPENERS.at(words, i) or 1
    plain = [word for word in words if word.sort == "word"]
    if _UNFIT.has(plain):
        return False
    slipped = _SLIPPED.at(words, i)
    if slipped:
        behind = words[i + slipped : i + slipped + 1]
        if _FREE.at(words, i) != slipped:  # "sửa lại cái ghế 60k", "nhầm chuyến xe mất 50k" are no corrections
            return _only_filled(words[i:]) or (bool(behind) and (behind[0].sort == "sign" or _IS.at(behind, 0) > 0))
        return True
    return len(plain) <= _SHORT and bool(_SLIPPED.ending(plain, len(plain))) and plain[-1].text in _CLOSING


def _only_filled(words: Sequence[Word]) -> bool:
    return all(word.sort != "word" or _FILLERS.at(words, i) or i == 0 for i, word in enumerate(words))


def said_thing(words: Sequence[Word]) -> list[Word]:
    """The words that say what it really was: "không phải ăn uống, là quà" → quà."""
    start = 0
    denied = _NOT_BUT.find(words)
    if denied:
        found = _IS.find(words, denied[1])
        if found is None:
            return []
        start = found[1]
    kept: list[Word] = []
    i = start
    while i < len(words):
        n = 0 if kept and words[i].sort == "word" and not _only_filled(words[i:]) else _FILLERS.at(words, i)
        if n:
            i += n
            continue
        if words[i].sort in ("word", "digits"):
            kept.append(words[i])
        i += 1
    return kept
