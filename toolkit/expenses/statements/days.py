"""Days as statements print them: in one order of day, month and year all the way down, never guessed line by line."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from toolkit.core.text import digits

if TYPE_CHECKING:
    from toolkit.expenses.statements.model import DateOrder
    from toolkit.sheets.model import Value

_LONGEST: Final = 60
_YMD = re.compile(r"(?<![0-9])([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?![0-9])")
_THREE = re.compile(r"(?<![0-9])([0-9]{1,2}) ?[-/.] ?([0-9]{1,2}) ?[-/.] ?([0-9]{4}|[0-9]{2})(?![0-9])")
_EARLIEST: Final = 1990


class DayError(ValueError):
    """A cell that is no day. `swapped`: it is one with day and month the other way round."""

    def __init__(self, code: str, *, swapped: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.swapped = swapped


def read_day(value: Value, text: str, order: DateOrder = "dmy") -> date | None:
    """The day of a cell, whatever time of day or number stands beside it; None where the cell is empty.

    `order` is that of days written with the year last; a year first is always year, month, day. Raises
    DayError("expenses.statement_day" | "expenses.statement_day_order").
    """
    if isinstance(value, datetime):
        return _plausible(value.date())
    if isinstance(value, date):
        return _plausible(value)
    shown = digits(text).strip()
    if not shown:
        return None
    if len(shown) > _LONGEST or (value is not None and not isinstance(value, str)):
        raise DayError("expenses.statement_day")
    if match := _YMD.search(shown):
        return _made(int(match[1]), int(match[2]), int(match[3]))
    match = _THREE.search(shown)
    if match is None:
        raise DayError("expenses.statement_day")
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    year += 2000 if len(match[3]) == 2 else 0
    day, month = (first, second) if order != "mdy" else (second, first)
    try:
        return _made(year, month, day)
    except DayError:
        if month > 12 >= day:
            raise DayError("expenses.statement_day_order", swapped=True) from None
        raise


def _made(year: int, month: int, day: int) -> date:
    try:
        return _plausible(date(year, month, day))
    except ValueError as error:
        raise DayError("expenses.statement_day") from error


def _plausible(day: date) -> date:
    if not _EARLIEST <= day.year <= 2100:
        raise DayError("expenses.statement_day")
    return day
