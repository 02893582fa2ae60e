"""Dates inside sentences: what is cut out, what it means, and what is left alone."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.core.dates import find_dates

TODAY = date(2026, 11, 22)  # a Sunday


def found(text: str) -> list[tuple[str, str]]:
    return [
        (f.text, " & ".join(day.date.isoformat() for day in f.readings.values) or f.readings.code)
        for f in find_dates(text, today=TODAY, look="back")
    ]


@pytest.mark.parametrize(
    ("sentence", "dates"),
    [
        ("hôm qua ăn phở với Lan 45k, đổ xăng 60k", [("hôm qua", "2026-11-21")]),
        ("hom qua an pho 45k", [("hom qua", "2026-11-21")]),
        ("ăn phở 45k hôm qua", [("hôm qua", "2026-11-21")]),
        ("hôm kia mua áo, hôm qua mua quần", [("hôm kia", "2026-11-20"), ("hôm qua", "2026-11-21")]),
        ("tối thứ 6 nhậu 300k", [("tối thứ 6", "2026-11-20")]),
        ("sáng nay cà phê 25k", [("sáng nay", "2026-11-22")]),
        ("cà phê sáng 25k", []),
        ("tối qua karaoke 400k", [("tối qua", "2026-11-21")]),
        ("nay ăn bún 40k", [("nay", "2026-11-22")]),
        ("cái này 40k", []),
        ("mai mua sữa 50k nhé", [("mai", "2026-11-23")]),
        ("đi chơi với Mai 200k", []),
        ("mua một ly cà phê 25k", []),
        ("mua mot ly ca phe 25k", []),
        ("12/11 đóng học 3tr", [("12/11", "2026-11-12")]),
        ("đóng học 3tr ngày 12/11/2026", [("ngày 12/11/2026", "2026-11-12")]),
        ("12/11 còn nợ 500k", [("12/11", "2026-11-12")]),
        ("ngày 1 tháng 9 nộp tiền nhà 4tr", [("ngày 1 tháng 9", "2026-09-01")]),
        ("ngày 5 trả lương 8tr", [("ngày 5", "2026-11-05")]),
        ("uống thuốc ngày 3 lần", []),
        ("mua 1/2 kg thịt 60k", []),
        ("1/2 con gà 90k", []),
        ("làm được 15/20 câu", []),
        ("gọi 0903.123.456", []),
        ("chuyển 1.250.000", []),
        ("thứ 2 đi chợ 200k", [("thứ 2", "2026-11-16")]),
        ("lần thứ 2 mua hàng 200k", []),
        ("đứa thứ hai đi học 2tr", []),
        ("t5 xăng 60k", [("t5", "2026-11-19")]),
        ("cn vừa rồi siêu thị 500k", [("cn vừa rồi", "2026-11-15")]),
        ("thứ hai tuần trước sửa xe 400k", [("thứ hai tuần trước", "2026-11-09")]),
        ("Thứ 7 14/11 ăn cưới 500k", [("Thứ 7 14/11", "2026-11-14")]),
        ("3 hôm trước mua áo 200k", [("3 hôm trước", "2026-11-19")]),
        ("cách đây 2 ngày mua sách 90k", [("cách đây 2 ngày", "2026-11-20")]),
        ("cuối tháng trước trả nhà 3tr", [("cuối tháng trước", "2026-10-31")]),
        ("quốc khánh đi biển 2tr", [("quốc khánh", "2026-09-02")]),
        ("quốc khánh 2000đ", [("quốc khánh", "2026-09-02")]),
        ("30/4 đi chơi 1tr", [("30/4", "2026-04-30")]),
        ("mua quà noel 300k", []),
        ("noel năm ngoái tiệc 500k", [("noel năm ngoái", "2025-12-25")]),
        ("bánh trung thu 300k", []),
        ("mùng 1 tết lì xì 2tr", [("mùng 1 tết", "2026-02-17")]),
        ("30 tết mua hoa 500k", [("30 tết", "2026-02-16")]),
        ("rằm tháng 7 cúng 200k", [("rằm tháng 7", "2026-08-27")]),
        ("đồ cúng rằm 200k", []),
        ("15/7 âm lịch cúng 200k", [("15/7 âm lịch", "2026-08-27")]),
        ("hôm nọ vay Hùng 2tr", [("hôm nọ", "core.date_vague")]),
        ("tuần trước sửa xe 400k", [("tuần trước", "core.date_is_period")]),
        ("Thứ hai 14/11 ăn cưới 500k", [("Thứ hai 14/11", "core.date_weekday_contradicts")]),
        ("ngày 29/2 mua vàng", [("ngày 29/2", "core.date_no_leap_day")]),
        ("bán 2 gói cho khách số 3", []),
        ("", []),
    ],
)
def test_a_sentence_gives_up_its_dates_and_nothing_else(sentence: str, dates: list[tuple[str, str]]) -> None:
    assert found(sentence) == dates


def test_the_session_that_was_named_comes_with_the_day() -> None:
    (evening,) = find_dates("tối qua đi nhậu 300k", today=TODAY, look="back")
    assert [day.session for day in evening.readings.values] == ["evening"]


def test_spans_fit_the_text_as_it_was_typed_even_when_its_marks_are_loose() -> None:
    typed = unicodedata.normalize("NFD", "Trả\u200b nợ  hôm\u00a0 kia 2tr")
    (only,) = find_dates(typed, today=TODAY, look="back")
    assert unicodedata.normalize("NFC", only.text.replace("\u00a0", " ")) == "hôm  kia"
    assert typed[only.start : only.end] == only.text


@given(st.text(alphabet="hôm qua ngàytháng0123456789/-.,:thứ tếtmùngrằm âm\u0300\u0301\u200b\n", max_size=80))
def test_spans_lie_in_the_text_in_order_and_never_overlap(text: str) -> None:
    reached = 0
    for each in find_dates(text, today=TODAY, look="back"):
        assert reached <= each.start < each.end <= len(text)
        assert text[each.start : each.end] == each.text
        reached = each.end


@given(st.text(max_size=300))
def test_no_sentence_makes_the_search_fail(text: str) -> None:
    find_dates(text, today=TODAY, look="forward")
