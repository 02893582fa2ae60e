"""Debts: who lends, borrows, repays, collects, by who does it to whom (guide.md, decisions 32 and 33)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.core.sentences.people import KIN, SPEAKER, person_at
from toolkit.expenses.model import Kind
from toolkit.expenses.sentence import verbs
from toolkit.expenses.sentence.actors import OPEN, Direction, Said, only

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit.core.sentences.line import Lexicon
    from toolkit.expenses.sentence.actors import Span

_PRONOUNS = frozenset({"e", "em", "con", "cháu", "anh", "chị", "chi", "chau", "cô", "chú"})
_FAR = 8  # words between "cho" and the "mượn" that belongs to it
_NOT_BORROWED = ("mua", "an", "di", "uong", "co", "lam")  # behind "muon" typed without marks: muốn, to want


def owes(s: Said) -> Direction | None:
    """The direction by the first verb that can mean a debt or a gift; None where none does."""
    first = s.start
    if KIN.at(s.words, first) or s.says(first, "ck"):
        first += person_at(s.words, first, s.people)
    for i in range(first, len(s.words)):
        if s.words[i].capital:
            continue
        for lexicon, read in _VERBS:
            n = lexicon.at(s.words, i)
            found = read(s, i, i + n) if n else None
            if found is not None:
                return found
    return None


def _demanded(s: Said, i: int, j: int) -> Direction | None:
    """`đòi được nợ anh Tuấn`, `lấy lại tiền cho vay`."""
    debt = verbs.DEBT_NOUN.has(s.words[i:])
    if s.actor(i)[0] != "self" or (s.says(i, "thu", "lấy", "nhận") and not debt):
        return None
    if s.words[i].loose and not debt and i + 1 == len(s.words):
        return None
    for k in range(j, len(s.words)):
        if verbs.PAID_BACK.at(s.words, k) or s.says(k, "của", "từ", "mãi", "hoài", "được", "khoản"):
            continue
        who = s.someone(k)
        if who:
            return only(Kind.COLLECT, who)
    return only(Kind.COLLECT)


def _paid_back(s: Said, i: int, j: int) -> Direction | None:
    """`trả`: the member pays somebody back, somebody pays the member back, or it is only a purchase."""
    if s.says(j, "sau") or (s.words[i].loose and j < len(s.words) and s.words[j].text in verbs.TEAS):
        return None  # a bill that is paid afterwards; trà sữa typed without marks
    actor, who = s.actor(i)
    refund = s.says(i, "hoàn") and s.says(j - 1, "tiền")
    if refund and actor != "customer" and not (who and KIN.at(s.words, who[0])):
        cards = [word for word in s.words[j:] if word.text not in ("thẻ", "the")]
        if not verbs.DEBT_NOUN.has(cards):
            return only(Kind.INCOME)
    owed = verbs.DEBT_NOUN.has(s.words[j:])
    other_dues = verbs.NOT_DEBT.at(s.words, j) > 0 and not KIN.at(s.words, j) and not s.words[j].capital
    if s.says(i - 1, "được") and actor in ("self", "other"):
        return only(Kind.COLLECT if owed else Kind.INCOME)
    if actor == "third" and _may_be_member(s, who) and _gives_to_another(s, j):
        actor = "self"  # "e trả lại chị Hương"
    if actor == "third":
        return _paid_by(s, j, who, owed=owed, other_dues=other_dues)
    if actor == "customer":
        return only(Kind.COLLECT if owed and not other_dues else Kind.INCOME)
    return _paid_by_member(s, i, j, owed=owed, other_dues=other_dues) if actor == "self" else None


def _gives_to_another(s: Said, j: int) -> bool:
    """Whether somebody with a name is paid behind the verb, who isn't the member: trả lại chị Hương."""
    while n := verbs.PAID_BACK.at(s.words, j):
        j += n
    return not SPEAKER.at(s.words, j) and person_at(s.words, j, s.people) > KIN.at(s.words, j)


def _paid_by(s: Said, j: int, who: Span | None, *, owed: bool, other_dues: bool) -> Direction:
    """Somebody pays: back, or for the member, or wages and the like."""
    helped = verbs.HELP.find(s.words, j)
    if helped and not owed:
        for_me = helped[0] == j or not verbs.HELPED.at(s.words, helped[0] - 1)  # not "tiền sữa mua giúp"
        return only(Kind.BORROW if for_me else Kind.COLLECT, who)
    if other_dues and not owed:
        return only(Kind.INCOME, who)
    goods = s.says(j, "tiền") and j + 1 < len(s.words) and not owed
    return Direction(frozenset({Kind.COLLECT, Kind.INCOME}) if goods else frozenset({Kind.COLLECT}), who)


def _paid_by_member(s: Said, i: int, j: int, *, owed: bool, other_dues: bool) -> Direction | None:
    if s.start < i == len(s.words) - 1 and s.says(i - 1, "mới", "chịu"):
        return only(Kind.COLLECT)  # "nhắc mãi mới chịu trả"
    if other_dues:
        return only(Kind.INCOME if s.says(i, "hoàn") else Kind.EXPENSE)  # "hoàn cọc" comes back
    helping = verbs.HELP.at(s.words, j)
    if helping:
        return only(Kind.LEND, s.someone(j + helping))
    k = j
    while k < len(s.words) and verbs.PAID_BACK.at(s.words, k):
        k += verbs.PAID_BACK.at(s.words, k)
    if k < len(s.words) and SPEAKER.at(s.words, k) and k == j:
        return only(Kind.COLLECT)  # "nay mới trả mình": whoever was named before
    who = s.someone(k)
    if owed:
        return only(Kind.REPAY, who or s.someone_later(k))
    if s.says(i, "thanh", "tất", "clear"):
        return None  # settling what isn't called a debt
    for_a_thing = any(s.says(m, "tiền") for m in range(j, k)) and not s.says(k - 1, "cho")
    if who and not for_a_thing:
        return only(Kind.REPAY, who)
    helped = verbs.HELP.find(s.words, j)
    if helped:
        return only(Kind.LEND, s.someone(helped[1]))
    return only(Kind.EXPENSE) if s.says(i, "trả") else None


def _advanced(s: Said, i: int, j: int) -> Direction | None:
    """`ứng giúp chị Hạnh tiền vé`; wages paid in advance are wages."""
    if s.words[i].loose and verbs.HELP.at(s.words, i + 1) and not verbs.OWED_TO.has(s.words[j:]):
        return None  # "ung ho": ủng hộ, to donate
    if verbs.PAY_ADVANCE.has(s.words[i:]):
        return only(Kind.INCOME)
    actor, who = s.actor(i)
    if actor == "self":
        while n := verbs.HELP.at(s.words, j) or verbs.TO.at(s.words, j) or verbs.PAID_BACK.at(s.words, j):
            j += n
        return only(Kind.LEND, s.someone(j) or s.someone_later(j))
    if actor == "third":
        return only(Kind.BORROW, who)
    return only(Kind.INCOME) if actor == "customer" else None


def _loaned(s: Said, i: int, j: int) -> Direction | None:
    """`mượn`, `vay`: the member from somebody, or somebody from the member."""
    if s.says(i - 1, "lãi", "lời", "gốc") or verbs.HIRED.at(s.words, j):
        return None
    if s.words[i].loose and s.words[i].text in ("vay", "muon"):
        if i and verbs.DRESSES.at(s.words, i - 1):
            return None
        if s.words[i].text == "muon" and s.says(j, *_NOT_BORROWED) and person_at(s.words, j, s.people) < 2:
            return None
    actor, who = s.actor(i)
    lender = s.someone(j, any_name=False) if _may_be_member(s, who) else None
    if lender:
        return only(Kind.BORROW, lender)  # "em mượn anh Ba"
    if actor in ("third", "customer"):
        return only(Kind.LEND, who)
    if actor == "other" and not s.says(j, "tiền"):
        return None
    while s.says(j, "tiền", "tạm", "đỡ", "nóng", "của", "từ", "thêm"):
        j += 1
    return only(Kind.BORROW, who or s.someone(j))


def _given(s: Said, i: int, j: int) -> Direction | None:
    """`cho`, `gửi`, `đưa`: whose money moves to whom, and whether it is to come back."""
    if s.words[i].loose and s.says(i - 1, "đi", "tiền"):
        return None  # "đi cho", "tien cho": chợ
    if s.says(i, "cho") and any(s.says(k, "thuê") for k in range(j, j + 4)) and not verbs.LOANS.has(s.words[j : j + 4]):
        return only(Kind.INCOME) if s.start >= i else None
    actor, who = s.actor(i, gives=True)
    loan = next((k for k in range(j, min(j + _FAR, len(s.words))) if verbs.LOANS.at(s.words, k)), None)
    dress = loan is not None and s.words[loan].loose and s.words[loan].text == "vay" and actor == "other"
    if loan is not None and not dress and not verbs.PAY.has(s.words[j:loan]):
        return _given_on_loan(s, i, j, loan)
    if actor in ("third", "customer"):
        return only(Kind.INCOME, who)
    if actor == "other":
        return None
    if s.says(i - 1, "được"):
        return only(Kind.INCOME)
    if s.says(i, "lì") and not (person_at(s.words, j, s.people) or verbs.TO.at(s.words, j)):
        return Direction(OPEN)  # "lì xì tết": given or got
    if verbs.EARNED.at(s.words, i) and not verbs.TO.at(s.words, j):
        return None
    return _given_by_member(s, j)


def _given_on_loan(s: Said, i: int, j: int, loan: int) -> Direction:
    actor, who = s.actor(i, gives=True)
    if actor == "other" and KIN.at(s.words, s.start) and i - s.start <= 5:
        actor, who = "third", (s.start, i)
    receiver = s.someone(j) if j < loan else None
    if receiver and _may_be_member(s, who) and not SPEAKER.at(s.words, j):
        return only(Kind.LEND, receiver)  # "em cho anh Tú mượn"
    if actor == "third" or (receiver and SPEAKER.at(s.words, j)):
        return only(Kind.BORROW, who)
    after = loan + verbs.LOANS.at(s.words, loan)
    after += s.says(after, "tiền", "tạm")
    return only(Kind.LEND, receiver or s.someone(after))


def _may_be_member(s: Said, who: Span | None) -> bool:
    """Whether the one who does it is called as members call themselves: em, con, cháu, anh, chị, without a name."""
    return who is not None and who[1] - who[0] == 1 and s.words[who[0]].text in _PRONOUNS


def _given_by_member(s: Said, j: int) -> Direction | None:
    helped = verbs.HELP.find(s.words, j)
    if s.says(j, "trước") and helped:
        return only(Kind.LEND, s.someone(helped[1]))
    if s.says(j, "trước") and verbs.TO.at(s.words, j + 1):
        return only(Kind.LEND, s.someone(j + 1 + verbs.TO.at(s.words, j + 1)))
    while n := verbs.FEASTS.at(s.words, j):
        j += n
    while (n := verbs.TO.at(s.words, j)) and s.words[j].text != "tiền":
        j += n
    who = s.someone(j, any_name=False)
    return only(Kind.EXPENSE, who) if who else None


def _on_credit(s: Said, i: int, j: int) -> Direction | None:
    """`mua chịu`, `ghi sổ`, `bán thiếu`, `giải ngân`, `cầm xe`: who has the thing or the money, and who waits."""
    if verbs.SOLD_ON_CREDIT.at(s.words, i):
        return only(Kind.LEND, s.someone(j + s.says(j, "cho")))
    actor, who = s.actor(i)
    if actor in ("third", "customer"):
        return None if verbs.PAY.has(s.words[j:]) else only(Kind.LEND, who)
    return only(Kind.BORROW, s.someone(j + s.says(j, "của", "ở", "cho"), any_name=False)) if actor == "self" else None


def _owed(s: Said, i: int, j: int) -> Direction | None:
    if s.says(i - 1, "dư"):
        return only(Kind.REPAY)
    if s.words[i].loose:
        return None  # "bo no", "an no": a bowl, to be full
    actor, who = s.actor(i, gives=True)
    if actor == "third":
        return only(Kind.LEND, who)
    creditor = s.someone(j) if actor == "self" else None
    return only(Kind.BORROW, creditor) if creditor else None


_VERBS: tuple[tuple[Lexicon, Callable[[Said, int, int], Direction | None]], ...] = (
    (verbs.DEMAND, _demanded),
    (verbs.CLAIM, _demanded),
    (verbs.PAY, _paid_back),
    (verbs.REFUND, _paid_back),
    (verbs.ADVANCE, _advanced),
    (verbs.LOANS, _loaned),
    (verbs.GIVE, _given),
    (verbs.ON_CREDIT, _on_credit),
    (verbs.SOLD_ON_CREDIT, _on_credit),
    (verbs.OWES, _owed),
)
