"""How people write in a hurry: shorthand that the grammar has to understand, as data.

The classifier has its own, larger table; here stand the words that amounts, dates and directions hang on.
"""

from __future__ import annotations

SHORTHAND: dict[str, str] = {
    "hqua": "hôm qua", "hwa": "hôm qua", "hnay": "hôm nay", "hnai": "hôm nay", "hkia": "hôm kia",
    "tqua": "tối qua", "cqua": "chiều qua", "snay": "sáng nay", "tnay": "tối nay", "cnay": "chiều nay",
    "trc": "trước", "trk": "trước", "trướk": "trước", "r": "rồi", "rùi": "rồi", "ròi": "rồi", "roài": "rồi",
    "rui": "rồi", "gòi": "rồi", "dc": "được", "đc": "được", "dk": "được", "đx": "được", "đượk": "được",
    "vs": "với", "w": "với", "zới": "với", "dzới": "với", "dới": "với", "vói": "với", "wới": "với", "zoi": "với",
    "k": "không", "ko": "không", "hok": "không", "hông": "không", "hổng": "không", "hem": "không",
    "khum": "không", "khg": "không", "hôg": "không", "kô": "không", "kg": "kg",
    "mik": "mình", "mk": "mình", "mjk": "mình", "mìk": "mình", "thg": "thằng", "thk": "thằng",
    "cx": "cũng", "nx": "nữa", "j": "gì", "nc": "nước", "mún": "muốn", "mn": "mọi người", "mng": "mọi người",
    "dzìa": "về", "zìa": "về", "dìa": "về", "dzề": "về", "zề": "về", "dề": "về", "zô": "vô", "dzô": "vô",
    "bjo": "bây giờ", "chừ": "bây giờ", "nhiu": "nhiêu", "ngta": "người ta", "nta": "người ta", "zậy": "vậy",
    "dzậy": "vậy", "nhìu": "nhiều", "xg": "xong", "đt": "điện thoại", "dt": "điện thoại", "vk": "vợ",
    "kh": "khách", "cty": "công ty",
}  # fmt: skip

# Slips of the hand and half-typed marks in the words that decide a direction.
SLIPS: dict[str, str] = {
    "muợn": "mượn", "mươn": "mượn", "mựơn": "mượn", "đoi": "đòi", "trã": "trả", "duợc": "được", "đựơc": "được",
    "mược": "mượn", "tiên": "tiền", "tiển": "tiền", "bựa": "bữa", "nớ": "đó", "wa": "qua",
}  # fmt: skip

# Real words without any mark: in a sentence that is typed with marks they mean themselves.
REAL_WITHOUT_MARKS = frozenset(
    """
    cho qua no me ma bo ba co bac cau di chi ban mong thay la tu con hoa mai lan de may an do ca dau nho khi sao ra
    cao tay xe mua thu hai cua so to hong dung luon nha xin ai anh em khoe gia cha che lo mo moi nang tranh minh nhi
    huy ta khoa linh vy loan thanh vang trang long cay chia nam phi hay ha tinh dinh can nhac theo kem
    """.split()  # noqa: SIM905  (a word list)
)
