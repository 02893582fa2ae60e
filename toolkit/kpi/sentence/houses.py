"""Houses that buy: companies, shops, schools, classes; what is the name of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.kpi.sentence import callings, verbs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.core.sentences.line import Word


def firm_at(words: Sequence[Word], i: int) -> int:
    """`Nội thất Gia Khang`, `Sơn Hà Group`: how many words are a house called by its trade or by its English end."""
    if not words[i].typed[:1].isupper() or words[i].typed.isupper():
        return 0
    n = callings.TRADES.at(words, i)
    led = i > 0 and words[i - 1].text in ("cho", "bên", "với", "của", "khách", "ben", "voi", "cua", "khach")
    if n and led and i + n < len(words) and words[i + n].capital:
        while i + n < len(words) and words[i + n].capital:
            n += 1
        return n
    n = 1
    while i + n < len(words) and n < _LONGEST_FIRM and words[i + n].capital:
        n += 1
    return n if n > 1 and words[i + n - 1].text in callings.ENDS_OF_FIRMS else 0


_LONGEST_FIRM = 5  # words


CLEAR = frozenset(
    """
    shop tiệm quán spa salon resort homestay studio gara garage htx dn npp ubnd clb gym
    """.split()  # noqa: SIM905
)


_LET = frozenset(
    {"căn", "can", "phòng", "phong", "sang", "combo", "gói", "goi", "vé", "set", "thẻ", "the", "liệu", "voucher"}
)


def is_goods(words: Sequence[Word], i: int) -> bool:
    """`căn chung cư`, `combo spa`: what is sold or let, no buyer."""
    return i > 0 and words[i - 1].text in _LET


def trade_between(words: Sequence[Word], i: int) -> int:
    """`cho tiem | tra | chu Ba Kien`: without marks, one word between a house and whose it is."""
    led = i > 0 and words[i - 1].text == "cho" and words[i].text in _BARE_HOUSES
    opens = words[i].text in ("quan", "tiem") and (i == 0 or words[i - 1].sort in ("sign", "date"))
    opens = opens and not any(verb.at(words, i + 1) for verb in (verbs.SELLS, verbs.BUYS, verbs.PAYS))
    if (
        not (led or opens)
        or not words[i].unmarked
        or i + 3 >= len(words)
        or words[i + 1].sort != "word"
        or callings.TITLES.at(words, i + 1)
    ):
        return 0
    return int(callings.TITLES.at(words, i + 2) == 1 and words[i + 3].capital)


_BARE_HOUSES = frozenset({"quan", "tiem", "trai", "vua", "sap"})


def body_at(words: Sequence[Word], i: int) -> int:
    """`bên Đoàn | trường`, `bên Chi đoàn | phường 5`: how many words say whose union or league it is."""
    end = i
    while n := callings.BODIES.at(words, end):
        end += n
    numbered = end > i and end < len(words) and words[end].sort == "digits" and words[end - 1].text in _NUMBERED
    return end - i + numbered


_NUMBERED = frozenset({"phường", "phuong", "quận", "quan", "khối", "khoi"})


def is_here(words: Sequence[Word], i: int) -> bool:
    """One word that is a kind of house: "trường" of "thị trường" is none, "hang" only before a capital."""
    text = words[i].text
    named = i + 1 < len(words) and words[i + 1].capital and words[i - 1].text in ("tiền", "tien", "thu")
    if (
        i
        and not named
        and words[i - 1].text in ("tiktok", "shopee", "tok", "thị", "thi", "môi", "moi", "tiền", "tien", "thu")
    ):
        return False
    if text in CLEAR:
        return True
    following = words[i + 1] if i + 1 < len(words) else None
    named = following is not None and (following.capital or following.typed.isupper())
    opens = i == 0 or words[i - 1].text == "cho" or words[i - 1].sort in ("sign", "date", "amount")
    opens = opens or bool(verbs.SELLS.ending(words, i))
    if not named and text in ("quan", "tiem") and opens and i + 2 < len(words) and words[i].loose:
        named = bool(callings.TITLES.at(words, i + 1)) and words[i + 2].capital
    named = named or bool(trade_between(words, i))
    if not named and text == "nha" and i and words[i - 1].text == "cho" and i + 2 < len(words):
        named = bool(callings.TITLES.at(words, i + 1)) and words[i + 2].capital
    return named or (
        not words[i].loose
        and text in ("chuỗi", "xưởng", "viện", "quỹ", "hãng", "trại", "vựa")
        and following is not None
    )


def class_at(words: Sequence[Word], i: int) -> int:
    """`cho lớp 10A5`: how many words."""
    if words[i].text not in ("lớp", "lop") or i + 1 >= len(words) or words[i + 1].sort != "digits":
        return 0
    end = i + 2
    while end < len(words) and words[end].glued and words[end].sort in ("word", "digits"):
        end += 1
    if words[i - 1].text != "cho" and end == i + 2:
        return 0
    if end < len(words) and words[end].text in ("trường", "truong"):
        length = name_at(words, end + 1)
        end += 1 + length if length else 0
    return end - i


_PARTS_OF_TOWNS = frozenset({"phường", "phuong", "quận", "khóm", "tổ", "ấp"})


def name_at(words: Sequence[Word], j: int) -> int:
    """How many words from j on are the name of a company."""
    trade = callings.TRADES.at(words, j) if j < len(words) else 0
    if trade and j + trade < len(words) and words[j + trade].capital:
        return trade + name_at(words, j + trade)  # "cty vận tải Đại Phát", "Cty CP Thuỷ sản Hải Vương"
    n = int(j + 1 < len(words) and words[j].text in _PARTS_OF_TOWNS and (words[j + 1].sort == "digits"))
    if n:
        return 2  # "UBND | phường 7"
    capitals = j < len(words) and _lettered_name(words[j])
    while j + n < len(words) and n < 6 and words[j + n].sort == "word":
        word = words[j + n]
        if n and words[j + n - 1].end < word.start - 1:
            break
        if capitals:
            if not _lettered_name(word) or (n and not word.capital and callings.ORG_STOPS.at(words, j + n)):
                break
        elif callings.TITLES.at(words, j + n) and j + n + 1 < len(words) and words[j + n + 1].capital:
            n += 1  # "quán bún bò O Phượng"
            while j + n < len(words) and words[j + n].capital:
                n += 1
            break
        elif (
            callings.ORG_STOPS.at(words, j + n)
            or (n >= 3 and not word.capital)
            or verbs.SELLS.at(words, j + n)
            or callings.TITLES.at(words, j + n) > 1
        ):
            break
        n += 1
    lettered = n and words[j + n - 1].typed.isupper() and len(words[j + n - 1].typed) == 1  # "Q5"
    if (capitals or lettered) and j + n < len(words) and words[j + n].sort == "digits" and words[j + n].glued:
        n += 1
    if not capitals and n and not any(len(word.text) > 1 for word in words[j : j + n]):
        return 0
    return n


def _lettered_name(word: Word) -> bool:
    return (
        word.capital
        or (word.typed.isupper() and word.sort == "word" and not word.unmarked)
        or (word.typed.isupper() and len(word.typed) <= 5 and word.sort == "word")
    )
