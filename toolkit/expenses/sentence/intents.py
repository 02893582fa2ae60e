"""What a sentence is for. Only what has happened is recorded: no questions, plans, wishes, price talk, hearsay."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from toolkit.expenses.sentence import signals as say
from toolkit.expenses.sentence import verbs
from toolkit.expenses.sentence.others import envied, of_others, treated
from toolkit.expenses.sentence.turns import does, turn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from toolkit.core.sentences.line import Word
    from toolkit.expenses.model import Intent


def of_sentence(words: Sequence[Word], *, has_amounts: bool) -> Intent:
    """What a sentence without anything to record is: a question, a plan, or chat."""
    if any(word.text == "?" for word in words) or say.ASKS.has(words):
        return "question"
    plain = [word for word in words if word.sort == "word"]
    if plain and say.ENDS.ending(plain, len(plain)) and not has_amounts:
        return "question"
    if _will(words) or say.WANTS.has(words):
        return "plan"
    return "chat"


def spoils(words: Sequence[Word], at: int, today: date) -> Intent | None:
    """Why the amount at `at` in its clause (with the remarks behind it) isn't to be recorded; None if it is."""
    before, behind = list(words[:at]), list(words[at + 1 :])
    turned = turn(before)
    before = before[turned:]  # "định không mua mà vẫn mua": what was thought before the turn doesn't count
    if any(word.text == "?" for word in behind) or _asks(_judged(before), behind):
        return "question"
    near = _segment(before)
    acts = say.BOUGHT.has([word for word in near if word.date is None and not _without_money(near, word)])
    if (
        say.WISHES.has(near)
        or (say.WISHES.has(before) and not acts)
        or _wished(before)
        or _supposed(before, behind, turned)
    ):
        return "plan"
    if _mutters(before, behind):
        return "chat"
    told = of_others(before, near, _judged(before)) and not say.HAD.has(behind)
    if told or say.WANTED.has(behind) or treated(behind) or envied(behind):
        return "chat"
    if _planned(before, near, behind, today, acts=acts):
        return "plan"
    if (
        _denied(near)
        or (not acts and _denied(before))
        or any(lexicon.has(part) for lexicon in (say.REFUSED, say.REFUSED_YET) for part in (_judged(before), behind))
    ):
        return "chat"
    if say.BACK_OUT.has(behind) and not say.CHARGED.has(behind):
        return "chat"
    offered = say.OFFERS.has([*before, *behind]) or say.OFFERS_MARKED.has(before)
    if offered and not _own_deed(near) and not say.HAD.has(behind):
        return "chat"
    if say.NEARLY.has(before) or (say.CANCELLED.has(before) and not say.CHARGED.has([*before, *behind])):
        return "chat"
    if say.PRICE_LISTS.has(before) or say.VIEWS.has(before):
        return "chat"
    if say.LONG_AGO.find(before[:4]) or _years_ago(before, today) or say.HABITS.at(before, 0) or say.GOALS.has(before):
        return "chat"
    if _states(before, near, behind, acts=acts) or _ordered(before):
        return "chat"
    return "chat" if not say.HAD.has(behind) and _talks_of_prices(before, near, behind, words) else None


def promised(words: Sequence[Word], i: int) -> bool:
    """Whether the date at i tells when money is to come back: "o nói cuối tháng gửi lại"."""
    if say.GIVES_BACK.at(words, i + 1) and (verbs.LOANS.has(words[:i]) or verbs.ADVANCE.has(words[:i])):
        return True  # "Hùng nó mượn 700 cuối tháng trả"
    start = i
    while start > 0 and words[start - 1].sort == "word":
        start -= 1
    return say.PROMISED.has(words[start:i]) and any(word.sort == "amount" for word in words[:start])


def alternative(words: Sequence[Word]) -> bool:
    """`mua loại 200k hay loại 300k`: a clause that only asks whether it is this one."""
    return bool(say.OR.at(words, 0))


def ahead(word: Word, today: date) -> bool:
    """Whether a date lies ahead in all its readings."""
    readings = word.date.readings if word.date else None
    return bool(readings) and all(day.date > today for day in readings.values)  # type: ignore[union-attr]


def _segment(before: list[Word]) -> list[Word]:
    """The words since the last comma or "nên": what the amount itself is said with."""
    start = next((i + 1 for i in range(len(before) - 1, -1, -1) if _parts(before[i])), 0)
    return before[start:]


def _parts(word: Word) -> bool:
    return word.sort == "sign" or word.text == "nên"


def _without_money(words: Sequence[Word], word: Word) -> bool:
    """Whether a `hết` is that of "hết tiền" or a `tra` that of "kiểm tra", and nothing was bought."""
    if word.text == "tra":
        return any(other is word and words[k - 1].text in ("kiểm", "kiem") for k, other in enumerate(words) if k)
    if word.text not in ("hết", "het"):
        return False
    i = next(k for k, other in enumerate(words) if other is word)
    return i + 1 < len(words) and words[i + 1].text in ("tiền", "tien")


def _wished(before: Sequence[Word]) -> bool:
    """`thèm cái túi 2tr`; but "thèm quá mua ly trà sữa 45k" was bought, and "ước chừng" only reckons."""
    for i, end in say.WISHED.all(before):
        if say.NOT_PLANS.at(before, i):
            continue
        behind = before[end:]
        if any(word.text == "nên" for word in behind):
            continue  # "nếu không thì trễ nên đi grab 60k"
        bought = next((k for k in range(len(behind)) if behind[k].text in ("quá", "mà")), None)
        if bought is None or not say.BOUGHT.has(behind[bought:]):
            return True
    return False


def _mutters(before: list[Word], behind: list[Word]) -> bool:
    """`ok 500k nha`, `thôi 100k đi`: nothing but an answer to somebody."""
    words = [word for word in (*before, *behind) if word.sort != "sign"]
    i = 0
    while i < len(words) and (n := say.INTERJECTIONS.at(words, i)):
        i += n
    return bool(before) and i == len(words) > 0


def _asks(before: list[Word], behind: list[Word]) -> bool:
    what = say.WHAT_WITH.find(before)
    if what and what[1] >= len(before) - 1:
        return True  # "mua gì với 500k"
    if say.ASKS.has(behind) or say.ASKS.has(before):
        return True
    if say.ASKS_FIRST.at(before, 0) and not say.NO_QUESTION.at(before, 0) and before[1:2] and before[1].text != "cũng":
        return True
    if say.OR.at(before, 0) or say.OR.at(behind, 0):
        return True
    plain = [word for word in behind if word.sort == "word"]
    n = say.ASKING_ENDS.ending(plain, len(plain))
    if not n or plain[-1].loose or plain[-1].capital:
        return False
    return plain[-1].text != "chưa" or not say.EXCLAIMED.ending(plain, len(plain) - n)


def _judged(before: list[Word]) -> list[Word]:
    """What of the words before an amount can spoil it: where its own segment tells of a deed, only that."""
    near = _segment(before)
    return near if near != before and does(near) else before


def _supposed(before: list[Word], behind: list[Word], turned: int) -> bool:
    """`có 50 triệu là nghỉ làm`, `10 triệu thì mua được gì`: money that nobody has."""
    words = [word for word in before if word.sort == "word"]
    first = next((word for word in behind if word.sort != "sign"), None)
    if first is not None and first is behind[0] and first.text == "chắc":
        return True
    if turned or first is None or first.text not in ("thì", "là"):
        return False
    return not words or (len(words) <= 2 and words[-1].text in ("có", "được", "trúng", "cầm"))


def _planned(before: list[Word], near: list[Word], behind: list[Word], today: date, *, acts: bool) -> bool:
    done = say.DONE.has(before)
    bought_already = acts and before != near  # "mai giỗ nội, mua đồ cúng 500k"
    if _will(near) or (_will(before) and not bought_already):
        return True
    wanting = near if bought_already else before
    if (say.WANTS.has(wanting) or _wants(wanting)) and not done:
        return True
    comes = _coming(near, today) or (_coming(before, today) and not (bought_already and not say.SHOPS.has(before)))
    if comes and not done:
        return True
    end = say.MONTH_END.find(near)
    if end and say.AHEAD.at(near, end[1]) and not done and end[0] <= 1:
        return True
    if say.MUST.has(near) and any(_later_this_month(word, today) for word in near):
        return True
    if near and near[-1].text == "bị" and near[-2:][0].text == "chuẩn":
        return True  # "chuẩn bị 500k"
    if any(word.text in ("nhắc", "nhac") and not say.NEGATIONS.has(behind[:k]) for k, word in enumerate(behind)):
        return True
    if say.GIVES_BACK.at(behind, 1) and verbs.LOANS.has(before):
        return False  # "mượn chị Mai 1tr đầu tháng sau trả"
    first = behind[0] if behind else None
    return first is not None and first.date is not None and ahead(first, today) and not say.BOOKED.has(before)


def _will(words: Sequence[Word]) -> bool:
    for lexicon in (say.WILL, say.WILL_MARKED):
        for i, end in lexicon.all(words):
            if not any(
                say.NOT_PLANS.at(words, k) + k >= end for k in (i - 1, i) if k >= 0 and say.NOT_PLANS.at(words, k)
            ):
                return True
    return any(
        (i <= 1 and not any(word.text == "trước" for word in words[i + 1 :]))
        or say.MUST.has(words)
        or (i == 2 and not say.BOUGHT.has(words[:i]))
        for i, _ in say.NEXT_PERIODS.all(words)
    )


def _wants(words: Sequence[Word]) -> bool:
    """`muốn` typed with its marks; without them it may be mượn, to borrow."""
    found = say.WANT.find(words)
    if found is None or words[found[0]].loose:
        return False
    return not (found[1] < len(words) and words[found[1]].text in say.GRIEF)


def _coming(words: Sequence[Word], today: date) -> bool:
    """Whether a day ahead is named as the time of it all, and not only as that of a ticket or a feast."""
    for i, word in enumerate(words):
        if word.date is not None and ahead(word, today):
            return not (say.BOOKED.has(words[:i]) and say.BOUGHT.has(words[:i])) and not say.BOOKED.ending(words, i)
        if word.text == "tháng" and i + 2 < len(words) and words[i + 1].sort == "digits":
            number = int(words[i + 1].text) if len(words[i + 1].text) <= 2 else 0
            if number > today.month and words[i + 2].text in ("này", "tới", "sẽ", "phải"):
                return True
    return False


def _later_this_month(word: Word, today: date) -> bool:
    """`ngày 25` said on the 18th: with "phải đóng" it is the 25th to come."""
    day = word.date.readings.value if word.date else None
    return day is not None and not day.year_given and "/" not in word.typed and day.date.day > today.day


def _denied(words: Sequence[Word]) -> bool:
    for i, end in say.NEGATIONS.all(words):
        if say.NOT_NEGATIVE.at(words, i) or (i and say.NOT_NEGATIVE.at(words, i - 1)):
            continue
        if say.ACTIONS.at(words, end):
            return True
    for i, _end in say.NOT_YET.all(words):
        if not say.NOT_YET_COUNTED.at(words, i) and not (i and say.NOT_YET_COUNTED.at(words, i - 1)):
            return True
    return say.NOT_YET_BARE.has(words)


def _own_deed(words: Sequence[Word]) -> bool:
    found = say.BOUGHT.find(words)
    return (
        found is not None and words[found[0]].text not in ("bán", "cho", "làm") and not say.OFFERS.at(words, found[0])
    )


def _years_ago(words: Sequence[Word], today: date) -> bool:
    """`năm 2005 lương có 800k`."""
    return any(
        word.text in ("năm", "nam")
        and following.sort == "digits"
        and len(following.text) == 4
        and int(following.text) < today.year - 1
        for word, following in pairwise(words[:4])
    )


def _states(before: list[Word], near: list[Word], behind: list[Word], *, acts: bool) -> bool:
    """What is there or owed, and not what moved: "ví còn 200k", "o Lý nợ 5 triệu mà mãi chưa trả"."""
    if say.OWES.has(before) and say.UNPAID.has(behind):
        return True
    state = say.STATE.find(before)
    if state and state[1] >= len(before) - 1 and not acts:
        return True
    left = say.LEFT.ending(near, len(near))
    return bool(left) and len(near) - left <= 2 and not say.BOUGHT_CHEAPER.has(before) and not acts and before == near


def _ordered(before: list[Word]) -> bool:
    """`tìm khoản 45k`: a wish to the tool."""
    n = say.ORDERS.at(before, 0)
    return bool(n) and bool(say.ORDERED.at(before, n))


def _talks_of_prices(before: list[Word], near: list[Word], behind: list[Word], whole: Sequence[Word]) -> bool:
    if say.PROMOTED.ending(near, len(near)):
        return True
    if say.ELSEWHERE.has(before) and not say.BOUGHT.has([w for w in before if w.text not in ("bán", "cho", "bên")]):
        return True
    bought = say.BOUGHT.has([word for word in before if word.date is None])
    vague = any(word.date is not None and not word.date.readings for word in before)
    general = say.GENERAL.has(before) or say.GENERAL_MARKED.has(before) or vague
    dear = say.DEAR.has(whole) or say.DEAR_MARKED.has(whole)
    amount = next((word.amount for word in whole if word.amount), None)
    per = any(say.PER.at(behind, i) and say.MEASURES.at(behind, i + 1) for i in (0, 1))
    per = per or bool(behind and behind[0].text == "/") or bool(amount and amount.per)
    per = per or any(say.PER.at(before, i) and say.MEASURES.at(before, i + 1) for i in range(len(before) - 1))
    general = general or (per and say.NOW_OR_UP.has(before))  # "xang len 25k mot lit"
    if amount and amount.quantity:
        return False
    stressed = bool(say.EMPHATIC.at(behind, 0)) or bool(say.AS_MUCH_AS.ending(near, len(near)))
    if say.EMPHATIC.at(behind, 0) and say.AS_MUCH_AS.ending(near, len(near)):
        return True
    if general and (per or dear or stressed):
        return not bought or per
    if say.ELSEWHERE.has(before) and not say.BOUGHT.has([w for w in before if w.text not in ("bán", "cho")]):
        return True
    if (
        not bought
        and before
        and (stressed or say.NOWADAYS.ending(near, len(near)) or say.THAT_ONE.ending(near, len(near)))
    ):
        return True
    if stressed and _promotion(before):
        return True
    return per and dear and not bought


def _promotion(before: list[Word]) -> bool:
    """`mua 2 tặng 1`."""
    return any(
        word.text == "tặng" and 0 < i < len(before) - 1 and before[i - 1].sort == before[i + 1].sort == "digits"
        for i, word in enumerate(before)
    )
