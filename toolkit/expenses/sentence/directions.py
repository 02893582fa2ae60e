"""Which way money goes, as far as the grammar of a clause shows it; what stays open the classifier decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.core.sentences.people import KIN, SPEAKER, person_at
from toolkit.expenses.model import Kind
from toolkit.expenses.sentence import verbs
from toolkit.expenses.sentence.actors import OPEN, Direction, Said, only, opened
from toolkit.expenses.sentence.moving import moves
from toolkit.expenses.sentence.owing import owes

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from toolkit.core.sentences.line import Word
    from toolkit.expenses.sentence.actors import Span

_NEAR = 7  # words between a customer and what they pay


def direct(words: Sequence[Word], people: Collection[str] = ()) -> Direction:
    """The direction of a clause, given as its words without amounts, dates and signs."""
    s = opened(words, people)
    if _sells_to(s):
        return only(Kind.INCOME, s.someone(s.start + 2, any_name=False))
    return moves(s) or owes(s) or _helps(s) or _spends_or_earns(s)


def _sells_to(s: Said) -> bool:
    """`ban cho chi Hoa 2 goi`: bán, because a friend (bạn) who gives somebody else something is none of ours."""
    i = s.start
    if not (i < len(s.words) and s.words[i].loose and s.words[i].text == "ban" and s.says(i + 1, "cho")):
        return False
    n = person_at(s.words, i + 2, s.people) or verbs.CUSTOMERS.at(s.words, i + 2)
    return n > 0 and not SPEAKER.at(s.words, i + 2) and not verbs.LOANS.has(s.words[i + 2 :])


def _friends(s: Said, i: int) -> bool:
    """`ban be ru di an`: bạn bè, typed without marks."""
    return s.words[i].loose and s.says(i, "bạn") and s.says(i + 1, "bè", "trai", "gái", "thân", "học", "cùng", "mình")


def _helps(s: Said) -> Direction | None:
    """`nộp hộ anh Quyết tiền liên hoan, anh ấy sẽ gửi lại`: paid for somebody else."""
    helped = verbs.HELP.find(s.words, s.start) if verbs.HELPED.at(s.words, s.start) else None
    if helped is None or helped[0] > s.start + 5 or s.says(helped[0] - 1, "ứng", "bảo"):
        return None
    who = s.someone(helped[1])
    kinds = {Kind.LEND} if verbs.COMES_BACK.has(s.words[helped[1] :]) else {Kind.LEND, Kind.EXPENSE}
    return Direction(frozenset(kinds), who) if who else None


def _spends_or_earns(s: Said) -> Direction:
    """Where nobody owes anybody."""
    if not s.words:
        return Direction(OPEN)
    if verbs.INTEREST_PAID.has(s.words):
        return only(Kind.EXPENSE)
    first = s.start
    if s.says(first, "tiền", "được") and not verbs.INCOME.at(s.words, first):
        first += 1
    income = verbs.INCOME.at(s.words, first) or verbs.EARNING.at(s.words, first)
    if income:
        return Direction(OPEN) if _earned_by_others(s, first + income) else only(Kind.INCOME)
    if (n := verbs.SELL.at(s.words, first)) and not _friends(s, first):
        to = s.someone(first + n + 1, any_name=False) if s.says(first + n, "cho") else None
        return only(Kind.INCOME, to)
    customer = verbs.CUSTOMERS.at(s.words, first) or verbs.CUSTOMERS_MARKED.at(s.words, first)
    behind = range(first + customer, min(first + customer + _NEAR, len(s.words)))
    if customer and any(verbs.CUSTOMER_PAYS.at(s.words, k) for k in behind):
        return Direction(OPEN) if s.words[first].loose else only(Kind.INCOME)
    if any(lexicon.has(s.words) for lexicon in (verbs.INCOME, verbs.EARNING, verbs.SELL)):
        return Direction(OPEN)
    last = len(s.words) - 1
    if s.says(last, "được", "về") or (
        verbs.FOR_OTHERS.has(s.words[first + 1 :]) and not verbs.BUYS.at(s.words, s.start)
    ):
        return Direction(OPEN)
    chosen = verbs.CHOSEN.at(s.words, first)
    if chosen and first + chosen < len(s.words) and not verbs.SOLD.has(s.words[first + chosen :]):
        return only(Kind.EXPENSE)  # "chốt đơn 2 áo thun"; sellers count their orders
    work = verbs.AT_WORK.find(s.words)
    if work and work[0] <= s.start + 2 and verbs.FOR_ONESELF.has(s.words[work[1] :]):
        return only(Kind.EXPENSE)  # "chạy xe mệt quá ghé quán ăn tô bún"
    spend = verbs.SPEND.find(s.words)
    return Direction(frozenset({Kind.EXPENSE}) if spend and spend[0] <= s.start + 2 else OPEN, _host(s))


def _earned_by_others(s: Said, after: int) -> bool:
    """Whether wages are those that the member pays: lương bé Trinh, thưởng cho nhân viên; but lương chồng."""
    if after < len(s.words) - 1 and s.words[after].text in verbs.FEW:
        after += 1
    if verbs.OWN_FAMILY.at(s.words, after):
        return False
    return bool(verbs.OTHERS_PAY.at(s.words, after) or person_at(s.words, after, s.people))


def _host(s: Said) -> Span | None:
    """Whose feast it is, who is invited: mừng cưới chị Huyền, mời Long bia. Only somebody with a name."""
    invites = verbs.INVITES.find(s.words)
    if invites is None:
        return None
    j = invites[1]
    while n := verbs.FEASTS.at(s.words, j):
        j += n
    n = person_at(s.words, j, s.people)
    return (j, j + n) if n > KIN.at(s.words, j) else None
