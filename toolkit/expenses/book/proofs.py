"""What statements left in the book beside the entries: the bank's lines, layouts, account numbers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from toolkit.expenses.statements.identity import Kept, reference_of, words_of
from toolkit.expenses.statements.layouts import OwnLayout
from toolkit.expenses.statements.model import Line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.expenses.book.history import Recording
    from toolkit.store.history import Database, Value

LINE = "expense_line"
LAYOUT = "expense_layout"
NUMBER = "expense_number"
APART = "expense_apart"

_COLUMNS = (
    "identity, account, day, amount, fee, currency, balance, reference, words, description, name, number, bank, entry"
)
_MOST_VALUES = 500  # of one query


@dataclass(frozen=True)
class KeptLine:
    """A line that is in the book, as it was printed, with what finds it again."""

    kept: Kept
    line: Line


@dataclass(frozen=True)
class OwnNumber:
    """An account number of the member's own. `holder` is its owner's name as the bank writes it, "" if unknown."""

    number: str
    account: str
    holder: str


class Proofs:
    """Reads what statements left; `write_…` below change it within a run."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def lines(self, account: str, since: date, until: date) -> list[KeptLine]:
        """The lines of an account from day `since` to before `until`."""
        return self._lines(
            "WHERE account = ? AND day >= ? AND day < ?", (account, since.isoformat(), until.isoformat())
        )

    def lines_around(self, since: date, until: date) -> list[KeptLine]:
        """The lines of every account from day `since` to before `until`."""
        return self._lines("WHERE day >= ? AND day < ?", (since.isoformat(), until.isoformat()))

    def first_lines(self, account: str) -> list[KeptLine]:
        """The lines of the earliest day that is known of an account."""
        return self._lines(
            "WHERE account = ? AND day = (SELECT min(day) FROM expense_line WHERE account = ?)", (account, account)
        )

    def entries_on(self, account: str) -> frozenset[int]:
        """The entries that a line of this account stands behind."""
        found = self._database.read().execute("SELECT DISTINCT entry FROM expense_line WHERE account = ?", (account,))
        return frozenset(entry for (entry,) in found)

    def lines_of(self, entries: Iterable[int]) -> dict[int, list[KeptLine]]:
        """The lines that stand behind entries, by entry."""
        wanted = list(entries)
        found: dict[int, list[KeptLine]] = {}
        for start in range(0, len(wanted), _MOST_VALUES):
            part = wanted[start : start + _MOST_VALUES]
            for one in self._lines(f"WHERE entry IN ({', '.join('?' * len(part))})", tuple(part)):
                found.setdefault(one.kept.entry, []).append(one)
        return found

    def proven(self) -> frozenset[int]:
        """The entries that a line stands behind."""
        found = self._database.read().execute("SELECT DISTINCT entry FROM expense_line WHERE entry > 0")
        return frozenset(entry for (entry,) in found)

    def layouts(self) -> list[OwnLayout]:
        """The layouts that the member explained."""
        found = self._database.read().execute("SELECT name, columns, account, dates FROM expense_layout ORDER BY name")
        return [OwnLayout(name, json.loads(columns), account, dates) for name, columns, account, dates in found]

    def numbers(self) -> list[OwnNumber]:
        """The account numbers that are known to be the member's."""
        found = self._database.read().execute("SELECT number, account, holder FROM expense_number ORDER BY number")
        return [OwnNumber(*row) for row in found]

    def apart(self) -> frozenset[tuple[int, int]]:
        """Pairs of a typed and a proven entry that aren't the same money."""
        found = self._database.read().execute("SELECT typed, proven FROM expense_apart")
        return frozenset((typed, proven) for typed, proven in found)

    def _lines(self, where: str, values: tuple[Value, ...]) -> list[KeptLine]:
        query = f"SELECT {_COLUMNS} FROM expense_line {where} ORDER BY day, identity"  # noqa: S608 - clauses of ours
        return [_kept_line(row) for row in self._database.read().execute(query, values)]


def write_line(recording: Recording, identity: str, account: str, line: Line, entry: int) -> None:
    """Keep a line with the entry that it stands for."""
    recording.put(
        LINE,
        {
            "identity": identity,
            "account": account,
            "day": line.day.isoformat(),
            "amount": line.amount,
            "fee": line.fee,
            "currency": line.currency,
            "balance": line.balance,
            "reference": reference_of(line),
            "words": words_of(line),
            "description": line.description,
            "name": line.name,
            "number": line.number,
            "bank": line.bank,
            "entry": entry,
            "file": line.place.file or "",
            "line": line.place.row or 0,
        },
    )


def point_to(recording: Recording, identity: str, entry: int) -> None:
    """Let a kept line stand for another entry."""
    row = recording.row(LINE, identity=identity)
    assert row is not None
    recording.put(LINE, {**row, "entry": entry})


def has_line(recording: Recording, identity: str) -> bool:
    return recording.row(LINE, identity=identity) is not None


def write_layout(recording: Recording, layout: OwnLayout) -> None:
    columns = json.dumps(dict(layout.columns), ensure_ascii=False)
    recording.put(LAYOUT, {"name": layout.name, "columns": columns, "account": layout.account, "dates": layout.order})


def forget_layout(recording: Recording, name: str) -> bool:
    """Take a layout of the member's own away; whether there was one of that name."""
    return recording.drop(LAYOUT, name=name)


def write_number(recording: Recording, number: OwnNumber) -> None:
    recording.put(NUMBER, {"number": number.number, "account": number.account, "holder": number.holder})


def write_apart(recording: Recording, typed: int, proven: int) -> None:
    recording.put(APART, {"typed": typed, "proven": proven})


def _kept_line(row: tuple[object, ...]) -> KeptLine:
    (
        identity,
        account,
        day_,
        amount,
        fee,
        currency,
        balance,
        reference,
        words,
        description,
        name,
        number,
        bank,
        entry,
    ) = row
    day = date.fromisoformat(str(day_))
    assert isinstance(amount, int)
    assert isinstance(fee, int)
    assert isinstance(entry, int)
    assert balance is None or isinstance(balance, int)
    kept = Kept(str(identity), str(account), day, amount, str(currency), balance, str(reference), str(words), entry)
    line = Line(
        day, amount, str(description), str(currency), balance, fee, str(reference), str(name), str(number), str(bank)
    )
    return KeptLine(kept, line)
