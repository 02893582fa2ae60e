"""A line becomes items: sold, paid, taken back, declined, done, promised; or there is nothing to record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from toolkit.core.sentences.followup import corrects
from toolkit.core.sentences.line import Word
from toolkit.core.sentences.line import read_line as words_of
from toolkit.kpi.model import Doubt, Item, LineReading
from toolkit.kpi.sentence import declines, intents, prices, talk, verbs
from toolkit.kpi.sentence.adds import adds_price, has_amount, new_customer, only_adds, turned
from toolkit.kpi.sentence.doings import counts_in
from toolkit.kpi.sentence.facts import BECAUSE, referral_in, repeats
from toolkit.kpi.sentence.items import Draft, day_in, deposits, item_of
from toolkit.kpi.sentence.parts import cut
from toolkit.kpi.sentence.phrases import read_words
from toolkit.kpi.sentence.promises import customers_own, promise_of
from toolkit.kpi.sentence.told import Told, told
from toolkit.kpi.sentence.unsaid import correction, said_again

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from toolkit.core.readings import Readings
    from toolkit.kpi.model import ItemKind
    from toolkit.kpi.sentence.heads import Head

LONGEST: Final = 2000
"""Characters of a line; a longer text is a letter."""

_SOLD = frozenset({"sell", "buy"})


def read_line(
    text: str,
    *,
    today: date,
    people: Collection[str] = (),
    products: Collection[str] = (),
    xi: int | None = None,
) -> LineReading:
    """What a line says of selling: its items in their order, or why there are none. Never raises.

    `people` and `products` are names that the member has used before. `xi` is what the member means by one xị (10,000
    or 100,000; None: ask). Days look back from `today`; what is promised looks forward. A line of more than LONGEST
    characters isn't read. Of a correction ("à nhầm, 12tr") the one item holds only what was said anew: a field that
    wasn't has no reading and the code UNSAID, or is empty.
    """
    if len(text) > LONGEST:
        return LineReading(text, "chat", questions=(Doubt("kpi.line_too_long", {"n": LONGEST}),))
    line = words_of(text)
    words = read_words(line, today, xi)
    known = frozenset(" ".join(name.lower().split()) for name in people)
    if corrects(words) and not any(word.text == "?" for word in words) and not _tells(words, known):
        return correction(text, words, today, known)
    return _Reader(text, words, today, known, frozenset(" ".join(name.lower().split()) for name in products)).read()


def _tells(words: Sequence[Word], people: Collection[str]) -> bool:
    """`khách hủy đơn vì đặt nhầm` is no correction."""
    first = next((head for head in told(words, people).heads), None)
    return first is not None and first.kind in ("lost", "refund") and words[first.start].text not in ("không", "khong")


@dataclass
class _Reader:
    """One line while it is read."""

    typed: str
    words: list[Word]
    today: date
    people: Collection[str]
    products: Collection[str] = ()

    def read(self) -> LineReading:
        if not self.words:
            return LineReading(self.typed, "chat")
        if intents.asks(self.words):
            return LineReading(self.typed, "question")
        self.words = said_again(self.words)
        drafts, planned = self._drafts() if not talk.on_offer(self.words, self.people) else ([], False)
        items = tuple(self._item(draft) for draft in drafts)
        items = _same_customer(tuple(item for item in items if _says_something(item)))
        if not items:
            return LineReading(self.typed, "plan" if planned else "chat")
        return LineReading(self.typed, "record", self._days(items, drafts))

    def _item(self, draft: Draft) -> Item:
        item = item_of(draft, self.typed, self.today, self.people, self.products)
        if draft.kind == "promise":
            return promise_of(item, draft, self.typed, self.today, self.people)
        return item

    def _days(self, items: tuple[Item, ...], drafts: Sequence[Draft]) -> tuple[Item, ...]:
        """A day that closes the line, the only one in it, is that of all."""
        said = [draft.day for draft in drafts if draft.day is not None]
        if len(said) == 1 and drafts and drafts[-1].day is said[0] and len(items) == len(drafts):
            last = drafts[-1].words
            if last and any(word.date is not None for word in last[-2:]):
                return tuple(replace(item, day=said[0]) if item.kind != "promise" else item for item in items)
        return items

    def _drafts(self) -> tuple[list[Draft], bool]:
        whole = told(self.words, self.people)
        drafts: list[Draft] = []
        prefix: list[Word] = []
        carried: Readings[date] | None = None
        planned = spoilt = False
        for part in cut(self.words, whole.heads, whole.parties):
            words = self.words[part.start : part.end]
            said = told(words, self.people)
            day = day_in(words, self.today)
            if drafts and drafts[-1].kind in ("lost", "refund") and _explains(said):
                _append(drafts[-1], words)
                continue
            verdict = self._verdict(said, drafts[-1].words if drafts else prefix)
            if verdict != "tells":
                planned |= verdict == "plan"
                spoilt = verdict in ("plan", "chat") or not drafts
                carried = day if day is not None else carried
                continue
            kind = self._kind(said, drafts[-1] if drafts else None)
            if kind is None and spoilt and not any(head.kind != "order" for head in said.heads):
                continue
            if kind is None:
                if day is not None and drafts and (prices.only_left(words) or _delivered_later(said)):
                    day = None  # "…, còn 7 củ cuối tháng"
                if drafts:
                    _append(drafts[-1], words)
                    drafts[-1].day = day if day is not None and drafts[-1].day is None else drafts[-1].day
                else:
                    prefix = [*prefix, *([_comma(prefix[-1])] if prefix else []), *words]
                carried = day if day is not None else carried
                continue
            spoilt = False
            day = None if kind == "promise" else day  # when it is due is no day of what was done
            carried = day if day is not None else carried
            draft = Draft(kind, [], carried)
            if kind == "sale" and not said.heads and not drafts and not _counts_goods(said):
                draft.unsure = (Doubt("kpi.taken_as_sale"),)
            if prefix:
                _append(draft, prefix)
                prefix = []
            _append(draft, words)
            if turned(drafts[-1] if drafts else None, kind, words):
                drafts[-1].kind = kind
                _append(drafts[-1], words)
                continue
            if drafts and drafts[-1].kind == kind == "activity" and (day is None or drafts[-1].day in (None, day)):
                _append(drafts[-1], words)
                continue
            if drafts and kind == drafts[-1].kind and not said.heads:
                self._continue(draft, drafts[-1])
            drafts.append(draft)
        if prefix and not drafts:
            drafts += self._left_over(prefix, carried)
        return drafts, planned

    def _verdict(self, said: Told, before: Sequence[Word]) -> str:
        """Whether a part tells of something that happened ("tells"), of a plan, of what isn't so yet, or talks."""
        words = said.words
        firm = [head for head in said.heads if head.kind != "order"]
        promised = next((head for head in firm if head.kind == "promise"), None)
        if promised is not None:
            return "plan" if customers_own(said, promised) else "tells"
        if firm and intents.denied(words, firm[0]):
            return "denied"
        named = {i for party in said.parties for i in range(party.start, party.end)}
        if firm and (intents.going_on(words, firm[0]) or intents.of_others(words, firm[0])):
            return "chat"
        if intents.asked_of_us(words, firm) or talk.is_talk(words, firm, said.parties):
            return "chat"
        if firm and talk.refuses_to_sell(words, firm[0]):
            return "chat"
        if any(word.sort == "amount" for word in words) and intents.never_sold(words, firm, named):
            return "chat"
        if intents.planned(words, firm, self.today, named):
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
            talk.buys_self(words, said.heads, said.parties) and not new_customer(told(before, self.people))
        ):
            return "chat"
        return "tells"

    def _kind(self, said: Told, before: Draft | None) -> ItemKind | None:
        """What a part tells of; None for words that only add to the thing before or behind."""
        kinds = {head.kind for head in said.heads}
        words = said.words
        amounts = [i for i, word in enumerate(words) if word.sort == "amount"]
        priced = [i for i in amounts if prices.role_of(words, i) in ("goods", "sum")]
        if "promise" in kinds:
            return "promise"
        if before is not None and only_adds(said, before):
            return None
        if "refund" in kinds:
            if before is not None and before.kind == "refund" and not has_amount(before) and not new_customer(said):
                return None
            return "refund" if before is None or before.kind != "refund" or priced else None
        if "lost" in kinds:
            return _lost(said, before)
        if (
            before is not None
            and before.kind == "lost"
            and not priced
            and not (kinds & {"activity"})
            and not said.parties
        ):
            return None
        if kinds & _SOLD:
            return self._sold(said, before, priced)
        if "payment" in kinds and not (amounts == [] and "activity" in kinds):
            return self._paid(said, before, priced)
        if "activity" in kinds:
            if priced and _work_for_pay(said):
                return "sale"
            return "activity" if not _only_says(said, before) else None
        if "order" in kinds and (priced or said.parties) and not adds_price(before, said, priced):
            return "sale"
        if _counted_work(said) and not priced:
            return "activity"
        return self._continued(said, before, priced)

    def _sold(self, said: Told, before: Draft | None, priced: Sequence[int]) -> ItemKind | None:
        if deposits(said) and len(priced) <= 1:
            return "payment"
        if not priced and not new_customer(said) and _counted_work(said):
            return "activity"
        first = said.heads[0]
        paying = next((head for head in said.heads if head.kind == "payment"), None)
        selling = next(head for head in said.heads if head.kind in _SOLD)
        if paying is not None and priced and paying.start < selling.start and _pays_for(said, paying, selling):
            return "payment"
        if before is not None and before.kind == "sale" and not priced and _delivers(said) and not new_customer(said):
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
        if (
            before is not None
            and before.kind == "sale"
            and priced
            and not has_amount(before)
            and not new_customer(said)
        ):
            return None  # "chị Nhã đã mua 2 lần, nay mua thêm 1 hộp 300k"
        return "sale"

    def _paid(self, said: Told, before: Draft | None, priced: Sequence[int]) -> ItemKind | None:
        if priced and _only_paid(said, priced):
            return self._continued(said, before, priced)  # "… cho quán Út 1tr3 đã nhận đủ"
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

    def _continued(self, said: Told, before: Draft | None, priced: Sequence[int]) -> ItemKind | None:
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
        if before.kind in ("activity", "lost", "promise") and (named or _counts_goods(said)):
            return "sale"
        return None

    def _continue(self, draft: Draft, before: Draft) -> None:
        """A further customer without a verb; what they bought is the same where nothing else is named."""
        draft.day = draft.day or before.day

    def _left_over(self, prefix: list[Word], carried: Readings[date] | None) -> list[Draft]:
        """A line without any verb: with an amount and somebody or something it is taken for a sale, and says so."""
        said = told(prefix, self.people)
        priced = [
            i for i, w in enumerate(prefix) if w.sort == "amount" and prices.role_of(prefix, i) in ("goods", "sum")
        ]
        named = [p for p in said.parties if not p.nobody]
        things = any(word.sort == "word" for word in prefix)
        if not named and prices.begins_with_a_fee(prefix):
            return []
        if not named and (prefix[0].text in ("giá", "gia") or any(prices.is_talk(prefix, i) for i in priced)):
            return []
        if not named and any(prices.is_unit_price(prefix, i) for i in priced) and not _counts_goods(said):
            return []
        if not priced or not (named or things) or (intents.own_spending(prefix) and not named):
            return []
        if any(head.kind == "payment" for head in said.heads):
            return [Draft("payment", prefix, carried)]
        draft = Draft("sale", prefix, carried, guessed=True, unsure=(Doubt("kpi.taken_as_sale"),))
        return [draft]


_FOLLOWS = frozenset({
    ("sale", "payment"), ("sale", "refund"), ("sale", "promise"), ("payment", "payment"), ("activity", "sale"),
    ("activity", "lost"), ("activity", "promise"),
})  # fmt: skip


def _same_customer(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Who is named once is the customer of what follows: money behind a sale, a sale behind a meeting."""
    done: list[Item] = []
    for item in items:
        same = done and not item.customer and (done[-1].kind, item.kind) in _FOLLOWS
        done.append(replace(item, customer=done[-1].customer) if same else item)
    return tuple(done)


def _comma(word: Word) -> Word:
    return Word(",", ",", word.end, word.end, "sign")


def _append(draft: Draft, words: Sequence[Word]) -> None:
    if draft.words and words:
        draft.words.append(_comma(draft.words[-1]))
    draft.words.extend(words)


def _says_something(item: Item) -> bool:
    """An item with nothing but a verb is none: "hôm nay bán được", "chốt thôi"."""
    if item.kind in ("sale", "refund", "payment"):
        return bool(
            item.money or item.money.code != prices.MISSING or item.customer or (item.quantity and item.product)
        )
    if item.kind == "lost":
        return bool(item.customer or item.reason or item.product or item.money) or gives_up(item.text)
    return item.kind != "activity" or bool(item.counts or item.doubts)


def gives_up(text: str) -> bool:
    """Whether a text names a lost deal itself ("mất khách"), not only what didn't happen ("không bán được")."""
    return declines.BACKS_OUT.has(words_of(text).words)


def _only_paid(said: Told, priced: Sequence[int]) -> bool:
    """Whether the paying stands behind "cho" somebody and the price, and only says that it was paid."""
    paying = [head for head in said.heads if head.kind == "payment"]
    given = any(party.start and said.words[party.start - 1].text == "cho" for party in said.parties)
    given = given or said.heads[0].kind == "order"  # "đơn chị Giang đầm dạ hội 1tr050 đã ck"
    return given and all(
        head.start > max(priced) and said.words[head.start - 1].text in ("đã", "da") for head in paying
    )


_THE_REST = frozenset({"nốt", "not", "hết", "het", "đủ", "du", "xong"})


def _delivered_later(said: Told) -> bool:
    """`…, giao thứ 3`: the day of bringing is not that of selling."""
    return (
        bool(said.heads) and said.words[said.heads[0].start].text in ("giao", "ship", "lắp", "gửi") and _delivers(said)
    )


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
    return bool(said.parties) and all(head.doing == "post" for head in doings)


def _lost(said: Told, before: Draft | None) -> ItemKind | None:
    if before is not None and before.kind == "lost" and not new_customer(said):
        return None
    sold = any(head.kind in _SOLD for head in said.heads)
    return "sale" if sold and _sold_after_all(said) else "lost"


def _explains(said: Told) -> bool:
    """A part behind a lost deal or a refund that names nobody, does nothing and costs nothing says why."""
    if any(BECAUSE.at(said.words, i) for i in range(min(2, len(said.words)))):
        return True
    busy = any(head.kind in ("sell", "payment", "activity", "promise") for head in said.heads)
    return not busy and not new_customer(said) and not any(word.sort == "amount" for word in said.words)


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


def _delivers(said: Told) -> bool:
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


def _counts_goods(said: Told) -> bool:
    return any(word.sort == "digits" for word in said.words)
