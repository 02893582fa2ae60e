"""Targets as members type them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from toolkit.core.text import strip_marks
from toolkit.kpi.metrics import METRICS
from toolkit.kpi.sentence import read_target

TODAY = date(2026, 11, 20)

TYPED = [
    ("doanh số 120tr tháng 11", "revenue", 120_000_000, "2026-11-01", "2026-12-01"),
    ("30 đơn tuần này", "orders", 30, "2026-11-16", "2026-11-23"),
    ("chỉ tiêu quý 4 500tr sếp giao", "revenue", 500_000_000, "2026-10-01", "2027-01-01"),
    ("gọi 200 cuộc tháng 12", "calls", 200, "2026-12-01", "2027-01-01"),
    ("tỉ lệ chốt 30% năm 2027", "win_rate", Fraction(3, 10), "2027-01-01", "2028-01-01"),
    ("thu về 80 triệu từ 1/12 đến 15/12", "received", 80_000_000, "2026-12-01", "2026-12-16"),
    ("hoàn hàng dưới 5% tháng 12", "refund_share", Fraction(1, 20), "2026-12-01", "2027-01-01"),
    ("20 khách mới tháng này", "new_customers", 20, "2026-11-01", "2026-12-01"),
    ("tháng 12 bán 50 hộp serum", "units", 50, "2026-12-01", "2027-01-01"),
    ("bán 100 gói bảo hiểm năm 2027", "units", 100, "2027-01-01", "2028-01-01"),
    ("công ty giao 300tr tháng 12", "revenue", 300_000_000, "2026-12-01", "2027-01-01"),
    ("doanh thu 2 tỷ quý 1/2027 bên Prudential", "revenue", 2_000_000_000, "2027-01-01", "2027-04-01"),
    ("gặp 40 khách tháng sau", "meetings", 40, "2026-12-01", "2027-01-01"),
    ("60 bài đăng tháng 12", "posts", 60, "2026-12-01", "2027-01-01"),
    ("báo giá 15 khách tuần sau", "quotes", 15, "2026-11-23", "2026-11-30"),
    ("đến hết năm doanh số 1 tỷ", "revenue", 1_000_000_000, "2026-11-20", "2027-01-01"),
    ("từ nay đến cuối tháng 50 đơn", "orders", 50, "2026-11-20", "2026-12-01"),
    ("6 tháng đầu năm 2027 doanh số 3 tỷ", "revenue", 3_000_000_000, "2027-01-01", "2027-07-01"),
    ("nửa đầu tháng 12 thu về 50tr", "received", 50_000_000, "2026-12-01", "2026-12-16"),
    ("giá trị đơn trung bình 500k tháng 12", "average_order", 500_000, "2026-12-01", "2027-01-01"),
    ("tỷ lệ khách quay lại 40% quý 4", "repeat_share", Fraction(2, 5), "2026-10-01", "2027-01-01"),
    ("10 hợp đồng quý này", "orders", 10, "2026-10-01", "2027-01-01"),
    ("T12 doanh thu 90tr", "revenue", 90_000_000, "2026-12-01", "2027-01-01"),
    ("doanh thu thuần 100tr tháng 12/2026", "net_revenue", 100_000_000, "2026-12-01", "2027-01-01"),
    ("15 khách quay lại tháng 12", "repeat_customers", 15, "2026-12-01", "2027-01-01"),
    ("chăm sóc 30 khách cũ tháng 12", "follow_ups", 30, "2026-12-01", "2027-01-01"),
    ("5 khách giới thiệu trong tháng 12", "referrals", 5, "2026-12-01", "2027-01-01"),
    ("nhắn 300 tin tháng 12", "messages", 300, "2026-12-01", "2027-01-01"),
    ("hoàn tiền dưới 2tr tháng 12", "refunds", 2_000_000, "2026-12-01", "2027-01-01"),
    ("giữ lời hứa 90% năm 2027", "promises_kept_share", Fraction(9, 10), "2027-01-01", "2028-01-01"),
]
SOON = {"refund_share"}  # a member's own metric


@pytest.mark.parametrize("typed", TYPED, ids=lambda row: row[0])
@pytest.mark.parametrize("bare", [False, True])
def test_a_target_is_read_with_and_without_marks(typed: tuple[str, str, int | Fraction, str, str], bare: bool) -> None:
    text, metric, amount, start, end = typed
    reading = read_target(strip_marks(text) if bare else text, today=TODAY)
    period = reading.period.value
    assert (reading.metric, reading.amount.value) == (metric, amount)
    assert period is not None
    assert (str(period.start), str(period.end)) == (start, end)


def test_every_metric_that_is_read_is_one_that_there_is() -> None:
    assert {metric for _, metric, _, _, _ in TYPED} - SOON <= set(METRICS)
    for text, metric, _, _, _ in TYPED:
        if metric in METRICS:
            assert read_target(text, today=TODAY).unit == METRICS[metric].unit


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("chỉ tiêu quý 4 500tr sếp giao", "sếp"),
        ("công ty giao 300tr tháng 12", "công ty"),
        ("anh Tuấn giao 200tr tháng 12", "anh Tuấn"),
        ("doanh số 100tr tháng 12 do trưởng phòng yêu cầu", "trưởng phòng"),
        ("mình đặt 100tr tháng 12", ""),
        ("doanh số 100tr tháng 12", ""),
    ],
)
def test_who_asks_for_it_is_known(text: str, who: str) -> None:
    assert read_target(text, today=TODAY).imposed_by == who


def test_what_it_is_narrowed_to_is_known() -> None:
    assert read_target("doanh số 100tr trên shopee tháng 12", today=TODAY).filters == {"channel": "shopee"}
    assert read_target("bán 50 hộp serum tháng 12", today=TODAY).filters == {"product": "serum"}
    assert read_target("doanh thu 2 tỷ quý 1 bên Prudential", today=TODAY).engagement == "Prudential"


def test_less_is_better_where_it_says_so() -> None:
    assert read_target("hoàn hàng dưới 5% tháng 12", today=TODAY).direction == "down"
    assert read_target("doanh số 120tr tháng 11", today=TODAY).direction == "up"


def test_a_bare_number_of_money_is_asked() -> None:
    reading = read_target("doanh số 120 tháng 11", today=TODAY)
    assert reading.amount.values == (Fraction(120_000_000), Fraction(120_000))


def test_what_was_taken_because_nothing_else_was_said_is_told() -> None:
    assert [doubt.code for doubt in read_target("500tr quý 4", today=TODAY).doubts] == ["kpi.target_metric_taken"]


@pytest.mark.parametrize(
    ("text", "amount", "period"),
    [
        ("doanh số 120tr", "", "kpi.target_no_period"),
        ("doanh số tháng 11", "kpi.target_no_amount", ""),
        ("mỗi ngày gọi 20 cuộc", "", "kpi.target_repeats"),
        ("", "kpi.target_no_amount", "kpi.target_no_period"),
    ],
)
def test_what_isnt_said_has_a_code(text: str, amount: str, period: str) -> None:
    reading = read_target(text, today=TODAY)
    assert (reading.amount.code, reading.period.code) == (amount, period)
