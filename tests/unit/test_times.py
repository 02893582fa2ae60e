"""Clock times, ranges, sessions and lessons as they stand in members' sheets, each read by hand."""

from __future__ import annotations

import unicodedata
from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.core.dates import (
    AllDay,
    Lessons,
    PartOfDay,
    TimeRange,
    parse_duration,
    parse_lessons,
    parse_time,
    parse_time_range,
    parse_times,
)
from toolkit.core.text import strip_marks

# What is written · what it means: "+1" is the next day, "a & b" an ambiguity, "!code" a refusal.
TIMES = """
8h                       | 08:00
8h30                     | 08:30
8h30'                    | 08:30
8g30                     | 08:30
8:30                     | 08:30
08:30                    | 08:30
8:30:00                  | 08:30
8 h 30                   | 08:30
8 giờ                    | 08:00
8 giờ 30                 | 08:30
8 giờ 30 phút            | 08:30
8 giờ rưỡi               | 08:30
8 rưỡi                   | 08:30
8 giờ kém 15             | 07:45
9 giờ kém năm            | 08:55
8 giờ đúng               | 08:00
tám giờ rưỡi             | 08:30
bảy giờ ba mươi          | 07:30
lúc 8h                   | 08:00
từ 8h                    | 08:00
14h                      | 14:00
0h                       | 00:00
0h30                     | 00:30
2h                       | 02:00
2h chiều                 | 14:00
hai giờ chiều            | 14:00
chiều 2h                 | 14:00
7:00 sáng                | 07:00
7h tối                   | 19:00
8 rưỡi tối               | 20:30
12h trưa                 | 12:00
1h trưa                  | 13:00
11h trưa                 | 11:00
11h đêm                  | 23:00
2h sáng                  | 02:00
14h chiều                | 14:00
12h đêm                  | 00:00 & 00:00 (+1)
10:00 PM                 | 22:00
10:00 AM                 | 10:00
12:30 PM                 | 12:30
12:30 AM                 | 00:30
9 pm                     | 21:00
8:00 SA                  | 08:00
2:00 CH                  | 14:00
8h-11h30                 | 08:00–11:30
8h – 11h30               | 08:00–11:30
8h->11h30                | 08:00–11:30
19h30 – 21h              | 19:30–21:00
từ 8h đến 10h            | 08:00–10:00
8h tới 10h               | 08:00–10:00
08:00 - 17:00            | 08:00–17:00
7-9h                     | 07:00–09:00
7h-9                     | 07:00–09:00
7h30-9                   | 07:30–09:00
8h30-9h30 sáng           | 08:30–09:30
1h-3h chiều              | 13:00–15:00
1-3h chiều               | 13:00–15:00
11h-1h chiều             | 11:00–13:00
10h sáng - 2h chiều      | 10:00–14:00
5h chiều - 7h tối        | 17:00–19:00
7h tối-9h                | 19:00–21:00
8h đến 10h tối           | 20:00–22:00
sáng 8h-11h              | 08:00–11:00
sáng: 8h - 11h           | 08:00–11:00
chiều 2h-4h              | 14:00–16:00
tối 7h30-9h              | 19:30–21:00
sáng 8h-12h              | 08:00–12:00
12h-13h30                | 12:00–13:30
9 AM - 5 PM              | 09:00–17:00
22H30-2H30               | 22:30–02:30 (+1)
9h tối - 2h sáng         | 21:00–02:00 (+1)
18h-12h                  | 18:00–12:00 (+1)
10h-12h đêm              | 22:00–00:00 (+1)
23h-24h                  | 23:00–00:00 (+1)
0h-24h                   | 00:00–00:00 (+1)
8h-9h, 10h-11h           | 08:00–09:00, 10:00–11:00
8h-9h; 14h-16h           | 08:00–09:00, 14:00–16:00
8h-9h và 14h-16h         | 08:00–09:00, 14:00–16:00
sáng 8h-9h, 10h-11h      | 08:00–09:00, 10:00–11:00
chiều 2h-3h, 4h-5h       | 14:00–15:00, 16:00–17:00
7h00 - 11h00, 13h30 - 17h00 | 07:00–11:00, 13:30–17:00
cả ngày                  | all day
nguyên ngày              | all day
all day                  | all day
sáng                     | morning
buổi chiều               | afternoon
cả buổi sáng             | morning
sáng, chiều              | morning, afternoon
tiết 1                   | lessons 1
tiết 1-3                 | lessons 1 2 3
Tiết 1 - 3               | lessons 1 2 3
tiết 1->3                | lessons 1 2 3
tiết 1,2,3               | lessons 1 2 3
tiết 7 đến 9             | lessons 7 8 9
tiết 1-3, 5              | lessons 1 2 3 5
13h-12h                  | !core.time_end_before_start
13h-0h                   | !core.time_end_before_start
18h-12h30                | !core.time_end_before_start
8h-8h                    | !core.time_equal
8h-8:00                  | !core.time_equal
24h                      | !core.time_no_such
25h                      | !core.time_no_such
8h75                     | !core.time_no_such
24h30                    | !core.time_no_such
14h sáng                 | !core.time_session_contradicts
9h chiều                 | !core.time_session_contradicts
1h tối                   | !core.time_session_contradicts
sáng 14h                 | !core.time_session_contradicts
14:00 AM                 | !core.time_session_contradicts
tiết 25                  | !core.time_no_such_lesson
tiết 3-1                 | !core.time_no_such_lesson
8.30                     | !core.time_unknown
8                        | !core.time_unknown
7-9                      | !core.time_unknown
8h-9h-10h                | !core.time_unknown
12/12                    | !core.time_unknown
họp                      | !core.time_unknown
8h-9h, họp               | !core.time_unknown
"""


def rows() -> list[tuple[str, str]]:
    pairs = [line.split("|") for line in TIMES.strip().splitlines()]
    return [(text.strip(), meaning.strip()) for text, meaning in pairs]


def said(text: str, *, column: bool = False, ask_bare_hours: bool = False) -> str:
    readings = parse_times(text, column=column, ask_bare_hours=ask_bare_hours)
    return " & ".join(", ".join(map(slot, slots)) for slots in readings.values) or f"!{readings.code}"


def slot(value: object) -> str:
    match value:
        case AllDay():
            return "all day"
        case PartOfDay(session):
            return session
        case Lessons(numbers):
            return "lessons " + " ".join(map(str, numbers))
        case _:
            return str(value)


def test_the_table_holds_at_least_60_times_each_once() -> None:
    texts = [text for text, _ in rows()]
    assert len(set(texts)) == len(texts) >= 60


@pytest.mark.parametrize(("text", "meaning"), rows())
def test_a_time_means_this(text: str, meaning: str) -> None:
    assert said(text) == meaning


@pytest.mark.parametrize(("text", "meaning"), rows())
def test_case_marks_and_the_unicode_form_change_nothing(text: str, meaning: str) -> None:
    for variant in (text.upper(), unicodedata.normalize("NFD", text), strip_marks(text), f" {text}\u00a0"):
        assert said(variant) == meaning, variant


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("8.30", "08:30"),
        ("8.30-11.30", "08:30–11:30"),
        ("8", "08:00"),
        ("7-9", "07:00–09:00"),
        ("14", "14:00"),
        ("25", "!core.time_no_such"),
        ("8.75", "!core.time_no_such"),
    ],
)
def test_under_a_heading_that_says_time_a_bare_number_is_one(text: str, meaning: str) -> None:
    assert said(text, column=True) == meaning


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("2h", "02:00 & 14:00"),
        ("1h-3h", "01:00–03:00 & 13:00–15:00"),
        ("2h30", "02:30 & 14:30"),
        ("02:00", "02:00"),
        ("2:00", "02:00"),
        ("2h chiều", "14:00"),
        ("7h", "07:00"),
        ("8h-11h30", "08:00–11:30"),
        ("5h-17h", "05:00–17:00"),
    ],
)
def test_a_bare_small_hour_is_asked_where_the_caller_wants_that(text: str, meaning: str) -> None:
    assert said(text, ask_bare_hours=True) == meaning


def test_a_session_said_beside_the_cell_settles_its_hours() -> None:
    assert parse_times("7h30-9h", session="evening").value == (TimeRange(time(19, 30), time(21)),)


def test_a_range_is_no_single_time() -> None:
    assert parse_time("8h-9h").code == "core.time_is_range"
    assert parse_time("8 giờ rưỡi").value == time(8, 30)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1-3", (1, 2, 3)),
        ("1,2,3", (1, 2, 3)),
        ("123", (1, 2, 3)),
        ("789", (7, 8, 9)),
        ("---456---", (4, 5, 6)),
        ("8901", None),
        ("890", (8, 9, 10)),
        ("12", (12,)),
        ("10,11,12", (10, 11, 12)),
        ("5, 4", (4, 5)),
        ("tiết 2", (2,)),
        ("sáng", None),
        ("21", None),
    ],
)
def test_lessons_under_their_own_heading(text: str, numbers: tuple[int, ...] | None) -> None:
    read = parse_lessons(text, column=True).value
    assert (read.numbers if read else None) == numbers


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2 tiếng", 120),
        ("1 tiếng rưỡi", 90),
        ("90 phút", 90),
        ("90p", 90),
        ("45'", 45),
        ("1h30", 90),
        ("1 giờ 30 phút", 90),
        ("3 tiếng 15", 195),
        ("24h", 1440),
        ("0 phút", None),
        ("25 tiếng", None),
        ("45", None),
        ("lâu", None),
        ("", None),
    ],
)
def test_lengths_of_time_are_read(text: str, minutes: int | None) -> None:
    read = parse_duration(text).value
    assert read == (None if minutes is None else timedelta(minutes=minutes))


clock_times = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@given(clock_times)
def test_a_time_survives_every_way_of_writing_it(at: time) -> None:
    ways = [f"{at:%H:%M}", f"{at.hour}h{at.minute:02d}", f"{at.hour}g{at.minute:02d}", f"{at.hour} giờ {at.minute}"]
    ways.append(f"{at.hour % 12 or 12}:{at.minute:02d} {'AM' if at.hour < 12 else 'PM'}")
    for way in ways:
        assert parse_time(way).value == at, way


@given(clock_times, clock_times)
def test_a_range_ends_after_it_starts_or_is_refused(start: time, end: time) -> None:
    readings = parse_time_range(f"{start:%H:%M} - {end:%H:%M}")
    night = start.hour >= 18 and end <= time(12)
    if start < end:
        assert readings.value == TimeRange(start, end)
    elif start == end:
        assert readings.code == "core.time_equal"
    else:
        assert readings.value == (TimeRange(start, end, 1) if night else None)


@given(st.text(max_size=250) | st.text(alphabet="0123456789hg:.- đếnsángchiềutối,;tiế", max_size=60))
def test_no_text_makes_the_parsers_fail(text: str) -> None:
    for column in (False, True):
        parse_times(text, column=column, ask_bare_hours=column)
        parse_time(text, column=column)
        parse_lessons(text, column=column)
    parse_duration(text)
