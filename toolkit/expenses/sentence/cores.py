"""What a clause was about: its words without amount, day, companions, ways of paying and what only joins or ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.core.sentences.line import Lexicon
from toolkit.core.sentences.people import person_at
from toolkit.core.text import clean
from toolkit.expenses.sentence.clauses import NO_REMARKS, bare
from toolkit.expenses.sentence.settled import FILLING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from toolkit.core.sentences.line import Line, Word

_WITH = Lexicon("với, cùng, cùng với, chung với, đi với")
_TOGETHER_AT = Lexicon("team, phòng, lớp, công ty, xóm, quê, trường, cơ quan, chuyền, tổ, xưởng, nhà, khóa, cấp")
_CLIENTS = frozenset({"khách", "client", "khach"})
_RECKONING = Lexicon(
    "giảm còn, giảm giá còn, giảm, còn, chỉ còn, sale còn, áp mã, áp mã còn, đưa, thối, thối lại, trả lại, chia "
    "đôi, chia đều, chia, cưa đôi, mỗi đứa, mỗi người, phần mình, phần em, phần tui, tổng cộng, tổng, bớt cho, "
    "bớt, voucher giảm, mà có mã giảm, nên còn, trả, chia ba, chia hai, có mã, mã giảm, được giảm, mất, hai chị "
    "em, chủ tiệm bớt cho"
)
_MEANT = frozenset({"mất", "trả", "góp", "đóng", "đưa", "vay"})  # words of reckoning that alone say what it was
_DAY_LEADS = frozenset({"hôm", "hom", "bữa", "bua", "hồi", "hoi", "ngày", "ngay", "vào", "vao"})  # before a day
_SESSIONS = Lexicon(
    "sáng, trưa, chiều, tối, khuya, đêm, hồi sáng, hồi trưa, hồi chiều, hồi tối, sáng sớm, hồi nãy, nãy"
)
_NO_MONEY = Lexicon("hết tiền, hết xăng, hết gas, hết gạo, hết sữa, hết đồ")  # not "hết 45k tiền phở"
_LEADING = Lexicon("hết, tổng, tổng cộng, hết tổng, tất cả, chỉ, cũng, là, tốn", exact=True)
_ENDING = Lexicon("hết, tổng cộng, hết tổng, tất cả, nha, nhé, nhen, nghen, rồi, nè, luôn, tốn, hết tất cả")
_ENDING_MARKED = Lexicon("tổng, mất, là, giá, ạ, chỉ, cũng, đó, á, thôi, có", exact=True)


def companions(words: Sequence[Word], people: Collection[str]) -> tuple[int, int, int] | None:
    """`với Lan`, `cùng chị Hoa`: where the preposition stands, the person, and where that ends.

    Not "với trứng"; not clients, who make a meal a matter of business.
    """
    for i, end in _WITH.all(words):
        if words[i].text in ("cùng", "cung") and _TOGETHER_AT.at(words, end):
            continue
        n = person_at(words, end, people)
        if n and not (n == 1 and words[end].text in _CLIENTS):
            return i, end, end + n
    return None


def core_of(
    line: Line,
    words: Sequence[Word],
    people: Collection[str],
    *,
    without: Collection[Word] = (),
    company: bool = False,
    settled: bool = False,
) -> str:
    """The words that say what a clause was about, as typed.

    `company` keeps the companions, as a note does. `settled`: the clause reckons ("giảm còn", "đưa 100 thối 55",
    "chia đôi"), and the words of that say nothing of the thing.
    """
    start, end = bare(words, 0, len(words))
    inside = words[start:end]
    together = None if company else companions(inside, people)
    if len(inside) > 2 and inside[0].sort == "digits" and inside[1].text in (".", ")"):
        inside = inside[2:]  # "1. phở": the number of a list
        together = None if company else companions(inside, people)
    reckoned = _reckoning(inside) if settled else set()
    left = [
        word
        for i, word in enumerate(inside)
        if word not in without
        and word.sort != "amount"
        and word.text not in ("(", ")")
        and i not in reckoned
        and not _is_day(word)
        and not (word.text in _DAY_LEADS and i + 1 < len(inside) and _is_day(inside[i + 1]))
        and not (together and together[0] <= i < together[2])
    ]
    while left:
        if _NO_MONEY.at(left, 0) and left[1].start - left[0].end <= 1:
            break
        n = int(left[0].sort == "sign") or _SESSIONS.at(left, 0) or (_LEADING.at(left, 0) if len(left) > 1 else 0)
        if not n:
            break
        del left[:n]
    while left and not NO_REMARKS.ending(left, len(left)):
        said = _ENDING.ending(left, len(left)) or _ENDING_MARKED.ending(left, len(left))
        if said and not (_ENDING.at(left, len(left) - said, surely=True) or _ENDING_MARKED.at(left, len(left) - said)):
            said = 0
        n = int(left[-1].sort == "sign") or (said if said < len(left) else 0)
        if not n:
            break
        del left[-n:]
    if all(word.sort == "sign" or FILLING.at(left, i) for i, word in enumerate(left)):
        return verbatim(line, left) if len(left) == 1 and left[0].text in _MEANT else ""
    return verbatim(line, left)


def _reckoning(words: Sequence[Word]) -> set[int]:
    return {k for i, end in _RECKONING.all(words) for k in range(i, end)}


def verbatim(line: Line, words: Sequence[Word]) -> str:
    """These words as typed, with single spaces where others were left out between them."""
    pieces: list[str] = []
    for n, word in enumerate(words):
        before = words[n - 1] if n else None
        if before is not None and word.start == before.start:
            continue  # two words of one shorthand: hqua
        typed = line.typed[word.start : word.end]
        joined = before is not None and (before.end == word.start or (word.sort == "sign" and typed in ",.;:!)"))
        pieces.append(typed if joined else f" {typed}")
    return clean("".join(pieces)).replace("\n", " ")


def _is_day(word: Word) -> bool:
    readings = word.date.readings if word.date else None
    return readings is not None and (bool(readings) or readings.code == "core.date_vague")
