"""What only looks like an amount: counts of pieces, models, metres, terms of payment, companies' names."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.core.money import Money
from toolkit.core.readings import Reading, several

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.core.money import AmountSpan

_SPOKEN = (
    r"(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|mốt|tư|lăm|trăm|chục|rưỡi|"
    r"mot|bon|nam|sau|bay|tam|chin|muoi|tu|lam|tram|chuc|ruoi)"
)
_COUNT = re.compile(rf"(?i){_SPOKEN}(?: {_SPOKEN}){{0,4}}")
# "một triệu hai một gói": the piece that a spoken price is of.
_THOUSANDS = r"(?:nghìn|nghin|ngàn|ngan)"
_HIGHER = rf"(?:triệu|trieu|tỷ|ty|trăm|tram) (?!một|mot){_SPOKEN}"
_OF_PIECE = re.compile(
    rf"(?i)(?<= )({_HIGHER}|{_THOUSANDS}|[0-9]{{1,3}}(?:k|tr[0-9]{{0,3}}))( )([^\W\d]+)(?=$|[,.;]| cho (?!mỗi|moi))"
)
_OF_ONE = re.compile(
    rf"(?i)(?<= )({_HIGHER}|{_THOUSANDS} (?!một|mot){_SPOKEN}|{_SPOKEN} {_THOUSANDS})( (?:một|mot) )([^\W\d]+)"
)
_NAMES_A_MODEL = re.compile(r"(?:19[5-9][0-9]|20[0-9]{2}|[0-9][.,][0-9])")
_PLAIN_MONEY = 100_000  # đồng; beside as much a year or a level is no further amount


def of_a_name(amount: AmountSpan, others: Sequence[AmountSpan]) -> bool:
    """`Xpander 2026 … 648 triệu`, `IELTS 6.5, học phí 15tr`: a bare year or level beside the price."""
    if not _NAMES_A_MODEL.fullmatch(amount.text.strip()):
        return False
    priced = (o.reading.values for o in others if o is not amount)
    return any(money is not None and money.amount >= _PLAIN_MONEY for values in priced for money in values)


_SMALL = 100  # without a unit: thousands, or millions in other trades ("bán 2 gói 12")


def asked_if_small(amount: AmountSpan) -> AmountSpan:
    typed = amount.text.strip()
    value = amount.reading.value
    if not typed.isdigit() or int(typed) >= _SMALL or value is None or value.amount != int(typed) * 1000:
        return amount
    options: list[Reading[Money | None]] = [
        Reading(Money(int(typed) * scale, value.currency)) for scale in (1000, 1_000_000)
    ]
    return replace(amount, reading=several("core.money_bare", options))


def price_of_one(text: str) -> str:
    """The pieces that a spoken price is of, out of sight: "một triệu hai một gói" is no million and 21 packs."""
    again = _OF_PIECE.search(text)
    if again is not None and re.search(rf"(?i)(?:{_SPOKEN}|[0-9]) {re.escape(again[3])} ", text[: again.start()]):
        text = text[: again.start(3)] + " " * len(again[3]) + text[again.end(3) :]
    for found in reversed(list(_OF_ONE.finditer(text))):
        piece = found[3].lower()
        if _PIECES.match(" " + piece) or re.search(rf"(?i){_SPOKEN} {re.escape(piece)}(?!\w)", text[: found.start()]):
            text = text[: found.start(2)] + " " * (found.end() - found.start(2)) + text[found.end() :]
    return text


def without_shares(text: str) -> str:
    """The words of sharing out of sight: of a sale with others the whole is read."""
    lower = text.lower()
    for phrase in ("chia đôi", "cưa đôi", "chia doi", "chia đều", "chia hai", "chia ba", "chia 2", "chia 3", "chia 4"):
        place = lower.find(phrase)
        if place >= 0:
            text = text[:place] + " " * len(phrase) + text[place + len(phrase) :]
    return text


# No amounts: "công ty Nam" is no tỷ, "15tr từ cty" no 15,4.
_NO_AMOUNTS = re.compile(
    r"(?i)(?<!\w)(?:xi (?:măng|mang)|đồng (?:hồ|phục)|dong (?:ho|phuc|trung)|đông trùng|vai thieu|củ (?:cải|sen|dền)|"
    r"(?:một|mot) (?:năm|nam)(?=\s*(?:$|[,.;)]|cho |với |voi ))|công ty|cong ty|(?<=khach )moi(?= coc)|"
    r"tu(?= (?:công ty|cong ty|cty|khach|chi|anh|co|chu|bac|em|shop|ben)(?!\w)))(?!\w)"
)
# "20 nghin 1 o" is twenty thousand each, not 20,100; the measure is left to stand behind the amount.
PER_ONE = re.compile(
    r"(?i)(?<=[0-9])( ?(?:nghin|ngan|nghìn|ngàn|k|tr|trieu|triệu))( (?:1|mot|một))"
    r"( (?:o|ổ|lốc|loc|vien|tam|qua|trai|tru|cay|goi|khay|giỏ|gio|mam|mâm|chục|chuc|tá)(?!\w))"
)
# "chốt đơn 350 chị Giang": a deal of 350,000, not 350 of something.
BARE_DEAL = re.compile(
    r"(?i)(?<!\w)(?:đơn|don|deal) [1-9][0-9]{2}"
    r"(?= (?:c|a|e|b|chị|chi|anh|cô|co|chú|chu|z+|bác|bac|em|bà|ông|ong|cho|của|cua) )"
)
_METRES = re.compile(
    r"(?i)(?<!\w)(?:hẻm|hem|rộng|rong|dài|dai|ngang|cao|mặt tiền|mat tien|đường|duong|ngõ|ngo|kiệt) "
    r"[0-9]{1,3}(?:[.,][0-9])?m(?!\w)"
)
# "18m2, 250k/m2": square metres where another amount says what they cost, not 18.2 million.
_SPOKEN_MONEY = re.compile(r"(?i)(?<!\w)(?:nghìn|nghin|ngàn|ngan|triệu|trieu)(?!\w)")
_AREA = re.compile(rf"(?i)(?<![\w.,/])(?:[0-9]{{1,4}}(?:[.,][0-9]{{1,2}})? ?|{_SPOKEN} )m(?:2|²)(?!\w)")
_MONEY_SIGNS = re.compile(
    r"(?i)[0-9] ?(?:k|tr|triệu|trieu|tỷ|ty|tỉ|nghìn|nghin|ngàn|ngan|đ|m2|m²)(?![a-zà-ỹ])|[0-9]\.[0-9]{3}"
)
# What only counts or names beside a price: "3 chục cam 45k chục", "50 hộp giấy 3 lớp x 4.500đ", "2.500 vien gach x
# 1.200d", "hoc phi ky 2 3tr6".
_IN_TENS = re.compile(
    r"(?i)(?<![\w.,])[0-9]{1,3} ch(?:ục|uc)"
    r"(?= (?!(?:k|ngàn|nghìn|ngan|nghin|triệu|trieu|tr|tỷ|ty|đồng|dong)(?!\w))[^\W\d])"
)
_LAYERS = re.compile(
    r"(?i)([0-9][^\W\d_]{0,10} [^0-9]{2,30} )([0-9]{1,2})"
    r"( ?(?:lớp|lop|tầng|tang|màu|mau|ngăn|mặt|cánh|inch) ?[x×*] ?(?=[0-9]))"
)
_MANY = re.compile(r"(?i)(?<![\w.,])[0-9]{1,3}\.[0-9]{3}(?= [^\W\d][^0-9,;]{1,40} [x×*] ?[0-9])")
_MODEL = re.compile(
    r"(?i)((?<!\w)[a-z]{1,6})([0-9]{1,2})(?= [0-9]{2,4} ?(?:k|tr|triệu|trieu|ngàn|ngan|nghìn|nghin)(?!\w))"
)
_TERMS = re.compile(
    r"(?i)(?<!\w)((?:kỳ|ky|đợt|dot|lần|lan|quý|quy|lớp|lop|khóa|khoa|phòng|phong|tầng|tang|khối|mẫu|mau|size|quận) )"
    r"([0-9]{1,2})(?= [0-9])"
)
_SLANG = re.compile(r"(?i)[0-9]{1,3}(?:[.,][0-9]{1,2})? ?(?:lít|lit|lốp|lop|chai|củ|cu|tỏi|toi|loét)")


def without_names(text: str) -> str:
    """Words that a number might be read into, out of sight."""
    if _AREA.search(text) and (len(_MONEY_SIGNS.findall(text)) > 1 or _SPOKEN_MONEY.search(text)):
        text = _AREA.sub(lambda found: "z" * len(found[0]), text)
    if len(_MONEY_SIGNS.findall(text)) > 0:
        text = _IN_TENS.sub(lambda found: "z" * len(found[0]), text)
    text = _LAYERS.sub(lambda found: found[1] + "z" * len(found[2]) + found[3], text)
    text = _MANY.sub(lambda found: "z" * len(found[0]), text)
    text = _TERMS.sub(lambda found: found[1] + "z" * len(found[2]), text)
    text = _MODEL.sub(lambda found: found[1] + "z" * len(found[2]), text)
    text = _METRES.sub(lambda found: "z" * len(found[0]), text)
    return _NO_AMOUNTS.sub(lambda found: "z" * len(found[0]), text)


def counts_things(text: str, amount: AmountSpan, others: Sequence[AmountSpan]) -> bool:
    """`1,5 lít mật ong 450k`, `2 lốp xe 1tr8`: a measure, where another amount says what it cost."""
    if (
        _BOTTLES.fullmatch(amount.text)
        and text[amount.end : amount.end + 1] == " "
        and not _NO_THINGS.match(text, amount.end + 1)
    ):
        return bool(_NOUN.match(text, amount.end + 1))  # "không lấy 2 chai nước hoa"
    if len(others) < 2 or not any(other.start > amount.end for other in others):
        return False
    if _TENS.fullmatch(amount.text) and text[amount.end : amount.end + 1] == " " and _NOUN.match(text, amount.end + 1):
        return True  # "hai chục nem lụi, tính trăm mốt"
    if _COUNT.fullmatch(amount.text):
        return bool(_PIECES.match(text[amount.end :]))  # "bốn trăm pallet gỗ giá …"
    behind = text[amount.end : amount.end + 1] == " " and _NOUN.match(text[amount.end + 1 :])
    if amount.text.strip().isdigit() and behind:
        return any(_MONEY_SIGNS.search(other.text) for other in others)  # "đặt 40 ghế xếp, đơn giá 250.000"
    if not _SLANG.fullmatch(amount.text):
        return False
    rest = text[amount.end :].lstrip()
    if _NO_THINGS.match(rest):
        return False  # "cọc thêm 5 chai nữa", "đưa 7 củ trước"
    if rest[:1] in ",-" and amount.text.endswith(("chai", "lốp", "lít")) and not _FEE.match(rest):
        return True  # "anh Lực - 4 lốp - 5tr2"
    return text[amount.end : amount.end + 1] == " " and rest[:1].isalpha()


_TENS = re.compile(rf"(?i){_SPOKEN} ch(?:ục|uc)")
_NOUN = re.compile(
    r"(?i)(?!(?:z+|cho|chị|chi|anh|cô|co|chú|chu|bác|bac|em|bà|ba|ông|ong|khách|khach|nhé|nhe|nha|nữa|nua|ship|tiền|tien|phí|"
    r"phi|và|va|với|voi|còn|con|đã|da|rồi|roi|luôn|luon|bạn|ban|bên|ben|mỗi|moi|một|mot|x|của|cua|c|a|e|b)(?!\w))[^\W\d]{2,}"
)
_BOTTLES = re.compile(
    rf"(?i)(?:[0-9]{{1,3}}(?:[.,][0-9]{{1,2}})?|{_SPOKEN}(?: {_SPOKEN}){{0,3}}) (?:lít|lit|lốp|lop|chai|con|ổ|o)"
)
_BEASTS = re.compile(
    r"(?i) (?:con (?:gà|ga|vịt|vit|heo|lợn|lon|bò|bo|trâu|trau|dê|de|cá|ca|tôm|tom|cua|mực|muc|chó|mèo|meo|chim|"
    r"ngan|ngỗng|dao)|"
    r"(?:ổ|o) (?:bánh|banh|khóa|khoa|cắm|cam|điện|dien))(?!\w)"
)
_FEE = re.compile(r"[,\- ]+(?:ship|phí|phi|cộng|cong|bớt|giảm)(?!\w)")
_PIECES = re.compile(
    r"(?i) (?:pallet|kiện|cây|cành|tấm|viên|bộ|cái|chiếc|con|trái|quả|hộp|thùng|gói|bao|chai|lon|ly|suất|phần|cuốn|tờ|"
    r"ký|kg|cân|mét|lít|tấn|áo|quần|bịch|túi|ổ|cặp|đôi|xô|lốc|loc|vé|ve|giỏ|gio|mâm|mam|buổi|buoi|thanh|chậu|chau|lô|bó|ổ|thẻ|can|bình|tuýp|hũ|lọ|vỉ|ống|khay|que|cuộn)(?!\w)"
)


_NO_THINGS = re.compile(r"(?i)(?:nữa|nua|trước|truoc|rồi|roi|luôn|luon|nhé|nhe|nha|đợt|dot|thôi|rưỡi|ruoi|cuối)(?!\w)")
_PEOPLE_SHORT = re.compile(r"(?i)[0-9]{1,4} ?(?:ng|n)")
_COUNTED = (
    "cuộc", "cuoc", "khách", "khach", "người", "nguoi", "tin", "bài", "bai", "lượt", "luot", "lead", "data", "buổi",
    "buoi",
    "cửa", "cua", "điểm", "diem",
)  # fmt: skip


def is_money(text: str, amount: AmountSpan) -> bool:
    """No bare number that counts what was done: "gọi 50", "nhắn 200 tin"."""
    shortened = _PEOPLE_SHORT.fullmatch(amount.text.strip())
    led = text[: amount.start].split()[-1:]
    if shortened and led and led[0].lower() in _DOERS:
        return False  # "ib 30 ng": thirty people
    if not amount.text.strip().isdigit() or len(amount.text.strip()) > 4:
        return True
    if text[amount.end : amount.end + 1] == " " and (
        _NOUN.match(text, amount.end + 1) or _BEASTS.match(text, amount.end)
    ):
        return False  # "gửi 7 bảng báo giá"
    before = text[: amount.start].split()[-2:]
    if len(before) > 1 and before[1].lower() in ("số", "so") and before[0].lower() in _NUMBERED:
        return False  # "hợp đồng số 27"
    after = text[amount.end :].split()[:1]
    if after and after[0].strip(",.;").lower() in _COUNTED:
        return False
    return not (before and before[-1].lower() in _DOERS)


_NUMBERED = frozenset({"đồng", "dong", "đơn", "don", "phiếu", "phieu", "hđ", "mã", "bàn", "phòng", "lô", "căn"})
_DOERS = frozenset(
    """
    thăm tham ghé demo gọi gặp nhắn inbox ib telesale tele call alo điện goi gap nhan dien thoại thoai tin đăng
    dang chat mail email
    """.split()  # noqa: SIM905
)
