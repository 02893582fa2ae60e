"""How a line is opened and closed by who writes to others: `sếp ơi`, `báo cáo:`, `… nha cả nhà`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.core.sentences.line import Lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.core.sentences.line import Word

_TO_ALL = Lexicon("mọi người ơi, mn ơi, cả nhà ơi, anh em ơi, chị em ơi")
_OPENS = Lexicon(
    "sếp ơi, anh ơi, chị ơi, mình ơi, trời ơi, dạ, dạ sếp, à, ờ, ừ, ok, oke, báo cáo, báo cáo sếp, em báo, em báo "
    "cáo, em xin báo, em xin báo cáo, note, ghi, ghi chú, ghi sổ, ghi giúp, cập nhật, update, alo, hello, yeah, hihi, "
    "haha"
)
_CLOSES = Lexicon(
    "nha sếp, nhé sếp, nghe sếp, ạ sếp, nè sếp, nha cả nhà, nhé cả nhà, nè mn, nha mn, nè mọi người, nha mọi người, "
    "luôn ạ, ạ, nha, nhé, nghen, nè, nhen, hihi, haha, hehe, kaka, vui ghê, vui quá, mừng ghê, mừng quá, cảm ơn sếp, "
    "cảm ơn cả nhà, cảm ơn mọi người, cảm ơn, yeah"
)
_SIGNS = frozenset(":,-–—*•.!…;~")


def without_calls(words: Sequence[Word]) -> list[Word]:
    """The words of a line without those that only address somebody; "cả nhà ơi, tối nay live" tells nothing."""
    counts = any(word.sort in ("digits", "amount") for word in words)
    start = 0
    while start < len(words) - 1:
        n = _OPENS.at(words, start) or (_TO_ALL.at(words, start) if counts else 0)
        n = 1 if words[start].text in _SIGNS else 0 if _named(words, start, n) else n
        if not n:
            break
        start += n
    end = len(words)
    while counts and end - start > 1:
        n = 1 if words[end - 1].text in _SIGNS else _ending(words, end)
        if not n or end - n <= start:
            break
        end -= n
    return list(words[start:end])


def _named(words: Sequence[Word], start: int, n: int) -> bool:
    """ "em Bao lay 2 hop", "a Bình": a name is no call."""
    behind = words[start + n : start + n + 1]
    letter = n == 1 and len(words[start].text) == 1 and bool(behind) and behind[0].capital
    return letter or any(word.capital for word in words[start + 1 : start + n])


def _ending(words: Sequence[Word], end: int) -> int:
    """How many words at the end only take leave; "a", "nha" without marks only behind an amount or a day."""
    n = _CLOSES.ending(words, end)
    last = words[end - 1]
    if n == 1 and last.unmarked and last.text in ("a", "nha", "ne", "nhe"):
        return int(end > 1 and words[end - 2].sort in ("amount", "date"))
    return 0 if last.capital else n
