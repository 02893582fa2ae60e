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
    "bao nhiêu, nhiêu tiền, hết nhiêu, hết mấy, mấy tiền, bn, có nên, có đáng, được không, phải không, không ta,"
    "không vậy, không nhỉ, không ạ, không em, không bạn, vậy ta, là sao, sao rồi, làm sao, vì sao, tại sao,"
    "thế nào, khi nào, chừng nào, bao giờ, hay không, có mắc, có rẻ, có đắt, được chưa, đủ không, đủ chưa, có đủ,"
    "đáng không, thấp quá không, cao quá không, được nhiêu, nhiêu rồi, nhiêu vậy, nhiêu đó đủ, nhiêu thế, nhiêu nhỉ,"
    "cho hỏi, hỏi xíu, tính sao, đúng không, hay sao, có phải, mua được gì, đủ mua, còn mấy, hết bao, tốn nhiêu"
)
_AT_END = Lexicon("không, chưa, hả, nhỉ, à, sao, ta, gì, đâu, mấy, chứ, nhiêu")
_ASKING_ENDS = Lexicon(
    "không, nhỉ, hả, chưa, không ta, không nhỉ, vậy ta, không mọi người, không mấy chị, không chị em, không các mẹ, không các bạn, không mấy bạn, không ae"
)
_EXCLAIMED = Lexicon("rẻ, đẹp, ghê, ngon, sang, xịn, hời, đã, sướng")

_WILL = Lexicon(
    "định, dự định, dự kiến, dự tính, sẽ, tính mua, tính đi, tính đóng, tính đổi, tính sắm, tính thuê, tính đặt, tính sửa, tính làm,"
    "kế hoạch, chắc phải, chắc tầm, chắc được, chắc cỡ, chắc mua, chắc hết, chắc khoảng, chắc tốn, chắc mất, chắc là, chắc cũng,"
    "tính là, tính sẽ, chuẩn bị mua, chuẩn bị đóng, chuẩn bị trả, sau này, bữa sau, khi nào có, khi nào rảnh, đang tính,"
    "tuần sau, tháng sau, năm sau, tháng tới, tuần tới, sang năm, ngày mai, ngày mốt, mai mốt, hôm nào, bữa nào,"
    "sắp phải, sắp đóng, sắp mua, sắp đến, sắp được, sắp trả, sắp nộp, sắp có, sắp nhận, sắp lãnh, sắp đi, còn phải, phân vân, đang canh,"
    "canh sale, đang ngắm, lát nữa, để lát, lát mua, lát đi, chút nữa, tí nữa, xíu nữa, tối nay sẽ, chút mua, dự là, chắc chắn sẽ, dự chi, dự tốn"
)
_NOT_PLANS = Lexicon(
    "định kỳ, cố định, ổn định, gia định, nam định, quy định, định mức, quyết định, bình định, định vị, giám định, chỉ định,"
    "nhất định, định cư, thịnh định, cúng định, thiền định, xác định, chắc là hết, chắc cũng hết"
)
_WANTS = Lexicon(
    "nhớ mua, nhớ đóng, nhớ trả, nhớ đi, nhớ nạp, nhớ gửi, nhớ chuyển, nhớ lấy, nhớ nộp, nhớ ck, nhớ rút, nhớ đòi, nhớ đặt, cần mua, cần đóng, cần trả,"
    "cần sửa, cần nộp, cần thêm, cần có, nhắc, muốn mua, muốn sắm, muốn đi, muốn ăn, muốn đổi, muốn học, muốn có, muốn xin, muốn uống, muốn thuê, muốn đặt, muốn làm"
)
_WANT = Lexicon("muốn")
_WISHES = Lexicon(
    "ước gì, phải chi, giá mà, giá như, lỡ mà, nếu mà, hy vọng, hi vọng, ước có, cầu trời, nếu như, giả sử, lỡ trúng,"
    "mà trúng, chỉ mong, có tiền sẽ, có tiền thì, mơ có, mơ được, mơ trúng, nằm mơ, mơ mua"
)
_WISHED = Lexicon("ước, nếu, thèm, mong", exact=True)
_HEARSAY = Lexicon(
    "nghe nói, nghe bảo, nghe đồn, nghe đâu, thấy bảo, thấy nói, người ta nói, người ta bảo, báo đăng, báo nói, đọc báo, nghe kể, thấy người ta,"
    "tin đồn, nghe bả nói, nghe ổng nói, nghe mẹ nói, nghe bạn nói, nghe nó nói, nó khoe, thấy nó, báo giá, khoe mua, khoe mới, rủ mua, chào giá, hỏi mua,"
    "người ta rao, rao bán, đang rao, người ta bán, thấy ghi giá, nghe người ta, nghe thiên hạ"
)
_NEGATIONS = Lexicon(
    "chưa, không, khỏi, đừng, chẳng, đâu có, không có, thôi không, chưa có, khỏi cần, không thèm, không dám, chưa kịp, chả, éo, đéo, đếch, không bao giờ"
)
_ACTIONS = Lexicon(
    "mua, đóng, trả, đi, ăn, cho, lấy, đánh, nạp, gửi, bán, thuê, đặt, nộp, chơi, cần, thèm, mượn, vay, dám, chịu, bớt, tốn, mất, uống, đổ,"
    "thanh toán, chuyển, ck, nhận, lãnh, lĩnh, được, tiêu, xài, chi, sửa, đổi, lấy được, đòi được, thu, ứng, rút, order, chốt, book, đăng ký,"
    "đưa, góp, tính tiền, biếu, tặng, cắt, khám, ký, đồng ý, hoàn, về, mua được, làm, phát, thối"
)
_NOT_NEGATIVE = Lexicon(
    "hàng không, trên không, không gian, không đường, giò chả, bún chả, chả cá, chả giò, chả lụa, chả quế, nem chả, khỏi bệnh, khỏi ốm"
)
_GENERAL = Lexicon(
    "năm nay, năm ni, dạo này, giờ, bây giờ, hồi này, lên tới, tăng lên, toàn, giá, tăng giá, lên giá, giá cả, hiện giờ, thời buổi, độ này, dạo ni, rớt xuống, giảm xuống, lên,"
    "thời nay, chỗ này, quán này, ở đây, bên này, ngoài kia, trên app, cứ, mỗi lần, đợt này, bữa giờ"
)
_DEAR = Lexicon(
    "mắc, đắt, rẻ, chát, điên, đau ví, cắt cổ, hú hồn, phí, trên trời, bèo, đắt đỏ, xót, ghê, choáng, mắc quá, đắt quá, kinh, khiếp, quá trời"
)
_BOUGHT = Lexicon(
    "mua, ăn, uống, đổ, đóng, nạp, trả, sửa, thuê, hết, tốn, mất, lấy, đặt, order, nhập, gửi, biếu, cắt, khám, làm, bán, đi chợ, vừa, mới, xài,"
    "chi, chuyển, rút, nộp, góp, đãi, mời, hốt, rinh, tậu, sắm, quẹt, chốt, thay, vá, book, lãnh, nhận, bán được"
)
_PER = Lexicon("một, 1, mỗi")
_MEASURES = Lexicon(
    "ký, kí, kg, cân, lít, lạng, chỉ, cuộn, ly, tô, bát, cốc, hộp, cái, con, chục, quả, trái, bịch, gói, chai, lon, bao, mét, m2, đơn, vé, suất, dĩa, đĩa, kilo,"
    "bó, mớ, thùng, cây, lượng, ngày, giờ, tiếng, đêm, bữa, lần, viên, vỉ, tờ, ổ, phần, lốc, két, bình, yến, tạ, đôi, chiếc, quyển, cuốn, người, đầu người, trứng, tháng"
)
_ORDERS = Lexicon(
    "xóa, hủy, bỏ, sửa, export, xuất, hoàn tác, undo, xóa giùm, xóa giúp, bỏ giùm, xóa dùm, xem lại, xem, liệt kê, thống kê"
)
_ORDERED = Lexicon(
    "khoản, dòng, mục, giao dịch, bản ghi, báo cáo, cái khoản, ra excel, ra file, lịch sử, giùm, dùm, hết khoản, các khoản, bút toán, mấy khoản, khoản vừa ghi"
)
_DONE = Lexicon("đã, vừa, xong, vừa mới, vừa xong, hôm qua, hồi nãy")
_REFUSED = Lexicon(
    "khỏi mua, thôi khỏi, không mua, thôi không mua, không mua nữa, mà thôi, chưa cho, không cho, không bớt, chưa mua, không lấy, thôi bỏ,"
    "không đi nữa, hủy kèo, từ chối, không bán, không có mua, không thèm mua, chưa bán, chưa dám mua, không dám mua, nên thôi, thôi không, để bữa khác, để hôm khác,"
    "chưa chốt, không đặt, chưa đặt, nên không mua, chưa ưng"
)
_STATE = Lexicon(
    "còn nợ, còn thiếu, đang nợ, vẫn nợ, vẫn thiếu, đang thiếu, còn dư, số dư, trong ví còn, trong túi còn, ví còn, túi còn, tài khoản còn, tk còn, thẻ còn, momo còn,"
    "còn đúng, còn mỗi, còn có, còn được"
)
_SHOPS = Lexicon("đi chợ, đi siêu thị, đi mua, ra chợ, ghé")
_OWES = Lexicon("nợ, thiếu, giữ, còn nợ")
_UNPAID = Lexicon("chưa trả, không trả, chưa chịu trả, mãi không trả, chưa đưa, chưa thanh toán, hoài chưa trả")
_MONTH_END = Lexicon(
    "cuối tháng, cuối tuần, đầu tháng, giữa tháng, cuối tuần này, cuối tháng này, cuối năm, tết này, tết, hè này, tết năm nay"
)
_AHEAD = Lexicon(
    "lấy lương, lãnh, lãnh lương, có lương, nhận, nhận lương, mới, chắc, sẽ, phải, hẹn, gửi lại, trả lại, này, đóng, tính, được"
)
_PROMISED = Lexicon(
    "nói, hẹn, hứa, bảo, chờ, đợi, tới, đến, mới trả, sẽ trả, trả sau, đưa lại, gửi lại, trả lại, kêu, dặn"
)


def of_sentence(words: Sequence[Word], *, has_amounts: bool) -> Intent:
    """What a sentence without anything to record is: a question, a plan, or chat."""
    if any(word.text == "?" for word in words) or _ASKS.has(words):
        return "question"
    plain = [word for word in words if word.sort == "word"]
    if plain and _AT_END.ending(plain, len(plain)) and not has_amounts:
        return "question"
    if _will(words) or _WANTS.has(words):
        return "plan"
    return "chat"


def spoils(words: Sequence[Word], at: int, today: date) -> Intent | None:
    """Why the amount at `at` in its clause (with the remarks behind it) isn't to be recorded; None if it is."""
    before, behind = list(words[:at]), list(words[at + 1 :])
    if any(word.text == "?" for word in behind) or _asks(before, behind):
        return "question"
    if _WISHES.has(before) or _WISHED.has(before) or _HEARSAY.has(before):
        return "chat"
    near = _segment(before)
    acts = _BOUGHT.has([word for word in near if word.date is None])
    if _planned(before, near, behind, today, acts=acts):
        return "plan"
    if _denied(near) or (not acts and _denied(before)) or _REFUSED.has(behind) or _REFUSED.has(before):
        return "chat"
    if _OWES.has(before) and _UNPAID.has(behind):
        return "chat"
    state = _STATE.find(before)
    if state and state[1] >= len(before) - 1 and not acts:
        return "chat"
    if _ORDERS.at(before, 0) and _ORDERED.at(before, _ORDERS.at(before, 0)):
        return "chat"
    return "chat" if _talks_of_prices(before, behind, words) else None


def promised(words: Sequence[Word], i: int) -> bool:
    """Whether the date at i tells when money is to come back: "o nói cuối tháng gửi lại"."""
    start = i
    while start > 0 and words[start - 1].sort == "word":
        start -= 1
    return _PROMISED.has(words[start:i]) and any(word.sort == "amount" for word in words[:start])


def _segment(before: list[Word]) -> list[Word]:
    """The words since the last comma: what the amount itself is said with."""
    start = next((i + 1 for i in range(len(before) - 1, -1, -1) if before[i].sort == "sign"), 0)
    return before[start:]


def _planned(before: list[Word], near: list[Word], behind: list[Word], today: date, *, acts: bool) -> bool:
    done = _DONE.has(before)
    bought_already = acts and before != near  # "mai giỗ nội, mua đồ cúng 500k"
    if _will(near) or (_will(before) and not bought_already):
        return True
    if (_WANTS.has(before) or _wants(before)) and not done:
        return True
    ahead = _coming(near, today) or (_coming(before, today) and not (bought_already and not _SHOPS.has(before)))
    if ahead and not done:
        return True
    end = _MONTH_END.find(near)
    if end and _AHEAD.at(near, end[1]) and not done:
        return True
    if any(word.text in ("nhắc", "nhac") for word in behind):
        return True
    first = next((word for word in behind if word.sort != "sign"), None)
    return first is not None and first.date is not None and _coming([first], today)


def _will(words: Sequence[Word]) -> bool:
    for i, _end in _WILL.all(words):
        if not _NOT_PLANS.at(words, i) and not (i and _NOT_PLANS.at(words, i - 1)):
            return True
    return False


def _wants(words: Sequence[Word]) -> bool:
    """`muốn` typed with its marks; without them it may be mượn, to borrow."""
    found = _WANT.find(words)
    return found is not None and not words[found[0]].loose


def _asks(before: list[Word], behind: list[Word]) -> bool:
    if _ASKS.has(behind) or _ASKS.has(before):
        return True
    plain = [word for word in behind if word.sort == "word"]
    n = _ASKING_ENDS.ending(plain, len(plain))
    if not n or plain[-1].loose or plain[-1].capital:
        return False
    return plain[-1].text != "chưa" or not _EXCLAIMED.ending(plain, len(plain) - n)


def _coming(words: Sequence[Word], today: date) -> bool:
    """Whether a day that lies ahead is named."""
    return any(
        word.date is not None and word.date.readings and all(day.date > today for day in word.date.readings.values)
        for word in words
    )


def _denied(words: Sequence[Word]) -> bool:
    for i, end in _NEGATIONS.all(words):
        if _NOT_NEGATIVE.at(words, i) or (i and _NOT_NEGATIVE.at(words, i - 1)):
            continue
        if _ACTIONS.at(words, end):
            return True
    return False


def _talks_of_prices(before: Sequence[Word], behind: Sequence[Word], whole: Sequence[Word]) -> bool:
    bought = _BOUGHT.has([word for word in before if word.date is None])
    vague = any(word.date is not None and not word.date.readings for word in before)
    general = _GENERAL.has(before) or vague
    dear = _DEAR.has(whole)
    amount = next((word.amount for word in whole if word.amount), None)
    per = any(_PER.at(behind, i) and _MEASURES.at(behind, i + 1) for i in (0, 1))
    per = per or bool(behind and behind[0].text == "/") or bool(amount and amount.per)
    per = per or any(_PER.at(before, i) and _MEASURES.at(before, i + 1) for i in range(len(before) - 1))
    counted = bool(amount and amount.quantity)
    if general and (per or dear) and not counted:
        return not bought or per
    return per and dear and not bought and not counted
