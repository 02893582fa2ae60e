"""What a row's goods are worth, by a profile's reckoning: `amount`, `gross-discount`, `price*quantity`."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from toolkit.kpi.imports.model import Field

_HUNDRED = Decimal(100)


@lru_cache(maxsize=256)
def parts(reckoning: str) -> tuple[Field, ...]:
    """The fields of a reckoning, in order."""
    return cast("tuple[Field, ...]", tuple(reckoning.replace("*", "-").split("-"))) if reckoning else ()


def usable(reckoning: str, columns: Container[str]) -> bool:
    """Whether there are columns for it. What is taken off may be missing where nothing is ever taken off."""
    known = parts(reckoning)
    return all(part in columns for part in (known if "*" in reckoning else known[:1]))


def reckon(reckoning: str, figures: Mapping[str, Decimal]) -> Decimal | None:
    """The worth of a row in đồng, exact; None where its own figures are missing.

    A discount counts by its size, whether it is written below zero or above. A product of price and quantity takes its
    discount in percent with it.
    """
    first, *others = parts(reckoning)
    whole = figures.get(first)
    if whole is None:
        return None
    if "*" in reckoning:
        for part in others:
            factor = figures.get(part)
            if factor is None:
                return None
            whole *= factor
        percent = figures.get("discount_percent")
        return whole if percent is None else whole * (_HUNDRED - percent) / _HUNDRED
    for part in others:
        off = figures.get(part)
        if off is not None:
            # What goes back is written with a minus all through: its discount then lessens what goes back.
            whole = whole - abs(off) if whole >= 0 else whole + abs(off)
    return whole
