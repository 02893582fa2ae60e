"""Amounts as statements print them, in whole minor units."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from toolkit.core.money import MINOR_DIGITS
from toolkit.sheets.amounts import NoAmountError, read_decimal

if TYPE_CHECKING:
    from toolkit.sheets.model import Value

MOST: Final = 10**15
"""Đồng; more than all the money there is in the country is a number that was read wrongly."""


class AmountError(ValueError):
    """A cell that is no amount. `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_amount(value: Value, text: str, currency: str = "VND") -> int | None:
    """A cell's amount in đồng or minor units, with its sign; None where the cell is empty or a dash.

    The number is read as `read_decimal` reads it. Raises AmountError("expenses.statement_amount" |
    "expenses.statement_amount_fraction").
    """
    try:
        found = read_decimal(value, text)
    except NoAmountError as error:
        raise AmountError("expenses.statement_amount") from error
    return None if found is None else _exact(found.number, currency)


def _exact(number: Decimal, currency: str) -> int:
    if abs(number) > MOST:
        raise AmountError("expenses.statement_amount")
    minor = number * 10 ** MINOR_DIGITS.get(currency, 2)
    rounded = minor.to_integral_value()
    if abs(minor - rounded) > Decimal("0.000001"):
        raise AmountError("expenses.statement_amount_fraction")
    return int(rounded)
