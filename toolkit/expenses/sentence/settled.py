"""The amounts of a sentence as what was paid: bills shared, prices lowered, change given back, sums checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit.core.money import Money
from toolkit.core.readings import Readings, one
from toolkit.expenses.sentence.line import Lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.expenses.sentence.line import Word

FILLING = Lexicon(
    "hết, tốn, mất, còn, chỉ còn, trả, thanh toán, là, thành, thành ra, chỉ, phần, phần của, mình, tui, tôi, em, tớ, t,"
    "tao, nên, mà, được, tổng, tổng cộng, cộng, cộng lại, tất cả, giá, tính ra, ra, vậy, mỗi người, mỗi đứa, mỗi ng,"
    "mỗi thằng, mỗi bạn, một người, người, chịu, góp, đưa, đóng, tính, thì, vị chi, của, cả thảy, thực trả, final"
)
_OWN_SHARE = Lexicon(
    "phần mình, phần tui, phần tôi, phần em, phần của mình, phần của tui, phần tớ, phần tao, mỗi người, mỗi đứa, mỗi ng,"
    "mỗi thằng, mỗi bạn, mình trả, tui trả, em trả, mình chịu, tui chịu, mình góp, tui góp, mình đóng, tớ trả,"
    "tao trả, phần t, mỗi nhà, mỗi phòng"
)
_GIVEN = Lexicon("đưa, đưa tờ, đưa người ta, trả tờ, đưa nó")
_CHANGE = Lexicon(
    "thối, thối lại, trả lại, thối tiền, trả tiền thừa, thối lại mình, thói, thối lại cho mình, trả lại mình"
)


@dataclass
class Paid:
    """One amount that counts: its place among the words, what it is, and the words that only belong to it."""

    at: int
    money: Readings[Money]
    quantity: bool = False
    taken: list[int] = field(default_factory=list)  # other amounts, that only explain this one


def settle(words: Sequence[Word]) -> tuple[list[Paid], list[tuple[int, Money]]]:
    """The paid amounts among the words in their order, and the stated sums with their places."""
    paid: list[Paid] = []
    sums: list[tuple[int, Money]] = []
    explained: list[int] = []
    for i, word in enumerate(words):
        if word.amount is None:
            continue
        if word.amount.role in ("before", "discount"):
            explained.append(i)
            continue
        if word.amount.role == "check":
            if word.amount.money is not None:
                sums.append((i, word.amount.money))
            explained.append(i)
            continue
        money = _money(words, i)
        if money.code != "core.reading_not_money":
            paid.append(Paid(i, money))
    paid = _with_change(words, paid)
    paid = _said_again(words, paid, explained)
    for i in explained:
        following = next((p for p in paid if p.at > i), None)
        owner = following if words[i].amount and words[i].amount.role != "check" and following else None  # type: ignore[union-attr]
        owner = owner or (paid[-1] if paid else None)
        if owner is not None:
            owner.taken.append(i)
    return paid, sums


def _money(words: Sequence[Word], i: int) -> Readings[Money]:
    """What an amount can be worth here, where the words around it decide between readings."""
    amount = words[i].amount
    assert amount is not None
    options = amount.reading.options
    if amount.reading.code == "core.money_each":
        # "4 người mỗi người 150k": the member's own share is what is to be recorded
        return Readings(options[-1:])  # type: ignore[arg-type]
    if amount.reading.code == "core.money_count" and len(options) == 2:
        options = tuple(option for option in options if option.value is not None)
    kept = tuple(option for option in options if option.value is not None)
    code = amount.reading.code if len(options) > 1 or not kept else ""
    return Readings(kept, code, amount.reading.params)  # type: ignore[arg-type]


def _between(words: Sequence[Word], start: int, end: int) -> list[Word]:
    return [word for word in words[start:end] if word.sort in ("word", "digits")]


def _with_change(words: Sequence[Word], paid: list[Paid]) -> list[Paid]:
    """`đưa 100 thối lại 55`: what was paid is the difference."""
    done: list[Paid] = []
    for item in paid:
        before = done[-1] if done else None
        given, back = (before.money.value if before else None), item.money.value
        if before and given and back and _CHANGE.ending(words, item.at) and _GIVEN.ending(words, before.at):
            if given.currency == back.currency and given.amount > back.amount:
                left = Money(given.amount - back.amount, given.currency)
                earlier = done[-2] if len(done) > 1 else None
                if earlier is not None and earlier.money.value == left:
                    done.pop()
                    earlier.taken += [before.at, item.at]
                    continue
                before.money = one(left)
                before.taken.append(item.at)
                continue
        done.append(item)
    return done


def _said_again(words: Sequence[Word], paid: list[Paid], explained: list[int]) -> list[Paid]:
    """An amount that repeats what follows from the one before it: after a discount, a share, a product."""
    done: list[Paid] = []
    for item in paid:
        before = done[-1] if done else None
        if before is None or not _weak(words, before.at + 1, item.at):
            done.append(item)
            continue
        own = _OWN_SHARE.find(words[before.at + 1 : item.at]) is not None
        first, second = before.money.value, item.money.value
        off = sum(
            words[i].amount.amount or 0  # type: ignore[union-attr]
            for i in explained
            if before.at < i < item.at and words[i].amount.role == "discount"  # type: ignore[union-attr]
        )
        same = second is not None and any(second == option for option in before.money.values)
        lowered = first is not None and second is not None and off and first.amount - off == second.amount
        lowered = lowered or (bool(off) and second is not None and second in before.money.values)
        smaller = own and first is not None and second is not None and second.amount < first.amount
        if same or lowered or smaller:
            item.taken = [*before.taken, before.at]
            done[-1] = item
        else:
            done.append(item)
    return done


def _weak(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether the words between two amounts name no thing of their own."""
    i = start
    something = False
    while i < end:
        if words[i].sort in ("sign", "amount", "date"):
            i += 1
            continue
        n = FILLING.at(words, i) or _OWN_SHARE.at(words, i) or _DISCOUNTS.at(words, i) or _COMPANY.at(words, i)
        if n == 0:
            return False
        if _COMPANY.at(words, i):
            n = min(3, end - i)  # "chia đôi với Dũng, mất 80k"
        something = True
        i += n
    return something


_DISCOUNTS = Lexicon(
    "voucher, giảm, giảm giá, mã, áp mã, có mã, mã giảm, sale, được giảm, bớt, khuyến mãi, km, trừ, freeship"
)
_COMPANY = Lexicon("với, cùng")
