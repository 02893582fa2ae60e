"""A sentence cut into clauses, one for each amount, and what stands above a list of them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from toolkit.core.sentences.line import Lexicon
from toolkit.expenses.sentence.settled import FILLING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.core.sentences.line import Word
    from toolkit.expenses.sentence.settled import Paid

_HARD = frozenset(",;+\n.!?|&•*")
_LISTING = frozenset(".)")
_SOFT = Lexicon("rồi, xong, và, còn, sau đó, thêm, cộng, cộng thêm, rồi thì, xong rồi, rồi còn, tiếp theo, kế đó")
_WITH = Lexicon("với, cùng, kèm")
_CONNECTING = Lexicon(
    "rồi, xong, và, còn, sau đó, thêm, cộng, với, nữa, rồi thì, tiếp theo, kế đó, thì, mà, rồi còn, cộng thêm, "
    "cùng với, với lại, xong rồi, lại, rồi lại"
)
_CONNECTING_MARKED = Lexicon("kèm", exact=True)  # "kem chong nang" is a cream
REMARKS = Lexicon(
    "ghê, quá, quá trời, dữ, dữ thần, hihi, haha, hihu, huhu, hic, hix, hu hu, ngon, mắc, đắt, rẻ, hời, vui, "
    "tiếc, đau xót, buồn, ok, oke, done, khóc, nhé, nha, nhen, nghen, ạ, nè, á, luôn, thiệt, thật, rồi, đó, "
    "nữa, lắm, xót mắc ghê, tức, trời ơi, trời, ơi, ghê á, vậy đó, vãi, kk, hehe, hì, thôi, xong, "
    "veo, hết veo, thế là, là hết, thế thôi, vậy thôi, thế là hết, sạch túi, hết, hơi, cũng, chán, mệt, phê, đã, "
    "tốn kém, chát, ghi giùm, ghi nhé, ghi nha, ghi vào, lưu, lưu lại, "
    "nhớ ghi, nhớ ghi nha, mà, vui quá, no, đẹp, đẹp ghê, thank, thanks, cảm ơn, đói,"
)
NO_REMARKS = Lexicon(  # their last word isn't one
    "cà phê, ca phê, tiền nhà, sửa nhà, thuê nhà, về nhà, dọn nhà, lau nhà, đóng nhà, mua nhà, xây nhà, sơn nhà, "
    "đồ nhà, tiền phòng nhà, nước nhà, cửa nhà, bên nhà, chủ nhà, chuyển nhà, cúng nhà, ăn no"
)
_TRIPS = Lexicon(
    "đà lạt, du lịch, chuyến, đi chơi, phượt, về quê, vũng tàu, nha trang, phú quốc, đà nẵng, sapa, hội an, huế, "
    "sa pa, hạ long, công tác"
)
_LISTS = Lexicon(
    "chi tiêu, hôm nay, hôm qua, sáng, trưa, chiều, tối, tổng kết, ghi, note, list, danh sách, các khoản, khoản, "
    "thu chi, sổ, chi, nay, thu, tiêu, hôm, bữa, ngày, gồm, cụ thể, log, xài, đã tiêu, tiền, hết, là, như sau, "
    "này"
)


@dataclass(frozen=True)
class Clause:
    """Words `start` up to `end` around one amount; `heading`: the words that stand above its list, () if none."""

    start: int
    end: int
    paid: Paid
    heading: tuple[int, int] = (0, 0)


def divide(words: Sequence[Word], paid: Sequence[Paid]) -> list[Clause]:
    """One clause for each paid amount, in order, together covering the words."""
    if not paid:
        return []
    first_first = _amount_first(words, paid)
    cuts = [0]
    for before, after in pairwise(paid):
        low = max([before.at, *(t for t in before.taken if t < after.at)]) + 1
        high = min([after.at, *(t for t in after.taken if t > before.at)])
        cuts.append(_cut(words, low, high, first_first))
    cuts.append(len(words))
    clauses: list[Clause] = []
    heading = (0, 0)
    for n, item in enumerate(paid):
        start, end = cuts[n], cuts[n + 1]
        first = min([item.at, *(t for t in item.taken if t >= start)])
        colon = next((i for i in range(first - 1, start - 1, -1) if words[i].text == ":"), None)
        if colon is not None and _content(words, colon + 1, first):
            begin = colon
            while begin > start and not (words[begin - 1].sort == "sign" and words[begin - 1].text in _HARD):
                begin -= 1
            heading = (begin, colon)
            start = colon + 1
        elif colon is not None and n == 0 and not first_first and _follows_colon(words, colon, item, end):
            heading = (start, colon)
            start = colon + 1
        clauses.append(Clause(start, end, item, heading))
    return clauses


def _follows_colon(words: Sequence[Word], colon: int, item: Paid, end: int) -> bool:
    """`hôm nay: 45k phở, 60k xăng`: the colon stands right before the amount, the thing behind it."""
    return _content(words, item.at + 1, end) and not _content(words, colon + 1, item.at)


def _content(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether these words name a thing."""
    i = start
    while i < end:
        n = FILLING.at(words, i) or _CONNECTING.at(words, i)
        if n == 0 and words[i].sort == "word":
            return True
        i += n or 1
    return False


def _amount_first(words: Sequence[Word], paid: Sequence[Paid]) -> bool:
    """Whether the amounts stand before their things: 45k phở 60k xăng."""
    start = paid[0].at
    while start > 0 and not (words[start - 1].sort == "sign" and words[start - 1].text in _HARD | {":"}):
        start -= 1
    if any(_content(words, start, min([item.at, *item.taken])) for item in paid[:1]):
        return False
    return _content(words, paid[-1].at + 1, len(words)) and not _remark(words, paid[-1].at + 1, len(words))


def _remark(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether these words only comment on what was bought."""
    i = start
    while i < end:
        n = REMARKS.at(words, i)
        if n == 0 and words[i].sort in ("word", "digits"):
            return False
        i += n or 1
    return True


def _cut(words: Sequence[Word], low: int, high: int, amount_first: bool) -> int:
    """Where, between one amount and the next, the first one's clause ends."""
    numbered = [i for i in range(low, high - 1) if words[i].sort == "digits" and words[i + 1].text in _LISTING]
    if numbered and words[numbered[0] + 1].glued:
        return numbered[0]  # "1. phở 45k 2. xăng 60k"
    hard = [i for i in range(low, high) if words[i].sort == "sign" and words[i].text in _HARD]
    if hard:
        ends = [*hard, high]
        for sign, following in zip(hard, ends[1:], strict=True):
            if not _remark(words, sign + 1, following) or following == high:
                return sign
        return hard[-1]
    soft = [i for i, _ in _SOFT.all(words[:high]) if i >= low and (words[i].text != "thêm" or i == low)]
    if soft:
        return soft[0]
    together = [i for i, _ in _WITH.all(words[:high]) if i >= low]
    if amount_first:
        return high
    if together and together[0] == low:
        return low
    return low


def bare(words: Sequence[Word], start: int, end: int) -> tuple[int, int]:
    """These words without what only joins them to others: rồi, và, nữa, signs. Where nothing else is left, all."""
    whole = start, end
    while start < end and (
        n := _CONNECTING.at(words[:end], start, surely=True)
        or _CONNECTING_MARKED.at(words[:end], start)
        or int(words[start].sort == "sign")
    ):
        start += n
    while start < end:
        if NO_REMARKS.ending(words[:end], end) and end - start > 1:
            break
        n = next(
            (k for k in (3, 2, 1) if end - k >= start and REMARKS.at(words[end - k : end], 0, surely=True) == k), 0
        )
        n = n or int(words[end - 1].sort == "sign" and words[end - 1].text != ")")
        if not n:
            break
        end -= n
    return (start, end) if start < end else whole


def purpose(words: Sequence[Word], heading: tuple[int, int]) -> bool:
    """Whether a heading says what its list was for (đi chợ, sinh nhật con) and not only when or where it was."""
    start, end = heading
    if start == end or _TRIPS.has(words[start:end]):
        return False
    i = start
    while i < end:
        n = _LISTS.at(words[:end], i)
        if n == 0 and words[i].sort == "word":
            return True
        i += n or 1
    return False
