"""Who buys what, how many and for how much, whatever the words of a name or of a thing mean elsewhere."""

from __future__ import annotations

import time
from itertools import cycle, product

import pytest

from builders.kpi_lines import TODAY
from toolkit.core.text import fold, strip_marks
from toolkit.kpi.sentence import read_line
from toolkit.kpi.sentence.declines import BACKS_OUT

THINGS = """
bánh kem|bàn trà|tủ quần áo|máy bơm|đèn bàn|xi măng|rèm cửa|chăn ga|áo mưa|quần jean|giày da|nón bảo hiểm
đồng hồ|dây chuyền|son môi|kem chống nắng|sữa rửa mặt|dầu gội|sách giáo khoa|bình sữa|mực in|loa kéo|gạo nếp
mì gói|nước mắm|đường cát|cà phê|bia Tiger|trứng gà|cá thu|nem chua|giò thủ|cà chua|cam sành|mật ong|nấm linh chi
hạt điều|thuốc bổ|máy đo huyết áp|cám heo|cây mai|vé máy bay|khóa bơi|gói massage|bảo hiểm xe|thùng carton|bếp ga
gà ta|hoa tươi|giỏ quà|đồ thờ|đồ bộ|gấu bông|trà sữa|cơm hộp|kem que|sữa chua|kim chi
"""
ORDERS = (
    ("{c} lấy 3 {t} 840k", "3", 840_000),
    ("bán 2 {t} cho {c} 500k", "2", 500_000),
    ("{c} đặt 5 {t}, 1tr750", "5", 1_750_000),
    ("giao {c} 10 {t} 2tr5", "10", 2_500_000),
)
# Names that are verbs, numbers, days or prices elsewhere.
NAMES = """
chị Thu|anh Giao|chị Hoàn|anh Đạt|anh Huy|chị Mai|anh Sang|cô Tư|chú Ba|bác Năm|thím Chín|anh Công|chú Lợi
chị Hoa|cô Bảy Rô|mẹ bé Bin|phụ huynh em Khoa|vợ chồng anh Phú|công ty Minh Phát|quán Cây Sung|tiệm nail Kim
trường Lê Lợi|khách sạn Ngọc Lan|chị Trà|chị Giang|anh Quyết|anh Thắng|chị Thương|anh Lực|a Kiên|c Hạnh|bạn Như
"""
TELLINGS = (
    ("{c} chuyển khoản 2tr", "payment", 2_000_000),
    ("{c} trả nốt 3tr5", "payment", 3_500_000),
    ("đã nhận 8tr của {c}", "payment", 8_000_000),
    ("{c} thanh toán đợt 2 45tr", "payment", 45_000_000),
    ("hoàn tiền {c} 300k vì hàng lỗi", "refund", 300_000),
    ("{c} trả lại 1 hộp 350k do hết hạn", "refund", 350_000),
    ("{c} không mua nữa vì đắt", "lost", None),
    ("mất khách {c} vì giao chậm", "lost", None),
    ("{c} im lặng luôn", "lost", None),
    ("gọi cho {c} 2 cuộc", "activity", None),
    ("nhắn tin chăm sóc {c}", "activity", None),
    ("hứa gửi mẫu cho {c} thứ 6", "promise", None),
    ("{c} hỏi giá combo 2tr", "", None),
    ("mai gặp {c}", "", None),
)
PIECES = """
kg gạo|ký tôm|hộp sữa|chai nước mắm|lon cá hộp|bao xi măng|con gà|bộ chăn ga|suất cơm|ly trà đào|tấm ván|bó hoa
viên gạch|cuộn băng keo|mét vải|ổ bánh mì|chậu lan|khay trứng|đôi giày|tấn phân|bịch bánh|thanh sắt|giỏ hoa
"""
EACH = (
    "bán {n} {p} cho chị Lan {m}/{u}",
    "chị Lan lấy {n} {p} {m} một {u}",
    "chị Lan mua {n} {p}, mỗi {u} {m}",
    "bán {n} {p} giá {m} một {u} cho chị Lan",
    "bán chị Lan {n} {p}, đơn giá {m}",
    "chị Lan nhập {n} {p} giá {m} {u}",
)


def rows(text: str) -> list[str]:
    return [word for line in text.split("\n") for word in line.split("|") if word]


@pytest.mark.parametrize("bare", [False, True], ids=["with marks", "without marks"])
def test_a_thing_is_sold_whatever_the_words_of_its_name_mean_elsewhere(*, bare: bool) -> None:
    customers = cycle(("chị Lan", "anh Hùng", "quán Mộc", "cô Tư"))
    for thing, (order, quantity, amount) in product(rows(THINGS), ORDERS):
        customer = next(customers)
        text = order.format(c=customer, t=thing)
        text = strip_marks(text) if bare else text
        reading = read_line(text, today=TODAY)
        assert [item.kind for item in reading.items] == ["sale"], text
        item = reading.items[0]
        assert strip_marks(item.customer) == strip_marks(customer), text
        assert str(item.quantity) == quantity, text
        assert item.money.value is not None, text
        assert item.money.value.amount == amount, text
        assert item.product, text
        assert strip_marks(fold(thing)).endswith(strip_marks(fold(item.product))), text


@pytest.mark.parametrize("bare", [False, True], ids=["with marks", "without marks"])
def test_who_is_named_is_the_customer_whatever_the_name_means_elsewhere(*, bare: bool) -> None:
    for name, (telling, kind, amount) in product(rows(NAMES), TELLINGS):
        text = telling.format(c=name)
        text = strip_marks(text) if bare else text
        reading = read_line(text, today=TODAY)
        assert [item.kind for item in reading.items] == ([kind] if kind else []), text
        for item in reading.items:
            assert strip_marks(fold(item.customer)) == strip_marks(fold(name)), text
            assert (item.money.value.amount if item.money.value else None) == amount, text


@pytest.mark.parametrize(
    ("number", "price", "bare"),
    [("5", "120k", False), ("5", "120k", True), ("năm", "một trăm hai chục nghìn", False), ("5", "1tr2", False)],
)
def test_so_many_at_a_price_each_is_their_product(number: str, price: str, *, bare: bool) -> None:
    each = 1_200_000 if price == "1tr2" else 120_000
    for pieces, telling in product(rows(PIECES), EACH):
        text = telling.format(n=number, p=pieces, u=pieces.split()[0], m=price)
        text = strip_marks(text) if bare else text
        reading = read_line(text, today=TODAY)
        assert [item.kind for item in reading.items] == ["sale"], text
        item = reading.items[0]
        assert (str(item.quantity), item.money.value and item.money.value.amount) == ("5", 5 * each), text


def test_every_way_of_backing_out_loses_the_deal() -> None:
    for phrase in BACKS_OUT.phrases:
        reading = read_line(f"chị Lan {phrase} vì hết tiền", today=TODAY)
        assert [item.kind for item in reading.items] == ["lost"], phrase


@pytest.mark.parametrize(
    ("text", "customer"),
    [
        ("bán 2 hộp trà cho chị Phượng tiệm nail 300k", "chị Phượng tiệm nail"),
        ("chị Trâm mẹ bé Sóc mua 3 hộp sữa 900k", "chị Trâm mẹ bé Sóc"),
        ("chị Hoa shop Mây giới thiệu cô Bích mua 2 hộp 400k", "cô Bích"),
        ("anh trai bạn Nhật Quang lấy 1 xe 30tr", "anh trai bạn Nhật Quang"),
        ("bán cho nhóm công nhân Tân Tạo 20 suất cơm 700k", "nhóm công nhân Tân Tạo"),
        ("hội phụ nữ phường 5 đặt 60 phần quà 5tr1", "hội phụ nữ phường 5"),
        ("bán 30 hộp bánh cho phòng kế toán cty Vạn Lợi 3tr", "phòng kế toán cty Vạn Lợi"),
        ("bán 2 vé cho sinh viên 100k", ""),
        ("bà Năm bán vé số lấy 2 ký đường 50k", "bà Năm bán vé số"),
        ("em Vy K65 đóng nốt 2tr", "em Vy K65"),
    ],
)
def test_what_is_said_of_somebody_belongs_to_them(text: str, customer: str) -> None:
    (item,) = read_line(text, today=TODAY).items
    assert item.customer == customer


@pytest.mark.parametrize(
    "piece",
    [
        "cho chị ",
        "nhóm ",
        "mẹ bé ",
        "chị Hoa tiệm ",
        "qua Điện ",
        "vợ chồng anh ",
        "đk ",
        "năm trăm cái ",
        "một triệu hai gói ",
    ],
)
def test_long_rows_of_the_same_words_are_read_quickly(piece: str) -> None:
    begun = time.process_time()
    read_line((piece * 1000)[:2000], today=TODAY)
    assert time.process_time() - begun < 1


@pytest.mark.parametrize("opening", ["sếp ơi ", "dạ ", "báo cáo: ", "mn ơi ", "em báo ", "- ", ""])
@pytest.mark.parametrize("closing", ["", " nha sếp", " ạ", " hihi", ", vui ghê", " nhé cả nhà", "!!!", "…"])
def test_who_is_addressed_changes_nothing(opening: str, closing: str) -> None:
    for text in (
        "chị Lan lấy 2 hộp trà 300k",
        "hôm qua bán cho quán Mộc 5 thùng bia 1tr5",
        "anh Dạ trả nốt 700k",
        "hoàn cô Báo 200k vì giao thiếu",
        "gọi 12 cuộc, gặp 3 khách",
        "chị Ngân không lấy 2 hộp sữa vì đắt",
    ):
        plain = read_line(text, today=TODAY).items
        called = read_line(f"{opening}{text}{closing}", today=TODAY).items
        assert [(item.kind, item.customer, item.quantity, item.money.value, item.counts) for item in called] == [
            (item.kind, item.customer, item.quantity, item.money.value, item.counts) for item in plain
        ]


WORK = (
    ("gọi", "call", "khách"),
    ("telesale", "call", "cuộc"),
    ("nhắn tin", "message", "khách"),
    ("gặp", "meeting", "người"),
    ("tư vấn", "meeting", "học viên"),
    ("báo giá", "quote", "công ty"),
    ("demo", "demo", "khách"),
    ("đăng", "post", "bài"),
    ("thăm", "visit", "đại lý"),
    ("ghé", "visit", "cửa hàng"),
    ("dẫn", "visit", "khách xem nhà"),
    ("xin được", "lead", "số"),
    ("hỏi thăm", "follow_up", "khách cũ"),
)
COUNTED = (
    "{v} {n} {w}",
    "hôm qua {v} được {n} {w}",
    "sáng nay mình {v} {n} {w}",
    "{v} {n} {w} mà chưa ai chốt",
    "{v} thêm {n} {w}",
)


@pytest.mark.parametrize("bare", [False, True], ids=["with marks", "without marks"])
def test_a_days_work_is_counted_in_every_turn_of_phrase(*, bare: bool) -> None:
    for (verb, kind, whom), telling, number in product(WORK, COUNTED, (2, 12)):
        text = telling.format(v=verb, n=number, w=whom)
        text = strip_marks(text) if bare else text
        (item,) = read_line(text, today=TODAY).items
        assert (item.kind, dict(item.counts)) == ("activity", {kind: number}), text
