"""What a line or a target can't settle is asked or left out: never a guess, never a tenth or a thousandth of it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from toolkit.core.text import strip_marks
from toolkit.kpi.sentence import read_line, read_target

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("bán 2 gói 12", [12_000, 12_000_000]),
        ("bán cho chị Hoa 3 gói 45", [45_000, 45_000_000]),
        ("bán 2 gói 500", [500_000]),
        ("bán 2 gói 12k", [12_000]),
        ("bán 3 ly trà đá 15k", [15_000]),
    ],
)
def test_a_small_number_without_a_unit_is_asked(text: str, readings: list[int]) -> None:
    money = read_line(text, today=TODAY).items[0].money
    assert [option.amount for option in money.values] == readings


@pytest.mark.parametrize("text", ["gọi 0 cuộc", "gặp 0 khách", "goi 0 khach"])
def test_work_that_was_done_no_time_is_no_work(text: str) -> None:
    assert not read_line(text, today=TODAY).items


@pytest.mark.parametrize("text", ["gọi 50000000 khách", "nhắn 123456 tin"])
def test_more_work_than_can_be_done_is_asked_not_counted_as_one(text: str) -> None:
    (item,) = read_line(text, today=TODAY).items
    assert dict(item.counts) == {}
    assert [doubt.code for doubt in item.doubts] == ["kpi.count_vague"]


@pytest.mark.parametrize("text", ["31/2 bán son 200k", "30/2 bán 1 son 200k", "bán son 200k 31/4"])
def test_a_day_that_there_is_not_is_no_quantity_and_is_told(text: str) -> None:
    (item,) = read_line(text, today=TODAY).items
    assert item.quantity in (None, 1)
    assert (item.product, item.day.code) == ("son", "core.date_no_such_day")


def test_half_a_kilo_stays_a_quantity() -> None:
    (item,) = read_line("bán 1/2 ký nấm 100k", today=TODAY).items
    assert item.quantity == Fraction(1, 2)


def test_a_deposit_has_the_customer_and_no_goods_of_that_name() -> None:
    (item,) = read_line("đặt cọc 500k chị Yến", today=TODAY).items
    assert (item.kind, item.customer, item.product) == ("payment", "chị Yến", "")


@pytest.mark.parametrize("text", ["thu của chị Hoa 6tr", "nhận của anh Nam 3tr", "thu cua co Bay 2tr"])
def test_money_taken_from_somebody_is_a_payment_without_a_doubt(text: str) -> None:
    (item,) = read_line(text, today=TODAY).items
    assert (item.kind, item.doubts) == ("payment", ())


@pytest.mark.parametrize("bare", [False, True])
@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("doanh số bảo hiểm 80tr tháng 12", "bảo hiểm"),
        ("doanh thu mỹ phẩm 50tr tuần này", "mỹ phẩm"),
        ("doanh số tháng 12 bảo hiểm nhân thọ 80tr", "bảo hiểm nhân thọ"),
    ],
)
def test_a_target_for_a_product_is_narrowed_to_it(text: str, product: str, bare: bool) -> None:
    if bare:
        text, product = strip_marks(text), strip_marks(product)
    assert read_target(text, today=TODAY).filters == {"product": product}


@pytest.mark.parametrize(
    "text", ["doanh số team 1 tỷ quý 1", "doanh số cá nhân 90tr tháng 12", "doanh số 120tr tháng 11"]
)
def test_a_target_without_a_product_is_not_narrowed(text: str) -> None:
    assert not read_target(text, today=TODAY).filters


def test_a_target_of_a_few_thousand_dong_is_asked() -> None:
    assert read_target("doanh số 1,500 tháng 12", today=TODAY).amount.values == (
        Fraction(1_500_000_000), Fraction(1_500_000),
    )  # fmt: skip
    assert read_target("doanh số 1.500.000 tháng 12", today=TODAY).amount.value == 1_500_000


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("KPI tháng 1: 20 hợp đồng", "2027-01-01", "2027-02-01"),
        ("đơn hàng tháng 12: 90", "2026-12-01", "2027-01-01"),
        ("chỉ tiêu 1.5 tỷ năm 2028", "2028-01-01", "2029-01-01"),
        ("doanh thu 900tr nửa đầu 2028", "2028-01-01", "2028-07-01"),
        ("gọi 30 cuộc trong tuần", "2026-11-16", "2026-11-23"),
        ("60 đơn cuối tuần này", "2026-11-21", "2026-11-23"),
    ],
)
def test_the_days_of_a_target_are_found_behind_signs_and_amounts(text: str, start: str, end: str) -> None:
    period = read_target(text, today=TODAY).period.value
    assert period is not None
    assert (str(period.start), str(period.end)) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "vay chị Hằng 20tr xoay hàng", "anh Bốn cho mượn 3tr", "chuyển khoản tiền vải cho xưởng 9tr",
        "team bên chốt được 4 căn 12 tỷ rồi", "ship tỉnh 30k, ship nội ô 20k", "thanh lý tủ kính, ai lấy 900k em để",
        "giá mà bán được lô 2 tỷ tuần trước",
    ],
)  # fmt: skip
@pytest.mark.parametrize("bare", [False, True])
def test_money_of_no_sale_is_not_recorded(text: str, bare: bool) -> None:
    assert not read_line(strip_marks(text) if bare else text, today=TODAY).items


def test_of_an_amount_and_its_slip_the_second_counts() -> None:
    (item,) = read_line("bán 2 két bia 400k, à nhầm 480k cho quán Hai Lúa", today=TODAY).items
    assert (item.money.value.amount if item.money.value else None, item.customer) == (480_000, "quán Hai Lúa")
