"""Which way money goes and who is on the other side, by the grammar of a clause. Today is Wednesday 2026-11-18."""

from __future__ import annotations

from datetime import date

import pytest

from toolkit.expenses.model import Kind
from toolkit.expenses.sentence import kinds_of, read_sentence

TODAY = date(2026, 11, 18)

DEBTS = {
    Kind.LEND: [
        ("cho Sơn mượn 200k", "Sơn"),
        ("Sơn mượn 200k", "Sơn"),
        ("Sơn mượn mình 200k", "Sơn"),
        ("cho chị Hoa vay 2tr sửa nhà", "chị Hoa"),
        ("chị Hoa hỏi mượn 300k", "chị Hoa"),
        ("thằng Bin mượn 50k ăn sáng", "thằng Bin"),
        ("mình cho con Na mượn 100k", "con Na"),
        ("ứng trước cho anh Vinh tiền vé 400k", "anh Vinh"),
        ("ứng giùm cô Sáu tiền hụi 1tr", "cô Sáu"),
        ("trả hộ Quyên tiền cơm 35k", "Quyên"),
        ("trả giúp anh Hai 200k", "anh Hai"),
        ("đưa bà Tư mượn 500k", "bà Tư"),
        ("nộp hộ chị Ngà 300k, mai chị gửi lại", "chị Ngà"),
        ("cho lan muon 200k", "lan"),
        ("cho anh Sau vay 1tr", "anh Sau"),
        ("bán thiếu cho bà Bảy 150k", "bà Bảy"),
        ("lớp trưởng mượn tạm 100k", "lớp trưởng"),
        ("ck cho Hiền mượn 300k", "Hiền"),
        ("em cho anh Tú mượn 300k", "anh Tú"),
    ],
    Kind.BORROW: [
        ("mượn Sơn 200k", "Sơn"),
        ("Sơn cho mượn 200k", "Sơn"),
        ("Sơn cho mình mượn 200k", "Sơn"),
        ("mượn đỡ chị Tư 100k", "chị Tư"),
        ("vay nóng anh Tài 5tr", "anh Tài"),
        ("hỏi mượn mẹ 500k", "mẹ"),
        ("em mượn anh Ba 200k", "anh Ba"),
        ("hỏi chị Ba mượn 200k", "chị Ba"),
        ("mẹ cho vay 3tr", "mẹ"),
        ("vay ngân hàng 20tr", ""),
        ("muon Hung 300k", "Hung"),
        ("kẹt tiền nên mượn Vân 400k", "Vân"),
        ("Nga trả hộ mình 50k", "Nga"),
        ("mua chịu bà Chín 80k", "bà Chín"),
        ("giải ngân 30tr vay sửa nhà", ""),
    ],
    Kind.REPAY: [
        ("trả Sơn 200k", "Sơn"),
        ("trả nợ Sơn 200k", "Sơn"),
        ("trả lại Sơn 200k", "Sơn"),
        ("trả Lan tiền cơm hôm qua 35k", "Lan"),
        ("trả cô Sáu 500k tiền mượn", "cô Sáu"),
        ("gửi lại anh Vinh tiền mượn 1tr", "anh Vinh"),
        ("hoàn lại quỹ lớp 200k tiền mượn", ""),
        ("trả nợ thẻ tín dụng 3tr", ""),
        ("trả bớt nợ dì Út 500k", "dì Út"),
        ("ck trả Hiền tiền nó ứng 120k", "Hiền"),
        ("thanh toán nợ cũ 2tr", ""),
        ("tra no ba Tam 300k", "ba Tam"),
        ("chuyển trả bạn cùng phòng 150k tiền mượn", "bạn cùng phòng"),
        ("trả nốt tiền vay cho chị Hương 1tr", "chị Hương"),
    ],
    Kind.COLLECT: [
        ("Sơn trả 200k", "Sơn"),
        ("Sơn trả nợ 200k", "Sơn"),
        ("Sơn trả lại tiền mượn 200k", "Sơn"),
        ("bà Hai trả bớt 300k", "bà Hai"),
        ("đòi được Sơn 200k", "Sơn"),
        ("đòi được nợ của chị Ba 1tr", "chị Ba"),
        ("thu nợ anh Tám 500k", "anh Tám"),
        ("lấy lại tiền cho Vy mượn 100k", "Vy"),
        ("thằng em trả nợ 50k", "thằng em"),
        ("huy tra lại 500k", "huy"),
        ("anh Quang tra tien muon 1tr", "anh Quang"),
        ("ny trả lại tiền mượn 200k", "ny"),
        ("cuối cùng Ngân cũng trả nợ 300k", "Ngân"),
        ("bạn cùng lớp ck trả tiền mình ứng 60k", "bạn cùng lớp"),
        ("khách trả nợ 700k", ""),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "sentence", "person"),
    [(kind, sentence, person) for kind, rows in DEBTS.items() for sentence, person in rows],
)
def test_the_direction_of_a_debt_is_read_from_who_does_what_to_whom(kind: Kind, sentence: str, person: str) -> None:
    (item,) = read_sentence(sentence, today=TODAY).items
    assert item.kinds == {kind}
    assert item.person == person


CERTAIN = {
    Kind.EXPENSE: [
        "trả tiền cơm", "trả góp xe", "trả lương nhân viên", "trả lãi ngân hàng", "trả công thợ", "trả tiền phòng",
        "gửi mẹ", "biếu ngoại", "đưa vợ", "cho em gái", "lì xì cháu", "ủng hộ bão lụt", "mua thuốc cho mẹ",
        "ăn phở", "đổ xăng", "đóng học phí", "nạp thẻ điện thoại", "sửa ống nước", "mừng cưới chị Hạnh", "gửi xe",
        "trả hàng thợ may", "tiền lời trả bà Ba", "trả bill quán nhậu",
    ],
    Kind.INCOME: [
        "lương tháng 11", "ứng lương", "lãnh lương", "thưởng tết", "mẹ cho", "mẹ gửi", "ngoại dúi cho", "được lì xì",
        "khách trả tiền hàng", "khách chuyển khoản", "shopee hoàn tiền", "bán xoài", "trúng số", "bố mẹ gửi cho",
        "công ty trả lương", "lãi tiết kiệm", "học bổng", "trợ cấp thai sản", "chủ trọ trả lại cọc",
        "hoàn cọc", "được sếp thưởng",
        "anh hai ở Mỹ gửi về", "phụ huynh đóng học phí", "bo me gui cho", "dc li xi",
    ],
    Kind.TRANSFER: [
        "rút atm", "rút tiền mặt", "nạp momo", "nạp ví zalopay", "gửi tiết kiệm", "rút sổ tiết kiệm",
        "chuyển từ vcb qua momo", "chuyển qua thẻ mình", "nộp tiền mặt vào tài khoản của mình", "bỏ ống heo",
        "tất toán sổ tiết kiệm", "chuyển sang tài khoản Vietinbank của tôi", "rut atm", "rút ví shopeepay về bank",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "phrase"), [(kind, phrase) for kind, rows in CERTAIN.items() for phrase in rows])
def test_the_direction_is_certain_where_the_words_decide_it(kind: Kind, phrase: str) -> None:
    assert kinds_of(phrase) == {kind}


@pytest.mark.parametrize("phrase", ["hoa hồng", "áo thun", "làm nail cho khách", "tiền xe", "cod", "lì xì tết"])
def test_a_direction_that_the_words_leave_open_stays_open(phrase: str) -> None:
    assert kinds_of(phrase) == {Kind.EXPENSE, Kind.INCOME}


@pytest.mark.parametrize(
    "phrase",
    [
        "trà sữa", "tra sua", "tra da", "mua váy", "mua vay", "chân váy hoa", "phí rút tiền", "khăn giấy rút",
        "hạt cho mèo",
        "tiêm phòng cho con", "đổi gas", "doi gas", "cước trả sau", "tủ lạnh", "tu lanh", "trứng gà", "trung ga",
        "bánh thưởng cho cún", "thuế thu nhập cá nhân", "mướn thợ", "cà chua", "an no bụng",
    ],
)  # fmt: skip
def test_words_that_only_look_like_a_debt_or_a_transfer_are_none(phrase: str) -> None:
    assert kinds_of(phrase) <= {Kind.EXPENSE, Kind.INCOME}


@pytest.mark.parametrize(
    ("sentence", "person"),
    [
        ("ăn lẩu với Lan 200k", "Lan"),
        ("cà phê cùng chị Hoa 60k", "chị Hoa"),
        ("xem phim vs vy 180k", "vy"),
        ("ăn kem với ny 50k", "ny"),
        ("ăn cơm với canh 35k", ""),
        ("phở với trứng 50k", ""),
        ("mua rau ở chợ Bà Chiểu 30k", ""),
        ("mua hoa tặng cô 120k", ""),
        ("gửi mẹ 2tr", "mẹ"),
        ("mẹ cho 2tr", "mẹ"),
        ("mừng cưới chị Hạnh 500k", "chị Hạnh"),
        ("tiệc cùng phòng 200k", ""),
        ("uống trà với khách 90k", ""),
        ("ăn ốc với mẹ và em 300k", "mẹ"),
    ],
)
def test_people_are_known_and_places_shops_and_dishes_are_not_people(sentence: str, person: str) -> None:
    (item,) = read_sentence(sentence, today=TODAY).items
    assert item.person == person


def test_a_companion_stays_with_what_was_done_together() -> None:
    first, second = read_sentence("ăn phở với Lan 45k, đổ xăng 60k", today=TODAY).items
    assert (first.person, second.person) == ("Lan", "")
    assert first.core == "ăn phở"
    assert first.note == "ăn phở với Lan"


def test_a_companion_of_the_whole_scene_is_that_of_all_its_items() -> None:
    for sentence in ("đi chơi với Lan: vé 100k, kem 50k", "hôm qua đi Vũng Tàu với Lan, ăn trưa 200k, vé 100k"):
        assert [item.person for item in read_sentence(sentence, today=TODAY).items] == ["Lan", "Lan"]


def test_debts_in_a_row_each_have_their_own_person() -> None:
    items = read_sentence("cho Nam mượn 200k, Tú 100k", today=TODAY).items
    assert [(item.person, item.kinds) for item in items] == [
        ("Nam", frozenset({Kind.LEND})),
        ("Tú", frozenset({Kind.LEND})),
    ]
    items = read_sentence("Sơn trả 300, Hải mượn 200", today=TODAY).items
    assert [(item.person, item.kinds) for item in items] == [
        ("Sơn", frozenset({Kind.COLLECT})),
        ("Hải", frozenset({Kind.LEND})),
    ]


def test_a_name_that_the_member_has_used_before_needs_no_capital() -> None:
    sentence = "ăn kem với bông 40k"
    assert read_sentence(sentence, today=TODAY).items[0].person == ""
    assert read_sentence(sentence, today=TODAY, people=("Bông",)).items[0].person == "bông"
