"""On which day it happened: days look back, carry forward, and an occasion is no day. Today is Wednesday 2026-11-18."""

from __future__ import annotations

from datetime import date

import pytest

from toolkit.expenses.sentence import read_sentence

TODAY = date(2026, 11, 18)


def days(sentence: str, today: date = TODAY) -> list[str]:
    return [
        item.day.value.isoformat()[5:] if item.day.value else "?" for item in read_sentence(sentence, today=today).items
    ]


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("phở 45k", ["11-18"]),
        ("hôm qua phở 45k, xăng 60k", ["11-17", "11-17"]),
        ("hqua phở 45k, hnay xăng 60k", ["11-17", "11-18"]),
        ("phở 45k, xăng 60k hôm qua", ["11-17", "11-17"]),
        ("phở 45k hôm qua, xăng 60k hôm nay", ["11-17", "11-18"]),
        ("phở 45k, hôm qua xăng 60k", ["11-18", "11-17"]),
        ("t7 hát 70k, cn mua áo 199k", ["11-14", "11-15"]),
        ("thứ hai phở 45k hôm qua xăng 60k", ["11-16", "11-17"]),
        ("hôm kia: rau 15k, thịt 80k", ["11-16", "11-16"]),
        ("thứ 6 tuần trước nhậu 400k, sáng hôm sau thuốc 45k", ["11-13", "11-14"]),
        ("ngày 12 rút atm 2tr, 14 gửi tiết kiệm 5tr", ["11-12", "11-14"]),
        ("mùng 10 tháng 11 mua bảo hiểm 680k", ["11-10"]),
        ("bữa ni đổ xăng 50k", ["11-18"]),
        ("hôm tê mua áo 90k", ["11-16"]),
        ("tối wa nhậu 200k", ["11-17"]),
        ("cách đây 3 bữa sửa ống nước 280k", ["11-15"]),
        ("trả Lan tiền cơm hôm qua 35k", ["11-18"]),
        ("trả nợ Lan 35k hôm qua", ["11-17"]),
        ("cho o Diễm mượn 3tr, o nói cuối tháng gửi lại", ["11-18"]),
        ("mua quà 20/11 120k", ["11-18"]),
        ("hoa 20/10 tặng mẹ 100k", ["11-18"]),
        ("tiền nhà tháng 11 đóng hôm 5/11 là 3tr", ["11-05"]),
        ("mai giỗ nội, mua đồ cúng 500k", ["11-18"]),
        ("mua vé xem phim tối mai 180k", ["11-18"]),
        ("hát tháng sau, tối qua săn được vé 900k", ["11-17"]),
    ],
)
def test_each_item_has_its_day(sentence: str, wanted: list[str]) -> None:
    assert days(sentence) == wanted


def test_a_day_that_comes_again_soon_is_asked_about() -> None:
    (item,) = read_sentence("20/12 ăn phở 45k", today=TODAY).items
    assert [day.isoformat() for day in item.day.values] == ["2025-12-20", "2026-12-20"]


def test_a_day_that_is_not_clear_is_not_guessed() -> None:
    (item,) = read_sentence("hôm nọ mua áo 200k", today=TODAY).items
    assert not item.day
    assert item.day.code == "core.date_vague"
