"""Who is named: kinship words, names, the member themself; people, not shops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.core.sentences.line import Lexicon
from toolkit.core.sentences.names import BARE_NAMES, GIVEN_NAMES

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from toolkit.core.sentences.line import Word

SPEAKER = Lexicon("mình, tui, tôi, tớ, tao, tau, mềnh, t")
KIN = Lexicon(
    "mẹ, má, mạ, mợ, mệ, u, bầm, bu, bố, ba, cha, tía, thầy, bọ, ông, bà, anh, chị, em, cô, dì, chú, bác, cậu, "
    "thím, dượng, o, ả, cụ, cháu, con, vợ, chồng, ox, bx, vk, ny, người yêu, bồ, crush, bạn, đứa, thằng, nhỏ, "
    "cái, vợ ck, vk ck, ông xã, bà xã, sếp, nội, ngoại, hai vợ chồng, vợ chồng, bố mẹ, ba mẹ, ba má, ông bà, anh "
    "chị, cô chú, các cụ, các bác, hàng xóm, đồng nghiệp, roommate, bạn bè, ae, anh em, chị em, mấy đứa, mấy đứa "
    "em, mọi người, cả nhóm, cả lớp, cả phòng, đám bạn, tụi bạn, lũ bạn, đồng đội, lớp trưởng, thủ quỹ, chủ trọ, "
    "chủ nhà, chủ quán, trưởng phòng, học trò, họ hàng, bà con, y, nó, ổng, bả, cổ, hắn, họ, team, nhà nội, nhà "
    "ngoại, nhà chồng, nhà vợ, bên nội, bên ngoại, nhà bên, nhóm, đứa bạn, thằng bạn, con bạn, người bạn, người "
    "quen, a, c, e"
)
THIRD = Lexicon("nó, ổng, bả, cổ, ảnh, hắn, họ, chúng nó, tụi nó, anh ấy, chị ấy, bạn ấy, anh ta, cô ấy, ông ấy, bà ấy")
_BRANDS = frozenset(
    """
    tết noel shopee tiki lazada grab be momo zalopay vcb tcb mb acb vib bidv agribank vietcombank techcombank
    highlands aeon lotte kfc netflix spotify facebook fb zalo google iphone samsung đà sài hà hải cần nha vũng phú
    tiktok atm winmart coopmart tp hcm mỹ nhật hàn pháp trung giáng quốc vietinbank sacombank starbucks phúc circle
    visa fpt viettel vinaphone mobifone evn internet gym tour
    """.split()  # noqa: SIM905  (a word list)
)
_RELATION = Lexicon(
    "đẻ, kế, nuôi, tổ trưởng, tổ phó, phụ hồ, phụ nail, phụ, hàng cá, hàng thịt, hàng rau, lớp trưởng, đầu xóm, "
    "cuối xóm, kế bên, trai, gái, rể, dâu, vợ, chồng, họ, cả, út, ruột, nội, ngoại, hàng xóm, chủ, chủ trọ, chủ "
    "nhà, chủ quán, trọ, cùng phòng, cùng lớp, cùng cty, cùng công ty, cùng nhà, cùng tổ, đồng nghiệp, cũ, thân, "
    "bạn, bạn thân, bảo vệ, tài xế, giúp việc, bé, em, anh, chị, già, lớn, nhỏ, học, bàn trên, cấp ba, cấp hai, "
    "cấp, yêu, quen, sếp, hai, ba, tư, năm, sáu, bảy, tám, chín, mười, bốn, đại học, đơn vị, khóa trên, ấy, tạp "
    "hóa, con, mẹ, bố, má, xã, trưởng"
)
_CALLED = frozenset(
    {"đứa", "thằng", "cái", "nhỏ", "dua", "thang", "cai", "nho", "o", "u", "y", "a", "c", "e", "ả", "chỉ"}
)  # never a person without a name
_TO_HIM = frozenset({"đưa", "dua", "gửi", "gui", "cho", "biếu", "với", "voi", "của", "cua", "tặng", "phụ"})
_HE_GIVES = frozenset(
    {"đưa", "dua", "gửi", "gui", "biếu", "tặng", "tang", "lì", "cho", "mượn", "vay", "sai", "mua", "bù"}
)
_NOT_NAMES = Lexicon(
    "ly, cốc, tô, bát, dĩa, đĩa, hộp, ổ, chai, lon, cũ, tiền, nợ, đủ, hết, nốt, bớt, dứt, lại, xong, dần, một, "
    "nửa, phần, cho, để, mua, đóng, đỡ, tạm, nóng, trước, giùm, dùm, giúp, hộ, rồi, mới, cũng, và, hỏi, xin, qua, "
    "sang, đi, về, ở, đến, tới, gửi, đem, đưa, chuyển, trả, mượn, vay, ứng, này, kia, nọ, đó, nè, nha, nhé, thì, "
    "mà, là, của, với, còn, hôm, bữa, ngày, sáng, trưa, chiều, tối, khoản, số, có, làm, xây, sửa, nhập, xoay, lo, "
    "chờ, ít, góp, được, hồi, đợt, lương, công, nhậu, ăn, uống, chơi, luôn, vào, vô, ra, lên, thêm, nữa, đổ, nạp, "
    "học, đây, mai, chừng, lúc, khi, bằng, trong, tháng, tuần, không, bank, xài, đã, ck, phí, thẻ, dư, lãi, quỹ, "
    "họ, hội, app, vé, tour, ship, đơn, hàng, bill, giá, hụi, vốn, gốc, thuế"
)


def person_at(words: Sequence[Word], i: int, people: Collection[str] = (), *, any_name: bool = False) -> int:
    """How many words from i on name a person; 0 if nobody is named there.

    `any_name`: the grammar expects somebody here, so a lower-case word that is nothing else is a name too.
    """
    if i >= len(words) or words[i].sort != "word":
        return 0
    if words[i].text == "ck":
        return int(_is_husband(words, i))
    kin = KIN.at(words, i)
    if kin == 0:
        return _name_at(words, i, people, any_name=any_name)
    more = _tail(words, i + kin, people, any_name=any_name)
    if words[i].text in _CALLED and kin == 1 and not more:
        return 0
    return kin + more


def _is_husband(words: Sequence[Word], i: int) -> bool:
    """`ck` is a husband or a bank transfer: `ck đưa 2tr`, `đưa ck`, `ck cho vay`; but `ck cho ba`."""
    if i and words[i - 1].text in _TO_HIM:
        return True
    if i + 1 >= len(words) or words[i + 1].text not in _HE_GIVES:
        return False
    return words[i + 1].text != "cho" or not person_at(words, i + 2)


def _tail(words: Sequence[Word], j: int, people: Collection[str], *, any_name: bool) -> int:
    """What hangs on to a kinship word: trai, hai, cùng phòng, a name."""
    start = j
    for _ in range(3):
        n = _RELATION.at(words, j)
        if start < j < len(words) and words[j - 1].capital and words[j].text in ("con", "cái"):
            break  # "bán cho cô Tư con gà"
        if not n or (j > start and words[j - 1].capital and not words[j].capital and words[j].unmarked):
            break  # "ba Sau ban gao": bán
        j += n
    if (
        j > start
        and words[j - 1].text in ("cấp", "cap", "lớp", "khóa")
        and words[j : j + 1]
        and words[j].sort == "digits"
    ):
        j += 1  # "đứa bạn cấp 3"
    if j > start and words[j - 1].capital and words[j - 1].unmarked:
        any_name = False
    named = _name_at(words, j, people, any_name=any_name)
    return j + named - start


def _name_at(words: Sequence[Word], j: int, people: Collection[str], *, any_name: bool) -> int:
    """A name at j: one or two capitalised words, a common given name, one of the member's own people."""
    n = 0
    while n < 3 and j + n < len(words) and words[j + n].capital and words[j + n].text not in _BRANDS:
        n += 1
    if n:
        return n
    if j >= len(words) or words[j].sort != "word":
        return 0
    text = words[j].text
    if text == "tự":
        return 0
    if text in GIVEN_NAMES or text in people or (words[j].unmarked and text in BARE_NAMES):
        return 1 if not _NOT_NAMES.at(words, j) or text in people else 0
    if any_name and words[j].typed[:1].isupper() and not words[j].typed.isupper() and text not in _BRANDS:
        return 1
    if any_name and not _NOT_NAMES.at(words, j) and 1 < len(text) <= 7:
        return 1
    return 0


def as_typed(words: Sequence[Word], typed: str) -> str:
    """The person as the member typed them."""
    return " ".join(typed[words[0].start : words[-1].end].split()) if words else ""
