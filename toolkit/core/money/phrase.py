"""One amount from the token where it begins: number, unit, what hangs on behind (rưỡi, 2, 200 nghìn), currency.

Where the words have two readings both are kept; a tenfold guess is the worst thing that this module could do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from toolkit.core.money import lexicon as lx
from toolkit.core.money.doubts import doubted, or_not
from toolkit.core.money.model import Habits, Money
from toolkit.core.money.numerals import Numeral, read_number, tail_follows, unique
from toolkit.core.money.sums import Sum, as_money, hang_on, runs_on, scaled, small_tail, take_currency
from toolkit.core.readings import Reading, Readings, none, several
from toolkit.core.text import parse_int

if TYPE_CHECKING:
    from toolkit.core.money.tokens import Sentence

Written = Literal["unit", "implied", "grouped", "bare", "loose", "spoken", "unread"]
Before = Literal["free", "strong", "sign", "malformed", "blocked"]
_NO_LABELS = frozenset({"doanh", "tổng", "vé", "ve", "đồng"})  # doanh số 3 củ, vé số 10
_STRONG = frozenset({"k", "nghìn", "ngàn", "ngìn", "tr", "triệu", "tỷ", "tỉ", "trieu", "ty", "nghin"})


@dataclass(frozen=True)
class Phrase:
    """An amount in tokens `start` up to `end`. `written` says how sure one can be that it is money at all."""

    start: int
    end: int
    readings: Readings[Money | None]
    written: Written
    scale: int = 1

    @property
    def doubtful(self) -> bool:
        """Whether it may be no money at all."""
        return None in self.readings.values


def read_phrase(s: Sentence, i: int, habits: Habits) -> Phrase | None:
    """The amount that begins at token i, if one does. It always ends behind i."""
    before = _before(s, i)
    if before == "blocked":
        return None
    found = _prefixed(s, i) or _half(s, i) or _vague(s, i) or _counted(s, i, habits)
    if found is None or (before == "strong" and found.written not in ("unit", "implied")):
        return None
    if before == "malformed":
        return replace(found, readings=none("core.money_malformed"), written="unread")
    if runs_on(s, found.end):
        if found.written != "unit" or s[found.end].kind == "word":
            return None
        return replace(found, end=found.end + 1, readings=none("core.money_malformed"), written="unread")
    if found.written == "unit" and s[found.end].text in _STRONG:
        return replace(found, end=found.end + 1, readings=none("core.money_malformed"), written="unread")  # 2 tỷ tỷ
    few = s[found.end].text == "mấy" or (s[found.end].text == "may" and s[found.end + 1].kind != "word")
    if few and found.written in ("unit", "implied"):
        return replace(found, end=found.end + 1, readings=none("core.money_vague"), written="unread")
    if (before == "sign" or s[i - 1].text == "âm") and found.written != "bare":
        return replace(found, readings=or_not(found.readings, "core.money_sign"))
    return found


def _before(s: Sentence, i: int) -> Before:
    """What the character right before token i allows to begin there."""
    if not s[i].glued or i == 0:
        return "free"
    sign, earlier = s[i - 1], s[i - 2]
    if sign.kind == "word":
        if sign.text in lx.PREFIXES or sign.text in lx.TIMES:
            return "free"
        return "strong" if s[i].kind == "digits" and len(sign.text) > 1 and not names(s, i - 1) else "blocked"
    if sign.kind == "digits" or sign.text in "#@_'’":
        return "blocked"
    if sign.text in "-–—" and not sign.glued:
        return "sign"
    if earlier.kind == "digits" and sign.text in "-–—/" and s[i - 3].text in lx.SCALES:
        return "strong"  # 1tr2-1tr5
    if sign.text in "-–—":
        return "strong" if earlier.kind == "word" else "blocked"
    if sign.text == "." and not sign.glued and s[i].kind == "digits":
        return "malformed"
    if sign.text in "./:":
        return "strong" if earlier.kind != "digits" else "blocked"
    return "free"


def _prefixed(s: Sentence, i: int) -> Phrase | None:
    """A currency before its number: $20, USD 20, ₫45.000."""
    start = i + 1 if s[i].text == "us" and s[i + 1].text == "$" else i
    if s[start].text not in lx.PREFIXES or s[start + 1].kind != "digits":
        return None
    number = read_number(s, start + 1)
    if number is None or number.form == "zero_led":
        return None
    total = Sum(number.end, number.values, 1, number.code)
    scale = lx.SCALES.get(s[number.end].text) if s[number.end].text not in lx.COUNTED else None
    if scale is not None and scale in (10**3, 10**6, 10**9):
        total = scaled(number, number.end + 1, scale)
    codes = ("VND",) if s[start].text in lx.DONG else lx.CURRENCIES[s[start].text,]
    return Phrase(i, total.end, as_money(total, codes), "unit", total.scale)


def _half(s: Sentence, i: int) -> Phrase | None:
    """`nửa triệu`, `nửa trăm`."""
    if not s.is_in(i, lx.HALF_BEFORE):
        return None
    scale = 10**5 if s.is_in(i + 1, lx.HUNDRED) else lx.SCALES.get(s[i + 1].text)
    if scale is None or s[i + 1].text in ("ng", "m", "k", "xị", "xi", "cành", "canh", "lốp", "lop"):
        return None
    total = Sum(i + 2, (Fraction(scale, 2),), scale)
    codes = take_currency(s, total)
    readings = as_money(total, codes or ("VND",))
    return Phrase(i, total.end, doubted(s, i, i + 1, total, readings, cell=False), "unit", scale)


def _vague(s: Sentence, i: int) -> Phrase | None:
    """`vài trăm`, `mấy chục nghìn`: money, and nobody knows how much."""
    if not s.is_in(i, lx.VAGUE):
        return None
    end = i + 1
    while s.is_in(end, lx.HUNDRED | lx.DOZEN) or s[end].text in lx.SCALES:
        end += 1
    if end == i + 1 or s[end - 1].text in ("m", "ng") or tail_follows(s, end) == "no":
        return None
    if s.is_in(end - 1, lx.HUNDRED | lx.DOZEN) and tail_follows(s, end) != "yes":
        return None
    if s[end - 1].text in ("lít", "chai", "củ", "cành", "lốp") and tail_follows(s, end) != "yes":
        return None
    return Phrase(i, end, none("core.money_vague"), "unread")


def _counted(s: Sentence, i: int, habits: Habits, *, alone: bool = False) -> Phrase | None:
    """Number and unit, or a unit that begins by itself (`triệu rưỡi`), or a number where money stands.

    `alone`: take no other number in, as a name or as the lower end of a range.
    """
    number = read_number(s, i)
    if number is None or s[i].text in lx.HUNDRED or s[i].text in lx.DOZEN:
        if s[i - 1].kind == "digits" or s[i - 1].text in lx.SCALES or s[i - 1].text in lx.ONES:
            return None  # the unit of a number that was no amount
        if number is None:
            return _leading(s, i)
    if number.form == "zero_led":
        return _zero_led(s, i, number)
    name = None if alone else _named(s, i, habits)
    if name is not None:
        return name
    labelled = not alone and _labelled(s, i)
    j = number.end
    if number.form == "spaced" and labelled:
        return None
    ranged = None if alone or (labelled and not s[j].glued) else _range_of_numbers(s, number, habits)
    if ranged is not None:
        return ranged
    scale = lx.SCALES.get(s[j].text)
    if scale is not None and _is_unit(s, number, j):
        return _with_unit(s, i, number, scale, habits)
    if number.code == "core.money_malformed" or (not number.values and s[j].text in lx.DONG):
        meant = s[j].text in lx.DONG or habits.cell
        return Phrase(i, j + (s[j].text in lx.DONG), none(number.code), "unread") if meant else None
    total = Sum(j, number.values, 1, number.code)
    codes = take_currency(s, total)
    if codes and (labelled or codes == ("JPY",)) and number.form in ("plain", "ones") and number.value < 100:
        return None  # "thang 11 dong tien nha", "thang nam dong tien nha", "gao 1 yen"
    if codes:
        return _in_currency(s, i, number, total, codes)
    if number.form in ("hundreds", "dozens"):
        return _implied(s, i, number)
    grouped = number.form in ("grouped", "group1") and not s.is_in(i - 1, lx.NUMBERED)
    return None if labelled and not grouped else _unitless(s, i, number, habits)


def _zero_led(s: Sentence, i: int, number: Numeral) -> Phrase | None:
    """`05 triệu` is five million in documents, or 0,5 without its comma; longer ones with a unit are a slip."""
    j = number.end
    if s[j].text not in _STRONG and s[j].text not in ("đ", "đồng", "vnd", "vnđ"):
        return None
    total = Sum(j + 1, (), lx.SCALES.get(s[j].text, 1), "core.money_malformed")
    if number.digits == 2 and number.value and total.scale > 1:
        total.values, total.code = (number.value * total.scale, number.value * total.scale / 10), "core.money_decimal"
    readings = as_money(total, take_currency(s, total) or ("VND",))
    return Phrase(i, total.end, readings, "unit" if readings else "unread", total.scale)


def _labelled(s: Sentence, i: int) -> bool:
    """Whether the number at token i names something: lớp 12, số nhà 45, iphone 15, năm 2026."""
    if names(s, i - 1):
        most = lx.LARGEST.get(s[i - 1].text)
        if most and s[i].kind == "digits" and (parse_int(s[i].text, longest=9) or 0) > most:
            return False  # "vé xe bus tháng 200"
        return s[i - 2].text not in _NO_LABELS and (s[i - 2].text, s[i - 1].text) not in lx.NO_LABELS
    if s[i - 2].text == "tài" and s[i - 1].text == "khoản":
        return True
    if s[i - 2].text in ("số", "so") and s[i - 1].kind == "word" and s[i - 1].text not in ("tiền", "tien"):
        return True
    return s[i - 1].text == "nam" and len(s[i].text) == 4


def names(s: Sentence, i: int) -> bool:
    """Whether the word at token i gives a name to the number behind it."""
    return s[i].text in (lx.LABELS if s.marked else lx.UNMARKED_LABELS)


def _is_unit(s: Sentence, number: Numeral, j: int) -> bool:
    """Whether the word behind a number is its unit of money here, and not a measure or an audience."""
    unit, after = s[j].text, s[j + 1].text
    if after in lx.AUDIENCE and not s[j + 1].glued:
        return after in ("từ", "tu") and s[j + 2].kind == "word"  # "10 triệu từ Vietcombank"
    if s[j + 1].text in lx.TIMES and s[j + 2].kind == "digits" and unit in lx.COUNTED:
        return False  # "12 chai x 25k"
    if unit == "k":
        karat = (
            s.is_in(number.start - 1, lx.GOLD) and number.value in (9, 10, 14, 18, 21, 22, 24)
            if number.values
            else False
        )
        sharp = s.is_in(number.start - 1, lx.SCREENS) and number.values and number.value in (2, 4, 5, 6, 8)
        return not karat and not sharp  # "tivi 4k", but "dán màn hình 60k"
    if unit == "toi":  # tối or tôi far more often than tỏi: "trua 35 toi 50", "ba toi dua"
        return s[number.start].kind == "digits" and (s[j + 1].kind in ("end", "sign") or after in lx.HALF_AFTER)
    if unit == "m":
        return after not in ("vuông", "vuong", "khối", "khoi", "²", "³")
    return True


def _with_unit(s: Sentence, i: int, number: Numeral, scale: int, habits: Habits) -> Phrase | None:
    j = number.end
    if not number.values:
        return Phrase(i, j + 1, none(number.code), "unread", scale)
    end = j + 1
    if scale == 10**3 and s[end].text in ("tỷ", "tỉ", "ty"):
        scale, end = 10**12, end + 1  # nghìn tỷ
    if s.is_in(j, lx.XI) and habits.xi:
        scale = habits.xi
    total = scaled(number, end, scale)
    hang_on(s, number, j, total)
    codes = take_currency(s, total)
    if codes and codes[0] != "VND" and s.is_in(total.end, lx.HALF_AFTER):
        total.unreadable(total.end + 1, "core.money_half")
    readings = as_money(total, codes or ("VND",))
    return Phrase(
        i,
        total.end,
        doubted(s, i, j, total, readings, xi=habits.xi, cell=habits.cell),
        "unit" if readings else "unread",
        scale,
    )


def _leading(s: Sentence, i: int) -> Phrase | None:
    """A unit that begins an amount: `triệu rưỡi`, `triệu hai`, `lít rưỡi`."""
    scale = lx.SCALES.get(s[i].text)
    if scale is None or not s.is_in(i, lx.LEADING):
        return None
    number = Numeral(i, i, (Fraction(1),), "ones")
    total = Sum(i + 1, (Fraction(scale),), scale)
    if not s.is_in(i + 1, lx.HALF_AFTER):
        if s[i].text not in ("triệu", "trieu", "tỷ", "tỉ", "ty", "củ", "nghìn", "ngàn") or s[i + 1].kind == "digits":
            return None
        if read_number(s, i + 1) is None and small_tail(s, i + 1) is None:
            return None
    hang_on(s, number, i, total)
    if total.end == i + 1:
        return None
    readings = as_money(total, take_currency(s, total) or ("VND",))
    return Phrase(i, total.end, doubted(s, i, i, total, readings, cell=False), "unit" if readings else "unread", scale)


def _in_currency(s: Sentence, i: int, number: Numeral, total: Sum, codes: tuple[str, ...]) -> Phrase:
    """A number with its currency and no unit between."""
    dong = codes == ("VND",)
    if dong and number.form in ("hundreds", "dozens", "tens", "ones"):
        # "hai trăm đồng" is said of coins and of two hundred thousand.
        total.values, total.code = unique((*(v * 1000 for v in total.values), *total.values)), "core.money_coins"
    elif dong and number.form == "decimal" and number.value.denominator == 1 and number.digits - number.decimals <= 3:
        total.values, total.code = (number.value * 1000, number.value), "core.money_decimal"  # 45.00đ
    if not dong and s.is_in(total.end, lx.HALF_AFTER) and number.form in ("plain", "ones", "tens"):
        total.add(total.end + 1, (Fraction(1, 2),))
    return Phrase(i, total.end, as_money(total, codes), "unit")


def _implied(s: Sentence, i: int, number: Numeral) -> Phrase | None:
    """`3 chục`, `trăm rưỡi`: thousands, if nothing countable follows."""
    counted = tail_follows(s, number.end) == "no" and not s.is_in(number.end, lx.PERIODS)
    if counted:
        return None
    total = Sum(number.end, tuple(value * 1000 for value in number.values), 1000, number.code)
    readings = as_money(total, ("VND",))
    if s.is_in(number.end, lx.DOZENS):
        readings = or_not(readings, "core.money_count")
    return Phrase(i, number.end, readings, "implied", 1000)


def _unitless(s: Sentence, i: int, number: Numeral, habits: Habits) -> Phrase | None:
    """Digits without a unit: money if they are grouped as money is, or where the caller says that money stands here."""
    j = number.end
    if number.form == "tens" and habits.bare == "thousands" and number.values and _closes(s, i, j):
        total = Sum(j, tuple(value * 1000 for value in number.values), 1000, number.code)
        return Phrase(i, j, as_money(total, (habits.currency,)), "spoken", 1000)  # "đổ xăng năm mươi"
    if number.form not in ("plain", "grouped", "group1", "decimal", "spaced") or tail_follows(s, j) == "no":
        return None
    if (s[j].text in lx.SCALES and s[j].text != "toi") or s[j].text in lx.HUNDRED or s[j].text in lx.DOZEN:
        return None  # "5 triệu view": the unit was refused already
    if s[j].glued and s[j].kind == "word":
        return None
    if s[j].glued and s[j].text in "-–" and s[j + 1].kind == "digits":
        return _range_of_grouped(s, i, number, read_number(s, j + 1), habits)
    if not number.values:
        return Phrase(i, j, none(number.code), "unread") if habits.cell else None
    if number.form == "plain" and s[j].text in ("hết", "het") and s[j + 1].kind == "digits":
        return None  # "ăn ở quán 24 hết 60"
    if number.form in ("grouped", "group1"):
        total = Sum(j, number.values, 1, number.code)
        readings = as_money(total, (habits.currency,))
        odd = number.value % 500 != 0 and not habits.cell and tail_follows(s, j) == "maybe"
        return Phrase(i, j, or_not(readings, "core.money_count") if odd else readings, "grouped")
    if habits.bare == "no" or (not habits.cell and _goes_on(s, i, number)):
        return None
    if habits.cell or _ends_item(s, number):
        return _bare(i, number, habits)
    # "bún bò 45 nước mía 12": the 45 may be a price too; it is one to ask about if the clause has another bare price.
    least = 10 if s[i - 1].kind != "word" or s[i - 1].text in lx.ASKING else 5  # "gửi xe 5 cơm 40", "mua 5 trứng 40"
    loose = _bare(i, number, habits) if number.form == "plain" and least <= number.value < 1000 else None
    return loose and replace(loose, readings=or_not(loose.readings, "core.money_count"), written="loose")


def _closes(s: Sentence, i: int, j: int) -> bool:
    """Whether a number in words ends what it stands in, behind the thing that it is the price of."""
    if s[i - 1].kind != "word" or s[i - 1].text in lx.ASKING or names(s, i - 1):
        return s[i - 1].kind == "word" and (s[j].kind == "end" or s[j].text in ",;.\n!")
    return (
        s[j].kind == "end"
        or s[j].text in ",;.\n!"
        or (s.marked and (s[j].text in lx.GOES_ON or (s.is_in(i + 1, lx.TENS) and tail_follows(s, j) == "maybe")))
    )


def _goes_on(s: Sentence, i: int, number: Numeral) -> bool:
    """Whether the digits at token i belong to what stands before them, or are too many for money: a phone, 8 giờ 30."""
    measured = s.is_in(i - 1, lx.MINUTED) and s[i - 2].kind == "digits"
    measured = measured and not (s[i - 1].text == "g" and number.digits < 10 and number.value >= 60)  # "nạp 4g 70"
    # "tiền điện tháng 11 450", "mua hoa 8/3 200", "gạo st25 180"
    dated = len(s[i - 1].text) <= 2 and (
        names(s, i - 2) or s[i - 2].text == "/" or (s[i - 2].kind == "word" and s[i - 1].glued)
    )
    return number.digits > 9 or (s[i - 1].kind == "digits" and not dated) or measured


def _ends_item(s: Sentence, number: Numeral) -> bool:
    """Whether a number without a unit stands where an amount does: last in what it is about."""
    j = number.end
    if tail_follows(s, j) == "yes":
        return True
    promised = s.is_in(j, lx.PERIODS) and s.is_in(j + 1, lx.NEAR_DAYS) and number.value >= 50
    if promised or (
        number.value >= 50 and (s[j].text in ("mai", "mốt", "hẹn", "hen") or s[number.start - 1].text in lx.MOVES)
    ):
        return True  # "cho em mượn 800 tuần tới trả", "mượn má 300 mai trả", "khách cọc 500 may áo"
    dated = s.is_in(j, lx.PERIODS) and s[j + 1].kind == "digits" and number.value > 31  # "450 tháng 11"
    return dated or (s[j].kind == "digits" and not s[j].glued and s.is_in(j + 1, lx.COUNTED))  # "299 4 người"


def _range_of_grouped(s: Sentence, i: int, first: Numeral, second: Numeral | None, habits: Habits) -> Phrase | None:
    """`45.000-60.000`."""
    if second is None or first.form not in ("grouped", "group1") or second.form not in ("grouped", "group1"):
        return None
    total = Sum(second.end, (*first.values, *second.values), 1, "core.money_range")
    codes = take_currency(s, total) or (habits.currency,)
    return Phrase(i, total.end, as_money(total, codes), "grouped")


def _bare(i: int, number: Numeral, habits: Habits) -> Phrase | None:
    """A number where money stands. Below a thousand nobody means đồng, from a thousand nobody means thousands."""
    value, total = number.value, Sum(number.end, number.values, 1, number.code)
    if number.form == "spaced":
        total.values, total.code = (value, (value % 1000) * 1000), "core.money_spaced"
    elif habits.currency != "VND" or habits.bare == "units" or value == 0:
        pass
    elif number.form == "decimal":
        total.values, total.code = (value * 1000, value * 10**6), "core.money_bare"
    elif value < 1000:
        if value < 5 and not habits.cell:
            return None
        total.values, total.code = (value * 1000, value), "core.money_bare"
        if habits.bare == "thousands" and value >= 5:
            total.values, total.code = (value * 1000,), ""
    readings = as_money(total, (habits.currency,))
    if not habits.cell and number.form == "plain" and 1900 <= value <= 2100:
        readings = or_not(readings, "core.money_count")
    return Phrase(i, number.end, readings, "bare")


def _range_of_numbers(s: Sentence, number: Numeral, habits: Habits) -> Phrase | None:
    """`30-40k`, `30 đến 40k`, `2 3 triệu`: two numbers share the unit of the second."""
    j = number.end
    if number.form not in ("plain", "decimal") or not number.values:
        return None
    close = s[j].glued and s[j + 1].glued
    if s.is_in(j, lx.RANGE) or (s[j].text == "/" and close):
        k = j + 1
    elif s[j].kind == "digits" and not s[j].glued and len(s[j].text) == 1 == len(s[j - 1].text) and _next(s, j):
        k = j
    else:
        return None
    second = read_number(s, k) if s[k].kind == "digits" else None
    if second is None or not second.values or second.form == "spaced":
        return None  # "8/3 200k" is a date and a price
    upper = _counted(s, k, habits, alone=True)
    if upper is None or not upper.readings:
        return None
    apart = (
        upper.written == "bare" and 10 <= number.value < second.value and not _labelled(s, number.start)
    )  # "500-600"
    if not apart and upper.written not in ("unit", "implied"):
        return None
    # "5-6 trăm nghìn": the lower bound counts the same hundreds.
    tens = 100 if second.form == "hundreds" else 10 if second.form == "dozens" else 1
    currency = next((m.currency for m in upper.readings.values if m), "VND")
    scale = 1000 if apart and second.value < 1000 else upper.scale
    lower = as_money(Sum(upper.end, (number.value * tens * scale,), scale), (currency,))
    options = [*lower.options, *upper.readings.options]
    return replace(upper, start=number.start, readings=several("core.money_range", options))


def _next(s: Sentence, j: int) -> bool:
    return int(s[j].text) == int(s[j - 1].text) + 1


def _named(s: Sentence, i: int, habits: Habits) -> Phrase | None:
    """`chị Hai trăm rưỡi`, `thứ 2 trăm rưỡi`, `cho ba trăm nghìn`: the figure may be a name, the rest the amount."""
    who = s[i - 1].text in lx.KIN or (s[i].text == "ba" and s[i - 1].text in lx.GIVING)
    word = s[i].text in lx.RANKS and who
    label = names(s, i - 1) and s[i - 2].text not in _NO_LABELS and (s[i].kind == "word" or len(s[i].text) <= 2)
    label = label and (s[i].kind == "digits" or s[i - 1].text in ("thứ", "thu", "tháng", "thang"))
    if not (word or (label and (s[i].kind == "digits" or s[i].text in lx.ONES))) or s[i].glued or i == 0:
        return None
    following = s[i + 1].text
    if not (following in lx.HUNDRED or following in lx.DOZEN or following in lx.LEADING):
        return None
    rest = _leading_amount(s, i + 1)
    whole = _counted(s, i, habits, alone=True) if rest else None
    if rest is None or whole is None or not rest.readings or not whole.readings:
        return None
    options: list[Reading[Money | None]] = [*whole.readings.options, *rest.readings.options]
    return replace(whole, end=max(whole.end, rest.end), readings=several("core.money_name", options))


def _leading_amount(s: Sentence, i: int) -> Phrase | None:
    number = read_number(s, i)
    if number is None:
        return _leading(s, i)
    return (
        _with_unit(s, i, number, lx.SCALES[s[number.end].text], Habits())
        if s[number.end].text in lx.SCALES
        else (_implied(s, i, number))
    )
