"""F27: a changed, cut or foreign file is noticed by the next command, never written to, and the way out is named."""

from __future__ import annotations

import random
import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from storing import NOTES, Place, flip, new_place
from toolkit.core.errors import StoreError
from toolkit.shell.paths import Paths
from toolkit.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A database of some hundred pages, as members' databases are: rows, an index, pages that were freed."""
    place = new_place(tmp_path_factory.mktemp("đầy") / "a", NOTES)
    letters = random.Random(27)
    place.write(*("".join(letters.choices("aăâbcdđeê ", k=letters.randint(5, 400))) for _ in range(2000)))
    with place.open() as store, store.transaction() as db:
        db.execute("DELETE FROM note WHERE id % 7 = 0")
    return place


def noticed(place: Place) -> bool:
    """Whether opening is refused, and the file still is what it was."""
    before = place.database.read_bytes()
    try:
        place.open().close()
    except StoreError:
        assert place.database.read_bytes() == before
        return True
    return False


def test_sixty_changes_of_one_byte_are_noticed(filled: Place, tmp_path: Path) -> None:
    place = filled.copy(tmp_path / "a")
    size = place.database.stat().st_size
    dice = random.Random(60)
    found = 0
    for _ in range(60):
        position, mask = dice.randrange(size), dice.randrange(1, 256)
        flip(place.database, position, mask)
        found += noticed(place)
        flip(place.database, position, mask)
        assert not noticed(place)
    assert found == 60


def test_sqlites_own_check_would_have_missed_many(filled: Place, tmp_path: Path) -> None:
    place = filled.copy(tmp_path / "a")
    size = place.database.stat().st_size
    dice = random.Random(60)
    missed = 0
    for _ in range(60):
        position, mask = dice.randrange(size), dice.randrange(1, 256)
        flip(place.database, position, mask)
        try:
            with closing(sqlite3.connect(place.database)) as db:
                missed += db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        except sqlite3.DatabaseError:
            pass
        flip(place.database, position, mask)
    assert missed > 10


@pytest.mark.parametrize("sealed", [True, False])
@pytest.mark.parametrize("left", [0, 50, 99, 4096, "half"])
def test_a_file_that_was_cut_off_is_noticed_even_when_nothing_vouches_for_it(
    filled: Place, tmp_path: Path, left: int | str, sealed: bool
) -> None:
    place = filled.copy(tmp_path / "a")
    if not sealed:
        place.database.with_name("toolkit.db-seal").unlink()
    with place.database.open("r+b") as file:
        file.truncate(left if isinstance(left, int) else place.database.stat().st_size // 2)
    assert noticed(place)


def other_database(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE bookmarks (url TEXT)")
        db.commit()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 a spreadsheet", "store.not_ours_restorable"),
        ("Ngày;Nội dung\n".encode() * 900, "store.not_ours_restorable"),
        (b"\0" * 8192, "store.damaged_restorable"),
        (None, "store.not_ours_restorable"),
    ],
)
def test_a_file_that_is_none_of_ours_is_left_alone(
    filled: Place, tmp_path: Path, content: bytes | None, code: str
) -> None:
    place = filled.copy(tmp_path / "a")
    if content is None:
        other_database(place.database)
    else:
        place.database.write_bytes(content)
    before = place.database.read_bytes()
    with pytest.raises(StoreError) as refused:
        place.open()
    assert refused.value.problem.code == code
    assert place.database.read_bytes() == before


def test_damage_that_is_only_met_while_working_is_told_the_same_way(filled: Place, tmp_path: Path) -> None:
    place = filled.copy(tmp_path / "a")
    with place.open() as store:
        content = place.database.read_bytes()
        leaf = next(at for at in range(len(content) // 2 // 4096 * 4096, len(content), 4096) if content[at] == 13)
        with place.database.open("r+b") as file:
            file.seek(leaf)
            file.write(b"\xff" * 4096)
        with pytest.raises(StoreError) as refused:
            store.read().execute("SELECT sum(length(text)) FROM note NOT INDEXED").fetchall()
        assert refused.value.problem.code == "store.damaged_restorable"
    assert noticed(place)


def test_the_command_that_the_message_names_brings_the_data_back(home: Path, cli: Cli) -> None:
    paths = Paths.find()
    with Store.open(paths.database, backups=paths.backups) as store:
        store.backup()
    flip(paths.database, paths.database.stat().st_size // 2)
    damaged = paths.database.read_bytes()

    for words in (["backup"], ["doctor"], ["backup", "--json"]):
        ran = cli(*words)
        assert ran.exit_code == 7
        assert "Traceback" not in ran.stderr
        assert paths.database.read_bytes() == damaged

    told = cli("backup").stderr
    named = re.search(r"toolkit (restore \S+\.db)", told)
    assert named is not None, told
    assert "xóa" not in told
    restored = cli(*named[1].split(), "--yes")
    assert restored.exit_code == 0, restored.stderr
    assert cli("doctor").exit_code == 0
    assert any(path.read_bytes() == damaged for path in paths.backups.iterdir())


def test_without_a_backup_the_message_names_the_salvage_which_works(home: Path, cli: Cli) -> None:
    paths = Paths.find()
    Store.open(paths.database, backups=paths.backups).close()
    flip(paths.database, paths.database.stat().st_size // 2)
    told = cli("backup")
    assert told.exit_code == 7
    assert "toolkit restore --salvage" in told.stderr
    assert cli("restore", "--salvage", "--yes").exit_code == 0
    assert cli("backup").exit_code == 0
