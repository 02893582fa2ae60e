"""An amount in the making: number times unit, then what hangs on behind it, then the currency, then exact money."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from toolkit.core.money import lexicon as lx
from toolkit.core.money.model import MINOR_DIGITS, Money
from toolkit.core.money.numerals import Numeral, Tail, figure_follows, read_number, tail_follows, unique
from toolkit.core.readings import Reading, Readings, none, several

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.core.money.tokens import Sentence

MOST = 10**15 - 1
_MEASURES = frozenset({"lít", "lit", "chai", "m", "lốp", "lop", "cành", "canh", "ng"})  # units of money, and of things


@dataclass
class Sum:
    """An amount in the making: every value that it may have, and the reason why there are several."""

    end: int
    values: tuple[Fraction, ...]
    scale: int
    code: str = ""

    def add(self, end: int, parts: Iterable[Fraction], code: str = "") -> None:
        several_parts = tuple(parts)
        self.values = unique(value + part for value in self.values for part in several_parts)
        self.end = end
        self.code = self.code or code

    def unreadable(self, end: int, code: str) -> None:
        self.end, self.values, self.code = end, (), code


def runs_on(s: Sentence, end: int) -> bool:
    """Whether digits or letters hang on to the token before `end`: 45kg, 1tr5tr. The `x` of 20kx3 doesn't."""
    if not s[end].glued or s[end].kind not in ("digits", "word") or s[end - 1].kind == "sign":
        return False
    return not (s.is_in(end, lx.TIMES) and s[end + 1].kind == "digits")


def scaled(number: Numeral, end: int, scale: int) -> Sum:
    """`number` times `scale`, with both readings where the writing has two."""
    values, code = tuple(value * scale for value in number.values), number.code
    if number.form == "group1" and scale >= 10**6 and number.value < 10_000:
        # 1.250tr: thousands by its point, a decimal by its unit.
        values, code = (values[0] / 1000, values[0]), "core.money_decimal"
    elif number.form == "decimal" and scale == 10**3 and number.decimals == 2 and number.value >= 10:
        # 20,30k: a decimal, or two prices with a comma between them.
        last = (number.value * 100) % 100
        values, code = (values[0], last * scale), "core.money_decimal"
    elif number.values and number.value >= 10_000 and number.form in ("plain", "grouped", "group1"):
        # 45000k, 45.000k: forty-five million, or a unit too many.
        values, code = (values[0], number.value), "core.money_double_unit"
    elif number.form == "spaced":
        values, code = (values[0], (number.value % 1000) * scale), "core.money_spaced"
    return Sum(end, unique(values), scale, code)


def hang_on(s: Sentence, number: Numeral, unit: int, total: Sum) -> None:
    """What follows a unit and belongs to its amount: smaller units, a tail, rưỡi. It extends `total` in place."""
    scale, exact = total.scale, number.form not in ("decimal", "group1", "spaced")
    first = True
    while True:
        j = total.end
        if s.is_in(j, lx.HALF_AFTER):
            _add_half(s, number, total, scale, exact and first)
            return
        led = s.is_in(j, lx.ODD)
        k = j + 1 if led else j
        tail = read_number(s, k) if k == j or not s[k].glued else None
        if tail is None:
            tail = small_tail(s, k)
        if tail is None:
            if led and s[j].text == "lẻ":
                total.unreadable(j + 1, "core.money_vague")  # "2 triệu lẻ"
            return
        smaller = lx.SCALES.get(s[tail.end].text)
        if smaller is not None and (s[tail.end].text != "m" or s[tail.end].glued):
            apart = first and s[unit].text in _MEASURES and not s[k].glued  # "2 lít 50k": a quantity and its price
            if (
                apart
                or smaller >= scale
                or not tail.values
                or max(tail.values) * smaller >= scale
                or tail.form == "spaced"
            ):
                return
            if s[tail.end + 1].text in lx.AUDIENCE:
                return
            parts = [value * smaller for value in tail.values]
            if s[k].glued and tail.digits == 1 and smaller * 1000 == scale:
                parts.append(tail.value * scale / 10)  # 1tr2k
            total.add(tail.end + 1, parts, tail.code or ("core.money_tail" if len(parts) > len(tail.values) else ""))
            scale, first = smaller, False
            continue
        short_unit = first and s[unit].text == "k"
        measure = first and s[unit].text in _MEASURES
        _add_tail(s, k, tail, total, scale=scale, led=led, exact=exact, short_unit=short_unit, measure=measure)
        return


def small_tail(s: Sentence, k: int) -> Numeral | None:
    """A figure that only stands behind something bigger: mốt, tư, lăm."""
    figure = lx.AFTER_TENS.get(s[k].text)
    if figure is None or figure_follows(s, k) == "no":
        return None
    return Numeral(k, k + 1, (Fraction(figure),), "ones")


def _add_half(s: Sentence, number: Numeral, total: Sum, scale: int, exact: bool) -> None:
    """`rưỡi` is half of the unit before it; behind whole hundreds of a unit it may be half of a hundred of them."""
    if not exact or s.is_in(total.end - 1, lx.HALF_AFTER) or s.is_in(number.end - 1, lx.HALF_AFTER):
        total.unreadable(total.end + 1, "core.money_half")
    elif number.value >= 100 and number.value % 100 == 0:
        total.add(total.end + 1, (Fraction(scale, 2), Fraction(50 * scale)), "core.money_half")
    else:
        total.add(total.end + 1, (Fraction(scale, 2),))


def _add_tail(
    s: Sentence,
    k: int,
    tail: Numeral,
    total: Sum,
    *,
    scale: int,
    led: bool,
    exact: bool,
    short_unit: bool,
    measure: bool,
) -> None:
    """Digits or words without a unit of their own, as a part of the unit before them."""
    glued, plain = s[k].glued, tail.form in ("plain", "zero_led")
    follows = figure_follows(s, k) if tail.form == "ones" else tail_follows(s, tail.end)
    if not tail.values or tail.form in ("decimal", "group1", "grouped", "spaced"):
        if glued:
            total.unreadable(tail.end, "core.money_malformed")
        return
    if follows == "no" and not (glued and plain):
        return
    if plain and (glued or tail.form == "zero_led"):
        _add_glued_digits(s, tail, total, scale=scale, exact=exact, follows=follows)
        return
    if short_unit or (measure and plain and tail.digits > 1):
        return  # "45k 2": who knows; the price is clear
    if tail.code == "core.money_range":
        tail = replace(tail, values=tail.values[:1], code="")
    parts = _parts(tail, scale, led=led)
    code = tail.code or ("core.money_tail" if len(parts) > 1 else "")
    if plain and tail.digits > 3:
        return
    firm = tail.form in ("hundreds", "dozens") or (plain and tail.digits == 3) or led
    if follows == "maybe" and not firm:
        parts, code = (*parts, Fraction(0)), "core.money_tail"
    if not exact:
        total.unreadable(tail.end, "core.money_malformed")
        return
    total.add(tail.end, parts, code)
    if s.is_in(total.end, lx.HALF_AFTER):
        total.unreadable(total.end + 1, "core.money_half")
    elif scale >= 10**6 and s[total.end].text in lx.DONG and tail.form != "ones" and not led:
        # "1 triệu 2 trăm đồng": two hundred đồng, or two hundred thousand.
        total.values = unique((*total.values, *(value - parts[0] + tail.value for value in total.values[:1])))
        total.code = "core.money_coins"


def _parts(tail: Numeral, scale: int, *, led: bool) -> tuple[Fraction, ...]:
    """What a tail without a unit can be worth behind a unit worth `scale`."""
    value, thousandth = tail.value, Fraction(scale, 1000)
    if tail.form in ("hundreds", "dozens"):
        return tuple(v * thousandth for v in tail.values)
    if tail.form == "ones" or tail.digits == 1:
        return unique((value * thousandth, value * scale / 100)) if led else (value * scale / 10,)
    if tail.digits == 3 or led:
        return (value * thousandth,)
    # "1 triệu 25", "một triệu hai lăm": 1.250.000, or 1.025.000.
    return (value * scale / 100, value * thousandth)


def _add_glued_digits(s: Sentence, tail: Numeral, total: Sum, *, scale: int, exact: bool, follows: Tail) -> None:
    """`1tr2`, `1tr25`, `1tr250`, `8tr05`: the digits are decimals of the unit."""
    end = tail.end
    joined = runs_on(s, end)
    dated = s[end].glued and s[end].text in ("/", ":") and s[end + 1].kind == "digits"
    if not exact or tail.digits > 3 or joined or dated or scale < 10**3:
        total.unreadable(end + joined, "core.money_malformed")
        return
    part = tail.value * scale / 10**tail.digits
    if tail.digits == 2 and tail.value % 10 == 0 and tail.value:
        total.add(end, (part, part / 10), "core.money_tail")  # 2tr50: nobody needs the zero of 2,50
        return
    if follows == "no" and not s[end].glued and scale == 10**3 and tail.digits == 1:
        total.add(end, (part, Fraction(0)), "core.money_tail")  # "20k3 ly"
    else:
        total.add(end, (part,))


def take_currency(s: Sentence, total: Sum) -> tuple[str, ...]:
    """The currency that stands at the end of the amount; it is taken in. Empty if none does."""
    j = total.end
    for length in (4, 3, 2, 1):
        codes = lx.CURRENCIES.get(tuple(s[k].text for k in range(j, j + length)))
        if codes:
            total.end = j + length
            return codes
    if s[j].text not in lx.DONG:
        return ()
    most = max(total.values, default=Fraction(0))
    small_d = s[j].text == "d" and most < (100 if s[j].glued else 1000) and not (most == 0 and s[j].glued)
    if small_d or (s[j + 1].glued and s[j + 1].kind in ("digits", "word")):
        return ()
    total.end = j + 1
    return ("VND",)


def as_money(total: Sum, codes: tuple[str, ...]) -> Readings[Money | None]:
    """The values as exact amounts. If any isn't a whole number of minor units, none is certain."""
    if not total.values:
        return none(total.code)
    options: list[Reading[Money | None]] = []
    for code in codes:
        for value in total.values:
            minor = value * 10 ** MINOR_DIGITS[code]
            if minor > MOST:
                return none("core.money_too_large")
            if minor.denominator != 1:
                return none("core.money_fraction")
            options.append(Reading(Money(int(minor), code)))
    return several(total.code or "core.money_currency", options)
