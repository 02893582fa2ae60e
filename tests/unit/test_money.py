"""Amounts: exact, never ten times too big, with spans that can be cut out, and read back as they are written."""

from __future__ import annotations

import time
import unicodedata
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from toolkit.core.money import (
    MINOR_DIGITS,
    AmountSpan,
    Bare,
    Money,
    find_amounts,
    format_money,
    parse_amount,
    short_money,
)
from toolkit.core.text import strip_marks

K, TR, TY = 1_000, 1_000_000, 1_000_000_000
FIGURES = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def said_below_thousand(n: int, *, full: bool) -> str:
    """A number below a thousand as school teaches it to be said; `full` says the zeros in front too."""
    hundreds, tens, ones = n // 100, n // 10 % 10, n % 10
    words = [FIGURES[hundreds], "trăm"] if hundreds or full else []
    if tens == 0 and ones and words:
        words.append("lẻ")
    elif tens == 1:
        words.append("mười")
    elif tens > 1:
        words += [FIGURES[tens], "mươi"]
    if ones == 1 and tens > 1:
        words.append("mốt")
    elif ones == 5 and tens:
        words.append("lăm")
    elif ones:
        words.append(FIGURES[ones])
    return " ".join(words)


def said(n: int) -> str:
    """A number below a thousand billion in words."""
    words = ""
    for unit, name in ((TY, "tỷ"), (TR, "triệu"), (K, "nghìn"), (1, "")):
        part = n // unit % 1000
        if part:
            words = f"{words} {said_below_thousand(part, full=bool(words))} {name}".strip()
    return words


thousands = st.integers(1, 10**6 - 1).map(lambda n: n * K)


@given(thousands)
@example(250 * K)
@example(205 * K)
@example(1_050 * K)
@example(10_000_000)
def test_an_amount_said_in_full_is_understood_with_and_without_marks(amount: int) -> None:
    for text in (f"{said(amount)} đồng", said(amount).upper(), unicodedata.normalize("NFD", said(amount))):
        assert parse_amount(text).values == (Money(amount),), text
    assert parse_amount(strip_marks(said(amount))).values == (Money(amount),)


@given(st.integers(1, 999), st.sampled_from(["k", "K", " k", "ng", " nghìn", " ngàn", " ngìn", "k đồng"]))
def test_thousands_are_thousands(n: int, unit: str) -> None:
    assert parse_amount(f"{n}{unit}").values == (Money(n * K),)


@given(st.integers(1, 9999), st.sampled_from(["tr", " tr", "Tr", " triệu", " TRIỆU", " củ", " trieu"]))
def test_millions_are_millions(n: int, unit: str) -> None:
    assert parse_amount(f"{n}{unit}").values == (Money(n * TR),)


@given(st.integers(1, 999), st.integers(1, 999), st.sampled_from(["tr", " triệu ", "tr ", " củ ", " tỷ ", "tỷ"]))
def test_three_digits_behind_a_unit_are_its_thousandths(n: int, part: int, unit: str) -> None:
    scale = TY if "tỷ" in unit else TR
    assert parse_amount(f"{n}{unit}{part:03}").values == (Money(n * scale + part * scale // 1000),)


@given(st.integers(1, 999), st.integers(1, 99), st.sampled_from([",", "."]), st.sampled_from([("tr", TR), (" tỷ", TY)]))
def test_a_decimal_of_a_unit_is_exact(n: int, hundredths: int, point: str, unit: tuple[str, int]) -> None:
    name, scale = unit
    assert parse_amount(f"{n}{point}{hundredths:02}{name}").values == (Money(n * scale + hundredths * scale // 100),)


@given(st.integers(1, 99), st.integers(0, 99))
def test_digits_glued_behind_a_unit_are_decimals_and_never_silently_hundredfold(n: int, tail: int) -> None:
    readings = parse_amount(f"{n}tr{tail:02}")
    decimal = Money(n * TR + tail * TR // 100)
    assert decimal in readings.values
    if tail % 10 == 0 and tail:
        assert readings.values == (decimal, Money(n * TR + tail * K))
    else:
        assert readings.certain


@given(st.integers(0, 10**15 - 1), st.sampled_from(["vi", "en"]))
@example(1_250_000, "vi")
@example(999, "vi")
@example(10**15 - 1, "en")
def test_what_is_written_is_read_back(amount: int, lang: str) -> None:
    for typed in (format_money(amount, lang=lang), format_money(amount, lang=lang).replace("đ", " VND")):
        assert parse_amount(typed).values == (Money(amount),)
        assert [a.amount for a in find_amounts(f"phở {typed}, vui")] == [amount]
    assert parse_amount(format_money(-amount, lang=lang), signed=True).values == (Money(-amount),)


@given(st.integers(0, 10**12), st.sampled_from(sorted(MINOR_DIGITS)), st.sampled_from(["vi", "en"]))
def test_every_currency_is_read_back_as_it_is_written(amount: int, currency: str, lang: str) -> None:
    assert parse_amount(format_money(amount, currency, lang)).values == (Money(amount, currency),)


@given(
    st.integers(0, 10**12)
    | st.integers(0, 10**6).map(lambda n: n * 10_000)
    | st.integers(0, 10**5).map(lambda n: n * TR),
    st.sampled_from(["vi", "en"]),
)
def test_the_short_form_is_exact(amount: int, lang: str) -> None:
    assert parse_amount(short_money(amount, lang)).values == (Money(amount),)


def test_amounts_are_written_as_people_write_them() -> None:
    assert format_money(1_250_000) == "1.250.000đ"
    assert format_money(-45_000) == "-45.000đ"
    assert format_money(199, "USD") == "1,99 USD"
    assert format_money(123_450, "USD", "en") == "1,234.50 USD"
    assert format_money(500, "JPY") == "500 JPY"
    assert [short_money(n) for n in (45_000, 1_250_000, 2_500_000_000, 1_234_567, 500, 12_000_000, -45_000)] == [
        "45k", "1,25tr", "2,5 tỷ", "1.234.567đ", "500đ", "12tr", "-45k",
    ]  # fmt: skip


WORDS = """45k 1tr2 3 chục trăm rưỡi triệu nghìn tỷ củ lít xăng chai bia xị 2 500 1.250.000 45.000đ đ đồng $ usd đô , .
    ; + - / x * = % ( ) : k tr m ng hai ba năm mười mươi lăm mốt tư lẻ linh nửa vài mấy không mỗi một cái ly người kg
    ngày tháng chia đôi giảm còn tổng cộng và rồi thứ lớp chị anh hôm qua phở 20/11 7h30 0903123456 0 05 1,5 12,50
    30-40k tờ tiền cho của ký ¥ € 2tr50 iphone 15"""
soup = st.lists(st.sampled_from([*WORDS.split(), "\n"]), max_size=14).flatmap(
    lambda words: st.sampled_from(["", " ", "  "]).map(lambda space: space.join(words))
)
anything = st.text(max_size=200) | soup | st.text("0123456789.,kđtr -/x$%", max_size=40)


EVERY_BARE: tuple[Bare, ...] = ("no", "ask", "thousands", "units")


def check_spans(text: str, found: list[AmountSpan]) -> None:
    end = 0
    for amount in found:
        assert end <= amount.start < amount.end <= len(text)
        assert amount.text == text[amount.start : amount.end]
        assert amount.text.strip() == amount.text
        assert amount.reading.certain == (amount.money is not None)
        assert bool(amount.reading.code) == (not amount.reading.certain)
        assert all(value is None or value.amount >= 0 for value in amount.reading.values)
        assert any(value is not None for value in amount.reading.values) or not amount.reading.values
        assert amount.shared >= 1
        end = amount.end


@given(anything)
@example("1" * 24)
@example("-" * 30)
@example("1-2-3-4-5k")
def test_any_text_is_answered_with_spans_that_can_be_cut_out(text: str) -> None:
    for bare in EVERY_BARE:
        check_spans(text, find_amounts(text, bare=bare))
    readings = parse_amount(text)
    assert readings.certain or readings.code


@given(anything)
def test_the_unicode_form_and_case_of_a_text_change_no_amount(text: str) -> None:
    def amounts(typed: str) -> list[object]:
        return [(a.reading, a.role, a.quantity, a.shared) for a in find_amounts(typed)]

    composed = unicodedata.normalize("NFC", text)
    assert amounts(unicodedata.normalize("NFD", text)) == amounts(composed)


@given(st.lists(st.integers(1, 999), min_size=1, max_size=6), st.sampled_from([", ", "; ", " + ", "\n", " rồi "]))
def test_items_in_a_row_are_amounts_in_a_row(prices: list[int], between: str) -> None:
    text = between.join(f"món {FIGURES[n % 10]} {price}k" for n, price in enumerate(prices))
    assert [a.amount for a in find_amounts(text)] == [price * K for price in prices]


@given(st.integers(2, 99), st.integers(1, 999))
def test_a_quantity_times_a_unit_price_is_the_total(count: int, price: int) -> None:
    for text in (f"{count} x {price}k", f"{count}x{price}k", f"{count} cái x {price}k", f"{price}k/ly x {count}"):
        (found,) = find_amounts(f"mua {text}, vui")
        assert (found.amount, found.quantity, found.unit_price) == (
            count * price * K,
            Fraction(count),
            Money(price * K),
        )
        assert found.text == text
    (each,) = find_amounts(f"{count} áo mỗi cái {price}k")
    assert (each.amount, each.per) == (count * price * K, "cái")


@given(st.integers(1, 9999), st.integers(2, 100))
def test_equal_shares_add_up_to_the_whole_within_half_a_dong_each(price: int, parts: int) -> None:
    (found,) = find_amounts(f"nhậu {price}k chia {parts}")
    assert found.amount is not None
    assert found.shared == parts
    assert abs(found.amount * parts - price * K) <= Fraction(parts, 2)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12tr", 12_000_000), ("12 triệu", 12_000_000), ("1tr2", 1_200_000), ("1tr25", 1_250_000),
        ("1tr250", 1_250_000), ("1,2tr", 1_200_000), ("1.2tr", 1_200_000), ("500k", 500_000), ("1.500k", 1_500_000),
        ("2 tỷ", 2_000_000_000), ("1tỷ2", 1_200_000_000), ("12.000.000đ", 12_000_000),
        ("12,000,000 VND", 12_000_000), ("12.000.000", 12_000_000),
        ("3 triệu rưỡi", 3_500_000), ("3tr rưỡi", 3_500_000), ("15 nghìn", 15_000), ("15 ngàn", 15_000),
        ("2 củ", 2_000_000), ("5 lít", 500_000), ("2 xị", 200_000), ("1k2", 1_200), ("0,5 tỷ", 500_000_000),
        ("45.000 đồng", 45_000),
    ],
)  # fmt: skip
def test_amounts_of_the_worked_numbers_of_the_sales_tool(text: str, amount: int) -> None:
    assert parse_amount(text, xi=100_000).values == (Money(amount),)


def test_a_xi_is_what_the_member_says_it_is() -> None:
    assert parse_amount("2 xị", xi=10_000).values == (Money(20_000),)
    assert parse_amount("2 xị rưỡi", xi=100_000).values == (Money(250_000),)
    assert parse_amount("2 xị").code == "core.money_xi"
    assert [a.amount for a in find_amounts("mượn 5 xị", xi=10_000)] == [50_000]


def test_a_bare_number_is_what_its_place_says() -> None:
    assert parse_amount("35").values == (Money(35_000), Money(35))
    assert parse_amount("35", bare="thousands").values == (Money(35_000),)
    assert parse_amount("35", bare="units").values == (Money(35),)
    assert parse_amount("3", bare="thousands").values == (Money(3_000), Money(3))
    assert parse_amount("35000").values == (Money(35_000),)
    assert parse_amount("0").values == (Money(0),)
    assert parse_amount("12.5", bare="thousands").values == (Money(12_500), Money(12_500_000))
    assert parse_amount("1.99", currency="USD").values == (Money(199, "USD"),)
    assert parse_amount("1.250", currency="USD").values == (Money(125_000, "USD"),)
    assert parse_amount("12345678901").values == (Money(12_345_678_901),)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "core.money_unreadable"),
        ("phở", "core.money_unreadable"),
        ("phở 45k", "core.money_unreadable"),
        ("45k phở", "core.money_unreadable"),
        ("45k 60k", "core.money_unreadable"),
        ("-45k", "core.money_negative"),
        ("5kg", "core.money_unreadable"),
        ("20%", "core.money_unreadable"),
        ("1" * 16, "core.money_too_large"),
        ("9999999 tỷ", "core.money_too_large"),
        ("1" * 201, "core.money_too_long"),
        ("1,5đ", "core.money_fraction"),
        ("5k đô rưỡi", "core.money_half"),
        ("1.25.000", "core.money_malformed"),
        ("vài trăm", "core.money_vague"),
    ],
)
def test_a_cell_that_is_no_amount_says_why(text: str, code: str) -> None:
    readings = parse_amount(text)
    assert readings.values == ()
    assert readings.code == code


def test_a_cell_may_say_about_and_end_with_a_full_stop() -> None:
    assert parse_amount("khoảng 45k").values == (Money(45_000),)
    assert parse_amount("~45k.").values == (Money(45_000),)
    assert parse_amount("3 x 20k").values == (Money(60_000),)
    assert parse_amount("- 45.000đ", signed=True).values == (Money(-45_000),)
    assert parse_amount("45.000", signed=True).values == (Money(45_000),)


def test_a_discount_marks_the_price_that_it_replaces() -> None:
    before, paid = find_amounts("áo 200k giảm còn 160k")
    assert (before.role, before.amount) == ("before", 200_000)
    assert (paid.role, paid.amount) == ("paid", 160_000)
    price, off, left = find_amounts("áo 200k giảm 20k còn 180k")
    assert [a.role for a in (price, off, left)] == ["before", "discount", "paid"]
    assert price.amount == 200_000


def test_a_stated_sum_is_a_check_and_alone_it_is_the_amount() -> None:
    assert [(a.role, a.amount) for a in find_amounts("phở 45k, xăng 60k, tổng 105k")] == [
        ("paid", 45_000),
        ("paid", 60_000),
        ("check", 105_000),
    ]
    assert [a.role for a in find_amounts("đi chợ tổng cộng hết 282k")] == ["paid"]
    assert [a.role for a in find_amounts("lương 10tr cộng 2tr thưởng")] == ["paid", "paid"]


def test_every_reading_of_a_doubtful_word_says_which_one_it_is() -> None:
    (found,) = find_amounts("2 lít xăng")
    assert [(o.value, o.reason) for o in found.reading.options][1] == (None, "core.reading_not_money")
    assert found.currency == "VND"
    (foreign,) = find_amounts("20-30$")
    assert foreign.currency == "USD"
    assert foreign.amount is None


def test_ten_thousand_phrases_take_seconds() -> None:
    tails = [f"{n % 9 + 1} chục rưỡi rồi {n % 5 + 2} ly x 2{n % 10}k" for n in range(90)]
    started = time.process_time()
    for n in range(10_000):
        assert len(find_amounts(f"hôm qua ăn phở {n}k, đổ xăng {tails[n % 90]}")) == 3
    assert time.process_time() - started < 20
