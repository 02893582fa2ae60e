"""All amounts of a sentence, each with what it belongs to: quantity, unit price, share, discount, the stated sum."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from toolkit.core.money import lexicon as lx
from toolkit.core.money.model import AmountSpan, Habits, Money, Role
from toolkit.core.money.numerals import read_number
from toolkit.core.money.phrase import Phrase, names, read_phrase
from toolkit.core.readings import Reading, Readings, none, several

if TYPE_CHECKING:
    from toolkit.core.money.tokens import Sentence

_STOPS = frozenset(";+\n!?") | lx.APART
_REACH = 10  # tokens between a price and the quantity that it belongs to
_PRICED = frozenset({"giá", "gia", "là", "la", "hết", "het", ":", "tầm", "khoảng", "góp", "đóng", "trả", "nộp", "chịu"})
_SUM_FILLERS = frozenset(
    {
        "cộng",
        "cong",
        "là",
        "la",
        "hết",
        "het",
        "tiền",
        "tien",
        "bill",
        ":",
        "=",
        "tất",
        "tat",
        "cả",
        "ca",
        "lại",
        "lai",
        "chi",
    },
)
_PIECES = frozenset({"cái", "cai", "chiếc", "chiec", "c"})  # what any thing is counted by
_SHEETS = frozenset({"tờ", "to"})
_BANKNOTES = frozenset(Money(n * 1000) for n in (1, 2, 5, 10, 20, 50, 100, 200, 500))
_DOUBTS_OF_QUANTITY = frozenset({"core.money_slang", "core.money_count"})


@dataclass
class _Item:
    """An amount while its surroundings are read; positions are tokens."""

    start: int
    end: int
    phrase: Phrase
    readings: Readings[Money | None]
    role: Role = "paid"
    quantity: Fraction | None = None
    unit_price: Money | None = None
    per: str = ""
    shared: int = 1
    multiplied: bool = False
    full: Readings[Money | None] = field(default_factory=Readings)  # before a discount was weighed

    @property
    def certain(self) -> bool:
        return self.readings.certain

    def __post_init__(self) -> None:
        self.full = self.readings

    def times(self, count: Fraction) -> None:
        """The total for `count` pieces of what was a unit price."""
        self.unit_price, self.quantity, self.multiplied = self.readings.value, count, True
        self.readings = _changed(self.readings, count)


def _changed(readings: Readings[Money | None], factor: Fraction) -> Readings[Money | None]:
    """The readings times `factor`, rounded half up to a whole đồng (or minor unit), as a till does it."""
    return readings.map(lambda money: money and Money(int(money.amount * factor + Fraction(1, 2)), money.currency))


def read_sentence(s: Sentence, habits: Habits) -> list[_Item]:
    """The amounts of a tokenized sentence in their order; their token spans never overlap."""
    phrases: list[Phrase] = []
    i = 0
    while i < s.last:
        phrase = read_phrase(s, i, habits)
        if phrase is not None:
            phrases.append(phrase)
        i = phrase.end if phrase else i + 1
    items = [_Item(p.start, p.end, p, p.readings) for p in _without_quantities(s, _joined_ranges(s, phrases))]
    items = _with_surroundings(s, items)
    _discounts(s, items)
    _sums(s, items)
    return items


def spans(text: str, s: Sentence, items: list[_Item]) -> list[AmountSpan]:
    """The items as spans of the text that they were read from."""
    found = []
    for item in items:
        start, end = s[item.start].start, s[item.end - 1].end
        found.append(
            AmountSpan(
                start,
                end,
                text[start:end],
                item.readings,
                item.role,
                item.quantity,
                item.unit_price,
                item.per,
                item.shared,
            )
        )
    return found


def _joined_ranges(s: Sentence, phrases: list[Phrase]) -> list[Phrase]:
    """`30k - 40k`, `200k đến 300k`: two amounts with nothing but a dash between them are one that has two readings."""
    joined: list[Phrase] = []
    for phrase in phrases:
        before = joined[-1] if joined else None
        if before and phrase.start == before.end + 1 and _is_range(s, before.end) and phrase.written != "bare":
            options = [*before.readings.options, *phrase.readings.options]
            readings = several("core.money_range", options) if options else phrase.readings
            joined[-1] = replace(before, end=phrase.end, readings=readings)
        else:
            joined.append(phrase)
    return joined


def _is_range(s: Sentence, i: int) -> bool:
    if s[i].text == "toi" and any(s[k].text in ("sang", "trua", "chieu") for k in range(max(0, i - 12), i)):
        return False  # "trua 35k toi 50k"
    return s.is_in(i, lx.RANGE) or (s[i].text == "/" and s[i].glued and s[i + 1].glued)


def _without_quantities(s: Sentence, phrases: list[Phrase]) -> list[Phrase]:
    """Drop what is a quantity because its clause has a clear amount: `2 lít xăng 50k`, `3 chục trứng 90k`."""
    certain = [p for p in phrases if p.readings.certain]
    sure = {s.clause[p.start] for p in certain if p.written in ("unit", "grouped")}
    bare = {s.clause[p.start] for p in certain if p.written == "bare"} - sure
    kept = []
    for phrase in phrases:
        clause = s.clause[phrase.start]
        quantity = phrase.doubtful and phrase.readings.code in _DOUBTS_OF_QUANTITY
        if phrase.written == "loose":
            keep = clause in bare
        elif phrase.written == "spoken":
            keep = any(other.written in ("unit", "implied", "grouped") for other in certain if other is not phrase)
        elif phrase.written == "bare":
            keep = clause not in sure or _is_price(s, phrase)
        else:
            keep = not quantity or clause not in sure | bare
        if keep:
            kept.append(phrase)
    return kept


def _is_price(s: Sentence, phrase: Phrase) -> bool:
    """Whether a number without a unit is the price of something called so: "tiền nhà 2tr5 tiền ăn 800"."""
    if s.is_in(phrase.start - 1, lx.BILLS):
        return True  # "phòng 2tr3 điện nước 350"
    return any(s[k].text in ("tiền", "tien") for k in range(max(0, phrase.start - 3), phrase.start))


def _with_surroundings(s: Sentence, items: list[_Item]) -> list[_Item]:
    """Quantities, unit prices and shares; an amount that only repeats a result (`= 60k`) is taken into it."""
    done: list[_Item] = []
    for n, item in enumerate(items):
        floor = done[-1].end if done else 0
        if item.start < floor:
            continue  # the figure of "x 10" or "chia 10"
        _unit_price(s, item, floor)
        _count_before(s, item, floor)
        _count_behind(s, item)
        if item.per and not item.multiplied:
            _count_nearby(s, item, floor)
        if not item.multiplied:
            _notes(s, item)
        following = items[n + 1] if n + 1 < len(items) else None
        _result(s, item, following)
        _share(s, item, following)
        done.append(item)
    return done


def _unit_price(s: Sentence, item: _Item, floor: int) -> None:
    """`20k/ly`, `20k một ly`, `mỗi cái 150k`: what one piece costs."""
    j = item.end
    if s[j].text == "/":
        k = j + 2 if s[j + 1].text == "1" and s[j + 2].kind == "word" else j + 1
    elif s[j].text in lx.EACH or s[j].text in ("một", "mot", "1"):
        k = j + 1
    else:
        k = -1
    if k >= 0 and s.is_in(k, lx.CLASSIFIERS) and (s[k + 1].kind != "digits" or not s[k + 1].glued):
        item.per, item.end = s[k].text, k + 1
        item.unit_price = item.readings.value
        return
    b = item.start - 1
    b -= s[b].text in _PRICED
    each = s.is_in(b - 1, lx.EACH) or (
        s[b - 1].text in ("một", "mot", "1")
        and _count_in(s, s[b].text, range(max(floor, b - _REACH), b - 1), anything=False) is not None
    )
    if s.is_in(b, lx.CLASSIFIERS) and each and b - 1 >= floor:
        item.per, item.start = s[b].text, b - 1
        item.unit_price = item.readings.value


def _count_before(s: Sentence, item: _Item, floor: int) -> None:
    """`3 x 20k`, `3 cái x 20k`, `3 ly trà sữa x 20k`."""
    sign = item.start - 1
    if sign < floor or not s.is_in(sign, lx.TIMES):
        return
    for k in range(sign - 1, max(floor, sign - 6) - 1, -1):
        if s[k].text in _STOPS or s[k].text == ",":
            return
        count = _count_ending(s, k, floor)
        if count is not None:
            start, value = count
            between = range(k + 1, sign)
            item.start = start if all(s.is_in(b, lx.CLASSIFIERS) for b in between) else sign
            item.times(value)
            return


def _count_behind(s: Sentence, item: _Item) -> None:
    """`20k x 3`, `20k/ly x 3 ly`."""
    if item.multiplied or not s.is_in(item.end, lx.TIMES):
        return
    count = _count_at(s, item.end + 1)
    if count is None:
        return
    end, value = count
    item.end = end + s.is_in(end, lx.CLASSIFIERS)
    item.times(value)


def _count_at(s: Sentence, i: int) -> tuple[int, Fraction] | None:
    """The quantity that begins at token i, and where it ends."""
    number = read_number(s, i)
    if number is None or number.form in ("zero_led", "spaced", "hundreds", "dozens") or len(number.values) != 1:
        return None
    pieces = s.is_in(number.end, lx.COUNTED) and s.is_in(number.end + 1, lx.TIMES)  # 12 chai x 25k
    unit = (s[number.end].text in lx.SCALES and not pieces) or s[number.end].text in lx.DONG
    return None if unit or not 0 < number.value <= 10**6 else (number.end, number.value)


def _count_ending(s: Sentence, k: int, floor: int) -> tuple[int, Fraction] | None:
    """The quantity whose last token is k, and where it begins."""
    for start in (k - 2, k - 1, k):
        if start < floor:
            continue
        count = _count_at(s, start)
        if (
            count is not None
            and count[0] == k + 1
            and not s[start].glued
            and (k > start or start == floor or not names(s, start - 1))
        ):
            return start, count[1]
    return None


def _count_nearby(s: Sentence, item: _Item, floor: int) -> None:
    """The pieces that a unit price is for, where they are counted: `3 ly trà sữa 20k/ly`, `2 áo mỗi cái 150k`."""
    before = range(max(floor, item.start - _REACH), item.start)
    anything = (s.is_in(item.start, lx.EACH) or item.per in _PIECES) and item.per not in lx.PERIODS
    sure = item.per not in lx.PERIODS and item.per not in lx.PEOPLE
    count = _count_in(s, item.per, before, anything=anything)
    if count is None:
        behind = item.end + (s[item.end].text == ",")
        count = _count_in(s, item.per, range(behind, behind + 3), anything=False)
        item.end = behind + 2 if count is not None else item.end
    if count is None and sure:
        count, sure = _count_in(s, item.per, before, anything=True), False  # "3 trà sữa 20k/ly"
    if count is None or count == 1:
        return
    alone = item.readings
    item.times(count)
    if not sure:
        # "4 người mỗi người 150k": the whole bill, or one's own part; "3 tháng, 2tr/tháng": all of it, or this month's.
        item.readings = several("core.money_each", [*item.readings.options, *alone.options])


def _count_in(s: Sentence, per: str, tokens: range, *, anything: bool) -> Fraction | None:
    """The last quantity among these tokens that counts what the price is for, a weight in the price's own weight.

    With `anything` a number before any word that isn't a time will do.
    """
    weight = lx.WEIGHTS.get(per)
    count: Fraction | None = None
    for k in tokens:
        if s[k].text in _STOPS:
            count = None
            continue
        unit = lx.WEIGHTS.get(s[k].text)
        same = s[k].text == per or (weight is not None and unit is not None)
        if not same and not (anything and s[k].kind == "word" and s[k].text not in lx.PERIODS):
            continue
        found = _count_ending(s, k - 1, tokens.start)
        half = Fraction(1, 2) if s.is_in(k + 1, lx.HALF_AFTER) else Fraction(0)
        if s.is_in(k - 1, lx.HALF_BEFORE):
            value = Fraction(1, 2)
        elif found is not None and (same or s[k - 1].kind != "word"):
            value = found[1] + half
        elif half and same:
            value = 1 + half
        else:
            continue
        count = value * Fraction(unit, weight) if unit and weight else value
    return count


def _notes(s: Sentence, item: _Item) -> None:
    """`2 tờ 500k`: two banknotes, or something on two sheets that cost as much as one."""
    count = _count_ending(s, item.start - 2, 0) if s.is_in(item.start - 1, _SHEETS) and item.start >= 2 else None
    tickets = count is not None and s[count[0] - 1].text in ("số", "so", "vé", "ve")  # "vé số 2 tờ 20k"
    if count is not None and not tickets and count[1] > 1 and item.readings.value in _BANKNOTES:
        options = [*_changed(item.readings, count[1]).options, *item.readings.options]
        item.readings = several("core.money_notes", options)


def _result(s: Sentence, item: _Item, following: _Item | None) -> None:
    """`3 x 20k = 60k`: the result is the same amount said again, or a contradiction to ask about."""
    if not item.multiplied or following is None or s[item.end].text != "=" or following.start != item.end + 1:
        return
    if following.certain and item.certain and following.readings.value == item.readings.value:
        item.end = following.end
        return
    item.end = following.end
    item.readings = several("core.money_product", [*item.readings.options, *following.readings.options])


def _share(s: Sentence, item: _Item, following: _Item | None) -> None:
    """`150k chia đôi`, `600k chia 4 mỗi người 150k`, `300k/2 người`."""
    parts = _parts(s, item.end) or (_parts(s, item.end + 1) if s[item.end].text == "," else None)
    if parts is not None:
        end, n = parts
        item.end, item.shared = end, n
        item.readings = _changed(item.readings, Fraction(1, n)) if n > 1 else none("core.money_share")
        _absorb_share(s, item, following)
        return
    slash = s[item.end].text == "/" and s[item.end].glued and _count_at(s, item.end + 1)
    if slash and 2 <= slash[1] <= 20 and s[slash[0]].kind in ("end", "sign") and s[slash[0]].text != "/":
        halves = _changed(item.readings, 1 / slash[1])
        item.end, item.readings = slash[0], several("core.money_share_side", [*halves.options, *item.readings.options])
        return
    before = _parts_before(s, item.start)
    if before > 1 and item.role == "paid" and item.certain:
        item.readings = several(
            "core.money_share_side", [*item.readings.options, *_changed(item.readings, Fraction(1, before)).options]
        )


def _parts(s: Sentence, j: int) -> tuple[int, int] | None:
    """Among how many the amount before token j is shared, and where that is said; 1 if nobody says how many."""
    if s[j].text in ("campuchia", "camphuchia"):
        return j + 1, 1
    if s[j].text == "/" and s[j + 1].kind == "digits" and s.is_in(j + 2, lx.PEOPLE):
        count = _count_at(s, j + 1)
        return (j + 3, int(count[1])) if count and count[0] == j + 2 and 2 <= count[1] <= 100 else None
    if not s.is_in(j, lx.SPLIT) and not (s[j].text == lx.SAWN and s.is_in(j + 1, lx.TWO)):
        return None  # "muon cua ba Sau": của, and only "cua doi" is cưa đôi
    k = j + 1
    while s.is_in(k, lx.EVENLY):
        k += 1
    if s.is_in(k, lx.TWO):
        return k + 1, 2
    count = _count_at(s, k)
    if count is None or count[1].denominator != 1 or not 2 <= count[1] <= 100:
        return (k, 1) if k > j + 1 else None
    return count[0] + s.is_in(count[0], lx.PEOPLE), int(count[1])


def _parts_before(s: Sentence, start: int) -> int:
    """`chia đôi 150k`, `chia 3 tiền nhậu 600k`: the number of parts said shortly before the amount, else 1."""
    for k in range(max(0, start - 5), start - 1):
        if (s.is_in(k, lx.SPLIT) or s[k].text == lx.SAWN) and s[k - 1].kind != "digits":
            parts = _parts(s, k)
            return parts[1] if parts and not any(s[m].text in ",;+\n" for m in range(k, start)) else 1
    return 1


def _absorb_share(s: Sentence, item: _Item, after: _Item | None) -> None:
    """The share said again as `mỗi người 150k` belongs to the same amount."""
    k = item.end + (s[item.end].text == ",")
    if after is not None and s.is_in(k, lx.EACH) and s.is_in(k + 1, lx.PEOPLE) and after.start == k + 2:
        options = [*item.readings.options, *after.readings.options]
        item.readings = several("core.money_share_side", options)
        item.end = after.end


def _discounts(s: Sentence, items: list[_Item]) -> None:
    """`giảm còn 160k` replaces the price before it; `giảm 20k` and `giảm 10%` make it unsure what was paid."""
    for n, item in enumerate(items):
        b = item.start - 1
        added = s[b].text in ("thêm", "được", "giá", "tới") and s.is_in(b - 1, lx.DISCOUNT)
        price = _price_before(s, items, n)
        if _is_lowered_to(s, b):
            if price is not None:
                price.role, price.readings = "before", price.full
        elif s.is_in(b, lx.DISCOUNT) or added:
            item.role = "discount"
            if price is not None and not _lowered_later(s, items, n):
                _less(price, item.readings.value)
        if item.role == "paid":
            _percent_off(s, items, n)


def _price_before(s: Sentence, items: list[_Item], n: int) -> _Item | None:
    """The price that item n may lower: the nearest before it in the same item of the sentence, discounts apart."""
    for m in range(n - 1, max(n - 4, -1), -1):
        if _parted(s, items[m].end, items[m + 1].start):
            return None
        if items[m].role == "paid":
            return items[m]
        if items[m].role != "discount":
            return None
    return None


def _parted(s: Sentence, start: int, end: int) -> bool:
    """Whether these tokens end an item of the sentence; the `còn` of "giảm còn" doesn't."""
    return any(s[k].text in ",;+\n" or (s[k].text in lx.APART and s[k].text not in lx.LEFT) for k in range(start, end))


def _is_lowered_to(s: Sentence, b: int) -> bool:
    """Whether the tokens up to b turn a price into what follows: giảm còn, hạ xuống, giảm 20% còn, làm tròn."""
    if s.is_in(b, lx.LEFT):
        return any(s.is_in(k, lx.CHEAPER) or s[k].text == "%" for k in range(b - 4, b))
    rounded = s[b].text in ("tròn", "tron") and s[b - 1].text in ("làm", "lam")
    return rounded or (s[b].text in ("xuống", "xuong") and s.is_in(b - 1, lx.CHEAPER))


def _lowered_later(s: Sentence, items: list[_Item], n: int) -> bool:
    following = items[n + 1] if n + 1 < len(items) else None
    return following is not None and _is_lowered_to(s, following.start - 1)


def _less(item: _Item, off: Money | None) -> None:
    """The price with and without the discount: the sentence doesn't say which was paid."""
    less = [
        Reading[Money | None](Money(money.amount - off.amount, off.currency), "core.reading_less_discount")
        for money in item.readings.values
        if money and off and off.currency == money.currency and off.amount < money.amount
    ]
    item.full = item.readings
    if less:
        item.readings = several("core.money_discount", [*item.readings.options, *less])


def _percent_off(s: Sentence, items: list[_Item], n: int) -> None:
    item, j = items[n], items[n].end
    if not s.is_in(j, lx.CHEAPER):
        return
    j += s[j + 1].text in ("giá", "gia", "off", "thêm", "được")
    if s[j + 1].kind != "digits" or s[j + 2].text != "%" or len(s[j + 1].text) > 2 or _lowered_later(s, items, n):
        return
    less = Fraction(100 - int(s[j + 1].text), 100)
    item.full = item.readings
    options: list[Reading[Money | None]] = [*item.readings.options, *_changed(item.readings, less).options]
    item.readings = several("core.money_discount", options)


def _sums(s: Sentence, items: list[_Item]) -> None:
    """`tổng 282k` checks the others where there are others; alone it is the amount itself."""
    sums = [item for item in items if item.role == "paid" and _is_sum(s, item.start - 1)]
    if len(sums) < sum(item.role == "paid" for item in items):
        for item in sums:
            item.role = "check"


def _is_sum(s: Sentence, b: int) -> bool:
    """Whether the tokens up to b announce a sum: tổng, tổng cộng hết, cộng lại, =."""
    for k in range(b, max(b - 4, -1), -1):
        if s[k].text == "=" or s[k].text in lx.SUM - {"cộng", "cong"} or (s[k].text in ("cộng", "cong") and k < b):
            return True
        if s[k].text not in _SUM_FILLERS:
            return False
    return False


def whole_amount(s: Sentence, habits: Habits) -> Readings[Money | None]:
    """The one amount that a cell holds; a word such as `khoảng` may stand before it."""
    start = 1 if s.last > 1 and (s.is_in(0, lx.ABOUT) or s[0].text == "~") else 0
    end = s.last - (s[s.last - 1].text in (".", ",", ";"))
    items = read_sentence(s, habits)
    if len(items) == 1 and items[0].start <= start and items[0].end >= end:
        return items[0].readings
    if len(items) == 1 and not items[0].readings:
        return items[0].readings
    return none("core.money_unreadable")
