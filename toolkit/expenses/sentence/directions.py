"""Which way money goes, as far as the grammar of a clause shows it: who lends, borrows, repays, collects, moves, earns.

What the words leave open stays open: then the classifier decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from toolkit.expenses.model import Kind
from toolkit.expenses.sentence.line import Lexicon
from toolkit.expenses.sentence.people import KIN, SPEAKER, person_at

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from toolkit.expenses.sentence.line import Word

Actor = Literal["self", "third", "customer", "other"]

OPEN = frozenset({Kind.EXPENSE, Kind.INCOME})

_OPENERS = Lexicon(
    "à, ơ, ủa, ừ, ờ, mới, vừa, vừa mới, cuối cùng, thì, nay, rồi, xong, và, thêm, tự nhiên, hồi nãy, nãy, sáng,"
    "trưa, chiều, tối, khuya, đêm, hôm, bữa, nữa, cũng, đã, nhờ, nên, ghi, log, note, hết tiền nên, đầu tháng,"
    "cuối tháng, với, luôn, may quá, trời ơi, ghi giùm, ghi lại, hết xèng nên, kẹt quá, kẹt tiền, bí quá, đi, chạy, được,"
    "nhắn mãi, đòi mãi, đòi hoài, chạy qua nhà, hỏi, xin, qua nhà, ghé nhà, sang nhà, tới nhà"
)
_JOINING = Lexicon("mà, còn, có, lại", exact=True)
_ADVERBS = Lexicon(
    "nó, mới, cũng, đã, vừa, vừa mới, qua, sang, đem, mang, tự, có, đến, ghé, chịu, lên, xuống, về, ổng, bả, lại, còn, đang,"
    "chuyển, ck, gửi, chuyển khoản, bank, chiều nay, bữa nay, hôm nay, sáng nay, cuối cùng, đòi, bảo, tính, đi"
)
_LOANS = Lexicon(
    "mượn, vay, hỏi mượn, hỏi vay, xin vay, xin mượn, đi vay, đi mượn, mượn tạm, vay tạm, vay nóng, vay mượn, giật tạm, giật nóng, giật đỡ"
)
_ASKED_OF = frozenset({"hỏi", "xin", "nhà", "hoi"})
_ASKED = Lexicon("hỏi mượn, hỏi vay, xin vay, xin mượn")
_HIRED = Lexicon("người, thợ, xe, nhà")
_DRESSES = Lexicon("mua, cái, chiếc, may, đầm, chân, áo, giặt, ủi, thuê, sửa, nhập, bán")
_PAY = Lexicon(
    "trả, hoàn trả, hoàn lại, gửi trả, gửi lại, đưa lại, chuyển trả, ck trả, chuyển lại, bank lại, ck lại,"
    "chuyển khoản trả, chuyển khoản lại, thanh toán, tất toán, clear nợ, thối lại, đem trả, trả lại,"
    "bank trả, hoàn tiền, chuyển tiền trả, quay lại trả, đưa trả"
)
_REFUND = Lexicon("hoàn, gởi lại, gởi trả", exact=True)
_TEAS = frozenset(
    "da đá sua sữa dao đào chanh tac tắc xanh oolong olong mang gung atiso den vai vải sen bi lipton thai hoa vịt".split()
)
_PAID_BACK = Lexicon(
    "lại, hết, nốt, bớt, dần, dứt, xong, đủ, cho, tiền cho, nợ, tiền nợ, tiền mượn, tiền vay, tiền thiếu, tiền, một phần,"
    "nốt nợ, trước, luôn, được, rồi, phần, một nửa, phân nửa, nợ cho, trả"
)
_NOT_DEBT = Lexicon(
    "góp, lãi, lương, công, phòng, phí, bill, cước, cọc, tiền lãi, tiền công, tiền lương, tiền hàng, thưởng, hàng, hoa hồng, cộng tác viên, ctv, nhân viên, thợ, phụ hồ, người làm, shipper, lính, công nhân, mẫu, photographer"
)
_DEBT_NOUN = Lexicon(
    "nợ, tiền mượn, khoản mượn, tiền vay, khoản vay, tiền thiếu, tiền ứng, mình ứng, tui ứng, tôi ứng, em ứng, nó ứng,"
    "đã mượn, đã vay, dư nợ, thẻ tín dụng, tiền gốc, khoản cũ, số tiền mượn, ứng trước, mua chịu, còn thiếu, mua thiếu,"
    "tiền nợ, gốc, nợ gốc, tiền mượn tạm, mượn tạm, ứng hộ, ứng giúp, ứng giùm, ứng bữa, tiền cho mượn, tiền cho vay,"
    "cho mượn, cho vay, mượn hôm, mượn hồi, mượn bữa, mượn đợt, thiếu hôm qua, trả hộ, trả giùm, trả giúp, trả dùm, nộp hộ,"
    "đóng hộ, đã ứng, vay mua, mượn mua, mượn đóng, mượn nạp, spaylater, trả sau, ghi sổ, tiền góp vay, vay nóng, thẻ vib,"
    "mượn, vay"
)
_HELP = Lexicon(
    "hộ, giúp, giùm, dùm, thay, giùm cho, hộ cho, giúp cho, dùm cho, trước giùm, trước hộ, trước giúp, trước cho"
)
_HELPED = Lexicon("trả, đóng, nộp, mua, đặt, ứng, order, thanh toán, ck, chuyển, lấy")
_DEMAND = Lexicon(
    "đòi được, đòi nợ, thu nợ, thu được nợ, thu hồi nợ, thu hồi tiền cho vay, thu lại nợ, thu lại tiền,"
    "thu được, thu hồi, lấy lại tiền, lấy lại được tiền, nhận lại tiền, đòi lại được, nhận lại tiền cho, thu lại"
)
_CLAIM = Lexicon("đòi, đòi lại", exact=True)
_ADVANCE = Lexicon(
    "ứng, ứng trước, ứng giúp, ứng hộ, ứng giùm, ứng dùm, ứng tiền, ứng tạm, ứng trước cho, ứng trước hộ"
)
_OWED_TO = Lexicon("tiền, nợ, trả, đưa lại, gửi lại")
_PAY_ADVANCE = Lexicon("lương, lương trước, trước lương, tiền lương, tạm ứng lương, trước tiền lương, tháng, luong")
_COMES_BACK = Lexicon("gửi lại, đưa lại, trả lại, trả sau, nợ, mai trả, mốt trả, sẽ trả, sẽ gửi")
_ON_CREDIT = Lexicon(
    "mua chịu, mua thiếu, lấy chịu, lấy thiếu, ăn thiếu, ăn chịu, ghi sổ, giải ngân, cầm xe, cắm xe, cầm đồ, cầm nhẫn, cầm vàng, cầm điện thoại, cầm máy, ghi nợ, vay nợ",
    exact=True,
)
_SOLD_ON_CREDIT = Lexicon("bán chịu, bán thiếu, cho thiếu, cho nợ, cho ghi sổ, cho mua chịu, cho chịu", exact=True)
_OWES = Lexicon("nợ, thiếu, còn nợ, còn thiếu")
_GIVE = Lexicon(
    "cho, gửi, đưa, biếu, chuyển, chuyển khoản, ck, bank, tặng, lì xì, mừng, mừng tuổi, dúi, dúi cho, chu cấp,"
    "bồi dưỡng, thưởng, bo, boa, tip, hỗ trợ, phát, gửi về, gửi lên, gửi cho, đưa cho, chuyển cho, ck cho,"
    "biếu lại, trợ cấp, đặt cọc, cọc, viện trợ, tài trợ, đưa thêm, cho thêm, gửi thêm, bơm tiền"
)
_FEASTS = Lexicon(
    "tân gia, đầy tháng, thôi nôi, sinh nhật, nhà mới, đám cưới, đám ma, cưới, thọ, tuổi, khai trương, đám hỏi, cưới bạn, đám, giỗ, điếu, viếng,"
    "tuổi thọ, đầy năm, tốt nghiệp, lên chức, ăn hỏi, hỏi, đám giỗ"
)
_INVITES = Lexicon(
    "mừng, phúng, viếng, đi cưới, cưới, mời, đãi, bao, thăm, đi đám cưới, đi đám, đám cưới, đi phúng, hụi, chúc mừng, tiền mừng, mừng cưới, phúng điếu, phúng viếng"
)
_EARNED = Lexicon("thưởng, trợ cấp, hỗ trợ, phát, bồi dưỡng, chu cấp, viện trợ, tài trợ, tip, bo, boa, cọc, đặt cọc")
_TO = Lexicon(
    "cho, về cho, về, vô cho, lên cho, qua cho, sang cho, thêm cho, lại cho, tiền cho, tiền, tiền về cho, xuống cho"
)
_CUSTOMERS = Lexicon(
    "khách, khách hàng, client, shopee, lazada, tiki, tiktok, tiktok shop, grab, ghn, ghtk, công ty, shop, momo, vietjet, zalopay,"
    "cửa hàng, đại lý, chủ thầu, phụ huynh, người ta, học viên, kho bạc, nhà trường, trung tâm, phường, vietnam airlines,"
    "ngân hàng, upwork, đối tác, brand, bưu điện, chủ trọ, chủ nhà, chỗ làm, xưởng, shipper, bạn hàng, học trò,"
    "thương lái, nhà xe, hãng, booking, agoda, airbnb, ahamove, viettel post, nhà máy, xí nghiệp, cơ quan, người thuê, người mua"
)
_CUSTOMERS_MARKED = Lexicon(
    "tiệm, quán, chủ, lái, bên, xã, trường, thầu, đài, đội, vựa, sàn, be, bảo hiểm xã hội", exact=True
)
_INCOME = Lexicon(
    "lãi sổ, thu học phí, thu tiền, bảo hiểm chi trả, bảo hiểm chi, bảo hiểm trả, bảo hiểm bồi thường, bảo hiểm đền, lương, refund, cashback, hoàn tiền, cổ tức, học bổng, trợ cấp, phụ cấp, doanh thu, thanh lý, tiền hàng về, được lì xì, được cho, được tặng,"
    "được biếu, được mừng, được thưởng, tiền mừng cưới, lời được, lãi tiết kiệm, nhuận bút, cho thuê, cho mướn, tiền mừng,"
    "tiền lãi tiết kiệm, bonus, lương hưu, hụi hốt, hốt hụi, tiền cho thuê, tiền cho mướn, lì xì được, tiền dạy,"
    "tiền bán, chạy xe được, được trả công, được bo, được tip, trúng số, trúng thưởng, trúng giải, trúng vé số, tiền tăng ca, tiền cod,"
    "được hoàn, được đền, được bồi thường, lãi cổ phiếu, được hỗ trợ, hoa hồng đơn, hoa hồng bán, lãnh lương, lĩnh lương, nhận lương,"
    "thắng bài, nhặt được, lượm được, lụm được, đánh bài ăn, đánh bài thắng, đá gà ăn, nhận tiền, thưởng tết, thưởng lễ, thưởng tháng, thưởng quý, thưởng doanh số"
)
_EARNING = Lexicon("lãnh, lĩnh, nhận, thưởng, trúng, thắng, nhặt, lượm, lụm, thu nhập, tiền lời", exact=True)
_FEW = frozenset({"hai", "ba", "mấy", "bốn", "các", "2", "3", "4"})
_OTHERS_PAY = Lexicon(
    "nhân viên, thợ, phụ, bé, con bé, người làm, lính, đứa phụ, phục vụ, đầu bếp, cho nhân viên, cho thợ, cho mấy đứa, cho lính, công nhân, shipper, giúp việc"
)
_OWN_FAMILY = Lexicon("chồng, vợ, ông xã, bà xã, ox, bx, vk, ck, của chồng, của vợ")
_FOR_OTHERS = Lexicon(
    "dạo, mấy cô, mấy chị, mấy đứa, mấy bà, đóng vai, khách, người ta, hàng xóm, học viên, phụ huynh, kh, thuê, mướn, kiếm thêm, cho nhà, bà con, chủ nhà, chủ vườn, nhà bà, nhà ông, nhà cô"
)
_BUYS = Lexicon("mua, thuê, mướn, ăn, uống, đóng tiền nhà, đóng tiền trọ, đặt, order, nhập")
_INTEREST_PAID = Lexicon(
    "tiền lời trả, tiền lời vay, lãi vay, trả lời, tiền lãi vay, đóng lời, đóng lãi, tiền lời đóng"
)
_CUSTOMER_PAYS = Lexicon(
    "đóng, thanh toán, trả, chuyển, ck, gửi, đặt, cọc, hoàn, đền, bo, tip, nộp, chi, phát, thưởng, bank, bồi thường, nhập lãi, cho, tặng, về, tạm ứng, ứng, boa, đối soát"
)
_SELL = Lexicon("bán, thanh lý, pass, pass lại, bán lại")
_SPEND = Lexicon(
    "mua, ăn, uống, đổ, đóng, nạp, sửa, thuê, hết, tốn, cắt, gội, khám, nộp, cúng, phúng, phúng điếu, phúng viếng, vá, rửa,"
    "thay, đi chợ, đi siêu thị, mừng cưới, đám cưới, đi đám, biếu, lì xì, gửi xe, ship, nhập hàng, nhập, trả góp, mướn, đặt,"
    "order, book, học phí, tiền điện, tiền nước, tiền nhà, tiền trọ, tiền mạng, tiền phòng, tiền học, bảo hiểm, vé, nhậu,"
    "nhuộm, uốn, làm móng, làm nail, xem phim, chi, phạt, mất, rớt, photo, in, may, giặt, bơm, thay nhớt, bảo dưỡng, xăng,"
    "cà phê, cf, phở, bún, cơm, trà sữa, bánh mì, thuốc, gạo, rau, thịt, cá, trứng, sữa, đánh rơi, công đức, quyên góp, ủng hộ"
)
_WALLETS = Lexicon(
    "momo, zalopay, zalo pay, shopeepay, shopee pay, viettel money, vnpay, moca, airpay, viettelpay, vnpt money, ví, ví momo, ví grab, ví điện tử,"
    "payoneer, paypal, wise, ví zalopay, ví shopee, ví be, tài khoản, tk, acc, thẻ ngân hàng, tiền vào thẻ, tiền vô thẻ,"
    "tiền vào tk, tiền vô tk, tiền mặt vô tk, tiền mặt vào tk, tiền vào tài khoản, tiền vào ví, tiền vô ví, tiền mặt, ví trả trước"
)
_BANKS = Lexicon(
    "vcb, vietcombank, tcb, techcombank, tech, mb, mbbank, mb bank, vpbank, acb, tpbank, tp bank, bidv, agribank, vietinbank,"
    "sacombank, vib, shb, hdbank, ocb, msb, scb, timo, cake, ví, momo, zalopay, shopeepay, thẻ, tk, tài khoản, acc, ngân hàng,"
    "stk, số tài khoản, viettel money, tài khoản tiết kiệm, tk tiết kiệm, thẻ atm, thẻ lương, bank, tiền mặt, sổ, sổ tiết kiệm"
)
_WITHDRAW = Lexicon("rút")
_SALES = Lexicon(
    "bán hàng, tiktok, tiktok shop, shopee, shop, lazada, hoa hồng, affiliate, doanh thu, upwork, fiverr, youtube"
)
_WITHDRAWN = Lexicon(
    "tiền, atm, ví, momo, zalopay, shopeepay, payoneer, paypal, sổ, tiết kiệm, thẻ, tk, tài khoản, quỹ, heo, lợn, hết, bớt, từ, ra, ở cây, cây, tại, viettel money, túi thần tài,"
    "ống heo, viettelpay, vnpay, một ít, ít, thêm, lương, về, ngân hàng, vcb, mb, tech, bidv, acb"
)
_NOT_WITHDRAWN = Lexicon("tiền vay, hầm cầu, ruột, kinh nghiệm, thăm, vốn vay, bảo hiểm, bhxh")
_CASH = Lexicon("tiền mặt")
_TOLLS = Lexicon("thu phí, epass, vetc, etc")
_ATM = Lexicon("atm, cây atm")
_LOAD = Lexicon("nạp, top up, topup, nộp, đem tiền mặt nộp, bỏ tiền mặt, nạp tiền, nộp tiền")
_MOVE = Lexicon("chuyển, ck, chuyển khoản, chuyển tiền, bank, wise, đổi tiền, rút")
_INTO = Lexicon("qua, sang, về, vào, vô, ra")
_SAVE = Lexicon(
    "gửi tiết kiệm, gửi sổ, gửi góp tiết kiệm, bỏ heo, bỏ ống, bỏ ống heo, bỏ lợn, cất tiết kiệm, bỏ tiết kiệm, gửi ngân hàng,"
    "tất toán sổ, túi thần tài, gởi tiết kiệm, gửi thêm vào sổ, bỏ lon, gửi vào sổ, rút lợn, đập heo, đập lợn, gửi thêm sổ, gởi sổ, mở sổ,"
    "tích lũy, tất toán tiết kiệm, heo đất, lợn đất, ống heo, sổ tiết kiệm, tài khoản tiết kiệm, tk tiết kiệm, gửi tiền tiết kiệm, cất sổ,"
    "bỏ vô tiết kiệm, bỏ vào tiết kiệm"
)
_SAVED_INTEREST = Lexicon("lãi, lời, tiền lời, tiền lãi")


@dataclass(frozen=True)
class Direction:
    """The kinds that the words leave open, and the words that name the other person (from, to)."""

    kinds: frozenset[Kind]
    person: tuple[int, int] | None = None


def direct(words: Sequence[Word], people: Collection[str] = ()) -> Direction:
    """The direction of a clause, given as its words without amounts, dates and signs."""
    start = _opening(words)
    therefore = next((i for i, word in enumerate(words) if word.text == "nên" and i + 1 < len(words)), None)
    if therefore is not None and (_LOANS.at(words, therefore + 1) or _GIVE.at(words, therefore + 1)):
        start = therefore + 1
    return (
        _transfer(words, start)
        or _debt(words, start, people)
        or _helped(words, start, people)
        or _plain(words, start, people)
    )


def _only(kind: Kind, person: tuple[int, int] | None = None) -> Direction:
    return Direction(frozenset({kind}), person)


def _opening(words: Sequence[Word]) -> int:
    i = 0
    while i < len(words):
        n = _OPENERS.at(words, i) or _JOINING.at(words, i)
        if not n or _LOANS.at(words, i):
            return i
        i += n
    return 0 if i >= len(words) else i


def _actor(
    words: Sequence[Word], start: int, verb: int, people: Collection[str], *, gives: bool = False
) -> tuple[Actor, tuple[int, int] | None]:
    """Who does what the verb at `verb` says, judged by the words before it."""
    while start < verb and _OPENERS.at(words, start):
        start += _OPENERS.at(words, start)
    if start >= verb:
        return "self", None
    if start and words[start - 1].text in _ASKED_OF and person_at(words[:verb], start, people):
        return "self", (start, start + person_at(words[:verb], start, people))  # "hỏi chị Bảy mượn"
    if SPEAKER.at(words, start):
        after = start + SPEAKER.at(words, start)
        while after < verb and (_ADVERBS.at(words, after) or _OPENERS.at(words, after)):
            after += _ADVERBS.at(words, after) or _OPENERS.at(words, after)
        return ("self", None) if after >= verb else ("other", None)
    customer = _CUSTOMERS.at(words, start) or _CUSTOMERS_MARKED.at(words, start)
    if customer and not (words[start].text == "chủ" and words[start].capital):
        return ("customer", None) if verb - start <= (customer + 1 if gives else 7) else ("other", None)
    end = verb
    while end > start + 1 and _ADVERBS.at(words, end - 1) == 1 and not words[end - 1].capital:
        end -= 1
    named = person_at(words[:end], start, people, any_name=end - start == 1 and not gives)
    if not named and not gives and KIN.at(words, start):
        named = KIN.at(words, start)  # "thằng phụ hồ mượn": somebody, called by what they do
    whole = start + named >= end or (words[start + named].text in ("ở", "o", "bên", "dưới", "ngoài", "trên", "hàng"))
    if named and (whole or (KIN.at(words, start) and not gives)) and end - start <= 6:
        return "third", (start, start + named if whole or not KIN.at(words, start) else end)
    return "other", None


def _object(words: Sequence[Word], i: int, people: Collection[str]) -> tuple[int, int] | None:
    """The person that words from i on begin with."""
    n = person_at(words, i, people, any_name=True)
    if n and (_CUSTOMERS.at(words, i) or _CUSTOMERS_MARKED.at(words, i)) and not KIN.at(words, i):
        return None
    return (i, i + n) if n else None


def _transfer(words: Sequence[Word], start: int) -> Direction | None:
    saved = _SAVE.find(words)
    if saved and not _SAVED_INTEREST.has(words[: saved[0]]):
        return _only(Kind.TRANSFER)
    out = _WITHDRAW.find(words)
    if out and (out[0] <= start + 2 or _ATM.has(words[: out[0]])) and not _NOT_WITHDRAWN.at(words, out[1]):
        charge = out[0] and words[out[0] - 1].text in ("phí", "phi", "giấy", "dây")
        if not charge and _SALES.has(words[out[1] :]):
            return Direction(frozenset({Kind.TRANSFER, Kind.INCOME}))
        if not charge and (out[1] == len(words) or _WITHDRAWN.at(words, out[1]) or _ATM.has(words)):
            return _only(Kind.TRANSFER)
    load = _LOAD.find(words)
    if load and load[0] <= start + (5 if _CASH.has(words) else 2) and not _TOLLS.has(words):
        j = load[1]
        j -= words[j - 1].text in ("tiền", "tien")
        j += 1 if j < len(words) and words[j].text in ("tiền", "tien", "thêm") and not _WALLETS.at(words, j) else 0
        if _WALLETS.at(words, j) or (_INTO.at(words, j) and _BANKS.at(words, j + 1)):
            return _only(Kind.TRANSFER)
    move = _MOVE.find(words)
    if move and move[0] <= start + 1:
        rest = words[move[1] :]
        if rest and rest[0].text in ("từ", "tu") and _INTO.has(rest):
            return _only(Kind.TRANSFER)
        for i, end in _INTO.all(rest):
            if _BANKS.at(rest, end) and i <= 3 and not _foreign(rest, end):
                return _only(Kind.TRANSFER)
    return None


def _foreign(words: Sequence[Word], i: int) -> bool:
    """Whether the account at i is somebody else's: qua tk mẹ, vào thẻ anh Ba."""
    n = _BANKS.at(words, i)
    j = i + n
    while j < len(words) and _BANKS.at(words, j):
        j += _BANKS.at(words, j)
    if any(words[k].text in ("của", "cua") and SPEAKER.at(words, k + 1) for k in range(j, len(words) - 1)):
        return False
    j += 1 if j < len(words) and words[j].text in ("của", "cua", "cho") else 0
    return j < len(words) and not SPEAKER.at(words, j) and bool(person_at(words, j))


def _debt(words: Sequence[Word], start: int, people: Collection[str]) -> Direction | None:
    """Lend, borrow, repay, collect, by the first verb that can mean one of them."""
    named = KIN.at(words, start) or words[start : start + 1] and words[start].text == "ck"
    first = start + person_at(words, start, people) if named else start
    for i in range(first, len(words)):
        if words[i].capital:
            continue
        for lexicon, read in (
            (_DEMAND, _demanded),
            (_CLAIM, _demanded),
            (_PAY, _paid_back),
            (_REFUND, _paid_back),
            (_ADVANCE, _advanced),
            (_LOANS, _loaned),
            (_GIVE, _given),
            (_ON_CREDIT, _on_credit),
            (_SOLD_ON_CREDIT, _on_credit),
            (_OWES, _owed),
        ):
            n = lexicon.at(words, i)
            if n:
                found = read(words, start, i, i + n, people)
                if found is not None:
                    return found
    return None


def _demanded(words: Sequence[Word], start: int, i: int, j: int, people: Collection[str]) -> Direction | None:
    actor, _ = _actor(words, start, i, people)
    if actor != "self":
        return None
    if words[i].text in ("thu", "lấy", "nhận", "lay", "nhan") and not _DEBT_NOUN.has(words[i:]):
        return None
    if words[i].loose and not _DEBT_NOUN.has(words[i:]) and not words[i + 1 :]:
        return None
    for k in range(j, len(words)):
        if _PAID_BACK.at(words, k) or words[k].text in ("của", "từ", "cua", "tu", "mãi", "hoài", "được", "khoản"):
            continue
        who = _object(words, k, people)
        if who:
            return _only(Kind.COLLECT, who)
    return _only(Kind.COLLECT)


def _paid_back(words: Sequence[Word], start: int, i: int, j: int, people: Collection[str]) -> Direction | None:
    if j < len(words) and (words[j].text == "sau" or (words[i].loose and words[j].text in _TEAS)):
        return None  # a bill that is paid afterwards; trà sữa typed without marks
    actor, who = _actor(words, start, i, people)
    if words[j - 1].text in ("tiền", "tien") and actor in ("other", "self", "third") and "ho" in words[i].text:
        if not (who and KIN.at(words, who[0])) and not _DEBT_NOUN.has(
            [w for w in words[j:] if w.text not in ("thẻ", "the")]
        ):
            return _only(Kind.INCOME)
    passive = i > 0 and words[i - 1].text in ("được", "duoc")
    owed = _DEBT_NOUN.has(words[j:])
    rest_is_not_debt = _NOT_DEBT.at(words, j) > 0 and not KIN.at(words, j)
    if passive and actor in ("self", "other"):
        return _only(Kind.COLLECT if owed else Kind.INCOME)
    if actor == "third":
        helped = _HELP.find(words, j)
        if helped and not owed and (helped[0] == j or not _HELPED.at(words, helped[0] - 1)):
            return _only(Kind.BORROW, who)
        if helped and not owed and helped[0] > j:
            return _only(Kind.COLLECT, who)
        if rest_is_not_debt and not owed:
            return _only(Kind.INCOME, who)
        goods = j < len(words) and words[j].text in ("tiền", "tien") and j + 1 < len(words) and not owed
        return Direction(frozenset({Kind.COLLECT, Kind.INCOME}) if goods else frozenset({Kind.COLLECT}), who)
    if actor == "customer":
        return _only(Kind.COLLECT if owed and not rest_is_not_debt else Kind.INCOME)
    if actor == "other":
        return None
    if (
        i
        and words[i - 1].text in ("mới", "chịu", "moi", "chiu")
        and start < i
        and not rest_is_not_debt
        and i + 1 >= len(words)
    ):
        return _only(Kind.COLLECT)  # "nhắc mãi mới chịu trả"
    if rest_is_not_debt:
        return _only(Kind.EXPENSE)
    if words[i].text in ("hoàn", "hoan") and words[j - 1].text in ("tiền", "tien") and not owed:
        return _only(Kind.INCOME)
    helping = _HELP.at(words, j)
    if helping:
        return _only(Kind.LEND, _object(words, j + helping, people))
    settles = words[i].text in ("thanh", "tất", "tat", "clear")
    k = j
    while k < len(words) and _PAID_BACK.at(words, k):
        k += _PAID_BACK.at(words, k)
    who = _object(words, k, people)
    if owed:
        return _only(Kind.REPAY, who or _later(words, k, people))
    if settles:
        return None
    bare = all(words[m].text not in ("tiền", "tien") for m in range(j, k)) or (k > 0 and words[k - 1].text in ("cho",))
    if who and bare:
        return _only(Kind.REPAY, who)
    helped = _HELP.find(words, j)
    if helped:
        return _only(Kind.LEND, _object(words, helped[1], people))
    return _only(Kind.EXPENSE) if words[i].text in ("trả", "tra") else None


def _later(words: Sequence[Word], k: int, people: Collection[str]) -> tuple[int, int] | None:
    """The person named behind `của`, `cho`, `với` or at the end of a debt: trả nốt phần đã mượn cho Hương."""
    for m in range(k, len(words)):
        if words[m].text in ("cho", "của", "với", "cua", "voi", "mượn", "vay") and m + 1 < len(words):
            n = person_at(words, m + 1, people)
            if n:
                return m + 1, m + 1 + n
    return None


def _advanced(words: Sequence[Word], start: int, i: int, j: int, people: Collection[str]) -> Direction | None:
    actor, who = _actor(words, start, i, people)
    if words[i].loose and _HELP.at(words, i + 1) and not _OWED_TO.has(words[j:]):
        return None  # "ung ho": ủng hộ, to donate
    if _PAY_ADVANCE.at(words, j) or _PAY_ADVANCE.has(words[i:]):
        return _only(Kind.INCOME)
    if actor == "self":
        while j < len(words) and (_HELP.at(words, j) or _TO.at(words, j) or _PAID_BACK.at(words, j)):
            j += _HELP.at(words, j) or _TO.at(words, j) or _PAID_BACK.at(words, j)
        return _only(Kind.LEND, _object(words, j, people) or _later(words, j, people))
    if actor == "third":
        return _only(Kind.BORROW, who)
    return _only(Kind.INCOME) if actor == "customer" else None


def _loaned(words: Sequence[Word], start: int, i: int, j: int, people: Collection[str]) -> Direction | None:
    if i and (words[i - 1].text in ("lãi", "lai", "lời", "gốc") or _HIRED.at(words, j)):
        return None
    if words[i].loose and words[i].text in ("vay", "muon"):
        if i and _DRESSES.at(words, i - 1):
            return None
        if words[i].text == "muon" and j < len(words) and words[j].text in ("mua", "an", "di", "uong", "co", "lam"):
            return None
    actor, who = _actor(words, start, i, people)
    if actor in ("third", "customer"):
        return _only(Kind.LEND, who)
    if actor == "other" and not (j < len(words) and words[j].text in ("tiền", "tien")):
        return None
    while j < len(words) and words[j].text in (
        "tiền",
        "tạm",
        "đỡ",
        "nóng",
        "của",
        "tien",
        "tam",
        "do",
        "nong",
        "cua",
        "từ",
        "thêm",
    ):
        j += 1
    return _only(Kind.BORROW, who or _object(words, j, people))


def _given(words: Sequence[Word], start: int, i: int, j: int, people: Collection[str]) -> Direction | None:
    """`cho`: whose money moves to whom, and whether it is to come back."""
    if words[i].loose and i and words[i - 1].text in ("đi", "di", "tiền", "tien"):
        return None  # "đi cho", "tien cho": chợ
    if words[i].text == "cho" and any(
        word.text in ("thuê", "thue") and not _LOANS.has(words[j : j + 4]) for word in words[j : j + 4]
    ):
        return _only(Kind.INCOME) if start >= i else None
    actor, who = _actor(words, start, i, people, gives=True)
    if i and words[i - 1].text in ("được", "duoc") and actor == "self":
        return _only(Kind.INCOME)
    if (
        words[i].text in ("lì", "li")
        and actor == "self"
        and not (j < len(words) and person_at(words, j) or _TO.at(words, j))
    ):
        return Direction(OPEN)
    loan = next((k for k in range(j, min(j + 8, len(words))) if _LOANS.at(words, k)), None)
    if loan is not None and words[loan].loose and words[loan].text == "vay" and actor == "other":
        loan = None
    if loan is not None and not _PAY.has(words[j:loan]):
        if actor == "other" and KIN.at(words, start) and i - start <= 5:
            actor, who = "third", (start, i)
        if actor == "third":
            return _only(Kind.BORROW, who)
        receiver = _object(words, j, people) if j < loan else None
        if receiver and SPEAKER.at(words, j):
            return _only(Kind.BORROW)
        after = loan + _LOANS.at(words, loan)
        after += 1 if after < len(words) and words[after].text in ("tiền", "tạm", "tam", "tien") else 0
        return _only(Kind.LEND, receiver or _object(words, after, people))
    if actor in ("third", "customer"):
        return _only(Kind.INCOME, who)
    if actor != "self" or (_EARNED.at(words, i) and not _TO.at(words, j)):
        return None
    if _HELP.has(words[j:]) and j < len(words) and words[j].text in ("trước", "truoc"):
        helped = _HELP.find(words, j)
        return _only(Kind.LEND, _object(words, helped[1], people) if helped else None)
    if j < len(words) and words[j].text in ("trước", "truoc") and _TO.at(words, j + 1):
        return _only(Kind.LEND, _object(words, j + 1 + _TO.at(words, j + 1), people))
    if words[i].text == "cho" and j < len(words) and words[j].text in ("thuê", "thue"):
        return _only(Kind.INCOME)
    while j < len(words) and _FEASTS.at(words, j):
        j += _FEASTS.at(words, j)
    while j < len(words) and _TO.at(words, j) and words[j].text not in ("tiền",):
        j += _TO.at(words, j)
    n = person_at(words, j, people)
    if n:
        return _only(Kind.EXPENSE, (j, j + n))
    return None


def _on_credit(words: Sequence[Word], start: int, i: int, j: int, people: Collection[str]) -> Direction | None:
    """`mua chịu`, `ghi sổ`, `bán thiếu`, `giải ngân`, `cầm xe`: who has the thing or the money, and who waits."""
    if _SOLD_ON_CREDIT.at(words, i):
        k = j + (j < len(words) and words[j].text == "cho")
        return _only(Kind.LEND, _object(words, k, people))
    actor, who = _actor(words, start, i, people)
    if actor in ("third", "customer"):
        return None if _PAY.has(words[j:]) else _only(Kind.LEND, who)
    k = j + (j < len(words) and words[j].text in ("của", "ở", "cho"))
    n = person_at(words, k, people)
    return _only(Kind.BORROW, (k, k + n) if n else None) if actor == "self" else None


def _owed(words: Sequence[Word], start: int, i: int, j: int, people: Collection[str]) -> Direction | None:
    if i and words[i - 1].text in ("dư", "du"):
        return _only(Kind.REPAY)
    actor, who = _actor(words, start, i, people, gives=True)
    if words[i].loose:
        return None  # "bo no", "no bung": a bowl, to be full
    if actor == "third":
        return _only(Kind.LEND, who)
    receiver = _object(words, j, people) if actor == "self" else None
    return _only(Kind.BORROW, receiver) if receiver and not words[i].loose else None


def _helped(words: Sequence[Word], start: int, people: Collection[str]) -> Direction | None:
    """`nộp hộ anh Quyết tiền liên hoan, anh ấy sẽ gửi lại`: paid for somebody else."""
    if not _HELPED.at(words, start):
        return None
    helped = _HELP.find(words, start)
    if helped is None or helped[0] > start + 5 or words[helped[0] - 1].text in ("ứng", "ung", "bảo"):
        return None
    who = _object(words, helped[1], people)
    kinds = {Kind.LEND} if _COMES_BACK.has(words[helped[1] :]) else {Kind.LEND, Kind.EXPENSE}
    return Direction(frozenset(kinds), who) if who else None


def _plain(words: Sequence[Word], start: int, people: Collection[str]) -> Direction:
    """Spending or earning, where nobody owes anybody."""
    if not words:
        return Direction(OPEN)
    if _INTEREST_PAID.has(words):
        return _only(Kind.EXPENSE)
    first = (
        start + 1 if words[start].text in ("tiền", "được", "tien", "duoc") and not _INCOME.at(words, start) else start
    )
    income = _INCOME.at(words, first) or _EARNING.at(words, first)
    if income:
        after = first + income
        after += after < len(words) - 1 and words[after].text in _FEW
        others = _OTHERS_PAY.at(words, after) or (person_at(words, after) and not _OWN_FAMILY.at(words, after))
        return Direction(OPEN) if others else _only(Kind.INCOME)
    if _SELL.at(words, first):
        return _only(Kind.INCOME)
    customer = _CUSTOMERS.at(words, first) or _CUSTOMERS_MARKED.at(words, first)
    if customer and any(
        _CUSTOMER_PAYS.at(words, k) for k in range(first + customer, min(first + customer + 7, len(words)))
    ):
        return Direction(OPEN) if words[first].loose else _only(Kind.INCOME)
    if _INCOME.has(words) or _EARNING.has(words) or _SELL.has(words) or words[-1].text in ("được", "duoc", "về"):
        return Direction(OPEN)
    if _FOR_OTHERS.has(words[first + 1 :]) and not _BUYS.at(words, start):
        return Direction(OPEN)
    spend = _SPEND.find(words)
    kinds = frozenset({Kind.EXPENSE}) if spend and spend[0] <= start + 2 else OPEN
    return Direction(kinds, _host(words, people))


def _host(words: Sequence[Word], people: Collection[str]) -> tuple[int, int] | None:
    """Whose feast it is, who is invited: mừng cưới chị Huyền, mời Long bia. Only somebody with a name."""
    invites = _INVITES.find(words)
    if invites is None:
        return None
    j = invites[1]
    while j < len(words) and _FEASTS.at(words, j):
        j += _FEASTS.at(words, j)
    n = person_at(words, j, people)
    return (j, j + n) if n and (n > KIN.at(words, j)) else None
