"""What a sentence is cut into: amounts, in their order, each with its thing. Today is Wednesday 2026-11-18."""

from __future__ import annotations

from datetime import date

import pytest

from toolkit.expenses.sentence import read_sentence

TODAY = date(2026, 11, 18)

ITEMS = [
    ("hết 45k tiền phở", [("tiền phở", 45)]),
    ("phở 45k", [("phở", 45)]),
    ("45k phở", [("phở", 45)]),
    ("45k phở 60k xăng", [("phở", 45), ("xăng", 60)]),
    ("45k phở, 60k xăng", [("phở", 45), ("xăng", 60)]),
    ("cơm 35 trà đá 5", [("cơm", 35), ("trà đá", 5)]),
    ("rau 15k thịt 80k trứng 30k", [("rau", 15), ("thịt", 80), ("trứng", 30)]),
    ("rau muống 15k; cá nục 80k; trứng 30k", [("rau muống", 15), ("cá nục", 80), ("trứng", 30)]),
    ("bún chả 45k + nước mía 10k", [("bún chả", 45), ("nước mía", 10)]),
    ("bún chả 45k và nước mía 10k", [("bún chả", 45), ("nước mía", 10)]),
    ("ăn bún 45k rồi đi gội đầu 60k", [("ăn bún", 45), ("đi gội đầu", 60)]),
    ("ăn bún 45k xong vá xe 20k", [("ăn bún", 45), ("vá xe", 20)]),
    ("bún 45k còn nước 10k", [("bún", 45), ("nước", 10)]),
    ("bún 45k với nước mía 10k", [("bún", 45), ("nước mía", 10)]),
    ("bún 45k\nnước 10k\ngửi xe 5k", [("bún", 45), ("nước", 10), ("gửi xe", 5)]),
    ("1. bún 45k 2. nước 10k", [("bún", 45), ("nước", 10)]),
    ("- bún 45k\n- nước 10k", [("bún", 45), ("nước", 10)]),
    ("Bún 45k. Nước 10k. Gửi xe 5k.", [("Bún", 45), ("Nước", 10), ("Gửi xe", 5)]),
    ("tiền nhà 3tr, điện 450, nước 120", [("tiền nhà", 3000), ("tiền điện", 450), ("tiền nước", 120)]),
    ("tiền học 2tr5 tiền ăn 800", [("tiền học", 2500), ("tiền ăn", 800)]),
    ("đi chợ: rau 15k, thịt 80k", [("đi chợ rau", 15), ("đi chợ thịt", 80)]),
    ("chi hôm nay: rau 15k, thịt 80k", [("rau", 15), ("thịt", 80)]),
    ("về quê: xe khách 180k, quà bánh 200k", [("xe khách", 180), ("quà bánh", 200)]),
    ("ăn uống: sáng 20k, trưa 35k", [("ăn uống", 20), ("ăn uống", 35)]),
    ("tiền điện: 450k", [("tiền điện", 450)]),
    ("rau 15k, thịt 80k, tổng 95k", [("rau", 15), ("thịt", 80)]),
    ("2 ly nước cam 90k", [("2 ly nước cam", 90)]),
    ("3 bịch bánh x 20k", [("3 bịch bánh", 60)]),
    ("2 khăn mỗi cái 150k", [("2 khăn", 300)]),
    ("lẩu 600k chia 4", [("lẩu", 150)]),
    ("lẩu 600k với Thúy chia đôi", [("lẩu", 300)]),
    ("chia đôi tiền lẩu 600k", [("tiền lẩu", 300)]),
    ("lẩu 600k, hai đứa chia đôi", [("lẩu, hai đứa", 300)]),
    ("lẩu 600k chia 4, phần mình 150k", [("lẩu", 150)]),
    ("ăn lẩu 4 người 1tr2 chia đều", [("ăn lẩu 4 người", 300)]),
    ("ăn lẩu mỗi đứa 120k", [("ăn lẩu", 120)]),
    ("hát 900k 6 người mỗi người 150k", [("hát 6 người", 150)]),
    ("chia tiền sân bóng 45k", [("chia tiền sân bóng", 45)]),
    ("áo mưa 200k giảm còn 160k", [("áo mưa", 160)]),
    ("áo mưa 200k áp mã còn 160k", [("áo mưa", 160)]),
    ("áo mưa giá 200k, voucher giảm 40k, trả 160k", [("áo mưa", 160)]),
    ("áo mưa 200k, chị bán bớt cho 20k, trả 180k", [("áo mưa, chị bán", 180)]),
    ("mua sữa đưa 200k thối 30k", [("mua sữa", 170)]),
    ("bún 45k đưa 100k thối lại 55k", [("bún", 45)]),
    ("hai tô bún chín chục", [("hai tô bún", 90)]),
    ("cái quạt cũ hư rồi, mua hết sáu trăm rưỡi", [("cái quạt cũ hư rồi, mua", 650)]),
    ("ăn sáng mười lăm nghìn uống nước hai mươi nghìn đổ xăng năm mươi",
     [("ăn sáng", 15), ("uống nước", 20), ("đổ xăng", 50)]),
    ("nhớt xe hết 1 lít 2", [("nhớt xe", 120)]),
    ("cà phê (25k), bánh (30k)", [("cà phê", 25), ("bánh", 30)]),
    ("bún = 45k", [("bún", 45)]),
    ("dì Năm một triệu rưỡi tiền mượn", [("dì Năm tiền mượn", 1500)]),
    ("vé số 10, cà phê 15", [("vé số", 10), ("cà phê", 15)]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "wanted"), ITEMS, ids=[sentence for sentence, _ in ITEMS])
def test_a_sentence_is_cut_into_its_items(sentence: str, wanted: list[tuple[str, int]]) -> None:
    reading = read_sentence(sentence, today=TODAY)
    assert reading.intent == "record"
    assert [item.money.value.amount if item.money.value else None for item in reading.items] == [
        thousands * 1000 for _, thousands in wanted
    ]
    assert [item.core for item in reading.items] == [core for core, _ in wanted]


def test_a_stated_total_that_is_not_the_sum_is_asked_about() -> None:
    reading = read_sentence("rau 15k, thịt 80k, tổng 105k", today=TODAY)
    assert [(doubt.code, doubt.params["stated"], doubt.params["sum"]) for doubt in reading.questions] == [
        ("expenses.sum_differs", "105.000đ", "95.000đ")
    ]
    assert not read_sentence("rau 15k, thịt 80k, tổng 95k", today=TODAY).questions


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("chia đôi hết 150k tiền lẩu", "core.money_share_side"),
        ("cá kho 30-40k", "core.money_range"),
        ("đi chợ 3 xị", "core.money_xi"),
        ("rau 10k, cá hai ba trăm nghìn", "core.money_range"),
        ("áo 200k giảm 20k", "core.money_discount"),
    ],
)
def test_an_amount_with_two_readings_is_left_open(sentence: str, code: str) -> None:
    item = read_sentence(sentence, today=TODAY).items[-1]
    assert item.money.ambiguous
    assert item.money.code == code


def test_a_quantity_that_may_be_money_is_doubted() -> None:
    (item,) = read_sentence("2 lít xăng", today=TODAY).items or (None,)
    assert item is None or item.doubts


def test_xi_is_what_the_member_says_it_is() -> None:
    (item,) = read_sentence("đi chợ 3 xị", today=TODAY, xi=10_000).items
    assert item.money.value is not None
    assert item.money.value.amount == 30_000


def test_an_amount_without_a_thing_says_so() -> None:
    (item,) = read_sentence("45k", today=TODAY).items
    assert item.core == ""
    assert [doubt.code for doubt in item.doubts] == ["expenses.thing_missing"]


def test_an_item_without_a_thing_of_its_own_continues_the_one_before() -> None:
    first, second = read_sentence("hôm qua mượn Hùng 200k, hôm nay thêm 100k", today=TODAY).items
    assert (second.core, second.person, second.kinds) == (first.core, "Hùng", first.kinds)
    assert second.day.value == TODAY


@pytest.mark.parametrize(
    ("sentence", "account", "counter", "core"),
    [
        ("ăn bún 45k bằng momo", "momo", "", "ăn bún"),
        ("mua giày 900k quẹt thẻ vcb", "vcb", "", "mua giày"),
        ("đổ xăng 60k tiền mặt", "tien mat", "", "đổ xăng"),
        ("mua vở 30k thanh toán qua zalopay", "zalopay", "", "mua vở"),
        ("đóng tiền mạng 220k từ techcombank", "techcombank", "", "đóng tiền mạng"),
        ("mua tủ 5tr bằng thẻ tín dụng", "the tin dung", "", "mua tủ"),
        ("rút atm 2tr", "atm", "tien mat", "rút atm"),
        ("nạp momo 500k từ vcb", "vcb", "momo", "nạp momo từ vcb"),
        ("chuyển từ vcb qua acb 3tr", "vcb", "acb", "chuyển từ vcb qua acb"),
        ("chuyển qua tk tiết kiệm 3tr", "", "tiet kiem", "chuyển qua tk tiết kiệm"),
    ],
)
def test_own_accounts_that_a_clause_names_are_known(sentence: str, account: str, counter: str, core: str) -> None:
    (item,) = read_sentence(sentence, today=TODAY).items
    assert (item.account, item.counter, item.core) == (account, counter, core)


@pytest.mark.parametrize(
    ("sentence", "core"),
    [
        ("hoom qua awn phowr 45k", "awn phowr"),
        ("d9o63 xa8ng 50k", "d9o63 xa8ng"),
        ("DO XANG 50K", "DO XANG"),
        ("  phở   45k  ", "phở"),
        ("ăn\u200b phở\u00a045k", "ăn phở"),
        ("an pho 45k", "an pho"),
    ],
)
def test_whatever_the_keyboard_made_of_it_is_read(sentence: str, core: str) -> None:
    (item,) = read_sentence(sentence, today=TODAY).items
    assert item.core == core
    assert item.text in sentence


def test_a_letter_of_a_thousand_lines_is_not_read() -> None:
    reading = read_sentence("phở 45k, " * 300, today=TODAY)
    assert not reading.items
    assert [doubt.code for doubt in reading.questions] == ["expenses.sentence_too_long"]
