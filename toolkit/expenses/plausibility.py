"""Amounts that are out of the ordinary for what they are said to be for. Pure.

The bounds are the product's own judgement of prices in Viet Nam in 2026, wide on purpose: outside them a zero too many
or too few is likelier than the thing itself. They lead to a question, never to a refusal.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from toolkit.expenses.model import Doubt

if TYPE_CHECKING:
    from collections.abc import Mapping

_MILLION: Final = 1_000_000
LEAST: Final = 500
"""Đồng; nothing that people note down costs less."""

# The most in đồng that one entry of a category usually is.
MOST: Final[Mapping[str, int]] = MappingProxyType(
    {
        "food": 15 * _MILLION,
        "groceries": 20 * _MILLION,
        "transport": 50 * _MILLION,
        "utilities": 20 * _MILLION,
        "beauty": 50 * _MILLION,
        "entertainment": 30 * _MILLION,
        "pets": 30 * _MILLION,
        "shopping": 150 * _MILLION,
        "health": 300 * _MILLION,
        "education": 200 * _MILLION,
        "travel": 200 * _MILLION,
        "children": 200 * _MILLION,
        "gifts": 100 * _MILLION,
        "salary": 500 * _MILLION,
        "other": 100 * _MILLION,
    }
)


def unusual(amount: int, currency: str, category: str) -> Doubt | None:
    """The doubt "expenses.amount_unusual" where an amount in đồng hardly fits its category; None where it does.

    Other currencies and categories that know no bound (houses, loans, business) are never doubted for being large.
    """
    if currency != "VND" or LEAST <= amount <= MOST.get(category, amount):
        return None
    return Doubt("expenses.amount_unusual")
