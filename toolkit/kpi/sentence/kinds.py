"""What a part of a line tells of: a sale, money, a thing brought back, a no, a day's work; or nothing at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from toolkit.kpi.sentence import intents, prices, talk, verbs
from toolkit.kpi.sentence.adds import adds_price, has_amount, new_customer, only_adds
from toolkit.kpi.sentence.doings import counts_in
from toolkit.kpi.sentence.facts import only_repeats, referral_in, repeats
from toolkit.kpi.sentence.items import deposits
from toolkit.kpi.sentence.promises import customers_own
from toolkit.kpi.sentence.told import told

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from toolkit.core.sentences.line import Word
    from toolkit.kpi.model import ItemKind
    from toolkit.kpi.sentence.heads import Head
    from toolkit.kpi.sentence.items import Draft
    from toolkit.kpi.sentence.told import Told

Verdict = Literal["tells", "plan", "denied", "chat"]
_SOLD = frozenset({"sell", "buy"})


def verdict_of(said: Told, before: Sequence[Word], today: date, people: Collection[str]) -> Verdict:
    """Whether a part tells of something that happened ("tells"), of a plan, of what isn't so yet, or talks."""
    words = said.words
    firm = [head for head in said.heads if head.kind != "order"]
    promised = next((head for head in firm if head.kind == "promise"), None)
    if promised is not None:
        return "plan" if customers_own(said, promised) else "tells"
    if firm and intents.denied(words, firm[0]) and not _sold_all_the_same(words, firm):
        return "denied"
    named = {i for party in said.parties for i in range(party.start, party.end)}
    if firm and (intents.going_on(words, firm[0]) or intents.of_others(words, firm[0])):
        return "chat"
    if intents.asked_of_us(words, firm) or talk.is_talk(words, firm, said.parties):
        return "chat"
    if firm and (talk.refuses_to_sell(words, firm[0]) or talk.sends_back(words, firm[0], said.parties)):
        return "chat"
    if any(word.sort == "amount" for word in words) and intents.never_sold(words, firm, named):
        return "chat"
    if intents.planned(words, firm, today, named):
        return "plan"
    if not firm and intents.denies(words):
        return "denied"
    if firm and all(intents.denied(words, head) for head in firm):
        return "denied"
    decided = any(head.kind in ("sell", "buy", "payment", "refund", "lost", "activity") for head in firm)
    if intents.interested(words, firm, named) and not _decides(said):
        return "chat" if not decided or not any(head.kind == "activity" for head in firm) else "tells"
    paid = any(word.sort == "amount" for word in words)
    spends = (
        paid
        and intents.own_spending(words)
        and not any(head.kind in ("sell", "buy", "refund") for head in firm)
        and not (said.parties and any(head.kind == "payment" for head in firm))
    )
    if (spends and not (said.parties and not firm)) or (
        talk.buys_self(words, said.heads, said.parties)
        and not only_repeats(words)
        and not new_customer(told(before, people))
    ):
        return "chat"
    return "tells"


def _sold_all_the_same(words: Sequence[Word], heads: Sequence[Head]) -> bool:
    """`không gặp được anh Tú bán luôn cho vợ ảnh 2 hộp 500k`: what wasn't done denies no sale with its amount."""
    sold = [head for head in heads[1:] if head.kind in _SOLD and words[head.start - 1].text != "ai"]
    return heads[0].kind == "activity" and any(word.sort == "amount" for head in sold for word in words[head.end :])


def kind_of(said: Told, before: Draft | None) -> ItemKind | None:
    """What a part tells of; None for words that only add to the thing before or behind."""
    kinds = {head.kind for head in said.heads}
    words = said.words
    amounts = [i for i, word in enumerate(words) if word.sort == "amount"]
    priced = [i for i in amounts if prices.role_of(words, i) in ("goods", "sum")]
    if "promise" in kinds:
        return "promise"
    if before is None and only_repeats(words):
        return None
    if before is not None and only_adds(said, before):
        return None
    if "refund" in kinds:
        if before is not None and before.kind == "refund" and not has_amount(before) and not new_customer(said):
            return None
        return "refund" if before is None or before.kind != "refund" or priced else None
    if "lost" in kinds:
        return _lost(said, before)
    if before is not None and before.kind == "lost" and not priced and not (kinds & {"activity"}) and not said.parties:
        return None
    if kinds & _SOLD:
        return _sold(said, before, priced)
    if "payment" in kinds and not (amounts == [] and "activity" in kinds):
        return _paid(said, before, priced)
    if "activity" in kinds:
        if priced and _work_for_pay(said):
            return "sale"
        return "activity" if not _only_says(said, before) else None
    if "order" in kinds and (priced or said.parties) and not adds_price(before, said, priced):
        return "sale"
    if _counted_work(said) and not priced:
        return "activity"
    return _continued(said, before, priced)


def _sold(said: Told, before: Draft | None, priced: Sequence[int]) -> ItemKind | None:
    if deposits(said) and len(priced) <= 1:
        return "payment"
    if not priced and not new_customer(said) and _counted_work(said):
        return "activity"
    if not priced and said.heads[0].kind == "activity" and not counts_goods(said):
        return "activity"  # "làm việc với phòng mua hàng"
    first = said.heads[0]
    paying = next((head for head in said.heads if head.kind == "payment"), None)
    selling = next(head for head in said.heads if head.kind in _SOLD)
    if paying is not None and priced and paying.start < selling.start and _pays_for(said, paying, selling):
        return "payment"
    if before is not None and before.kind == "sale" and not priced and delivers(said) and not new_customer(said):
        return None
    if (
        before is not None
        and before.kind == "sale"
        and not priced
        and not new_customer(said)
        and repeats(said.words, None)
    ):
        return None  # "…, thím mua hoài à"
    if (
        before is not None
        and before.kind in ("sale", "activity")
        and first.kind == "buy"
        and not priced
        and referral_in(said.words, said.parties)
    ):
        return None
    if before is not None and before.kind == "sale" and priced and not has_amount(before) and not new_customer(said):
        return None  # "chị Nhã đã mua 2 lần, nay mua thêm 1 hộp 300k"
    return "sale"


def _paid(said: Told, before: Draft | None, priced: Sequence[int]) -> ItemKind | None:
    if priced and _only_paid(said, priced):
        return _continued(said, before, priced)  # "… cho quán Út 1tr3 đã nhận đủ"
    if any(_sends_goods(said, head) or _paid_for(said, head) for head in said.heads):
        return "sale"
    left = [i for i, word in enumerate(said.words) if word.sort == "amount"]
    last = {said.words[head.end - 1].text for head in said.heads if head.kind == "payment"}
    if not priced and left and last & _THE_REST and said.parties:
        return "payment"  # "chuyển nốt 40% còn lại 22tr"
    if not priced:
        firm = before is None and any(not _weak(said, head) for head in said.heads) and not left
        return "payment" if firm and said.parties else None
    if before is not None and before.kind == "sale" and not has_amount(before):
        return None if not deposits(said) else "payment"
    return "payment"


def _paid_for(said: Told, head: Head) -> bool:
    """`ck r nè: 8 hũ sa tế x 45k`: paid already, and the goods counted behind."""
    words = said.words
    already = head.end < len(words) and words[head.end].text in ("rồi", "roi")
    return already and any(word.sort == "digits" for word in words[head.end :])


def _sends_goods(said: Told, head: Head) -> bool:
    """`gửi cho anh Khoa 5kg cà phê 900k`: goods, no money."""
    words = said.words
    given = words[head.start].text in ("gửi", "gui", "gởi") and words[head.end : head.end + 1]
    return bool(given) and words[head.end].text == "cho" and counts_goods(said)


def _continued(said: Told, before: Draft | None, priced: Sequence[int]) -> ItemKind | None:
    """A part without a verb: a further customer of the same kind, more of the same thing, or its price."""
    sender = referral_in(said.words, said.parties)
    named = [p for p in said.parties if not p.nobody and (sender is None or p != sender.by)]
    if not priced:
        return None
    if before is None:
        talk = all(prices.is_talk(said.words, i) for i in priced)
        return "sale" if named and not talk else None
    if before.kind in ("sale", "payment", "refund") and named and has_amount(before):
        return before.kind
    if before.kind in ("activity", "lost", "promise") and (named or counts_goods(said)):
        return "sale"
    return None


def _only_paid(said: Told, priced: Sequence[int]) -> bool:
    """Whether the paying stands behind "cho" somebody and the price, and only says that it was paid."""
    paying = [head for head in said.heads if head.kind == "payment"]
    given = any(party.start and said.words[party.start - 1].text == "cho" for party in said.parties)
    given = given or said.heads[0].kind == "order"  # "đơn chị Giang đầm dạ hội 1tr050 đã ck"
    return given and all(
        head.start > max(priced) and said.words[head.start - 1].text in ("đã", "da") for head in paying
    )


_THE_REST = frozenset({"nốt", "not", "hết", "het", "đủ", "du", "xong"})


def _decides(said: Told) -> bool:
    """Whether a verb of deciding stands behind the asking: "hỏi giá xong chốt luôn 2 hộp"."""
    amounts = any(word.sort == "amount" for word in said.words)
    firm = [head for head in said.heads if head.kind in ("sell", "payment", "refund", "lost")]
    return bool(firm) and (amounts or any(head.kind == "lost" for head in firm))


def _work_for_pay(said: Told) -> bool:
    """`quán Nhà Gỗ gọi thêm 5 két bia 1tr150`, `quay video cho quán lẩu 4tr`: a day's work has no price."""
    doings = [head for head in said.heads if head.kind == "activity"]
    if any(party.end == doings[0].start for party in said.parties):
        return True
    return bool(said.parties) and all(head.doing in ("post", "follow_up") for head in doings)


def _lost(said: Told, before: Draft | None) -> ItemKind | None:
    if before is not None and before.kind == "lost" and not new_customer(said):
        return None
    sold = any(head.kind in _SOLD for head in said.heads)
    return "sale" if sold and _sold_after_all(said) else "lost"


def _sold_after_all(said: Told) -> bool:
    """`chê đắt nhưng vẫn mua 2 hộp 500k`."""
    lost = max(head.start for head in said.heads if head.kind == "lost")
    later = [head for head in said.heads if head.kind in _SOLD and head.start > lost]
    return any(any(word.sort == "amount" for word in said.words[head.end :]) for head in later)


def _pays_for(said: Told, paying: Head, selling: Head) -> bool:
    """`trả nốt 3tr tiền mua máy`, `cọc 5tr mua căn hộ`: the buying is what the money is for."""
    words = said.words
    before = words[selling.start - 1].text
    rest = words[paying.start].text in ("cọc", "coc", "đặt", "góp", "giải", "giai") or words[paying.end - 1].text in (
        "nốt",
        "not",
        "trước",
        "truoc",
        "góp",
        "cọc",
        "coc",
        "thêm",
    )
    return before in ("tiền", "tien") or rest


def delivers(said: Told) -> bool:
    return all(
        said.words[head.start].text
        in ("giao", "ship", "xuất", "xuat", "lên", "len", "đơn", "lấy", "hợp", "nhận", "chốt", "ký")
        for head in said.heads
        if head.kind in ("sell", "buy", "order")
    )


def _weak(said: Told, head: Head) -> bool:
    return verbs.WEAK_PAYS.at(said.words, head.start) == head.end - head.start


def _only_says(said: Told, before: Draft | None) -> bool:
    """ "gọi", "nhắn" behind a sale say how it went, not what was done besides: "chị Hoa mua 2 hộp, nhắn zalo"."""
    if before is None or before.kind not in ("sale", "payment", "refund", "lost"):
        return False
    numbers = any(word.sort == "digits" for word in said.words)
    return not numbers and not new_customer(said)


def _counted_work(said: Told) -> bool:
    return bool(counts_in(said.words, said.heads, said.parties)[0])


def counts_goods(said: Told) -> bool:
    return any(word.sort == "digits" for word in said.words)
