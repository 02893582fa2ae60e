"""Recorded, corrected, edited, fixed, deleted, settled, undone and cut off in any order: the book is always what the
member did, no more and no less, and its ledger is always even.

A cut is an exception that no code catches, raised at a crash point, on a database in memory: real kills and real disks
are tested apart.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from builders.expense_books import CLOCK, NOW, TODAY, InMemory, contents
from toolkit.core.errors import ConflictError, InputError, UsageError
from toolkit.disk import crash
from toolkit.expenses.book import ExpenseBook
from toolkit.expenses.debts import debts
from toolkit.expenses.ledger import Root, balances, person_key
from toolkit.expenses.model import Guess, Kind, Sorting
from toolkit.expenses.sentence import read_sentence
from toolkit.expenses.service.recording import Recorder
from toolkit.expenses.service.settling import open_with, settle
from toolkit.expenses.service.understanding import Known, Understanding

if TYPE_CHECKING:
    from toolkit.expenses.model import Entry

SENTENCES = (
    "ăn phở 45k", "hôm qua ăn phở với Lan 45k, đổ xăng 60k", "cho Nam mượn 2tr", "vay chị Hoa 500k", "Nam trả 1tr",
    "rút atm 3tr", "lương 10tr", "ăn vặt 30-40k", "mua rau 30k bằng quỹ nhà", "café $1.99", "ngày 31/2 ăn bún 30k",
)  # fmt: skip
FOLLOW_UPS = ("à nhầm, 54k", "nhầm, hôm qua mới đúng", "nhầm, xăng 70k")
CATEGORIES = ("food", "gifts", "salary", "lend", "transfer")
Key = tuple[str, Any]
State = dict[Key, tuple[Any, ...]]


class CutError(BaseException):
    """The power goes."""


class Sorts:
    """Sorts by the length of the phrase: any sorter will do, and some are never sure."""

    def sort(self, core: str, kinds: frozenset[Kind]) -> Sorting:
        category = "food" if Kind.EXPENSE in kinds or not kinds else min(kinds).value
        category = {"income": "salary"}.get(category, category)
        return Sorting((Guess(category, 0.9), Guess("other", 0.1)), sure=len(core) % 3 != 0)


class BookMachine(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.store = InMemory()
        self.book = ExpenseBook(self.store)
        self.state: State = {}
        self.diffs: dict[int, dict[Key, tuple[Any, Any]]] = {}  # run → row → what it was before, what after
        self.undone: set[int] = set()
        self.undoes: dict[int, int] = {}

    # --- what the member does; each of it may be cut off at any of its steps ---

    @rule(text=st.sampled_from(SENTENCES), cut=st.integers(0, 12))
    def record(self, text: str, cut: int) -> None:
        self.does(lambda: self.recorder.record(self.understanding.of(text)), cut)

    @rule(text=st.sampled_from(FOLLOW_UPS), cut=st.integers(0, 6))
    def correct(self, text: str, cut: int) -> None:
        understanding = self.understanding
        self.does(lambda: self.recorder.correct(understanding.of(text), understanding, lambda _: None), cut)

    @precondition(lambda self: self.entries())
    @rule(data=st.data(), amount=st.integers(1, 10**9), cut=st.integers(0, 6))
    def edit(self, data: st.DataObject, amount: int, cut: int) -> None:
        entry = data.draw(st.sampled_from(self.entries()))
        self.does(lambda: self.recorder.edit(entry, amount=amount), cut)

    @precondition(lambda self: self.entries())
    @rule(data=st.data(), category=st.sampled_from(CATEGORIES), everywhere=st.booleans(), cut=st.integers(0, 9))
    def fix(self, data: st.DataObject, category: str, everywhere: bool, cut: int) -> None:
        entry = data.draw(st.sampled_from(self.entries()))
        self.does(lambda: self.recorder.fix(entry, category, everywhere=everywhere), cut)

    @precondition(lambda self: self.entries())
    @rule(data=st.data(), cut=st.integers(0, 6))
    def delete(self, data: st.DataObject, cut: int) -> None:
        chosen = data.draw(
            st.lists(st.sampled_from(self.entries()), min_size=1, max_size=3, unique_by=lambda one: one.id)
        )
        self.does(lambda: self.recorder.delete(chosen), cut)

    @rule(person=st.sampled_from(["Nam", "chị Hoa"]), cut=st.integers(0, 6))
    def settle(self, person: str, cut: int) -> None:
        for debt in open_with(self.book, CLOCK, person):
            self.does(lambda one=debt: settle(self.book, CLOCK, self.known, one), cut)

    @rule(cut=st.integers(0, 12))
    def undo_the_newest(self, cut: int) -> None:
        standing = [number for number in self.diffs if number not in self.undone and number not in self.undoes]
        if not standing:
            with pytest.raises(ConflictError, match="nothing_to_undo"):
                self.book.undo(at=NOW)
            return
        self.undo(max(standing), None, cut)

    @precondition(lambda self: self.diffs)
    @rule(data=st.data(), cut=st.integers(0, 12))
    def undo_any(self, data: st.DataObject, cut: int) -> None:
        number = data.draw(st.sampled_from(sorted(self.diffs)))
        self.undo(number, number, cut)

    # --- what must always hold ---

    @invariant()
    def the_book_is_what_was_done(self) -> None:
        if hasattr(self, "store"):
            assert self.standing() == self.state

    @invariant()
    def the_ledger_is_even_and_agrees_with_the_debts(self) -> None:
        if not hasattr(self, "store"):
            return
        ledger = self.book.balances()
        assert ledger == balances(self.entries(), self.book.accounts().values())
        sums: Counter[str] = Counter()
        for (_, currency), amount in ledger.items():
            sums[currency] += amount
        assert not any(sums.values())
        found = debts(self.entries(), settled=True)
        owed = {(person_key(debt.person), debt.currency): debt.amount + debt.earlier for debt in found}
        assert {key: amount for key, amount in owed.items() if amount} == {
            (one.name, c): n for (one, c), n in ledger.items() if one.root is Root.DEBTS
        }

    # --- the member's own count of it ---

    def undo(self, number: int, given: int | None, cut: int) -> None:
        diff = self.diffs[number]
        possible = number not in self.undone and all(self.state.get(key) == after for key, (_, after) in diff.items())
        if not possible:
            with pytest.raises(ConflictError):
                self.book.undo(given, at=NOW)
            return
        made = self.does(lambda: self.book.undo(given, at=NOW), cut)
        if made is not None:
            for key, (before, _) in diff.items():
                assert self.state.get(key) == before
            self.undone.add(number)
            self.undoes[made] = number
            if number in self.undoes:
                self.undone.discard(self.undoes[number])

    def does(self, verb: Any, cut: int) -> int | None:
        """Do it, cut off at its crash point number `cut` (0: at none). Its run, None if nothing was written."""
        before, newest = self.state, self.newest()
        met = 0

        def fault(name: str) -> None:
            nonlocal met
            if name.startswith("expenses."):
                met += 1
                if met == cut:
                    raise CutError

        crash._fault = fault if cut else None
        try:
            verb()
        except CutError:
            assert self.standing() == before
            return None
        except (ConflictError, InputError, UsageError):
            assert self.standing() == before, "what is refused changes nothing"
            return None
        finally:
            crash._fault = None
        after, number = self.standing(), self.newest()
        if number == newest:
            assert after == before
            return None
        keys = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
        self.diffs[number] = {key: (before.get(key), after.get(key)) for key in keys}
        self.state = after
        return number

    def standing(self) -> State:
        rows = contents(self.store.read())
        return {(table, row[0]): row for table, several in rows.items() for row in several}

    def newest(self) -> int:
        return int(self.store.read().execute("SELECT coalesce(max(number), 0) FROM expense_run").fetchone()[0])

    def entries(self) -> list[Entry]:
        return self.book.entries() if hasattr(self, "store") else []

    @property
    def known(self) -> Known:
        return Known(self.book.accounts(), {}, tuple(person.lower() for person in self.book.people()))

    @property
    def recorder(self) -> Recorder:
        return Recorder(self.book, CLOCK, self.known)

    @property
    def understanding(self) -> Understanding:
        return Understanding(read_sentence, Sorts(), self.known, today=TODAY)


TestBook = BookMachine.TestCase
TestBook.settings = settings(max_examples=80, stateful_step_count=25)
