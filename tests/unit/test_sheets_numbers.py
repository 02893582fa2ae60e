"""Number formats: a stored number is what the member sees."""

# ruff: noqa: DTZ001  (a cell knows no time zone)

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from time import process_time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.sheets.numbers import BUILT_IN, general, number_format, read_number

if TYPE_CHECKING:
    from toolkit.sheets.model import Value

CODES = st.text(max_size=60) | st.text('ymdhs0#?.,;:/%"@[]', max_size=20) | st.sampled_from(sorted(BUILT_IN.values()))
NOV_3 = 46329.0  # 3 November 2026


@pytest.mark.parametrize(
    ("number", "code", "value", "text", "shows"),
    [
        (8.0, "General", 8, "8", ""),
        (0.1 + 0.2, "General", 0.1 + 0.2, "0.3", ""),
        (-2.5, "General", -2.5, "-2.5", ""),
        (1500000.0, "#,##0", 1500000, "1,500,000", ""),
        (-1500000.0, "#,##0", -1500000, "-1,500,000", ""),
        (1234567.0, "#,##0.0,", 1234567, "1,234.6", ""),
        (12000.0, '#,##0" đ"', 12000, "12,000 đ", ""),
        (12000.0, "[$₫-42A]#,##0", 12000, "₫12,000", ""),
        (912345678.0, "0000 000 000", 912345678, "0912 345 678", ""),
        (42.0, "00000", 42, "00042", ""),
        (0.125, "0.0%", 0.125, "12.5%", ""),
        (-5.0, "_(* #,##0_);_(* (#,##0);_(* \"-\"_)", -5, "(5)", ""),
        (0.0, "_(* #,##0_);_(* (#,##0);_(* \"-\"_)", 0, "-", ""),
        (1.5, "0.##", 1.5, "1.5", ""),
        (12345.678, "0.00E+00", 12345.678, "12345.678", ""),
        (0.5, "# ?/?", 0.5, "0.5", ""),
        (8.0, "@", 8, "8", ""),
        (NOV_3, "d/m", date(2026, 11, 3), "3/11", ""),
        (NOV_3, "dd/mm/yyyy", date(2026, 11, 3), "03/11/2026", ""),
        (NOV_3, "dddd, dd/mm", date(2026, 11, 3), "Thứ Ba, 03/11", ""),
        (NOV_3, "[$-42A]dd mmmm yyyy;@", date(2026, 11, 3), "03 tháng 11 2026", ""),
        (NOV_3, "d-mmm", date(2026, 11, 3), "3-thg 11", ""),
        (NOV_3 + 8.5 / 24, "dd/mm/yyyy hh:mm", datetime(2026, 11, 3, 8, 30), "03/11/2026 08:30", ""),
        (NOV_3, "dd/mm/yyyy hh:mm", datetime(2026, 11, 3), "03/11/2026 00:00", ""),
        (NOV_3 + 8.5 / 24, "dd/mm/yyyy", datetime(2026, 11, 3, 8, 30), "03/11/2026", "date"),
        (NOV_3 + 8.5 / 24, "h:mm", datetime(2026, 11, 3, 8, 30), "8:30", "time"),
        (0.354166666, "h:mm", time(8, 30), "8:30", ""),
        (0.75, "h:mm AM/PM", time(18, 0), "6:00 PM", ""),
        (0.0, "h:mm AM/PM", time(0, 0), "12:00 AM", ""),
        (0.35416, "dd/mm/yyyy hh:mm", time(8, 29, 59), "00/00/1900 08:29", ""),
        (1.5, "[h]:mm", timedelta(hours=36), "36:00", ""),
        (0.5, "[h]:mm:ss", time(12, 0), "12:00:00", ""),
        (1.0, "h:mm", timedelta(hours=24), "24:00", ""),
        (0.01, "mm:ss", time(0, 14, 24), "14:24", ""),
        (0.0, "dd/mm/yyyy", 0, "0", ""),
        (-1.0, "dd/mm/yyyy", -1, "-1", ""),
        (59.0, "dd/mm/yyyy", date(1900, 2, 28), "28/02/1900", ""),
        (61.0, "dd/mm/yyyy", date(1900, 3, 1), "01/03/1900", ""),
        (2958465.0, "dd/mm/yyyy", date(9999, 12, 31), "31/12/9999", ""),
        (2958466.0, "dd/mm/yyyy", 2958466, "2958466", ""),
    ],
)  # fmt: skip
def test_a_number_is_read_as_its_format_shows_it(number: float, code: str, value: Value, text: str, shows: str) -> None:
    found = read_number(number, number_format(code))
    assert found == (value, text, shows)
    assert type(found[0]) is type(value)


@pytest.mark.parametrize("seconds", [-43, -20, 20, 43, 59])
def test_a_date_stored_some_seconds_off_midnight_is_still_that_date(seconds: int) -> None:
    assert read_number(NOV_3 + seconds / 86400, number_format("dd/mm/yyyy"))[0] == date(2026, 11, 3)


def test_the_1904_system_counts_from_1904() -> None:
    assert read_number(0.0, number_format("d/m/yyyy"), epoch_1904=True)[0] == date(1904, 1, 1)
    assert read_number(NOV_3 - 1462, number_format("d/m/yyyy"), epoch_1904=True)[0] == date(2026, 11, 3)
    assert read_number(0.5, number_format("h:mm"), epoch_1904=True)[0] == time(12, 0)


@given(st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 31, 23, 59, 58)))
def test_every_moment_survives_its_serial_number_to_the_second(moment: datetime) -> None:
    serial = (moment - datetime(1899, 12, 30)) / timedelta(days=1)
    read = read_number(serial, number_format("dd/mm/yyyy hh:mm:ss"))[0]
    assert isinstance(read, datetime)
    assert abs(read - moment) <= timedelta(seconds=0.6)


@given(st.times())
def test_every_time_of_day_survives_its_fraction(clock: time) -> None:
    clock = clock.replace(microsecond=0)
    fraction = (clock.hour * 3600 + clock.minute * 60 + clock.second) / 86400
    assert read_number(fraction, number_format("hh:mm:ss")) == (clock, clock.isoformat(), "")


@given(st.integers(-(10**14), 10**14))
def test_thousands_and_plain_formats_show_every_whole_number(number: int) -> None:
    assert read_number(float(number), number_format("#,##0"))[:2] == (number, f"{number:,}")
    assert read_number(float(number), number_format("General"))[:2] == (number, str(number))


@given(
    st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=60) | st.sampled_from(sorted(BUILT_IN.values()))
)
def test_no_format_and_no_number_is_too_odd(number: float, code: str) -> None:
    _, text, _ = read_number(number, number_format(code))
    assert isinstance(text, str)


@given(st.floats(-1e300, 1e300))
def test_general_shows_at_most_eleven_digits_of_a_fraction(number: float) -> None:
    assert float(general(number)) == pytest.approx(number, rel=1e-10)


@given(CODES, st.floats(allow_nan=False, allow_infinity=False))
def test_no_format_code_whatever_makes_a_number_unreadable(code: str, number: float) -> None:
    value, text, shows = read_number(number, number_format(code))
    assert value is not None
    assert text
    assert shows in {"", "date", "time"}


def test_a_hostile_format_code_takes_no_time() -> None:
    begin = process_time()
    for code in ("m" * 255, "h:m" * 80, "[" * 255, '"' * 255, "0,." * 80, "y" * 1_000_000, "\\" * 255, "s.0" * 80):
        form = number_format(code)
        for number in (0.0, 0.5, NOV_3, 1e300, -1e-300):
            read_number(number, form)
    assert process_time() - begin < 1
