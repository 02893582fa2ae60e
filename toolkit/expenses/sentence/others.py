"""Other people's money: what a sentence tells of somebody else records nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.core.sentences.people import KIN, SPEAKER, THIRD, person_at
from toolkit.expenses.sentence import signals as say
from toolkit.expenses.sentence import verbs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.core.sentences.line import Word

_OURS = frozenset({"tui", "mình", "tôi", "em", "e", "t", "tớ", "toi", "minh"})
_POINTING = frozenset({"kia", "đó", "nọ"})


def of_others(before: Sequence[Word], near: Sequence[Word], judged: Sequence[Word]) -> bool:
    """Whether the words before an amount tell of other people's money: hearsay, a price seen, what a friend bought.

    `near` are those since the last comma, `judged` those that can spoil the amount.
    """
    if any(lexicon.has(judged) for lexicon in (say.HEARSAY, say.HEARSAY_MARKED)) or say.MORE.ending(
        before, len(before)
    ):
        return True
    whole, own = _uncalled(before), _uncalled(near)
    if _tells(whole) or _about_others(own):
        return True
    if len(near) < len(before):
        treated = THIRD.at(own, 0)
        if treated and say.PAYS.at(own, treated):
            return True  # "đi cà phê với anh Minh, ảnh trả hết 120k"
        if not say.BOUGHT.has(own) and (_about_others(whole) or _somebody_else_buys(whole)):
            return True
    looked = say.LOOKED.at(own, 0)
    return bool(looked and (person_at(own, looked) or not say.BOUGHT.has(own))) or _somebody_else_buys(own)


def envied(behind: Sequence[Word]) -> bool:
    """`thưởng tết 40tr mà ham`: what one would like to have isn't one's own."""
    return bool(say.ENVIED.find(behind[:3]))


def treated(behind: Sequence[Word]) -> bool:
    """`trà sữa 50k thì bạn bao`: somebody else pays."""
    words = behind[1:] if behind and behind[0].text == "thì" else behind
    n = person_at(words, 0) or KIN.at(words, 0) or THIRD.at(words, 0)
    return 0 < n < len(words) and words[n].text in ("bao", "trả", "mời", "khao", "đãi", "lo")


def _uncalled(words: Sequence[Word]) -> list[Word]:
    """The words without days and without whom they are called to: "mọi người ơi nhỏ Trang …"."""
    plain = [word for word in words if word.sort != "date"]
    call = next((k for k, word in enumerate(plain[:3]) if word.text == "ơi"), None)
    return plain if call is None else plain[call + 1 :]


def _somebody_else_buys(words: Sequence[Word]) -> bool:
    """`chị hàng xóm trúng số`, `nó mới mua xe`: a person who isn't of the household, and a deed of their own."""
    n = THIRD.at(words, 0) or person_at(words, 0)
    n = n or int(KIN.at(words, 0) > 0 and len(words) > 1 and words[1].text in _POINTING)
    pointed = 0 < n < len(words) and words[n].text in _POINTING | _OURS
    named = n == 1 and not KIN.at(words, 0) and words[0].capital
    if not n or not (n > 1 or pointed or named or THIRD.at(words, 0)) or say.HOUSEHOLD.at(words, 0) == n:
        return False
    return not say.HELPING.has(words[n:]) and _does_own_deed(words, n)


def _does_own_deed(words: Sequence[Word], n: int) -> bool:
    got = False
    while n < len(words) and (k := say.ALSO.at(words, n) or say.BESIDE.at(words, n)):
        got = got or words[n].text == "được"
        n += k
    giver = person_at(words, n) if got else 0
    if giver and words[n + giver : n + giver + 1] and words[n + giver].text in ("tặng", "cho", "mua"):
        return True  # "nhỏ Trang mới được ny tặng"
    return bool(say.OTHERS_BUY.at(words, n) or (got and say.OTHERS_GET.at(words, n)))


def _about_others(words: Sequence[Word]) -> bool:
    """`đồng nghiệp tôi mới rút bảo hiểm`, `vợ thằng bạn tiêu`, `anh Tuấn vay ngân hàng`: somebody and somebody else."""
    if any(_turns_to_member(words, k) for k in range(len(words))):
        return False
    n = say.OTHERS.at(words, 0)
    if n:
        n = max(n, person_at(words, 0))  # "con bạn thân"
        n += n < len(words) and words[n].text in _OURS
    else:
        n = person_at(words, 0) or KIN.at(words, 0) or say.HOUSEHOLD.at(words, 0)
        whose = person_at(words, n) if n and say.HOUSEHOLD.at(words, 0) == n else 0
        if whose == KIN.at(words, n) and words[n : n + 1] and words[n].loose:
            whose = 0  # "be di lam": đi and not dì
        if whose and words[n].text not in _OURS:
            n += whose  # "vợ thằng bạn", "ck con Linh"
        elif not n or n >= len(words) or words[n].text not in _OURS | {"nó"}:
            return _lends_elsewhere(words, n)
        else:
            n += 1
    if _does_own_deed(words, n) or (words[0].text in ("công", "bên", "chỗ") and say.OTHERS_GET.at(words, n)):
        return True
    while n < len(words) and (k := say.ALSO.at(words, n) or say.BESIDE.at(words, n)):
        n += k
    return n < len(words) and words[n].text == "cho" and bool(say.THEM.at(words, n + 1))


def _turns_to_member(words: Sequence[Word], k: int) -> bool:
    """`sếp mời ăn nhưng mình trả`."""
    return words[k].text == "nhưng" or bool(SPEAKER.at(words, k) and say.BOUGHT.at(words, k + 1))


def _lends_elsewhere(words: Sequence[Word], n: int) -> bool:
    """`anh Tuấn vay ngân hàng`: neither from the member nor to them."""
    return 0 < n < len(words) - 1 and words[n].text in ("vay", "mượn") and bool(say.THEM.at(words, n + 1))


def _tells(before: Sequence[Word]) -> bool:
    """`chồng đòi mua xe`, `sếp hứa thưởng`, `shop báo hàng`: what somebody says, not what was paid."""
    firm = verbs.CUSTOMERS.at(before, 0) or verbs.CUSTOMERS_MARKED.at(before, 0)
    n = firm or person_at(before, 0) or KIN.at(before, 0)
    while 0 < n < len(before) and say.ALSO.at(before, n) and not say.SAYS.at(before, n):
        n += say.ALSO.at(before, n)
    reach = range(n, n + 3) if firm else range(n, n + 1)  # "bên cưới hỏi báo gói chụp hình"
    said = next((k for k in reach if n and say.SAYS.at(before, k)), None)
    return said is not None and not any(word.sort == "sign" or word.text == "nên" for word in before[said:])
