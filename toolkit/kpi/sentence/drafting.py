"""The parts of a line gathered into drafts: what begins a thing, what is added to one, what is passed over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit.core.sentences.line import Word
from toolkit.kpi.model import Doubt
from toolkit.kpi.sentence import intents, prices
from toolkit.kpi.sentence.adds import completes, new_customer, turned
from toolkit.kpi.sentence.facts import BECAUSE
from toolkit.kpi.sentence.items import Draft, day_in
from toolkit.kpi.sentence.kinds import counts_goods, delivers, kind_of, verdict_of
from toolkit.kpi.sentence.parts import cut
from toolkit.kpi.sentence.told import told

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from toolkit.core.readings import Readings
    from toolkit.kpi.model import ItemKind
    from toolkit.kpi.sentence.told import Told


def drafts_in(words: Sequence[Word], today: date, people: Collection[str]) -> tuple[list[Draft], bool]:
    """The things that a line tells of, in their order, and whether something in it is only planned."""
    whole = told(words, people)
    gathered = _Gathered(today, people)
    for part in cut(words, whole.heads, whole.parties):
        gathered.read(words[part.start : part.end])
    return gathered.all(), gathered.planned


@dataclass
class _Gathered:
    """What the parts up to here told.

    `prefix` are words that wait for a thing to belong to, `passed` what a customer thought or asked before they
    declined; `carried` is the day that holds for what follows; `spoilt`: what follows without a verb belongs to a part
    that told nothing.
    """

    today: date
    people: Collection[str]
    drafts: list[Draft] = field(default_factory=list)
    planned: bool = False
    prefix: list[Word] = field(default_factory=list)
    passed: Sequence[Word] = ()
    carried: Readings[date] | None = None
    spoilt: bool = False

    @property
    def last(self) -> Draft | None:
        return self.drafts[-1] if self.drafts else None

    def read(self, words: Sequence[Word]) -> None:
        said = told(words, self.people)
        last = self.last
        if last is not None and last.kind in ("lost", "refund") and _explains(said):
            _append(last, words)
            return
        verdict = verdict_of(said, last.words if last is not None else self.prefix, self.today, self.people)
        day = day_in(words, self.today)
        if verdict != "tells" and not (verdict == "plan" and last is not None and completes(said, last)):
            self.planned |= verdict == "plan"
            self.spoilt = verdict in ("plan", "chat") or last is None
            self.passed = words if verdict == "chat" else ()
            self.carried = _either(day, self.carried)
            return
        kind = kind_of(said, last)
        if kind is not None:
            self._begin(kind, said, None if kind == "promise" else day)  # when it is due is no day of what was done
        elif not self.spoilt or any(head.kind != "order" for head in said.heads):
            self._add(said, day)

    def _add(self, said: Told, day: Readings[date] | None) -> None:
        """Words that only add to the thing before or behind."""
        last = self.last
        if last is None:
            self.prefix = [*self.prefix, *([_comma(self.prefix[-1])] if self.prefix else []), *said.words]
            self.carried = _either(day, self.carried)
            return
        if prices.only_left(said.words) or _delivered_later(said):
            day = None  # "…, còn 7 củ cuối tháng"
        _append(last, said.words)
        last.day = _either(last.day, day)
        self.carried = _either(day, self.carried)

    def _begin(self, kind: ItemKind, said: Told, day: Readings[date] | None) -> None:
        last = self.last
        self.spoilt = False
        self.carried = _either(day, self.carried)
        if last is not None and turned(last, kind, said.words):
            last.kind = kind
            _append(last, said.words)
            return
        if last is not None and last.kind == kind == "activity" and (day is None or last.day in (None, day)):
            _append(last, said.words)
            return
        draft = Draft(kind, [], self.carried)
        if kind == "sale" and not said.heads and last is None and not counts_goods(said):
            draft.unsure = (Doubt("kpi.taken_as_sale"),)
        _append(draft, self.prefix)
        if kind == "lost" and last is None and not new_customer(said):
            _append(draft, self.passed)  # "cô Đào nói để suy nghĩ, rồi im luôn"
        _append(draft, said.words)
        self.prefix = []
        if last is not None and kind == last.kind and not said.heads:
            draft.day = _either(draft.day, last.day)
        self.drafts.append(draft)

    def all(self) -> list[Draft]:
        return self.drafts or (_left_over(told(self.prefix, self.people), self.carried) if self.prefix else [])


def _left_over(said: Told, carried: Readings[date] | None) -> list[Draft]:
    """A line without any verb: with an amount and somebody or something it is taken for a sale, and says so."""
    prefix = list(said.words)
    priced = [i for i, w in enumerate(prefix) if w.sort == "amount" and prices.role_of(prefix, i) in ("goods", "sum")]
    named = [p for p in said.parties if not p.nobody]
    things = any(word.sort == "word" for word in prefix)
    if not named and prices.begins_with_a_fee(prefix):
        return []
    if not named and (prefix[0].text in ("giá", "gia") or any(prices.is_talk(prefix, i) for i in priced)):
        return []
    if not named and any(prices.is_unit_price(prefix, i) for i in priced) and not counts_goods(said):
        return []
    if not priced or not (named or things) or (intents.own_spending(prefix) and not named):
        return []
    if any(head.kind == "payment" for head in said.heads):
        return [Draft("payment", prefix, carried)]
    draft = Draft("sale", prefix, carried, guessed=True, unsure=(Doubt("kpi.taken_as_sale"),))
    return [draft]


def _either(one: Readings[date] | None, two: Readings[date] | None) -> Readings[date] | None:
    """The first that was said at all; a day said vaguely was said."""
    return one if one is not None else two


def _comma(word: Word) -> Word:
    return Word(",", ",", word.end, word.end, "sign")


def _append(draft: Draft, words: Sequence[Word]) -> None:
    if draft.words and words:
        draft.words.append(_comma(draft.words[-1]))
    draft.words.extend(words)


def _explains(said: Told) -> bool:
    """A part behind a lost deal or a refund that names nobody, does nothing and costs nothing says why."""
    if any(BECAUSE.at(said.words, i) for i in range(min(2, len(said.words)))):
        return True
    busy = any(head.kind in ("sell", "payment", "activity", "promise") for head in said.heads)
    return not busy and not new_customer(said) and not any(word.sort == "amount" for word in said.words)


def _delivered_later(said: Told) -> bool:
    """`…, giao thứ 3`: the day of bringing is not that of selling."""
    return (
        bool(said.heads) and said.words[said.heads[0].start].text in ("giao", "ship", "lắp", "gửi") and delivers(said)
    )
