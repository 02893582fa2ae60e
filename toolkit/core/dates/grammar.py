"""How dates are written and said: each rule is a pattern and what it means.

Rules are tried longest match first. Around each of them may stand a session ("tối"), a weekday ("Thứ 7, "), and the
name of the calendar ("âm lịch"); `dates` puts those together and compares them.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from toolkit.core.dates import numbers, resolve
from toolkit.core.dates.day import Context, Day
from toolkit.core.dates.readings import Reading, Readings, none, one, several
from toolkit.core.dates.vocabulary import (
    DAY_WORD,
    ENGLISH_MONTHS,
    LUNAR_FESTIVALS,
    LUNAR_MONTHS,
    MONTH,
    SESSION,
    SOLAR_FESTIVALS,
    festival_table,
    month_number,
    session_named,
    weekday_number,
    weekday_pattern,
)
from toolkit.core.dates.view import alternatives, strip_marks

Match = re.Match[str]


@dataclass(frozen=True)
class Said:
    """What stood around a rule's match: is the day lunar (None: not said), and the year that was named, if any."""

    lunar: bool | None = None
    year: int | None = None


Where = Literal["both", "cell", "sentence"]
Meaning = Callable[[Match, Context, Said], Readings[Day]]


@dataclass(frozen=True)
class Rule:
    """A way to name a day; its whole match is the group `core`. `where` keeps a rule to cells (the whole text is a date) or to sentences (a date is found in
    them); a `weak` one counts in a sentence only where a clause begins or a year follows ("mai" is a name, too)."""

    name: str
    pattern: str
    meaning: Meaning
    where: Where = "both"
    weak: bool = False


RULES: list[Rule] = []


def _rule(name: str, pattern: str, where: Where = "both", *, weak: bool = False) -> Callable[[Meaning], Meaning]:
    def keep(meaning: Meaning) -> Meaning:
        RULES.append(Rule(name, pattern, meaning, where, weak))
        return meaning

    return keep


# A four-digit year that isn't an amount ("quốc khánh 2000đ"), or a year by its relation to this one.
YEAR = r"(?:(?:19|20)[0-9]{2})(?!\w)(?![.,][0-9])(?! (?:đ|đồng|k|ng|ngàn|nghìn|vnd|vnđ|tr|triệu|tỷ|tỉ|usd)(?!\w))"
# Numbers that count something name no day: "ngày 3 lần", "1/2 kg".
UNCOUNTED = (
    r"(?! ?(?:lần|tr|triệu|k|củ|ngày|tuần|tháng|người|bữa|cái|con|ly|cốc|lon|cữ|viên|kg|ký|cân|lít|lạng|suất|giá|giờ|tiếng|"
    r"phần|đường|chỉ|cây|số)(?!\w))"
)
NAMED_YEAR = rf"(?:[ ,]{{0,2}}(?:năm )?(?P<year>{YEAR})|[ ,]{{1,2}}năm (?P<year_said>ngoái|nay|sau|tới|trước|rồi|kia))"
_YEARS_AWAY = {"ngoai": -1, "truoc": -1, "roi": -1, "kia": -2, "nay": 0, "sau": 1, "toi": 1}
UNCOUNTED_BUT_MONTH = UNCOUNTED.replace("|tháng", "")
_MONTHS_AWAY = {"nay": 0, "truoc": -1, "roi": -1, "vua roi": -1, "vua qua": -1, "qua": -1, "sau": 1, "toi": 1}
MONTHS_AWAY = "này|nay|trước|vừa rồi|vừa qua|rồi|sau|tới"


def year_named(found: Match, today: date) -> int | None:
    """The year in a match of NAMED_YEAR."""
    parts = found.groupdict()
    if parts.get("year"):
        return int(parts["year"])
    if parts.get("year_said"):
        return today.year + _YEARS_AWAY[strip_marks(parts["year_said"])]
    return None


def months_away(text: str) -> int:
    return _MONTHS_AWAY[strip_marks(text)]


# --- numbers -----------------------------------------------------------------------------------------------------


def _dated(c: Context, said: Said, day: int, month: int, year: int | None, *, leap: bool = False) -> Readings[Day]:
    year = year if year is not None else said.year
    if leap or said.lunar:
        return resolve.lunar_day(c, day, month, year, leap=leap)
    return resolve.solar(c, day, month, year)


@_rule("iso", r"(?P<y>[0-9]{4})(?P<sep>[-/.])(?P<m>[0-9]{1,2})(?P=sep)(?P<d>[0-9]{1,2})(?![0-9])(?:t(?=[0-9]))?")
def _iso(found: Match, c: Context, said: Said) -> Readings[Day]:
    return _dated(c, said, int(found["d"]), int(found["m"]), int(found["y"]))


@_rule(
    "d/m/y",
    r"(?P<d>[0-9]{1,2}) ?(?P<sep>[-/.]) ?(?P<m>[0-9]{1,2})(?P<leap> ?n| nhuận)? ?(?P=sep) ?(?P<y>[0-9]{4}|[0-9]{2})"
    r"(?![0-9])",
)
def _dmy(found: Match, c: Context, said: Said) -> Readings[Day]:
    day, month = int(found["d"]), int(found["m"])
    if c.month_first:
        day, month = month, day
    return _dated(c, said, day, month, resolve.full_year(found["y"]), leap=bool(found["leap"]))


@_rule("d/m", rf"(?P<d>[0-9]{{1,2}}) ?/ ?(?P<m>[0-9]{{1,2}})(?P<leap> ?n| nhuận)?(?![0-9/]){UNCOUNTED}(?:{NAMED_YEAR})?")
def _dm(found: Match, c: Context, said: Said) -> Readings[Day]:
    day, month = int(found["d"]), int(found["m"])
    if c.month_first:
        day, month = month, day
    return _dated(c, said, day, month, year_named(found, c.today), leap=bool(found["leap"]))


@_rule("d-m", r"(?P<d>[0-9]{1,2}) ?[-.] ?(?P<m>[0-9]{1,2})(?P<leap> ?n| nhuận)?(?![0-9])", "cell")
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
    stretch = Reading(replace(first, end=last.date + timedelta(days=1)), "core.reading_days")
    return several(resolve.AMBIGUOUS, [*(Reading(value, "core.reading_date") for value in dated.values), stretch])


@_rule("d-thg m", r"(?P<d>[0-9]{1,2})[- ]{0,2}thg\.? ?(?P<m>[0-9]{1,2})(?![0-9])(?:[-, ]{1,2}(?P<y>[0-9]{4}|[0-9]{2})(?![0-9]))?")
def _d_thg_m(found: Match, c: Context, said: Said) -> Readings[Day]:
    year = resolve.full_year(found["y"]) if found["y"] else None
    return _dated(c, said, int(found["d"]), int(found["m"]), year)


_MUNG = r"(?P<mung>(?:mùng|mồng|mùnh) )"


@_rule(
    "d tháng m",
    rf"(?:ngày )?{_MUNG}?(?P<d>{DAY_WORD})[ ,]{{1,2}}tháng (?P<m>{MONTH})(?!\w)(?P<leap> nhuận)?"
    rf"{UNCOUNTED}(?:{NAMED_YEAR}|[-/](?P<y>[0-9]{{4}})(?![0-9]))?",
)
def _d_thang_m(found: Match, c: Context, said: Said) -> Readings[Day]:
    day, month = numbers.number(found["d"]), month_number(found["m"])
    if day is None:
        return none("core.date_unknown")
    year = int(found["y"]) if found["y"] else year_named(found, c.today)
    if found["m"] in LUNAR_MONTHS and said.lunar is None:
        said = replace(said, lunar=True)
    if found["mung"] and said.lunar is None and not found["leap"]:
        return _either_calendar(
            _dated(c, replace(said, lunar=False), day, month, year), _dated(c, replace(said, lunar=True), day, month, year)
        )
    return _dated(c, said, day, month, year, leap=bool(found["leap"]))


def _either_calendar(solar: Readings[Day], lunar: Readings[Day]) -> Readings[Day]:
    """Mùng is said of the first ten days of either calendar's months."""
    options = [Reading(value, "core.reading_solar") for value in solar.values]
    options += [Reading(value, "core.reading_lunar") for value in lunar.values]
    return several(resolve.AMBIGUOUS, options) if options else solar


@_rule("mùng d", rf"(?:ngày )?{_MUNG}(?P<d>{DAY_WORD})(?!\w)(?: tháng (?P<away>{MONTHS_AWAY}))?")
def _mung_d(found: Match, c: Context, said: Said) -> Readings[Day]:
    day = numbers.number(found["d"])
    if day is None:
        return none("core.date_unknown")
    solar = resolve.day_of_month(c, day, months_away(found["away"]) if found["away"] else None)
    if said.lunar is False or found["away"]:
        return solar
    lunar = resolve.lunar_day_of_month(c, day)
    return lunar if said.lunar else _either_calendar(solar, lunar)


@_rule("ngày d", rf"(?:ngày|hôm) (?P<d>{DAY_WORD})(?!\w)(?![./-][0-9]){UNCOUNTED_BUT_MONTH}(?: tháng (?P<away>{MONTHS_AWAY}))?")
def _ngay_d(found: Match, c: Context, said: Said) -> Readings[Day]:
    day = numbers.number(found["d"])
    if day is None or (c.sentence and not found["d"][0].isdigit()):
        return none("core.date_unknown")
    if said.lunar and not found["away"]:
        return resolve.lunar_day_of_month(c, day)
    return resolve.day_of_month(c, day, months_away(found["away"]) if found["away"] else None)


@_rule("d", r"(?P<d>[0-9]{1,2})(?: tháng này)?", "cell")
def _d(found: Match, c: Context, said: Said) -> Readings[Day]:
    if said.lunar:
        return resolve.lunar_day_of_month(c, int(found["d"]))
    if c.month is None:
        return none("core.date_unknown")  # a lone number is a date only under a title that names the month
    return resolve.day_of_month(c, int(found["d"]), None)


_ENGLISH_MONTH = alternatives(ENGLISH_MONTHS)


@_rule(
    "d month",
    rf"(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?[- ]{{0,2}}(?:of )?(?P<m>{_ENGLISH_MONTH})\.?(?!\w)"
    r"(?:[-, ]{1,2}(?P<y>[0-9]{4}|[0-9]{2})(?![0-9]))?",
    "cell",
)
@_rule(
    "month d",
    rf"(?P<m>{_ENGLISH_MONTH})\.?[- ]{{1,2}}(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9])(?:[-, ]{{1,2}}(?P<y>[0-9]{{4}}))?",
    "cell",
)
def _month_d(found: Match, c: Context, said: Said) -> Readings[Day]:
    year = resolve.full_year(found["y"]) if found["y"] else None
    return _dated(c, said, int(found["d"]), ENGLISH_MONTHS[found["m"]], year)


# --- relative to today -------------------------------------------------------------------------------------------

_DAYS_AWAY = {
    "hôm nay": 0, "bữa nay": 0, "ngày hôm nay": 0, "bây giờ": 0, "lúc nãy": 0, "hồi nãy": 0, "khi nãy": 0, "vừa nãy": 0,
    "hôm qua": -1, "bữa qua": -1, "ngày hôm qua": -1, "hôm kia": -2, "bữa kia": -2, "hôm kìa": -3, "hôm kỉa": -3,
    "ngày mai": 1, "ngày mốt": 2, "bữa mốt": 2, "ngày kia": 2, "ngày kìa": 3, "ngày kỉa": 3,
    "today": 0, "yesterday": -1, "tomorrow": 1,
}  # fmt: skip
_PLAIN_DAYS_AWAY = {strip_marks(k): v for k, v in _DAYS_AWAY.items() if "kìa" not in k and "kỉa" not in k}


@_rule("hôm nay", alternatives(_DAYS_AWAY))
def _away(found: Match, c: Context, said: Said) -> Readings[Day]:
    away = _DAYS_AWAY.get(found["core"])
    if away is None:
        away = _PLAIN_DAYS_AWAY[strip_marks(found["core"])]
    return one(Day(c.today + timedelta(days=away)))


@_rule("mai", "nay|mai|mốt", weak=True)
def _short_away(found: Match, c: Context, said: Said) -> Readings[Day]:
    word = found["core"]
    if word == "mot" and c.sentence:
        return none("core.date_unknown")  # without its marks it is "một", one
    return one(Day(c.today + timedelta(days={"nay": 0, "mai": 1}.get(word, 2))))


@_rule("tối qua", rf"(?:hồi )?(?P<s>{SESSION}) (?P<when>nay|qua|mai|mốt|kia)(?!\w)|hồi (?P<s2>{SESSION})(?: nay)?")
def _session_away(found: Match, c: Context, said: Said) -> Readings[Day]:
    session = session_named(found["s"] or found["s2"])
    if found["s2"]:
        return one(Day(c.today, session=session))
    when = strip_marks(found["when"])
    if when == "kia":
        return one(Day(c.today + timedelta(days=2 if c.look == "forward" else -2), session=session))
    return one(Day(c.today + timedelta(days={"nay": 0, "qua": -1, "mai": 1, "mot": 2}[when]), session=session))


_COUNT = rf"(?P<n>[0-9]{{1,3}}|{numbers.pattern(31)})"
_UNIT = "(?P<unit>ngày|hôm|bữa|tuần|tháng|năm)"


@_rule("n ngày trước", rf"{_COUNT} {_UNIT} (?P<way>trước|nữa|sau)(?! [0-9])(?!\w)")
@_rule("cách đây n ngày", rf"(?P<way>cách đây|cách nay|trước đây) {_COUNT} {_UNIT}(?!\w)")
@_rule("sau n ngày", rf"(?P<way>sau) {_COUNT} {_UNIT}(?: nữa)?(?!\w)", "cell")
def _counted(found: Match, c: Context, said: Said) -> Readings[Day]:
    count = numbers.number(found["n"])
    if count is None:
        return none("core.date_unknown")
    later = strip_marks(found["way"]) in ("nua", "sau")
    return _step(c.today, count if later else -count, strip_marks(found["unit"]))


@_rule("n days ago", r"(?P<n>[0-9]{1,3}) (?P<unit>day|week|month|year)s? ago|in (?P<n2>[0-9]{1,3}) (?P<unit2>day|week|month|year)s?")
def _counted_in_english(found: Match, c: Context, said: Said) -> Readings[Day]:
    units = {"day": "ngay", "week": "tuan", "month": "thang", "year": "nam"}
    if found["n"]:
        return _step(c.today, -int(found["n"]), units[found["unit"]])
    return _step(c.today, int(found["n2"]), units[found["unit2"]])


def _step(today: date, count: int, unit: str) -> Readings[Day]:
    """A number of days, weeks, months or years away; the 31st becomes a shorter month's last day."""
    try:
        if unit in ("thang", "nam"):
            year, month = resolve.shift_month(today.year, today.month, count * (12 if unit == "nam" else 1))
            following = date(*resolve.shift_month(year, month, 1), 1)
            return one(Day(min(date(year, month, 1) + timedelta(days=today.day - 1), following - timedelta(days=1))))
        return one(Day(today + timedelta(days=count * (7 if unit == "tuan" else 1))))
    except (OverflowError, ValueError):
        return none("core.date_unknown")


@_rule("hôm nọ", "(?:hôm|bữa) (?:nọ|bữa|hổm|trước)|(?:vài|mấy) (?:hôm|ngày|bữa|tuần|tháng|năm) (?:trước|nay|nữa|qua)|dạo (?:này|trước)")
def _vague(found: Match, c: Context, said: Said) -> Readings[Day]:
    return none("core.date_vague")


@_rule("tuần trước", rf"(?:cả )?(?:tuần|tháng|năm|quý) (?:{MONTHS_AWAY}|qua|ngoái)(?: nữa)?|(?:next|last|this) (?:week|month|year)")
def _period(found: Match, c: Context, said: Said) -> Readings[Day]:
    return none("core.date_is_period")


# --- weekdays ----------------------------------------------------------------------------------------------------

_WEEKS_AWAY = {
    "tuan nay": 0, "tuan truoc": -1, "tuan roi": -1, "tuan vua roi": -1, "tuan vua qua": -1, "tuan qua": -1,
    "tuan sau": 1, "tuan toi": 1, "tuan sau nua": 2, "tuan truoc nua": -2,
}  # fmt: skip
_WEEK = "tuần (?:sau nữa|trước nữa|này|trước|vừa rồi|vừa qua|rồi|qua|sau|tới)"


def _weekday_rules(*, sentence: bool) -> None:
    name = weekday_pattern(sentence=sentence)

    @_rule(
        "thứ" if sentence else "mon",
        rf"(?P<day_word>(?:hôm|bữa|ngày) )?(?P<w>{name})(?:,? (?:của )?(?P<week>{_WEEK})|"
        r" (?P<rel>sắp tới|vừa rồi|vừa qua|mới rồi|hôm rồi|rồi|này|tới|sau|trước)(?!\w)(?! (?:khi|đó|này)))?",
        "sentence" if sentence else "cell",
    )
    @_rule(
        "tuần sau thứ" if sentence else "next mon",
        rf"(?P<week>{_WEEK}),? (?P<w>{name})|(?P<en>next|last|this) (?P<w2>{name})",
        "sentence" if sentence else "cell",
    )
    def _weekday(found: Match, c: Context, said: Said) -> Readings[Day]:
        return weekday_meaning(found, c)


def weekday_meaning(found: Match, c: Context) -> Readings[Day]:
    """A weekday with what says which week: `thứ hai tuần sau`, `cn vừa rồi`, `hôm thứ 6`, `next Monday`."""
    parts = found.groupdict()
    wanted = weekday_number(parts["w"] or parts.get("w2") or "")
    if parts.get("week"):
        return resolve.weekday(c, wanted, _WEEKS_AWAY[strip_marks(parts["week"])])
    how = strip_marks(parts.get("rel") or parts.get("en") or "")
    nearest = resolve.weekday(c, wanted, None)
    if how in ("vua roi", "vua qua", "moi roi", "hom roi", "roi"):
        return one(Day(resolve.gone(c.today, wanted), weekday=wanted))
    if how in ("toi", "sap toi"):
        return one(Day(resolve.coming(c.today, wanted), weekday=wanted))
    if how in ("sau", "next"):
        return _this_or_next(c, wanted, resolve.coming(c.today, wanted), 1)
    if how in ("truoc", "last"):
        return _this_or_next(c, wanted, resolve.gone(c.today, wanted), -1)
    if how in ("nay", "this"):
        return _this_week(c, wanted)
    if parts.get("day_word") in ("hôm ", "hom ", "bữa ", "bua ") and wanted == c.today.weekday():
        # on a Friday, "hôm thứ 6" may be today or a week ago
        today = Reading(Day(c.today, weekday=wanted), "core.reading_today")
        return several(
            resolve.AMBIGUOUS, [today, Reading(Day(resolve.gone(c.today, wanted), weekday=wanted), "core.reading_week_ago")]
        )
    if parts.get("day_word") in ("hôm ", "hom ", "bữa ", "bua "):
        return one(Day(resolve.gone(c.today, wanted), weekday=wanted))
    return nearest


def _this_or_next(c: Context, wanted: int, near: date, weeks: int) -> Readings[Day]:
    """ "Thứ 6 sau" is the coming Friday or next week's; where those are one day there is nothing to ask."""
    by_week = resolve.monday(c.today) + timedelta(days=wanted + 7 * weeks)
    return several(
        resolve.AMBIGUOUS,
        [
            Reading(Day(near, weekday=wanted), "core.reading_coming" if weeks > 0 else "core.reading_last"),
            Reading(Day(by_week, weekday=wanted), "core.reading_next_week" if weeks > 0 else "core.reading_last_week"),
        ],
    )


def _this_week(c: Context, wanted: int) -> Readings[Day]:
    this_week = resolve.monday(c.today) + timedelta(days=wanted)
    if this_week >= c.today:
        return one(Day(this_week, weekday=wanted))
    return several(
        resolve.AMBIGUOUS,
        [
            Reading(Day(this_week, weekday=wanted), "core.reading_this_week"),
            Reading(Day(resolve.coming(c.today, wanted), weekday=wanted), "core.reading_coming"),
        ],
    )


_weekday_rules(sentence=True)
_weekday_rules(sentence=False)


# --- parts of a month or week ------------------------------------------------------------------------------------

_PARTS = {"dau": (1, 1, 10), "giua": (15, 11, 20), "cuoi": (31, 21, 31)}


@_rule(
    "đầu tháng",
    rf"(?P<part>đầu|giữa|cuối) tháng(?: (?:(?P<away>{MONTHS_AWAY})(?!\w)|(?P<m>{MONTH})(?!\w)(?: ?[/-] ?(?P<y>[0-9]{{4}})|{NAMED_YEAR})?))?",
)
def _part_of_month(found: Match, c: Context, said: Said) -> Readings[Day]:
    """Đầu tháng: days 1–10, said as the 1st; giữa tháng: 11–20, the 15th; cuối tháng: from the 21st, the last day.

    Without a month it is the nearest such day; where today lies in the stretch, this stretch or the one before (after)
    may be meant, and both are given.
    """
    day, first, last = _PARTS[strip_marks(found["part"])]
    if found["m"]:
        month = month_number(found["m"])
        year = int(found["y"]) if found["y"] else year_named(found, c.today)
        start = resolve.solar(c, first, month, year)
        return start.map(lambda at: _stretch(at.date.year, at.date.month, day, last, given=at.year_given))
    if found["away"]:
        return one(_stretch(*resolve.shift_month(c.today.year, c.today.month, months_away(found["away"])), day, last))
    year, month = c.today.year, c.today.month
    here = _stretch(year, month, day, last)
    back = c.look == "back"
    if here.date == c.today or (here.date < c.today) == back:
        return one(here)
    there = _stretch(*resolve.shift_month(year, month, -1 if back else 1), day, last)
    begun = first <= c.today.day <= last
    if not begun:
        return one(there)
    return several(
        resolve.AMBIGUOUS,
        [
            Reading(replace(here, date=c.today), "core.reading_this_month"),
            Reading(there, "core.reading_last_month" if back else "core.reading_next_month"),
        ],
    )


def _stretch(year: int, month: int, day: int, last: int, *, given: bool = True) -> Day:
    length = calendar.monthrange(year, month)[1]
    end = date(year, month, min(last, length)) + timedelta(days=1)
    return Day(date(year, month, min(day, length)), end=end, year_given=given)


@_rule("cuối tuần", r"(?P<part>đầu|cuối) tuần(?: (?P<week>này|trước|vừa rồi|vừa qua|rồi|qua|sau|tới)(?!\w))?")
def _part_of_week(found: Match, c: Context, said: Said) -> Readings[Day]:
    """Đầu tuần is Monday; cuối tuần is Saturday or Sunday, so both are given."""
    if found["week"]:
        week = _WEEKS_AWAY["tuan " + strip_marks(found["week"])]
    elif found["part"] in ("đầu", "dau"):
        week = 1 if c.look == "forward" and c.today.weekday() > 0 else 0
    else:
        week = 0 if c.look == "forward" or c.today.weekday() >= 5 else -1
    start = resolve.monday(c.today) + timedelta(days=7 * week)
    if found["part"] in ("đầu", "dau"):
        return one(Day(start))
    saturday, sunday = Day(start + timedelta(days=5)), Day(start + timedelta(days=6))
    return several(
        resolve.AMBIGUOUS, [Reading(saturday, "core.reading_saturday"), Reading(sunday, "core.reading_sunday")]
    )


# --- festivals ---------------------------------------------------------------------------------------------------


@_rule("mùng n tết", rf"(?:ngày )?(?:{_MUNG})?(?P<d>{DAY_WORD}) tết(?: nguyên đán| âm lịch| ta| âm)?(?:{NAMED_YEAR})?(?!\w)")
def _tet(found: Match, c: Context, said: Said) -> Readings[Day]:
    """Mùng 1 … 10 Tết open the lunar year; 23 … 30 Tết are the last days before it, 30 Tết always the eve."""
    day = numbers.number(found["d"])
    year = year_named(found, c.today) or said.year
    if day is None:
        return none("core.date_unknown")
    if 1 <= day <= 10:
        return resolve.lunar_day(c, day, 1, year)
    if found["mung"] or not 20 <= day <= 30:
        return none("core.date_lunar_no_such_day", day=day, month=1)
    if day == 30:
        return resolve.eve_of_tet(c, year)
    return resolve.lunar_day(c, day, 12, year - 1 if year is not None else None)


@_rule("giao thừa", rf"(?:đêm |tối )?giao thừa(?: tết)?(?:{NAMED_YEAR})?", weak=True)
def _giao_thua(found: Match, c: Context, said: Said) -> Readings[Day]:
    return resolve.eve_of_tet(c, year_named(found, c.today) or said.year)


@_rule(
    "rằm",
    rf"(?:ngày |hôm )?rằm(?: tháng (?:(?P<away>này|trước|sau|tới)|(?P<m>{MONTH}))(?!\w)(?P<leap> nhuận)?)?(?:{NAMED_YEAR}|/(?P<y>[0-9]{{4}}))?",
)
def _ram(found: Match, c: Context, said: Said) -> Readings[Day]:
    """Rằm is the 15th of a lunar month."""
    if found["m"]:
        year = int(found["y"]) if found["y"] else year_named(found, c.today) or said.year
        return resolve.lunar_day(c, 15, month_number(found["m"]), year, leap=bool(found["leap"]))
    if found["away"]:
        return resolve.lunar_day_in_month_away(c, 15, months_away(found["away"]))
    return resolve.lunar_day_of_month(c, 15)


_BEFORE_FESTIVAL = "(?:(?:ngày|lễ|tết|hôm|dịp|đêm|vía) ){0,2}"


@_rule("noel", rf"(?P<before>{_BEFORE_FESTIVAL})(?P<f>{alternatives(tuple(SOLAR_FESTIVALS))})(?:{NAMED_YEAR})?(?!\w)", weak=True)
def _solar_festival(found: Match, c: Context, said: Said) -> Readings[Day]:
    day, month = festival_table("solar")[strip_marks(found["f"])]
    return resolve.solar(c, day, month, year_named(found, c.today) or said.year)


@_rule("trung thu", rf"(?P<before>{_BEFORE_FESTIVAL})(?P<f>{alternatives(tuple(LUNAR_FESTIVALS))})(?:{NAMED_YEAR})?(?!\w)", weak=True)
def _lunar_festival(found: Match, c: Context, said: Said) -> Readings[Day]:
    day, month = festival_table("lunar")[strip_marks(found["f"])]
    return resolve.lunar_day(c, day, month, year_named(found, c.today) or said.year)
