"""Amounts and days of statements: read exactly, or refused."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.expenses.statements.amounts import AmountError, read_amount
from toolkit.expenses.statements.days import DayError, read_day


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,250,000", 1_250_000), ("1.250.000", 1_250_000), ("1 250 000", 1_250_000), ("1250000", 1_250_000),
        ("-50000 VND", -50_000), ("- 50.000đ", -50_000), ("50.000-", -50_000), ("(1,250,000)", -1_250_000),
        ("+85,000", 85_000), ("1,250,000.00", 1_250_000), ("1.250.000,00", 1_250_000), ("45.000", 45_000),
        ("45,000", 45_000), ("VND 45.000", 45_000), ("45.000 ₫", 45_000), ("45.000 đồng", 45_000), ("0", 0),
        ("0.00", 0), ("", None), ("-", None), ("—", None), ("１２３", 123), ("−85.000", -85_000), ("12.50", None),
    ],
)  # fmt: skip
def test_every_way_that_banks_print_an_amount(text: str, amount: int | None) -> None:
    if text == "12.50":
        with pytest.raises(AmountError) as caught:
            read_amount(text, text)
        assert caught.value.code == "expenses.statement_amount_fraction"
        assert read_amount(text, text, "USD") == 1_250
    else:
        assert read_amount(text or None, text) == amount


@pytest.mark.parametrize(
    "text",
    ["1.25.000", "1,250.000,00", "12.34.56", "1e6", "45k", "năm chục", "1_000", "0x10", "nan", "inf", "٣٤", "1.000.00",
     "1,2,3", "..", "12 34", "1.234567", "--5", "5%", "1.250.000,000", "9" * 40, "0.250.000"],
)  # fmt: skip
def test_what_has_two_readings_or_none_is_refused(text: str) -> None:
    with pytest.raises(AmountError):
        read_amount(text, text)


def test_numbers_of_a_spreadsheet_are_taken_as_they_are() -> None:
    assert read_amount(1_250_000, "1,250,000") == 1_250_000
    assert read_amount(-85000.0, "-85,000") == -85_000
    assert read_amount(12.34, "12.34", "USD") == 1_234
    assert read_amount(1e-9, "0") == 0
    for value in (12.5, float("nan"), float("inf"), 1e300, True):
        with pytest.raises(AmountError):
            read_amount(value, str(value))
    with pytest.raises(AmountError):
        read_amount(date(2026, 1, 1), "1/1/2026")


@given(
    amount=st.integers(-(10**12), 10**12),
    style=st.sampled_from(["{:,}", "{:_}", "{}"]),
    tail=st.sampled_from(["", ".00", " VND", "đ"]),
)
def test_a_printed_amount_is_read_back(amount: int, style: str, tail: str) -> None:
    text = style.format(amount).replace("_", ".")
    if tail == ".00" and "." in text:
        tail = ",00"
    assert read_amount(text + tail, text + tail) == amount


@given(st.text(max_size=80))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    try:
        found = read_amount(text, text)
    except AmountError:
        return
    assert found is None or isinstance(found, int)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("31/10/2023\n5243.65937", date(2023, 10, 31)),
        ("01/11/2026 09:11:30", date(2026, 11, 1)),
        ("1-11-26", date(2026, 11, 1)),
        ("2026-11-01", date(2026, 11, 1)),
        ("09:12:00 18/07/2026", date(2026, 7, 18)),
        ("2026/11/1 08:00", date(2026, 11, 1)),
        ("01.11.2026", date(2026, 11, 1)),
    ],
)  # fmt: skip
def test_every_way_that_banks_print_a_day(text: str, wanted: date) -> None:
    assert read_day(text, text) == wanted


def test_days_that_are_not_and_days_the_other_way_round() -> None:
    assert read_day(None, "") is None
    assert read_day(datetime(2026, 11, 1, 9, tzinfo=UTC), "x") == date(2026, 11, 1)
    for text in ("32/01/2026", "31/02/2026", "Tổng cộng", "1/1/1850", "x" * 100, "11/2026"):
        with pytest.raises(DayError) as caught:
            read_day(text, text)
        assert not caught.value.swapped
    with pytest.raises(DayError) as caught:
        read_day("11/25/2026", "11/25/2026")
    assert caught.value.swapped
    assert read_day("11/25/2026", "11/25/2026", "mdy") == date(2026, 11, 25)


@given(st.text(max_size=70))
def test_any_text_is_a_day_or_refused(text: str) -> None:
    try:
        found = read_day(text, text)
    except DayError:
        return
    assert found is None or isinstance(found, date)


@pytest.mark.parametrize(
    "text", ["1" * 60, "1." * 30, "1,1" * 20, "(" * 60, "-" * 60, "vnd" * 20, " " * 60, "1/" * 30, "1 / " * 15]
)
def test_hostile_cells_are_quick(text: str) -> None:
    begun = time.monotonic()
    for _ in range(200):
        for read in (read_amount, read_day):
            try:
                read(text, text)
            except (AmountError, DayError):
                continue
    assert time.monotonic() - begun < 1
