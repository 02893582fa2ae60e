"""Dates written with numbers: 3/11/2026, 26-thg 9, ngày 1 tháng 9, 3 Nov, mùng 5 tháng 7."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from toolkit.core.dates import numbers, resolve
from toolkit.core.dates.rules import (
    MONTHS_AWAY,
    MUNG,
    NAMED_YEAR,
    Match,
    RuleBook,
    Said,
    months_away,
    year_named,
)
from toolkit.core.dates.view import alternatives
from toolkit.core.dates.vocabulary import (
    DAY_WORD,
    ENGLISH_MONTHS,
    LUNAR_MONTHS,
    MONTH,
    month_number,
)
from toolkit.core.readings import Reading, Readings, none, several

if TYPE_CHECKING:
    from toolkit.core.dates.day import Context, Day

BOOK = RuleBook()


def _dated(c: Context, said: Said, day: int, month: int, year: int | None, *, leap: bool = False) -> Readings[Day]:
    year = year if year is not None else said.year
    if leap or said.lunar:
        return resolve.lunar_day(c, day, month, year, leap=leap)
    return resolve.solar(c, day, month, year)


@BOOK.rule("iso", r"(?P<y>[0-9]{4})(?P<sep>[-/.])(?P<m>[0-9]{1,2})(?P=sep)(?P<d>[0-9]{1,2})(?![0-9])(?:t(?=[0-9]))?")
def _iso(found: Match, c: Context, said: Said) -> Readings[Day]:
    return _dated(c, said, int(found["d"]), int(found["m"]), int(found["y"]))


@BOOK.rule(
    "d/m/y",
    r"(?P<d>[0-9]{1,2}) ?(?P<sep>[-/.]) ?(?P<m>[0-9]{1,2})(?P<leap> ?n| nhuận)? ?(?P=sep) ?(?P<y>[0-9]{4}|[0-9]{2})"
    r"(?![0-9])",
)
def _dmy(found: Match, c: Context, said: Said) -> Readings[Day]:
    day, month = int(found["d"]), int(found["m"])
    if c.month_first:
        day, month = month, day
    return _dated(c, said, day, month, resolve.full_year(found["y"]), leap=bool(found["leap"]))


@BOOK.rule("d/m", rf"(?P<d>[0-9]{{1,2}}) ?/ ?(?P<m>[0-9]{{1,2}})(?P<leap> ?n| nhuận)?(?![0-9/])(?:{NAMED_YEAR})?")
def _dm(found: Match, c: Context, said: Said) -> Readings[Day]:
    day, month = int(found["d"]), int(found["m"])
    if c.month_first:
        day, month = month, day
    return _dated(c, said, day, month, year_named(found, c.today), leap=bool(found["leap"]))


@BOOK.rule("d-m", r"(?P<d>[0-9]{1,2}) ?[-.] ?(?P<m>[0-9]{1,2})(?P<leap> ?n| nhuận)?(?![0-9])", "cell")
def _d_m(found: Match, c: Context, said: Said) -> Readings[Day]:
    day, month = int(found["d"]), int(found["m"])
    if c.month_first:
        day, month = month, day
    dated = _dated(c, said, day, month, None, leap=bool(found["leap"]))
    if c.month is None or "-" not in found["core"] or not 1 <= day < month <= 31 or found["leap"]:
        return dated
    # under a title that names a month, "3-11" may be the 3rd to the 11th
    first, last = resolve.day_of_month(c, day, None).value, resolve.day_of_month(c, month, None).value
    if first is None or last is None:
        return dated
    stretch = Reading(replace(first, start=first.date, end=last.date + timedelta(days=1)), "core.reading_days")
    return several(resolve.AMBIGUOUS, [*(Reading(value, "core.reading_date") for value in dated.values), stretch])


@BOOK.rule(
    "d-thg m",
    r"(?P<d>[0-9]{1,2})[- ]{0,2}thg\.? ?(?P<m>[0-9]{1,2})(?![0-9])(?:[-, ]{1,2}(?P<y>[0-9]{4}|[0-9]{2})(?![0-9]))?",
)
def _d_thg_m(found: Match, c: Context, said: Said) -> Readings[Day]:
    year = resolve.full_year(found["y"]) if found["y"] else None
    return _dated(c, said, int(found["d"]), int(found["m"]), year)


@BOOK.rule(
    "d tháng m",
    rf"(?:ngày )?{MUNG}?(?P<d>{DAY_WORD})[ ,]{{1,2}}tháng (?P<m>{MONTH})(?!\w)(?P<leap> nhuận)?"
    rf"(?:{NAMED_YEAR}|[-/](?P<y>[0-9]{{4}})(?![0-9]))?",
)
def _d_thang_m(found: Match, c: Context, said: Said) -> Readings[Day]:
    day, month = numbers.number(found["d"]), month_number(found["m"])
    if day is None or (c.sentence and _in_passing(found)):
        return none("core.date_unknown")
    year = int(found["y"]) if found["y"] else year_named(found, c.today)
    if found["m"] == "sau":
        return _sau(found, c, said, day)
    if found["m"] in LUNAR_MONTHS and said.lunar is None:
        said = replace(said, lunar=True)
    if found["mung"] and said.lunar is None and not found["leap"]:
        return _either_calendar(
            _dated(c, replace(said, lunar=False), day, month, year),
            _dated(c, replace(said, lunar=True), day, month, year),
        )
    return _dated(c, said, day, month, year, leap=bool(found["leap"]))


def _in_passing(found: Match) -> bool:
    """Whether the day is a word that is another word without its marks: "vé máy bay tháng sau", "ba tháng sau"."""
    said = found["d"]
    return said.isascii() and said.isalpha() and not found["mung"] and not found["core"].startswith("ng")


def _sau(found: Match, c: Context, said: Said, day: int) -> Readings[Day]:
    """ "Tháng sau" is next month; typed without any marks it may be "tháng sáu", June."""
    following = resolve.day_of_month(c, day, 1)
    if not found["core"].isascii():
        return following
    june = _dated(c, said, day, 6, None)
    options = [Reading(value, "core.reading_next_month") for value in following.values]
    options += [Reading(value, "core.reading_june") for value in june.values]
    return several(resolve.AMBIGUOUS, options) if options else june


def _either_calendar(solar: Readings[Day], lunar: Readings[Day]) -> Readings[Day]:
    """Mùng is said of the first ten days of either calendar's months."""
    options = [Reading(value, "core.reading_solar") for value in solar.values]
    options += [Reading(value, "core.reading_lunar") for value in lunar.values]
    return several(resolve.AMBIGUOUS, options) if options else solar


@BOOK.rule("mùng d", rf"(?:ngày )?{MUNG}(?P<d>{DAY_WORD})(?!\w)(?: tháng (?P<away>{MONTHS_AWAY}))?")
def _mung_d(found: Match, c: Context, said: Said) -> Readings[Day]:
    day = numbers.number(found["d"])
    if day is None:
        return none("core.date_unknown")
    solar = resolve.day_of_month(c, day, months_away(found["away"]) if found["away"] else None)
    if said.lunar is False or found["away"]:
        return solar
    lunar = resolve.lunar_day_of_month(c, day)
    return lunar if said.lunar else _either_calendar(solar, lunar)


@BOOK.rule(
    "ngày d",
    rf"(?:ngày|hôm) (?P<d>{DAY_WORD})(?!\w)(?![./-][0-9])(?: tháng (?P<away>{MONTHS_AWAY}))?",
)
def _ngay_d(found: Match, c: Context, said: Said) -> Readings[Day]:
    day = numbers.number(found["d"])
    if day is None or found["d"] == "mot" or (c.sentence and not found["d"][0].isdigit()):
        return none("core.date_unknown")  # "ngay mot" is "ngày mốt", the day after tomorrow
    if said.lunar and not found["away"]:
        return resolve.lunar_day_of_month(c, day)
    return resolve.day_of_month(c, day, months_away(found["away"]) if found["away"] else None)


@BOOK.rule("d", r"(?P<d>[0-9]{1,2})(?: tháng này)?", "cell")
def _d(found: Match, c: Context, said: Said) -> Readings[Day]:
    if said.lunar:
        return resolve.lunar_day_of_month(c, int(found["d"]))
    if c.month is None:
        return none("core.date_unknown")  # a lone number is a date only under a title that names the month
    return resolve.day_of_month(c, int(found["d"]), None)


_ENGLISH_MONTH = alternatives(ENGLISH_MONTHS)


@BOOK.rule(
    "d month",
    rf"(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?[- ]{{0,2}}(?:of )?(?P<m>{_ENGLISH_MONTH})\.?(?!\w)"
    r"(?:[-, ]{1,2}(?P<y>[0-9]{4}|[0-9]{2})(?![0-9]))?",
    "cell",
)
@BOOK.rule(
    "month d",
    rf"(?P<m>{_ENGLISH_MONTH})\.?[- ]{{1,2}}(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9])"
    r"(?:[-, ]{1,2}(?P<y>[0-9]{4}))?",
    "cell",
)
def _month_d(found: Match, c: Context, said: Said) -> Readings[Day]:
    year = resolve.full_year(found["y"]) if found["y"] else None
    return _dated(c, said, int(found["d"]), ENGLISH_MONTHS[found["m"]], year)
