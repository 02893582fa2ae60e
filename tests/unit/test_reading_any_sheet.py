"""Whatever stands in a sheet: events that make sense, problems with their places, or a refusal; never anything else."""

from __future__ import annotations

import time
from datetime import date, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from builders.grids import book, grid
from toolkit.calendar.reading import HeadingsUnknownError, OwnHeading, ReadOptions, ReadResult, read_events
from toolkit.core.errors import InputError

TODAY = date(2026, 11, 22)
WORDS = st.sampled_from(
    [
        "Ngày", "Thứ", "Tháng", "Năm", "Giờ", "Từ", "Đến", "Ca", "Ca sáng (6h-14h)", "Ca 1", "Sáng", "Chiều", "Tối",
        "Nội dung", "Tiêu đề", "Địa điểm", "Ghi chú", "Lặp lại", "Trạng thái", "Bác sĩ trực", "Họ tên", "Âm lịch",
        "Số tiền", "T2", "T3", "T4 25/11", "CN", "23/11", "24-25-26/11", "Hai 23/11", "12/3 ÂL", "31/2", "30/11/2026",
        "8h", "8h-9h", "15h-9h", "19h30-21h", "tiết 1-3", "hằng tuần, 10 lần", "hằng quý", "mỗi tuần 2 lần", "HỦY",
        "Lan", "Hoa, Minh", "1. Tú\n2. Hoa", "nghỉ", "x", "S", "OFF", "LỊCH TRỰC THÁNG 12/2026", "TUẦN 48",
        "NGÀY 1: 04/12/2026", "từ 23/11/2026 đến 29/11/2026", "áp dụng từ ngày 23/11/2026", "(ví dụ) Gặp", "Tổng cộng",
        "Ngày hẹn", "Vụ gì", "=1+1", "\u202eabc", "🎂",
    ]
)  # fmt: skip
CELLS = st.one_of(st.none(), WORDS, WORDS, st.integers(-3, 40), st.dates(date(2026, 1, 1), date(2027, 12, 31)),
                  st.floats(0, 50), st.text(max_size=12))  # fmt: skip
SHEETS = st.lists(st.lists(CELLS, min_size=1, max_size=7), min_size=1, max_size=9)
CHOICES = st.fixed_dictionaries(
    {},
    optional={
        "person": st.sampled_from(["Lan", "hoa", "ai đó"]),
        "everyone": st.booleans(),
        "since": st.just(date(2026, 11, 23)),
        "until": st.just(date(2027, 1, 31)),
        "headings": st.just((OwnHeading("Vụ gì", "title"), OwnHeading("Ca", "note"))),
    },
)


def attempt(rows: list[list[Any]], choices: dict[str, Any]) -> ReadResult | None:
    try:
        return read_events(book(grid(rows)), ReadOptions(TODAY, years=2, **choices))
    except InputError as error:
        refused = error
    columns = refused.columns if isinstance(refused, HeadingsUnknownError) else ()
    assert all(column.offered for column in columns)
    return None


@settings(max_examples=400)
@given(SHEETS, CHOICES)
def test_any_sheet_gives_events_that_end_after_they_begin_and_problems_with_a_row(
    rows: list[list[Any]], choices: dict[str, Any]
) -> None:
    result = attempt(rows, choices)
    if result is None:
        return
    for wanted in result.wanted:
        event = wanted.event
        assert event.summary
        assert event.end > event.start
        assert isinstance(event.start, datetime) == isinstance(event.end, datetime)
        assert 1 <= wanted.source.row <= len(rows)
    for problem in result.problems:
        assert problem.place.row is not None
    again = attempt(rows, choices)
    assert again is not None
    assert [w.event for w in again.wanted] == [w.event for w in result.wanted]


def test_a_wide_and_long_sheet_of_names_is_told_quickly() -> None:
    heading = ["Ngày", *(f"Ca {n}" for n in range(1, 60))]
    rows: list[list[Any]] = [["LỊCH TRỰC NĂM 2026"], heading]
    rows += [[f"{1 + n % 28}/{1 + n % 12}", *("Lan, Hoa, Minh" for _ in range(59))] for n in range(300)]
    begun = time.process_time()
    attempt(rows, {"person": "Lan"})
    attempt([["Ca 1"] * 60] * 400, {"everyone": True})
    attempt([["Ngày", "Giờ", "Nội dung"]] * 400, {})
    assert time.process_time() - begun < 10
