"""Days, weeks, months, quarters, years and stretches between two dates. Half-open; weeks begin on Monday."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from typing import Literal

from toolkit.core.dates import lunar, resolve
from toolkit.core.dates.dates import parse_date, read_date
from toolkit.core.dates.day import Context, Day, Look, spoken
from toolkit.core.dates.view import CELL_LIMIT, alternatives, cell, compiled, forms
from toolkit.core.dates.vocabulary import ENGLISH_MONTHS, LUNAR_MONTHS, MONTH, ROMAN, month_number
from toolkit.core.readings import Reading, Readings, none, one, several
from toolkit.core.text import strip_marks

Kind = Literal["day", "week", "month", "quarter", "year", "school_year", "custom"]
_OfYear = Callable[[int], "Period"]
_Days = tuple[Day, ...]


@dataclass(frozen=True)
class Period:
    """The days from `start` to before `end`. `kind` is how it was named; `year_given` is False where the year was
    filled in from today."""

    start: date
    end: date
    kind: Kind = "custom"
    year_given: bool = True

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError("a period ends after it starts")

    def __str__(self) -> str:
        return spoken(self.start) if self.days == 1 else f"{spoken(self.start)}–{spoken(self.last)}"

    @property
    def days(self) -> int:
        return (self.end - self.start).days

    @property
    def last(self) -> date:
        """The last day that belongs to it."""
        return self.end - timedelta(days=1)

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end


def day_period(day: date) -> Period:
    return Period(day, day + timedelta(days=1), "day")


def week_of(day: date) -> Period:
    """The week, Monday to Sunday, that a day lies in."""
    start = resolve.monday(day)
    return Period(start, start + timedelta(days=7), "week")


def month(year: int, number: int) -> Period:
    return Period(date(year, number, 1), date(*resolve.shift_month(year, number, 1), 1), "month")


def month_of(day: date) -> Period:
    return month(day.year, day.month)


def quarter(year: int, number: int) -> Period:
    """Quarter 1–4 of a calendar year."""
    first = 3 * number - 2
    return Period(date(year, first, 1), date(*resolve.shift_month(year, first, 3), 1), "quarter")


def quarter_of(day: date) -> Period:
    return quarter(day.year, (day.month + 2) // 3)


def year_period(year: int) -> Period:
    return Period(date(year, 1, 1), date(year + 1, 1, 1), "year")


def iso_week(year: int, number: int) -> Period | None:
    """Week 1–53 of a year as ISO 8601 counts them (week 1 holds January 4); None where the year has no such week."""
    try:
        start = date.fromisocalendar(year, number, 1)
    except ValueError:
        return None
    return Period(start, start + timedelta(days=7), "week")


def shifted(period: Period, by: int) -> Period:
    """The period `by` units later: the same number of days for a custom one."""
    if period.kind in ("month", "quarter", "year"):
        months = by * {"month": 1, "quarter": 3, "year": 12}[period.kind]
        start = date(*resolve.shift_month(period.start.year, period.start.month, months), 1)
        return replace(
            period, start=start, end=date(*resolve.shift_month(period.end.year, period.end.month, months), 1)
        )
    days = timedelta(days=by * period.days)
    return replace(period, start=period.start + days, end=period.end + days)


_RELATIVE = {
    "nay": 0, "truoc": -1, "roi": -1, "vua roi": -1, "vua qua": -1, "qua": -1, "ngoai": -1, "sau": 1, "toi": 1,
    "this": 0, "last": -1, "next": 1,
}  # fmt: skip
_AWAY = "này|nay|trước|vừa rồi|vừa qua|rồi|qua|ngoái|sau|tới"
_ENGLISH_UNITS = {"week": "tuan", "month": "thang", "quarter": "quy", "year": "nam"}
_YEAR = r"(?:[ ,]{0,2}(?:/|-|năm)? ?(?P<y>(?:19|20)[0-9]{2}))"


def parse_period(text: str, *, today: date, look: Look) -> Readings[Period]:
    """`tháng 11`, `T11/2026`, `2026-11`, `quý 4`, `năm ngoái`, `tuần sau`, `7 ngày qua`, `1/11 - 15/11`, `hôm qua`.

    A month or quarter without a year is the nearest that has begun (`look="back"`) or that isn't over ("forward").
    The end of a stretch that is written out is included in it: `1/11 - 15/11` ends before 16/11. Never raises.
    """
    if len(text) > CELL_LIMIT:
        return none("core.date_too_long", limit=CELL_LIMIT)
    written = cell(text)
    if not written:
        return none("core.period_unknown")
    for form in forms(written):
        readings = _named(form, today, look)
        if readings or readings.code != "core.period_unknown":
            return readings
    stretch = parse_stretch(written, today=today, look=look)
    if stretch or stretch.code != "core.period_unknown":
        return stretch
    day = parse_date(written, today=today, look=look)
    if day.code in ("core.date_unknown", "core.date_empty", "core.date_is_period"):
        return none("core.period_unknown")
    return day.map(
        lambda d: Period(
            d.start or d.date, d.end or d.date + timedelta(days=1), "custom" if d.end else "day", d.year_given
        )
    )


def _named(text: str, today: date, look: Look) -> Readings[Period]:
    relative = compiled(
        rf"(?:cả |trong )?(?P<unit>tuần|tháng|quý|quí|năm|nửa năm) (?P<way>{_AWAY})(?P<more> nữa)?"
    ).fullmatch(text)
    english = compiled(r"(?P<way>this|last|next) (?P<unit>week|month|quarter|year)").fullmatch(text)
    found = relative or english
    if found:
        unit = _ENGLISH_UNITS.get(found["unit"]) or strip_marks(found["unit"])
        by = _RELATIVE[strip_marks(found["way"])] * (2 if relative and relative["more"] else 1)
        here = {"tuan": week_of, "thang": month_of, "quy": quarter_of, "qui": quarter_of}.get(unit)
        return one(shifted(here(today) if here else year_period(today.year), by))
    span = compiled(
        r"(?:trong )?(?P<n>[0-9]{1,3}) (?P<unit>ngày|tuần|tháng) (?P<way>qua|gần đây|vừa qua|gần nhất|tới|sắp tới)"
    ).fullmatch(text)
    if span:
        return _counted(int(span["n"]), strip_marks(span["unit"]), strip_marks(span["way"]), today)
    return _month_quarter_year(text, today, look)


def _counted(count: int, unit: str, way: str, today: date) -> Readings[Period]:
    """ "7 ngày qua" ends with today; "7 ngày tới" begins with it."""
    if not 1 <= count <= 400:
        return none("core.period_unknown")
    if unit == "thang":
        later = way in ("toi", "sap toi")
        edge = resolve.shift_month(today.year, today.month, count if later else -count)
        other = resolve.solar_clipped(today.day, *edge)
        day = timedelta(days=1)
        return one(Period(today, other) if later else Period(other + day, today + day))
    days = timedelta(days=count * (7 if unit == "tuan" else 1))
    if way in ("toi", "sap toi"):
        return one(Period(today, today + days))
    return one(Period(today + timedelta(days=1) - days, today + timedelta(days=1)))


def _month_quarter_year(text: str, today: date, look: Look) -> Readings[Period]:
    iso = re.fullmatch(r"(?P<y>[0-9]{4})[-/](?P<m>[0-9]{1,2})", text)
    month_found = compiled(
        rf"(?:tháng|thg|t) ?\.?(?P<m>{MONTH}){_YEAR}?|(?P<m2>[0-9]{{1,2}})[/-](?P<y2>[0-9]{{4}})|"
        rf"(?P<m3>{alternatives(ENGLISH_MONTHS)})\.?(?: (?P<y3>[0-9]{{4}}))?"
    ).fullmatch(text)
    if iso or month_found:
        return _month(iso or month_found, today, look)
    quarter_found = compiled(
        rf"(?:quý|quí|qúy|q) ?(?P<q>[0-9]{{1,2}}|iv|i{{1,3}}){_YEAR}?|(?P<y2>[0-9]{{4}})[- ]?q(?P<q2>[0-9])"
    ).fullmatch(text)
    if quarter_found:
        named = quarter_found["q"] or quarter_found["q2"]
        number = int(named) if named.isdigit() else ROMAN[named]
        if not 1 <= number <= 4:
            return none("core.period_no_such_quarter", quarter=number)
        return _with_year(quarter_found["y"] or quarter_found["y2"], lambda y: quarter(y, number), today, look)
    week_found = compiled(
        rf"(?:tuần|w) ?(?:thứ )?(?P<w>[0-9]{{1,2}}){_YEAR}|(?P<y2>[0-9]{{4}})-?w(?P<w2>[0-9]{{2}})"
    ).fullmatch(text)
    if week_found:
        found = iso_week(int(week_found["y"] or week_found["y2"]), int(week_found["w"] or week_found["w2"]))
        return one(found) if found else none("core.period_no_such_week", week=week_found["w"] or week_found["w2"])
    year_found = compiled(r"(?:năm )?(?P<y>(?:19|20)[0-9]{2})").fullmatch(text)
    if year_found:
        return _with_year(year_found["y"], year_period, today, look)
    return none("core.period_unknown")


def _month(found: re.Match[str] | None, today: date, look: Look) -> Readings[Period]:
    parts = found.groupdict() if found else {}
    written = parts.get("y") or parts.get("y2") or parts.get("y3")
    if parts.get("m") in LUNAR_MONTHS:
        return _lunar_month(month_number(parts["m"] or ""), written, today, look)
    english = parts.get("m3")
    number = ENGLISH_MONTHS[english] if english else month_number(parts.get("m") or parts.get("m2") or "")
    if not 1 <= number <= 12:
        return none("core.date_no_such_month", month=number, day=1)
    named = _with_year(written, lambda year: month(year, number), today, look)
    if found and re.fullmatch("t ?[2-7]", found[0]):
        # "T2" is a month in a report and a weekday in a timetable
        day = resolve.weekday(Context(today, look), number - 2, None).values[0].date
        options = [Reading(period, "core.reading_month") for period in named.values]
        return several(resolve.AMBIGUOUS, [*options, Reading(day_period(day), "core.reading_weekday")])
    return named


def _lunar_month(number: int, written: str | None, today: date, look: Look) -> Readings[Period]:
    """Tháng Giêng and tháng Chạp are months of the lunar year."""
    years = (
        [int(written)] if written else [today.year + by for by in ((1, 0, -1, -2) if look == "back" else (-1, 0, 1, 2))]
    )
    for year in years:
        if not lunar.FIRST_YEAR <= year <= lunar.LAST_YEAR:
            continue
        found = lunar.month_of(year, number)
        if found is None:
            continue
        period = Period(found.first, found.first + timedelta(days=found.length), "custom", year_given=bool(written))
        if written or (period.start <= today if look == "back" else period.end > today):
            return one(period)
    return none("core.date_lunar_out_of_range", year=years[0])


def _with_year(written: str | None, of_year: _OfYear, today: date, look: Look) -> Readings[Period]:
    if written:
        year = int(written)
        if not resolve.FIRST_YEAR <= year <= resolve.LAST_YEAR:
            return none("core.date_year_unlikely", year=year)
        return one(of_year(year))
    here = of_year(today.year)
    if look == "back" and here.start > today:
        here = of_year(today.year - 1)
    if look == "forward" and here.end <= today:
        here = of_year(today.year + 1)
    return one(replace(here, year_given=False))


_TO = r" ?(?:->|-|>|\.\.|(?:đến hết|đến|tới|to|until)(?![^\W\d])) ?(?:hết )?(?:ngày )?"
_ROLLED_OVER = 300  # days: a stretch that has to cross a New Year to run forward and is longer was mistyped


def parse_stretch(
    text: str, *, today: date, look: Look, year: int | None = None, month: int | None = None
) -> Readings[Period]:
    """Two dates with "-" or "đến" between them, both included: `07/09/2026 - 25/10/2026`, `12-14/12`, `1/11 đến 5/11`.

    A date without a year takes that of the other, so that the stretch runs forward; where both lack it, the stretch is
    the nearest that isn't over (`look="forward"`) or that has begun ("back"). Never raises.
    """
    if len(text) > CELL_LIMIT:
        return none("core.date_too_long", limit=CELL_LIMIT)
    context = Context(today, look, year, month)
    written = cell(text).strip(" ()")
    opening = compiled(r"(?:từ |trong |thời gian:? |tuần (?:từ )?|kể từ )?(?:ngày )?").match(written)
    written = written[opening.end() if opening else 0 :]
    refused: Readings[Period] = none("core.period_unknown")
    for form in forms(written):
        for found in list(compiled(_TO).finditer(form))[:12]:
            readings = _between(form[: found.start()].strip(), form[found.end() :].strip(), context)
            if readings:
                return readings
            if readings.code == "core.period_backwards":
                refused = readings
    return refused


_SHARED = re.compile(r"[0-9]{1,2}(?P<rest>[/.-][0-9]{1,2}(?:[/.-][0-9]{4})?)")


def _between(first: str, last: str, c: Context) -> Readings[Period]:
    shared = _SHARED.fullmatch(last)
    if shared and re.fullmatch("[0-9]{1,2}", first):
        first += shared["rest"]  # "12-14/12"
    start, end = read_date(first, c), read_date(last, c)
    if not (start and end):
        return none("core.period_unknown")
    years_written = start.values[0].year_given and end.values[0].year_given
    found = [
        Reading(Period(a.date, b.date + timedelta(days=1), "custom", a.year_given or b.year_given), "core.reading_days")
        for a, b in _pairs(first, last, c, start.values, end.values)
        if a.date <= b.date and (years_written or a.date.year == b.date.year or (b.date - a.date).days <= _ROLLED_OVER)
    ]
    if not found:
        return none("core.period_backwards", start=spoken(start.values[0].date), end=spoken(end.values[0].date))
    return several(resolve.AMBIGUOUS, found)


def _pairs(first: str, last: str, c: Context, starts: _Days, ends: _Days) -> Iterator[tuple[Day, Day]]:
    """Starts with ends, the years that were not written fitted to each other."""
    start_given, end_given = starts[0].year_given, ends[0].year_given
    if start_given and end_given:
        yield from ((a, b) for a in starts for b in ends)
    elif end_given or (not start_given and c.year is None and c.look == "forward"):
        for b in ends:
            fitting = (a for y in (b.date.year, b.date.year - 1) for a in read_date(first, replace(c, year=y)).values)
            yield from ((a, b) for a in islice((a for a in fitting if a.date <= b.date), 1))
    else:
        for a in starts:
            fitting = (b for y in (a.date.year, a.date.year + 1) for b in read_date(last, replace(c, year=y)).values)
            yield from ((a, b) for b in islice((b for b in fitting if a.date <= b.date), 1))


@dataclass(frozen=True)
class Title:
    """What a sheet's title says of its dates: a year, a month, a stretch of days. None where it doesn't say."""

    year: int | None = None
    month: int | None = None
    period: Period | None = None


def read_title(text: str, *, today: date) -> Title:
    """`LỊCH THÁNG 12/2026`, `Tuần từ 16/11/2026 đến 22/11/2026`, `Học kỳ I năm học 2026-2027`, `Lịch năm 2026`.

    A school year gives the twelve months from August, so that its dates find their year there; when its classes begin
    and end it doesn't say. Never raises.
    """
    written = cell(text)
    dates = r"[0-9]{1,2}[/.-][0-9]{1,2}(?:[/.-][0-9]{4})?"
    stretch = compiled(rf"(?P<s>{dates}(?: ?- ?| (?:đến|tới|->) (?:hết )?(?:ngày )?){dates})").search(written)
    if stretch:
        period = parse_stretch(stretch["s"], today=today, look="forward").value
        if period is not None:
            same_month = month_of(period.start) == month_of(period.last)
            year = period.start.year if period.start.year == period.last.year else None
            return Title(year, period.start.month if same_month else None, period)
    school = re.search(r"(?<![0-9])(?P<a>20[0-9]{2}) ?[-/] ?(?P<b>20[0-9]{2})(?![0-9])", written)
    if school and int(school["b"]) == int(school["a"]) + 1:
        return Title(period=Period(date(int(school["a"]), 8, 1), date(int(school["b"]), 8, 1), "school_year"))
    monthly = compiled(
        rf"(?<!\w)(?:tháng|thg|t)[ :]{{0,2}}(?P<m>{MONTH})(?!\w)"
        r"(?: ?[/-] ?(?P<y>20[0-9]{2})|[ ,]{0,2}năm:? (?P<y2>20[0-9]{2}))?(?![/.-][0-9])"
    ).search(written)
    monthly = monthly or re.search(r"(?<![0-9/.-])(?P<m>[0-9]{1,2})[/-](?P<y>20[0-9]{2})(?![0-9])(?P<y2>)", written)
    any_year = re.search(r"(?<![0-9])20[0-9]{2}(?![0-9])", written)
    year = int(any_year[0]) if any_year else None
    if monthly:
        own = monthly["y"] or monthly["y2"]
        year = int(own) if own else year
        number = month_number(monthly["m"])
        if 1 <= number <= 12 and (own or not monthly[0].startswith("t") or monthly[0].startswith("th")):
            return Title(year, number, month(year, number) if year else None)
    return Title(year, None, year_period(year) if year else None)
