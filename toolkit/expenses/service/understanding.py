"""A sentence, understood as far as it goes: entries as they would be written, and what would have to be asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal, Protocol

from toolkit.core.readings import Readings, one
from toolkit.core.text import search_key
from toolkit.expenses.accounts import BANK, CASH, ELSEWHERE, account_named, new_account
from toolkit.expenses.categories import LEAVES, leaves_of
from toolkit.expenses.model import Doubt, Draft, Guess, Kind, Sorting
from toolkit.expenses.plausibility import unusual

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from toolkit.core.money import Money
    from toolkit.expenses.categories import Category
    from toolkit.expenses.model import Account, Intent, Item, SentenceReading

Open = Literal["amount", "day", "category", "unusual", "other"]
"""What can be open about an entry; "other" is whatever else the sentence gives a reason to doubt."""


MOST_MONEY: Final = 10**15
"""Đồng or minor units of one entry; more is a slip of typing, and sums have to fit into the database."""
CATEGORY_DOUBTFUL: Final = "expenses.category_doubtful"


class Sorts(Protocol):
    """Whoever can say what category a phrase is of."""

    def sort(self, core: str, kinds: frozenset[Kind]) -> Sorting: ...


class Reads(Protocol):
    """Whoever can read a sentence."""

    def __call__(
        self, text: str, *, today: date, xi: int | None = None, people: Collection[str] = ()
    ) -> SentenceReading: ...


@dataclass(frozen=True)
class Known:
    """What the member's book says about their words: own accounts and categories by id, people, the usual account."""

    accounts: Mapping[str, Account]
    categories: Mapping[str, Category]
    people: tuple[str, ...] = ()
    usual: str = CASH

    def kind_of(self, category: str) -> Kind | None:
        known = LEAVES.get(category) or self.categories.get(category)
        return known.kind if known else None


@dataclass(frozen=True)
class Proposal:
    """One entry as it would be written. `typed` is the day it was typed on, `answered` are the questions that the
    member has answered."""

    item: Item
    sorting: Sorting
    kind: Kind
    typed: date
    account: str
    counter: str = ""
    opened: tuple[Account, ...] = ()
    answered: frozenset[Open] = frozenset()

    @property
    def money(self) -> Money | None:
        """The amount, where it is certain and one that a book can hold."""
        money = self.item.money.value
        return money if money is not None and 0 < money.amount <= MOST_MONEY else None

    @property
    def day(self) -> date:
        """The day: the certain one, else the likeliest, else the one on which it was typed."""
        return next(iter(self.item.day.values), self.typed)

    @property
    def open(self) -> tuple[Open, ...]:
        """What isn't certain, in the order in which one would ask."""
        found: list[Open] = []
        if self.money is None:
            found.append("amount")
        if not self.item.day.certain:
            found.append("day")
        if not self.sorting.sure:
            found.append("category")
        if self._unusual() is not None:
            found.append("unusual")
        if self.item.doubts:
            found.append("other")
        return tuple(question for question in found if question not in self.answered)

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """Why it isn't certain, for the member to read."""
        money, day = self.item.money, self.item.day
        unusual_amount = self._unusual()
        by_question: dict[Open, tuple[Doubt, ...]] = {
            "amount": (Doubt(money.code or "expenses.amount_unclear", money.params),),
            "day": (Doubt(day.code or "expenses.day_unclear", day.params),),
            "category": (Doubt(CATEGORY_DOUBTFUL),),
            "unusual": (unusual_amount,) if unusual_amount else (),
            "other": self.item.doubts,
        }
        return tuple(doubt for question in self.open for doubt in by_question[question])

    @property
    def needs_confirm(self) -> bool:
        return bool(self.open)

    def with_money(self, money: Money) -> Proposal:
        doubts = tuple(doubt for doubt in self.item.doubts if not _is_about_money(doubt))
        item = replace(self.item, money=one(money), doubts=doubts)
        return replace(self, item=item, answered=self.answered | {"amount", "unusual"})

    def without_money(self) -> Proposal:
        """The amount as it was read isn't the right one: it waits for another."""
        return replace(self, item=replace(self.item, money=Readings(code="expenses.amount_unclear")))

    def with_day(self, day: date) -> Proposal:
        return replace(self, item=replace(self.item, day=one(day)), answered=self.answered | {"day"})

    def accepted(self, question: Open) -> Proposal:
        """As it is: the member has looked at it."""
        return replace(self, answered=self.answered | {question})

    def with_category(self, category: str, kind: Kind) -> Proposal:
        """The member's own word on the category."""
        sorting = Sorting((Guess(category, 1.0),), sure=True, by="memory")
        return replace(self, sorting=sorting, kind=kind, answered=self.answered | {"category"})

    def draft(self, sentence: str, money: Money) -> Draft:
        """The entry with this amount."""
        return Draft(
            day=self.day,
            kind=self.kind,
            category=self.sorting.category,
            amount=money.amount,
            currency=money.currency,
            account=self.account,
            counter=self.counter,
            person=self.item.person,
            note=self.item.note or self.item.text,
            sentence=sentence,
            core=self.item.core,
            needs_confirm=self.needs_confirm,
            confidence=self.sorting.probability,
            doubts=self.doubts,
        )

    def _unusual(self) -> Doubt | None:
        money = self.money
        return unusual(money.amount, money.currency, self.sorting.category) if money else None


def _is_about_money(doubt: Doubt) -> bool:
    return doubt.code.rpartition(".")[2].startswith("money_")


@dataclass(frozen=True)
class Understood:
    """A sentence as the tool understands it. `dropped` entries were said by the member to be none; `correction` holds
    what a follow-up says anew of the entry before."""

    text: str
    intent: Intent
    proposals: tuple[Proposal, ...] = ()
    questions: tuple[Doubt, ...] = ()
    dropped: int = 0
    correction: Item | None = None

    @property
    def certain(self) -> bool:
        return not self.questions and not any(proposal.open for proposal in self.proposals)


class Understanding:
    """Reads sentences for one member on one day."""

    def __init__(self, read: Reads, sorter: Sorts, known: Known, *, today: date, xi: int | None = None) -> None:
        self._read = read
        self._sorter = sorter
        self.known = known
        self._today = today
        self._xi = xi

    def of(self, text: str) -> Understood:
        """What `text` says. A text that is too long is no entry, and a question says so."""
        # Bytes that are no text, and NUL, can't be kept; everything else is kept as it was typed.
        typed = text.encode(errors="replace").decode().replace("\0", "")
        reading = self._read(typed, today=self._today, xi=self._xi, people=self.known.people)
        correction = reading.items[0] if reading.intent == "correct" and reading.items else None
        proposals = () if correction else tuple(map(self.proposal, reading.items))
        return Understood(typed, reading.intent, proposals, reading.questions, correction=correction)

    def with_xi(self, xi: int) -> Understanding:
        """The same for a member who means `xi` đồng by one xị."""
        return Understanding(self._read, self._sorter, self.known, today=self._today, xi=xi)

    def proposal(self, item: Item) -> Proposal:
        """An item with its category, its direction and its accounts."""
        sorting = self._sorted(item)
        kind = self.known.kind_of(sorting.category) or next(iter(sorted(item.kinds)), Kind.EXPENSE)
        if kind not in item.kinds and len(item.kinds) == 1:
            (kind,) = item.kinds
        opened: list[Account] = []
        account, counter = self._account(item.account, opened), self._account(item.counter, opened)
        if kind is Kind.TRANSFER:
            account, counter = self._both_sides(account, counter)
        else:
            account, counter = account or counter or self.known.usual, ""
        return Proposal(item, sorting, kind, self._today, account, counter, tuple(opened))

    def sort(self, core: str, kinds: frozenset[Kind]) -> Sorting:
        """The category of a phrase on its own."""
        return self._sorter.sort(core, kinds)

    def account(self, name: str) -> str:
        """The id of the own account that a name means; "" if it is nobody's name yet."""
        found = account_named(name, self.known.accounts)
        return found.id if found else ""

    def _sorted(self, item: Item) -> Sorting:
        leaves = leaves_of(item.kinds)
        if len(leaves) == 1:
            # The grammar alone decides: who lends, who borrows, what moves between own accounts.
            return Sorting((Guess(leaves[0], 1.0),), sure=True, by="rule")
        return self._sorter.sort(item.core, item.kinds)

    def _account(self, name: str, opened: list[Account]) -> str:
        if not search_key(name):
            return ""
        account = account_named(name, self.known.accounts)
        if account is None:
            account = new_account(name.strip())
            opened.append(account)
        return account.id

    def _both_sides(self, account: str, counter: str) -> tuple[str, str]:
        """The accounts of a transfer; what isn't named is the likeliest: cash and wallets come from the bank."""
        if not account:
            account = self.known.usual
            into = account_named(counter, self.known.accounts)
            if counter in (CASH, account) or (account == CASH and into is not None and into.kind == "wallet"):
                account = BANK
        if not counter:
            counter = BANK if account == CASH else CASH if account == BANK else ELSEWHERE
        return account, counter if counter != account else ELSEWHERE
