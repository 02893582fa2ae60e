"""Dates said by their distance from today: hôm qua, 3 hôm trước, thứ hai tuần sau, cuối tháng."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from toolkit.core.dates import numbers, resolve
from toolkit.core.dates.day import Context, Day
from toolkit.core.dates.rules import (
    MONTHS_AWAY,
    NAMED_YEAR,
    Match,
    RuleBook,
    Said,
    Where,
    months_away,
    year_named,
)
from toolkit.core.dates.view import alternatives
from toolkit.core.dates.vocabulary import (
    MONTH,
    SESSION,
    SHORT_ENGLISH_WEEKDAY,
    month_number,
    session_named,
    weekday_number,
    weekday_pattern,
)
from toolkit.core.readings import Reading, Readings, none, one, several
from toolkit.core.text import strip_marks

BOOK = RuleBook()

_DAYS_AWAY = {
    "hôm nay": 0, "bữa nay": 0, "ngày hôm nay": 0, "bây giờ": 0, "lúc nãy": 0, "hồi nãy": 0, "khi nãy": 0, "vừa nãy": 0,
    "hôm qua": -1, "bữa qua": -1, "ngày hôm qua": -1, "hôm kia": -2, "bữa kia": -2, "hôm kìa": -3, "hôm kỉa": -3,
    "ngày mai": 1, "ngày mốt": 2, "bữa mốt": 2, "ngày kia": 2, "ngày kìa": 3, "ngày kỉa": 3,
    "today": 0, "yesterday": -1, "tomorrow": 1,
}  # fmt: skip
_PLAIN_DAYS_AWAY = {strip_marks(k): v for k, v in _DAYS_AWAY.items() if "kìa" not in k and "kỉa" not in k}


@BOOK.rule("hôm nay", alternatives(_DAYS_AWAY))
def _away(found: Match, c: Context, _said: Said) -> Readings[Day]:
    away = _DAYS_AWAY.get(found["core"])
    if away is None:
        away = _PLAIN_DAYS_AWAY[strip_marks(found["core"])]
    return one(Day(c.today + timedelta(days=away)))


@BOOK.rule("mai", "nay|mai|mốt", weak=True)
def _short_away(found: Match, c: Context, _said: Said) -> Readings[Day]:
    word = found["core"]
    if word == "mot":
        return none("core.date_unknown")  # without its marks it is "một", one, too
    return one(Day(c.today + timedelta(days={"nay": 0, "mai": 1}.get(word, 2))))


@BOOK.rule("tối qua", rf"(?:hồi )?(?P<s>{SESSION}) (?P<when>nay|qua|mai|mốt|kia)(?!\w)|hồi (?P<s2>{SESSION})(?: nay)?")
def _session_away(found: Match, c: Context, _said: Said) -> Readings[Day]:
    session = session_named(found["s"] or found["s2"])
    if found["s2"]:
        return one(Day(c.today, session=session))
    if c.sentence and found["when"] == "mot":
        return none("core.date_unknown")  # without its marks it is "một", one, too: "biếu tôi một triệu"
    when = strip_marks(found["when"])
    if when == "kia":
        return one(Day(c.today + timedelta(days=2 if c.look == "forward" else -2), session=session))
    return one(Day(c.today + timedelta(days={"nay": 0, "qua": -1, "mai": 1, "mot": 2}[when]), session=session))


_COUNT = rf"(?P<n>[0-9]{{1,3}}|{numbers.pattern(31)})"
_UNIT = "(?P<unit>ngày|hôm|bữa|tuần|tháng|năm)"


@BOOK.rule("n ngày trước", rf"{_COUNT} {_UNIT} (?P<way>trước|nữa|sau)(?! [0-9])(?!\w)")
@BOOK.rule("cách đây n ngày", rf"(?P<way>cách đây|cách nay|trước đây) {_COUNT} {_UNIT}(?!\w)")
@BOOK.rule("sau n ngày", rf"(?P<way>sau) {_COUNT} {_UNIT}(?: nữa)?(?!\w)", "cell")
def _counted(found: Match, c: Context, _said: Said) -> Readings[Day]:
    count = numbers.number(found["n"])
    if count is None:
        return none("core.date_unknown")
    later = strip_marks(found["way"]) in ("nua", "sau")
    return _step(c.today, count if later else -count, strip_marks(found["unit"]))


@BOOK.rule(
    "n days ago",
    r"(?P<n>[0-9]{1,3}) (?P<unit>day|week|month|year)s? ago|in (?P<n2>[0-9]{1,3}) (?P<unit2>day|week|month|year)s?",
)
def _counted_in_english(found: Match, c: Context, _said: Said) -> Readings[Day]:
    units = {"day": "ngay", "week": "tuan", "month": "thang", "year": "nam"}
    if found["n"]:
        return _step(c.today, -int(found["n"]), units[found["unit"]])
    return _step(c.today, int(found["n2"]), units[found["unit2"]])


def _step(today: date, count: int, unit: str) -> Readings[Day]:
    """A number of days, weeks, months or years away; the 31st becomes a shorter month's last day."""
    try:
        if unit in ("thang", "nam"):
            year, month = resolve.shift_month(today.year, today.month, count * (12 if unit == "nam" else 1))
            return one(Day(resolve.solar_clipped(today.day, year, month)))
        return one(Day(today + timedelta(days=count * (7 if unit == "tuan" else 1))))
    except (OverflowError, ValueError):
        return none("core.date_unknown")


# --- weekdays ----------------------------------------------------------------------------------------------------

_WEEKS_AWAY = {
    "tuan nay": 0, "tuan truoc": -1, "tuan roi": -1, "tuan vua roi": -1, "tuan vua qua": -1, "tuan qua": -1,
    "tuan sau": 1, "tuan toi": 1, "tuan sau nua": 2, "tuan truoc nua": -2,
}  # fmt: skip
_WEEK = "tuần (?:sau nữa|trước nữa|này|trước|vừa rồi|vừa qua|rồi|qua|sau|tới)"


def _weekday_rules(name: str, where: Where) -> None:
    @BOOK.rule(
        "thứ",
        rf"(?P<day_word>(?:hôm|bữa|ngày) )?(?P<w>{name})(?:,? (?:của )?(?P<week>{_WEEK})|"
        r" (?P<rel>sắp tới|vừa rồi|vừa qua|mới rồi|hôm rồi|rồi|này|tới|sau|trước)(?!\w)(?! (?:khi|đó|này)))?",
        where,
    )
    @BOOK.rule("tuần sau thứ", rf"(?P<week>{_WEEK}),? (?P<w>{name})|(?P<en>next|last|this) (?P<w2>{name})", where)
    def _weekday(found: Match, c: Context, _said: Said) -> Readings[Day]:
        return weekday_meaning(found, c)


def weekday_meaning(found: Match, c: Context) -> Readings[Day]:
    """A weekday with what says which week: `thứ hai tuần sau`, `cn vừa rồi`, `hôm thứ 6`, `next Monday`."""
    parts = found.groupdict()
    wanted = weekday_number(parts["w"] or parts.get("w2") or "")
    if parts.get("week"):
        return resolve.weekday(c, wanted, _WEEKS_AWAY[strip_marks(parts["week"])])
    how = strip_marks(parts.get("rel") or parts.get("en") or "")
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
    if strip_marks(parts.get("day_word") or "") in ("hom ", "bua "):
        past = Day(resolve.gone(c.today, wanted), weekday=wanted)
        if wanted != c.today.weekday():
            return one(past)
        # on a Friday, "hôm thứ 6" may be today or a week ago
        today = Day(c.today, weekday=wanted)
        options = [Reading(today, "core.reading_today"), Reading(past, "core.reading_week_ago")]
        return several(resolve.AMBIGUOUS, options)
    return resolve.weekday(c, wanted, None)


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


_weekday_rules(weekday_pattern(), "both")
_weekday_rules(SHORT_ENGLISH_WEEKDAY, "typed")  # "sat" and "thu" are Vietnamese words without their marks, too


# --- parts of a month or week ------------------------------------------------------------------------------------

_PARTS = {"dau": (1, 1, 10), "giua": (15, 11, 20), "cuoi": (31, 21, 31)}


@BOOK.rule(
    "đầu tháng",
    rf"(?P<part>đầu|giữa|cuối) tháng(?: (?:(?P<away>{MONTHS_AWAY})(?!\w)|"
    rf"(?P<m>{MONTH})(?!\w)(?: ?[/-] ?(?P<y>[0-9]{{4}})|{NAMED_YEAR})?))?",
)
def _part_of_month(found: Match, c: Context, _said: Said) -> Readings[Day]:
    """Đầu tháng: days 1–10, said as the 1st; giữa tháng: 11–20, the 15th; cuối tháng: from the 21st, the last day.

    Without a month it is the nearest such day; where today lies in the stretch, this stretch or the one before (after)
    may be meant, and both are given.
    """
    day, first, last = _PARTS[strip_marks(found["part"])]
    if found["m"]:
        month = month_number(found["m"])
        year = int(found["y"]) if found["y"] else year_named(found, c.today)
        start = resolve.solar(c, first, month, year)
        return start.map(lambda at: _stretch(at.date.year, at.date.month, day, first, last, given=at.year_given))
    if found["away"]:
        return one(
            _stretch(*resolve.shift_month(c.today.year, c.today.month, months_away(found["away"])), day, first, last)
        )
    year, month = c.today.year, c.today.month
    here = _stretch(year, month, day, first, last)
    back = c.look == "back"
    if here.date == c.today or (here.date < c.today) == back:
        return one(here)
    there = _stretch(*resolve.shift_month(year, month, -1 if back else 1), day, first, last)
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


def _stretch(year: int, month: int, day: int, first: int, last: int, *, given: bool = True) -> Day:
    end = resolve.solar_clipped(last, year, month) + timedelta(days=1)
    start = date(year, month, first)
    return Day(resolve.solar_clipped(day, year, month), start=start, end=end, year_given=given)


@BOOK.rule("cuối tuần", r"(?P<part>đầu|cuối) tuần(?: (?P<week>này|trước|vừa rồi|vừa qua|rồi|qua|sau|tới)(?!\w))?")
def _part_of_week(found: Match, c: Context, _said: Said) -> Readings[Day]:
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


# --- what names no one day; last, because a weekday may stand before it ------------------------------------------


@BOOK.rule(
    "hôm nọ",
    "(?:hôm|bữa) (?:nọ|bữa|hổm|trước)|dạo (?:này|trước)|"
    "(?:vài|mấy) (?:hôm|ngày|bữa|tuần|tháng|năm) (?:trước|nay|nữa|qua)",
)
def _vague(_found: Match, _c: Context, _said: Said) -> Readings[Day]:
    return none("core.date_vague")


@BOOK.rule(
    "tuần trước",
    rf"(?:cả )?(?:tuần|tháng|năm|quý) (?:{MONTHS_AWAY}|qua|ngoái)(?: nữa)?|(?:next|last|this) (?:week|month|year)",
)
def _period(_found: Match, _c: Context, _said: Said) -> Readings[Day]:
    return none("core.date_is_period")
