"""Statements into the book: read, planned, shown, then written in one run that can be taken back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from toolkit.core.errors import ConflictError, InputError
from toolkit.core.outcome import Exit, Outcome, Place, Problem
from toolkit.core.text import search_key
from toolkit.disk.crash import crashpoint
from toolkit.expenses.accounts import account_named, new_account
from toolkit.expenses.book import account_row
from toolkit.expenses.book.proofs import OwnNumber, forget_layout, has_line, write_layout, write_line, write_number
from toolkit.expenses.model import Account, Kind
from toolkit.expenses.service.drafting import Drafter, fee_draft, transfer_draft
from toolkit.expenses.statements import identity as identifying
from toolkit.expenses.statements.moves import NEAR, Owns, Side, pairs
from toolkit.expenses.statements.proof import held_before
from toolkit.expenses.statements.reading import read_statement

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import date

    from toolkit.core.dates import Clock
    from toolkit.expenses.book import ExpenseBook, Recording
    from toolkit.expenses.book.proofs import KeptLine, Proofs
    from toolkit.expenses.model import Draft, Entry
    from toolkit.expenses.service.understanding import Known, Sorts
    from toolkit.expenses.statements import Line, Statement
    from toolkit.expenses.statements.finding import Ways
    from toolkit.expenses.statements.layouts import OwnLayout
    from toolkit.sheets.model import Workbook

_DAY: Final = timedelta(days=1)
_NUMBER: Final = re.compile(r"[0-9]{6,24}")
"""In the name of a file: an account's, if it is one that is known; else it may be anything."""


class AccountUnknownError(InputError):
    """It can't be told whose statement a file is. `statement` is what was read."""

    def __init__(self, statement: Statement) -> None:
        super().__init__("expenses.statement_whose", Place(file=statement.file))
        self.statement = statement


@dataclass(frozen=True)
class NewLine:
    """A line that isn't in the book yet."""

    identity: str
    account: str
    line: Line


@dataclass(frozen=True)
class Unit:
    """What one or two lines become: a new entry (`draft`), or a change of an entry that is there already (`entry`).

    `fees` are entries for what the bank kept on the way.
    """

    lines: tuple[NewLine, ...]
    draft: Draft | None = None
    entry: Entry | None = None
    changes: Mapping[str, object] = field(default_factory=dict)
    fees: tuple[Draft, ...] = ()

    @property
    def is_transfer(self) -> bool:
        return (self.draft is not None and self.draft.kind is Kind.TRANSFER) or self.entry is not None


@dataclass(frozen=True)
class Summary:
    """One statement, and how much of it is new."""

    statement: Statement
    account: Account
    new: int
    known: int


@dataclass(frozen=True)
class Preview:
    """What an import would write. `keep` is a layout that the member explained and wants kept."""

    summaries: tuple[Summary, ...]
    units: tuple[Unit, ...]
    known: Known
    this_year: int
    keep: tuple[OwnLayout, ...] = ()
    numbers: tuple[OwnNumber, ...] = ()

    @property
    def drafts(self) -> list[Draft]:
        """The new entries, by day."""
        found = [draft for unit in self.units for draft in (unit.draft, *unit.fees) if draft is not None]
        return sorted(found, key=lambda draft: draft.day)

    @property
    def paired(self) -> int:
        """Transfers whose two ends were found."""
        return sum(len(unit.lines) == 2 or unit.entry is not None for unit in self.units)

    @property
    def unsure(self) -> int:
        return sum(draft.needs_confirm for draft in self.drafts)

    @property
    def writes(self) -> int:
        """Lines that would be written."""
        return sum(len(unit.lines) for unit in self.units)


@dataclass(frozen=True)
class Imported:
    """What an import wrote. `run` is what `undo` takes; None if nothing was new."""

    run: int | None
    preview: Preview
    entries: int
    changed: int
    unsure: int


@dataclass(frozen=True)
class Forgotten:
    """A layout that was taken away, in this run."""

    layout: OwnLayout
    run: int


class Importer:
    """The verbs around statements, on one book."""

    def __init__(self, book: ExpenseBook, proofs: Proofs, clock: Clock, known: Known, sorter: Sorts) -> None:
        self._book = book
        self._proofs = proofs
        self._clock = clock
        self._known = known
        self._sorter = sorter

    def statement(
        self, workbook: Workbook, *, ways: Ways | None = None, account: str = ""
    ) -> tuple[Statement, Account]:
        """The statement in a file and the own account that it is of; `account` is what the member calls it.

        Raises what `read_statement` raises, and AccountUnknownError where nothing says whose account it is.
        """
        found = read_statement(workbook, own=self._proofs.layouts(), ways=ways, today=self._clock.today())
        return found, self._account(found, account)

    def plan(
        self,
        statements: Sequence[tuple[Statement, Account]],
        keep: Iterable[OwnLayout] = (),
        progress: Callable[[], object] = lambda: None,
    ) -> Outcome[Preview]:
        """What these statements would bring into the book. Nothing is written. `progress` hears of every new line."""
        new: list[NewLine] = []
        summaries = []
        for statement, account in statements:
            fresh, known = self._new_lines(statement, account.id, new)
            new += fresh
            summaries.append(Summary(statement, account, len(fresh), known))
        numbers = self._numbers(statements)
        units = self._units(new, self._owns(numbers), statements, progress)
        problems = [problem for statement, _ in statements for problem in statement.problems]
        notes = [note for statement, _ in statements for note in statement.notes]
        notes += [
            Problem("expenses.statement_skipped", Place(file=one.statement.file), {"n": one.statement.skipped})
            for one in summaries
            if one.statement.skipped
        ]
        preview = Preview(
            tuple(summaries), tuple(units), self._known, self._clock.today().year, tuple(keep), tuple(numbers)
        )
        return Outcome(preview, tuple(problems), "partial" if problems else "ok", notes=tuple(notes))

    def apply(self, preview: Preview, progress: Callable[[], object] = lambda: None) -> Outcome[Imported]:
        """Write what the preview shows, in one run: all of it or nothing. Lines that another import has brought in
        meanwhile are left out. Raises StoreError."""
        entries = changed = unsure = 0
        files = ", ".join(dict.fromkeys(summary.statement.file for summary in preview.summaries))
        now = self._clock.now()
        with self._book.recording("import", at=now, note=files) as run:
            crashpoint("expenses.import.begun")
            ours = self._beginnings_of_ours(preview)
            for unit in preview.units:
                written = self._write(run, unit)
                if written is not None:
                    changed += unit.entry is not None
                    entries += len(written)
                    unsure += sum(entry.needs_confirm for entry in written)
                for _ in unit.lines:
                    progress()
            for layout in preview.keep:
                write_layout(run, layout)
            for number in preview.numbers:
                write_number(run, number)
            self._accounts(run, preview, ours)
            crashpoint("expenses.import.written")
            number_of_run = run.number if run.changes else None
        return Outcome(Imported(number_of_run, preview, entries, changed, unsure))

    def forget(self, name: str) -> Outcome[Forgotten]:
        """Take away a layout that the member explained. ConflictError("expenses.layout_unknown")."""
        found = next((one for one in self._proofs.layouts() if search_key(one.name) == search_key(name)), None)
        if found is None:
            raise ConflictError("expenses.layout_unknown", value=name)
        with self._book.recording("layout", at=self._clock.now(), note=found.name) as run:
            forget_layout(run, found.name)
            number = run.number
        return Outcome(Forgotten(found, number))

    # --- whose account

    def _account(self, statement: Statement, said: str) -> Account:
        own = self._book.accounts()
        numbers = {one.number: one.account for one in self._proofs.numbers()}
        if said:
            return account_named(said, own) or new_account(said, statement.kind)
        number = statement.number or next((one for one in _NUMBER.findall(statement.file) if one in numbers), "")
        if number in numbers:
            return self._as_account(numbers[number], statement, own)
        mine = next((one for one in self._proofs.layouts() if one.name == statement.layout), None)
        if mine is not None and mine.account:
            return account_named(mine.account, own) or new_account(mine.account, statement.kind)
        if not statement.account:
            raise AccountUnknownError(statement)
        second = statement.number and any(
            account == statement.account and number != statement.number for number, account in numbers.items()
        )
        account = f"{statement.account}-{statement.number[-4:]}" if second else statement.account
        return self._as_account(account, statement, own)

    def _as_account(self, account: str, statement: Statement, own: Mapping[str, Account]) -> Account:
        known = own.get(account) or account_named(account.replace("-", " "), own)
        if known is not None:
            return known
        base, _, tail = account.partition("-")
        first = account_named(base, own)
        label = f"{first.label or base} {tail}".strip() if first else account
        return Account(account, label, statement.kind, statement.currency)

    def _numbers(self, statements: Sequence[tuple[Statement, Account]]) -> list[OwnNumber]:
        """Account numbers that the statements teach."""
        kept = {one.number: one for one in self._proofs.numbers()}
        found: dict[str, OwnNumber] = {}
        for statement, account in statements:
            if statement.number and "*" not in statement.number:
                before = kept.get(statement.number)
                holder = statement.holder or (before.holder if before else "")
                found[statement.number] = OwnNumber(statement.number, account.id, holder)
        return [one for one in found.values() if kept.get(one.number) != one]

    def _owns(self, taught: Iterable[OwnNumber]) -> Owns:
        known = {one.number: one for one in (*self._proofs.numbers(), *taught)}
        holders = frozenset(search_key(one.holder) for one in known.values() if one.holder)
        return Owns({number: one.account for number, one in known.items()}, holders)

    # --- which lines are new

    def _new_lines(self, statement: Statement, account: str, before: Sequence[NewLine]) -> tuple[list[NewLine], int]:
        """The lines that neither the book nor an earlier file of this import has, and how many it has."""
        lines = statement.lines
        if not lines:
            return [], 0
        first, last = min(line.day for line in lines), max(line.day for line in lines)
        kept = [one.kept for one in self._proofs.lines(account, first, last + _DAY)]
        kept += [_as_kept(one) for one in before if one.account == account]
        known = identifying.already(lines, kept)
        taken = {one.identity for one in kept}
        names = identifying.identities(account, lines)
        fresh = [
            NewLine(name, account, line)
            for place, (name, line) in enumerate(zip(names, lines, strict=True))
            if place not in known and name not in taken
        ]
        return fresh, len(lines) - len(fresh)

    # --- what they become

    def _units(
        self,
        new: Sequence[NewLine],
        owns: Owns,
        statements: Sequence[tuple[Statement, Account]],
        progress: Callable[[], object],
    ) -> list[Unit]:
        holders = {account.id: statement.holder for statement, account in statements if statement.holder}
        drafter = Drafter(self._sorter, self._known, owns, holders)
        kept, entries = self._open_ends(new)
        sides = [Side(one.account, one.line, drafter.move(one.account, one.line)) for one in new]
        sides += [Side(one.kept.account, one.line, drafter.move(one.kept.account, one.line), kept=True) for one in kept]
        units: list[Unit] = []
        taken: set[int] = set()
        for pair in pairs(sides):
            taken |= {pair.out, pair.into}
            out, into = sides[pair.out], sides[pair.into]
            ends = tuple(new[place] for place in (pair.out, pair.into) if place < len(new))
            draft = transfer_draft(drafter, out.account, into.account, out.line, into.line)
            fees: tuple[Draft, ...] = (fee_draft(out.account, out.line, pair.fee),) if pair.fee else ()
            fees += tuple(fee_draft(one.account, one.line, -one.line.fee) for one in ends if one.line.fee)
            old = next((kept[place - len(new)] for place in (pair.out, pair.into) if place >= len(new)), None)
            if old is None:
                units.append(Unit(ends, draft, fees=fees))
            else:
                entry = entries[old.kept.entry]
                changes = _changes(draft)
                units.append(Unit(ends, None, entry, changes, fees))
            for _ in ends:
                progress()
        for place, one in enumerate(new):
            if place not in taken:
                draft_, own_fee = drafter.draft(one.account, one.line, sides[place].move)
                units.append(Unit((one,), draft_, fees=own_fee))
                progress()
        return sorted(units, key=lambda unit: (unit.lines[0].line.day, unit.lines[0].identity))

    def _open_ends(self, new: Sequence[NewLine]) -> tuple[list[KeptLine], dict[int, Entry]]:
        """Lines in the book that may be the other end of a new one: alone behind an entry, of about the same days."""
        if not new:
            return [], {}
        first, last = min(one.line.day for one in new) - NEAR, max(one.line.day for one in new) + NEAR + _DAY
        lines = [one for one in self._proofs.lines_around(first, last) if one.kept.entry]
        behind = self._proofs.lines_of({one.kept.entry for one in lines})
        entries = {entry.id: entry for entry in self._book.entries(first - NEAR, last + NEAR)}
        plain = (Kind.EXPENSE, Kind.INCOME, Kind.TRANSFER)
        alone = [
            one
            for one in lines
            if len(behind[one.kept.entry]) == 1
            and (entry := entries.get(one.kept.entry)) is not None
            and entry.kind in plain
            and entry.amount == abs(one.kept.amount)
        ]
        return alone, {one.kept.entry: entries[one.kept.entry] for one in alone}

    # --- writing

    def _write(self, run: Recording, unit: Unit) -> list[Entry] | None:
        """Write a unit; None if one of its lines has come in by another way since."""
        if any(has_line(run, one.identity) for one in unit.lines):
            return None
        made: list[Entry] = []
        if unit.draft is not None:
            entry = run.add(unit.draft)
            made.append(entry)
        elif unit.entry is not None:
            try:
                entry = run.change(unit.entry, **unit.changes)
            except ConflictError:  # taken out of the book since: its other end has nothing to join
                return None
        else:
            return None
        made += [run.add(fee) for fee in unit.fees]
        for one in unit.lines:
            write_line(run, one.identity, one.account, one.line, entry.id)
        return made

    def _accounts(self, run: Recording, preview: Preview, ours: Collection[str]) -> None:
        """Write down the accounts, with what was in them before their first line where a statement says so.

        Where an older statement comes later, the beginning moves back; what the account holds in the end stays.
        """
        own = self._book.accounts()
        for summary in preview.summaries:
            statement, account = summary.statement, summary.account
            if not statement.lines:
                continue
            first = min(line.day for line in statement.lines)
            known = own.get(account.id)
            if known is None:
                opening = (statement.opening or 0) - self._moved_otherwise(account.id, first)
                known = replace(account, currency=statement.currency, opening=opening, opened=first)
            elif account.id in ours and (beginning := self._beginning(account.id)) is not None:
                known = replace(known, opening=beginning[1], opened=beginning[0])
            elif known.opened is not None and first < known.opened:
                earlier = sum(
                    one.line.change
                    for unit in preview.units
                    for one in unit.lines
                    if one.account == account.id and one.line.day < known.opened
                )
                known = replace(known, opening=known.opening - earlier, opened=first)
            run.put("expense_account", account_row(known))
            own[account.id] = known

    def _beginnings_of_ours(self, preview: Preview) -> frozenset[str]:
        """The accounts whose beginning is the one that their first lines tell, and not a word of the member's."""
        own = self._book.accounts()
        found = set()
        for account in {summary.account.id for summary in preview.summaries} & own.keys():
            if self._beginning(account) == (own[account].opened, own[account].opening):
                found.add(account)
        return frozenset(found)

    def _beginning(self, account: str) -> tuple[date, int] | None:
        """The first day of an account's lines, and what has to have been there at first for them to be right."""
        lines = [one.line for one in self._proofs.first_lines(account)]
        held = held_before(lines)
        return (lines[0].day, held - self._moved_otherwise(account, lines[0].day)) if held is not None else None

    def _moved_otherwise(self, account: str, first: date) -> int:
        """What entries before a day move on an account, those aside that its own lines stand behind."""
        from toolkit.expenses.book import Filter
        from toolkit.expenses.ledger import LedgerAccount, Root, postings

        own, backed = LedgerAccount(Root.OWN, account), self._proofs.entries_on(account)
        return sum(
            posting.amount
            for entry in self._book.each(Filter(None, first, account=account))
            if entry.id not in backed
            for posting in postings(entry)
            if posting.account == own
        )


def nothing_new(preview: Preview) -> Outcome[Imported]:
    """The plan of a file whose lines are all in the book."""
    return Outcome(Imported(None, preview, 0, 0, 0))


def refused(preview: Preview) -> Outcome[Imported]:
    """The member has said no: nothing was written, and that is fine."""
    return Outcome(Imported(None, preview, 0, 0, 0), exit=Exit.OK)


def _as_kept(one: NewLine) -> identifying.Kept:
    line = one.line
    return identifying.Kept(
        one.identity, one.account, line.day, line.amount, line.currency, line.balance,
        identifying.reference_of(line), identifying.words_of(line),
    )  # fmt: skip


def _changes(draft: Draft) -> dict[str, object]:
    """What makes an entry of one line the transfer that two lines are."""
    fields: dict[str, object] = {
        "day": draft.day,
        "kind": draft.kind,
        "category": draft.category,
        "account": draft.account,
        "counter": draft.counter,
        "amount": draft.amount,
    }
    return {**fields, "needs_confirm": False, "doubts": (), "confidence": 1.0}
