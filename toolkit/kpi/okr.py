"""Objectives and key results: how far from → to each result has come, and their plain mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal

from toolkit.core.money import parse_amount
from toolkit.core.readings import Reading, Readings, none
from toolkit.core.text import clean, digits, fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


@dataclass(frozen=True)
class KeyResult:
    """A number to be moved from `start` to `goal` (which may lie below it); `now` is None while it isn't measured."""

    start: Fraction
    goal: Fraction
    now: Fraction | None

    @property
    def progress(self) -> Fraction | None:
        """0 to 1, clamped: a result that overshoots makes up for no other. None while there is nothing to say."""
        if self.now is None or self.start == self.goal:
            return None
        return min(max((self.now - self.start) / (self.goal - self.start), Fraction(0)), Fraction(1))


def objective_progress(results: Sequence[KeyResult]) -> Fraction | None:
    """The mean of the key results' progress, an unmeasured one counting as not begun; None where none is measured."""
    measured = [result.progress for result in results]
    if all(progress is None for progress in measured):
        return None
    return sum((progress or Fraction(0) for progress in measured), Fraction(0)) / len(results)


ResultUnit = Literal["number", "dong", "share"]


@dataclass(frozen=True)
class Value:
    """What a key result stood at on a day, as the member said."""

    id: int
    day: date
    value: Fraction
    note: str = ""


@dataclass(frozen=True)
class Result:
    """A key result of an objective. `metric` names the figure that it follows by itself; else `values` say where it
    stands. `dropped`: it counts no more."""

    id: int
    objective: int
    text: str
    start: Fraction
    goal: Fraction
    unit: ResultUnit = "number"
    metric: str = ""
    dropped: bool = False
    values: tuple[Value, ...] = ()

    def said(self, as_of: date) -> Fraction | None:
        """The newest value up to a day, None where there is none; of several on one day the last that was said."""
        known = [value for value in self.values if value.day <= as_of]
        return max(known, key=lambda value: (value.day, value.id)).value if known else None


@dataclass(frozen=True)
class Objective:
    """What the member wants, from `start` to before `end`. `closed` is the day on which they were done with it;
    `engagements` as of a target."""

    id: int
    text: str
    start: date
    end: date
    engagements: tuple[str, ...] = ()
    closed: date | None = None
    note: str = ""
    results: tuple[Result, ...] = ()


@dataclass(frozen=True)
class Figure:
    """An exact number with what it counts."""

    value: Fraction
    unit: ResultUnit = "number"


def in_unit(figure: Figure, unit: ResultUnit) -> Fraction | None:
    """A figure as one of `unit`, None where it isn't one. A plain number may be meant as đồng; whether it is meant as
    percent isn't guessed."""
    if figure.unit == unit or not figure.value or (figure.unit == "number" and unit == "dong"):
        return figure.value
    return None


_LONGEST: Final = 40
_NUMBER: Final = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>[0-9]{1,15})(?:(?P<mark>[.,])(?P<part>[0-9]{1,9}))?(?P<share> ?%?)"
)
_GROUPED: Final = re.compile(r"[+-]?[0-9]{1,3}(?:(?:\.[0-9]{3}){1,5}|(?:,[0-9]{3}){2,5})(?P<decimals>[,.][0-9]{1,9})?")
_RATIO: Final = re.compile(r"(?P<part>[0-9]{1,9}) ?/ ?(?P<whole>[0-9]{1,9})")


def read_figure(text: str) -> Readings[Figure]:
    """`8`, `9,5`, `9.5`, `1.500`, `30%`, `2/7`, `120tr`, exactly.

    A point before exactly three digits groups thousands, as Vietnamese writing has it; a comma there could mean either,
    and both readings are given. None with "kpi.figure_unreadable" for anything else.
    """
    typed = digits(clean(text))
    if not typed or len(typed) > _LONGEST:
        return none("kpi.figure_unreadable")
    if grouped := _GROUPED.fullmatch(typed):
        decimals = grouped["decimals"] or ""
        whole = typed.removesuffix(decimals).replace(".", "").replace(",", "")
        return _figures(Fraction(f"{whole}.{decimals[1:] or 0}"))
    if ratio := _RATIO.fullmatch(typed):
        over = int(ratio["whole"])
        return _figures(Fraction(int(ratio["part"]), over)) if over else none("kpi.figure_unreadable")
    number = _NUMBER.fullmatch(typed)
    if number is None:
        return _money(typed)
    if number["share"].strip():
        return _figures(Fraction(f"{number['sign']}{number['whole']}.{number['part'] or 0}") / 100, unit="share")
    exact = Fraction(f"{number['sign']}{number['whole']}.{number['part'] or 0}")
    if number["mark"] == "," and len(number["part"]) == 3 and number["whole"] != "0":
        return _figures(exact, Fraction(f"{number['sign']}{number['whole']}{number['part']}"))
    return _figures(exact)


def _money(typed: str) -> Readings[Figure]:
    readings = parse_amount(typed)
    money = readings.value
    if money is None or not readings.certain or money.currency != "VND" or fold(typed).isdigit():
        return none("kpi.figure_unreadable")
    return _figures(Fraction(money.amount), unit="dong")


def _figures(*values: Fraction, unit: ResultUnit = "number") -> Readings[Figure]:
    code = "kpi.figure_two_readings" if len(values) > 1 else ""
    return Readings(tuple(Reading(Figure(value, unit)) for value in values), code)
