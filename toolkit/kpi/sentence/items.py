"""The words of one thing become an item: who, what, how many, how much, when, why."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from toolkit.core.dates import parse_period
from toolkit.core.readings import Readings, none, one
from toolkit.core.sentences.days import happened_on
from toolkit.core.sentences.line import Lexicon
from toolkit.kpi.model import Doubt, Item
from toolkit.kpi.sentence import prices, verbs
from toolkit.kpi.sentence.doings import counts_in
from toolkit.kpi.sentence.facts import (
    BECAUSE,
    SAYING,
    channel_in,
    reason_kind,
    referral_in,
    repeat_words,
    repeats,
)
from toolkit.kpi.sentence.goods import Goods, goods_in
from toolkit.kpi.sentence.heads import Head, heads_in
from toolkit.kpi.sentence.intents import ahead
from toolkit.kpi.sentence.numbers import number_ending
from toolkit.kpi.sentence.parties import Party, parties_in
from toolkit.kpi.sentence.shares import shares_in

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from toolkit.core.money import Money
    from toolkit.core.sentences.line import Word
    from toolkit.kpi.model import ItemKind, LostReason

    _Why = tuple[str, LostReason | Literal[""], set[int]]

_FOR = Lexicon(
    "cho nhà, cho gia đình, nhà, gia đình, cho cặp đôi, cặp đôi, cho, bán cho, với, bên, giao cho, gửi cho, "
    "khách, của, cho khách, cho bên, từ, ký với, với bên"
)
_OTHERS = frozenset({"qua", "nhờ", "nho", "cùng", "cung", "chia"})
_PAID = Lexicon(
    "đã thanh toán, thanh toán rồi, đã ck, ck rồi, đã chuyển khoản, chuyển khoản rồi, trả đủ, trả tiền mặt, tiền "
    "mặt, thu đủ, đã trả, trả hết, đã nhận tiền, thanh toán đủ, đã chuyển, đã thu tiền, thu tiền rồi, nhận tiền "
    "rồi, chuyển đủ, ck đủ, đã thanh toán đủ, thanh toán hết, thanh toán tiền mặt, trả luôn, chuyển khoản luôn, "
    "ck luôn, thanh toán luôn, đã tt, tt rồi"
)
_ASIDES = Lexicon(
    "lần này, đợt này, trong tuần, đợt cuối, theo hợp đồng, còn thiếu, trả góp, giao tận nơi, giao tận nhà, bảo hành, "
    "đợt đầu, kỳ này, chuyển khoản, tiền mặt, còn lại, số còn lại, còn nợ"
)
_LABELLED = Lexicon("đợt, lần, lần thứ, đợt thứ, kỳ")
_UNPAID = Lexicon("chưa, trả sau, nợ, cọc")


@dataclass
class Draft:
    """The words of one thing, collected from its parts, and its kind."""

    kind: ItemKind
    words: list[Word] = field(default_factory=list)
    day: Readings[date] | None = None
    guessed: bool = False
    unsure: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class Told:
    """What the words of a thing say, before they are put together."""

    words: Sequence[Word]
    parties: list[Party]
    heads: list[Head]


def told(words: Sequence[Word], people: Collection[str]) -> Told:
    parties = parties_in(words, people)
    return Told(words, parties, heads_in(words, parties))


def day_in(words: Sequence[Word], today: date) -> Readings[date] | None:
    """The day that these words name, if they name one that isn't ahead."""
    for word in words:
        if word.date is None or ahead(word, today):
            continue
        if word.date.readings:
            return happened_on(word.date, today)
        period = parse_period(word.date.text, today=today, look="back").value
        if period is not None and today in period:
            continue  # "tháng này bán được …" is told today
        return none(word.date.readings.code or "core.date_vague")
    return None


def item_of(draft: Draft, typed: str, today: date, people: Collection[str], products: Collection[str] = ()) -> Item:
    """The item that a draft's words tell of."""
    said = told(draft.words, people)
    words = said.words
    text = _verbatim(words, 0, len(words), typed)
    referral = referral_in(words, said.parties)
    taken = {i for party in said.parties for i in range(party.start, party.end)}
    by = ""
    if referral is not None:
        taken |= set(range(referral.start, referral.end))
        by = (
            _verbatim(words, referral.by.name, referral.by.end, typed) if referral.by and not referral.by.nobody else ""
        )
    splits, share, shared = shares_in(words, said.parties, typed)
    taken |= shared
    customer = _customer(said, shared, referral, draft.kind)
    counts, counting, vague = (
        counts_in(words, said.heads, said.parties) if draft.kind == "activity" else ({}, set(), False)
    )
    reason, kind, spent = _reason(draft.kind, said, typed)
    taken |= spent | counting
    channel = channel_in(words)
    if channel is not None:
        taken |= set(range(channel.start, channel.end))
    again = repeats(words, referral)
    taken |= repeat_words(words)
    things = _things(said, taken, draft.kind) if draft.kind in ("sale", "refund", "lost", "payment") else []
    quantity = _quantity(things)
    money, doubts, total = _money(draft.kind, said, quantity)
    if vague:
        doubts = (*doubts, Doubt("kpi.count_vague"))
    return Item(
        text=text,
        kind=draft.kind,
        money=money,
        day=draft.day if draft.day is not None else one(today),
        customer=_verbatim(words, customer.name, customer.end, typed) if customer else "",
        product=_known(words, typed, products)
        or ", ".join(_verbatim(words, thing.start, thing.end, typed) for thing in things if thing.end > thing.start),
        quantity=quantity,
        referral=referral is not None,
        referrer=by,
        repeat=again and draft.kind == "sale",
        channel=channel.name if channel else "",
        reason=reason,
        reason_kind=kind,
        counts=counts,
        share=share,
        splits=splits,
        total=total,
        paid=_PAID.has(words) and not _UNPAID.has(words),
        doubts=(*draft.unsure, *doubts),
    )


def _verbatim(words: Sequence[Word], start: int, end: int, typed: str) -> str:
    """What was typed from word `start` to before `end`, its spaces made single."""
    if start >= end:
        return ""
    pieces: list[str] = []
    place = -1
    for word in words[start:end]:
        if word.start >= place >= 0 and (word.start == place or typed[place : word.start].isspace()):
            pieces.append(" " * (word.start > place))
        elif place >= 0 and word.end <= place:
            continue
        elif place >= 0:
            pieces.append(" ")
        pieces.append(typed[word.start : word.end])
        place = word.end
    return " ".join("".join(pieces).split())


def _customer(said: Told, shared: set[int], referral: object, kind: ItemKind) -> Party | None:
    """Whom it is about: the one it was done for; else who did it; else whoever is named, but not who sent them."""
    sender = getattr(referral, "by", None)
    inside = range(referral.start, referral.end) if referral is not None else range(0)  # type: ignore[attr-defined]
    named = [
        party
        for party in said.parties
        if not party.nobody and party != sender and party.start not in shared and party.start not in inside
    ]
    words = said.words
    named = [
        p for p in named if not (_side(words, p) and any(other.end in (p.start, p.start - 1) for other in named))
    ]  # chị Mai bên ngân hàng
    if not named or (kind == "activity" and len({_key(words, p) for p in named}) > 1):
        return None
    behind = [p for p in named if p.start and _FOR.ending(words, p.start) and words[p.start - 1].text not in _OTHERS]
    if behind:
        given = [p for p in behind if words[p.start - 1].text not in ("của", "cua")]
        return (given or behind)[0]
    doing = next(
        (p for p in named if any(head.start >= p.end and head.start - p.end <= 2 for head in said.heads)), None
    )
    rest = [p for p in named if not (p.start and words[p.start - 1].text in _OTHERS)]
    return doing or (rest[0] if rest else None)


def _side(words: Sequence[Word], party: Party) -> bool:
    """`bên ngân hàng` behind a name is where that person works."""
    return (
        party.name > party.start
        or words[party.start - 1].text in ("bên", "ben")
        or words[party.start].text in ("bên", "ben")
    )


def _key(words: Sequence[Word], party: Party) -> str:
    return " ".join(word.text for word in words[party.name : party.end])


def _things(said: Told, taken: set[int], kind: ItemKind) -> list[Goods]:
    words = said.words
    busy = set(taken)
    starts: set[int] = set()
    sold = any(head.kind in ("sell", "buy", "order") for head in said.heads)
    for head in said.heads:
        inner = (
            head.start > 1
            and words[head.start - 1].text in ("đồng", "dong")
            and words[head.start - 2].text in ("hợp", "hop")
        )
        if (head.kind == "activity" and head.doing != "call") or (inner and head.kind in ("sell", "buy")):
            continue  # "gói chăm sóc da", "viết bài pr": what is done is what is sold
        busy |= set(range(head.start, head.end))
        starts.add(head.end)
        if head.kind == "lost" and sold:
            following = next((h.start for h in said.heads if h.start >= head.end), len(words))
            busy |= set(range(head.start, following))
    for start, end in _ASIDES.all(words):
        busy |= set(range(start, end))
    for start, end in _LABELLED.all(words):
        if not words[start].capital and end < len(words) and words[end].sort == "digits":
            busy |= set(range(start, end + 1))
    for i, word in enumerate(words):
        if word.sort in ("amount", "date"):
            busy.add(i)
    busy |= _places(words)
    for party in said.parties:
        k = party.start
        number = number_ending(words, k) if party.nobody else None
        if number is not None:
            busy |= set(range(number[0], k))  # "3 khách từ chối"
        n = _FOR.ending(words, k)
        busy |= set(range(k - n, k))
    found = goods_in(words, busy, starts)
    counted = [thing for thing in found if thing.counted]
    if counted:
        return _with_name(counted, found)
    plain = [thing for thing in found if thing.end > thing.start]
    if kind == "lost":
        behind = [head.end for head in said.heads if head.kind in ("lost", "payment")]
        return [thing for thing in plain if any(0 <= thing.start - end <= 2 for end in behind)][:1]
    near = [thing for thing in plain if any(0 <= thing.start - start <= 3 for start in starts)]
    return (near or plain)[:1]


def _of_town(words: Sequence[Word], i: int) -> bool:
    return words[i].sort == "digits" and words[i - 1].text in (
        "quận",
        "quan",
        "q",
        "phường",
        "đường",
        "khu",
        "tổ",
        "ấp",
        "tầng",
    )


def _known(words: Sequence[Word], typed: str, products: Collection[str]) -> str:
    """A product that the member has sold before, wherever it is named."""
    for n in range(min(6, len(words)), 0, -1) if products else ():
        for i in range(len(words) - n + 1):
            if " ".join(word.text for word in words[i : i + n]) in products:
                return _verbatim(words, i, i + n, typed)
    return ""


def _places(words: Sequence[Word]) -> set[int]:
    """Where somebody lives or it happened: `ở Gò Vấp`, `tại quận 7`."""
    found: set[int] = set()
    for i, word in enumerate(words[:-1]):
        if word.text not in ("ở", "tại") and not (word.text in ("o", "tai") and word.unmarked and words[i + 1].capital):
            continue
        end = i + 1
        while (
            end < len(words)
            and words[end].sort in ("word", "digits")
            and (words[end].capital or end == i + 1 or _of_town(words, end))
        ):
            end += 1
        found.update(range(i, end))
    return found


def _with_name(counted: list[Goods], found: list[Goods]) -> list[Goods]:
    """A counted thing without a name takes the one that stands apart: "kem dưỡng bán 3 hộp"."""
    if any(thing.end > thing.start for thing in counted):
        return [thing for thing in counted if thing.end > thing.start] if len(counted) > 1 else counted
    named = next((thing for thing in found if not thing.counted and thing.end > thing.start), None)
    first = counted[0]
    return [Goods(first.quantity, named.start, named.end, counted=True)] if named else [first]


def _quantity(things: Sequence[Goods]) -> Fraction | None:
    counted = [thing.quantity for thing in things if thing.quantity is not None]
    return sum(counted, Fraction(0)) if counted else None


def _money(kind: ItemKind, said: Told, quantity: Fraction | None) -> tuple[Readings[Money], tuple[Doubt, ...], bool]:
    """The value, what the receipt has to say about it, and whether it is the total of several pieces."""
    words = said.words
    if kind in ("activity", "promise"):
        return none(prices.MISSING), (), False
    roles = {i: prices.role_of(words, i) for i, word in enumerate(words) if word.sort == "amount"}
    if kind == "payment":
        paid = [i for i, role in roles.items() if role in ("goods", "sum", "left")]
        near = [
            i for i in paid if any(h.kind == "payment" and h.end <= i and i - h.end <= _MOST_APART for h in said.heads)
        ]
        chosen = (near or [i for i in paid if roles[i] != "left"] or paid)[:1]
        return prices.summed([prices.value_of(words, i, quantity) for i in chosen]), (), False
    if kind == "lost":
        said_why = _reason_span(said)
        roles = {i: role for i, role in roles.items() if i not in said_why}
    goods = [i for i, role in roles.items() if role == "goods"]
    sums = [i for i, role in roles.items() if role == "sum"]
    if kind == "refund" and not goods:
        goods = [i for i, role in roles.items() if role not in ("sum", "earned")]
    if kind == "refund" and len(goods) > 1:
        back = [i for i in goods if any(h.kind == "refund" and 0 <= i - h.end <= _MOST_APART for h in said.heads)]
        goods = (back or goods)[-1:]
    value = prices.summed([prices.value_of(words, i, quantity) for i in goods]) if goods else none(prices.MISSING)
    doubts: tuple[Doubt, ...] = ()
    if sums:
        stated = prices.value_of(words, sums[-1], None)
        unit = len(goods) == 1 and quantity is None
        value = stated if unit or not goods else prices.settled(value, stated)
    elif value.certain:
        value, doubts = _discounted(words, roles, value)
    single = len(goods) + len(sums) == 1 and not any(prices.is_unit_price(words, i) for i in goods)
    return value, doubts, bool(value) and single and quantity is not None and quantity > 1


_MOST_APART = 6


def _reason_span(said: Told) -> set[int]:
    return _reason("lost", said, " " * (said.words[-1].end if said.words else 0))[2]


def _discounted(
    words: Sequence[Word], roles: dict[int, prices.PriceRole], value: Readings[Money]
) -> tuple[Readings[Money], tuple[Doubt, ...]]:
    """A discount that stands in a clause of its own is taken off; one beside the price has been already."""
    amounts = [i for i, role in roles.items() if role == "goods"]
    taken_off = any(
        word.amount.reading.code == "core.money_discount"
        for i, word in enumerate(words)
        if i in amounts and word.amount
    )
    if taken_off:
        return value, (Doubt("kpi.discount_taken_off"),)
    return value, ()


def _reason(kind: ItemKind, said: Told, typed: str) -> _Why:
    """Why, in the member's words; what it is counted under; and which words say so."""
    if kind not in ("lost", "refund"):
        return "", "", set()
    words = said.words
    taken = {i for party in said.parties for i in range(party.start, party.end)}
    for i in range(len(words)):
        if i in taken:
            continue
        n = BECAUSE.at(words, i)
        if n and i + n < len(words) and words[i + n].sort in ("word", "digits"):
            start, end = i + n, _until(words, i + n)
            return _as_reason(words, start, end, typed, set(range(i, end)))
    if kind == "refund":
        return _refund_reason(said, typed)
    return _lost_reason(said, typed)


def _as_reason(words: Sequence[Word], start: int, end: int, typed: str, spent: set[int]) -> _Why:
    while end > start and words[end - 1].text in ("nên", "nen", "mà", "thì"):
        end -= 1
    text = _verbatim(words, start, end, typed)
    return text, reason_kind(words[start:end]) if text else "", spent


_ENDS = frozenset(";\n!?")


def _until(words: Sequence[Word], start: int) -> int:
    """Where a reason ends: at the end, at a strong sign, before what followed from it."""
    end = start
    while end < len(words) and words[end].text not in _ENDS:
        if end > start and (words[end].text in ("nên", "nen") or words[end].sort == "date"):
            break
        if words[end].text in (",", ".") and not (words[end].glued and end + 1 < len(words) and words[end + 1].glued):
            break
        end += 1
    return end


_FAULTS = Lexicon(
    "hàng lỗi, bị lỗi, lỗi, hư, bị hư, hỏng, bị hỏng, bể, bị bể, vỡ, bị vỡ, móp, bị móp, rách, bị rách, sai size, "
    "sai mẫu, sai màu, giao sai, giao nhầm, không vừa, chật, rộng, không hợp, dị ứng, không ưng, hết hạn, giao "
    "trễ, không đúng, thiếu hàng, size nhỏ, size nhỏ quá, size to, nhỏ quá, to quá, rộng quá, chật quá, đổi ý, "
    "kém chất lượng, không thích, bị dị ứng, hàng bị, hàng hư, hàng hỏng, hàng vỡ, sản phẩm lỗi, không dùng được, "
    "bị sai, mặc không vừa"
)


def _refund_reason(said: Told, typed: str) -> _Why:
    words = said.words
    named = {i for party in said.parties for i in range(party.start, party.end)}
    place = next((found for found in _FAULTS.all(words) if found[0] not in named), None)
    if place is None:
        return "", "", set()
    end = _until(words, place[0])
    stop = next((k for k in range(place[0], end) if words[k].sort == "amount"), end)
    return _as_reason(words, place[0], stop, typed, set(range(place[0], stop)))


def _lost_reason(said: Told, typed: str) -> _Why:
    """Without "vì": what the customer says or did (`chê đắt`, `chọn bên khác rẻ hơn`, `không có nhu cầu`)."""
    words = said.words
    lost = [head for head in said.heads if head.kind == "lost"]
    refused = next(
        (
            head
            for head in lost
            if words[head.start : head.end] and _REFUSES.at(words, head.start) == head.end - head.start
        ),
        None,
    )
    if (
        refused is not None
        and refused.end < len(words)
        and words[refused.end].sort == "word"
        and not any(h.start == refused.end for h in said.heads)
        and not any(p.start == refused.end for p in said.parties)
    ):
        end = _until(words, refused.end)
        return _as_reason(words, refused.end, end, typed, set(range(refused.end, end)))
    silent = next((head for head in lost if verbs.GOES_SILENT.at(words, head.start)), None)
    if silent is not None:
        end = _until(words, silent.start)
        return _as_reason(words, silent.start, end, typed, set(range(silent.start, end)))
    for start, end in SAYING.all(words):
        dear = end + 1 < len(words) and words[end + 1].text in ("cao", "mac", "dat", "đắt", "mắc")
        if (
            words[end - 1].text in ("báo", "bao")
            and not dear
            and end < len(words)
            and words[end].text in ("giá", "gia")
        ):
            continue
        if end < len(words) and words[end].sort == "word" and not any(p.start == end for p in said.parties):
            last = _until(words, end)
            head = next((h for h in lost if end < h.start < last), None)
            if (
                head is not None
                and head.start > end
                and words[head.start].text in ("không", "khong", "thôi", "thoi", "từ", "tu", "hủy")
            ):
                last = head.start
            first = start if words[start].text in ("sợ", "ngại", "so") else end
            return _as_reason(words, first, last, typed, set(range(start, last)))
    for head in lost:
        if head is not lost[0] or _explains(words, head):
            end = _until(words, head.start)
            return _as_reason(words, head.start, end, typed, set(range(head.start, end)))
    if lost:
        comma = next((k for k in range(lost[0].end, len(words)) if words[k].text in (",", "(", "-", ".")), None)
        if comma is not None and comma + 1 < len(words):
            end = _until(words, comma + 1)
            if not any(word.sort in ("amount", "date") for word in words[comma + 1 : end]):
                return _as_reason(words, comma + 1, end, typed, set(range(comma + 1, end)))
    before = [head for head in lost if _PRE.has(words[: head.start])]
    if before:
        place = _PRE.find(words)
        if place is not None and place[0] < before[0].start:
            return _as_reason(words, place[0], before[0].start, typed, set(range(place[0], before[0].start)))
    return "", "", set()


_REFUSES = Lexicon("không đồng ý, không chịu, không ưng, không thích, không hợp, không đồng ý với, không chịu giá")
_EXPLAINS = Lexicon(
    "chọn, chọn bên khác, mua bên khác, lấy bên khác, không có nhu cầu, hết nhu cầu, đổi ý, im lặng, không trả "
    "lời, không phản hồi, không nghe máy, bặt tăm, qua bên khác, sang bên khác, ký với bên khác, mua chỗ khác, "
    "lấy chỗ khác, dùng bên khác, không còn nhu cầu, chưa có nhu cầu, không cần, đặt bên khác, ký bên khác, mua "
    "của người khác, thuê bên khác, chốt bên khác, chọn chỗ khác, chọn hãng khác, chọn đối thủ, im luôn, mất hút, "
    "không liên lạc được, không quan tâm, không thích, không hợp, chốt với đối thủ, ký với đối thủ, mua của đối "
    "thủ, theo đối thủ, đi bên khác, không ưng, không thích nữa, im lặng luôn, mua bên kia, chọn bên kia"
)
_PRE = Lexicon(
    "giá cao, giá cao quá, đắt quá, mắc quá, hết tiền, hết hàng, giao chậm, giao trễ, chồng không cho, vợ không "
    "cho, kẹt tiền"
)


def _explains(words: Sequence[Word], head: Head) -> bool:
    return bool(_EXPLAINS.at(words, head.start))


def deposits(said: Told) -> bool:
    """Whether the only money of these words is put down in advance."""
    return any(
        verbs.DEPOSITS.at(said.words, head.start)
        and any(w.sort == "amount" for w in said.words[head.end : head.end + 4])
        for head in said.heads
    )
