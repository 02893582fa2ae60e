"""Days as exports write them: in one order of day, month and year all the way down, proven by the rows or refused."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Final

from toolkit.core.text import digits

if TYPE_CHECKING:
    from toolkit.kpi.imports.model import DateOrder

_LONGEST: Final = 60
_YMD = re.compile(r"(?<![0-9])([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?![0-9])")
_THREE = re.compile(r"(?<![0-9])([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4}|[0-9]{2})(?![0-9])")
_NAMED = re.compile(r"(?<![0-9])([0-9]{1,2})[ -]([A-Za-z]{3,9})\.?,?[ -]([0-9]{4})(?![0-9])")
_NAMED_FIRST = re.compile(r"([A-Za-z]{3,9})\.? ([0-9]{1,2}),? ([0-9]{4})(?![0-9])")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ZONE = re.compile(r"[T ]([0-9]{2}):([0-9]{2})(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:?[0-9]{2})$")
_COMPACT = re.compile(r"(20[0-9]{2})([0-9]{2})([0-9]{2})")
_EARLIEST, _LATEST = 1990, 2100
_VIETNAM: Final = timezone(timedelta(hours=7))


class DayError(ValueError):
    """A cell that is no day."""


class MixedDaysError(ValueError):
    """Days whose order can't be told. `first` and `second` are two cells that contradict each other, or one that can
    be read in two ways; `code` says which."""

    def __init__(self, code: str, first: str, second: str = "") -> None:
        super().__init__(code)
        self.code, self.first, self.second = code, first, second


class Days:
    """Reads the days of a file: `see` every cell, then `settle`, then `read` each."""

    def __init__(self) -> None:
        self._day_first = ""  # a text that is a day only when read day first
        self._month_first = ""
        self._either = ""  # one that is a day both ways, and not the same
        self._real_above_twelve = False  # a real date of the sheet's, after the twelfth
        self._real = ""
        self._text_within_twelve = False
        self._order: DateOrder = "dmy"
        self._cache: dict[str, date] = {}

    def see(self, said: date | str) -> None:
        """Take a cell into account: a date of the sheet's own, or what is written there."""
        if isinstance(said, date):
            self._real = self._real or f"{said:%Y-%m-%d}"
            self._real_above_twelve = self._real_above_twelve or said.day > 12
            return
        text = said
        if text in self._cache or not text or len(text) > _LONGEST:
            return
        self._cache[text] = date.min
        shown = digits(text)
        if _YMD.search(shown):
            return
        match = _THREE.search(shown)
        if match is None:
            return
        first, second = int(match[1]), int(match[2])
        if first > 12 >= second:
            self._day_first = self._day_first or text
        elif second > 12 >= first:
            self._month_first = self._month_first or text
        elif first <= 12 and second <= 12:
            self._text_within_twelve = True
            if first != second:
                self._either = self._either or text

    def settle(self, told: DateOrder | None, usual: DateOrder | None) -> None:
        """Decide the order: what the member said, else what the rows prove, else what the system is known to write.

        Raises MixedDaysError where rows contradict each other, where nothing tells, and where a spreadsheet has turned
        some of the texts into dates with day and month the wrong way round.
        """
        self._cache.clear()
        if told in ("dmy", "mdy"):
            self._order = told
            return
        if self._day_first and self._month_first:
            raise MixedDaysError("kpi.import_days_contradict", self._day_first, self._month_first)
        later = self._day_first or self._month_first
        if later and self._real and not self._real_above_twelve and not self._text_within_twelve:
            # Days up to the twelfth became dates, the others stayed texts: so does Excel with another country's days.
            raise MixedDaysError("kpi.import_days_mangled", self._real, later)
        if later:
            self._order = "dmy" if self._day_first else "mdy"
        elif self._either:
            if usual not in ("dmy", "mdy"):
                raise MixedDaysError("kpi.import_days_unclear", self._either)
            self._order = usual

    def read(self, said: date | str) -> date | None:
        """The day of a cell in Vietnam, whatever time of day stands beside it; None where it is empty. Raises
        DayError."""
        if isinstance(said, datetime):
            return _plausible(said.date())
        if isinstance(said, date):
            return _plausible(said)
        known = self._cache.get(said)
        if known is None:
            shown = digits(said[: _LONGEST + 1]).strip()
            if not shown or shown in "-—":
                return None
            if len(shown) > _LONGEST:
                raise DayError
            known = self._cache[said] = self._parse(shown)
        return known

    def _parse(self, shown: str) -> date:
        if match := _YMD.search(shown):
            day = _made(int(match[1]), int(match[2]), int(match[3]))
            return _in_vietnam(day, shown) if shown[-1] == "Z" or ":" in shown[-5:] else day
        if match := _THREE.search(shown):
            first, second, year = int(match[1]), int(match[2]), int(match[3])
            year += 2000 if len(match[3]) == 2 else 0
            return _made(year, second, first) if self._order != "mdy" else _made(year, first, second)
        if match := _COMPACT.fullmatch(shown):
            return _made(int(match[1]), int(match[2]), int(match[3]))
        if match := _NAMED.search(shown):
            return _made(int(match[3]), _month(match[2]), int(match[1]))
        if match := _NAMED_FIRST.search(shown):
            return _made(int(match[3]), _month(match[1]), int(match[2]))
        raise DayError


def _month(name: str) -> int:
    """The number of a month by its English name, as Lazada and others write it."""
    try:
        return _MONTHS.index(name[:3].lower()) + 1
    except ValueError:
        raise DayError from None


def _in_vietnam(day: date, shown: str) -> date:
    """The day in Vietnam of a moment that names its own zone, as programs of other countries write."""
    match = _ZONE.search(shown)
    if match is None:
        return day
    hour, minute, zone = int(match[1]), int(match[2]), match[3]
    if hour > 23 or minute > 59:
        raise DayError
    away = timedelta(0)
    if zone != "Z":
        hours, minutes = int(zone[1:3]), int(zone[-2:])
        if hours > 14 or minutes > 59:
            raise DayError
        away = timedelta(hours=hours, minutes=minutes) * (-1 if zone[0] == "-" else 1)
    moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - away
    return moment.astimezone(_VIETNAM).date()


def _made(year: int, month: int, day: int) -> date:
    try:
        return _plausible(date(year, month, day))
    except ValueError as error:
        raise DayError from error


def _plausible(day: date) -> date:
    if not _EARLIEST <= day.year <= _LATEST:
        raise DayError
    return day
