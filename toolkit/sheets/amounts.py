"""Amounts as programs print them into tables. A cell is read exactly or not at all: a table leaves nothing to guess."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from toolkit.core.text import clean, digits

if TYPE_CHECKING:
    from toolkit.sheets.model import Value

LONGEST: Final = 60
"""Characters of a cell that can be an amount."""

_NUMBER = re.compile(r"(?P<whole>[0-9]{1,16}|[0-9]{1,3}(?P<group>[., ])[0-9]{3}(?:(?P=group)[0-9]{3}){0,4})"
                     r"(?:(?P<point>[.,])(?P<part>[0-9]{1,10}))?")  # fmt: skip
_CURRENCY = re.compile(r"(?:vn[dđ]|[dđ]ồng|dong|[đd₫$€£¥]|usd|eur|gbp|jpy|cny|krw|thb|sgd|aud|cad|twd|hkd|myr)\.?")
_MINUS: Final = "-−–—"


class NoAmountError(ValueError):
    """A cell that is no amount."""


class Amount(NamedTuple):
    """A number as it was written: `group` separates its thousands, `point` its decimals, "" where there is none."""

    number: Decimal
    group: str = ""
    point: str = ""


def read_decimal(value: Value, text: str) -> Amount | None:
    """The number that a cell holds, with its sign; None where the cell is empty or a dash.

    `value` is what the cell holds, `text` what it shows. Minus before or behind, or brackets around, mean below zero; a
    currency beside it is passed over. A single point or comma before exactly three digits separates thousands: no
    currency here has three decimals. Raises NoAmountError.
    """
    if isinstance(value, bool):
        raise NoAmountError
    if isinstance(value, (int, float)):
        return _number(str(value))
    if (value is not None and not isinstance(value, str)) or len(text) > LONGEST:
        raise NoAmountError
    if text.isascii() and text.isdigit() and len(text) <= 16:
        return _number(text)
    return _read_text(text)


# The same prices and quantities stand in row after row.
@lru_cache(maxsize=16384)
def _number(text: str) -> Amount:
    number = Decimal(text)
    if not number.is_finite():
        raise NoAmountError
    return Amount(number)


@lru_cache(maxsize=16384)
def _read_text(text: str) -> Amount | None:
    plain = digits(clean(text)).lower().strip()
    if not plain or plain in _MINUS:
        return None
    negative, plain = _sign(_without_currency(plain))
    match = _NUMBER.fullmatch(plain)
    if match is None:
        raise NoAmountError
    group, point, part = match["group"], match["point"], match["part"]
    whole = match["whole"]
    if group is None and point is not None and part is not None and len(part) == 3 and len(whole) <= 3:
        whole, part, group, point = whole + part, None, point, None  # 45.000, the commonest way of all
    if point is not None and part is not None and (point == group or len(part) == 3):
        raise NoAmountError
    bare = whole.replace(group, "") if group else whole
    if group and bare.startswith("0"):
        raise NoAmountError
    number = Decimal(f"{bare}.{part or 0}")
    return Amount(-number if negative else number, group or "", point or "")


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
