"""Cells and JSON of figures that are told of customers, deals and key results."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from toolkit.core.money import format_money
from toolkit.core.shares import share
from toolkit.shell.blocks import Sayable, When, Words

if TYPE_CHECKING:
    from datetime import date

    from toolkit.core.shares import Share
    from toolkit.kpi.okr import ResultUnit
    from toolkit.shell.blocks import Cell
    from toolkit.shell.messages import Messages

_PLACES = 4  # of a share for a program


@dataclass(frozen=True)
class Dong(Sayable):
    """An exact amount in whole đồng, half up."""

    amount: Fraction | int

    def said(self, messages: Messages) -> str:
        return format_money(half_up(Fraction(self.amount)), "VND", messages.lang).replace("-", "−")


@dataclass(frozen=True)
class Percent(Sayable):
    """A share in whole percent, half up; below one percent with one decimal, so that it isn't nothing."""

    value: Fraction | float

    def said(self, messages: Messages) -> str:
        exact = Fraction(self.value) * 100
        if 0 < exact < 1:
            tenths = half_up(exact * 10)
            return f"0{',' if messages.lang == 'vi' else '.'}{tenths}%" if 0 < tenths < 10 else f"{half_up(exact)}%"
        return f"{half_up(exact)}%"


@dataclass(frozen=True)
class Exact(Sayable):
    """A figure in its unit: `9,5`, `120.000.000đ`, `45%`, `2/7` where no decimals are exact enough."""

    value: Fraction
    unit: ResultUnit = "number"

    def said(self, messages: Messages) -> str:
        if self.unit == "dong":
            return Dong(self.value).said(messages)
        value = self.value * 100 if self.unit == "share" else self.value
        return _decimal(value, messages) + ("%" if self.unit == "share" else "")


def _decimal(value: Fraction, messages: Messages) -> str:
    point = "," if messages.lang == "vi" else "."
    sign, size = "−" if value < 0 else "", abs(value)
    hundredths = half_up(size * 100)
    if Fraction(hundredths, 100) != size:
        sign = f"≈{sign}"
    whole, rest = divmod(hundredths, 100)
    decimals = f"{rest:02}".rstrip("0")
    return f"{sign}{messages.number(whole)}{point + decimals if decimals else ''}"


def half_up(value: Fraction) -> int:
    """To a whole number, halves away from nothing."""
    size = abs(value)
    whole = (2 * size.numerator + size.denominator) // (2 * size.denominator)
    return whole if value >= 0 else -whole


def sure(found: Share) -> Cell:
    """A share with how sure it is: `2/7 = 29% (80%: 13–53%)`; what there is nothing of has no share."""
    if found.value is None or found.low is None or found.high is None:
        return Words("kpi.share_of_nothing")
    return Words(
        "kpi.share_sure",
        part=found.part,
        whole=found.whole,
        share=Percent(found.value),
        low=Percent(found.low),
        high=Percent(found.high),
    )


def share_json(found: Share) -> dict[str, Any]:
    """A share for a program: null where it has no value, never 0."""
    wide = share(found.part, found.whole, 0.95)
    return {
        "part": found.part,
        "whole": found.whole,
        "value": rounded(found.value),
        "interval_80": None if found.low is None else [rounded(found.low), rounded(found.high)],
        "interval_95": None if wide.low is None else [rounded(wide.low), rounded(wide.high)],
    }


def rounded(value: Fraction | float | None) -> float | None:
    """To four decimals for a program."""
    return None if value is None else round(float(value), _PLACES)


def exact_json(value: Fraction | None) -> int | float | None:
    """A whole number as one, another as the nearest float."""
    if value is None:
        return None
    return int(value) if value.denominator == 1 else float(value)


def span_words(since: date | None, until: date, this_year: int | None = None) -> Cell:
    """The days that a figure is of; `until` is exclusive."""
    if since is None:
        from datetime import timedelta

        return Words("kpi.span_until", day=When(until - timedelta(days=1), this_year=this_year))
    return When(since, until, this_year=this_year)


def span_json(since: date | None, until: date, engagement: str = "") -> dict[str, Any]:
    return {
        "start": since.isoformat() if since else None,
        "end": until.isoformat(),
        "engagement": engagement or None,
    }
