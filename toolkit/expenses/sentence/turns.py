"""Where a clause turns from what might have been to what was done: "định không mua mà vẫn mua thỏi son 89k"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.core.sentences.line import Lexicon
from toolkit.expenses.sentence import signals as say
from toolkit.expenses.sentence import verbs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.core.sentences.line import Word

_TURNS = Lexicon(
    "nên, mà, nhưng, nhưng mà, chứ, ai ngờ, ai dè, cuối cùng, thành ra, rốt cuộc, mà vẫn, vẫn, thế mà, vậy mà, "
    "còn tui, còn mình, còn em, còn tôi, còn t, mà thôi, sau khi, nay mới, giờ mới, bây giờ mới"
)
_TURNS_MARKED = Lexicon("tự", exact=True)
_DEEDS = Lexicon(
    "thanh lý, trúng, lãnh, thua, đăng ký, bắt xe, gọi, giành trả, săn được, chạy grab, chạy xe, chốt luôn, mất, "
    "đã thanh toán, thanh toán, in, công chứng, nhận thưởng, đi karaoke, đi bus, đi xe bus, "
    "đi xe ôm, đi taxi, bắt taxi, ăn, gội, rửa, đi grab"
)
_AT_LENGTH = frozenset({"mãi", "hoài", "mai", "hoai"})
_SUPPOSING = frozenset({"giá", "lỡ", "nhỡ", "nếu", "phải", "gia", "lo", "nho", "neu"})
_NEVER = Lexicon("chưa, không, khỏi, đừng, chẳng, muốn, định, sẽ, tính")


def turn(words: Sequence[Word]) -> int:
    """Where the words behind the last turn begin that tell of a deed; 0 where nothing turns."""
    for i in range(len(words) - 1, 0, -1):
        n = _TURNS.at(words, i) or _TURNS_MARKED.at(words, i)
        if words[i].text == "nay" and words[i - 1].text in _AT_LENGTH:
            n = 1  # "má hứa hoài nay cho thiệt"
        if words[i].sort == "date" and (words[i - 1].sort == "sign" or words[i - 1].text in _AT_LENGTH):
            n = 1
        if words[i].text in ("mà", "ma") and words[i - 1].text in _SUPPOSING:
            continue
        if n and _tells_a_deed(words[i + n :], turned_by=words[i]):
            return i + n if words[i].sort != "date" else i
    return 0


def begins_with_turn(words: Sequence[Word]) -> bool:
    """Whether a clause opens by turning away from the one before it."""
    i = 0
    while i < len(words) and words[i].sort == "sign":
        i += 1
    n = _TURNS.at(words, i) or _TURNS_MARKED.at(words, i)
    return bool(n) and _tells_a_deed(words[i + n :], turned_by=words[i])


def does(words: Sequence[Word]) -> bool:
    """Whether a verb of paying, getting, lending is among these words."""
    return any(lexicon.has(words) for lexicon in (say.BOUGHT, _DEEDS, verbs.LOANS, verbs.PAY, verbs.WITHDRAW))


def _tells_a_deed(words: Sequence[Word], *, turned_by: Word) -> bool:
    before_amount = words[: next((k for k, word in enumerate(words) if word.sort == "amount"), len(words))]
    if not does(before_amount) or _NEVER.has(before_amount[:2]):
        return False
    return turned_by.text != "mà" or not before_amount[:1] or before_amount[0].text not in ("không", "chưa", "thôi")
