"""What holds for every date and every text, not only for those in the tables."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.core.dates import (
    FixedClock,
    Look,
    Lunar,
    SystemClock,
    find_dates,
    lunar,
    parse_date,
    parse_duration,
    parse_lessons,
    parse_period,
    parse_repeat,
    parse_stretch,
    parse_times,
    parse_weekdays,
    parse_when,
    plausible,
    read_title,
)
from toolkit.core.outcome import Place
from toolkit.core.readings import Reading, Readings, none, one, several

TODAY = date(2026, 11, 22)

days = st.dates(date(1901, 1, 1), date(2100, 12, 31))
lunar_days = st.dates(date(1902, 3, 1), date(2099, 11, 30))
looks: st.SearchStrategy[Look] = st.sampled_from(("back", "forward"))
WEEKDAYS = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")


@given(days, looks)
def test_a_date_written_in_full_is_read_back_whatever_its_punctuation(day: date, look: Look) -> None:
    d, m, y = day.day, day.month, day.year
    ways = [
        f"{d}/{m}/{y}", f"{d:02d}/{m:02d}/{y}", f"{d}-{m}-{y}", f"{d}.{m}.{y}", day.isoformat(),
        f"ngày {d} tháng {m} năm {y}", f"{d} tháng {m}, {y}", f"{d}-thg {m}-{y}", f"{day:%b} {d}, {y}",
        f"{WEEKDAYS[day.weekday()]}, {d}/{m}/{y}", f"{d}/{m}/{y} ({WEEKDAYS[day.weekday()]})",
    ]  # fmt: skip
    for way in ways:
        read = parse_date(way, today=TODAY, look=look)
        assert [value.date for value in read.values] == [day], way
        assert read.values[0].year_given


@given(days, st.integers(1, 6))
def test_a_weekday_that_contradicts_its_date_is_a_problem_never_a_guess(day: date, off: int) -> None:
    wrong = WEEKDAYS[(day.weekday() + off) % 7]
    read = parse_date(f"{wrong}, {day:%d/%m/%Y}", today=TODAY, look="forward")
    assert (read.values, read.code) == ((), "core.date_weekday_contradicts")


@given(days, days)
def test_a_date_without_a_year_is_the_nearest_one_on_its_side_of_today(today: date, day: date) -> None:
    text = f"{day.day}/{day.month}"
    later = parse_date(text, today=today, look="forward")
    earlier = parse_date(text, today=today, look="back")
    if later.value:
        assert today <= later.value.date < today + timedelta(days=366)
        assert not later.value.year_given
    if earlier.value:
        assert today - timedelta(days=366) < earlier.value.date <= today
    if (day.month, day.day) != (2, 29) and 1901 < today.year < 2100:
        assert later.certain
        assert earlier.certain


@given(days, st.integers(1901, 2100))
def test_a_date_without_a_year_takes_the_year_of_its_title(day: date, year: int) -> None:
    read = parse_date(f"{day.day}/{day.month}", today=TODAY, look="forward", year=year)
    if (day.month, day.day) == (2, 29):
        assert read.certain == (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
    else:
        assert read.value is not None
        assert read.value.date == day.replace(year=year)


@given(st.dates(date(2026, 8, 1), date(2027, 7, 31)))
def test_a_date_without_a_year_finds_its_year_inside_the_term(day: date) -> None:
    term = (date(2026, 8, 1), date(2027, 8, 1))
    read = parse_date(f"{day.day}/{day.month}", today=TODAY, look="forward", within=term)
    assert [value.date for value in read.values] == [day]


def test_a_date_outside_the_term_is_a_problem() -> None:
    read = parse_date("15/7", today=TODAY, look="forward", within=(date(2026, 9, 1), date(2027, 2, 1)))
    assert (read.values, read.code) == ((), "core.date_outside")


@given(lunar_days)
def test_a_lunar_date_written_in_full_is_read_back(day: date) -> None:
    at = lunar.from_solar(day)
    leap = " nhuận" if at.leap else ""
    for way in (f"{at.day}/{at.month}{leap}/{at.year} âm lịch", f"{at.day} tháng {at.month}{leap} năm {at.year} ÂL"):
        read = parse_date(way, today=TODAY, look="forward").value
        assert read is not None, way
        assert (read.date, read.lunar) == (day, at)


@given(lunar_days, looks)
def test_a_yearly_lunar_day_is_the_nearest_on_its_side_of_today(today: date, look: Look) -> None:
    read = parse_date("15/7 ÂL", today=today, look=look).value
    assert read is not None
    assert read.date >= today if look == "forward" else read.date <= today
    assert abs((read.date - today).days) < 400
    assert lunar.from_solar(read.date) == read.lunar == Lunar(15, 7, read.lunar.year if read.lunar else 0)


@given(st.integers(0, 400), st.integers(0, 400), looks)
def test_a_month_that_does_not_exist_is_never_swapped_with_the_day(day: int, month: int, look: Look) -> None:
    read = parse_date(f"{day}/{month}/2027", today=TODAY, look=look)
    for value in read.values:
        assert (value.date.day, value.date.month) == (day, month)
    if month > 12:
        assert not read


@given(days)
def test_month_first_is_only_for_who_asks_for_it(day: date) -> None:
    text = f"{day.month}/{day.day}/{day.year}"
    read = parse_date(text, today=TODAY, look="back", month_first=True)
    assert [value.date for value in read.values] == [day]


def test_a_column_of_lunar_dates_needs_no_word_for_it() -> None:
    read = parse_date("15/7", today=TODAY, look="forward", lunar=True).value
    assert read is not None
    assert read.date == date(2027, 8, 16)
    assert parse_date("mùng 5 tháng 3", today=TODAY, look="forward", lunar=True).certain


def test_the_last_lunar_month_under_a_years_title_is_the_one_ahead_or_is_asked() -> None:
    ahead = parse_date("23 tháng Chạp", today=TODAY, look="forward", year=2026)
    assert [value.date for value in ahead.values] == [date(2027, 1, 30)]
    asked = parse_date("23 tháng Chạp", today=TODAY, look="forward", year=2028)
    assert [value.date for value in asked.values] == [date(2028, 1, 19), date(2029, 2, 6)]
    assert [option.reason for option in asked.options] == ["core.reading_solar_year", "core.reading_lunar_year"]


def test_under_a_months_title_a_lone_number_is_a_day_and_two_may_be_a_stretch() -> None:
    lone = parse_date("5", today=TODAY, look="forward", year=2026, month=12).value
    assert lone is not None
    assert lone.date == date(2026, 12, 5)
    both = parse_date("3-11", today=TODAY, look="forward", year=2026, month=12)
    assert [(value.date, value.end) for value in both.values] == [
        (date(2026, 11, 3), None),
        (date(2026, 12, 3), date(2026, 12, 12)),
    ]


def test_typed_without_marks_thang_sau_may_be_next_month_or_june() -> None:
    assert [v.date for v in parse_date("ngay 5 thang sau", today=TODAY, look="forward").values] == [
        date(2026, 12, 5),
        date(2027, 6, 5),
    ]
    assert [v.date for v in parse_date("ram thang sau", today=TODAY, look="forward").values] == [
        date(2026, 12, 23),
        date(2027, 7, 18),
    ]


def test_what_was_moved_or_named_with_a_day_is_kept() -> None:
    short = parse_date("30/12 ÂL", today=TODAY, look="forward").value
    leap = parse_date("15/6N ÂL", today=TODAY, look="forward").value
    evening = parse_date("tối thứ 6", today=TODAY, look="forward").value
    assert short is not None
    assert leap is not None
    assert evening is not None
    assert (short.notes, leap.notes) == (("core.note_lunar_short_month",), ("core.note_lunar_leap_missing",))
    assert (evening.session, evening.weekday) == ("evening", 4)


@given(st.text(max_size=250), looks)
def test_no_text_makes_reading_a_date_fail(text: str, look: Look) -> None:
    parse_date(text, today=TODAY, look=look, month=12)


@given(st.text(alphabet="0123456789/-. ngàythứthángmùngtếrằmâlịchnăm(),hômquaNÂL", max_size=60), days, looks)
def test_no_near_date_makes_reading_fail_on_any_day(text: str, today: date, look: Look) -> None:
    read = parse_date(text, today=today, look=look)
    assert bool(read.values) or read.code.startswith("core.")


ADVERSARIAL = [
    "1" * 5000, "1/" * 3000, "1-1-" * 2000, " " * 5000, "thứ " * 2000, "ngày ngày " * 1500, "tháng 1 " * 1500,
    "âm lịch " * 1500, "mùng 1 tết " * 1000, "8h-" * 2000, "8h," * 2000, "1 1 " * 2000, "hôm " * 2000, "n" * 5000,
    "\u0301" * 5000, "a\u0301" * 3000, "(" * 5000, "12/12 8h30 " * 1000, "tiết 1,2,3," * 800, "T2-" * 2000, "cn " * 999,
    "hai mươi " * 1500, "00:00:00 " * 1500, "1h30 " * 2000, "rằm tháng 7 nhuận " * 500, "\n;\n" * 2000,
]  # fmt: skip


@pytest.mark.parametrize("text", ADVERSARIAL, ids=range(len(ADVERSARIAL)))
def test_no_hostile_text_takes_a_second(text: str) -> None:
    parse_date("3/11", today=TODAY, look="back")  # the patterns are compiled
    find_dates("3/11", today=TODAY, look="back")
    for tried in (text, text[:200], text[:199]):
        started = time.process_time()
        parse_date(tried, today=TODAY, look="forward", month=12)
        parse_when(tried, today=TODAY, look="forward")
        parse_times(tried, column=True, ask_bare_hours=True)
        parse_lessons(tried, column=True)
        parse_period(tried, today=TODAY, look="back")
        parse_stretch(tried, today=TODAY, look="back")
        parse_repeat(tried)
        parse_weekdays(tried, column=True)
        parse_duration(tried)
        read_title(tried, today=TODAY)
        find_dates(tried, today=TODAY, look="back")
        assert time.process_time() - started < 1


def test_ten_thousand_phrases_take_seconds() -> None:
    phrases = [
        "Thứ 7, 12/12",
        "hôm qua",
        "rằm tháng 7",
        "15/7 âm lịch",
        "ngày 1 tháng 9",
        "3/11/2026",
        "thứ hai tuần sau",
    ]
    started = time.process_time()
    for n in range(10_000):
        parse_date(phrases[n % len(phrases)], today=TODAY, look="forward")
    assert time.process_time() - started < 20


def test_readings_are_one_several_or_none_and_say_so() -> None:
    clear = one(1)
    unclear = several("core.date_ambiguous", [Reading(1, "a"), Reading(2, "b")])
    empty: Readings[int] = none("core.date_no_such_month", month=13, day=1)
    assert (clear.value, clear.certain, clear.ambiguous, bool(clear)) == (1, True, False, True)
    assert (unclear.value, unclear.values, unclear.ambiguous, bool(unclear)) == (None, (1, 2), True, True)
    assert (unclear.code, unclear.params) == ("core.date_ambiguous", {"readings": "1 / 2"})
    assert (bool(empty), empty.values) == (False, ())
    assert several("core.date_ambiguous", [Reading(1, "a"), Reading(1, "b")]) == one(1)
    assert clear.map(str) == one("1")
    problem = empty.problem("1/13", Place(row=3))
    assert (problem.code, problem.value, problem.place.row) == ("core.date_no_such_month", "1/13", 3)
    assert problem.params == {"month": 13, "day": 1}


@pytest.mark.parametrize(("year", "sane"), [(1900, False), (1901, True), (2100, True), (2101, False), (9999, False)])
def test_a_date_cell_with_an_impossible_year_is_refused(year: int, sane: bool) -> None:
    assert bool(plausible(date(year, 1, 1))) is sane


def test_a_fixed_clock_stands_still_and_wants_an_aware_moment() -> None:
    moment = datetime(2026, 11, 22, 1, tzinfo=UTC)
    assert (FixedClock(moment).now(), FixedClock(moment).today()) == (moment, TODAY)
    with pytest.raises(ValueError, match="aware"):
        FixedClock(moment.replace(tzinfo=None))


def test_the_system_clock_shows_the_day_on_the_members_wall() -> None:
    now = SystemClock("Asia/Ho_Chi_Minh").now()
    assert now.utcoffset() == timedelta(hours=7)
    assert abs(SystemClock().today() - now.date()) <= timedelta(days=1)
