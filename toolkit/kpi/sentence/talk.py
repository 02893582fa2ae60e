"""Amounts that nobody sold anything for: the market's prices, what is on offer, a team's aim, a gift, a word given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.core.sentences.line import Lexicon
from toolkit.kpi.sentence import callings
from toolkit.kpi.sentence.told import told

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from toolkit.core.sentences.line import Word
    from toolkit.kpi.sentence.heads import Head
    from toolkit.kpi.sentence.parties import Party

_ON_OFFER = Lexicon("đang rao, rao giá, rao bán, còn rao, vẫn rao, được rao, chủ rao, đang chào bán, đang kêu giá")
_MARKET = Lexicon(
    "tăng giá, lên giá, giảm giá xuống, giảm giá còn, xuống giá, rớt giá, giá tăng, giá lên, giá xuống, tăng lên, giảm "
    "xuống, rớt xuống, tăng vọt, nhảy lên"
)
_MUST = frozenset({"phải", "phai", "ráng", "cố", "cần", "hướng"})
_REACHES = Lexicon("lên, đạt, cán, chạm, vượt, cán mốc, chạm mốc, lên được, đạt được, kéo lên, bứt lên")
_GIVEN = Lexicon("được tặng, được biếu, được thưởng, được cho, được lì xì, được mừng")
_GIVES = frozenset({"tặng", "tang", "biếu", "bieu", "thưởng", "thuong", "cho", "mừng", "lì"})
_TELLS = frozenset({"nói", "noi", "bảo", "bao", "kêu", "keu", "báo", "dặn", "hẹn", "hen", "hứa", "hua", "nhắn"})
_NOT_YET = frozenset({"mới", "moi", "sẽ", "se"})


def on_offer(words: Sequence[Word], people: Collection[str]) -> bool:
    """`căn góc đang rao 3 tỷ, khách trả 2 tỷ 8`: what is asked and bid, as long as nothing was agreed."""
    place = _ON_OFFER.find(words)
    if place is None:
        return False
    agreed = ("sell", "buy", "lost", "refund")
    return not any(head.kind in agreed and head.start >= place[1] for head in told(words, people).heads)


def is_talk(words: Sequence[Word], heads: Sequence[Head], parties: Sequence[Party]) -> bool:
    """Whether a part with an amount speaks of the market, of an aim, of a gift or of what somebody means to pay."""
    first = next((i for i, word in enumerate(words) if word.sort == "amount"), None)
    if first is None:
        return False
    dealt = any(head.kind in ("sell", "buy", "refund") for head in heads)
    named = [party for party in parties if not party.nobody]
    if _MARKET.has(words[:first]) and not dealt and not named:
        return True
    opens = words[0].text in ("tang", "bieu") and words[0].unmarked and any(party.start == 1 for party in parties)
    if not dealt and (opens or words[0].text in ("tặng", "biếu")):
        return True  # "tặng khách Vân 1 hộp trà trị giá 150k"
    if _REPORTS.at(words, 0) or (not dealt and _spent(words)):
        return True
    return _aims(words, first, dealt=dealt) or _gift(words, first, parties, dealt=dealt) or _word_given(words, heads)


_REPORTS = Lexicon(
    "định giá, thẩm định, thẩm định giá, ước tính, dự toán, doanh số team, doanh số nhóm, doanh số cả, tổng doanh số, "
    "tổng doanh thu, doanh thu cả, doanh thu team, doanh số phòng, doanh số chi nhánh"
)


def _spent(words: Sequence[Word]) -> bool:
    """`chi 500k chạy bài`, `cty thưởng đạt KPI 5tr`: money that went out, or came without a sale."""
    opens = words[0].text == "chi" and not words[0].unmarked and len(words) > 1 and words[1].sort == "amount"
    return opens or any(
        word.text == "thưởng" and not word.capital and words[i - 1].text != "tiền" for i, word in enumerate(words) if i
    )


def _aims(words: Sequence[Word], first: int, *, dealt: bool) -> bool:
    """`cả nhóm phải bứt lên 500 triệu`."""
    must = next((i for i in range(first) if words[i].text in _MUST), None)
    return must is not None and not dealt and _REACHES.has(words[must:first])


def _gift(words: Sequence[Word], first: int, parties: Sequence[Party], *, dealt: bool) -> bool:
    """`được sếp tặng hộp bánh 500k`: received, by nobody bought."""
    if _handed(words, first, parties):
        return True
    if dealt:
        return False
    for i in range(first):
        if words[i].text not in ("được", "duoc"):
            continue
        giver = next((party for party in parties if party.start == i + 1), None)
        behind = giver.end if giver is not None else i + 1
        gives = _GIVEN.at(words, i) or (giver is not None and behind < first and words[behind].text in _GIVES)
        if gives and not any(party.end <= i and not party.nobody for party in parties):
            return True
    return False


def _handed(words: Sequence[Word], first: int, parties: Sequence[Party]) -> bool:
    """`má chồng cho 5 triệu`, `sếp thưởng nóng 1tr`: money itself is given."""
    k = first - 1
    while k > 0 and words[k].text in _HOW:
        k -= 1
    if k < 1 or words[k].capital or words[k].text not in _GIVES:
        return False
    giver = (
        any(party.end == k for party in parties) or callings.KIN.ending(words, k) or callings.TITLES.ending(words, k)
    )
    return bool(giver)


_HOW = frozenset({"nóng", "nong", "thêm", "them", "riêng", "tiền", "tien"})


def buys_self(words: Sequence[Word], heads: Sequence[Head], parties: Sequence[Party]) -> bool:
    """`mua 2 áo 300k`, `nhập 50 áo của xưởng chú Tín`: nobody could be the customer: the member's own shopping."""
    first = heads[0] if heads else None
    if first is None or first.kind != "buy" or words[first.start].text not in _SHOPS:
        return False
    if any(not _OF & {word.text for word in words[max(0, party.start - 2) : party.start]} for party in parties):
        return False
    return all(word.text in _SELF or word.sort in ("date", "sign") for word in words[: first.start]) and not any(
        party.start == 0 for party in parties
    )


_SHOPS = frozenset({"mua", "tậu", "rinh", "nhập", "nhap"})
_OF = frozenset({"của", "cua", "bên", "từ", "tu", "chỗ", "ở"})
_SELF = frozenset({"mình", "minh", "tui", "tôi", "em", "mới", "vừa", "đi", "hôm", "nay", "đã"})


def _word_given(words: Sequence[Word], heads: Sequence[Head]) -> bool:
    """`kế toán nói cuối tháng mới thanh toán 30tr`: paid when it is paid."""
    paying = next((head for head in heads if head.kind == "payment"), None)
    if paying is None or paying.start < 2 or words[paying.start - 1].text not in _NOT_YET:
        return False
    return any(word.text in _TELLS and word.sort == "word" for word in words[: paying.start - 1])


def sends_back(words: Sequence[Word], head: Head, parties: Sequence[Party]) -> bool:
    """`trả hàng cho nhà cung cấp 3 thùng lỗi`: the member is the one who bought."""
    led = head.kind == "refund" and head.end < len(words) and words[head.end].text == "cho"
    named = any(party.start == head.end + 1 and not party.nobody for party in parties)
    return led and not named and bool(callings.SUPPLIERS.at(words, head.end + 1))


def refuses_to_sell(words: Sequence[Word], head: Head) -> bool:
    """`bên mình không bán kem trộn`, `không bán được đơn nào`: the member's own, not a customer's no."""
    sells_nothing = head.kind == "lost" and any(word.text in ("nào", "nao") for word in words[head.end : head.end + 2])
    if sells_nothing and any(
        word.text in ("bán", "ban", "chốt", "chot", "ra") for word in words[head.start : head.end]
    ):
        return True
    return (
        head.kind == "lost"
        and any(word.text in ("bán", "ban") for word in words[head.end - 1 : head.end + 1])
        and words[head.start].text in ("không", "khong", "hổng", "hông", "khỏi", "chẳng", "chả")
    )
