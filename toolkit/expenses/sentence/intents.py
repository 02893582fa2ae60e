"""What a sentence is for. Only what has happened is recorded: no questions, plans, wishes, price talk, hearsay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.expenses.sentence.line import Lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from toolkit.expenses.model import Intent
    from toolkit.expenses.sentence.line import Word

_ASKS = Lexicon(
    "bao nhiêu, nhiêu tiền, hết nhiêu, hết mấy, mấy tiền, bn, bn tiền, bao lâu, có nên, có đáng, được không, phải không, không ta,"
    "không vậy, không nhỉ, không ạ, không em, không con, không bạn, nhỉ, hả, vậy ta, không nè, là sao, sao rồi, làm sao, vì sao, tại sao,"
    "thế nào, khi nào, chừng nào, bao giờ, ở đâu, mua đâu, ai mua, ai trả, hay không, có mắc, có rẻ, có đắt, có ổn,"
    "được chưa, đủ không, đủ chưa, không biết, có đủ, đáng không, thấp quá không, cao quá không, bao nhiêu tiền, được nhiêu, nhiêu rồi, nhiêu vậy,"
    "cho hỏi, hỏi xíu, tính sao, đúng không, hay sao, à không, có phải"
)
_AT_END = Lexicon("không, chưa, hả, nhỉ, à, sao, ta, gì, đâu, mấy, chứ")
_PLANS = Lexicon(
    "sắp, định, tính mua, tính đi, tính đóng, tính đổi, tính sắm, tính thuê, dự định, dự kiến, dự tính, sẽ, nhớ mua, nhớ đóng, nhớ trả,"
    "nhớ đi, nhớ nạp, nhớ gửi, nhớ chuyển, nhớ lấy, nhớ nộp, nhớ ck, cần mua, cần đóng, cần trả, cần sửa, phải đóng, phải trả, phải mua, phải nộp, phải đi, phải chuyển,"
    "nhắc, nhắc mình, nhắc em, lát nữa, lát, chút nữa, tí nữa, xíu nữa, để dành mua, để dành tiền mua, chắc phải, chắc tầm, chắc được, chắc cỡ, chắc mua,"
    "muốn, muốn mua, kế hoạch, khi nào có, khi nào rảnh, hẹn, đang tính, tính là, tính sẽ, chuẩn bị mua, chuẩn bị đóng, sau này, bữa sau,"
    "hôm sau sẽ, cuối tháng lãnh, tuần sau, tháng sau, năm sau, tháng tới, tuần tới, sang năm, qua tết, ngày mai, ngày mốt, mai mốt, hôm nào, bữa nào,"
    "sắp tới, tới tháng, tới kỳ, tới hạn, đến hạn, tết này, hè này, cuối năm, phân vân, đang coi, đang xem, đang canh, canh sale, đang ngắm"
)
_WISHES = Lexicon(
    "ước gì, ước, phải chi, giá mà, giá như, lỡ mà, nếu, nếu mà, thèm, mong, mơ, hy vọng, hi vọng, ước có, cầu trời, nếu như, giả sử, lỡ trúng,"
    "mà trúng, chỉ mong, có tiền sẽ, có tiền thì, khi nào trúng"
)
_HEARSAY = Lexicon(
    "nghe nói, nghe bảo, nghe đồn, nghe đâu, thấy bảo, thấy nói, người ta nói, người ta bảo, báo đăng, báo nói, đọc báo, nghe kể, thấy người ta,"
    "tin đồn, nghe bả nói, nghe ổng nói, nghe mẹ nói, nghe bạn nói, nghe nó nói, nó khoe, khoe, thấy nó, báo giá, rủ mua, rủ, chào giá, quảng cáo nói,"
    "người ta rao, rao bán, đang rao, nghe, thấy ghi giá"
)
_NEGATIONS = Lexicon(
    "chưa, không, khỏi, đừng, chả, chẳng, đâu có, không có, đéo, thôi không, chưa có, khỏi cần, không thèm, không dám, chưa kịp"
)
_ACTIONS = Lexicon(
    "mua, đóng, trả, đi, ăn, cho, lấy, đánh, nạp, gửi, bán, thuê, đặt, nộp, chơi, cần, thèm, mượn, vay, dám, chịu, bớt, tốn, mất, uống, đổ,"
    "thanh toán, chuyển, ck, nhận, lãnh, lĩnh, được, có mua, tiêu, xài, chi, sửa, đổi, làm, lấy được, đòi được, thu, ứng, rút, order, chốt, book, đăng ký, trừ,"
    "đưa, góp, tính tiền, in, biếu, tặng, cắt, khám, đụng, đồng ý, hoàn, về, có tiền, có lương"
)
_NOT_NEGATIVE = Lexicon(
    "không đường, không đá, không độ, không cay, không hành, không béo, không người lái, không dây, không gian, hàng không, trên không"
)
_GENERAL = Lexicon(
    "dạo này, giờ, bây giờ, hồi này, lên tới, tăng lên, toàn, giá, tăng giá, lên giá, giá cả, hiện giờ, thời buổi, độ này, dạo ni, rớt xuống, giảm xuống, lên"
)
_DEAR = Lexicon(
    "mắc, đắt, rẻ, mắc quá, đắt quá, chát, mắc ghê, mắc dữ, điên, đau ví, cắt cổ, hú hồn, phí, trên trời, bèo, đắt đỏ, xót, ghê, choáng"
)
_BOUGHT = Lexicon(
    "mua, ăn, uống, đổ, đóng, nạp, trả, sửa, thuê, hết, tốn, mất, lấy, đặt, order, nhập, gửi, biếu, cắt, khám, làm, bán, đi chợ, vừa, mới, xài,"
    "đi, chi, chuyển, rút, nộp, góp, cho, đãi, bao, mời, hốt, rinh, tậu, sắm, quẹt, chốt, thay, vá"
)
_PER = Lexicon("một, 1, mỗi")
_MEASURES = Lexicon(
    "ký, kí, kg, cân, lít, lạng, chỉ, cuộn, ly, tô, bát, cốc, hộp, cái, con, chục, quả, trái, bịch, gói, chai, lon, bao, mét, m2, đơn, vé, suất, dĩa, đĩa, kilo,"
    "bó, mớ, thùng, cây, lượng, tháng, ngày, giờ, tiếng, đêm, bữa, lần, viên, vỉ, tờ, ổ, phần, lốc, két, bình, yến, tạ, đôi, chiếc, quyển, cuốn, người, đầu người"
)
_ORDERS = Lexicon(
    "xóa, xoá, xóa giùm, bỏ khoản, hủy, huỷ, xem, coi, export, xuất, báo cáo, thống kê, hiện, cho xem, mở, kiểm tra, undo, hoàn tác, tổng kết"
)
_DONE = Lexicon("đã, rồi, vừa, mới, xong, vừa mới, vừa xong, hôm qua, hồi nãy, hết")
_REFUSED = Lexicon(
    "khỏi mua, thôi khỏi, không mua, thôi không mua, không mua nữa, mà thôi, bỏ qua, chưa cho, không cho, không bớt, chưa mua, chưa đóng, chưa trả, không lấy, thôi bỏ, chưa chuyển, chưa gửi, chưa nhận, không đi nữa, hủy kèo, từ chối"
)
_STATE = Lexicon(
    "còn nợ, còn thiếu, đang nợ, vẫn nợ, vẫn thiếu, đang thiếu, còn dư, số dư, trong ví còn, trong túi còn, còn đúng, chỉ còn, ví còn, tài khoản còn, tk còn, còn lại"
)


def of_sentence(words: Sequence[Word], *, has_amounts: bool) -> Intent:
    """What a sentence without anything to record is: a question or chat."""
    if any(word.text == "?" for word in words) or _ASKS.has(words):
        return "question"
    plain = [word for word in words if word.sort == "word"]
    if plain and _AT_END.ending(plain, len(plain)) and not has_amounts:
        return "question"
    if _PLANS.has(words) or _WISHES.has(words):
        return "plan"
    return "chat"


def spoils(words: Sequence[Word], at: int, today: date) -> Intent | None:
    """Why the amount at `at` in these words (its own clause, the remarks behind it) isn't to be recorded; else None."""
    before, behind = list(words[:at]), list(words[at + 1 :])
    whole = [*before, words[at], *behind]
    if any(word.text == "?" for word in behind) or _asks(before, behind):
        return "question"
    if _WISHES.has(before) or _HEARSAY.has(before):
        return "chat"
    plan = _PLANS.find(before)
    if plan and not _DONE.has(before[plan[1] :]):
        return "plan"
    if _coming(before, today) and not _DONE.has(before):
        return "plan"
    if not before and (_coming(behind, today) or _PLANS.has(behind)):
        return "plan"
    if any(word.text in ("nhắc", "nhac") for word in behind) or _coming(behind[:1], today):
        return "plan"
    if _denied(before) or _REFUSED.has(behind) or _REFUSED.has(before):
        return "chat"
    state = _STATE.find(before)
    if state and state[1] >= len(before) - 1 and not _DONE.has(before[: state[0]]):
        return "chat"
    if _ORDERS.at(before, 0) and before[0].text not in ("xem", "coi", "mở"):
        return "chat"
    if _talks_of_prices(before, behind, whole):
        return "chat"
    return None


def _asks(before: list[Word], behind: list[Word]) -> bool:
    asked = _ASKS.find(behind)
    if asked is not None or _ASKS.at(before, 0):
        return True
    found = _ASKS.find(before)
    if found is not None and before[found[0]].text not in ("không", "nhỉ", "à", "hả"):
        return True
    plain = [word for word in behind if word.sort == "word"]
    if plain and plain[-1].text in ("không", "nhỉ", "hả", "chưa", "khong") and not plain[-1].loose:
        return True
    return bool(plain) and len(plain) > 1 and plain[-1].text in ("ta",) and plain[-2].text == "không"


def _coming(words: Sequence[Word], today: date) -> bool:
    """Whether a day that lies ahead is named."""
    return any(
        word.date is not None and word.date.readings and all(day.date > today for day in word.date.readings.values)
        for word in words
    )


def _denied(before: Sequence[Word]) -> bool:
    for i, end in _NEGATIONS.all(before):
        if _NOT_NEGATIVE.at(before, i) or (i and _NOT_NEGATIVE.at(before, i - 1)):
            continue
        if _ACTIONS.at(before, end):
            return True
    return False


def _talks_of_prices(before: Sequence[Word], behind: Sequence[Word], whole: Sequence[Word]) -> bool:
    bought = _BOUGHT.has([word for word in before if word.date is None])
    general = _GENERAL.find(before)
    vague = any(word.text == "@" and word.date and not word.date.readings for word in before)
    dear = _DEAR.has(whole)
    per = any(_PER.at(behind, i) and _MEASURES.at(behind, i + 1) for i in (0, 1)) or (
        bool(behind) and behind[0].text == "/"
    )
    amount = next((word.amount for word in whole if word.amount), None)
    per = per or bool(amount and amount.per)
    counted = bool(amount and amount.quantity)
    if (general or vague) and (per or dear) and not counted:
        return True
    return per and dear and not bought and not counted
