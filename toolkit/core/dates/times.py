"""Clock times, ranges, sessions, lessons and whole days as they stand in cells.

What is settled here:
- A bare hour is read as written (`2h` is 02:00). Where the caller sets `ask_bare_hours`, 1–5 without a session, minutes
  after a colon or a leading zero come back as two readings, morning and afternoon.
- `8.30` and a lone `8` are times only where the caller knows that the cell holds one (`column=True`), or where the
  other end of a range shows it (`7-9h`).
- A session said once covers both ends of a range as far as that fits (`1h-3h chiều`, `11h-1h chiều`).
- An end before its start lies on the next day only for a night (start from 18:00, end until 12:00); an equal end is
  refused, never 24 hours. 24h and 12h đêm end a day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time, timedelta
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from toolkit.core.dates import numbers
from toolkit.core.dates.view import CELL_LIMIT, cell, compiled, view
from toolkit.core.dates.vocabulary import SESSION, session_named
from toolkit.core.readings import Reading, Readings, none, one, several
from toolkit.core.text import strip_marks

if TYPE_CHECKING:
    from toolkit.core.dates.day import Session

AMBIGUOUS = "core.time_ambiguous"
MOST_LESSONS = 20


@dataclass(frozen=True)
class TimeRange:
    """From a time to a time of one day. `end` is None where only a start was written.

    `end_days` is 1 where the end lies on the next day (24:00 is 0:00 of the next day). `start_days` is 1 only in one
    reading of a start at "12h đêm", which may be meant for either end of a day.
    """

    start: time
    end: time | None = None
    end_days: int = 0
    start_days: int = 0

    def __str__(self) -> str:
        start = f"{self.start:%H:%M}{' (+1)' * self.start_days}"
        return start if self.end is None else f"{start}–{self.end:%H:%M}{' (+1)' * self.end_days}"


@dataclass(frozen=True)
class Lessons:
    """Lessons of a timetable (tiết), whose hours a profile knows: ascending, without repeats."""

    numbers: tuple[int, ...]

    def __str__(self) -> str:
        return f"tiết {','.join(map(str, self.numbers))}"


@dataclass(frozen=True)
class PartOfDay:
    """A session without hours ("sáng")."""

    session: Session

    def __str__(self) -> str:
        return _SESSION_WORD[self.session]


@dataclass(frozen=True)
class AllDay:
    """The whole day ("cả ngày")."""

    def __str__(self) -> str:
        return "cả ngày"


Slot = TimeRange | Lessons | PartOfDay | AllDay

_NOON, _MIDNIGHT = 12 * 60, 24 * 60
_AMPM = r"a\.?m\.?|p\.?m\.?|sa|ch"
_OF_DAY = rf"{SESSION}|{_AMPM}"

# One time, with the session said before or after it.
_STRICT = (
    rf"(?:(?P<pre>{SESSION})[ ,:]{{1,2}}(?:lúc )?)?(?:"
    r"(?P<hc>[0-9]{1,2}) ?: ?(?P<mc>[0-9]{2})(?: ?: ?[0-9]{2}(?:\.[0-9]{1,6})?)?(?: ?(?:giờ|h))?"
    rf"|(?P<hw>[0-9]{{1,2}}|{numbers.pattern(24)}) ?(?:giờ|hrs|hr|h|g)(?: ?:? ?(?P<mw>[0-9]{{1,2}}) ?(?:phút|ph|p|')?"
    rf"|(?P<half> ?rưỡi)| ?(?:kém|thiếu) (?P<less>[0-9]{{1,2}}|{numbers.pattern(59)})(?: phút)?"
    rf"| (?P<mt>{numbers.pattern(59)})(?: phút)?)?(?: đúng)?"
    rf"|(?P<hr>[0-9]{{1,2}}|{numbers.pattern(24)}) rưỡi"
    rf"|(?P<ha>[0-9]{{1,2}})(?= ?(?:{_AMPM})(?!\w)))"
    rf"(?:(?!\w)|(?=(?:{_AMPM})(?!\w)))"
    rf"(?: ?\((?P<post>{_OF_DAY})\)| ?(?:buổi )?(?P<post2>{_OF_DAY})(?!\w))?"
)
# A time that only its surroundings show to be one.
_LOOSE = (
    rf"(?:(?P<pre>{SESSION})[ ,:]{{1,2}}(?:lúc )?)?(?:(?P<hd>[0-9]{{1,2}})[.,](?P<md>[0-9]{{2}})|(?P<hb>[0-9]{{1,2}}))"
    rf"(?!\w)(?: ?\((?P<post>{_OF_DAY})\)| ?(?:buổi )?(?P<post2>{_OF_DAY})(?!\w))?"
)
# Without its marks "tới" (to) is "tối" (evening) and "tầm" (about) is "tám" (eight): those two don't match bare.
_BETWEEN = r" ?(?:-{1,2}>?|=>|>|toi(?= ?[0-9])|(?:đến|t\u1edbi|cho đến|to|until|till)(?![^\W\d])) ?"
_FILLER = r"(?:(?:từ|lúc|vào lúc|vào|khoảng|t\u1ea7m|bắt đầu lúc|bắt đầu từ|bắt đầu|thời gian|giờ|from|at|@):? ){0,2}"


def _unnamed(pattern: str) -> str:
    return re.sub(r"\?P<\w+>", "?:", pattern)


_ONE, _BARE = _unnamed(_STRICT), _unnamed(_LOOSE)
# Times inside a longer text. CAREFUL takes no number before "-" for a time ("thứ 7 - 8h30").
CAREFUL_TIME_PHRASE = rf"(?:{_FILLER}{_ONE}(?:{_BETWEEN}(?:{_ONE}|{_BARE}))?(?: trở đi)?)"
TIME_PHRASE = rf"(?:{_FILLER}(?:{_BARE}{_BETWEEN}{_ONE}|{_ONE}(?:{_BETWEEN}(?:{_ONE}|{_BARE}))?)(?: trở đi)?)"


@dataclass(frozen=True)
class _Moment:
    """A time as written: hour and minute, what was said of its part of the day, and whether it is plainly on a 24-hour
    clock (a colon, a leading zero)."""

    hour: int
    minute: int
    of_day: str | None
    plain_clock: bool

    @property
    def minutes(self) -> int:
        return self.hour * 60 + self.minute

    @property
    def exists(self) -> bool:
        return 0 <= self.minute <= 59 and (0 <= self.hour <= 23 or (self.hour == 24 and self.minute == 0))


def parse_time(text: str, *, column: bool = False, ask_bare_hours: bool = False) -> Readings[time]:
    """A single time of day ("8 giờ rưỡi", "2h chiều"). Never raises; a range is no single time."""
    readings = parse_time_range(text, column=column, ask_bare_hours=ask_bare_hours)
    if not readings:
        return Readings((), readings.code, readings.params)
    if any(value.end is not None for value in readings.values):
        return none("core.time_is_range")
    return several(
        AMBIGUOUS, [Reading(option.value.start, option.reason) for option in readings.options], lambda at: f"{at:%H:%M}"
    )


def parse_time_range(text: str, *, column: bool = False, ask_bare_hours: bool = False) -> Readings[TimeRange]:
    """A range, or a start alone. Never raises."""
    if len(text) > CELL_LIMIT:
        return none("core.time_too_long", limit=CELL_LIMIT)
    written = cell(text)
    if not written:
        return none("core.time_empty")
    readings = _range(written, column, ask_bare_hours)
    plain = strip_marks(written)
    if readings.code == "core.time_unknown" and plain != written:
        return _range(plain, column, ask_bare_hours)
    return readings


def parse_times(
    text: str, *, column: bool = False, ask_bare_hours: bool = False, session: Session | None = None
) -> Readings[tuple[Slot, ...]]:
    """Everything that a time cell says: ranges, starts, sessions, lessons or the whole day, in the order written.

    Several stand one per line, or between `;`, `,`, `+` and `và`. A session said of the first holds for those after it
    that name none; `session` is one that was said elsewhere ("tối thứ 6" beside "8h"). One unreadable part refuses the
    whole, with its reason.
    """
    if len(text) > CELL_LIMIT:
        return none("core.time_too_long", limit=CELL_LIMIT)
    marked = view(text, CELL_LIMIT).text
    pieces = [" ".join(piece.split()).strip(" .,-") for piece in re.split(r"[;\n|]", marked)]
    pieces = [piece for piece in pieces if piece]
    if not pieces:
        return none("core.time_empty")
    found: list[Readings[Slot]] = []
    carried = _SESSION_WORD.get(session) if session else None
    for piece in pieces:
        whole = _slot(piece, column, ask_bare_hours, carried)
        parts = [piece] if whole or whole.code != "core.time_unknown" else re.split(_BETWEEN_SLOTS, piece)
        for part in parts:
            readings = _slot(part.strip(" .,-"), column, ask_bare_hours, carried) if len(parts) > 1 else whole
            if not readings:
                return none(readings.code, **readings.params)
            found.append(readings)
            carried = _said_session(part) or carried
    return _together(found)


_BETWEEN_SLOTS = re.compile(r" ?[,+&] ?| (?:và|va|and) ")
_SESSION_WORD: dict[Session, str] = {
    "morning": "sáng", "noon": "trưa", "afternoon": "chiều", "evening": "tối", "night": "đêm",
}  # fmt: skip


def _said_session(part: str) -> str | None:
    found = compiled(rf"(?:buổi )?({SESSION})[ ,:]{{1,2}}.*").fullmatch(part)
    return found[1] if found else None


def _together(found: list[Readings[Slot]]) -> Readings[tuple[Slot, ...]]:
    """One list of slots; where one slot is ambiguous, one list per reading of it (and at most eight)."""
    lists: list[Reading[tuple[Slot, ...]]] = [Reading(())]
    for readings in found:
        lists = [
            Reading((*before.value, option.value), option.reason or before.reason)
            for before in lists
            for option in readings.options
        ][:8]
    return several(AMBIGUOUS, lists, lambda slots: ", ".join(map(str, slots)))


def _slot(text: str, column: bool, ask: bool, carried: str | None) -> Readings[Slot]:
    for written in (text, strip_marks(text)):
        if compiled(r"(?:cả|nguyên|suốt|trọn) ngày|all[- ]?day|24/24").fullmatch(written):
            return one(AllDay())
        part = compiled(rf"(?:(?:cả|nguyên) )?(?:buổi )?({SESSION})").fullmatch(written)
        if part:
            return one(PartOfDay(session_named(part[1])))
        lessons = parse_lessons(written)
        if lessons or lessons.code != "core.time_unknown":
            return lessons.map(_as_slot)
        readings = _range(written, column, ask, carried)
        if readings or readings.code != "core.time_unknown":
            return readings.map(_as_slot)
    return none("core.time_unknown")


def _as_slot(slot: Slot) -> Slot:
    return slot


def _range(text: str, column: bool, ask: bool, carried: str | None = None) -> Readings[TimeRange]:
    """A range or a start; `carried` is a session said before it."""
    body = compiled(
        rf"{_FILLER}(?:buổi )?(?:(?P<all>{SESSION})[ ,:]{{1,2}})?{_FILLER}(?P<rest>.+?)(?: trở đi)?"
    ).fullmatch(text)
    if body is None:
        return none("core.time_unknown")
    session = body["all"] or carried
    parts = compiled(_BETWEEN).split(body["rest"].strip(" ()"))
    if len(parts) > 2:
        return none("core.time_unknown")
    strict = [_strict().fullmatch(part.strip()) for part in parts]
    loose_counts = column or any(strict)
    moments: list[_Moment] = []
    for part, found in zip(parts, strict, strict=True):
        written = found or (_loose().fullmatch(part.strip()) if loose_counts else None)
        if written is None:
            return none("core.time_unknown")
        moment = _moment(written)
        if moment is None or not moment.exists:
            return none("core.time_no_such", what=part.strip())
        moments.append(moment)
    if len(parts) == 1:
        return _start_alone(moments[0], session, ask)
    return _from_to(moments[0], moments[1], session, ask)


@cache
def _strict() -> re.Pattern[str]:
    return compiled(_STRICT)


@cache
def _loose() -> re.Pattern[str]:
    return compiled(_LOOSE)


def _moment(found: re.Match[str]) -> _Moment | None:
    parts = found.groupdict()
    digits = next(parts[key] for key in ("hc", "hw", "hr", "ha", "hd", "hb") if parts.get(key))
    hour = numbers.number(digits)
    if hour is None:
        return None
    minute = 30 if parts.get("half") or parts.get("hr") else 0
    for key in ("mc", "mw", "mt", "md"):
        if parts.get(key):
            minute = numbers.number(parts[key]) or 0
    if parts.get("less"):
        hour, minute = hour - 1, 60 - (numbers.number(parts["less"]) or 0)
        if minute == 60:
            return None
    of_day = parts.get("pre") or parts.get("post") or parts.get("post2")
    plain_clock = bool(parts.get("hc")) or digits.startswith("0")
    return _Moment(hour, minute, strip_marks(of_day) if of_day else None, plain_clock)


def _placed(moment: _Moment, of_day: str) -> int | None:
    """Minutes since midnight of a time in a part of the day; None where the two contradict each other."""
    hour, minute = moment.hour, moment.minute
    word = of_day.replace(".", "")
    if word in ("am", "sa", "pm", "ch"):
        afternoon = word in ("pm", "ch")
        if afternoon:
            placed = hour + 12 if 1 <= hour <= 11 else hour if 12 <= hour <= 23 else None
        else:
            placed = hour % 12 if hour <= 12 else None
    elif word.endswith("sang"):
        dawn = word in ("rang sang", "mo sang")
        placed = hour if hour <= (6 if dawn else 11) else None
    else:
        placed = _IN_SESSION[session_named(word)].get(hour)
    return None if placed is None else placed * 60 + minute


def _table(*ranges: tuple[range, int]) -> dict[int, int]:
    return {hour: hour + shift for hours, shift in ranges for hour in hours}


# The hours that each session is said of; 24 is the day's end.
_IN_SESSION: dict[Session, dict[int, int]] = {
    "morning": _table((range(12), 0)),
    "noon": _table((range(10, 15), 0), (range(1, 4), 12)),
    "afternoon": _table((range(12, 20), 0), (range(1, 8), 12)),
    "evening": _table((range(17, 25), 0), (range(5, 13), 12)) | {0: 24},
    "night": _table((range(19, 25), 0), (range(8, 13), 12), (range(7), 0)),
}


def _start_alone(moment: _Moment, session: str | None, ask: bool) -> Readings[TimeRange]:
    of_day = moment.of_day or session
    if of_day is None:
        if moment.hour == 24:
            return none("core.time_no_such", what="24h")
        as_written = TimeRange(_clock(moment.minutes))
        if ask and _may_be_afternoon(moment):
            later = TimeRange(_clock(moment.minutes + _NOON))
            return several(AMBIGUOUS, [Reading(as_written, "core.reading_am"), Reading(later, "core.reading_pm")])
        return one(as_written)
    placed = _placed(moment, of_day)
    if placed is None:
        return none("core.time_session_contradicts", what=_spoken(moment))
    if placed >= _MIDNIGHT:
        # "12h đêm" of a day may open it or end it
        start = _clock(placed - _MIDNIGHT)
        return several(
            AMBIGUOUS,
            [
                Reading(TimeRange(start), "core.reading_midnight_before"),
                Reading(TimeRange(start, start_days=1), "core.reading_midnight_after"),
            ],
        )
    return one(TimeRange(_clock(placed)))


def _may_be_afternoon(moment: _Moment) -> bool:
    return 1 <= moment.hour <= 5 and not moment.plain_clock


def _from_to(start: _Moment, end: _Moment, session: str | None, ask: bool) -> Readings[TimeRange]:
    own_start, own_end = start.of_day or session, end.of_day or session
    for moment, said in ((start, own_start), (end, end.of_day)):
        if said is not None and _placed(moment, said) is None:
            return none("core.time_session_contradicts", what=_spoken(moment))
    starts = _tries(start, own_start, end.of_day)
    ends = _tries(end, own_end, start.of_day)
    refused: Readings[TimeRange] | None = None
    for first in starts:
        for last in ends:
            readings = _span(first, last)
            if readings:
                unclear = own_start is None and own_end is None and _may_be_afternoon(start) and end.hour <= 12
                if ask and unclear and not end.plain_clock and last + _NOON <= _MIDNIGHT:
                    later = _span(first + _NOON, last + _NOON).options
                    return several(
                        AMBIGUOUS,
                        [
                            Reading(readings.options[0].value, "core.reading_am"),
                            *(Reading(option.value, "core.reading_pm") for option in later),
                        ],
                    )
                return readings
            refused = refused or readings if refused is not None else readings
    return refused if refused is not None else none("core.time_unknown")


def _tries(moment: _Moment, own: str | None, other: str | None) -> list[int]:
    """The minutes that a time may mean, best first: in its own session, in that of the other end, as written."""
    tries: list[int] = []
    for said in (own, None if own else other):
        placed = _placed(moment, said) if said else None
        if placed is not None:
            tries.append(placed)
    if not tries or not moment.of_day:
        tries.append(moment.minutes)
    return tries


def _span(start: int, end: int) -> Readings[TimeRange]:
    """A range from minutes; 1440 is the end of the day."""
    start_days, start = divmod(start, _MIDNIGHT)
    if start_days:
        return none("core.time_no_such", what="24h")
    if end == start:
        return none("core.time_equal", what=f"{start // 60}:{start % 60:02d}")
    if end > start:
        return one(TimeRange(_clock(start), _clock(end), end // _MIDNIGHT))
    if start >= 18 * 60 and end <= _NOON:
        return one(TimeRange(_clock(start), _clock(end), 1))
    return none(
        "core.time_end_before_start",
        start=f"{start // 60}:{start % 60:02d}",
        end=f"{end // 60}:{end % 60:02d}",
    )


def _clock(minutes: int) -> time:
    return time(minutes % _MIDNIGHT // 60, minutes % 60)


def _spoken(moment: _Moment) -> str:
    return f"{moment.hour}h{moment.minute:02d}" if moment.minute else f"{moment.hour}h"


def parse_lessons(text: str, *, column: bool = False) -> Readings[Lessons]:
    """Lessons: "tiết 1-3", "tiết 1,2,3"; under a heading that says "Tiết" (`column`) also "1-3", "123", "---456---"."""
    if len(text) > CELL_LIMIT:
        return none("core.time_too_long", limit=CELL_LIMIT)
    written = strip_marks(cell(text))
    found = re.fullmatch(r"(?:cac )?tiet(?: thu| so)?:? ?([0-9][0-9 ,\->+&a-z.]{0,60})", written)
    body = found[1] if found else written if column else ""
    if column and re.fullmatch(r"-{0,20}[0-9]{1,20}-{0,20}", body):
        run = body.strip("-")
        digits = [int(d) or 10 for d in run]
        if len(digits) > 2 and all(b - a == 1 for a, b in pairwise(digits)):
            return one(Lessons(tuple(digits)))
        body = run
    numbers_found: list[int] = []
    for piece in re.split(r" ?[,+&.] ?| va | ", re.sub(r" ?(?:->|-|>|den|toi) ?(?:tiet )?", "-", body)):
        ends = re.fullmatch(r"(?:t)?([0-9]{1,2})(?:-(?:t)?([0-9]{1,2}))?", piece)
        if ends is None:
            return none("core.time_unknown")
        first, last = int(ends[1]), int(ends[2] or ends[1])
        if not 1 <= first <= last <= MOST_LESSONS:
            return none("core.time_no_such_lesson", what=piece)
        numbers_found += range(first, last + 1)
    return one(Lessons(tuple(sorted(set(numbers_found))))) if numbers_found else none("core.time_unknown")


def parse_duration(text: str) -> Readings[timedelta]:
    """A length of time: "2 tiếng", "90 phút", "1h30", "1 tiếng rưỡi", "1 giờ 30 phút". From one minute to 24 hours."""
    written = strip_marks(cell(text))
    found = re.fullmatch(
        r"(?:(?P<h>[0-9]{1,2}) ?(?:tieng|gio|h|g|hours?|hrs?)(?: dong ho)?(?P<half> ruoi)?)?"
        r"(?: ?(?P<m>[0-9]{1,3}) ?(?P<unit>phut|ph|p|'|minutes?|mins?|m)?)?",
        written,
    )
    if found is None or not written or (found["m"] and not found["h"] and not found["unit"]):
        return none("core.duration_unknown")
    minutes = int(found["h"] or 0) * 60 + int(found["m"] or 0) + (30 if found["half"] else 0)
    if not 1 <= minutes <= _MIDNIGHT:
        return none("core.duration_unlikely", minutes=minutes)
    return one(timedelta(minutes=minutes))
