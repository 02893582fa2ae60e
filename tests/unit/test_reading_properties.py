"""Whatever stands in a sheet, reading it ends, points at rows that exist, and loses none without a word."""

from __future__ import annotations

import time as clock
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders.grids import book, grid
from toolkit.calendar.reading import ReadOptions, ReadResult, read_events
from toolkit.calendar.reading.headings import ALIASES
from toolkit.core.errors import InputError

TODAY = date(2026, 11, 22)
ALL_HEADINGS = sorted({name for names in ALIASES.values() for name in names})

fragments = st.sampled_from(
    ["3/11", "25/11/2026", "T2", "CN", "thứ 2-4-6", "8h", "8h30-11h", "22h-2h", "sáng", "tiết 1-3", "12/3 ÂL", "HỦY",
     "rằm tháng 7", "hằng tuần", "cả ngày", "Tuần 1", "từ 7/9 đến 25/10", "ngày mai", "-", "x", "a@b.vn", "30 phút",
     "Tổng", "Ca 1 (6h-14h)", "1,2,3", "24h", "0", "31/2", "Giỗ ông", "\n", "8h;9h", "1-15"]
)  # fmt: skip
values: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.text(max_size=20),
    fragments,
    st.lists(fragments, min_size=2, max_size=4).map(" ".join),
    st.integers(-10, 60000),
    st.floats(),
    st.booleans(),
    st.dates(date(1899, 12, 30), date(9999, 12, 31)),
    st.datetimes(),
    st.times(),
    st.timedeltas(timedelta(0), timedelta(days=3)),
)
headings = st.lists(st.sampled_from(ALL_HEADINGS), min_size=2, max_size=8, unique=True)


def read(rows: list[list[Any]], **options: Any) -> ReadResult | None:
    try:
        return read_events(book(grid(rows)), ReadOptions(TODAY, **options))
    except InputError:
        return None


@given(st.lists(st.lists(values, max_size=6), max_size=8))
def test_any_grid_of_cells_is_read_or_refused(rows: list[list[Any]]) -> None:
    read(rows)


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(headings, st.data())
def test_under_known_headings_every_event_has_a_row_and_every_refusal_a_reason(names: list[str], data: Any) -> None:
    rows = data.draw(st.lists(st.lists(values, min_size=len(names), max_size=len(names)), min_size=1, max_size=5))
    result = read([names, *rows], since=date(2026, 11, 1), until=date(2026, 12, 1))
    if result is None:
        return
    filled = {number for number, row in enumerate(rows, start=2) if any(v is not None and v != "" for v in row)}
    assert {w.source.row for w in result.wanted} <= filled
    assert {r.row for r in result.refused} <= filled
    assert not {w.source.row for w in result.wanted} & {r.row for r in result.refused}
    reasons = {p.place.row for p in result.problems}
    assert {r.row for r in result.refused} <= reasons
    for w in result.wanted:
        assert w.event.summary
        assert type(w.event.start) is type(w.event.end)
        assert w.event.start < w.event.end
        assert w.event.all_day or (isinstance(w.event.start, datetime) and w.event.start.tzinfo is not None)


@given(
    st.lists(
        st.tuples(
            st.dates(date(2026, 1, 1), date(2030, 12, 31)),
            st.times().map(lambda t: t.replace(second=0, microsecond=0)),
            st.integers(1, 600),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_a_plainly_written_list_is_read_back_exactly(wanted: list[tuple[date, time, int]]) -> None:
    rows: list[list[Any]] = [["Việc", "Ngày", "Giờ bắt đầu", "Thời lượng"]]
    rows += [[f"Việc {i}", f"{day:%d/%m/%Y}", f"{at:%H:%M}", f"{n} phút"] for i, (day, at, n) in enumerate(wanted)]
    result = read(rows)
    assert result is not None
    assert not result.problems
    for w, (day, at, minutes) in zip(result.wanted, wanted, strict=True):
        assert isinstance(w.event.start, datetime)
        assert (w.event.start.date(), w.event.start.time()) == (day, at)
        assert w.event.end - w.event.start == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "text",
    ["1/" * 100_000, "8h" * 100_000, "thứ " * 50_000, "1-" * 100_000, "tiết 1," * 30_000, "a@" * 100_000, "(" * 200_000,
     "12/3 ÂL " * 20_000, "rằm tháng " * 20_000, " " * 500_000, "1," * 100_000, "-" * 300_000, "8h-" * 60_000],
)  # fmt: skip
def test_hostile_texts_are_answered_at_once(text: str) -> None:
    names = ["Việc", "Ngày", "Giờ", "Lặp lại", "Nhắc trước", "Email", "Thứ", "Tuần", "Âm lịch", "Ca", "Ghi chú", "Màu"]
    read([names, *[["x"] * len(names)] * 2])  # patterns are compiled when they are first needed
    began = clock.process_time()
    read([[text], names, *([text if n == column else "x" for n in range(len(names))] for column in range(len(names)))])
    assert clock.process_time() - began < 1


def test_a_title_of_a_megabyte_is_refused_and_the_others_are_read() -> None:
    result = read(
        [["Việc", "Ngày", "Ghi chú"], ["a" * 1_000_000, "25/11"], ["Họp", "25/11"], ["Dài", "25/11", "b" * 9000]]
    )
    assert result is not None
    assert [(p.code, p.place.row, p.place.column) for p in result.problems] == [
        ("calendar.text_too_long", 2, 1),
        ("calendar.text_too_long", 4, 3),
    ]
    assert [w.event.summary for w in result.wanted] == ["Họp"]
    assert all(len(p.value or "") < 300 for p in result.problems)


def test_ten_thousand_guests_are_refused() -> None:
    guests = ", ".join(f"a{i}@example.com" for i in range(10_000))
    result = read([["Việc", "Ngày", "Email"], ["Hội", "25/11", guests], ["Họp", "25/11", "a@example.com"]])
    assert result is not None
    assert [w.event.summary for w in result.wanted] == ["Họp"]
    assert {p.place.row for p in result.problems} == {2}
