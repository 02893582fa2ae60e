"""The database: what is acknowledged stays, what is not is gone, and a sound file is never accused."""

from __future__ import annotations

import os
import random
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from storing import NOTES, TAGS, Place, add_migrations, flip, new_place
from toolkit.core.errors import StoreError
from toolkit.store import checks
from toolkit.store.schema import APPLICATION_ID, MIGRATIONS, Migration, load_migrations
from toolkit.store.seal import Seal, matches, read_seal, seal_path, take_seal, write_seal
from toolkit.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return new_place(tmp_path / "chỗ", NOTES)


def beside(place: Place) -> set[str]:
    return {path.name.removeprefix("toolkit.db") for path in place.database.parent.iterdir()} - {""}


def test_what_a_transaction_wrote_is_there_next_time(place: Place) -> None:
    place.write("phở 45k", "xăng 60k")
    assert place.notes() == ["phở 45k", "xăng 60k"]


def test_a_transaction_that_fails_leaves_nothing(place: Place) -> None:
    place.write("trước")
    with place.open() as store:
        with pytest.raises(sqlite3.IntegrityError), store.transaction() as db:
            db.executemany("INSERT INTO note (text) VALUES (?)", [("giữa",), (None,)])
        assert store.read().execute("SELECT count(*) FROM note").fetchone() == (1,)
    assert place.notes() == ["trước"]


def test_nothing_is_written_outside_a_transaction(place: Place) -> None:
    with place.open() as store, pytest.raises(sqlite3.OperationalError, match="readonly"):
        store.read().execute("INSERT INTO note (text) VALUES ('x')")
    assert place.notes() == []


def test_a_transaction_within_a_transaction_is_a_mistake_of_ours(place: Place) -> None:
    with place.open() as store, store.transaction(), pytest.raises(RuntimeError), store.transaction():
        pass


def test_a_type_that_does_not_fit_is_refused(place: Place) -> None:
    with place.open() as store, pytest.raises(sqlite3.IntegrityError), store.transaction() as db:
        db.execute("INSERT INTO note (id, text) VALUES ('không phải số', 'x')")


def test_the_database_is_set_up_to_survive(place: Place) -> None:
    with place.open() as store:
        settings = {
            name: store.read().execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "application_id", "user_version")
        }
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "application_id": APPLICATION_ID,
        "user_version": 1,
    }


def test_only_the_owner_can_look_into_anything_that_is_made(tmp_path: Path) -> None:
    previous = os.umask(0)
    try:
        place = new_place(tmp_path / "a", NOTES)
        with place.open() as store, store.transaction() as db:
            db.execute("INSERT INTO note (text) VALUES ('bí mật')")
            open_now = [stat.S_IMODE(path.stat().st_mode) for path in place.database.parent.iterdir()]
        assert set(open_now) == {0o600}
        assert {stat.S_IMODE(path.stat().st_mode) for path in place.backups.iterdir()} == {0o600}
        assert stat.S_IMODE(place.database.parent.stat().st_mode) == 0o700
        assert stat.S_IMODE(place.backups.stat().st_mode) == 0o700
    finally:
        os.umask(previous)


def test_a_path_with_marks_spaces_and_signs_works(tmp_path: Path) -> None:
    place = new_place(tmp_path / "Nhà của Ánh 🎉 50% #1?&x=y", NOTES)
    place.write("a")
    assert place.notes() == ["a"]


def test_a_link_to_the_folder_or_the_file_is_followed(place: Place, tmp_path: Path) -> None:
    place.write("a")
    (tmp_path / "lối tắt.db").symlink_to(place.database)
    with Store.open(tmp_path / "lối tắt.db", backups=place.backups, migrations=place.migrations) as store:
        assert store.path == place.database
        assert store.read().execute("SELECT text FROM note").fetchall() == [("a",)]


def test_closing_puts_the_database_away_sealed_and_without_a_log(place: Place) -> None:
    place.write("a")
    assert beside(place) == {"-seal", "-lock", "-open"}
    seal = read_seal(place.database)
    assert seal is not None
    assert matches(place.database, seal, window=None)


def test_looking_changes_nothing_on_the_disk(place: Place) -> None:
    place.write("a")
    before = {path: path.read_bytes() for path in place.folder.rglob("*") if path.is_file()}
    place.notes()
    assert {path: path.read_bytes() for path in place.folder.rglob("*") if path.is_file()} == before


def test_the_seal_is_gone_before_anything_is_written_and_stays_gone_until_the_end(place: Place) -> None:
    place.write("a")
    with place.open() as store:
        with store.transaction() as db:
            assert not seal_path(place.database).exists()
            db.execute("INSERT INTO note (text) VALUES ('b')")
        assert not seal_path(place.database).exists()
    assert seal_path(place.database).exists()


def test_a_reader_that_stays_keeps_the_seal_away_and_nobody_is_accused(place: Place) -> None:
    place.write("a")
    with place.open() as reader:
        rows = reader.read().execute("SELECT a.id FROM note a, note b")
        rows.fetchone()  # a query that is still being read
        place.write("b")
        assert place.notes() == ["a", "b"]
        rows.close()
    place.write("c")
    assert place.notes() == ["a", "b", "c"]
    assert seal_path(place.database).exists()


def test_a_session_that_was_cut_off_is_sealed_by_the_next_one(place: Place) -> None:
    place.write("a")
    assert place.run("write('b')", fault="kill@store.commit.after").returncode == -9
    assert not seal_path(place.database).exists()
    assert place.notes() == ["a", "b"]
    assert seal_path(place.database).exists()


def test_a_good_file_from_another_computer_is_not_called_damaged(tmp_path: Path) -> None:
    here, there = new_place(tmp_path / "a", NOTES), new_place(tmp_path / "b", NOTES)
    here.write("ở đây")
    there.write("ở kia")
    there.database.write_bytes(here.database.read_bytes())  # the old seal stays behind
    assert there.notes() == ["ở đây"]
    there.write("thêm")
    assert there.notes() == ["ở đây", "thêm"]


def test_a_backup_that_the_member_copies_over_the_database_by_hand_is_not_called_damaged(place: Place) -> None:
    place.write("a")
    with place.open() as store:
        backup = store.backup()
    place.database.write_bytes(backup.path.read_bytes())
    assert place.notes() == ["a"]
    place.write("b")
    assert place.notes() == ["a", "b"]
    with place.open() as store:
        assert store.read().execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_copy_that_the_member_put_aside_and_copies_back_is_not_called_damaged(place: Place) -> None:
    place.write("a")
    aside = place.database.read_bytes()
    place.write("b")
    place.database.write_bytes(aside)
    assert place.notes() == ["a"]


def test_a_writer_that_is_faster_than_the_check_accuses_nobody(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.write("a")
    looks = 0

    def interrupted(database: Path, seal: Seal, *, window: int | None) -> bool:
        nonlocal looks
        looks += 1
        if looks > 1:
            return matches(database, seal, window=window)
        write_seal(database, replace(seal, token="của người ghi kia"))
        return False  # half of what was read was the old file, half the new one

    monkeypatch.setattr(checks, "matches", interrupted)
    assert checks.examine(place.database, 1)
    assert looks == 2


def test_nobody_is_accused_while_others_write(place: Place) -> None:
    place.write("0")
    process = place.start("for number in range(40): write('x' * 3000)")
    looks = 0
    while process.poll() is None:
        place.notes()
        looks += 1
    assert process.communicate(timeout=60)[1] == ""
    assert looks > 5
    assert len(place.notes()) == 41


def test_nobody_writes_between_the_sums_and_the_seal(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Taking the sums closes a descriptor of the file, which lets go of SQLite's locks; the store's own must hold."""
    place.write("0")
    others = []

    def interrupted(database: Path, token: str) -> Seal:
        taken = take_seal(database, token)
        others.append(place.start("opened().close(); write('x' * 3000)"))
        with suppress(subprocess.TimeoutExpired):
            others[0].wait(2)  # as long as it is kept out, it waits
        return taken

    store = place.open()
    with store.transaction() as db:
        db.execute("INSERT INTO note (text) VALUES ('1')")
    monkeypatch.setattr("toolkit.store.store.take_seal", interrupted)
    store.close()
    (other,) = others
    assert other.communicate(timeout=60)[1] == ""
    assert place.notes() == ["0", "1", "x" * 3000]


def test_damage_is_noticed_also_when_the_last_session_left_no_seal(place: Place) -> None:
    place.write(*("x" * 500 for _ in range(200)))
    seal_path(place.database).unlink()
    content = place.database.read_bytes()
    leaf = next(at for at in range(len(content) // 2 // 4096 * 4096, len(content), 4096) if content[at] == 13)
    with place.database.open("r+b") as file:
        file.seek(leaf)
        file.write(b"\xff" * 200)
    before = place.database.read_bytes()
    with pytest.raises(StoreError) as refused:
        place.open()
    assert refused.value.problem.code == "store.damaged_restorable"
    assert place.database.read_bytes() == before


def test_a_damaged_seal_accuses_nobody(place: Place) -> None:
    place.write("a")
    size = seal_path(place.database).stat().st_size
    for position in random.Random(3).sample(range(size), 20):
        flip(seal_path(place.database), position, 4)
        assert place.notes() == ["a"]
    seal_path(place.database).write_bytes(b"")
    assert place.notes() == ["a"]


def test_a_change_by_another_program_is_noticed(place: Place) -> None:
    place.write("a")
    with closing(sqlite3.connect(place.database)) as db, db:
        db.execute("INSERT INTO note (text) VALUES ('từ chương trình khác')")
    with pytest.raises(StoreError) as refused:
        place.open()
    assert refused.value.problem.code == "store.damaged_restorable"


@pytest.mark.parametrize("count", [0, 1, 63, 64, 65, 200])
def test_a_window_over_a_large_file_always_sees_the_header_and_finds_damage_within_a_few_looks(
    tmp_path: Path, count: int
) -> None:
    file = tmp_path / "lớn.db"
    file.write_bytes(random.Random(count).randbytes(count * 64 * 1024 + 7))
    seal = take_seal(file, "t")
    window = 64 * 64 * 1024
    assert matches(file, seal, window=window)
    flip(file, 3)
    assert not matches(file, seal, window=window)
    flip(file, 3)
    flip(file, file.stat().st_size - 1)
    assert not matches(file, seal, window=None)
    assert not all(matches(file, seal, window=window) for _ in range(40))


def test_a_database_that_vanished_is_not_quietly_replaced_by_an_empty_one(place: Place) -> None:
    place.write("a")
    place.database.unlink()
    with pytest.raises(StoreError) as refused:
        place.open()
    assert refused.value.problem.code == "store.gone_restorable"
    assert not place.database.exists()


def test_statements_are_told_apart_also_within_texts_triggers_and_comments() -> None:
    statements = [
        "-- Một câu; hai câu.\nCREATE TABLE a (x TEXT DEFAULT 'a;b')",
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM a; INSERT INTO a VALUES (';'); END",
        "INSERT INTO \"a\" /* ; */ VALUES ('it''s; fine')",
    ]
    for joint in (";", "; ", ";\n\n"):
        sql = joint.join(statements) + ";\n-- hết\n"
        assert [one.rstrip(";") for one in Migration(1, "x", sql).statements()] == statements


def test_a_migration_folder_with_a_gap_or_an_open_end_is_refused(tmp_path: Path) -> None:
    place = new_place(tmp_path / "a", NOTES)
    (place.migrations / "0003_x.sql").write_text("SELECT 1;")
    with pytest.raises(ValueError, match="without a gap"):
        place.open()
    (place.migrations / "0003_x.sql").rename(place.migrations / "0002_x.sql")
    (place.migrations / "0002_x.sql").write_text("SELECT 1")
    with pytest.raises(ValueError, match="no end"):
        place.open()


def test_an_older_database_is_brought_up_to_date_after_a_backup(place: Place) -> None:
    place.write("a")
    add_migrations(place, TAGS)
    with place.open() as store:
        assert store.read().execute("SELECT * FROM tag").fetchall() == [(1, "cũ")]
        assert store.read().execute("PRAGMA foreign_keys").fetchone() == (1,)
    place.write("b")
    with place.open() as store:
        assert len(store.read().execute("SELECT * FROM tag WHERE note = 2").fetchall()) == 2
    assert [path.name.split("-")[2] for path in place.backups.iterdir()].count("upgrade") == 1


def test_a_migration_that_fails_leaves_the_old_schema_working(place: Place) -> None:
    place.write("a")
    add_migrations(place, "CREATE TABLE half (x) ; INSERT INTO note (id, text) VALUES (1, 'trùng');")
    with pytest.raises(StoreError) as refused:
        place.open()
    assert refused.value.problem.code == "store.migration_failed"
    (place.migrations / "0002_step.sql").unlink()
    assert place.notes() == ["a"]


def test_a_migration_that_breaks_a_reference_is_taken_back(place: Place) -> None:
    add_migrations(place, TAGS)
    place.write("a")
    add_migrations(place, "DELETE FROM note;")
    with pytest.raises(StoreError) as refused:
        place.open()
    assert refused.value.problem.code == "store.migration_failed"
    (place.migrations / "0003_step.sql").unlink()
    assert place.notes() == ["a"]


def shape(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name").fetchall()


def test_every_schema_that_ever_was_arrives_at_the_newest_one(tmp_path: Path) -> None:
    newest = Place(tmp_path / "mới")
    Store.open(newest.database, backups=newest.backups).close()
    for version in range(len(load_migrations())):
        old = Place(tmp_path / f"cũ {version}")
        old.migrations.mkdir(parents=True)
        for file in sorted(MIGRATIONS.glob("*.sql"))[: version + 1]:
            (old.migrations / file.name).write_text(file.read_text("utf-8"), "utf-8")
        old.open().close()
        Store.open(old.database, backups=old.backups).close()
        assert shape(old.database) == shape(newest.database)


def test_every_table_is_strict() -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        for migration in load_migrations():
            db.executescript(migration.sql)
        tables = db.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
        assert [name for name, strict in tables if not strict and not name.startswith("sqlite_")] == []


def test_importing_the_store_costs_no_heavy_library() -> None:
    program = "import sys, toolkit.store.store; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not {"filelock", "platformdirs", "click", "rich", "logging", "asyncio"} & set(done.stdout.split())
