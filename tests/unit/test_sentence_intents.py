"""What is recorded and what isn't: entries are not lost, chat about money is not logged. Today is 2026-11-18."""

from __future__ import annotations

from datetime import date

import pytest

from toolkit.expenses.model import Kind
from toolkit.expenses.sentence import UNSAID, read_sentence

TODAY = date(2026, 11, 18)

QUESTIONS = """
áo này 250k có mắc không
500k đủ ăn một tuần không ta
mua loại 200k hay loại 300k tốt hơn
sao tiền điện tháng này tận 1tr2 vậy trời
tháng trước mình đóng mạng 200k hay 250k nhỉ
bao giờ Nam mới trả mình 500k
có ai cho mượn 300k không
tháng này tiêu bao nhiêu rồi
tuần rồi tiền chợ hết nhiêu
hôm qua ăn phở 45k đúng không?
10 triệu thì mua được laptop gì
"""
PLANS = """
mai mua sữa 50k nhé
cuối tuần này đi nhậu chắc tốn 300k
ngày 25 phải đóng tiền nhà 3tr
tháng 12 này đóng học phí cho con 5 triệu
định mua cái quạt 400k
tính mua xe 30 triệu
sắp phải đóng bảo hiểm 2tr
nhớ mua thịt 100k
cần mua tập vở 80k
muốn mua đôi giày 900k
đợi lương về mua đôi giày 1tr2
để tháng sau hẵng mua cái quạt 600k
lần sau nhớ đem theo 200k
tuần sau mới nộp học phí cho con 1tr2
cuối tháng lãnh lương chắc được 2tr
mai đi chợ: rau 15k, thịt 80k
đang để dành 5tr mua xe
hẹn trả Nam 500k tuần sau
mai dong tien mang 200k nha
"""
CHAT = """
có 50tr là tui nghỉ làm liền
giá mà được tăng lương thêm 2tr
ước gì trúng 1 tỷ
thèm cái túi 2tr kia ghê
nếu trúng 1 tỷ thì chia cho mẹ 500tr
thịt heo 150k một ký mắc ghê
dạo này thịt heo 150k một ký mắc ghê
xăng lên 25k một lít rồi
phở chỗ đó 80k một tô lận
cái áo đó 500k lận mắc quá
bên kia bán có 200k
thấy đôi giày 300k đẹp quá
hồi xưa tô hủ tiếu có 5k
nghe nói nó mua xe 2 tỷ
thằng bạn mới mua xe 50tr
chị hàng xóm trúng số 2 tỷ
thợ báo sửa máy lạnh hết 800k
chưa đóng tiền điện 450k
chua dong tien dien 450k
không mua cái túi 1tr2 đâu
khỏi đóng 50k tiền rác
vé xem hát 1tr5 mắc quá thôi khỏi mua
định mua ghế 5tr mà thôi, không mua nữa
con xin 500k mà tui chưa cho
xém mua cái áo 500k
hủy đơn 300k rồi
o Lý nợ 5 triệu mà mãi chưa trả
ví còn 200k
mình đang nợ thẻ 5tr
mỗi tháng tốn 2tr tiền nhà
đặt ngân sách ăn uống 3 triệu
tìm khoản 45k hôm qua
pass lại áo 100k ai lấy ib
mua 2 tặng 1 có 199k
voucher 50k hết hạn
nhà mình rộng 50m2
con mình cao 1m2 nặng 25 ký
pin còn 20%
số điện thoại mình 0909123456
hôm nay đi bộ 10k bước
livestream được 2k view
chào buổi sáng
cảm ơn nha
lương tháng sau chắc lên 9tr
hôm nay bán được có 3 đơn à
tháng trước ăn uống tới 4tr lận
con nhỏ bạn xài điện thoại 40 triệu
chồng đòi mua xe 60tr
vợ kêu mua máy giặt 8tr mà chưa có tiền
shop báo hàng 350k mà chưa lấy
đơn 500k khách bom rồi
khách hẹn mai ck 2tr
khách đặt 3 cái 450k chưa cọc
sếp hứa thưởng 5tr
công ty nợ lương 2 tháng 16tr
chủ nhà đòi tăng 500k
chủ trọ nói tháng sau tăng 200k
xăng tăng thêm 500 đồng
học phí trường đó 30tr một năm
vé máy bay tết toàn 4 5 triệu
giá mà rẻ hơn 100k là mua rồi
để coi lương về có dư 2tr không
ráng để dành 3tr tháng này
tháng này phải tiết kiệm được 5tr
mong cuối năm được thưởng 20tr
trúng được 100tr chắc đi du lịch
hồi sáng suýt bị lừa 5tr
xém chút nữa mua lầm hàng giả 1tr
may quá không bị phạt 2tr
không biết tiền điện tháng này có tới 1tr không nữa
còn thiếu 2tr nữa mới đủ tiền trọ
còn 3 ngày nữa mới có lương mà còn có 200k
trong túi còn đúng 50k
tài khoản còn 1tr2
ai mượn 500k rồi quên trả ta
nhắc Nam trả 500k giùm
nhắc tôi đóng tiền nhà 3tr ngày 5
xóa giúp khoản 60k hồi nãy
cho mình xem lại các khoản trên 500k
tháng này ăn uống vượt 3tr chưa
so với tháng trước tăng bao nhiêu
một tô bún giờ 50k rồi đó
trứng lên 40k chục rồi trời
tiệm kia bán rẻ hơn 20k
mua ở siêu thị rẻ hơn 30k
đắt hơn tháng trước 100k
hai đứa tính góp 5tr mở quán
đang tính vay 50tr
chắc phải mượn anh hai 2tr quá
chưa biết lấy đâu ra 3tr đóng học
không đủ tiền mua cái 2tr
hết tiền rồi còn có 20k
bị hủy đơn 200k chưa hoàn
shopee chưa hoàn 150k
momo lỗi chưa trừ 300k
nạp 100k mà chưa vô
con bé nó tiêu 500k một tuần
thằng kia lương 30tr mà keo
ông bà ngày xưa đám cưới có 5 chỉ vàng
ừ thì 200k cũng được
ok 500k nha
deal 300k không
thôi 100k đi
cái này 1tr mấy lận
giá niêm yết 2tr5
bảng giá: cắt 80k, gội 50k
menu: phở 45k, bún 40k
sale 50% còn 199k kìa
cho em hỏi giá cái này 300k hay 350k ạ
tui 25 tuổi
hôm nay 18/11 rồi
sinh năm 1998
ngủ dậy lúc 9h
đi làm từ 8h đến 17h
chạy bộ 5km
đợi 30 phút rồi
"""
ENTRIES = """
mắc quá mà vẫn mua, 500k
mua cái áo 200k đẹp ghê
hôm nay ăn phở 80k mắc ghê
bị phạt phải đóng 2tr
mua vé xem phim tối mai 180k
đặt cọc phòng tháng sau dọn vào 1tr
đóng trước tiền nhà tháng sau 3tr
vé máy bay tháng sau 2tr4
cà phê không đường 25k
trà đá không tính tiền, cơm 35k
quên mang ví mượn Lan 50k
cho Tú mượn 300k, nó hứa tuần sau trả
hết tiền mượn Nam 500k mai trả
sắp tới sinh nhật mẹ, mua quà 300k
vợ mua rau 50k
em mua áo 200k
khỏi nấu, order gà 150k
không nấu cơm nên mua bún 40k
chưa kịp ăn sáng, mua ổ bánh mì 20k
chạy grab được 350k
ăn sáng hết có 20k
mua sách Đắc nhân tâm 89k
mua nhầm size phải đổi thêm 30k
mất bóp trong đó có 500k
thua bài 200k
khám định kỳ 350k
tai nghe 300k
giò chả 120k
tôm chua bán hàng 240k
sửa lại cái ghế 60k
huy trả 500k
đóng hụi chị bảy 2 triệu
được sếp thưởng 1tr
bảo hiểm đến hạn đóng 2tr
mua ổ bánh mì 20k mà dở ẹc
ăn hủ tiếu gõ 30k ngon bá cháy
đi khám răng 400k, hẹn tuần sau nhổ
cọc 500k giữ phòng, tháng sau dọn vô
đặt bánh sinh nhật 350k mai lấy
mua quà trước cho mẹ 500k
trả tiền nhà tháng này 3tr rồi
đóng tiền điện rồi nha 450k
hết 200k tiền chợ trời ơi
mới bị chém 80k tô phở
lỡ tay mua thêm cái áo 150k
cuối cùng cũng mua được cái nồi 900k
nhịn không nổi order trà sữa 55k
thèm quá mua ly trà sữa 45k
muốn khóc, đổ xăng hết 100k
ước chừng hết 200k tiền chợ
khoảng 150k tiền ăn trưa với đồng nghiệp
chắc chắn là hết 250k tiền thuốc
vừa đóng bảo hiểm 2tr, mệt ghê
xăng lên giá, đổ 50k được có xíu
giá gạo tăng, mua 10kg hết 220k
hồi nãy gửi xe 5k
hồi sáng ăn xôi 15k
nãy mua thuốc 60k
bữa nay ăn sang, hết 500k
được mẹ cho 500k
được khách bo 100k
nhận lương 8tr
lương về rồi 8tr
tháng này lương 8tr
bán được 3 đơn 450k
lời được 2tr tiền bán khô
thu tiền trọ 2tr5
thắng kèo 500k
trúng lô 700k
thua độ đá banh 300k
tiền phạt quá tốc độ 900k
mất tiền 200k không biết ở đâu
làm rớt mất 50k
gửi con 1tr tiền ăn
cho cháu 50k ăn bánh
bố thí 10k
mua nợ bà Năm 50k tiền rau
đưa mẹ 2tr tiền chợ
đưa vợ 5 triệu
vợ đi chợ 200k
con ăn sáng 20k
mẹ đi khám 300k
hai vợ chồng ăn ngoài 180k
cả nhà đi ăn lẩu 600k
nhà mình đóng rác 40k
nó làm bể cái ly, mua lại 30k
bạn rủ đi ăn lẩu 200k
sếp mời ăn nhưng mình trả 300k
không ai trả nên mình trả 150k
không có tiền lẻ nên gửi xe 10k luôn
quên đem cơm nên ăn ngoài 40k
chưa ăn gì nên mua cái bánh 15k
nếu không thì trễ nên đi grab 60k
hỏi giá xong mua luôn 250k
coi phim 90k
xem bói 100k
nghe nhạc nạp spotify 59k
thấy rẻ mua luôn 2 cái 100k
nhìn đẹp nên rinh về 300k
"""


def _lines(text: str) -> list[str]:
    return text.strip().splitlines()


@pytest.mark.parametrize("sentence", _lines(QUESTIONS))
def test_a_question_is_no_entry(sentence: str) -> None:
    reading = read_sentence(sentence, today=TODAY)
    assert (reading.intent, reading.items) == ("question", ())


@pytest.mark.parametrize("sentence", _lines(PLANS))
def test_a_plan_is_no_entry(sentence: str) -> None:
    reading = read_sentence(sentence, today=TODAY)
    assert (reading.intent, reading.items) == ("plan", ())


@pytest.mark.parametrize("sentence", _lines(CHAT))
def test_talk_about_money_is_no_entry(sentence: str) -> None:
    reading = read_sentence(sentence, today=TODAY)
    assert reading.intent != "record"
    assert not reading.items


@pytest.mark.parametrize("sentence", _lines(ENTRIES))
def test_what_was_paid_is_an_entry_however_it_is_told(sentence: str) -> None:
    reading = read_sentence(sentence, today=TODAY)
    assert reading.intent == "record"
    (item,) = reading.items
    assert item.money.certain
    assert item.day.value == TODAY


@pytest.mark.parametrize(
    ("sentence", "core"),
    [
        ("định nhịn mà cuối cùng vẫn mua cái nón 90k", "định nhịn mà cuối cùng vẫn mua cái nón"),
        ("chưa có lương nhưng vẫn đóng tiền trọ 2tr", "chưa có lương nhưng vẫn đóng tiền trọ"),
        ("mai đi sớm nên nay đổ xăng 60k", "đi sớm nên nay đổ xăng"),
        ("tưởng hết tiền ai ngờ trúng số 200k", "tưởng hết tiền ai ngờ trúng số"),
        ("giá lên mà cũng phải mua bao gạo 220k", "giá lên mà cũng phải mua bao gạo"),
        ("sếp rủ mà mình trả tiền nước 90k", "sếp rủ mà mình trả tiền nước"),
    ],
)
def test_a_deed_behind_a_turn_is_an_entry_whatever_was_thought_before(sentence: str, core: str) -> None:
    reading = read_sentence(sentence, today=TODAY)
    assert [item.core for item in reading.items] == [core]


def test_what_was_owed_before_is_no_entry_beside_what_was_paid_now() -> None:
    (item,) = read_sentence("Sơn nợ 500k mà nay mới trả mình 200k", today=TODAY).items
    assert (item.kinds, item.person) == (frozenset({Kind.COLLECT}), "Sơn")
    assert item.money.value is not None
    assert item.money.value.amount == 200_000


def test_one_clause_that_is_chat_does_not_lose_the_others() -> None:
    reading = read_sentence("ăn bún 40k, định mua giày 900k mà thôi", today=TODAY)
    assert [item.core for item in reading.items] == ["ăn bún"]


@pytest.mark.parametrize(
    ("sentence", "amount", "day", "core"),
    [
        ("à nhầm, 54k", 54_000, None, ""),
        ("nhầm 54k", 54_000, None, ""),
        ("ủa lộn, 54k mới đúng", 54_000, None, ""),
        ("sửa lại 60k", 60_000, None, ""),
        ("nhầm, hôm qua mới đúng", None, date(2026, 11, 17), ""),
        ("không phải ăn uống, là quà", None, None, "quà"),
        ("ý mình là xăng", None, None, "xăng"),
        ("ghi nhầm, 70k", 70_000, None, ""),
        ("a nham, 54k", 54_000, None, ""),
        ("phải là 45k", 45_000, None, ""),
    ],
)
def test_a_follow_up_says_only_what_it_sets_right(
    sentence: str, amount: int | None, day: date | None, core: str
) -> None:
    reading = read_sentence(sentence, today=TODAY)
    assert reading.intent == "correct"
    (item,) = reading.items
    assert (item.money.value.amount if item.money.value else None) == amount
    assert (item.money.code == UNSAID) == (amount is None)
    assert item.day.value == day
    assert (item.day.code == UNSAID) == (day is None)
    assert item.core == core
