"""What a clause was about: its words without amount, day, companions, ways of paying and what only joins or ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.core.text import clean
from toolkit.expenses.sentence.clauses import bare
from toolkit.expenses.sentence.line import Lexicon
from toolkit.expenses.sentence.people import person_at
from toolkit.expenses.sentence.settled import FILLING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from toolkit.expenses.sentence.line import Line, Word

_WITH = Lexicon("với, cùng, cùng với, chung với, đi với")
_TOGETHER_AT = Lexicon("team, phòng, lớp, công ty, xóm, quê, trường, cơ quan, chuyền, tổ, xưởng, nhà, khóa, cấp")
_CLIENTS = frozenset({"khách", "client", "khach"})
_SESSIONS = Lexicon(
    "sáng, trưa, chiều, tối, khuya, đêm, hồi sáng, hồi trưa, hồi chiều, hồi tối, sáng sớm, hồi nãy, nãy"
)
_EDGE = Lexicon(
    "hết, tốn, mất, là, giá, nha, nhé, nhen, nghen, rồi, nè, ạ, luôn, tổng, tổng cộng, hết tổng, tất cả, chỉ, "
    "cũng, đó, á, thôi, có"
)


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
) -> str:
    """The words that say what a clause was about, as typed. `company` keeps the companions, as a note does."""
    start, end = bare(words, 0, len(words))
    inside = words[start:end]
    together = None if company else companions(inside, people)
    left = [
        word
        for i, word in enumerate(inside)
        if word not in without
        and word.sort != "amount"
        and not _is_day(word)
        and not (together and together[0] <= i < together[2])
    ]
    while left and (left[0].sort == "sign" or _SESSIONS.at(left, 0) or (_EDGE.at(left, 0) and len(left) > 1)):
        left = left[(_SESSIONS.at(left, 0) or _EDGE.at(left, 0) or 1) :]
    while left and (left[-1].sort == "sign" or (_EDGE.at(left, len(left) - 1) == 1 and len(left) > 1)):
        left.pop()
    if all(word.sort == "sign" or FILLING.at(left, i) for i, word in enumerate(left)) and len(left) != 1:
        return ""
    return verbatim(line, left)


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
