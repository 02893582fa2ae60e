"""From what a line says, and what options say over it, to what would stand in the book; nothing is written here."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from toolkit.core.errors import InputError, UsageError
from toolkit.core.outcome import Problem
from toolkit.core.readings import Readings, none, one
from toolkit.core.text import clean
from toolkit.kpi.model import QUANTITY_UNIT, WHOLE_SHARE, Doubt, Item, LineReading
from toolkit.kpi.people.buyers import is_nobody
from toolkit.kpi.service.finding import engagement_of
from toolkit.kpi.service.told import Told

if TYPE_CHECKING:
    from datetime import date

    from toolkit.core.money import Money
    from toolkit.kpi.book import KpiBook
    from toolkit.kpi.model import ItemKind, Split

NEEDS_AMOUNT: Final[frozenset[ItemKind]] = frozenset({"sale", "refund", "payment"})
MOST_AMOUNT: Final = 10**15
"""đồng; more than a state earns in a year is a slip of typing."""
MOST_PIECES: Final = 10**9
"""Of one sale, or of one day's work."""


@dataclass(frozen=True)
class Options:
    """What options of the command say; None where they say nothing. `share` and splits in hundredths of a percent."""

    amount: int | None = None
    day: date | None = None
    customer: str | None = None
    product: str | None = None
    quantity: Fraction | None = None
    channel: str | None = None
    note: str | None = None
    engagement: str | None = None
    share: int | None = None
    splits: tuple[Split, ...] | None = None
    referral: bool | None = None
    referrer: str | None = None
    repeat: bool | None = None

    def over(self, item: Item) -> Item:
        """The item with what the options say instead."""
        from toolkit.core.money import Money

        given: dict[str, object] = {
            name: value
            for name in ("customer", "product", "quantity", "channel", "share", "splits", "referral", "repeat")
            if (value := getattr(self, name)) is not None
        }
        if self.amount is not None:
            given |= {"money": one(Money(self.amount, "VND")), "total": False}
        if self.day is not None:
            given["day"] = one(self.day)
        if self.referrer is not None:
            given |= {"referrer": self.referrer, "referral": True}
        if self.engagement is not None:
            given["engagement"] = self.engagement
        return replace(item, **given)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Draft:
    """One thing as it would be recorded. `amount` is None where it can't be said: `problem` says why, and the thing
    isn't recorded. `doubts` are what the member should look at."""

    item: Item
    amount: int | None
    day: date
    engagement: str
    note: str = ""
    problem: Problem | None = None
    doubts: tuple[Doubt, ...] = ()

    @property
    def kind(self) -> ItemKind:
        return self.item.kind

    @property
    def needs_confirm(self) -> bool:
        return bool(self.doubts) or self.problem is not None

    @property
    def customer(self) -> str:
        """The customer's name, "" where nobody is known."""
        return "" if is_nobody(self.item.customer) else self.item.customer

    def told(self) -> Told:
        """The draft in the form in which the book is told."""
        item = self.item
        return Told(
            item.kind, self.day, self.amount, item.customer, item.product, item.quantity, item.referral,
            item.referrer, item.repeat, item.channel, item.reason, item.reason_kind, item.counts,
            self.needs_confirm, engagement=self.engagement, share=item.share, splits=item.splits, note=self.note,
            text=item.text, promise=item.promise, due=item.due.value if item.due else None, total=item.total,
            paid=item.paid, doubts=self.doubts,
        )  # fmt: skip


@dataclass(frozen=True)
class Understood:
    """A line as it is understood: what would be recorded, or why nothing would."""

    reading: LineReading
    drafts: tuple[Draft, ...]
    questions: tuple[Problem, ...] = field(default_factory=tuple)


def understood(
    reading: LineReading, book: KpiBook, options: Options, today: date, *, otherwise: str = ""
) -> Understood:
    """What a line and the options beside it come to; `otherwise` is the engagement where neither names one.

    Raises InputError for shares that don't sum up, UsageError for an engagement that is unknown or has to be named, and
    for an amount, a quantity, a product or a customer beside a line of several things.
    """
    said = [name for name in ("amount", "quantity", "product", "customer") if getattr(options, name) is not None]
    if len(reading.items) > 1 and said:
        raise UsageError("kpi.options_for_one", name=f"--{said[0]}", n=len(reading.items))
    items = () if reading.intent == "correct" else reading.items  # a correction is of what stands in the book already
    drafts = tuple(_draft(options.over(item), book, options, today, otherwise) for item in items)
    questions = tuple(Problem(doubt.code, params=doubt.params, value=reading.text) for doubt in reading.questions)
    return Understood(reading, drafts, questions)


def told_by_options(today: date) -> LineReading:
    """A sale that options alone tell of."""
    return LineReading("", "record", (Item("", "sale", none("kpi.amount_missing"), one(today)),))


def settled(draft: Draft, money: Money) -> Draft:
    """The draft with the amount that the member said when asked."""
    return _with_amount(replace(draft, problem=None), one(money))


def _draft(item: Item, book: KpiBook, options: Options, today: date, otherwise: str) -> Draft:
    doubts = list(item.doubts)
    day = _day(item.day, today, doubts)
    draft = Draft(
        replace(item, share=_share(item, options)), None, day, engagement_of(book, item.engagement or otherwise),
        options.note or "", doubts=tuple(doubts),
    )  # fmt: skip
    draft = _with_amount(draft, item.money)
    if item.quantity is not None and not Fraction(1, QUANTITY_UNIT) <= item.quantity <= MOST_PIECES:
        draft = replace(draft, problem=Problem("kpi.not_a_quantity", value=item.text))
    uncounted = item.kind == "activity" and not item.counts
    if uncounted or any(not 0 < count <= MOST_PIECES for count in item.counts.values()):
        draft = replace(draft, problem=Problem("kpi.not_a_count", value=item.text))
    if draft.customer:
        known = book.contacts_like(draft.engagement, clean(draft.customer))
        if len(known) > 1:
            names = ", ".join(f"{one.id} {one.name}" for one in known)
            several = Doubt("kpi.customer_several", {"name": draft.customer, "people": names})
            draft = replace(draft, doubts=(*draft.doubts, several))
    return draft


def _with_amount(draft: Draft, money: Readings[Money]) -> Draft:
    """The draft with its amount, or with why it has none."""
    needed = draft.kind in NEEDS_AMOUNT
    value = money.value
    if value is None:
        if not needed and not money.ambiguous:
            return draft
        code = money.code or "kpi.amount_missing"
        return replace(draft, problem=Problem(code, params=money.params, value=draft.item.text))
    if value.currency != "VND":
        wrong = Problem("kpi.only_dong", params={"currency": value.currency}, value=draft.item.text)
        return replace(draft, problem=wrong)
    if value.amount > MOST_AMOUNT or value.amount < 0 or (needed and not value.amount):
        return replace(draft, problem=Problem("kpi.amount_out_of_range", value=draft.item.text))
    return replace(draft, amount=value.amount)


def _day(days: Readings[date], today: date, doubts: list[Doubt]) -> date:
    """The day that is meant: of several the one nearest to today, with a doubt."""
    if days.value is not None:
        return days.value
    if days.ambiguous:
        nearest = min(days.values, key=lambda day: (abs((day - today).days), day))
        doubts.append(Doubt("kpi.day_several", {"readings": " / ".join(f"{day:%d/%m/%Y}" for day in days.values)}))
        return nearest
    if days.code:
        doubts.append(Doubt("kpi.day_unclear", {"day": f"{today:%d/%m/%Y}"}))
    return today


def _share(item: Item, options: Options) -> int:
    """The member's share: what is said, or what the others leave. InputError where they come to more than the whole."""
    others = sum(split.share for split in item.splits)
    said = options.share if options.share is not None else item.share if item.share != WHOLE_SHARE else None
    share = WHOLE_SHARE - others if said is None else said
    if share < 0 or share + others > WHOLE_SHARE or (said is not None and others and share + others != WHOLE_SHARE):
        raise InputError("kpi.shares_dont_sum", share=_percent(share), others=_percent(others))
    return share


def _percent(share: int) -> str:
    whole = Fraction(share, 100)
    return f"{whole.numerator}" if whole.denominator == 1 else f"{float(whole):g}"
