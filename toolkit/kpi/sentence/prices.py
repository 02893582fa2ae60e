"""What an amount of a clause is: the value of the goods, a fee, a discount, what is still owed, somebody's earnings."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from toolkit.core.money import Money
from toolkit.core.readings import Reading, Readings, none, one, several
from toolkit.core.sentences.line import Lexicon
from toolkit.kpi.sentence.goods import MEASURES, is_label
from toolkit.kpi.sentence.numbers import number_at, number_ending

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.core.money import AmountSpan
    from toolkit.core.sentences.line import Word

PriceRole = Literal["goods", "fee", "discount", "left", "earned", "list", "sum", "deposit"]

MISSING = "kpi.amount_missing"
_FEES = Lexicon(
    "ship, phí ship, tiền ship, cước, phí vận chuyển, vận chuyển, vat, thuế, tiền tip, tiền bo, phí giao hàng, "
    "tiền cước, cước ship, phí lắp đặt, công lắp, lắp đặt, lắp ráp, tiền công, công lắp đặt, tiền công lắp, phí "
    "sàn, phí cod, thuế vat, giao hàng, phí giao, cộng ship, thêm ship, tiền giao, ship thêm, chưa ship, cộng vat"
)
_EARNED = Lexicon(
    "hoa hồng, lời, lãi, thưởng, hoa hồng được, lời được, được hoa hồng, tiền hoa hồng, tiền thưởng, chi hoa hồng, "
    "lợi nhuận, lãi được, lời khoảng, tiền lời, tiền lãi, vốn, giá vốn, vốn nhập, giá nhập, nhập vào, gốc, hoa hồng "
    "mình, mình được, em được"
)
_LEFT = Lexicon(
    "còn lại, còn nợ, nợ, thiếu, còn thiếu, còn phải trả, nợ lại, còn phải thu, còn thu, thiếu lại, cho nợ, công "
    "nợ, hẹn trả, chưa trả, chưa thanh toán, trả sau, mai trả, còn phải đóng, còn, phần còn lại, số còn lại, còn "
    "lại là"
)
_DISCOUNTS = Lexicon(
    "giảm, bớt, chiết khấu, voucher, trừ, bớt cho, giảm cho, khuyến mãi, giảm giá, bớt được, mã giảm, tặng "
    "voucher, trừ đi, fix, bớt cho khách, giảm cho khách, giảm cho chị, giảm cho anh, bớt cho chị, bớt cho anh, "
    "được giảm, giảm thêm, bớt thêm"
)
_LISTED = Lexicon(
    "giá gốc, giá niêm yết, giá cũ, giá ban đầu, giá hãng, niêm yết, giá thị trường, giá lúc đầu, trả giá"
)
_SUMS = Lexicon(
    "tổng, tổng cộng, tổng tiền, tất cả, tổng bill, thành tiền, tổng là, tổng đơn, cộng lại, vị chi, total, hết, "
    "tổng hết, cả thảy, tổng giá trị, tổng cộng là, tổng hóa đơn, tất cả là, tổng thu"
)  # fmt: skip
_SETTLED = Lexicon("trừ cọc, cấn cọc, trừ tiền cọc, cấn trừ cọc, trừ đặt cọc, trừ tiền đặt cọc")
_FILL = frozenset({"là", "la", "khoảng", "tầm", "cỡ", "được", "duoc", ":", "mất", "tiền", "hết", "thêm"})
_ALREADY = Lexicon(
    "đã giảm, sau giảm, đã trừ, đã bớt, sau khi giảm, đã chiết khấu, giảm rồi, đã áp, sau chiết khấu, được giảm giá còn"
)
_INCLUDES = Lexicon("đã, bao, gồm, có, tính cả, cả, kèm, free, miễn, đã gồm, bao gồm")
_AS_DISCOUNTS = frozenset({"core.money_discount"})
_DEALS = frozenset(
    {"ban", "hv", "khách", "khach", "người", "nguoi", "đơn", "don", "bạn", "anh", "chị", "chi", "em", "deal"}
)
_BY_THE_HOUR = frozenset({"buổi", "buoi", "giờ", "gio", "ngày", "ngay", "đêm", "dem"})
_TIMES = frozenset(
    {"năm", "tháng", "ngày", "tuần", "quý", "nam", "thang", "ngay", "tuan", "quy", "buổi", "buoi", "giờ", "gio"}
)


def begins_with_a_fee(words: Sequence[Word]) -> bool:
    """`ship nội thành 25k, ngoại thành 35k`: the price of bringing, not of goods."""
    return bool(_FEES.at(words, 0))


def role_of(words: Sequence[Word], i: int) -> PriceRole:
    """What the amount at word i is, by what stands before it in its clause."""
    amount = words[i].amount
    if amount is None:
        raise ValueError("not an amount")
    if amount.role == "discount" and not (i > 1 and words[i - 2].text in _PAYS_OFF):
        return "discount"  # but "trả bớt 2tr"
    if amount.role == "before":
        return "list"
    if amount.role == "check":
        return "sum"
    tuition = i > 1 and words[i - 2].text in ("học", "hoc")
    if i and words[i - 1].text in ("phí", "phi") and not tuition and any(word.amount is not None for word in words[:i]):
        return "fee"
    end = i
    while end > 0 and words[end - 1].text in _FILL and words[end - 1].sort in ("word", "sign"):
        end -= 1
    lowered = any(word.amount is not None and word.amount.role == "before" for word in words[:i])
    for role, lexicon in _ROLES:
        if role == "left" and (lowered or _pays_debt(words, end)):
            continue
        for stop in (i, end):
            n = lexicon.ending(words, stop)
            if n and not _sounds_like(role, words, stop - n, stop):
                return role
    return "goods"


def _sounds_like(role: PriceRole, words: Sequence[Word], start: int, stop: int) -> bool:
    """Whether words that are as long as those of a role mean something else here."""
    if words[stop - 1].capital:
        return True  # "thu tien chu Loi 1tr2"
    if role == "list":
        return words[start].text == "tra" and words[start].unmarked and bool(MEASURES.ending(words, start))
    if role == "left":
        before = words[start - 1].text if start else ""
        return words[start].text == "con" and before in ("cho", "heo", "ga", "vit")  # "hoc phi cho con 1tr6"
    if role == "fee":
        spades = words[start].text == "cuoc" and start > 0 and bool(MEASURES.ending(words, start))  # "3 cai cuoc"
        return spades or bool(_INCLUDES.ending(words, start))
    if role == "earned":
        return _given_back(words, start + 1) or (stop - start == _ROSES and _are_roses(words, start))
    if role != "discount" or stop - start > 1:
        return False
    powder = words[start].unmarked and words[start].text == "bot"  # "ca phe bot 900k"
    paid_off = start > 0 and words[start - 1].text in _PAYS_OFF  # "trả bớt 2tr"
    return paid_off or (powder and not any(word.sort == "amount" for word in words[:start]))


_ROSES = 2  # words of "hoa hồng", which is a commission, too


def _are_roses(words: Sequence[Word], i: int) -> bool:
    """`bó hoa hồng 350k`."""
    led = i > 0 and (bool(MEASURES.ending(words, i)) or words[i - 1].sort == "digits" or words[i - 1].text in _TRADED)
    return led and words[i].text == "hoa"


_TRADED = frozenset({"mua", "bán", "ban", "giao", "lấy", "lay", "đặt", "dat"})


def lowered_to(words: Sequence[Word], i: int) -> bool:
    """`giá 4.290.000 …, bớt 90k còn 4.200.000`: the price that a discount left."""
    if i < 2 or words[i - 1].text not in ("còn", "con", "là", "la"):
        return False
    if words[i - 1].text in ("còn", "con") and _LOWERS.has(words[max(0, i - 7) : i - 1]):
        return any(word.sort == "amount" for word in words[: i - 1])
    before = [k for k in range(max(0, i - 4), i - 1) if words[k].sort == "amount"]
    return bool(before) and role_of(words, before[-1]) == "discount"


_LOWERS = Lexicon("bớt cho, bớt, giảm cho, giảm, trừ cho, fix cho")


def percent_off(words: Sequence[Word], start: int) -> Fraction:
    """The share that is taken off behind word `start`: `chiết khấu 5%`; 0 where nothing is."""
    for i in range(start + 1, len(words)):
        number = number_at(words, i)
        if number is None or number[0] >= len(words) or words[number[0]].text != "%" or not 0 < number[1] < 100:
            continue
        n = _DISCOUNTS.ending(words, i)
        if n and not _ALREADY.ending(words, i) and words[i - n - 1].text not in ("đã", "da", "sau"):
            return number[1] / 100
    return Fraction(0)


def _given_back(words: Sequence[Word], end: int) -> bool:
    """ "tra lai 350k" without marks is "trả lại", no "lãi"."""
    if end > 1 and words[end - 1].text == "tien" and words[end : end + 1]:
        return words[end].text == "lai" and words[end - 2].text in _GIVES_BACK
    return end > 1 and words[end - 1].text == "lai" and words[end - 2].text in _GIVES_BACK


_PAYS_OFF = frozenset({"trả", "tra", "đưa", "dua", "gửi", "gui", "thu", "góp", "ck", "chuyển"})
_GIVES_BACK = frozenset({"tra", "ban", "hoan", "gui", "thoi", "chuyen", "dua", "goi", "ck", "den", "tru", "tien"})


def _pays_debt(words: Sequence[Word], end: int) -> bool:
    """`trả hết nợ 1tr8`: a debt that is paid is no longer owed."""
    debt = end > 1 and words[end - 1].text in ("nợ", "no")
    return debt and words[end - 2].text in (
        "hết",
        "het",
        "trả",
        "tra",
        "thu",
        "nốt",
        "not",
        "xong",
        "bớt",
        "tiền",
        "công",
    )


_ROLES: tuple[tuple[PriceRole, Lexicon], ...] = (
    ("fee", _FEES),
    ("earned", _EARNED),
    ("left", _LEFT),
    ("deposit", _SETTLED),
    ("discount", _DISCOUNTS),
    ("list", _LISTED),
    ("sum", _SUMS),
)


def repeats_measure(words: Sequence[Word], i: int) -> bool:
    """`12 bài …, bài 180k`, `15 bao xi măng giá 92 ngàn bao`, `95k/thỏi`: the measure beside the price was counted."""
    sides = [i - 1, i + 1]
    if i + 2 < len(words) and words[i + 1].text in ("/", "1", "mot", "một", "mỗi", "moi"):
        sides.append(i + 2)
    for k in sides:
        if not 0 <= k < len(words) or words[k].sort != "word":
            continue
        closing = k == i + 1 and (k + 1 == len(words) or words[k + 1].sort != "word" or words[k + 1].text == "cho")
        closing = closing or (k == i - 1 and k > 0 and words[k - 1].text == ",")  # "5 vé xem phim, vé 85k"
        if MEASURES.at(words, k) != 1 and not closing:
            continue  # "200 cánh hồng 5k cánh"
        own = number_ending(words, k)
        if k < i and own is not None and not is_label(words, own[0]):
            continue  # "2 bộ 500k"
        others = (j for j in range(1, len(words)) if j != k and words[j].text == words[k].text)
        if any((number_ending(words, j) or (0, 0))[1] > 1 for j in others):
            return True
    return False


def _times_sign(words: Sequence[Word], i: int) -> bool:
    """`5 hộp kem x 180k`."""
    return i > 1 and words[i - 1].text in ("x", "×", "*")


def people_counted(words: Sequence[Word], i: int) -> Fraction | None:
    """`4 khách 2tr790/khách`, `2 học viên … 9tr mỗi người`: how many the price of one is to be taken."""
    amount = words[i].amount
    if amount is None or amount.per not in _DEALS or not _OF_ONE.search(amount.text):
        return None
    for j in range(1, len(words)):
        number = number_ending(words, j) if words[j].sort == "word" else None
        if number is not None and number[1] > 1 and (_PERSONS.at(words, j) or words[j].text == "hv"):
            return number[1]
    return None


def area_priced(words: Sequence[Word], i: int) -> Fraction | None:
    """`ốp 40m2 giá 150k/m2`: how many square or cubic metres the amount at word i is the price of one of."""
    k = i + 1
    while k < len(words) and words[k].text in ("/", "1", "một", "mot", "mỗi", "moi"):
        k += 1
    power = _power(words, k)
    if not power or k == i + 1:
        return None
    for j in range(1, len(words)):
        number = number_ending(words, j) if j != k and _power(words, j) == power else None
        if number is not None:
            return number[1]
    return None


def _power(words: Sequence[Word], i: int) -> str:
    """`m2`, `m3`, `mét vuông`, `mét khối`: 2 or 3."""
    if i + 1 >= len(words) or words[i].text not in ("m", "mét", "met"):
        return ""
    following = words[i + 1]
    if following.text in ("2", "3") and following.glued:
        return following.text
    return {"vuông": "2", "vuong": "2", "khối": "3", "khoi": "3"}.get(following.text, "")


def counted_with(words: Sequence[Word]) -> Fraction | None:
    """How many a price says that it is of: `hai con lợn sữa mỗi con một triệu tư`, `4 khách 2tr790/khách`."""
    for i, word in enumerate(words):
        if word.amount is None:
            continue
        area = area_priced(words, i)
        if area is not None:
            return area
        people = people_counted(words, i)
        if people is not None:
            return people
        if word.amount.quantity is not None and word.amount.unit_price is not None and word.amount.per not in _TIMES:
            return Fraction(word.amount.quantity)
        if _times_sign(words, i):
            number = number_ending(words, i - 2) if words[i - 2].text in _DEALS else None
            if number is not None:
                return number[1]  # "35 bạn x 280k"
    return None


def travellers(words: Sequence[Word]) -> Fraction | None:
    """`tour chợ nổi 4 người 1tr6`: as many as travel."""
    if not any(word.text == "tour" for word in words):
        return None
    for j in range(1, len(words)):
        number = number_ending(words, j) if words[j].text in _TRAVEL else None
        if number is not None and number[1].denominator == 1:
            return number[1]
    return None


_TRAVEL = frozenset({"người", "nguoi", "khách", "khach"})
_OF_ONE = re.compile(r"(?i)(?:[0-9a-zđỷệ] ?(?:/| (?:mỗi|moi|một|mot|từng|1) )|^(?:mỗi|moi|từng) )")
_PERSONS = Lexicon("hv, khách, người, học viên, bạn, em, bé, học sinh, suất, vé, thành viên, nhân viên")


def value_of(words: Sequence[Word], i: int, quantity: Fraction | None) -> Readings[Money]:
    """The total that the amount at word i stands for: a unit price times the quantity, after a discount."""
    amount = words[i].amount
    if amount is None:
        raise ValueError("not an amount")
    if amount.reading.code in _AS_DISCOUNTS and amount.reading.ambiguous:
        return _reduced(words, amount, quantity)
    group = _group_priced(words, i)
    if group and quantity is not None:
        price = amount.unit_price or (amount.reading.value if amount.reading.certain else None)
        if price is not None:
            return one(_times(price, quantity / group))
    area = area_priced(words, i)
    if area is not None and amount.quantity is None and _kept(amount).certain:
        return _kept(amount).map(lambda money: _times(money, area))
    persons = people_counted(words, i)
    if persons is not None and amount.unit_price is not None:
        return one(_times(amount.unit_price, persons))
    if amount.unit_price is not None and amount.per in _DEALS:
        return one(amount.unit_price)  # "chốt được 1 khách 8tr" is no price of a piece
    counted_time = amount.per in _BY_THE_HOUR and (amount.quantity or 0) > 1  # "8 buổi 250k một buổi"
    if amount.unit_price is not None and amount.quantity is not None and (counted_time or amount.per not in _TIMES):
        total = _times(amount.unit_price, amount.quantity)
        plain = total in amount.reading.values  # no tons at a price of one kilo
        if quantity is not None and quantity > amount.quantity and plain:
            return one(_times(amount.unit_price, quantity))  # "mười hai kg … hai trăm rưỡi một kg"
        if amount.reading.certain and amount.reading.value is not None:
            return one(amount.reading.value)
        return one(total)
    if amount.reading.code == "core.money_each" and amount.per and _OF_ONE.search(amount.text) and quantity is not None:
        most = max((m for m in amount.reading.values if m is not None), key=lambda m: m.amount, default=None)
        return one(most) if most is not None else _kept(amount)
    if amount.unit_price is not None and amount.per not in _TIMES and "/" in amount.text and quantity is not None:
        return one(_times(amount.unit_price, quantity))
    readings = _kept(amount)
    each = (amount.per and amount.per not in _TIMES) or is_unit_price(words, i)
    if each and amount.quantity is None and quantity is not None and readings.certain:
        return readings.map(lambda money: _times(money, quantity))
    return readings


_GROUPS = {"chục": 10, "chuc": 10, "tá": 12}


def _group_priced(words: Sequence[Word], i: int) -> int:
    """`30k/chục`, `45k chục`, `60k một chục`: of how many pieces it is the price; 0: of no group."""
    amount = words[i].amount
    if amount is not None and amount.per in _GROUPS:
        return _GROUPS[amount.per]
    k = i + 1
    if k < len(words) and words[k].text in ("/", "một", "mot", "1", "mỗi", "moi"):
        k += 1
    return _GROUPS.get(words[k].text, 0) if k < len(words) and words[k].sort == "word" else 0


def _reduced(words: Sequence[Word], amount: AmountSpan, quantity: Fraction | None) -> Readings[Money]:
    """A price with a discount beside it: the discount is taken off, unless it is said to have been already."""
    values = sorted(option.value for option in amount.reading.options if option.value is not None)
    if not values:
        return none(amount.reading.code or MISSING)
    value = values[-1] if _ALREADY.has(words) else values[0]
    price = amount.unit_price
    if price is not None and amount.quantity is None and quantity is not None and amount.per not in _TIMES:
        value = _times(value, quantity)
    return one(value)


def _times(price: Money, count: Fraction) -> Money:
    return Money(int(price.amount * count + Fraction(1, 2)), price.currency)


def _kept(amount: AmountSpan) -> Readings[Money]:
    options = [Reading(option.value, option.reason) for option in amount.reading.options if option.value is not None]
    if not options:
        return none(amount.reading.code or MISSING)
    if len(options) == 1:
        return one(options[0].value)
    return Readings(tuple(options), amount.reading.code, amount.reading.params)


def _stands_each(words: Sequence[Word], i: int) -> bool:
    """`399k mỗi set`, `giá mỗi set 399k`, `399k/set`."""
    following = words[i + 1 : i + 3]
    if (
        len(following) == 2
        and following[0].text in ("mỗi", "moi", "từng", "một", "mot", "/", "1")
        and following[1].sort == "word"
    ):
        return following[0].text in ("mỗi", "từng", "/", "moi") or following[0].unmarked or following[0].text == "một"
    if i > 1 and words[i - 2].text in _ONE_PRICE and not words[i - 2].capital and words[i - 1].text in ("giá", "gia"):
        return True
    if _priced_by(words, i):
        return True
    near = (k for k in range(max(0, i - 3), i) if words[k].sort == "word")
    return any(words[k].text in ("mỗi", "moi", "từng") and words[k - 1].text != "son" for k in near)


_ONE_PRICE = frozenset({"đơn", "don", "đồng", "dong"})  # "đồng giá 99k"


def _priced_by(words: Sequence[Word], i: int) -> bool:
    """`10 ảnh … giá 120k tấm`, `8 khung … giá 95k khung`: the piece right behind its price, itself not counted."""
    if not i or words[i - 1].text not in ("giá", "gia") or i + 1 >= len(words) or words[i + 1].sort != "word":
        return False
    closing = i + 2 >= len(words) or words[i + 2].sort != "word" or words[i + 2].text in ("cho", "nhé", "nha", "ạ")
    piece = words[i + 1].text
    counted = any(k < i and word.text == piece and words[k - 1].sort == "digits" for k, word in enumerate(words) if k)
    return closing and (MEASURES.at(words, i + 1) == 1 or counted)


def is_unit_price(words: Sequence[Word], i: int) -> bool:
    amount = words[i].amount
    return amount is not None and (
        bool(amount.per)
        or amount.unit_price is not None
        or _stands_each(words, i)
        or _times_sign(words, i)
        or repeats_measure(words, i)
    )


def summed(parts: Sequence[Readings[Money]]) -> Readings[Money]:
    """The sum of several amounts; two readings of one of them are two of the sum."""
    if not parts:
        return none(MISSING)
    total = parts[0]
    for part in parts[1:]:
        if not total or not part:
            return total if not total else part
        options = [
            Reading(Money(a.value.amount + b.value.amount, a.value.currency), a.reason or b.reason)
            for a in total.options[:4]
            for b in part.options[:4]
            if a.value.currency == b.value.currency
        ]
        if not options:
            return none("kpi.currencies_differ")
        total = several(total.code or part.code or "core.money_ambiguous", options)
    return total


def settled(goods: Readings[Money], stated: Readings[Money]) -> Readings[Money]:
    """The value of a sale whose sum is stated: that sum; where the amounts add up to another, both are to be asked."""
    if not goods or not stated or goods.values == stated.values:
        return stated or goods
    if goods.certain and stated.certain:
        return several(
            "kpi.sum_differs", [Reading(stated.values[0]), Reading(goods.values[0])], show=lambda m: f"{m.amount}"
        )
    return stated


def only_left(words: Sequence[Word]) -> bool:
    """Whether all that a clause names is still owed."""
    amounts = [i for i, word in enumerate(words) if word.sort == "amount"]
    return bool(amounts) and all(role_of(words, i) == "left" for i in amounts)


def is_talk(words: Sequence[Word], i: int) -> bool:
    """`giá 500k`, `là 500k`: what something costs, not what was paid."""
    return i > 0 and words[i - 1].text in ("giá", "gia", "là", "la")
