"""What the expenses tool talks about."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from toolkit.core.money import Money
    from toolkit.core.outcome import Param
    from toolkit.core.readings import Readings


class Kind(StrEnum):
    """Which way money goes, seen from the member."""

    EXPENSE = "expense"
    INCOME = "income"
    LEND = "lend"
    BORROW = "borrow"
    REPAY = "repay"
    COLLECT = "collect"
    TRANSFER = "transfer"


DEBTS = frozenset({Kind.LEND, Kind.BORROW, Kind.REPAY, Kind.COLLECT})

AccountKind = Literal["cash", "bank", "wallet"]

Intent = Literal["record", "correct", "question", "plan", "chat"]
"""What a sentence is for: to record, to correct the last entry ("à nhầm, 54k"), or none of the tool's business."""


@dataclass(frozen=True)
class Doubt:
    """Why an entry isn't certain: a code of the catalogue (`expenses.…`) and what fills its sentence."""

    code: str
    params: Mapping[str, Param] = field(default_factory=dict)


@dataclass(frozen=True)
class Item:
    """One entry as the grammar reads it from a sentence, before it has a category.

    `text` is its clause, verbatim; `core` the same without amount, date and companions: what the classifier sees.
    `kinds` are the directions that the words leave open (one: certain). `money` and `day` hold one reading, several
    (ask), or none with a code. `person` is the other side of a debt, or the companion, as typed; "" where nobody is
    named. `account` and `counter` are own accounts named in the clause ("bằng momo", "rút atm"), folded; "" if none.
    `note` is what the entry will be listed as: the clause without amount and date, with companions.
    """

    text: str
    core: str
    note: str
    money: Readings[Money]
    day: Readings[date]
    kinds: frozenset[Kind]
    person: str = ""
    account: str = ""
    counter: str = ""
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class SentenceReading:
    """A sentence, understood. `items` is empty where nothing is to be recorded; `questions` concern the whole of it
    (a stated total that isn't the sum of the items …)."""

    text: str
    intent: Intent
    items: tuple[Item, ...] = ()
    questions: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class Guess:
    """A category with its calibrated probability, 0 to 1."""

    category: str
    probability: float


@dataclass(frozen=True)
class Sorting:
    """What the classifier or the member's own memory says of a core.

    `guesses` are the best first, at least three where as many categories are open. `sure`: probable enough to be saved
    without asking (the threshold of the model's card). `by` says who spoke: the member's own earlier correction of the
    same phrase or of a near one, or the model.
    """

    guesses: tuple[Guess, ...]
    sure: bool
    by: Literal["memory", "near", "model", "rule"] = "model"

    @property
    def category(self) -> str:
        return self.guesses[0].category

    @property
    def probability(self) -> float:
        return self.guesses[0].probability


@dataclass(frozen=True)
class Entry:
    """One entry of the member's book.

    `amount` is positive, in đồng (minor units of `currency`). `account` is the own account that pays or receives,
    `counter` the other own account of a transfer. `note` is what the entry is listed as, `sentence` what was typed,
    `core` the part of it that the classifier saw. `needs_confirm`: saved with doubt, in the review queue.
    """

    id: int
    day: date
    kind: Kind
    category: str
    amount: int
    currency: str
    account: str
    counter: str
    person: str
    note: str
    sentence: str
    run: int
    made_at: datetime
    needs_confirm: bool = False
    confidence: float = 1.0
    core: str = ""
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class Draft:
    """An entry before it is in the book; the fields are those of `Entry`."""

    day: date
    kind: Kind
    category: str
    amount: int
    account: str
    currency: str = "VND"
    counter: str = ""
    person: str = ""
    note: str = ""
    sentence: str = ""
    core: str = ""
    needs_confirm: bool = False
    confidence: float = 1.0
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class Account:
    """An own account. `opening` is what was in it before the first entry of the book, in minor units of `currency`;
    `opened` the day on which the member said what it holds."""

    id: str
    label: str
    kind: AccountKind
    currency: str = "VND"
    opening: int = 0
    opened: date | None = None


@dataclass(frozen=True)
class Lesson:
    """What a correction taught: `core` (verbatim) is of `category`; said `times` times, last at `at`."""

    core: str
    category: str
    times: int
    at: datetime
