"""What is recorded and what isn't: entries are not lost, chat about money is not logged. Today is 2026-11-18."""

from __future__ import annotations

from datetime import date

import pytest

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
