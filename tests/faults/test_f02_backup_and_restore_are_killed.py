"""F02: backup, restore and salvage killed at every step leave the old state or the new one, and can be done again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storing import NOTES, TAGS, add_migrations, flip, killed_everywhere, new_place
from toolkit.core.errors import StoreError
from toolkit.store.backup import list_backups, verify_backup

if TYPE_CHECKING:
    from pathlib import Path

    from storing import Place


def only_sound_backups(place: Place) -> None:
    for backup in list_backups(place.backups):
        if backup.kind != "damaged":
            verify_backup(backup.path)


def notes_or_refusal(place: Place) -> list[str] | str:
    try:
        return place.notes()
    except StoreError as error:
        return error.problem.code


def test_a_killed_backup_is_a_whole_one_or_none(tmp_path: Path) -> None:
    place = new_place(tmp_path / "gốc", NOTES)
    place.write("a", "b")
    program = "with opened() as store: store.backup()"
    for point, killed in killed_everywhere(place, program, tmp_path):
        only_sound_backups(killed)
        assert killed.notes() == ["a", "b"], point
        assert killed.run(program).returncode == 0
        assert [one.kind for one in list_backups(killed.backups)].count("manual") in {1, 2}, point


def test_a_killed_restore_leaves_the_old_data_or_the_restored_data(tmp_path: Path) -> None:
    place = new_place(tmp_path / "gốc", NOTES)
    place.write("cũ")
    with place.open() as store:
        backup = store.backup()
    place.write("mới")
    program = f"restore(database, here / 'backups' / {backup.path.name!r}, **where)"
    seen = set()
    for point, killed in killed_everywhere(place, program, tmp_path):
        only_sound_backups(killed)
        state = tuple(killed.notes())
        assert state in {("cũ", "mới"), ("cũ",)}, point
        if state == ("cũ",):
            assert "replaced" in [one.kind for one in list_backups(killed.backups)], point
        seen.add(state)
        assert killed.run(program).returncode == 0
        assert killed.notes() == ["cũ"], point
    assert len(seen) == 2


def test_a_killed_restore_after_a_crash_loses_nothing_that_was_only_in_the_log(tmp_path: Path) -> None:
    place = new_place(tmp_path / "gốc", NOTES)
    place.write("cũ")
    with place.open() as store:
        backup = store.backup()
    place.write("mới")
    assert place.run("write('chỉ trong nhật ký')", fault="kill@store.commit.after").returncode == -9
    program = f"restore(database, here / 'backups' / {backup.path.name!r}, **where)"
    for point, killed in killed_everywhere(place, program, tmp_path):
        assert killed.notes() in (["cũ", "mới", "chỉ trong nhật ký"], ["cũ"]), point


def test_a_killed_restore_of_a_damaged_database_never_lets_the_damage_pass_as_sound(tmp_path: Path) -> None:
    place = new_place(tmp_path / "gốc", NOTES)
    place.write("cũ " + "x" * 100)
    with place.open() as store:
        backup = store.backup()
    flip(place.database, place.database.read_bytes().rindex(b"xxxx"))
    program = f"restore(database, here / 'backups' / {backup.path.name!r}, **where)"
    for point, killed in killed_everywhere(place, program, tmp_path):
        assert notes_or_refusal(killed) in (["cũ " + "x" * 100], "store.damaged_restorable"), point
        assert killed.run(program).returncode == 0
        assert killed.notes() == ["cũ " + "x" * 100], point


def test_a_killed_salvage_leaves_the_damaged_file_or_what_was_saved_of_it(tmp_path: Path) -> None:
    place = new_place(tmp_path / "gốc", NOTES)
    place.write("a " + "x" * 100, "b")
    flip(place.database, place.database.read_bytes().rindex(b"xxxx"))
    damaged = place.database.read_bytes()
    program = "salvage(database, **where)"
    for point, killed in killed_everywhere(place, program, tmp_path):
        if killed.database.read_bytes() != damaged:
            assert killed.notes()[1:] == ["b"], point
        assert killed.run(program).returncode == 0
        assert killed.notes()[1:] == ["b"], point


def test_a_first_use_that_is_killed_leaves_no_database_or_a_whole_one(tmp_path: Path) -> None:
    place = new_place(tmp_path / "gốc", NOTES, TAGS)
    for point, killed in killed_everywhere(place, "opened().close()", tmp_path):
        if killed.database.exists():
            assert killed.database.stat().st_size > 0, point
        killed.write("a")
        assert killed.notes() == ["a"], point


def test_a_killed_writing_session_is_whole_or_not_there(tmp_path: Path) -> None:
    place = new_place(tmp_path / "gốc", NOTES)
    place.write("a")
    add_migrations(place)
    for point, killed in killed_everywhere(place, "write('b', 'c')", tmp_path):
        assert killed.notes() in (["a"], ["a", "b", "c"]), point
        only_sound_backups(killed)
