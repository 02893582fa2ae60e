"""A correction of the entry before: it holds what was said anew, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from toolkit.core.readings import none
from toolkit.core.sentences.line import Lexicon
from toolkit.kpi.model import LineReading
from toolkit.kpi.sentence.items import Draft, day_in, item_of
from toolkit.kpi.sentence.told import told

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from toolkit.core.sentences.line import Word
    from toolkit.kpi.model import ItemKind

UNSAID: Final = "kpi.unsaid"
"""The code of a money or day that a correction doesn't mention."""

_KINDS: dict[str, ItemKind] = {
    "sell": "sale", "buy": "sale", "order": "sale", "payment": "payment", "refund": "refund", "lost": "lost",
    "promise": "promise", "activity": "activity",
}  # fmt: skip


def correction(text: str, words: Sequence[Word], today: date, people: Collection[str]) -> LineReading:
    """`à nhầm, 12tr`; `nhầm, chị Hằng chứ không phải chị Hoa`; `sửa lại 3 gói`."""
    kept = _without_denied(words)
    heads = [head for head in told(kept, people).heads if head.kind != "lost"]
    kind = _KINDS[heads[0].kind] if heads else "sale"
    item = item_of(Draft(kind, list(kept)), text, today, people)
    day = day_in(kept, today)
    money = item.money or none(UNSAID)
    return LineReading(text, "correct", (replace(item, text=text, money=money, day=day or none(UNSAID), total=False),))


def _without_denied(words: Sequence[Word]) -> list[Word]:
    """What stands behind "không phải", up to "mà", is what it isn't."""
    kept: list[Word] = []
    i = 0
    while i < len(words):
        if _is_not(words, i):
            i += 2
            if kept and kept[-1].text in ("chứ", "chu"):
                kept.pop()
            while i < len(words) and words[i].text not in ("mà", ",", ";", "là", "ma"):
                i += 1
            continue
        kept.append(words[i])
        i += 1
    start = 0
    while start < len(kept) and (kept[start].sort == "sign" or kept[start].text in _OPENERS):
        start += 1
    return kept[start:]


_OPENERS = frozenset(
    """
    à a nhầm nham lộn lon rồi roi sai sửa sua lại lai thành thanh ghi ý là la đúng dung ra phải phai mới moi chứ
    quên ủa ơ xin lỗi loi sorry mà ma khoan đổi doi số so tiền tien khách khach tên ten
    """.split()  # noqa: SIM905
)


def _is_not(words: Sequence[Word], i: int) -> bool:
    return i + 1 < len(words) and words[i].text in ("không", "khong", "hổng") and words[i + 1].text in ("phải", "phai")


_SLIPPED = Lexicon(
    "à nhầm, nhầm, à lộn, lộn, ý là, à không, à quên, ghi nhầm, gõ nhầm, nhầm rồi, xin lỗi nhầm, à nhầm là, nhầm là, "
    "sửa lại"
)


def said_again(words: list[Word]) -> list[Word]:
    """`bán 1 kem 102k… à nhầm 120k`: of two amounts with a slip between them the second counts."""
    for start, end in _SLIPPED.all(words):
        behind = next((k for k in (end, end + 1) if k < len(words) and words[k].sort == "amount"), None)
        before = next((k for k in range(start - 1, max(-1, start - 6), -1) if words[k].sort == "amount"), None)
        if behind is not None and before is not None:
            return [*words[:before], *words[behind:]]
    return words
