"""The amounts of a sentence as what was paid: bills shared, prices lowered, change given back, sums checked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit.core.money import Money, parse_amount
from toolkit.core.readings import Reading, Readings, one, several
from toolkit.core.sentences.line import Lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.core.sentences.line import Word

FILLING = Lexicon(
    "thêm, nữa, hết, tốn, mất, còn, chỉ còn, trả, thanh toán, là, thành, thành ra, chỉ, phần, phần của, mình, "
    "tui, tôi, em, tớ, t, tao, nên, mà, được, tổng, tổng cộng, cộng, cộng lại, tất cả, giá, tính ra, ra, vậy, mỗi "
    "người, mỗi đứa, mỗi ng, mỗi thằng, mỗi bạn, một người, người, chịu, góp, đưa, đóng, tính, thì, vị chi, của, "
    "cả thảy, thực trả, final"
)
_OWN_SHARE = Lexicon(
    "phần mình, phần tui, phần tôi, phần em, phần của mình, phần của tui, phần tớ, phần tao, mỗi người, mỗi đứa, "
    "mỗi ng, mỗi thằng, mỗi bạn, mình trả, tui trả, em trả, mình chịu, tui chịu, mình góp, tui góp, mình đóng, tớ "
    "trả, tao trả, phần t, mỗi nhà, mỗi phòng"
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
    maybe_not: str = ""  # the code of the doubt whether it is money at all
    reckoned: bool = False  # divided among several, or what is left of a price
    taken: list[int] = field(default_factory=list)  # other amounts, that only explain this one


def settle(words: Sequence[Word]) -> tuple[list[Paid], list[tuple[int, Money]]]:
    """The paid amounts among the words in their order, and the stated sums with their places."""
    paid: list[Paid] = []
    sums: list[tuple[int, Money]] = []
    explained: list[int] = []
    for i, word in enumerate(words):
        if word.amount is None:
            continue
        if word.amount.role in ("before", "discount") and not _PAID_OFF.ending(words, i):
            explained.append(i)
            continue
        if word.amount.role == "check":
            if word.amount.money is not None:
                sums.append((i, word.amount.money))
            explained.append(i)
            continue
        if _measures(words, i):
            continue
        money = _money(words, i)
        if money.code != "core.reading_not_money":
            paid.append(Paid(i, money, _doubted(words, i)))
    _share(words, paid)
    paid = _with_change(words, paid)
    paid = _said_again(words, _without_reductions(words, paid, explained), explained)
    paid, sum_said = _summed_up(words, paid, explained)
    sums += sum_said
    for i in explained:
        following = next((p for p in paid if p.at > i), None)
        owner = following if words[i].amount and words[i].amount.role != "check" and following else None  # type: ignore[union-attr]
        owner = owner or (paid[-1] if paid else None)
        if owner is not None:
            owner.taken.append(i)
    return paid, sums


def _doubted(words: Sequence[Word], i: int) -> str:
    """The code of the doubt whether it is money at all (`2 lít` of xăng?); "" where a verb of paying says so."""
    amount = words[i].amount
    assert amount is not None
    if None not in amount.reading.values or amount.reading.code == "core.money_count":
        return ""
    return "" if _SPENT.ending(words, i) else amount.reading.code


def _measures(words: Sequence[Word], i: int) -> bool:
    """`rộng 50m2`, `cao 1m7`: metres, where the words before say so."""
    amount = words[i].amount
    if amount and _RAN.has(words[max(0, i - 3) : i]) and amount.text.lower().endswith("k"):
        return True  # "chạy bộ 5k"
    return bool(amount and _METRES.fullmatch(amount.text.lower()) and _LENGTHS.has(words[max(0, i - 4) : i]))


def _money(words: Sequence[Word], i: int) -> Readings[Money]:
    """What an amount can be worth here, where the words around it decide between readings."""
    amount = words[i].amount
    assert amount is not None
    options = amount.reading.options
    if amount.reading.code == "core.money_share":
        return _among_those_counted(words, i)
    if amount.reading.code == "core.money_each":
        # "4 người mỗi người 150k" is the member's own share; "199k/người 2 người", "lì xì 3 đứa mỗi đứa 50k" are all
        own = amount.text.lower().startswith(("mỗi", "moi")) and not _GIFTS.has(words[max(0, i - 8) : i])
        return Readings(options[-1:] if own else options[:1])  # type: ignore[arg-type]
    if amount.reading.code == "core.money_count" and len(options) == 2:
        options = tuple(option for option in options if option.value is not None)
    kept = tuple(option for option in options if option.value is not None)
    code = amount.reading.code if len(options) > 1 or not kept else ""
    return Readings(kept, code, amount.reading.params)  # type: ignore[arg-type]


def _among_those_counted(words: Sequence[Word], i: int) -> Readings[Money]:
    """`4 người 1tr2 chia đều`: shared among as many as the clause counts."""
    amount = words[i].amount
    assert amount is not None
    whole = parse_amount(amount.text.lower().partition("chia")[0], bare="thousands")
    kept = tuple(option for option in whole.options if option.value is not None)
    people = [
        int(words[k].text)
        for k in range(max(0, i - 8), i)
        if words[k].sort == "digits" and len(words[k].text) <= 2 and _EACH_OF.at(words, k + 1)
    ]
    if not people or not kept or people[-1] < 2:
        return Readings((), amount.reading.code, amount.reading.params)
    return Readings(_divided(kept, people[-1]), whole.code if len(kept) > 1 else "")  # type: ignore[arg-type]


def _share(words: Sequence[Word], paid: list[Paid]) -> None:
    """`800k với Thúy chia đôi`, `chia đôi 300k`: the member's part, wherever the clause says that it was shared."""
    for n, item in enumerate(paid):
        amount = words[item.at].amount
        if amount is None or amount.shared > 1 or not item.money:
            continue
        low = paid[n - 1].at + 1 if n else 0
        high = paid[n + 1].at if n + 1 < len(paid) else len(words)
        before = _parts(words, low, item.at)
        behind = _parts(words, item.at + 1, high) if before is None else None
        if before is not None and before[0] > 1:
            item.reckoned = True
            between = words[before[1] : item.at]
            own = _OWN_SHARE.has(words[low : item.at]) or _SPENT_MYSELF.has(between)
            halves = _divided(item.money.options[:1], before[0])
            unsure = any(word.text in ("hết", "het") for word in between)  # "chia đôi hết 150k": all of it, or each
            item.money = Readings(item.money.options[:1]) if own else _either(halves, item.money, unsure=unsure)
        elif behind is not None and behind[0] > 1 and not _OWN_SHARE.has(words[low : item.at]):
            item.reckoned = True
            apart = n > 0 and any(word.text in ",;." for word in words[item.at : behind[2]])  # of this, or of them all
            item.money = _either(_divided(item.money.options, behind[0]), item.money, unsure=apart)


def _either(parts: tuple[Reading[Money], ...], whole: Readings[Money], *, unsure: bool) -> Readings[Money]:
    if unsure:
        return several("core.money_share_side", [*parts, *whole.options[: len(parts)]])
    return Readings(parts, whole.code if len(parts) > 1 else "")


def _divided(options: Sequence[Reading[Money]], parts: int) -> tuple[Reading[Money], ...]:
    return tuple(
        Reading(Money((2 * option.value.amount + parts) // (2 * parts), option.value.currency), option.reason)
        for option in options
    )


def _parts(words: Sequence[Word], low: int, high: int) -> tuple[int, int, int] | None:
    """Among how many something is shared, said between these places; where that ends and begins."""
    for i, end in _SPLIT.all(words[:high]):
        if i < low or (words[i].loose and words[i].text == "cua" and end < high and words[end].text != "doi"):
            continue  # "muon cua ba Sau": của, and only "cua doi" is cưa đôi
        k = end + (_EVENLY.at(words, end) if end < high else 0)
        if k < high and words[k].text in ("đôi", "doi"):
            return 2, k + 1, i
        number = _FIGURES.get(words[k].text) if k < high else None
        if k < high and words[k].sort == "digits" and len(words[k].text) <= 2:
            number = int(words[k].text)
        if number is not None and 2 <= number <= 50:
            k += 1
            k += _EACH_OF.at(words, k) if k < high else 0
            return number, k, i
    return None


def _with_change(words: Sequence[Word], paid: list[Paid]) -> list[Paid]:
    """`đưa 100 thối lại 55`: what was paid is the difference."""
    done: list[Paid] = []
    for item in paid:
        before = done[-1] if done else None
        left = _kept(words, before, item) if before else None
        if before is None or left is None:
            done.append(item)
            continue
        earlier = done[-2] if len(done) > 1 else None
        if earlier is not None and earlier.money.value == left:
            done.pop()  # "phở 45k, đưa 100 thối 55": said before
            earlier.taken += [before.at, item.at]
        else:
            before.money = one(left)
            before.taken.append(item.at)
    return done


def _kept(words: Sequence[Word], given: Paid, back: Paid) -> Money | None:
    """What the seller keeps of a note that was given, where the next amount is the change."""
    note, change = given.money.value, back.money.value
    if note is None or change is None or note.currency != change.currency or note.amount <= change.amount:
        return None
    said = _CHANGE.ending(words, back.at) and _GIVEN.ending(words, given.at)
    return Money(note.amount - change.amount, note.currency) if said else None


def _said_again(words: Sequence[Word], paid: list[Paid], explained: list[int]) -> list[Paid]:
    """An amount that repeats what follows from the one before it: after a discount, a share, a product."""
    done: list[Paid] = []
    for item in paid:
        if len(done) > 1 and _taken_off(words, done[-2], done[-1], item):
            item.taken = [*done[-2].taken, done[-2].at, done[-1].at]
            done[-2:] = [item]
        elif done and _weak(words, done[-1].at + 1, item.at) and _follows(words, done[-1], item, explained):
            item.taken = [*done[-1].taken, done[-1].at]
            done[-1] = item
        else:
            done.append(item)
    return done


def _summed_up(
    words: Sequence[Word], paid: list[Paid], explained: list[int]
) -> tuple[list[Paid], list[tuple[int, Money]]]:
    """`rau 15k, thịt 80k, hết 95k`: a last amount without a thing of its own is what the others come to, or should."""
    if len(paid) < 3:
        return paid, []
    others, last = paid[:-1], paid[-1]
    stated, values = last.money.value, [item.money.value for item in others]
    thing_follows = any(word.sort == "word" for word in words[last.at + 1 : last.at + 2])
    if stated is None or thing_follows or not _weak(words, others[-1].at + 1, last.at):
        return paid, []
    off = sum(_discount(words[i]) for i in explained if i < last.at)
    together = sum(value.amount for value in values if value) - off
    called = _ALL.has(words[others[-1].at + 1 : last.at])
    if not called and (None in values or together != stated.amount):
        return paid, []
    return others, [(last.at, stated)]


def _follows(words: Sequence[Word], before: Paid, item: Paid, explained: list[int]) -> bool:
    """Whether an amount is what the one before it comes to: the same, less a discount, the member's own share."""
    first, second = before.money.value, item.money.value
    if second is None:
        return False
    if _CORRECTED.has(words[before.at + 1 : item.at]):
        return True  # "phở 45k, à không 50k"
    if second in before.money.values:
        behind = words[item.at + 1] if item.at + 1 < len(words) else None
        return behind is None or behind.sort != "word"  # not "ăn sáng 30k, 30k gửi xe"
    if first is None or second.amount >= first.amount:
        return False
    between = words[before.at + 1 : item.at]
    if _BARGAINED.ending(words, item.at):
        return False
    share = words[item.at].amount
    if share is not None and share.per in _HEADS:
        return True  # "900k 6 người mỗi người 150k"
    off = sum(_discount(words[i]) for i in explained if before.at < i < item.at)
    return first.amount - off == second.amount or _OWN_SHARE.has(between) or _LOWERS.has(between)


def _discount(word: Word) -> int:
    amount = word.amount
    return (amount.amount or 0) if amount is not None and amount.role == "discount" else 0


def _without_reductions(words: Sequence[Word], paid: list[Paid], explained: list[int]) -> list[Paid]:
    """`450k, chủ tiệm bớt cho 50k, trả 400k`, where 450k is known to be the price before: 50k was never paid."""
    kept = list(paid)
    for i in explained:
        whole = words[i].amount
        later = [item for item in kept if item.at > i][:2]
        values = [item.money.value for item in later]
        if whole is None or whole.role != "before" or len(values) < 2 or not whole.amount:
            continue
        if values[0] and values[1] and values[0].amount + values[1].amount == whole.amount:
            later[1].taken.append(later[0].at)
            kept.remove(later[0])
    return kept


def _taken_off(words: Sequence[Word], price: Paid, off: Paid, left: Paid) -> bool:
    """`450k, chủ bớt cho 50k, trả 400k`."""
    values = [item.money.value for item in (price, off, left)]
    sums = [value.amount for value in values if value is not None]
    return len(sums) == 3 and sums[0] - sums[1] == sums[2] and _LOWERS.has(words[price.at + 1 : off.at])


def _weak(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether the words between two amounts name no thing of their own."""
    i = start
    something = False
    while i < end:
        if words[i].sort in ("sign", "amount", "date"):
            i += 1
            continue
        if words[i].sort == "digits" and _EACH_OF.at(words, i + 1):
            i += 1 + _EACH_OF.at(words, i + 1)
            something = True
            continue
        n = (
            _CORRECTED.at(words, i)
            or FILLING.at(words, i)
            or _OWN_SHARE.at(words, i)
            or _DISCOUNTS.at(words, i)
            or _COMPANY.at(words, i)
        )
        if n == 0:
            return False
        if _COMPANY.at(words, i):
            n = min(3, end - i)  # "chia đôi với Dũng, mất 80k"
        something = True
        i += n
    return something


_CORRECTED = Lexicon(
    "à không, à nhầm, nhầm, à lộn, lộn, ý nhầm, ý lộn, ủa nhầm, ủa lộn, á nhầm, quên, à quên, nhầm rồi, ghi nhầm, nói "
    "nhầm, nói lộn, không phải, ý là, đúng ra là, phải là, chính xác là"
)
_SPLIT = Lexicon("chia, cưa, share, chia tiền, chia nhau, chia ra, chia cho, chia bill, chia làm, chia đều")
_EVENLY = Lexicon("đều, cho, ra, làm, đều cho, nhau")
_EACH_OF = Lexicon("người, đứa, ng, bạn, anh em, phần, phòng, nhà, thằng, chị em, mạng, suất")
_FIGURES = {
    "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10, "bon": 4, "sau": 6,
    "bay": 7, "tam": 8,
}  # fmt: skip
_RAN = Lexicon("chạy bộ, đi bộ, đạp xe")
_SPENT = Lexicon("hết, tốn, mất, giá, trả, hết tổng, tổng, đưa, tiền, hết cả")
_METRES = re.compile(r"[0-9]+(?:[.,][0-9]+)? ?m ?[0-9]{0,3}")
_LENGTHS = Lexicon("rộng, cao, dài, sâu, diện tích, mặt tiền, ngang, bơi, chạy, nhà, đất")
_SPENT_MYSELF = Lexicon("mất, trả, tốn, góp, đóng, đưa, chịu, mình, tui, tôi, em, tớ")
_DISCOUNTS = Lexicon(
    "voucher, giảm, giảm giá, mã, áp mã, có mã, mã giảm, sale, được giảm, bớt, khuyến mãi, km, trừ, freeship, mặc "
    "cả, trả giá, người ta, chủ tiệm, bớt cho, chủ quán, hạ xuống, niêm yết, kỳ kèo, chốt, o, chị, anh, cô, bà, "
    "ông, xuống"
)
_HEADS = frozenset({"người", "đứa", "bạn", "ng", "nguoi", "dua"})
_PAID_OFF = Lexicon("trả bớt, trả nợ bớt, bớt nợ, trả giảm")
_ALL = Lexicon("hết, tất cả, cả thảy, vị chi, tính ra, hết tất cả, cộng lại, hết tổng")
_GIFTS = Lexicon("lì xì, cho, mừng, biếu, tặng, thưởng, phát, trả công, trả, mừng tuổi, phát lương")
_BARGAINED = Lexicon("bớt cho, bớt, giảm cho, giảm được, bớt được, trừ, giảm, được giảm, được bớt")
_LOWERS = Lexicon(
    "giảm, giảm giá, áp mã, mã, voucher, sale, bớt, trừ, mặc cả, trả giá, hạ xuống, kỳ kèo, còn, chỉ còn, xuống "
    "còn, chốt còn, bớt cho"
)
_COMPANY = Lexicon("với, cùng")
