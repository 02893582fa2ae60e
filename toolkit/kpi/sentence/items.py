"""The words of one thing become an item: who, what, how many, how much, when, why."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from toolkit.core.dates import parse_period
from toolkit.core.readings import Readings, none, one
from toolkit.core.sentences.days import happened_on
from toolkit.core.sentences.line import Lexicon
from toolkit.core.text import fold
from toolkit.kpi.model import Doubt, Item
from toolkit.kpi.sentence import prices, verbs
from toolkit.kpi.sentence.doings import counts_in
from toolkit.kpi.sentence.facts import (
    channel_in,
    referral_in,
    repeat_words,
    repeats,
)
from toolkit.kpi.sentence.intents import ahead
from toolkit.kpi.sentence.reasons import reason_of
from toolkit.kpi.sentence.shares import shares_in
from toolkit.kpi.sentence.things import FOR, quantity_of, things_in
from toolkit.kpi.sentence.told import told, verbatim

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from toolkit.core.money import Money
    from toolkit.core.sentences.line import Word
    from toolkit.kpi.model import ItemKind
    from toolkit.kpi.sentence.facts import Referral
    from toolkit.kpi.sentence.parties import Party
    from toolkit.kpi.sentence.told import Told


_OTHERS = frozenset({"qua", "nhờ", "nho", "cùng", "cung", "chia"})
_PAID = Lexicon(
    "đã thanh toán, thanh toán rồi, đã ck, ck rồi, đã chuyển khoản, chuyển khoản rồi, trả đủ, trả tiền mặt, tiền "
    "mặt, thu đủ, đã trả, trả hết, đã nhận tiền, thanh toán đủ, đã chuyển, đã thu tiền, thu tiền rồi, nhận tiền "
    "rồi, chuyển đủ, ck đủ, đã thanh toán đủ, thanh toán hết, thanh toán tiền mặt, trả luôn, chuyển khoản luôn, "
    "ck luôn, thanh toán luôn, đã tt, tt rồi"
)
_UNPAID = Lexicon("chưa, trả sau, nợ, cọc")


@dataclass
class Draft:
    """The words of one thing, collected from its parts, and its kind."""

    kind: ItemKind
    words: list[Word] = field(default_factory=list)
    day: Readings[date] | None = None
    guessed: bool = False
    unsure: tuple[Doubt, ...] = ()


def day_in(words: Sequence[Word], today: date) -> Readings[date] | None:
    """The day that these words name, if they name one that isn't ahead."""
    days = [word for i, word in enumerate(words) if word.date is not None and not _of_something(words, i, today)]
    if not days and _names_no_day(words):
        return none("core.date_no_such_day")
    days.sort(key=lambda word: word.date is None or not word.date.readings)  # "hôm bữa 17/11"
    for word in days:
        if word.date is None or ahead(word, today):
            continue
        if word.date.readings:
            return happened_on(word.date, today)
        period = parse_period(word.date.text, today=today, look="back").value
        if period is not None and today in period:
            continue  # "tháng này bán được …" is told today
        return none(word.date.readings.code or "core.date_vague")
    return None


_LONGEST_MONTH = 31
_SHORT_MONTHS = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}


def _names_no_day(words: Sequence[Word]) -> bool:
    """`31/2 bán son`: a day that no year has."""
    for first, stroke, second in zip(words, words[1:], words[2:], strict=False):
        if (
            stroke.text != "/"
            or not (stroke.glued and second.glued)
            or first.sort != "digits"
            or second.sort != "digits"
        ):
            continue
        day, month = (int(word.text[:3]) for word in (first, second))
        if _SHORT_MONTHS.get(month, 31) < day <= _LONGEST_MONTH:
            return True
    return False


_EDGE_OF = re.compile(r"(?:cuoi|dau|giua) (?:tuan|thang|nam|quy)")
_SINCE = re.compile(r"(?:tu|ke tu) ")
_OWED_FOR = frozenset(
    {"hàng", "hang", "tiền", "tien", "nợ", "no", "phí", "phi", "kỳ", "ky", "công", "lô", "đợt", "dot"}
)


def _of_something(words: Sequence[Word], i: int, today: date) -> bool:
    """`lớp vẽ cuối tuần`, `tiền hàng tháng trước`, `khách từ năm ngoái`: a time that isn't that of the telling."""
    found = words[i].date
    if found is None:
        return False
    text, before = fold(found.text), words[i - 1] if i else None
    if found.readings.code == "core.date_is_period" and _SINCE.match(text):
        return True
    owing = before is not None and before.text in ("hôm", "hom", "ngày", "ngay", "bữa", "bua") and i > 1
    if owing and words[i - 2].text in ("nợ", "no", "thiếu", "thieu"):
        return True
    if before is None or before.sort != "word":
        return False
    if before.text in ("nợ", "thiếu", "thieu") or _to_come(words, i, today):
        return True
    if found.readings.code == "core.date_is_period" and before.text in _OWED_FOR:
        return True
    return bool(_EDGE_OF.fullmatch(text)) and not before.capital and before.text not in _DAYS_OF - {"hoi"}


_FAR_BACK = 180  # days


def _to_come(words: Sequence[Word], i: int, today: date) -> bool:
    """`tiệc ngày 25/12`: behind a thing, a day of the calendar that was last many months ago is the thing's own."""
    found = words[i].date
    before = words[i - 2] if i > 1 and words[i - 1].text in ("ngày", "ngay") else words[i - 1]
    if found is None or found.readings.code or not _OF_THE_CALENDAR.fullmatch(fold(found.text)):
        return False
    done = any(lexicon.ending(words, i) for lexicon in (verbs.SELLS, verbs.BUYS, verbs.PAYS, verbs.REFUNDS))
    far = all((today - day.date).days > _FAR_BACK for day in found.readings.values)
    return bool(found.readings) and far and not done and not before.capital and before.text not in _DAYS_OF


_OF_THE_CALENDAR = re.compile(r"(?:ngay |hom )?[0-9]{1,2}/[0-9]{1,2}")
_DAYS_OF = frozenset({"hôm", "hồi", "vào", "từ", "đã", "vừa", "mới", "hom", "hoi", "vao", "rồi", "roi", "được"})


def item_of(draft: Draft, typed: str, today: date, people: Collection[str], products: Collection[str] = ()) -> Item:
    """The item that a draft's words tell of."""
    said = told(draft.words, people)
    words = said.words
    text = verbatim(words, 0, len(words), typed)
    referral = referral_in(words, said.parties)
    taken = {i for party in said.parties for i in range(party.start, party.end)}
    by = ""
    if referral is not None:
        taken |= set(range(referral.start, referral.end))
        by = verbatim(words, referral.by.name, referral.by.end, typed) if referral.by and not referral.by.nobody else ""
    splits, share, shared = shares_in(words, said.parties, typed)
    taken |= shared
    customer = _customer(said, shared, referral, draft.kind)
    counts, counting, vague = (
        counts_in(words, said.heads, said.parties) if draft.kind == "activity" else ({}, set(), False)
    )
    reason, kind, spent = reason_of(draft.kind, said, typed)
    taken |= spent | counting
    channel = channel_in(words)
    if channel is not None:
        taken |= set(range(channel.start, channel.end))
    again = repeats(words, referral)
    taken |= repeat_words(words)
    things = things_in(said, taken, draft.kind) if draft.kind in ("sale", "refund", "lost", "payment") else []
    quantity = quantity_of(things)
    if quantity is None and draft.kind == "sale":
        quantity = prices.counted_with(words) or prices.travellers(words)
    money, doubts, total = _money(draft.kind, said, quantity)
    if vague:
        doubts = (*doubts, Doubt("kpi.count_vague"))
    return Item(
        text=text,
        kind=draft.kind,
        money=money,
        day=draft.day if draft.day is not None else one(today),
        customer=verbatim(words, customer.name, customer.end, typed) if customer else "",
        product=_known(words, typed, products)
        or ", ".join(verbatim(words, thing.start, thing.end, typed) for thing in things if thing.end > thing.start),
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


def _customer(said: Told, shared: set[int], referral: Referral | None, kind: ItemKind) -> Party | None:
    """Whom it is about: the one it was done for; else who did it; else whoever is named, but not who sent them."""
    sender = referral.by if referral is not None else None
    inside = range(referral.start, referral.end) if referral is not None else range(0)
    named = [
        party
        for party in said.parties
        if not party.nobody and party != sender and party.start not in shared and party.start not in inside
    ]
    words = said.words
    named = [
        p for p in named if not (_side(words, p) and any(other.end in (p.start, p.start - 1) for other in named))
    ]  # chị Mai bên ngân hàng
    named = [p for p in named if not _belongs(words, p, named)]
    named = [p for p in named if not (_own_house(words, p) and len(named) > 1)]
    if not named or (kind == "activity" and len({_key(words, p) for p in named}) > 1):
        return None
    behind = [p for p in named if p.start and FOR.ending(words, p.start) and words[p.start - 1].text not in _OTHERS]
    if behind:
        given = [p for p in behind if words[p.start - 1].text not in ("của", "cua")]
        return (given or behind)[0]
    doing = next(
        (p for p in named if any(head.start >= p.end and head.start - p.end <= 2 for head in said.heads)), None
    )
    alone = kind in ("activity", "promise")  # whom one looked at a house with is the customer
    rest = [p for p in named if alone or not (p.start and words[p.start - 1].text in _OTHERS)]
    return doing or (rest[0] if rest else None)


_WHOSE = frozenset({"lớp", "lop", "của", "cua", "nhà"})


def _belongs(words: Sequence[Word], party: Party, named: Sequence[Party]) -> bool:
    """`cô giáo Hiền lớp bé Bin`, `anh Hoàng khách của chị Nga`: who only says whose the other is."""
    led = party.start > 0 and words[party.start - 1].text in _WHOSE
    return led and any(0 <= party.start - other.end <= 3 for other in named if other is not party)


def _own_house(words: Sequence[Word], party: Party) -> bool:
    """`bù cho tiệm 2 củ`: the member's own."""
    return party.end - party.start == 1 and words[party.start].text in ("tiệm", "tiem", "shop", "quán")


def _side(words: Sequence[Word], party: Party) -> bool:
    """`bên ngân hàng` behind a name is where that person works."""
    return (
        party.name > party.start
        or words[party.start - 1].text in ("bên", "ben")
        or words[party.start].text in ("bên", "ben")
    )


def _key(words: Sequence[Word], party: Party) -> str:
    return " ".join(word.text for word in words[party.name : party.end])


def _known(words: Sequence[Word], typed: str, products: Collection[str]) -> str:
    """A product that the member has sold before, wherever it is named."""
    for n in range(min(6, len(words)), 0, -1) if products else ():
        for i in range(len(words) - n + 1):
            if " ".join(word.text for word in words[i : i + n]) in products:
                return verbatim(words, i, i + n, typed)
    return ""


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
    final = [i for i in roles if prices.lowered_to(words, i)]
    if final:
        goods, sums = final[-1:], []
    value = prices.summed([prices.value_of(words, i, quantity) for i in goods]) if goods else none(prices.MISSING)
    doubts: tuple[Doubt, ...] = ()
    if sums:
        stated = prices.value_of(words, sums[-1], None)
        unit = len(goods) == 1 and (quantity is None or prices.repeats_measure(words, goods[0]))
        value = stated if unit or not goods else prices.settled(value, stated)
    elif value.certain and not final:
        value, doubts = _discounted(words, roles, value)
    if quantity is not None and len(goods) == 1 and not sums and value.certain and _too_little(value, quantity):
        return value.map(lambda money: replace(money, amount=int(money.amount * quantity))), doubts, False
    single = len(goods) + len(sums) == 1 and not any(prices.is_unit_price(words, i) for i in goods)
    return value, doubts, bool(value) and single and quantity is not None and quantity > 1


_MOST_APART = 6
_LEAST = 50  # đồng: nothing costs less, so "500 cái khẩu trang 7k5" is the price of one


def _too_little(value: Readings[Money], quantity: Fraction) -> bool:
    money = value.value
    return money is not None and money.currency == "VND" and money.amount < _LEAST * quantity


def _reason_span(said: Told) -> set[int]:
    return reason_of("lost", said, " " * (said.words[-1].end if said.words else 0))[2]


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
    share = prices.percent_off(words, amounts[-1]) if amounts else Fraction(0)
    off = sum(
        money.amount
        for i, role in roles.items()
        if role == "discount" and amounts and i > amounts[0]
        for money in prices.value_of(words, i, None).values[:1]
    )
    gross = value.values[0].amount
    net = int(gross * (1 - share) + Fraction(1, 2)) - off
    if net == gross or net <= 0 or value.values[0].currency != "VND":
        return value, ()
    return one(replace(value.values[0], amount=net)), (Doubt("kpi.discount_taken_off"),)


def deposits(said: Told) -> bool:
    """Whether the only money of these words is put down in advance."""
    return any(
        verbs.DEPOSITS.at(said.words, head.start)
        and any(w.sort == "amount" for w in said.words[head.end : head.end + 4])
        for head in said.heads
    )
