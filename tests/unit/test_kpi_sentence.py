"""Lines of Vietnamese as members type them: what was sold, paid, taken back, declined, done, promised."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from builders.kpi_lines import TODAY, fields_of, share_right
from toolkit.core.sentences.line import Lexicon
from toolkit.core.text import clean, strip_marks
from toolkit.kpi.sentence import UNSAID, read_line

if TYPE_CHECKING:
    from toolkit.kpi.model import Item

LINES = Path(__file__).parent.parent / "data" / "kpi_lines.jsonl"
MODULES = (
    "aims", "callings", "calls", "compounds", "declines", "doings", "facts", "goods", "heads",
    "intents", "items", "kinds", "naming", "parties", "parts", "phrases", "places", "prices",
    "promises", "reasons", "shares", "slots", "talk", "targets", "verbs", "unsaid",
)  # fmt: skip


def lines() -> list[dict[str, Any]]:
    return [json.loads(line) for line in LINES.read_text(encoding="utf-8").splitlines()]


def only(text: str, **known: Any) -> Item:
    reading = read_line(text, today=TODAY, **known)
    assert len(reading.items) == 1, reading
    return reading.items[0]


def amount(item: Item) -> int | None:
    return item.money.value.amount if item.money.value else None


@pytest.mark.parametrize("line", lines(), ids=lambda line: line["text"])
def test_a_line_is_read_as_its_writer_meant_it(line: dict[str, Any]) -> None:
    reading = read_line(line["text"], today=TODAY)
    if "intent" in line:
        assert reading.intent == line["intent"]
    if line["items"] is not None:
        assert len(reading.items) == len(line["items"])
        for item, wanted in zip(reading.items, line["items"], strict=True):
            found, expected = fields_of(item, wanted)
            assert found == expected


def test_without_marks_hardly_a_field_is_lost() -> None:
    right, all_fields = share_right(lines(), change=strip_marks)
    assert right >= 0.98 * all_fields


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("bán 2 gói cho chị Hoa 500", 500_000),
        ("chốt 1 đơn 350 cho chị Hoa", 350_000),
        ("bán 3 hộp cho chị Hoa mỗi hộp 200k", 600_000),
        ("bán 3 hộp cho chị Hoa 200k mỗi hộp", 600_000),
        ("bán 3 hộp cho chị Hoa giá 200k một hộp", 600_000),
        ("bán 3 hộp x 200k cho chị Hoa", 600_000),
        ("chị Hoa đặt 3 set 399k mỗi set", 1_197_000),
        ("bán 1,5 lít mật ong 450k", 450_000),
        ("bán 2 chai nước mắm 120k", 120_000),
        ("bán 2 lốp xe 1tr8", 1_800_000),
        ("bán cho công ty Nam Việt 12.000.000đ", 12_000_000),
        ("bán cho cô Ba triệu hai", 1_200_000),
    ],
)
def test_an_amount_is_never_ten_times_wrong(text: str, wanted: int) -> None:
    assert amount(only(text)) == wanted


def test_what_has_two_amounts_comes_back_with_both() -> None:
    readings = only("bán 2 gói cho chị Hoa 500k hoặc 600k").money
    assert [money.amount for money in readings.values] == [500_000, 600_000]


def test_a_quantity_with_one_bare_amount_is_its_total_and_says_so() -> None:
    assert only("bán 2 gói cho chị Hoa 12tr").total
    assert not only("bán 2 gói cho chị Hoa, mỗi gói 6tr").total
    assert not only("bán 1 gói cho chị Hoa 6tr").total


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("12tr", 12_000_000),
        ("12 triệu", 12_000_000),
        ("1tr2", 1_200_000),
        ("1tr25", 1_250_000),
        ("1tr250", 1_250_000),
        ("1,2tr", 1_200_000),
        ("1.2tr", 1_200_000),
        ("500k", 500_000),
        ("1.500k", 1_500_000),
        ("2 tỷ", 2_000_000_000),
        ("1tỷ2", 1_200_000_000),
        ("12.000.000đ", 12_000_000),
        ("12,000,000 VND", 12_000_000),
        ("12.000.000", 12_000_000),
        ("3 triệu rưỡi", 3_500_000),
        ("3tr rưỡi", 3_500_000),
        ("15 nghìn", 15_000),
        ("15 ngàn", 15_000),
        ("2 củ", 2_000_000),
        ("5 lít", 500_000),
        ("2 xị", 200_000),
        ("1k2", 1_200),
        ("0,5 tỷ", 500_000_000),
        ("45.000 đồng", 45_000),
    ],
)
def test_every_way_of_writing_money_is_read_in_a_sale(written: str, wanted: int) -> None:
    assert amount(only(f"bán gói bảo hiểm cho chị Hoa {written}", xi=100_000)) == wanted


@pytest.mark.parametrize(
    "phrase", ["hẹn 20/11", "gọi 0903123456", "bán 2 gói", "3 khách", "thứ 2", "quý 4", "ngày 5-6", "iPhone 15"]
)
def test_what_only_looks_like_money_is_none(phrase: str) -> None:
    assert all(not item.money for item in read_line(f"chị Hoa lấy hàng, {phrase}", today=TODAY).items)


def test_a_referral_by_an_old_customer_is_no_repeat_purchase() -> None:
    sent = only("bán 1 gói cho chị Hoa 6tr, khách cũ giới thiệu")
    again = only("bán 1 gói cho chị Hoa 6tr, khách cũ")
    assert (sent.referral, sent.repeat) == (True, False)
    assert (again.referral, again.repeat) == (False, True)


def test_who_sent_a_customer_is_not_the_customer() -> None:
    item = only("chị Lan giới thiệu anh Dũng mua gói 8tr")
    assert (item.customer, item.referrer) == ("anh Dũng", "chị Lan")


def test_showing_a_product_is_no_referral() -> None:
    item = only("giới thiệu sản phẩm cho 3 khách")
    assert (item.kind, dict(item.counts), item.referral) == ("activity", {"demo": 3}, False)


@pytest.mark.parametrize(
    ("text", "share", "others"),
    [
        ("bán hợp đồng 20tr cho anh Minh, chia đôi với Nam", 5_000, {"Nam": 5_000}),
        ("bán hợp đồng 20tr cho anh Minh, mình 60%", 6_000, {}),
        ("bán hợp đồng 20tr cho anh Minh, mình 60%, Nam 40%", 6_000, {}),
        ("bán hợp đồng 20tr cho anh Minh", 10_000, {}),
    ],
)
def test_a_shared_sale_keeps_its_whole_amount_and_the_members_part(
    text: str, share: int, others: dict[str, int]
) -> None:
    item = only(text)
    assert amount(item) == 20_000_000
    assert item.share == share
    assert {split.person: split.share for split in item.splits}.items() >= others.items()


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("bán 2 hộp cho chị Hoa 500k qua zalo", "zalo"),
        ("bán 2 hộp trên shopee 500k", "shopee"),
        ("đơn tiktok 2 hộp 500k", "tiktok"),
        ("bán tại quầy 2 hộp 500k", "store"),
        ("livestream bán được 3 đơn 900k", "livestream"),
        ("chốt qua điện thoại với anh Lộc 2 gói 5tr", "phone"),
        ("bán 2 hộp cho chị Hoa 500k", ""),
    ],
)
def test_the_channel_is_known(text: str, channel: str) -> None:
    assert only(text).channel == channel


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("anh Tuấn không mua vì giá cao", "price"),
        ("mất deal anh Tuấn, chọn bên khác rẻ hơn", "price"),
        ("mất deal anh Tuấn vì bên khác quen hơn", "competitor"),
        ("anh Tuấn không mua vì vợ không đồng ý", "decision"),
        ("anh Tuấn không có nhu cầu", "need"),
        ("anh Tuấn không ký vì bận, để sang năm", "timing"),
        ("anh Tuấn im lặng luôn", "silence"),
        ("anh Tuấn hủy đơn vì giao trễ", "service"),
        ("anh Tuấn không lấy vì hết hàng", "product"),
        ("anh Tuấn không mua vì trời mưa", "other"),
    ],
)
def test_a_lost_deal_has_a_reason_to_be_counted_under(text: str, kind: str) -> None:
    item = only(text)
    assert (item.kind, item.reason_kind) == ("lost", kind)


def test_a_promise_looks_forward_and_says_what_was_promised() -> None:
    item = only("hứa gửi báo giá cho chị Mai thứ 3")
    assert item.due is not None
    assert (item.promise, item.customer, item.due.value) == ("gửi báo giá", "chị Mai", date(2026, 11, 24))
    assert item.day.value == TODAY


def test_a_price_less_a_discount_says_on_its_receipt_that_it_was_taken_off() -> None:
    item = only("bán 2 hộp cho chị Hoa 600k giảm 50k")
    assert amount(item) == 550_000
    assert [doubt.code for doubt in item.doubts] == ["kpi.discount_taken_off"]


def test_a_stated_sum_that_differs_is_asked() -> None:
    readings = only("chị Hoa lấy 2 áo 300k, 1 quần 200k, tổng 600k").money
    assert sorted(money.amount for money in readings.values) == [500_000, 600_000]


def test_fees_earnings_and_what_is_still_owed_are_no_part_of_the_sale() -> None:
    for more in ("ship 30k", "hoa hồng 50k", "lời 100k", "còn nợ 200k"):
        assert amount(only(f"bán 2 hộp cho chị Hoa 600k, {more}")) == 600_000


def test_without_a_verb_a_sale_says_that_it_was_taken_for_one() -> None:
    assert [doubt.code for doubt in only("bảo hiểm sức khỏe chị Nga 6tr").doubts] == ["kpi.taken_as_sale"]


def test_a_correction_holds_only_what_was_said_anew() -> None:
    reading = read_line("à nhầm, 12tr", today=TODAY)
    item = reading.items[0]
    assert (reading.intent, amount(item), item.day.code, item.customer) == ("correct", 12_000_000, UNSAID, "")
    other = read_line("nhầm, chị Hằng chứ không phải chị Hoa", today=TODAY).items[0]
    assert (other.customer, other.money.code) == ("chị Hằng", UNSAID)


def test_who_was_named_once_is_the_customer_of_what_follows() -> None:
    for text in (
        "hôm qua chị Hoa cọc 2tr, hôm nay trả nốt 8tr",
        "gặp chị Hoa, chốt 2 gói 12tr",
        "bán chị Hoa 2 gói 12tr, cọc 2tr",
    ):
        assert [item.customer for item in read_line(text, today=TODAY).items] == ["chị Hoa", "chị Hoa"]


def test_a_deal_is_no_unit_price() -> None:
    assert amount(only("anh Sơn giới thiệu 2 khách, chốt được 1 khách 8tr")) == 8_000_000


def test_a_vague_day_has_a_code_and_no_guess() -> None:
    day = only("hôm nọ bán cho chị Mến 2 áo 800k").day
    assert not day
    assert day.code


def test_names_used_before_are_known_in_any_case() -> None:
    assert only("bán cho bống xinh 2 hộp 500k", people={"Bống Xinh"}).customer == "bống xinh"


def test_a_product_sold_before_is_known_in_any_place() -> None:
    item = only("gói an tâm cho chị Hoa bán được 12tr", products={"Gói An Tâm"})
    assert item.product == "gói an tâm"


def test_a_quantity_is_exact() -> None:
    assert only("bán 2,5 kg tôm cho cô Ba 500k").quantity == Fraction(5, 2)
    assert only("bán nửa ký nấm cho cô Ba 300k").quantity == Fraction(1, 2)
    assert only("bán 2 tá trứng cho cô Ba 90k").quantity == 24


def test_a_letter_is_no_line() -> None:
    reading = read_line("bán 2 gói 12tr cho chị Hoa " * 100, today=TODAY)
    assert not reading.items
    assert [doubt.code for doubt in reading.questions] == ["kpi.line_too_long"]


@pytest.mark.parametrize("name", MODULES)
def test_word_lists_are_in_the_one_spelling(name: str) -> None:
    module = import_module(f"toolkit.kpi.sentence.{name}")
    lexicons = [(key, value) for key, value in vars(module).items() if isinstance(value, Lexicon)]
    tables = [
        row[1] for value in vars(module).values() if isinstance(value, tuple) for row in value if isinstance(row, tuple)
    ]
    named = [*lexicons, *(("table", one) for one in tables if isinstance(one, Lexicon))]
    assert [(key, p) for key, one in named for p in one.phrases if clean(p).lower() != p] == []
