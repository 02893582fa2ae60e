"""The collector's own file: rows are there once they were acknowledged, numbers are never given twice."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from toolkit.core.errors import StoreError
from toolkit.sitestats.adapters.intake import APPLICATION, Intake, Told

if TYPE_CHECKING:
    from pathlib import Path


def told(number: int) -> Told:
    return Told(1_780_000_000 + number, number, "VN", "agent", "view", "shop.example", f"/{number}", "", "", "")


def test_what_was_added_is_there_in_its_order(tmp_path: Path) -> None:
    with Intake(tmp_path / "new" / "intake.db") as intake:
        intake.add(told(n) for n in range(5))
        assert [row.path for _, row in intake.after(0, 3)] == ["/0", "/1", "/2"]
        assert [number for number, _ in intake.after(3, 9)] == [4, 5]
        assert len(intake) == 5
    assert stat.S_IMODE((tmp_path / "new" / "intake.db").stat().st_mode) == 0o600


def test_a_number_is_never_given_twice(tmp_path: Path) -> None:
    path = tmp_path / "intake.db"
    with Intake(path) as intake:
        intake.add([told(0), told(1)])
        intake.drop(2)
    with Intake(path) as intake:
        assert not intake.after(0, 9)
        intake.add([told(2)])
        assert [number for number, _ in intake.after(0, 9)] == [3]


def test_files_have_identities_that_stay(tmp_path: Path) -> None:
    with Intake(tmp_path / "a.db") as one, Intake(tmp_path / "b.db") as other, Intake(tmp_path / "a.db") as again:
        assert one.identity == again.identity != other.identity


def test_what_is_taken_away_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "intake.db"
    with Intake(path) as intake:
        intake.add([told(0)._replace(path="/bi-mat")])
        intake.drop(1)
    assert b"/bi-mat" not in b"".join(file.read_bytes() for file in tmp_path.iterdir())


def test_two_processes_may_have_it_open(tmp_path: Path) -> None:
    with Intake(tmp_path / "intake.db") as one, Intake(tmp_path / "intake.db") as other:
        one.add([told(0)])
        other.add([told(1)])
        assert len(one) == len(other) == 2


@pytest.mark.parametrize(
    "content", [b"not a database at all, but long enough to be one" * 30, b"SQLite format 3\x00" * 99]
)
def test_a_file_of_something_else_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "intake.db"
    path.write_bytes(content)
    with pytest.raises(StoreError, match="intake_unusable"):
        Intake(path)
    assert path.read_bytes() == content


def test_a_database_of_another_program_or_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE a (b)")
        connection.commit()
    with pytest.raises(StoreError, match="intake_unusable"):
        Intake(other)
    newer = tmp_path / "newer.db"
    Intake(newer).close()
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("PRAGMA user_version = 99")
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION,)
    with pytest.raises(StoreError, match="intake_unusable"):
        Intake(newer)
