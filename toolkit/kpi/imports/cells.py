"""Numbers of orders, quantities and texts as exports write them."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from toolkit.core.text import csv_safe, nfc, terminal_safe
from toolkit.kpi.model import QUANTITY_UNIT

if TYPE_CHECKING:
    from toolkit.sheets.model import Cell

_ROUNDED = re.compile(r"[0-9](?:[.,][0-9]{1,15})?[eE]\+?[0-9]{1,3}")
_LONG_NUMBER = re.compile(r"[0-9]{16,40}")
_EXACT: Final = 10**15  # from here on a spreadsheet's number no longer knows its last digits
_KEPT_DIGITS: Final = 15
LONGEST_NUMBER: Final = 80
LONGEST_TEXT: Final = 300


class RoundedIdError(ValueError):
    """The number of an order that a spreadsheet has rounded: which order it was can't be told any more."""


def order_number(cell: Cell) -> str:
    """The number of an order as it was given, without the tabs, quotes and apostrophes that keep spreadsheets away.

    Raises RoundedIdError for one such as `5.77E+17`.
    """
    value = cell.value
    if isinstance(value, float):
        if abs(value) >= _EXACT or not value.is_integer():
            raise RoundedIdError(cell.text)
        return str(int(value))
    if isinstance(value, int):
        return str(value)
    text = cell.text
    if text.isalnum() and text.isascii() and len(text) <= LONGEST_NUMBER and not _ROUNDED.fullmatch(text):
        return text
    text = nfc(" ".join(text.split()))[:LONGEST_NUMBER]
    if text[:2] == '="' and text[-1:] == '"':
        text = text[2:-1]
    text = text.removeprefix("'").strip()
    if _ROUNDED.fullmatch(text):
        raise RoundedIdError(text)
    if text.endswith(".0") and text[:-2].isdigit():
        text = text[:-2]
    return terminal_safe(text).strip()


def looks_rounded(number: str) -> bool:
    """Whether a long number ends in nothing but zeros where a spreadsheet would have left none."""
    return bool(_LONG_NUMBER.fullmatch(number)) and not number[_KEPT_DIGITS:].strip("0")


def plain_text(text: str, *, guarded: bool = False) -> str:
    """A text on one line. `guarded`: an apostrophe that keeps a spreadsheet from reckoning isn't part of it."""
    text = _one_line(text) if text else ""
    return text[1:] if guarded and text[:1] == "'" and csv_safe(text[1:]) == text else text


# The same products, states and buyers stand in row after row.
@lru_cache(maxsize=32768)
def _one_line(text: str) -> str:
    if not (text.isascii() and text.isprintable() and "  " not in text):
        text = nfc(terminal_safe(" ".join(text[: 4 * LONGEST_TEXT].split())))
    return text.strip()[:LONGEST_TEXT]


def thousandths(number: Decimal) -> int:
    """A quantity in thousandths, half up."""
    return int((number * QUANTITY_UNIT).to_integral_value(ROUND_HALF_UP))


@lru_cache(maxsize=4096)
def as_quantity(thousandths: int) -> Fraction:
    """Thousandths as the quantity that they are; the same few turn up line after line."""
    return Fraction(thousandths, QUANTITY_UNIT)


def dong(number: Decimal) -> int:
    """An amount in whole đồng, half away from zero."""
    return int(number.to_integral_value(ROUND_HALF_UP))
