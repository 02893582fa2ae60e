"""Money between the member's own purses: withdrawn, loaded, saved, moved from bank to bank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.core.sentences.people import SPEAKER, person_at
from toolkit.expenses.model import Kind
from toolkit.expenses.sentence import verbs
from toolkit.expenses.sentence.actors import Direction, only

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.core.sentences.line import Word
    from toolkit.expenses.sentence.actors import Said

_NEAR = 3  # words between a verb of moving and the account


def moves(s: Said) -> Direction | None:
    """A transfer, if the clause is one. Taking a shop's earnings out of an app may be income as well."""
    saved = verbs.SAVE.find(s.words)
    if saved and not verbs.SAVED_INTEREST.has(s.words[: saved[0]]) and not _interest(s, saved[0]):
        return only(Kind.TRANSFER)
    withdrawn = _withdraws(s)
    if withdrawn is not None:
        return withdrawn
    return only(Kind.TRANSFER) if _loads(s) or _sends_to_own_account(s) else None


def _interest(s: Said, i: int) -> bool:
    """`lai so tiet kiem`: without marks the word before a purse is interest, before a verb it may be "còn lại"."""
    return s.says(i - 1, "lãi", "lời") and not s.says(i, "gửi", "bỏ", "cất", "rút", "tất", "đập", "mở", "tích")


def _withdraws(s: Said) -> Direction | None:
    found = verbs.WITHDRAW.find(s.words)
    if found is None or verbs.NOT_WITHDRAWN.at(s.words, found[1]) or s.says(found[0] - 1, "phí", "giấy", "dây"):
        return None
    if found[0] > s.start + 2 and not verbs.ATM.has(s.words[: found[0]]):
        return None
    if verbs.SALES.has(s.words[found[1] :]):
        return Direction(frozenset({Kind.TRANSFER, Kind.INCOME}))
    ends = found[1] == len(s.words)
    return only(Kind.TRANSFER) if ends or verbs.WITHDRAWN.at(s.words, found[1]) or verbs.ATM.has(s.words) else None


def _loads(s: Said) -> bool:
    """`nạp momo`, `đem tiền mặt nộp vào tài khoản`; not `nạp thẻ điện thoại`."""
    found = verbs.LOAD.find(s.words)
    cash = verbs.CASH.has(s.words)
    if found is None or found[0] > s.start + (5 if cash else 2) or verbs.TOLLS.has(s.words):
        return False
    j = found[1] - s.says(found[1] - 1, "tiền")
    j += s.says(j, "tiền", "thêm") and not verbs.WALLETS.at(s.words, j)
    return bool(verbs.WALLETS.at(s.words, j) or (verbs.INTO.at(s.words, j) and verbs.BANKS.at(s.words, j + 1)))


def _sends_to_own_account(s: Said) -> bool:
    found = verbs.MOVE.find(s.words)
    if found is None or found[0] > s.start + 1:
        return False
    rest = s.words[found[1] :]
    if s.says(found[1], "từ") and verbs.INTO.has(rest):
        return True
    return any(i <= _NEAR and verbs.BANKS.at(rest, end) and not _foreign(rest, end) for i, end in verbs.INTO.all(rest))


def _foreign(words: Sequence[Word], i: int) -> bool:
    """Whether the account at i is somebody else's: qua tk mẹ, vào thẻ anh Ba."""
    while i < len(words) and verbs.BANKS.at(words, i):
        i += verbs.BANKS.at(words, i)
    if any(words[k].text in ("của", "cua") and SPEAKER.at(words, k + 1) for k in range(i, len(words) - 1)):
        return False
    i += i < len(words) and words[i].text in ("của", "cua", "cho")
    return i < len(words) and not SPEAKER.at(words, i) and bool(person_at(words, i))
