"""The book: what goes in comes out, filters mean what they say, and every change can be taken back exactly."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.expense_books import ACCOUNTS, NOW, PEOPLE, TODAY, book_in, contents, draft, drafts, memory_book
from toolkit.core.errors import ConflictError
from toolkit.core.text import search_key
from toolkit.expenses.book import ExpenseBook, Filter, account_row
from toolkit.expenses.ledger import balances
from toolkit.expenses.model import Account, Doubt, Draft, Kind
from toolkit.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from toolkit.expenses.model import Entry


@pytest.fixture
def book(tmp_path: Path) -> Iterator[ExpenseBook]:
    with book_in(tmp_path) as opened:
        yield opened


def add(book: ExpenseBook, *ones: Draft) -> list[Entry]:
    with book.recording("add", at=NOW) as run:
        return [run.add(one) for one in ones]


def state(book: ExpenseBook) -> object:
    return contents(book._database.read())


def test_an_entry_comes_back_as_it_went_in(book: ExpenseBook) -> None:
    one = draft(
        person="Lan", sentence="hôm qua ăn phở với Lan 45k", needs_confirm=True, confidence=0.1 + 0.2,
        doubts=(Doubt("expenses.category_doubtful"), Doubt("core.money_xi", {"readings": "20.000 / 200.000"})),
    )  # fmt: skip
    (entry,) = add(book, one)
    assert book.entry(entry.id) == entry
    assert Draft(**{name: getattr(entry, name) for name in vars(one)}) == one
    assert entry.made_at == NOW
    assert entry.run == book.runs()[0].number


@settings(max_examples=40)
@given(st.lists(drafts(), max_size=12), st.data())
def test_filters_find_exactly_what_they_say(ones: list[Draft], data: st.DataObject) -> None:
    since = data.draw(st.none() | st.integers(0, 400).map(lambda n: TODAY - timedelta(days=n)))
    until = data.draw(st.none() | st.integers(0, 400).map(lambda n: TODAY - timedelta(days=n)))
    kinds = data.draw(st.lists(st.sampled_from(Kind), max_size=2))
    account = data.draw(st.sampled_from(("", *ACCOUNTS)))
    person = data.draw(st.sampled_from(PEOPLE))
    words = data.draw(st.sampled_from(("", "pho", "LAN", "phở lan", "%", "_", "' OR 1=1 --", "50%", "hai")))
    chosen = Filter(since, until, tuple(kinds), account=account, person=person, words=words)

    def fits(entry: Entry) -> bool:
        text = f" {search_key(f'{entry.note} {entry.sentence} {entry.person}')} "
        return (
            (since is None or entry.day >= since)
            and (until is None or entry.day < until)
            and (not kinds or entry.kind in kinds)
            and account in ("", entry.account, entry.counter)
            and f" {search_key(person)} " in (f" {search_key(entry.person)} " if person else "  ")
            and all(word in text for word in search_key(words).split())
        )

    book = memory_book()
    made = add(book, *ones) if ones else []
    expected = sorted((entry for entry in made if fits(entry)), key=lambda entry: (entry.day, entry.id))
    assert list(book.each(chosen)) == expected
    assert book.count(chosen) == len(expected)
    assert list(book.each(chosen, newest_first=True, most=3)) == expected[::-1][:3]
    assert book.balances() == balances(made)


@settings(max_examples=40)
@given(st.data())
def test_undoing_everything_step_by_step_brings_back_every_earlier_state_exactly(data: st.DataObject) -> None:
    book = memory_book()
    states = [state(book)]
    for _ in range(data.draw(st.integers(1, 6))):
        standing = book.entries()
        with book.recording("edit", at=NOW) as run:
            for _ in range(data.draw(st.integers(0, 3))):
                verb = data.draw(st.sampled_from(["add", "change", "remove", "put", "drop", "wait"]))
                standing = book.entries()
                if verb == "add" or (verb in ("change", "remove") and not standing):
                    run.add(data.draw(drafts()))
                elif verb == "change":
                    run.change(data.draw(st.sampled_from(standing)), amount=data.draw(st.integers(1, 10**9)))
                elif verb == "remove":
                    run.remove(data.draw(st.sampled_from(standing)))
                elif verb == "put":
                    opening = data.draw(st.integers(0, 3))
                    run.put("expense_account", account_row(Account("momo", "MoMo", "wallet", opening=opening)))
                elif verb == "drop":
                    run.drop("expense_account", id="momo")
                else:
                    run.wait("2 xị", "{}")
            wrote = run.changes
        if wrote:
            states.append(state(book))
        else:
            assert state(book) == states[-1]
    undone = []
    for before in reversed(states[:-1]):
        undone.append(book.undo(at=NOW)[0])
        assert state(book) == before
    with pytest.raises(ConflictError, match="nothing_to_undo"):
        book.undo(at=NOW)
    for run_undoing, after in zip(reversed(range(len(undone))), states[1:], strict=True):
        redo = next(run for run in book.runs(99) if run.undoes == undone[run_undoing].number and run.state == "done")
        book.undo(redo.number, at=NOW)
        assert state(book) == after


def test_a_run_can_be_undone_on_its_own_when_nothing_later_touched_its_rows(book: ExpenseBook) -> None:
    (first,) = add(book, draft())
    (second,) = add(book, draft(note="xăng"))
    book.undo(first.run, at=NOW)
    assert [entry.id for entry in book.entries()] == [second.id]


def test_what_was_changed_later_is_not_undone_and_the_later_run_is_named(book: ExpenseBook) -> None:
    (entry,) = add(book, draft())
    with book.recording("edit", at=NOW) as run:
        run.change(entry, amount=54_000)
    before = state(book)
    with pytest.raises(ConflictError) as refused:
        book.undo(entry.run, at=NOW)
    assert refused.value.problem.code == "expenses.undo_changed_later"
    assert refused.value.problem.params == {"run": entry.run, "later": run.number}
    assert state(book) == before
    assert [one.kind for one in book.runs()] == ["edit", "add"]


def test_a_run_is_undone_once(book: ExpenseBook) -> None:
    (entry,) = add(book, draft())
    book.undo(entry.run, at=NOW)
    for number, code in ((entry.run, "already_undone"), (999, "run_unknown")):
        with pytest.raises(ConflictError, match=code):
            book.undo(number, at=NOW)


def test_a_number_is_never_given_to_another_entry(book: ExpenseBook) -> None:
    (entry,) = add(book, draft())
    book.undo(at=NOW)
    assert add(book, draft())[0].id > entry.id


def test_a_block_that_fails_or_writes_nothing_leaves_no_trace(book: ExpenseBook) -> None:
    before = state(book)
    with book.recording("add", at=NOW):
        pass
    with pytest.raises(OverflowError), book.recording("add", at=NOW) as run:  # noqa: PT012 - the block is what is tested
        run.add(draft())
        run.add(draft(2**70))
    assert state(book) == before
    assert book.runs() == []
    with pytest.raises(ConflictError, match="nothing_to_undo"):
        book.undo(at=NOW)


def test_changing_an_entry_to_what_it_is_writes_nothing(book: ExpenseBook) -> None:
    (entry,) = add(book, draft())
    with book.recording("edit", at=NOW) as run:
        assert run.change(entry, amount=entry.amount) == entry
    assert len(book.runs()) == 1


def test_the_history_of_an_entry_has_every_before_and_after(book: ExpenseBook) -> None:
    (entry,) = add(book, draft())
    with book.recording("edit", at=NOW) as run:
        run.change(entry, amount=54_000)
    with book.recording("delete", at=NOW) as run:
        run.remove(entry)
    amounts = [
        (one.kind, change.before and change.before["amount"], change.after and change.after["amount"])
        for one, change in book.history(entry.id)
    ]
    assert amounts == [("add", None, 45_000), ("edit", 45_000, 54_000), ("delete", 54_000, None)]


@pytest.mark.parametrize(
    "table",
    ["calendar_event", "expense_run", "expense_change", "sqlite_schema", "expense_entry; DROP TABLE x", "expense_x"],
)
def test_only_the_tables_of_the_book_can_be_written(book: ExpenseBook, table: str) -> None:
    with pytest.raises(ValueError, match="no table of the book"), book.recording("x", at=NOW) as run:
        run.put(table, {"id": 1})


def test_a_column_is_a_name_and_nothing_else(book: ExpenseBook) -> None:
    with pytest.raises(ValueError, match="no column"), book.recording("x", at=NOW) as run:
        run.put("expense_account", {**account_row(Account("a", "", "bank")), 'id" = 1 --': 1})


def test_an_entry_that_is_gone_cannot_be_changed_or_taken_out(book: ExpenseBook) -> None:
    (entry,) = add(book, draft())
    gone = replace(entry, id=99)
    for verb in ("change", "remove"):
        with pytest.raises(ConflictError, match="entry_unknown"), book.recording("x", at=NOW) as run:
            getattr(run, verb)(gone)
    with pytest.raises(ConflictError, match="entry_unknown"):
        book.entry(99)


def test_two_connections_see_each_others_entries(tmp_path: Path) -> None:
    with book_in(tmp_path) as one, book_in(tmp_path) as other:
        add(one, draft())
        add(other, draft(note="xăng"))
        assert [entry.note for entry in one.entries()] == ["ăn phở", "xăng"]


def test_people_are_listed_by_how_often_they_are_named(book: ExpenseBook) -> None:
    add(book, draft(person="Lan"), draft(person="Nam"), draft(person="Nam"), draft())
    assert book.people() == ["Nam", "Lan"]


def test_the_schema_before_the_book_is_brought_up_to_date_with_what_is_in_it(tmp_path: Path) -> None:
    from toolkit.store.schema import MIGRATIONS

    old = tmp_path / "old"
    old.mkdir()
    for file in sorted(MIGRATIONS.glob("*.sql"))[:3]:
        (old / file.name).write_bytes(file.read_bytes())
    path = tmp_path / "home" / "toolkit.db"
    with Store.open(path, backups=tmp_path / "b", migrations=old) as store, store.transaction() as db:
        db.execute("INSERT INTO calendar_profile VALUES ('trường', '{}')")
    with Store.open(path, backups=tmp_path / "b") as store:
        add(ExpenseBook(store), draft())
        assert store.read().execute("SELECT name FROM calendar_profile").fetchall() == [("trường",)]
