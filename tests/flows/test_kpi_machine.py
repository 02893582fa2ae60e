"""Logged, corrected, edited, deleted, imported in bulk, moved, undone and cut off in any order: the book is always what
the member did, no more and no less.

A cut is an exception that no code catches, raised at a crash point, on a database in memory: real kills and real disks
are tested apart.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from builders.expense_books import InMemory
from builders.kpi_books import CLOCK, NOW, TODAY, contents, sales
from toolkit.core.errors import ConflictError, InputError, UsageError
from toolkit.disk import crash
from toolkit.kpi.book import KpiBook
from toolkit.kpi.model import Sale
from toolkit.kpi.sentence import read_line
from toolkit.kpi.service.drafting import Options, understood
from toolkit.kpi.service.editing import fields_of
from toolkit.kpi.service.keeping import Keeper
from toolkit.kpi.service.looking import Wanted, each
from toolkit.kpi.service.recording import Recorder
from toolkit.kpi.service.schedule import Scheduler

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit.kpi.service.told import Thing

LINES = (
    "bán 2 gói bảo hiểm cho chị Hoa 12tr, khách cũ giới thiệu", "bán son cho Lan 450k, bán kem cho chị Hoa 300k",
    "chị Hoa trả lại son, hoàn 450k", "chị Hoa trả tiền 12tr", "anh Nam không mua vì giá cao", "gặp 3 khách, báo giá 1",
    "hứa gửi báo giá cho anh Nam thứ 2", "bán son 450k cho khách lẻ", "hôm qua chốt cho cô Tư 3 thùng sữa 2,4tr",
)  # fmt: skip
FOLLOW_UPS = ("à nhầm, 5tr", "nhầm, hôm qua mới đúng", "à nhầm, 3 gói")
Key = tuple[str, tuple[Any, ...]]
State = dict[Key, tuple[Any, ...]]


class CutError(BaseException):
    """The power goes."""


class BookMachine(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.store = InMemory()
        self.book = KpiBook(self.store)
        keys = "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk"
        self.keys = {
            table: [name for (name,) in self.store.read().execute(keys, (table,))]
            for table in contents(self.store.read())
        }
        self.state: State = {}
        self.diffs: dict[int, dict[Key, tuple[Any, Any]]] = {}  # run → row → what it was before, what after
        self.undone: set[int] = set()
        self.undoes: dict[int, int] = {}

    # --- what the member does; each of it may be cut off at any of its steps ---

    @rule(text=st.sampled_from(LINES), cut=st.integers(0, 14))
    def log(self, text: str, cut: int) -> None:
        line = understood(read_line(text, today=TODAY, people=self.book.people()), self.book, Options(), TODAY)
        self.does(lambda: self.recorder.record(line), cut)

    @rule(text=st.sampled_from(FOLLOW_UPS), cut=st.integers(0, 6))
    def correct(self, text: str, cut: int) -> None:
        line = understood(read_line(text, today=TODAY), self.book, Options(), TODAY)
        self.does(lambda: self.recorder.correct(line, Options()), cut)

    @rule(ones=st.lists(sales(), min_size=1, max_size=4), cut=st.integers(0, 8))
    def import_(self, ones: list[Sale], cut: int) -> None:
        def verb() -> None:
            with self.book.recording("import", at=NOW, note="don-hang.xlsx") as run:
                run.add_sales(ones)

        self.does(verb, cut)

    @precondition(lambda self: self.things())
    @rule(data=st.data(), amount=st.integers(1, 10**9), cut=st.integers(0, 8))
    def edit(self, data: st.DataObject, amount: int, cut: int) -> None:
        thing = data.draw(st.sampled_from(self.things()))
        options = Options(amount=amount, quantity=Fraction(2)) if isinstance(thing, Sale) else Options(day=TODAY)
        self.does(lambda: self.recorder.edit(thing, fields_of(thing, options)), cut)

    @precondition(lambda self: self.things())
    @rule(data=st.data(), name=st.sampled_from(["chị Hoa", "Lan", "ông Sáu", ""]), cut=st.integers(0, 8))
    def rename_customer(self, data: st.DataObject, name: str, cut: int) -> None:
        thing = data.draw(st.sampled_from(self.things()))
        self.does(lambda: self.recorder.edit(thing, {"customer": name}), cut)

    @precondition(lambda self: self.things())
    @rule(data=st.data(), cut=st.integers(0, 8))
    def delete(self, data: st.DataObject, cut: int) -> None:
        one = st.sampled_from(self.things())
        chosen = data.draw(st.lists(one, min_size=1, max_size=3, unique_by=lambda thing: thing.id))
        self.does(lambda: self.recorder.delete(chosen), cut)

    @rule(
        name=st.sampled_from(["son", "kem", "bảo hiểm"]), other=st.sampled_from(["kem", "sữa"]), cut=st.integers(0, 6)
    )
    def alias(self, name: str, other: str, cut: int) -> None:
        self.does(lambda: Keeper(self.book, CLOCK).alias(name, (other,)), cut)

    @rule(kind=st.sampled_from(["leave", "work"]), n=st.integers(1, 3), cut=st.integers(0, 4))
    def calendar(self, kind: str, n: int, cut: int) -> None:
        days = [TODAY.replace(day=day) for day in range(20, 20 + n)]
        self.does(lambda: Scheduler(self.book, CLOCK).set_days(kind, days), cut)

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
    def every_number_names_one_thing_and_every_line_has_its_sale(self) -> None:
        if not hasattr(self, "store"):
            return
        listed = [one.id for one in each(self.book, Wanted())]
        assert len(listed) == len(set(listed))
        assert sorted(listed) == sorted(thing.id for thing in self.things())
        loose = "SELECT count(*) FROM kpi_line WHERE sale NOT IN (SELECT id FROM kpi_sale)"
        assert self.store.read().execute(loose).fetchone() == (0,)

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

    def does(self, verb: Callable[[], object], cut: int) -> int | None:
        """Do it, cut off at its crash point number `cut` (0: at none). Its run, None if nothing was written."""
        before, newest = self.state, self.newest()
        met = 0

        def fault(name: str) -> None:
            nonlocal met
            if name.startswith("kpi."):
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
        found: State = {}
        db = self.store.read()
        for table, keys in self.keys.items():
            cursor = db.execute(f"SELECT * FROM {table}")
            places = [[column[0] for column in cursor.description].index(key) for key in keys]
            found |= {(table, tuple(row[place] for place in places)): row for row in cursor}
        return found

    def newest(self) -> int:
        return int(self.store.read().execute("SELECT coalesce(max(number), 0) FROM kpi_run").fetchone()[0])

    def things(self) -> list[Thing]:
        if not hasattr(self, "store"):
            return []
        book = self.book
        return [*book.sales(), *book.payments(), *book.opportunities(), *book.activities(), *book.promises()]

    @property
    def recorder(self) -> Recorder:
        return Recorder(self.book, CLOCK)


TestBook = BookMachine.TestCase
TestBook.settings = settings(max_examples=80, stateful_step_count=30)
