"""F25: two processes want the database at once; both get it in turn, or the second is told who holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storing import NOTES, new_place
from toolkit.core.errors import StoreError
from toolkit.core.outcome import Exit

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

HOLD = """
store = opened()
with store.hold('toolkit calendar import'):
    print('held', flush=True)
    sys.stdin.readline()
store.close()
"""
WRITE = """
with opened() as store, store.transaction() as db:
    print('held', flush=True)
    sys.stdin.readline()
"""
COUNT = """
store = opened(patience=30)
for _ in range(40):
    with store.transaction() as db:
        (number,) = db.execute("SELECT count(*) FROM note").fetchone()
        db.execute("INSERT INTO note (text) VALUES (?)", (str(number),))
store.close()
"""


@pytest.mark.parametrize(("program", "what"), [(HOLD, "toolkit calendar import"), (WRITE, "toolkit")])
def test_the_second_is_told_which_process_holds_the_database(tmp_path: Path, program: str, what: str) -> None:
    place = new_place(tmp_path / "a", NOTES)
    place.write("a")
    process = place.start(program)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    with place.open(patience=0.3) as store:
        wanted: AbstractContextManager[object] = store.hold(what) if program is HOLD else store.transaction()
        with pytest.raises(StoreError) as refused, wanted:
            pass
        assert store.read().execute("SELECT text FROM note").fetchall() == [("a",)]  # looking goes on
    process.communicate("\n", timeout=30)
    assert refused.value.problem.code == "store.busy"
    assert refused.value.problem.params["pid"] == process.pid
    assert refused.value.problem.params["what"] == what
    assert refused.value.exit == Exit.STORE


def test_short_writes_go_on_beside_long_work(tmp_path: Path) -> None:
    place = new_place(tmp_path / "a", NOTES)
    place.write("a")
    process = place.start(HOLD)
    assert process.stdout is not None
    process.stdout.readline()
    place.write("b")
    process.communicate("\n", timeout=30)
    assert place.notes() == ["a", "b"]


def test_another_program_that_holds_the_file_is_waited_for_and_then_named_as_unknown(tmp_path: Path) -> None:
    place = new_place(tmp_path / "a", NOTES)
    place.write("a")
    process = place.start(
        "import sqlite3\ndb = sqlite3.connect(database, isolation_level=None)\ndb.execute('BEGIN IMMEDIATE')\n"
        "print('held', flush=True)\nsys.stdin.readline()"
    )
    assert process.stdout is not None
    process.stdout.readline()
    with place.open(patience=0.3) as store, pytest.raises(StoreError) as refused, store.transaction():
        pass
    process.communicate("\n", timeout=30)
    assert refused.value.problem.code == "store.busy_elsewhere"
    place.write("b")
    assert place.notes() == ["a", "b"]


def test_reading_and_then_writing_in_one_transaction_never_meets_a_stale_snapshot(tmp_path: Path) -> None:
    place = new_place(tmp_path / "a", NOTES)
    place.open().close()
    processes = [place.start(COUNT) for _ in range(4)]
    assert [process.communicate(timeout=120)[1] for process in processes] == [""] * 4
    assert [int(text) for text in place.notes()] == list(range(160))


def test_two_first_uses_at_once_make_one_database(tmp_path: Path) -> None:
    place = new_place(tmp_path / "a", NOTES)
    processes = [place.start("write(sys.argv[2])", str(number)) for number in range(4)]
    assert [process.communicate(timeout=60)[1] for process in processes] == [""] * 4
    assert sorted(place.notes()) == ["0", "1", "2", "3"]
