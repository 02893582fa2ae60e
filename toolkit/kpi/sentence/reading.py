"""A line becomes items: sold, paid, taken back, declined, done, promised; or there is nothing to record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from toolkit.core.sentences.followup import corrects
from toolkit.core.sentences.line import Word
from toolkit.core.sentences.line import read_line as words_of
from toolkit.kpi.model import Doubt, Item, LineReading
from toolkit.kpi.sentence import declines, intents, prices, talk
from toolkit.kpi.sentence.calls import without_calls
from toolkit.kpi.sentence.drafting import drafts_in
from toolkit.kpi.sentence.items import Draft, item_of
from toolkit.kpi.sentence.phrases import read_words
from toolkit.kpi.sentence.promises import promise_of
from toolkit.kpi.sentence.told import told
from toolkit.kpi.sentence.unsaid import correction, said_again

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date


LONGEST: Final = 2000
"""Characters of a line; a longer text is a letter."""


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
        self.words = said_again(without_calls(self.words))
        if talk.on_offer(self.words, self.people):
            return LineReading(self.typed, "chat")
        if intents.treats(self.words):
            return LineReading(self.typed, "plan")
        drafts, planned = drafts_in(self.words, self.today, self.people)
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


_FOLLOWS = frozenset({
    ("sale", "payment"), ("sale", "refund"), ("sale", "promise"), ("payment", "payment"), ("activity", "sale"),
    ("activity", "lost"), ("activity", "promise"),
})  # fmt: skip


def _same_customer(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Who is named once is the customer of what follows: money behind a sale, a sale behind a meeting."""
    done: list[Item] = []
    for item in items:
        pair = (done[-1].kind, item.kind) if done else ("", "")
        if done and pair == ("sale", "payment") and item.customer and not done[-1].customer:
            done[-1] = replace(done[-1], customer=item.customer)  # "đơn 890k bớt 40k, thu 850k, c Hằng"
        same = done and not item.customer and pair in _FOLLOWS
        done.append(replace(item, customer=done[-1].customer) if same else item)
    return tuple(done)


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
