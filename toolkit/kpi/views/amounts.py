"""Figures as a line has room for them: amounts in their unit, shares, days, periods, the names of targets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from toolkit.shell.blocks import Sayable, Words

if TYPE_CHECKING:
    from toolkit.kpi.model import MetricDef, Target, Unit
    from toolkit.shell.blocks import Cell
    from toolkit.shell.messages import Messages

UNKNOWN: Final = "–"
_AS_IT_IS: Final = 18  # digits: no rounding
_STEPS: Final = (
    (10**9, "kpi.unit_billion", "kpi.unit_billion_spoken"),
    (10**6, "kpi.unit_million", "kpi.unit_million_spoken"),
    (10**3, "kpi.unit_thousand", "kpi.unit_thousand_spoken"),
)


def rounded(value: Fraction, digits: int) -> Fraction:
    """`value` to so many significant digits, half up; whole numbers below 1,000 stay as they are."""
    size = abs(value)
    if not size:
        return Fraction(0)
    step = Fraction(1)
    while size / step >= 10**digits:
        step *= 10
    while size / step < 10 ** (digits - 1):
        step /= 10
    whole = (size / step * 2 + 1) // 2 * step
    return whole if value > 0 else -whole


@dataclass(frozen=True)
class Amount(Sayable):
    """A figure in its metric's unit, as short as `digits` significant digits say it: `10,8tr`, `18`, `28,6 %`.

    `exact`: in full instead (`10.800.000đ`); `spoken`: with the unit in full (`10,8 triệu`). None is said as a dash.
    """

    value: Fraction | int | float | None
    unit: Unit
    digits: int = 3
    exact: bool = False
    spoken: bool = False

    def said(self, messages: Messages) -> str:
        if self.value is None:
            return UNKNOWN
        value = Fraction(self.value)
        if self.unit == "share":
            return f"{_decimal(value * 100, messages, 1)} %"
        if self.unit != "dong":
            return _decimal(value, messages, 2 if self.exact or abs(value) < 10 else 1)
        if self.exact or not abs(value) >= 1000:
            return f"{_decimal(value, messages, 0)}{' đồng' if self.spoken else 'đ'}"
        number, name = self.parts()
        return f"{_decimal(number, messages, 3)}{messages.text(name)}"

    def parts(self) -> tuple[Fraction, str]:
        """The number and the code of its unit, for an amount of money of a thousand or more."""
        short = rounded(Fraction(self.value or 0), self.digits)
        step, name, spoken = next((known for known in _STEPS if abs(short) >= known[0]), _STEPS[-1])
        return short / step, spoken if self.spoken else name


@dataclass(frozen=True)
class OfGoal(Sayable):
    """`66/120tr`: what there is, and of what; the unit is said once where both have it."""

    actual: Fraction | None
    goal: Fraction
    unit: Unit

    def said(self, messages: Messages) -> str:
        actual, goal = Amount(self.actual, self.unit), Amount(self.goal, self.unit)
        text, of = actual.said(messages), goal.said(messages)
        if self.unit == "share":
            return f"{text.removesuffix(' %')}/{of}"
        if self.actual == 0:
            return f"0/{of}"
        if self.unit == "dong" and self.actual is not None and self.goal >= 1000 and abs(self.actual) >= 1000:
            number, name = actual.parts()
            if name == goal.parts()[1]:
                return f"{_decimal(number, messages, 3)}/{of}"
        return f"{text}/{of}"


@dataclass(frozen=True)
class Span(Sayable):
    """`84–114tr`: from one amount to another, rounded to what a forecast can know.

    `least` is what there is already: no rounding takes the lower end below it.
    """

    low: float
    high: float
    unit: Unit
    least: Fraction | None = None

    def said(self, messages: Messages) -> str:
        first, last = self._ends()
        if self.least is not None and first < self.least <= Fraction(self.low):
            first = rounded(self.least, 3)
        low, high = Amount(first, self.unit, _AS_IT_IS), Amount(last, self.unit, _AS_IT_IS)
        text, to = low.said(messages), high.said(messages)
        if text == to:
            return text
        if self.unit == "dong" and abs(Fraction(low.value or 0)) >= 1000 and low.parts()[1] == high.parts()[1]:
            text = _decimal(low.parts()[0], messages, 3)
        return f"{text.removesuffix(' %') if self.unit == 'share' else text}–{to}"

    def _ends(self) -> tuple[Fraction, Fraction]:
        """Both ends in steps of what the larger one can be told to: 84–114, not 84,4–114 or 84–113,6."""
        low, high = Fraction(self.low), Fraction(self.high)
        size = max(abs(low), abs(high))
        if self.unit == "count":
            return Fraction(round(low)), Fraction(round(high))
        if self.unit != "dong" or size < 1000:
            return rounded(low, 2), rounded(high, 2)
        step = Fraction(10 ** (len(str(int(size))) - (3 if str(int(size))[0] == "1" else 2)))
        return round(low / step) * step, round(high / step) * step


@dataclass(frozen=True)
class Percent(Sayable):
    """A share in whole hundredths, half up: `55%`. None is said as a dash."""

    part: Fraction | float | None

    def said(self, messages: Messages) -> str:
        if self.part is None:
            return UNKNOWN
        number = int((abs(Fraction(self.part)) * 200 + 1) // 2)
        return f"{'−' if self.part < 0 and number else ''}{messages.number(number)}%"


@dataclass(frozen=True)
class Days(Sayable):
    """A number of working days: `5`, `4,5`."""

    days: Fraction

    def said(self, messages: Messages) -> str:
        return _decimal(self.days, messages, 2)


@dataclass(frozen=True)
class PeriodName(Sayable):
    """`T11`, `Q4`, `2026`, `T2 16/11 – CN 22/11`: the year is left out where it is `this_year`. `full`: in words."""

    start: date
    end: date
    this_year: int | None = None
    full: bool = False

    def said(self, messages: Messages) -> str:
        kind, number = self._kind()
        size = "_full" if self.full else ""
        if kind != "days":
            year = "" if self.start.year == self.this_year and not self.full else "_year"
            return messages.text(f"kpi.period_{kind}{size}{year}", number=str(number), year=str(self.start.year))
        last = self.end - timedelta(days=1)
        if self.start == last:
            return f"{last:%d/%m}" if last.year == self.this_year and not self.full else f"{last:%d/%m/%Y}"
        same = self.start.year == last.year
        first = f"{self.start:%d/%m}" if same else f"{self.start:%d/%m/%Y}"
        return f"{first}–{last:%d/%m}" if same and last.year == self.this_year else f"{first}–{last:%d/%m/%Y}"

    def _kind(self) -> tuple[str, int]:
        start, end = self.start, self.end
        if start.day == 1 and end.day == 1:
            months = (end.year - start.year) * 12 + end.month - start.month
            if months == 1:
                return "month", start.month
            if months == 3 and start.month % 3 == 1:
                return "quarter", (start.month + 2) // 3
            if months == 12 and start.month == 1:
                return "year", start.year
        return "days", 0


def metric_name(metric: MetricDef) -> Cell:
    """What a metric is called: by the member, or in the catalogue; its id where it is known no more."""
    if metric.label:
        return metric.label
    return MetricName(metric.id)


@dataclass(frozen=True)
class MetricName(Sayable):
    """The name of a shipped metric; the id of one that nobody knows any more."""

    id: str

    def said(self, messages: Messages) -> str:
        code = f"kpi.metric_{self.id}"
        return messages.text(code) if messages.knows(code) else self.id


def target_name(target: Target, metric: MetricDef, this_year: int | None = None) -> Cell:
    """`Doanh số T11`, or what the member calls it."""
    if target.label:
        return target.label
    period = PeriodName(target.start, target.end, this_year)
    return Words("kpi.target_name", metric=metric_name(metric), period=period)


def _decimal(value: Fraction, messages: Messages, places: int) -> str:
    """A number with at most so many decimals, rounded half up, in the member's way of writing."""
    scale = 10**places
    size = int((abs(value) * scale * 2 + 1) // 2)
    whole, rest = divmod(size, scale)
    point = "," if messages.lang == "vi" else "."
    decimals = f"{rest:0{places}}".rstrip("0") if places else ""
    sign = "−" if value < 0 and size else ""
    return f"{sign}{messages.number(whole)}{point + decimals if decimals else ''}"
