"""Amounts as statements print them. A cell is read exactly or not at all: a bank's table leaves nothing to guess."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from toolkit.core.money import MINOR_DIGITS
from toolkit.core.text import clean, digits

if TYPE_CHECKING:
    from toolkit.sheets.model import Value

LONGEST: Final = 60
"""Characters of a cell that can be an amount."""
MOST: Final = 10**15
"""Đồng; more than all the money there is in the country is a number that was read wrongly."""

_NUMBER = re.compile(r"(?P<whole>[0-9]{1,16}|[0-9]{1,3}(?P<group>[., ])[0-9]{3}(?:(?P=group)[0-9]{3}){0,4})"
                     r"(?:(?P<point>[.,])(?P<part>[0-9]{1,4}))?")  # fmt: skip
_CURRENCY = re.compile(r"(?:vn[dđ]|[dđ]ồng|dong|[đd₫$€£¥]|usd|eur|gbp|jpy|cny|krw|thb|sgd|aud|cad|twd|hkd|myr)\.?")
_MINUS: Final = "-−–—"


class AmountError(ValueError):
    """A cell that is no amount. `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_amount(value: Value, text: str, currency: str = "VND") -> int | None:
    """A cell's amount in đồng or minor units, with its sign; None where the cell is empty or a dash.

    `value` is what the cell holds, `text` what it shows. Minus before or behind, or brackets around, mean below zero.
    A single point or comma before exactly three digits separates thousands: no currency here has three decimals.
    Raises AmountError("expenses.statement_amount" | "expenses.statement_amount_fraction").
    """
    if isinstance(value, bool):
        raise AmountError("expenses.statement_amount")
    if isinstance(value, (int, float)):
        return _exact(Decimal(str(value)), currency)
    if value is not None and not isinstance(value, str):
        raise AmountError("expenses.statement_amount")
    if len(text) > LONGEST:
        raise AmountError("expenses.statement_amount")
    plain = digits(clean(text)).lower().strip()
    if not plain or plain in _MINUS:
        return None
    negative, plain = _sign(_without_currency(plain))
    match = _NUMBER.fullmatch(plain)
    if match is None:
        raise AmountError("expenses.statement_amount")
    group, point, part = match["group"], match["point"], match["part"]
    whole = match["whole"]
    if group is None and point is not None and part is not None and len(part) == 3 and len(whole) <= 3:
        whole, part, group = whole + part, None, point  # 45.000, the commonest way of all
    if point is not None and part is not None and (point == group or len(part) == 3):
        raise AmountError("expenses.statement_amount")
    bare = whole.replace(group, "") if group else whole
    if group and bare.startswith("0"):
        raise AmountError("expenses.statement_amount")
    number = Decimal(f"{bare}.{part or 0}")
    return _exact(-number if negative else number, currency)


def _exact(number: Decimal, currency: str) -> int:
    if not number.is_finite() or abs(number) > MOST:
        raise AmountError("expenses.statement_amount")
    minor = number * 10 ** MINOR_DIGITS.get(currency, 2)
    rounded = minor.to_integral_value()
    if abs(minor - rounded) > Decimal("0.000001"):
        raise AmountError("expenses.statement_amount_fraction")
    return int(rounded)


def _without_currency(text: str) -> str:
    """`text` without the name of a currency before or behind the number (behind its sign, too)."""
    sign = text[:1] if text[:1] in f"{_MINUS}+(" else ""
    body = text[len(sign) :].strip()
    front = _CURRENCY.match(body)
    if front:
        body = body[front.end() :].strip()
    closing = ")" if sign == "(" and body.endswith(")") else ""
    body = body.removesuffix(")").rstrip() if closing else body
    letters = re.search(r"[^0-9\s.,+\-−–—()]{1,6}\.?$", body)
    if letters and _CURRENCY.fullmatch(letters[0]):
        body = body[: letters.start()].strip()
    return f"{sign}{body}{closing}".strip()


def _sign(text: str) -> tuple[bool, str]:
    if text[:1] == "(" and text[-1:] == ")":
        return True, text[1:-1].strip()
    if text[:1] in _MINUS:
        return True, text[1:].strip()
    if text[-1:] in _MINUS:
        return True, text[:-1].strip()
    return False, text.removeprefix("+").strip()
