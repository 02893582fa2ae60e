"""How a deal is lost: the verbs of backing out, as data; a no; and who dealt with somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.core.sentences.line import Lexicon
from toolkit.kpi.sentence.callings import TITLES
from toolkit.kpi.sentence.numbers import number_ending
from toolkit.kpi.sentence.verbs import crossed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.core.sentences.line import Word

_RELATIONS = "hợp đồng|hđ|đơn|kèo|deal|lịch|lịch mua|mua|đặt|cọc|gói|khóa|khóa học|lớp|mối"
_DEALS = (
    "deal|khách|khách sỉ|khách quen|khách ruột|khách lớn|đơn|hợp đồng|hđ|kèo|mối|mối sỉ|mối lớn|mối quen|thầu|"
    "gói thầu|gói|dự án"
)
_GOING = "sang|qua|đi|theo|quay sang|quay qua|chọn|mua|mua của|lấy|lấy của|ký với|ký|đặt|thuê|dùng|chốt|chốt với|nhập"
_RIVALS = (
    "bên khác|chỗ khác|hãng khác|đơn vị khác|nơi khác|shop khác|công ty khác|nhà cung cấp khác|thương hiệu khác|"
    "người khác|bên kia|đối thủ|bên đối thủ"
)
_ENDS = (
    "nên thôi, lắc đầu, cancel, rớt, từ chối, hủy, đổi ý, quay xe, chê, rút lui, không thành, không thành công, không "
    "thành công với, deal fail, fail, fail deal, toang, tạch, lost deal, hết nhu cầu, thất bại, bỏ không, bỏ ngang, "
    "xù, xù kèo, xù đơn, thôi không, bỏ đi, bỏ về, không học nữa, nghỉ không học nữa, rút hồ sơ, rút đơn, không gia "
    "hạn nữa, rồi thôi, rồi lại thôi, xong lại thôi, trả kèo, nhưng thôi, nhưng lại thôi, nhưng rồi thôi"
)
BACKS_OUT = Lexicon(
    ", ".join(
        (
            crossed(
                "|tạm",
                "dừng|ngưng|ngừng",
                "lấy hàng|lấy|đặt hàng|nhập hàng|nhập|hợp tác|dự án|triển khai|" + _RELATIONS,
            ),
            crossed("hủy|thôi|bỏ|cắt|chấm dứt", _RELATIONS),
            crossed("nghỉ|thôi|bỏ", "học|tập|lớp|khóa|gói|tour|thuê|mua|lấy|đặt|chơi|hợp tác"),
            crossed("mất|rớt|trượt|tuột|vuột|hụt|hỏng|vỡ|gãy|bể|bẻ|lật|xịt|thua|sổng|lỡ|bỏ lỡ", _DEALS),
            crossed(_GOING, _RIVALS),
            crossed("chuyển sang|chuyển qua", "mua bên|lấy bên|dùng bên"),
            crossed("mất vào|rơi vào|về|lọt vào", "tay", "|đối thủ|bên khác"),
            crossed("coi như|xem như", "rớt|mất|xong"),
            crossed("bị|", "boom|bom|bùng", "|hàng|đơn|kèo"),
            _ENDS,
        )
    )
)
LEFT_PARCELS = Lexicon("bom, bom hàng, bom đơn, boom, boom hàng, boom đơn, bùng, bùng hàng, bùng đơn, không nhận hàng")
GOES_SILENT = Lexicon(
    "im ru, im re, im bặt, im thin thít, lơ luôn, bơ luôn, không hồi đáp, im lặng luôn, im lặng, im luôn, bặt "
    "tăm, mất hút, mất tích, lặn mất, lặn luôn, không phản hồi, không trả lời, không rep, seen không rep, không "
    "nghe máy, không bắt máy, không liên lạc được, không thấy trả lời, không hồi âm, block, chặn số, chặn zalo, "
    "lặn mất tăm, bặt vô âm tín, biệt tăm, mất tăm, không tin tức"
)
NOT = Lexicon("không, chẳng, chả, hổng, đâu có, không còn, không có, thôi không, hết muốn, khỏi, đéo, thôi khỏi")
WANTS = Lexicon(
    "muốn, chịu, được, thèm, hề, có, cho, dám, thể, kịp, đồng ý, còn, cần, định, đủ tiền, tính, thích, ưng, phải"
)
AGREES = Lexicon(
    "mua, lấy, chốt, chốt được, ký, kí, đặt, đăng ký, đồng ý, ưng, ưng ý, tham gia, làm nữa, nhận hàng, nhận, "
    "thuê, dùng, hợp tác, quan tâm, nhu cầu, có nhu cầu, book, gia hạn, tái tục, tái ký, duyệt, chọn, order, "
    "thích, nhập, lấy hàng, mua nữa, lấy nữa, mặn mà, bán được, ký được, cọc, đặt cọc, cần, cần nữa, muốn, chịu, "
    "vừa ý, hợp, ra đơn, ok, theo, bán, mua hàng, đặt hàng, xuống tiền, học nữa, học, dùng nữa, làm, tiếp tục, "
    "mua được, chịu giá"
)

_DEALS_WITH = Lexicon(
    "mua, lấy, đặt, chốt, chốt mua, ký, kí, thuê, dùng, chọn, mua của, lấy của, đặt của, chọn mua, mua luôn, ký với, "
    "ký hợp đồng với, dùng của, chốt với, mua lại của, xài, chuyển sang, chuyển qua, mua ở, đặt ở, nhập, nhập của"
)
_HOUSES = Lexicon(
    "bên, chỗ, shop, hãng, nơi, nhà, tiệm, công ty, nhà cung cấp, đơn vị, cửa hàng, đại lý, xưởng, thợ, người, spa, "
    "mối, sàn, quán, trung tâm, lớp, phòng, thương hiệu, đối tác, nhà thầu, studio, môi giới, sale"
)


def elsewhere(words: Sequence[Word], i: int, taken: set[int]) -> int:
    """`chốt mua của shop khác`, `đã mua bên Prudential`: they dealt with somebody else; how many words say so."""
    rival = _to_a_rival(words, i, taken)
    if rival:
        return rival
    n = _DEALS_WITH.at(words, i)
    if not n:
        return 0
    j = i + n
    while j < len(words) and words[j].text in ("của", "cua", "bên", "ben", "ở", "với", "voi", "hàng"):
        if words[j].text in ("bên", "ben") and _HOUSES.at(words, j + 1) == 0:
            break
        j += 1
    if (i - 1) in taken and not any(word.sort == "amount" for word in words):
        for k in range(i + n, min(i + n + 4, len(words) - 1)):
            brand = words[k + 1].capital and not TITLES.at(words, k + 1) and k + 1 not in taken
            if words[k].text in ("của", "cua") and brand and k > i + n:
                return n  # "chọn giải pháp của FPT"
    house = _HOUSES.at(words, j)
    thing = 0
    while not house and thing < 2 and j < len(words) and words[j].sort == "word":
        thing, j = thing + 1, j + 1  # "mua xe hãng khác"
        house = _HOUSES.at(words, j)
    if thing and words[j + house : j + house + 1] and words[j + house].text not in ("khác", "khac"):
        return 0
    if not house or number_ending(words, i) is not None:
        return 0
    for k in (j + house, j + house + 1, j + house + 2):
        if k < len(words) and (words[k].text in ("khác", "khac") or _NEARBY.at(words, k)):
            return k + max(1, _NEARBY.at(words, k)) - i
    started = i and (i - 1 in taken or words[i - 1].text in ("đã", "da", "lại"))
    brand = j + house < len(words) and words[j].text in ("bên", "ben") and words[j + house].capital
    paid = any(word.sort == "amount" for word in words)
    owner = bool(TITLES.at(words, j + house)) if brand else False
    return n if started and brand and not paid and not owner and words[i].text in ("mua", "ký", "ky", "đặt") else 0


def _to_a_rival(words: Sequence[Word], i: int, taken: set[int]) -> int:
    """`qua Điện Máy Xanh mua`, `ra tiệm ngoài chợ lấy`: they went to another house and bought there."""
    if words[i].text not in _GOES or any(word.sort in ("amount", "digits") for word in words[i:]):
        return 0
    end = i + 1
    while end < len(words) and words[end].capital and end not in taken:
        end += 1
    closing = _DEALS_WITH.at(words, end) if end - i > _BRAND else 0
    return end + closing - i if closing and end + closing == len(words) else 0


_GOES = frozenset({"qua", "sang", "ra", "đi", "chạy", "vô", "vào", "tới", "ghé"})
_BRAND = 2  # words of a going verb with at least two capitals


_NEARBY = Lexicon("kế bên, bên cạnh, đối diện, ngoài chợ, gần nhà, đầu ngõ, đầu hẻm, trên mạng, nước ngoài")


def declined(words: Sequence[Word], i: int) -> int:
    """`không mua`, `không có nhu cầu`, `không muốn lấy nữa`: how many words; 0 if nothing is declined here."""
    n = NOT.at(words, i)
    if not n:
        return 0
    for start in (i + n, i + n - 1):
        j = start
        for _ in range(3):
            agrees = AGREES.at(words, j) if j > i else 0
            more = WANTS.at(words, j) if j > i else 0
            if agrees and (agrees >= more or not more):
                return j + agrees - i
            if not more:
                break
            j += more
    closes = i + n + 1 < len(words) and words[i + n + 1].text == "nữa"  # "không vay nữa"
    return n + 2 if closes else 0
