"""What holds of every export: parts sum up, the order of rows doesn't matter, days come back, rows come back."""

from __future__ import annotations

import tempfile
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.shops import Bought, Goods, Rows, kiotviet_details, lazada, moment, own, shopee, tiktok, write
from toolkit.kpi.imports.cells import dong, looks_rounded, thousandths
from toolkit.kpi.imports.days import Days, MixedDaysError
from toolkit.kpi.imports.model import Buyer
from toolkit.kpi.imports.orders import shared
from toolkit.kpi.imports.own_table import number_of, plain, rows_of_sale
from toolkit.kpi.imports.people import Known, account_of, is_somebody, phone_tag
from toolkit.kpi.imports.reading import read_export
from toolkit.kpi.imports.statuses import Statuses, StatusWords, of_order
from toolkit.kpi.imports.worth import parts, reckon, usable
from toolkit.kpi.model import Line, Sale

if TYPE_CHECKING:
    import random

GOODS = st.builds(
    Goods,
    st.sampled_from(["Trà", "Cà phê", "Bánh – hộp lớn", "Xà bông"]),
    st.integers(1, 10**6).map(lambda n: f"SP{n}"),
    st.integers(1, 9),
    st.integers(0, 5_000).map(lambda n: n * 1_000),
)
ORDERS = st.lists(
    st.builds(
        Bought,
        st.integers(1, 10**9).map(lambda n: f"HD{n:09d}"),
        st.integers(0, 300).map(lambda n: moment(1, month=1) + timedelta(days=n)),
        st.lists(GOODS, min_size=1, max_size=4, unique_by=lambda one: one.sku).map(tuple),
        st.sampled_from(["done", "done", "open", "cancelled", "returned"]),
        st.sampled_from(["Lan", "Nam", "Khách lẻ"]),
    ),
    min_size=1, max_size=6, unique_by=lambda one: one.number,
)  # fmt: skip


def read(rows: Rows) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        return read_export(write(Path(folder) / "a.csv", rows))


@settings(max_examples=40, deadline=None)
@given(ORDERS, st.sampled_from([shopee, tiktok, lazada, kiotviet_details, own]), st.randoms(use_true_random=False))
def test_whatever_the_order_of_the_rows_the_figures_are_those_of_done_orders(
    orders: list[Bought], shop: Any, chance: random.Random
) -> None:
    heads = 2 if shop is tiktok else 1
    rows = shop(orders)
    body = rows[heads:]
    chance.shuffle(body)
    export = read([*rows[:heads], *body])
    done = [one for one in orders if one.state == "done"]
    assert (export.counted, export.revenue) == (len(done), sum(one.worth for one in done))
    assert export.units == 1_000 * sum(line.quantity for one in done for line in one.goods)
    assert not export.problems


@given(st.integers(0, 10**10), st.lists(st.integers(0, 10**9), min_size=1, max_size=8).filter(any))
def test_what_is_shared_out_sums_up_and_is_off_by_less_than_a_dong(whole: int, weights: list[int]) -> None:
    found = shared(whole, weights)
    assert sum(found) == whole
    total = sum(weights)
    assert all(abs(Fraction(whole * weight, total) - part) < 1 for weight, part in zip(weights, found, strict=True))


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.sampled_from(["dmy", "mdy"]))
def test_a_day_is_read_as_it_was_written(day: date, order: Any) -> None:
    written = f"{day:%d/%m/%Y}" if order == "dmy" else f"{day:%m/%d/%Y}"
    for text in (written, f"{written} 23:59:59", f"{day:%Y-%m-%d} 00:00", f"{day:%Y-%m-%dT12:00:00+07:00}"):
        days = Days()
        days.see(text)
        days.settle(None, order)
        assert days.read(text) == day
    assert Days().read(datetime(day.year, day.month, day.day, 23, 59)) == day  # noqa: DTZ001 - as a sheet has it


@given(st.lists(st.dates(date(2020, 1, 1), date(2027, 1, 1)), min_size=1, max_size=12), st.sampled_from(["dmy", "mdy"]))
def test_days_of_one_order_are_never_read_in_the_other(days: list[date], order: str) -> None:
    reader = Days()
    texts = [day.strftime("%d/%m/%Y" if order == "dmy" else "%m/%d/%Y") for day in days]
    for text in texts:
        reader.see(text)
    try:
        reader.settle(None, None)
    except MixedDaysError as error:
        assert error.code == "kpi.import_days_unclear"  # noqa: PT017 - either outcome is right
        assert all(day.day <= 12 for day in days)
    else:
        assert [reader.read(text) for text in texts] == days


@given(st.text(alphabet="0123456789+() -.", max_size=18))
def test_a_phones_mark_says_nothing_of_the_phone(phone: str) -> None:
    mark = phone_tag(phone)
    assert mark == "" or (len(mark) == 6 and mark[0] == "#")
    assert phone_tag(phone) == phone_tag(phone.replace(" ", "").replace("-", ""))


def test_the_same_phone_written_in_other_ways() -> None:
    assert len({phone_tag(one) for one in ("0901234567", "+84 901 234 567", "84901234567", "0901.234.567")}) == 1
    assert phone_tag("******67") == phone_tag("") == phone_tag("113") == ""


@pytest.mark.parametrize(
    ("buyer", "somebody"),
    [
        (Buyer("Khách lẻ"), False), (Buyer("Khách vãng lai", phone="0901234567"), False), (Buyer(""), False),
        (Buyer("L***n"), False), (Buyer("L***n", "lan.nguyen"), True), (Buyer("L***n", phone="0901234567"), True),
        (Buyer("Lan"), True), (Buyer("", "lan.nguyen"), True), (Buyer("L***n", "l***n"), False),
    ],
)  # fmt: skip
def test_who_can_be_known_again(buyer: Buyer, somebody: bool) -> None:
    assert is_somebody(buyer) is somebody


def test_people_are_told_apart_by_account_then_phone_then_name() -> None:
    known = Known()
    for number, one in enumerate(
        [Buyer("Lan", "lan1"), Buyer("Lan", phone="0901234567"), Buyer("Lan"), Buyer("Hoa", phone="0901234567")], 1
    ):
        assert known.find(one) == 0
        known.put(number, one.name, account_of(one))
        assert known.find(one) == number
    assert known.find(Buyer("Lan Nguyễn", "LAN1")) == 1
    assert known.find(Buyer("lan")) == 3


@given(st.sets(st.sampled_from(["done", "open", "unknown", "returned", "cancelled"]), min_size=1))
def test_what_is_done_counts_whatever_became_of_the_rest(states: Any) -> None:
    found = of_order(frozenset(states))
    assert found in states
    assert ("done" in states) == (found == "done")


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("HOÀN THÀNH", "done"), ("hoan thanh", "done"), ("Đã huỷ", "cancelled"), ("Đã hủy đơn rồi", "unknown"),
        ("Canceled", "cancelled"), ("", "unknown"), ("Trả hàng một phần", "partly"), ("xong xuôi nhé", "open"),
    ],
)  # fmt: skip
def test_states_by_their_words(text: str, meaning: str) -> None:
    from toolkit.kpi.imports.profile import general_words

    words = StatusWords({"open": ("xong xuôi*",)})
    assert Statuses(words, general_words()["statuses"]).meaning(text) == meaning


@pytest.mark.parametrize(
    ("reckoning", "figures", "worth"),
    [
        ("amount", {"amount": 5}, 5), ("amount", {}, None), ("gross-discount", {"gross": 5}, 5),
        ("gross-discount", {"gross": 5, "discount": 2}, 3), ("gross-discount", {"gross": 5, "discount": -2}, 3),
        ("gross-discount", {"gross": -5, "discount": 2}, -3), ("price*quantity", {"price": 5, "quantity": 3}, 15),
        ("price*quantity", {"price": 5}, None),
        ("price*quantity", {"price": 100, "quantity": 3, "discount_percent": 10}, 270),
    ],
)  # fmt: skip
def test_the_worth_of_a_row(reckoning: str, figures: dict[str, int], worth: int | None) -> None:
    exact = {name: Decimal(value) for name, value in figures.items()}
    assert reckon(reckoning, exact) == worth
    assert usable(reckoning, set(parts(reckoning)))


@pytest.mark.parametrize(
    ("number", "rounded"),
    [("577123456789012345", False), ("577123456789012000", True), ("577123456789012", False), ("A" * 18, False)],
)
def test_numbers_that_look_rounded(number: str, rounded: bool) -> None:
    assert looks_rounded(number) is rounded


@given(st.integers(-(10**15), 10**15))
def test_amounts_and_quantities_are_exact(number: int) -> None:
    assert dong(Decimal(number)) == number
    assert thousandths(Decimal(number) / 1000) == number
    if number >= 0:
        assert Fraction(plain(Fraction(number, 1000))) == Fraction(number, 1000)


SALE = Sale(
    7, "own", "sale", "done", date(2026, 11, 5), 100_000, 1, datetime(2026, 11, 5, 10, tzinfo=None),  # noqa: DTZ001
    customer_name="Lan %%nợ%%",
)  # fmt: skip


@given(st.integers(0, 10**9), st.lists(st.tuples(st.integers(1, 5_000), st.none() | st.integers(0, 10**8)), max_size=5))
def test_the_rows_of_a_sale_always_sum_up_to_it(amount: int, lines: list[tuple[int, int | None]]) -> None:
    from dataclasses import replace

    told = tuple(Line("tra", Fraction(quantity, 1000), worth) for quantity, worth in lines)
    rows = rows_of_sale(replace(SALE, amount=amount, lines=told), lambda product: product)
    assert sum(row.amount for row in rows) == amount
    assert {row.customer for row in rows} == {"Lan"}
    assert {row.order_id for row in rows} == {number_of(SALE)}


def test_the_number_of_a_typed_sale_outlives_its_editing() -> None:
    from dataclasses import replace

    assert number_of(replace(SALE, amount=5, customer_name="Hoa")) == number_of(SALE)
    assert number_of(replace(SALE, id=8)) != number_of(SALE)
    assert number_of(replace(SALE, order="A1")) == "A1"
