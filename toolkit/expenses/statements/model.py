"""What a statement is made of, once read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, get_args

from toolkit.core.outcome import Place

if TYPE_CHECKING:
    from datetime import date

    from toolkit.core.outcome import Problem
    from toolkit.expenses.model import AccountKind

Field = Literal[
    "day", "time", "booked", "description", "debit", "credit", "amount", "direction", "balance", "fee", "tax",
    "reference", "status", "currency", "name", "number", "bank", "ignored",
]  # fmt: skip
"""What a column of a statement can hold. `booked` is the bank's own day, where another one says when it happened;
`name`, `number` and `bank` are those of the other side; `ignored` is known and not needed."""

FIELDS: Final[frozenset[str]] = frozenset(get_args(Field))

DateOrder = Literal["dmy", "mdy"]


@dataclass(frozen=True)
class Line:
    """One line of a statement.

    `amount` is what the account gained (above zero) or lost, in đồng or minor units of `currency`, the `fee` that the
    bank took beside it not included (zero or less). `balance` is the account's afterwards, where the statement says so.
    `description` and `reference` are verbatim. `unproven`: the running balance says something else than `amount`.
    """

    day: date
    amount: int
    description: str
    currency: str = "VND"
    balance: int | None = None
    fee: int = 0
    reference: str = ""
    name: str = ""
    number: str = ""
    bank: str = ""
    unproven: bool = False
    place: Place = field(default_factory=Place)

    @property
    def change(self) -> int:
        """By how much the balance goes up or down."""
        return self.amount + self.fee


@dataclass(frozen=True)
class Statement:
    """A statement as it was read, its lines in the order of the file.

    `account` is the id of the own account, "" where neither the file nor the member has said which; `layout` the id of
    the layout it was read with. `number` and `holder` are the account's number and owner as written above the table.
    `opening` and `closing` are the balances that the statement states. `proven` lines follow from the running balance;
    `skipped` are lines whose status says that no money moved.
    """

    file: str
    lines: tuple[Line, ...]
    layout: str
    account: str = ""
    label: str = ""
    kind: AccountKind = "bank"
    currency: str = "VND"
    number: str = ""
    holder: str = ""
    opening: int | None = None
    closing: int | None = None
    proven: int = 0
    skipped: int = 0
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
