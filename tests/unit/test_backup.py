"""A backup is a copy that was read back; a restore is one step, and can be undone."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from storing import NOTES, TAGS, Place, add_migrations, flip, new_place
from toolkit.core.dates.clock import FixedClock
from toolkit.core.errors import ConflictError, StoreError
from toolkit.store.backup import KEPT, Backup, list_backups, newest_good, verify_backup
from toolkit.store.restore import Restored, restore, salvage
from toolkit.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2126, 11, 22, 8, 0, tzinfo=UTC)  # later than any clock that other sessions of these tests go by


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return new_place(tmp_path / "chỗ", NOTES)


def backup(place: Place, target: Path | None = None) -> Backup:
    with place.open() as store:
        return store.backup(target=target)


def put_back(place: Place, source: Path | None) -> Restored:
    return restore(
        place.database, source, backups=place.backups, clock=FixedClock(NOW), migrations=place.migrations, patience=1
    )


def save(place: Place) -> Restored:
    return salvage(
        place.database, backups=place.backups, clock=FixedClock(NOW), migrations=place.migrations, patience=1
    )


def kinds(place: Place) -> list[str]:
    return sorted(backup.kind for backup in list_backups(place.backups))


def test_a_backup_holds_what_the_database_holds_and_needs_nothing_beside_it(place: Place) -> None:
    place.write("a", "b")
    made = backup(place)
    with closing(sqlite3.connect(made.path)) as db:
        assert db.execute("SELECT text FROM note").fetchall() == [("a",), ("b",)]
        assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert list_backups(place.backups)[0].digest == made.digest
    assert verify_backup(made.path) == 1


def test_a_backup_of_what_is_not_yet_in_the_file_itself_is_complete(place: Place) -> None:
    with place.open() as store:
        with store.transaction() as db:
            db.execute("INSERT INTO note (text) VALUES ('còn trong nhật ký')")
        made = store.backup()
    with closing(sqlite3.connect(made.path)) as db:
        assert db.execute("SELECT text FROM note").fetchall() == [("còn trong nhật ký",)]


def test_what_was_deleted_is_not_in_the_next_backup(place: Place) -> None:
    place.write("điều muốn quên")
    with place.open() as store:
        with store.transaction() as db:
            db.execute("DELETE FROM note")
        made = store.backup()
    assert "điều muốn quên".encode() not in made.path.read_bytes()


def test_the_first_writing_of_a_day_ends_in_a_backup_and_the_others_do_not(place: Place) -> None:
    def write_at(moment: datetime) -> None:
        clock = FixedClock(moment)
        with (
            Store.open(place.database, backups=place.backups, clock=clock, migrations=place.migrations) as store,
            store.transaction() as db,
        ):
            db.execute("INSERT INTO note (text) VALUES ('x')")

    for hours in (0, 1, 9, 24, 25, 49):
        write_at(NOW + timedelta(hours=hours))
    assert [one.at for one in list_backups(place.backups)] == [NOW + timedelta(hours=hours) for hours in (49, 24, 0)]


def test_a_backup_dated_ahead_by_a_wrong_clock_does_not_put_off_the_next_ones(place: Place) -> None:
    for moment in (NOW + timedelta(days=4000), NOW):
        clock = FixedClock(moment)
        with (
            Store.open(place.database, backups=place.backups, clock=clock, migrations=place.migrations) as store,
            store.transaction() as db,
        ):
            db.execute("INSERT INTO note (text) VALUES ('x')")
    assert [one.at for one in list_backups(place.backups)] == [NOW + timedelta(days=4000), NOW]


def test_looking_makes_no_backup(place: Place) -> None:
    place.open().close()
    assert place.notes() == []
    assert list_backups(place.backups) == []


def test_the_program_keeps_its_newest_backups_and_all_of_the_members(place: Place) -> None:
    place.write("a")
    for number in range(KEPT + 5):
        with Store.open(
            place.database,
            backups=place.backups,
            clock=FixedClock(NOW + timedelta(days=number)),
            migrations=place.migrations,
        ) as store:
            store.backup("upgrade")
            store.backup("manual")
    assert kinds(place).count("upgrade") == KEPT
    assert kinds(place).count("manual") == KEPT + 5
    upgrades = [one for one in list_backups(place.backups) if one.kind == "upgrade"]
    assert upgrades[-1].at == NOW + timedelta(days=5)


def test_a_backup_goes_where_the_member_wants_it(place: Place, tmp_path: Path) -> None:
    place.write("a")
    (tmp_path / "usb").mkdir()
    assert backup(place, tmp_path / "usb").path.parent == tmp_path / "usb"
    assert backup(place, tmp_path / "usb" / "sổ.db").path == tmp_path / "usb" / "sổ.db"
    verify_backup(tmp_path / "usb" / "sổ.db")


def test_a_restore_brings_back_what_was_and_keeps_what_is(place: Place) -> None:
    place.write("cũ")
    made = backup(place)
    place.write("mới")
    done = put_back(place, made.path)
    assert place.notes() == ["cũ"]
    assert done.replaced is not None
    put_back(place, done.replaced.path)
    assert place.notes() == ["cũ", "mới"]


def test_restoring_twice_changes_nothing_the_second_time(place: Place) -> None:
    place.write("cũ")
    backup(place)
    place.write("mới")
    assert put_back(place, None).changed
    before = {path: path.read_bytes() for path in place.folder.rglob("*") if path.is_file()}
    second = put_back(place, None)
    assert (second.changed, second.replaced) == (False, None)
    assert {path: path.read_bytes() for path in place.folder.rglob("*") if path.is_file()} == before


def test_the_latest_backup_is_never_the_one_that_a_restore_made(place: Place) -> None:
    place.write("cũ")
    made = backup(place)
    place.write("mới")
    for _ in range(3):
        assert put_back(place, None).source == made.path
        assert place.notes() == ["cũ"]


def test_a_restore_of_an_older_schema_is_brought_up_to_date(place: Place) -> None:
    place.write("cũ")
    made = backup(place)
    add_migrations(place, TAGS)
    place.write("mới")
    put_back(place, made.path)
    with place.open() as store:
        assert store.read().execute("SELECT text, word FROM note JOIN tag ON note = id").fetchall() == [("cũ", "cũ")]


def test_a_backup_from_a_newer_program_is_refused(place: Place, tmp_path: Path) -> None:
    newer = new_place(tmp_path / "mới", NOTES, TAGS)
    newer.write("a")
    place.write("b")
    with pytest.raises(StoreError) as refused:
        put_back(place, backup(newer).path)
    assert refused.value.problem.code == "store.backup_newer"
    assert place.notes() == ["b"]


def test_a_restore_into_nothing_makes_the_database(place: Place, tmp_path: Path) -> None:
    place.write("a")
    made = backup(place)
    elsewhere = Place(tmp_path / "máy mới")
    shutil.copytree(place.migrations, elsewhere.migrations)
    assert put_back(elsewhere, made.path).replaced is None
    assert elsewhere.notes() == ["a"]


def test_a_restore_waits_for_nobody_who_has_the_database_open(place: Place) -> None:
    place.write("cũ")
    made = backup(place)
    place.write("mới")
    process = place.start("store = opened()\nprint('open', flush=True)\nsys.stdin.readline()")
    assert process.stdout is not None
    process.stdout.readline()
    with pytest.raises(StoreError) as refused:
        put_back(place, made.path)
    assert refused.value.problem.code == "store.in_use"
    process.communicate("\n", timeout=30)
    assert place.notes() == ["cũ", "mới"]
    put_back(place, made.path)
    assert place.notes() == ["cũ"]


def test_the_log_of_a_damaged_database_never_gets_into_the_restored_one(place: Place) -> None:
    place.write("cũ")
    made = backup(place)
    assert place.run("write(*['x' * 3000] * 20)", fault="kill@store.commit.after").returncode == -9
    place.database.with_name("toolkit.db-shm").unlink()
    log = place.database.with_name("toolkit.db-wal").read_bytes()
    place.database.write_bytes(b"SQLite format 3\0" + b"\xff" * 8000)
    done = put_back(place, made.path)
    assert place.notes() == ["cũ"]
    assert done.replaced is not None
    assert done.replaced.path.with_name(f"{done.replaced.path.name}-wal").read_bytes() == log


def test_a_missing_backup_and_no_backup_at_all_are_said_differently(place: Place) -> None:
    with pytest.raises(ConflictError) as missing:
        put_back(place, place.backups / "không có.db")
    with pytest.raises(ConflictError) as none:
        put_back(place, None)
    assert (missing.value.problem.code, none.value.problem.code) == ("store.backup_missing", "store.no_backup")


def test_the_newest_good_backup_is_found_past_damaged_ones(place: Place) -> None:
    made = []
    for number in range(3):
        place.write(f"{number}")
        with Store.open(
            place.database,
            backups=place.backups,
            clock=FixedClock(NOW + timedelta(hours=number)),
            migrations=place.migrations,
        ) as store:
            made.append(store.backup())
    flip(made[2].path, 4200)
    made[1].path.write_bytes(b"")
    found = newest_good(place.backups)
    assert found is not None
    assert found.path == made[0].path


def test_a_salvage_saves_every_row_of_a_file_that_only_our_own_sums_complain_about(place: Place) -> None:
    place.write("a", "b", "c")
    with closing(sqlite3.connect(place.database)) as db, db:
        db.execute("UPDATE note SET text = 'sửa tay' WHERE id = 2")
    done = save(place)
    assert (done.rows, done.lost) == (3, ())
    assert place.notes() == ["a", "sửa tay", "c"]
    assert "damaged" in kinds(place)


def test_a_salvage_reads_around_damaged_pages(place: Place) -> None:
    texts = [f"{number} " + "x" * 300 for number in range(400)]
    place.write(*texts)
    content = place.database.read_bytes()
    leaves = [at for at in range(4096, len(content), 4096) if content[at] == 13]  # pages that hold rows
    with place.database.open("r+b") as file:
        for at in (leaves[2], leaves[len(leaves) // 2], leaves[-1]):
            file.seek(at)
            file.write(random.Random(at).randbytes(4096))
    done = save(place)
    notes = place.notes()
    assert set(notes) <= set(texts)
    assert done.lost == ("note",)
    assert done.rows == len(notes) >= 400 - 3 * 14
    assert len(notes) < 400


def test_a_salvage_keeps_no_row_whose_parent_is_lost(tmp_path: Path) -> None:
    place = new_place(tmp_path / "a", NOTES, TAGS)
    place.write("a", "b")
    with closing(sqlite3.connect(place.database)) as db, db:
        db.execute("DELETE FROM note WHERE id = 1")
    done = save(place)
    assert done.lost == ("tag",)
    with place.open() as store:
        assert store.read().execute("SELECT DISTINCT note FROM tag").fetchall() == [(2,)]


@pytest.mark.parametrize(
    "content", [b"", b"\0" * 9000, b"PK\3\4 not a database", b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_a_salvage_of_a_hopeless_file_begins_a_new_database_and_keeps_the_file(place: Place, content: bytes) -> None:
    place.write("a")
    place.database.write_bytes(content)
    done = save(place)
    assert done.replaced is not None
    assert done.replaced.path.read_bytes() == content
    assert place.notes() == []


def test_a_salvage_of_an_older_database_is_brought_up_to_date(place: Place) -> None:
    place.write("a")
    flip(place.database, place.database.stat().st_size - 1)
    add_migrations(place, TAGS)
    assert save(place).rows == 1
    with place.open() as store:
        assert store.read().execute("SELECT note, word FROM tag").fetchall() == [(1, "cũ")]
