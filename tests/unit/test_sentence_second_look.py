"""Sentences that people who never saw the grammar typed, and their relatives. Today is Wednesday 2026-11-18."""

from __future__ import annotations

from datetime import date

import pytest

from toolkit.expenses.model import Kind, SentenceReading
from toolkit.expenses.sentence import phrase_core, read_sentence

TODAY = date(2026, 11, 18)


def read(text: str) -> SentenceReading:
    return read_sentence(text, today=TODAY, xi=100_000)


def amounts(text: str) -> list[int | None]:
    return [item.money.value.amount if item.money.value else None for item in read(text).items]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("toi muon tam cua ba Sau ban gao mot trieu ruoi de xoay von ghi lai keo quen", 1_500_000),
        ("muon cua ba Tu ban ca hai trieu ruoi", 2_500_000),
        ("toi muon cua bon ban hoc 300k", 300_000),
        ("tien hoc cua hai dua nho 1tr8", 1_800_000),
        ("ao cua ba 250k", 250_000),
        ("ba noi cho mot trieu", 1_000_000),
        ("lam rang het tam tram", 800_000),
        ("mua tam gao hai tram ruoi", 250_000),
        ("mua nam rom bay muoi nghin", 70_000),
        ("sua tu quan ao ba tram", 300_000),
        ("tu lanh sua het tam tram nghin", 800_000),
        ("nua dem goi grab tam muoi lam nghin", 85_000),
        ("muoi mot ky 12k", 12_000),
        ("cho co Nam muon bay tram", 700_000),
        ("ba toi dua nam tram mua do an", 500_000),
        ("cua doi tien an 300k", 150_000),
    ],
)
def test_words_without_marks_that_are_also_figures_change_no_amount(text: str, amount: int) -> None:
    assert amounts(text) == [amount]


@pytest.mark.parametrize("text", ["an sang 20k trua 35k toi 50k", "sang 20k chieu 35k toi 50k", "an trua 35k toi 50k"])
def test_an_evening_without_marks_is_no_billion(text: str) -> None:
    assert amounts(text)[-2:] == [35_000, 50_000]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("dán màn hình 60k", [60_000]),
        ("thay màn hình 350k", [350_000]),
        ("be di lam tre gio 47k huhu", [47_000]),
        ("cơm trưa văn phòng 55", [55_000]),
        ("sạc dự phòng 20000mAh mua tgdđ ba trăm rưỡi", [350_000]),
        ("sạc dự phòng 350", [350_000]),
        ("khẩu trang 35", [35_000]),
        ("đánh chìa khóa 30", [30_000]),
        ("đánh bài thua 200", [200_000]),
        ("rèm cửa 450", [450_000]),
        ("vé xe bus tháng 200", [200_000]),
        ("ốp iphone 90", [90_000]),
        ("xăng 50, chục trứng 35, mớ rau 10 thế là hết veo", [50_000, 35_000, 10_000]),
        ("cơm 35, trà 10 thế thôi", [35_000, 10_000]),
        ("xăng 60 gửi xe 5 cơm 40", [60_000, 5_000, 40_000]),
        ("xăng 50 rửa xe 30 bơm lốp 5", [50_000, 30_000, 5_000]),
        ("cơm 35 trà đá 5 chè 12", [35_000, 5_000, 12_000]),
        ("má hứa hoài nay cho thiệt 500k", [500_000]),
        ("bố hẹn mãi nay đưa 1tr", [1_000_000]),
        ("tiền phòng 2tr3 điện nước 350", [2_300_000, 350_000]),
        ("sua cua nha 300k", [300_000]),
        ("sửa tủ 200k", [200_000]),
        ("khách cọc 500 đặt áo dài", [500_000]),
        ("phở 45k, à không 50k", [50_000]),
        ("cà phê 30k à nhầm 35k", [35_000]),
    ],
)
def test_no_entry_is_lost_and_none_is_made_up(text: str, wanted: list[int]) -> None:
    assert amounts(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("mua 5 trứng 20", [20_000]),
        ("ăn 8 xiên bẩn 40", [40_000]),
        ("đổ xăng 50 ở quận 7", [50_000]),
        ("ăn trưa tầng 5 60k", [60_000]),
        ("học lớp 5 đóng quỹ 300", [300_000]),
        ("tivi 4k 8tr", [8_000_000]),
        ("màn hình 4k 27 inch 6tr", [6_000_000]),
    ],
)
def test_what_only_counts_or_names_is_still_no_money(text: str, wanted: list[int]) -> None:
    assert amounts(text) == wanted


@pytest.mark.parametrize(
    ("text", "day", "core"),
    [
        ("an com hom 5/11 45k", "2026-11-05", "an com"),
        ("hom 2/11 do gas 380k", "2026-11-02", "do gas"),
        ("mua gao hoi 3/11 250k", "2026-11-03", "mua gao"),
        ("hồi ngày 10 con có chuyển về quê cho má 2tr", "2026-11-10", "con có chuyển về quê cho má"),
        ("ngày 5 con đóng học phí 3tr", "2026-11-05", "con đóng học phí"),
        ("hồi ngày 12 con mua sách 90k", "2026-11-12", "con mua sách"),
        ("Hùng nó mượn 700 cuối tháng trả", "2026-11-18", None),
        ("vay chị Ba 2tr tuần sau gửi lại", "2026-11-18", None),
        ("cho Hùng mượn 1tr cuối tuần trả", "2026-11-18", None),
        ("mượn chị Mai 1tr đầu tháng sau trả", "2026-11-18", None),
        ("mượn má 300 mai lãnh lương trả", "2026-11-18", None),
        ("cho em gái mượn 800 tuần tới lấy lương nó trả", "2026-11-18", None),
        ("e tra lai chi Huong 350k muon bua truoc r", "2026-11-18", None),
    ],
)
def test_the_day_is_that_of_the_entry(text: str, day: str, core: str | None) -> None:
    (item,) = read(text).items
    assert item.day.value == date.fromisoformat(day)
    assert core is None or item.core == core


def test_ten_chickens_a_day_are_no_date() -> None:
    (item,) = read("ngày 10 con gà 900k").items
    assert item.day.value == TODAY


@pytest.mark.parametrize(
    ("text", "kind", "person"),
    [
        ("e tra lai chi Huong 350k muon bua truoc r", Kind.REPAY, "chi Huong"),
        ("em trả chị Hoa 350k", Kind.REPAY, "chị Hoa"),
        ("em tra anh Minh 200k tien an", Kind.REPAY, "anh Minh"),
        ("trả anh Tư tiền mượn hôm trước 200k", Kind.REPAY, "anh Tư"),
        ("thằng em trả 200k", Kind.COLLECT, "thằng em"),
        ("em Lan trả lại 200k", Kind.COLLECT, "em Lan"),
        ("ban cho chi Hoa 2 goi bao hiem 12tr", Kind.INCOME, "chi Hoa"),
        ("bán cho chị Hoa 2 gói bảo hiểm 12tr", Kind.INCOME, "chị Hoa"),
        ("ban cho ba Tu 3 bao gao chin tram", Kind.INCOME, "ba Tu"),
        ("bán cho cô Tư con gà 200k", Kind.INCOME, "cô Tư"),
        ("ban cho khach 2 ly ca phe 50k", Kind.INCOME, ""),
        ("ban cho muon 500k", Kind.BORROW, "ban"),
        ("bạn cho mượn 500k", Kind.BORROW, "bạn"),
        ("ăn cưới đứa bạn cấp 3 mừng 500", Kind.EXPENSE, "đứa bạn cấp 3"),
        ("toi muon tam cua ba Sau ban gao mot trieu ruoi", Kind.BORROW, "ba Sau"),
        ("chuyển tiết kiệm 3tr", Kind.TRANSFER, ""),
    ],
)
def test_who_pays_whom(text: str, kind: Kind, person: str) -> None:
    (item,) = read(text).items
    assert (item.kinds, item.person) == (frozenset({kind}), person)


@pytest.mark.parametrize(
    "text",
    [
        "bữa nay chạy xe mệt quá ghé quán cơm tấm ăn dĩa sườn hết 48 ngàn",
        "chạy grab xong ghé mua ly trà đá 5k",
        "đi dạy về mua bó rau 10k",
        "tăng ca xong ăn khuya 45k",
        "chạy ship cả buổi rồi uống ly nước mía 10k",
        "đi làm về ghé đổ xăng 60k",
        "chốt đơn 2 áo thun mỗi cái 150k xinh xỉu",
        "ban be ru di an 200k",
    ],
)
def test_work_before_a_purchase_makes_no_income_of_it(text: str) -> None:
    (item,) = read(text).items
    assert Kind.EXPENSE in item.kinds


@pytest.mark.parametrize("text", ["chạy xe cả ngày được 420k", "dạy thêm 600k", "chạy ship kiếm được 350k"])
def test_work_that_is_paid_may_be_income(text: str) -> None:
    (item,) = read(text).items
    assert Kind.INCOME in item.kinds


@pytest.mark.parametrize(
    "text",
    [
        "mua gì với 500k bây giờ",
        "ăn gì với 50k",
        "200k ăn gì giờ",
        "sắp tới phải đóng học phí 8tr, lo quá",
        "sắp tới cưới bạn thân mừng 1tr",
        "tới đây phải sửa nhà 20tr",
        "con bạn thân đc thưởng tết 40tr mà ham",
        "con bé đồng nghiệp được thưởng 20tr nghe mà ham",
        "bên cty bạn thưởng tết 3 tháng lương 45tr",
        "nhỏ bạn thân được lì xì 5tr",
        "mấy đứa nhỏ bây giờ được lì xì toàn tờ 500k không à",
    ],
)
def test_questions_plans_and_others_fortunes_are_left_alone(text: str) -> None:
    assert read(text).items == ()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("tiền điện 450, nước 120, mạng 220", ["tiền điện", "tiền nước", "tiền mạng"]),
        ("dong tien dien 450 nuoc 120 mang 220", ["dong tien dien", "tien nuoc", "tien mang"]),
        ("trả tiền điện 700, mạng 250 và nước 80", ["trả tiền điện", "tiền mạng", "tiền nước"]),
        ("điện 380, nước 90, rác 30", ["điện", "tiền nước", "tiền rác"]),
        ("mua điện thoại 5tr, nước 20k", ["mua điện thoại", "nước"]),
        ("bánh mì 20k, nước 10k", ["bánh mì", "nước"]),
        (
            "đóng học phí cho bé Na 1tr8, bé Bo 1tr2",
            ["đóng học phí cho bé Na", "đóng học phí cho bé Bo"],
        ),
        ("mua áo cho chồng 250, con gái 180", ["mua áo cho chồng", "mua áo cho con gái"]),
        ("lì xì cháu Bi 100, cháu Na 100", ["lì xì cháu Bi", "lì xì cháu Na"]),
        ("biếu ông bà nội 2tr, ông bà ngoại 2tr", ["biếu ông bà nội", "biếu ông bà ngoại"]),
    ],
)
def test_what_stands_first_in_a_list_is_meant_of_all(text: str, wanted: list[str]) -> None:
    assert [item.core for item in read(text).items] == wanted


def test_a_word_that_was_only_understood_isnt_written_into_the_note() -> None:
    assert [item.note for item in read("điện 380, nước 90").items] == ["điện", "nước"]


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("tra tien nha 3tr", "tra tien nha"),
        ("45k cà phê", "cà phê"),
        ("hết tiền nên mượn Dũng 200k", "hết tiền nên mượn Dũng"),
        ("hết 45k tiền phở", "tiền phở"),
    ],
)
def test_a_core_keeps_the_words_of_the_thing(text: str, core: str) -> None:
    (item,) = read(text).items
    assert item.core == core


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("thuê xe máy 150k/ngày 2 ngày", [300_000]),
        ("thuê thợ 400k một ngày 3 ngày", [1_200_000]),
        ("sang an xoi 15 trua com 40 toi lau 200", [15_000, 40_000, 200_000]),
        ("trưa ăn cơm ba lăm chiều uống cà phê hai mươi tối ăn phở năm mươi nghìn", [35_000, 20_000, 50_000]),
        ("mua rau mười nghìn thịt tám mươi cá năm mươi", [10_000, 80_000, 50_000]),
        ("mua hai mươi quả trứng 70k", [70_000]),
        ("ăn ở quán 24 hết 60", [60_000]),
        ("vé tàu SE3 850", [850_000]),
        ("nạp 4g 70", [70_000]),
        ("thắng bài 300", [300_000]),
        ("phí cầu đường 35", [35_000]),
        ("ko mua gì hết, chỉ ăn bánh mì 20k", [20_000]),
        ("bay mất 300k vì quên hủy gói", [300_000]),
    ],
)
def test_prices_that_stand_in_unusual_places_are_found(text: str, wanted: list[int]) -> None:
    assert amounts(text) == wanted


def test_a_month_pays_nobody() -> None:
    (item,) = read("thang 10 tra tien nha 3tr").items
    assert (item.kinds, item.person) == (frozenset({Kind.EXPENSE}), "")


def test_the_time_of_day_alone_is_another_meal_and_not_the_thing_before() -> None:
    items = read("ăn sáng 25, cafe 20, trưa 40, xăng 50, tối 45").items
    assert [item.core for item in items] == ["ăn sáng", "cafe", "ăn trưa", "xăng", "ăn tối"]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("tra tien nha thang nam hai trieu ruoi", 2_500_000),
        ("tiền nhà tháng năm hai triệu rưỡi", 2_500_000),
        ("tien nha thang ba hai trieu", 2_000_000),
        ("tiền điện tháng chín ba trăm rưỡi", 350_000),
        ("hoc phi lop nam hai trieu", 2_000_000),
        ("thang nam dong tien nha 2tr", 2_000_000),
        ("học phí kỳ hai ba triệu", 3_000_000),
        ("quận ba ăn nhậu năm trăm", 500_000),
        ("mừng cưới tầng hai năm trăm", 500_000),
    ],
)
def test_the_figure_of_a_month_or_class_isnt_the_tens_of_the_amount(text: str, amount: int) -> None:
    assert amounts(text) == [amount]


@pytest.mark.parametrize("text", ["tiền nhà tháng mười hai triệu", "tien nha thang nam trieu ruoi"])
def test_a_month_that_may_take_the_figure_with_it_is_asked_about(text: str) -> None:
    (item,) = read(text).items
    assert len(item.money.options) > 1


def test_somebody_called_as_a_figure_isnt_part_of_the_amount() -> None:
    (item,) = read("cho Nam nam tram").items
    assert (item.money.value and item.money.value.amount, item.person) == (500_000, "Nam")


@pytest.mark.parametrize(
    "core",
    ["giày da", "kem trị nám", "con sot di kham nhi", "son lai nha", "va lop xe", "cong duc chua", "ao chong nang"],
)
def test_a_thing_that_reads_like_a_joining_word_without_marks_stays_in_the_core(core: str) -> None:
    assert phrase_core(core) == core


@pytest.mark.parametrize(("typed", "core"), [("phở rồi nhé", "phở"), ("cf nhé", "cf"), ("xong vá xe", "vá xe")])
def test_joining_and_ending_words_are_no_part_of_the_core(typed: str, core: str) -> None:
    assert phrase_core(typed) == core


@pytest.mark.parametrize("typed", ["tuần trước sửa xe 200k", "thang truoc mua ao 300k", "năm ngoái mua xe 20tr"])
def test_a_period_that_opens_a_sentence_says_when_and_not_on_which_day(typed: str) -> None:
    (item,) = read_sentence(typed, today=TODAY).items
    assert item.day.code == "core.date_vague"
    assert "trước" not in item.core


def test_the_period_of_a_bill_belongs_to_the_bill() -> None:
    (item,) = read_sentence("tiền điện tháng trước 450k", today=TODAY).items
    assert item.day.value == TODAY


def test_a_period_before_a_day_leaves_the_day_certain() -> None:
    (item,) = read_sentence("tháng trước ngày 5/10 ăn bún 40k", today=TODAY).items
    assert item.day.value == date(2026, 10, 5)
