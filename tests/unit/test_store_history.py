"""The history that every tool's book shares: many rows at once are the same rows, in pieces or one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from builders.expense_books import memory_book as expense_book
from builders.kpi_books import NOW
from builders.kpi_books import memory_book as kpi_book
from toolkit.core.errors import ConflictError
from toolkit.store.history import BATCH

if TYPE_CHECKING:
    from toolkit.store.history import Row

# A journal without pieces and one with them, each with a table whose rows have names and one that numbers its rows.
BOOKS: dict[str, tuple[Any, str, Row, str, Row]] = {
    "expenses": (
        expense_book, "expense_account", {"label": "", "kind": "bank", "currency": "VND", "opening": 0, "opened": ""},
        "expense_waiting", {"sentence": "2 xị", "draft": "{}", "run": 1, "made_at": ""},
    ),
    "kpi": (
        kpi_book, "kpi_product", {"label": "Son", "category": "", "aliases": "[]"},
        "kpi_measure",
        {"engagement": "own", "metric": "calls", "day": "2026-11-20", "value": "9/2", "note": "", "run": 1,
         "made_at": ""},
    ),
}  # fmt: skip


def standing(book: Any, table: str) -> list[tuple[Any, ...]]:
    return list(book._database.read().execute(f"SELECT * FROM {table} ORDER BY 1"))


@pytest.mark.parametrize("room", BOOKS)
def test_many_rows_are_put_in_told_taken_back_and_brought_back(room: str) -> None:
    make, named, name_row, numbered, number_row = BOOKS[room]
    book = make()
    many = BATCH + 3
    with book.recording("import", at=NOW) as run:
        assert run.insert_many(named, [{"id": f"n{n:05}", **name_row} for n in range(many)]) == range(0)
        assert run.insert_many(numbered, (number_row for _ in range(many))) == range(1, many + 1)
        assert run.insert_many(numbered, []) == range(many + 1, many + 1)
        assert run.insert_many(numbered, [{"id": 99_999, **number_row}]) == range(0)
    full = [standing(book, table) for table in (named, numbered)]
    assert list(map(len, full)) == [many, many + 1]
    changes = list(book.changes(run.number))
    assert len(changes) == 2 * many + 1
    assert all(change.before is None and change.after is not None for change in changes)
    (touch,) = book._history.touching(named, {"id": "n00007"})
    assert touch[0].number == run.number
    assert touch[1].after == {"id": "n00007", **name_row}
    book.undo(at=NOW)
    assert [standing(book, table) for table in (named, numbered)] == [[], []]
    book.undo(2, at=NOW)
    assert [standing(book, table) for table in (named, numbered)] == full
    assert [one[0].kind for one in book._history.touching(numbered, {"id": many})] == ["import", "undo", "undo"]


@pytest.mark.parametrize("room", BOOKS)
def test_many_rows_of_which_one_is_gone_or_there_again_are_not_taken_back(room: str) -> None:
    make, named, name_row, _, _ = BOOKS[room]
    book = make()
    with book.recording("import", at=NOW) as run:
        run.insert_many(named, [{"id": f"n{n}", **name_row} for n in range(3)])
    with book.recording("edit", at=NOW) as edit:
        edit.drop(named, id="n1")
    with pytest.raises(ConflictError) as refused:
        book.undo(run.number, at=NOW)
    assert refused.value.problem.params == {"run": run.number, "later": edit.number}
    book.undo(at=NOW)
    book.undo(at=NOW)
    with book.recording("edit", at=NOW) as again:
        again.put(named, {"id": "n1", **name_row})
    undoing = next(one for one in book.runs() if one.undoes == run.number)
    with pytest.raises(ConflictError) as refused:
        book.undo(undoing.number, at=NOW)
    assert refused.value.problem.params == {"run": undoing.number, "later": again.number}


@pytest.mark.parametrize("room", BOOKS)
def test_a_number_is_told_whether_rows_are_put_in_alone_or_together(room: str) -> None:
    make, _, _, numbered, number_row = BOOKS[room]
    book = make()
    with book.recording("log", at=NOW) as run:
        assert run.insert(numbered, number_row) == 1
        assert run.insert_many(numbered, [number_row] * 2) == range(2, 4)
        assert run.insert(numbered, number_row) == 4
        assert run.drop(numbered, id=4)
        assert run.insert(numbered, number_row) == 5
        assert run.row(numbered, id=3) == {"id": 3, **number_row}
