"""What holds for every line about selling, however it was typed."""

from __future__ import annotations

import random
import time
import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.core.text import strip_marks
from toolkit.kpi.model import WHOLE_SHARE
from toolkit.kpi.sentence import read_line, read_target

TODAY = date(2026, 11, 20)
CUSTOMERS = ("chị Hoa", "anh Nam", "cô Bảy", "chú Tư", "cty Minh Phát", "bác Hùng", "em Linh", "shop Bống")
GOODS = ("2 hộp kem", "3 gói bảo hiểm", "1 thùng sữa", "5 chai nước hoa", "10 suất cơm", "4 bộ đồ", "1 khóa học")
PRICES = (("500k", 500_000), ("1tr350", 1_350_000), ("12 triệu", 12_000_000), ("2tr5", 2_500_000), ("90 nghìn", 90_000))
WORDS = """
bán mua lấy chốt ký cọc trả hoàn hủy không chưa vì do giới thiệu khách cũ quen chị anh Hoa Nam cty cho với của 2 3 12
12tr 500k 1tr2 3 hộp gói kg mỗi một x giảm 10% tổng ship hứa hẹn mai qua hôm thứ 6 tuần sau gặp gọi báo giá lần zalo
chia đôi mình 60% nhầm à , . ; ( ) - + / : ? ! 😀 20/11 năm tháng này
""".split()  # noqa: SIM905  (a word list)


@st.composite
def sales(draw: st.DrawFn) -> tuple[str, str, int]:
    customer = draw(st.sampled_from(CUSTOMERS))
    goods = draw(st.sampled_from(GOODS))
    price, amount = draw(st.sampled_from(PRICES))
    shape = draw(
        st.sampled_from(
            ("bán {goods} cho {customer} {price}", "{customer} mua {goods} {price}", "{customer} lấy {goods} {price}",
             "bán cho {customer} {goods} {price}", "chốt {goods} {price} cho {customer}")
        )
    )  # fmt: skip
    return shape.format(customer=customer, goods=goods, price=price), customer, amount


def amounts(text: str) -> list[int | None]:
    return [item.money.value.amount if item.money.value else None for item in read_line(text, today=TODAY).items]


@given(st.lists(sales(), min_size=1, max_size=4), st.sampled_from((", ", "; ", "\n", ". ", " rồi ", " và ")))
def test_as_many_sales_as_were_told_in_their_order(told: list[tuple[str, str, int]], separator: str) -> None:
    text = separator.join(line for line, _, _ in told)
    items = read_line(text, today=TODAY).items
    assert [item.kind for item in items] == ["sale"] * len(told)
    assert [item.customer for item in items] == [customer for _, customer, _ in told]
    assert amounts(text) == [amount for _, _, amount in told]


@given(sales())
def test_without_marks_and_in_capitals_kind_and_amount_are_the_same(told: tuple[str, str, int]) -> None:
    for changed in (strip_marks(told[0]), told[0].upper(), unicodedata.normalize("NFD", told[0]), f"  {told[0]} 🎉"):
        items = read_line(changed, today=TODAY).items
        assert [(item.kind, item.money.value.amount if item.money.value else None) for item in items] == [
            ("sale", told[2])
        ]


@given(sales())
def test_the_customer_is_verbatim_part_of_the_line(told: tuple[str, str, int]) -> None:
    item = read_line(told[0], today=TODAY).items[0]
    assert item.customer in told[0]
    assert item.product in told[0]
    assert item.text in told[0]


@given(sales())
def test_a_question_or_a_plan_records_nothing(told: tuple[str, str, int]) -> None:
    assert read_line(f"{told[0]}?", today=TODAY).intent == "question"
    assert not read_line(f"sắp {told[0]}", today=TODAY).items


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)))
def test_no_text_at_all_is_an_error(text: str) -> None:
    reading = read_line(text, today=TODAY)
    assert reading.text == text
    for item in reading.items:
        assert item.money or item.money.code
        assert item.day or item.day.code
        assert all(money.amount >= 0 for money in item.money.values)
        assert item.quantity is None or item.quantity > 0
        assert all(count > 0 for count in item.counts.values())
        assert 0 < item.share <= WHOLE_SHARE
        assert item.share + sum(split.share for split in item.splits) <= WHOLE_SHARE
        assert reading.intent in ("record", "correct")
    target = read_target(text, today=TODAY)
    assert target.amount or target.amount.code
    assert target.period or target.period.code


@settings(max_examples=100)
@given(st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join))
def test_days_of_what_happened_are_never_ahead(text: str) -> None:
    for item in read_line(text, today=TODAY).items:
        if item.kind != "promise":
            assert all(day <= TODAY for day in item.day.values[:1])


@pytest.mark.parametrize(
    "piece",
    ["bán ", "chị Hoa ", "12tr ", "1,", "mỗi ", "giới thiệu ", "không ", "x 3 ", "(", "- ", "cty A ", "và ", "thứ 2 ",
     "60% ", "chia đôi với Nam ", "hứa mai ", "3 ", "tr", "bán 2 gói chị Hoa 12tr anh Nam ", "vì ", "giảm còn "],
)  # fmt: skip
def test_the_longest_line_is_read_in_less_than_a_second(piece: str) -> None:
    text = (piece * 2000)[:2000]
    began = time.perf_counter()
    read_line(text, today=TODAY)
    read_target(text[:500], today=TODAY)
    assert time.perf_counter() - began < 1


def test_lines_of_words_thrown_together_are_read_quickly_all_of_them() -> None:
    dice = random.Random(20)
    slowest = 0.0
    for _ in range(1500):
        text = " ".join(dice.choice(WORDS) for _ in range(dice.randrange(1, 40)))
        began = time.perf_counter()
        read_line(text, today=TODAY)
        slowest = max(slowest, time.perf_counter() - began)
    assert slowest < 1
