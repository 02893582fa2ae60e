"""Dates that have a name: mùng 1 tết, giao thừa, rằm tháng bảy, quốc khánh."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.core.dates import numbers, resolve
from toolkit.core.dates.rules import (
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
    LUNAR_FESTIVALS,
    MONTH,
    SOLAR_FESTIVALS,
    festival_table,
    month_number,
)
from toolkit.core.readings import Reading, Readings, none, several
from toolkit.core.text import strip_marks

if TYPE_CHECKING:
    from toolkit.core.dates.day import Context, Day

BOOK = RuleBook()


@BOOK.rule(
    "mùng n tết",
    rf"(?:ngày )?(?:{MUNG})?(?P<d>{DAY_WORD}) tết(?: nguyên đán| âm lịch| ta| âm)?(?:{NAMED_YEAR})?(?!\w)",
)
def _tet(found: Match, c: Context, said: Said) -> Readings[Day]:
    """Mùng 1 … 10 Tết open the lunar year; 23 … 30 Tết are the last days before it, 30 Tết always the eve."""
    day = numbers.number(found["d"])
    year = year_named(found, c.today) or said.year
    if day is None or (day <= 10 and not found["mung"] and not found["d"].isdigit()):
        return none("core.date_unknown")  # "sau Tết" is no "mùng sáu Tết" with its marks left out
    if 1 <= day <= 10:
        return resolve.lunar_day(c, day, 1, year)
    if found["mung"] or not 20 <= day <= 30:
        return none("core.date_lunar_no_such_day", day=day, month=1)
    if day == 30:
        return resolve.eve_of_tet(c, year)
    return resolve.lunar_day(c, day, 12, year - 1 if year is not None else None)


@BOOK.rule("giao thừa", rf"(?:đêm |tối )?giao thừa(?: tết)?(?:{NAMED_YEAR})?", weak=True)
def _giao_thua(found: Match, c: Context, said: Said) -> Readings[Day]:
    return resolve.eve_of_tet(c, year_named(found, c.today) or said.year)


@BOOK.rule(
    "rằm",
    r"(?:ngày |hôm )?rằm(?: (?:tháng |t(?=[0-9]))(?:(?P<away>này|trước|sau|tới)|"
    rf"(?P<m>{MONTH}))(?!\w)(?P<leap> nhuận)?)?(?:{NAMED_YEAR}|/(?P<y>[0-9]{{4}}))?",
)
def _ram(found: Match, c: Context, said: Said) -> Readings[Day]:
    """Rằm is the 15th of a lunar month."""
    if found["m"]:
        year = int(found["y"]) if found["y"] else year_named(found, c.today) or said.year
        return resolve.lunar_day(c, 15, month_number(found["m"]), year, leap=bool(found["leap"]))
    if found["away"] == "sau" and found["core"].isascii():
        # typed without any marks, "tháng sau" (next month) may be "tháng sáu", the sixth
        following, sixth = resolve.lunar_day_in_month_away(c, 15, 1), resolve.lunar_day(c, 15, 6, None)
        options = [Reading(value, "core.reading_next_month") for value in following.values]
        options += [Reading(value, "core.reading_june") for value in sixth.values]
        return several(resolve.AMBIGUOUS, options) if options else sixth
    if found["away"]:
        return resolve.lunar_day_in_month_away(c, 15, months_away(found["away"]))
    return resolve.lunar_day_of_month(c, 15)


_BEFORE_FESTIVAL = "(?:(?:ngày|lễ|tết|hôm|dịp|đêm|vía) ){0,2}"


@BOOK.rule(
    "noel",
    rf"(?P<before>{_BEFORE_FESTIVAL})(?P<f>{alternatives(tuple(SOLAR_FESTIVALS))})(?:{NAMED_YEAR})?(?!\w)",
    weak=True,
)
def _solar_festival(found: Match, c: Context, said: Said) -> Readings[Day]:
    day, month = festival_table("solar")[strip_marks(found["f"])]
    return resolve.solar(c, day, month, year_named(found, c.today) or said.year)


@BOOK.rule(
    "trung thu",
    rf"(?P<before>{_BEFORE_FESTIVAL})(?P<f>{alternatives(tuple(LUNAR_FESTIVALS))})(?:{NAMED_YEAR})?(?!\w)",
    weak=True,
)
def _lunar_festival(found: Match, c: Context, said: Said) -> Readings[Day]:
    day, month = festival_table("lunar")[strip_marks(found["f"])]
    return resolve.lunar_day(c, day, month, year_named(found, c.today) or said.year)
