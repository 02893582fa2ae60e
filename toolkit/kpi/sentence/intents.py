"""When nothing is to be recorded: questions, plans, wishes, what isn't so yet, talk."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.core.sentences.line import Lexicon
from toolkit.core.text import fold
from toolkit.kpi.sentence import callings, verbs
from toolkit.kpi.sentence.compounds import inside
from toolkit.kpi.sentence.facts import BECAUSE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet
    from datetime import date

    from toolkit.core.sentences.line import Word
    from toolkit.kpi.sentence.heads import Head

_ASKS = Lexicon(
    "bao nhiêu, mấy đơn, mấy khách, mấy gói, phải không, đúng không, được không, thế nào, làm sao, ra sao, có nên, khi "
    "nào, bao giờ, chưa nhỉ, chưa ta, ai mua, ai chốt, không ta, không nhỉ, bao lâu, tại sao, vì sao, sao lại, ở đâu, "
    "là ai, có phải, gồm những gì, còn thiếu bao, mấy tiền, không ạ, chưa ạ, chưa hả, sao chưa, được chưa, xong chưa, "
    "rồi chưa, bán gì, nên bán, có ai, ai lấy, ai cần, ai muốn, ai quan tâm, ai có nhu cầu, có ai cần, làm thế nào, "
    "cách nào, như thế nào, ntn, vậy ta, bao nhiu, có đắt không, có mắc không, có rẻ không, có cao không"
)
_ENDING = Lexicon("không, chưa, hem, hông, hả, hở, nhỉ, gì", exact=True)
_BARE_ENDINGS = frozenset({"khong", "chua", "nhi"})
_PLANS = Lexicon(
    "kêu, xin, yêu cầu, nhờ, sẽ, dự định, dự kiến, dự tính, sắp, sắp sửa, chuẩn bị, kế hoạch, lên kế hoạch, cố "
    "gắng, ráng, phấn đấu, quyết tâm, hy vọng, hi vọng, nếu, giá mà, ước gì, đang tính, định, tính, nhớ, phải, "
    "cần, cần phải, muốn, mong, chắc, có thể, khả năng, để mai, mai mốt, lát nữa, chút nữa, lát, tí nữa, tối nay "
    "sẽ, mục tiêu, chỉ tiêu, đặt mục tiêu, đang chờ, chờ, đợi, chắc sẽ, chắc là, lịch, có lịch, nhắc mình, nhắc "
    "tôi, nhắc em, hãy, todo, to do, việc cần làm, giả sử, lỡ, target, mục tiêu là, đang định, có ý định, có kế "
    "hoạch, còn phải, đáng lẽ, suýt, suýt nữa, xém, tưởng, hên xui, sắp tới, kỳ vọng"
)
_SURE_PLANS = Lexicon(
    "đang chờ, đang đợi, còn chờ, vẫn chờ, còn đợi, vẫn đợi, sẽ, dự định, dự kiến, dự tính, sắp, sắp sửa, chuẩn bị, "
    "kế hoạch, phấn đấu, quyết tâm, hy vọng, hi vọng, nếu, giá mà, giá như, phải chi, ước gì, ước chi, đang tính, mục "
    "tiêu, chỉ tiêu, đặt mục tiêu, lát nữa, chút nữa, giả sử, mai mốt, ngày mai, đang định, suýt, suýt nữa, lẽ ra, "
    "đáng ra, cố gắng, target, có ý định, có lịch, lên kế hoạch, đáng lẽ, để mai, việc cần làm, todo, có kế hoạch, kỳ "
    "vọng, khả năng cao"
)
_INTEREST = Lexicon(
    "đòi trả, đòi trả hàng, đòi hoàn, đòi đổi trả, đòi hủy, dọa hủy, hỏi giá, hỏi mua, hỏi về, hỏi thăm giá, hỏi, quan "
    "tâm, cân nhắc, suy nghĩ, xem xét, phân vân, tham khảo, đang xem, để ý, ngỏ ý, tìm hiểu, do dự, lưỡng lự, thích, "
    "khen, trả giá, mặc cả, đang thương lượng, hứa mua, hẹn mua, đòi giảm, xin giảm, ép giá, bảo để, nói để, hẹn lại, "
    "xin bớt, bảo mai, hẹn mai, có nhu cầu, đang cần, cần mua, muốn mua, muốn lấy, muốn đặt, muốn thuê, đang tìm, tìm "
    "mua, tìm, xem hàng, xem nhà, đang đợi, nhờ tư vấn, kêu tư vấn, ký gửi, gửi bán, xin báo giá, xin giá, nghiêng về"
)
_OWN_SPENDING = Lexicon(
    "ăn, uống, vay, mượn, cho vay, cho mượn, mượn tạm, vay nóng, vay tạm, tiền mặt bằng, trả mặt bằng, đổ xăng, ăn "
    "sáng, ăn trưa, ăn tối, ăn phở, cà phê, tiền nhà, tiền điện, tiền nước, tiền trọ, tiền học, đi chợ, mua đồ ăn, sửa "
    "xe, nạp điện thoại, xăng xe, gửi xe, tiền xăng, đóng tiền nhà, đóng tiền điện, trả tiền nhà, trả tiền điện, nhập "
    "hàng, tiền hàng nhập, lương, nhận lương, lãnh lương, nhận thưởng, thưởng, tiền lương, chi phí, mua nguyên liệu, "
    "trả lương, chạy quảng cáo, nạp tiền quảng cáo, mua quà, đổ, đóng bảo hiểm xã hội, trả góp xe, đi taxi"
)
_FILL = frozenset(
    """
    sẽ se đi lại được duoc cho với thêm them em mình minh tôi tui qua ghé phải có là
    """.split()  # noqa: SIM905
)
_FORWARD = Lexicon(
    "tuần sau, tháng sau, năm sau, tuần tới, tháng tới, sang tuần, sang tháng, sang năm, hôm sau, bữa sau, hôm "
    "nào, bữa nào, khi nào, lần sau, lần tới, năm tới, quý sau, quý tới"
)  # fmt: skip


_FORWARD_TAIL = re.compile(r" (?:sau|toi)$")


def asks(words: Sequence[Word]) -> bool:
    """Whether a sentence is a question: its mark, its asking words, a closing "chưa", "không"."""
    plain = [word for word in words if word.sort != "sign"]
    if any(word.text == "?" for word in words):
        return True
    if any(_ASKS.at(plain, i, surely=True) and not _nobody(plain, i) for i in range(len(plain))):
        return True
    if len(plain) < 2:
        return False
    if plain[0].text == "sao" and plain[0].typed != "Sao" and _WHY.has(plain):
        return True
    if any(_HOW_MANY.at(plain, i) and _asked_of(plain, i + 2) for i in range(len(plain))):
        return True
    closing = plain[-1]
    bare = closing.unmarked and closing.text in _BARE_ENDINGS and plain[-2].text not in ("sua", "ca")
    return bool(_ENDING.ending(plain, len(plain))) or bare


def _nobody(words: Sequence[Word], i: int) -> bool:
    """ "gọi 8 khách không ai mua" tells."""
    return words[i].text == "ai" and i > 0 and words[i - 1].text in ("không", "khong", "chẳng", "chả", "chưa", "chua")


_HOW_MANY = Lexicon("được mấy")
_WHY = Lexicon("vậy, thế, có, lại, chỉ, không, ta, hả")


def _asked_of(words: Sequence[Word], i: int) -> bool:
    """ "ban dc may loc nuoc" sold a machine; "bán được mấy đơn", "bán được mấy" ask."""
    if not words[i - 1].unmarked:
        return True
    return i >= len(words) or words[i].text in ("don", "khach", "goi", "cai", "hop", "tien", "chiec", "bua", "ngay")


def denied(words: Sequence[Word], head: Head) -> bool:
    """`chưa chốt`, `vẫn chưa bán được`; without marks only before a verb (sữa chua is no negation)."""
    if head.kind == "activity" and _reached_nobody(words, head):
        return True
    for back in (1, 2, 3):
        i = head.start - back
        if i < 0 or words[i].sort != "word":
            return False
        word = words[i]
        if word.text == "chưa" and not (i and words[i - 1].text in ("sữa", "cà")):
            return not (i + 1 < head.start and words[i + 1].sort == "sign")
        if word.text == "chua" and word.unmarked:
            return (i == 0 or words[i - 1].text not in ("sua", "ca")) and bool(verbs.YET_BARE.at(words, i))
        if word.text in ("đừng", "khỏi", "đâu"):
            return True
    return False


def _reached_nobody(words: Sequence[Word], head: Head) -> bool:
    """`không gặp được ai`, `chẳng gọi được cho nhà nào`, `không gặp chị Hoa`: work that wasn't done."""
    if not head.start or words[head.start - 1].text not in _NOT:
        return False
    if words[head.start - 1].text != "cha":
        return True
    behind = [word.text for word in words[head.end : head.end + _LONGEST_NOBODY]]
    return any(text in _ANYBODY for text in behind)


_NOT = frozenset({"không", "khong", "chẳng", "chang", "chả", "cha", "hổng", "hong", "hông", "ko"})
_ANYBODY = frozenset({"ai", "nào", "nao"})
_LONGEST_NOBODY = 5  # words


def denies(words: Sequence[Word]) -> bool:
    """Whether a clause says that something isn't so yet, whatever its verb."""
    things = inside(words)
    words = [word for i, word in enumerate(words) if i not in things]
    marked = any(word.text == "chưa" and not (i and words[i - 1].text in ("sữa", "cà")) for i, word in enumerate(words))
    return marked or verbs.YET_BARE.has([word for word in words if word.unmarked])


def planned(words: Sequence[Word], heads: Sequence[Head], today: date, named: AbstractSet[int] = frozenset()) -> bool:
    """Whether a clause speaks of what is to come: `mai gặp chị Hoa`, `định chốt`, `sắp ký`."""
    for word in words:
        if word.date is not None and (
            ahead(word, today) or (not word.date.readings and _FORWARD_TAIL.search(fold(word.date.text)))
        ):
            return True
    if words and (words[0].text in ("chờ", "đợi") or (words[0].text == "nhớ" and _recalls(words) is False)):
        return True
    first = heads[0].start if heads else len(words)
    past = any(_gone(word, today) for word in words)
    if _teaches(words, first) or treats(words):
        return True
    if (
        any(_means_to(words, head) for head in heads[:2])
        or _SURE_PLANS.has(words[:first])
        or any(start not in named for start, _ in _FORWARD.all(words))
    ):
        return True
    for head in heads[:2]:
        k = head.start
        if k and words[k - 1].text in ("mai", "mốt", "mot") and k - 1 not in named and not words[k - 1].capital:
            return True
        while k > 0 and words[k - 1].text in _FILL and words[k - 1].sort == "word":
            k -= 1
        if k - 1 in named:
            continue  # "anh Tinh mua"
        if k and words[k - 1].text in ("mốt", "mot") and k < head.start and k == 1:
            return True  # "mốt đi gặp"
        n = _PLANS.ending(words, k) or _PLANS.ending(words, head.start)
        last = words[k - 1 if _PLANS.ending(words, k) else head.start - 1].text if n else ""
        if last in _HAD_TO and (past or (head.kind == "refund" and last in ("phải", "phai"))):
            continue  # "hôm qua phải hoàn tiền", "nay phải đền cho anh Phi"
        if head.kind == "lost" and k < head.start:
            continue  # "tính lại rồi thôi"
        if n and (not words[k - 1].unmarked or _bare_plan(words, k)):
            return True
    return False


def _means_to(words: Sequence[Word], head: Head) -> bool:
    """`định | cuối tuần | bán nốt 20 cây`: the day stands between the meaning and the doing, and isn't a past one.

    Days are looked for in the past here, so it is the words of the day that tell.
    """
    k = day = head.start
    while k and (date := words[k - 1].date) is not None and not _OF_THE_PAST.search(fold(date.text)):
        k -= 1
    if words[head.end - 1].text in ("được", "duoc"):
        return False
    return 0 < k < day and words[k - 1].text in _MEANS and not words[k - 1].capital


_MEANS = frozenset({"định", "dinh", "tính", "tinh"})
_OF_THE_PAST = re.compile(r"(?:^| )(?:qua|kia|nay|truoc|roi|ngoai|vua)(?: |$)|[0-9]")
_TREATS = Lexicon("khao, đãi, chiêu đãi, ăn mừng, liên hoan, mở tiệc, nhậu, ăn nhậu")
_OFFERS = Lexicon("mời, bao, tặng, thưởng, biếu, dẫn đi, chở đi")
_WHO_TREATS = frozenset({"em", "mình", "minh", "tui", "tôi", "toi", "anh", "chị", "sếp", "sep", "cả", "ca", "nhóm"})


def treats(words: Sequence[Word]) -> bool:
    """`anh Lực mà chốt thì khao cả phòng`: what is promised if it comes about, before any amount."""
    then = next((i for i, word in enumerate(words) if word.text in ("thì", "thi") or word.sort == "amount"), len(words))
    clause = next((i + 1 for i in range(then - 1, -1, -1) if words[i].sort == "sign"), 0)
    if_so = any(word.text in ("mà", "ma") and not word.capital for word in words[clause:then])
    behind = then + 1
    while behind < len(words) and words[behind].text in _WHO_TREATS:
        behind += 1
    return bool(_TREATS.at(words, behind) or (if_so and _OFFERS.at(words, behind)))


def _recalls(words: Sequence[Word]) -> bool:
    """ "nhớ ra hôm qua bán 2 hộp" tells; "nhớ thứ 5 thu tiền" reminds."""
    return len(words) > 1 and words[1].text in ("ra", "lại", "là")


_HAD_TO = frozenset({"phải", "phai", "nhớ", "cần"})


def _gone(word: Word, today: date) -> bool:
    """Whether a date lies before today, by every reading of it."""
    days = word.date.readings.values if word.date is not None and word.date.readings else ()
    return bool(days) and all(day.date < today for day in days)


_GENERALLY = Lexicon("đơn nào cũng, khách nào cũng, ai cũng, hôm nào cũng bị")
_HEARD = Lexicon("nghe nói, nghe đồn, nghe bảo, thấy bảo, hình như, đồn là, nghe đâu, nghe phong phanh")


def _teaches(words: Sequence[Word], first: int) -> bool:
    """`cứ gặp 10 khách thì báo giá 4`: a rule, nothing that happened."""
    if _GENERALLY.has(words) or _HEARD.has(words[:first]):
        return True
    before = [word.text for word in words[:first]]
    behind = {word.text for word in words[first:]}
    return "cứ" in before[-2:] or ("cu" in before[-1:] and "thi" in behind and words[first - 1].unmarked)


def _bare_plan(words: Sequence[Word], k: int) -> bool:
    return words[k - 1].text in {
        "keu",
        "xin",
        "se",
        "dinh",
        "sap",
        "kien",
        "muon",
        "tinh",
        "phai",
        "can",
        "bi",
        "gang",
        "rang",
        "vong",
        "neu",
        "nho",
    }


def ahead(word: Word, today: date) -> bool:
    """Whether a date lies after today, by every reading of it."""
    return (
        word.date is not None
        and bool(word.date.readings)
        and all(day.date > today for day in word.date.readings.values)
    )


def interested(words: Sequence[Word], heads: Sequence[Head] = (), named: AbstractSet[int] = frozenset()) -> bool:
    """Somebody asks, looks or thinks: nothing was sold, nothing lost.

    Behind a verb of buying with its amount such words are of the thing ("lấy 15 tấm ván ép giá 420k").
    """
    bought = next((head.start for head in heads if head.kind == "buy"), len(words))
    paid = any(word.sort == "amount" for word in words[bought:])
    last = bought if paid else len(words)
    if any(head.kind in ("lost", "refund") for head in heads):
        last = min(
            last, next((i for i in range(1, len(words)) if BECAUSE.at(words, i)), last)
        )  # "… vì chưa có nhu cầu"
    asks = any(words[i].text == "hoi" and words[i].unmarked and i - 1 in named for i in range(last))
    return asks or any(i not in named and _INTEREST.at(words, i, surely=True) for i in range(last))


_COLLEAGUES = Lexicon(
    "bên nhóm, bên phòng kinh doanh, bên tổ, tổ bên, bên đội, đội bên, team bên, nhóm bên, bên team, team khác, nhóm "
    "khác, team kia, phòng bên, chi nhánh khác, bên chi nhánh, thằng bên, con bên, đứa bên, đồng nghiệp, bên đối thủ, "
    "đối thủ, shop bên cạnh, tiệm bên cạnh, quán bên cạnh, nhà bên cạnh, shop đối diện, team bển, người ta, thiên hạ"
)
_OTHERS = Lexicon("bên đó, bên kia, bên ấy, người ta, họ, đối thủ, nhà cung cấp, bên bán, tụi nó, bên nó")


def of_others(words: Sequence[Word], head: Head) -> bool:
    """`bên đó báo giá 12tr`: somebody else did it; `chào cả nhà, tối nay livestream`: talk."""
    if (
        head.kind == "activity"
        and _EVERYBODY.has(words)
        and not any(word.sort in ("digits", "amount") for word in words)
    ):
        return True
    if head.kind in ("sell", "activity", "buy") and any(
        end <= head.start <= end + 2 for _, end in _COLLEAGUES.all(words)
    ):
        return True
    return head.kind == "activity" and bool(_OTHERS.ending(words, head.start))


_EVERYBODY = Lexicon("cả nhà, mọi người, cả team, các bạn ơi, anh em ơi, mn ơi")


def going_on(words: Sequence[Word], head: Head) -> bool:
    """`đang thương lượng`, `đang chốt`: not done yet."""
    return head.start > 0 and words[head.start - 1].text in ("đang", "dang") and not words[head.start - 1].capital


_NEVER_SOLD = Lexicon(
    "vay, mượn, cho vay, cho mượn, mượn tạm, vay tạm, vay nóng, ăn, uống, nhậu, ăn sáng, ăn trưa, ăn tối, ăn cơm, ăn "
    "phở, ăn bún, đi ăn, đi nhậu, uống cà phê, uống nước, uống bia, cà phê, cafe, đóng tiền thuê, trả tiền thuê, đóng "
    "tiền mặt bằng, trả tiền mặt bằng, tiền mặt bằng, thuê mặt bằng, tiền điện, tiền nước, tiền nhà, tiền trọ, đổ "
    "xăng, nhập nguyên liệu, nhập vải, phí sàn, đóng phạt, nộp phạt, nạp game, mừng cưới, đi đám cưới, đám cưới, đám "
    "giỗ, biếu, lì xì, trả góp ngân hàng, trả lãi ngân hàng, đóng thuế, nộp thuế, mua đồ ăn, mua cơm, mua xăng, sửa "
    "xe, rửa xe, gửi xe, rút tiền, rút, đóng học cho con, hỏi vay, hỏi mượn, xin vay, nhờ vay, trả lương, phát lương, "
    "ứng lương, chi lương"
)
_ADS = Lexicon("chạy ads, chạy quảng cáo, đăng quảng cáo, nạp quảng cáo")
_LENDS = Lexicon("cho mượn, cho vay, mượn tiền, vay tiền, cho mượn tạm, cho vay tạm, cho mượn tiền")
_GOODS_MONEY = Lexicon(
    "tiền hàng, tiền nhập, tiền nguyên liệu, lương, tiền công, tiền vải, tiền nhập hàng, tiền thuê, nợ"
)


def never_sold(words: Sequence[Word], heads: Sequence[Head], named: AbstractSet[int]) -> bool:
    """`vay anh Dũng 10tr`, `bạn Hoa cho mượn 500k`, `chuyển tiền hàng cho xưởng 18tr`: money, but of no sale."""
    lent = (end for _, end in _LENDS.all(words))
    if any(end < len(words) and words[end].sort == "amount" for end in lent):
        return True
    if _COLLEAGUES.at(words, 0) and not heads:
        return True
    if any(head.kind in ("sell", "refund", "promise", "lost") for head in heads):
        return False
    i = 0
    while i < len(words) and (words[i].sort in ("date", "sign") or i in named or words[i].text in _BEFORE_SPENDING):
        i += 1
    customers = i < len(words) and words[i].text == "mua" and any(k in named for k in range(i))
    if not customers and _NEVER_SOLD.at(
        words, i, surely=words[i].loose and not words[i].unmarked if i < len(words) else False
    ):
        return True
    if _ADS.at(words, i) and not named:
        return True
    for head in heads:
        if head.kind == "payment" and not any(k in named for k in range(head.start)):
            behind = words[head.end : head.end + 8]
            gives = next((k for k, word in enumerate(behind) if word.text == "cho"), None)
            if gives is not None and callings.SUPPLIERS.at(behind, gives + 1) and _GOODS_MONEY.has(behind):
                return True
    return False


_BEFORE_SPENDING = frozenset(
    {"mới", "vừa", "đã", "em", "mình", "tui", "tôi", "minh", "đi", "có", "lại", "moi", "vua", "hết"}
)


_TOLD_TO = Lexicon(
    "sếp bảo, sếp nói, sếp giao, sếp kêu, sếp yêu cầu, sếp ép, sếp đòi, công ty giao, công ty yêu cầu, công ty ép, "
    "quản lý giao, trưởng phòng giao, giá vàng, giá xăng, giá đô, tỷ giá, giá đất"
)


def asked_of_us(words: Sequence[Word], heads: Sequence[Head]) -> bool:
    """`sếp bảo tháng này phải 200tr`: an amount that somebody wants."""
    return not heads and bool(_TOLD_TO.at(words, 0))


def own_spending(words: Sequence[Word]) -> bool:
    """`đổ xăng 60k`, `nhận lương 8tr`: money, but nothing that was sold."""
    return any(_OWN_SPENDING.at(words, i) for i in range(min(4, len(words))))
