"""F46: the backup's place vanishes, its bytes change on the way, or it was damaged since: nobody relies on it."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest

from storing import NOTES, Place, flip, new_place
from toolkit.core.dates.clock import SystemClock
from toolkit.core.errors import StoreError
from toolkit.disk import crash
from toolkit.store.restore import restore

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from toolkit.store.backup import Backup


@pytest.fixture
def place(tmp_path: Path) -> Place:
    place = new_place(tmp_path / "a", NOTES)
    place.write("a " + "x" * 500, "b")
    return place


def at(point: str, action: Callable[[], None]) -> Callable[[str], None]:
    """What to do at the first crash point of that name."""
    left = [action]

    def act(name: str) -> None:
        if name == point and left:
            left.pop()()

    return act


def saved(place: Place) -> Backup:
    with place.open() as store:
        return store.backup()


def put_back(place: Place, path: Path) -> None:
    restore(place.database, path, backups=place.backups, clock=SystemClock(), migrations=place.migrations)


@pytest.mark.parametrize("point", ["begun", "copied", "synced", "verified"])
def test_a_place_that_vanishes_on_the_way_is_said_and_the_data_is_untouched(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    monkeypatch.setattr(crash, "_fault", at(f"store.backup.{point}", lambda: shutil.rmtree(usb)))
    with place.open() as store, pytest.raises(StoreError) as refused:
        store.backup(target=usb)
    assert refused.value.problem.code in {"disk.no_folder", "store.cannot_open", "store.backup_unverified"}
    monkeypatch.setattr(crash, "_fault", None)
    assert place.notes()[1] == "b"


def test_a_byte_that_changes_while_it_is_written_is_noticed_before_anyone_relies_on_it(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()

    def change() -> None:
        copy = next(usb.iterdir())
        flip(copy, copy.read_bytes().rindex(b"xxxx"))

    monkeypatch.setattr(crash, "_fault", at("store.backup.copied", change))
    with place.open() as store, pytest.raises(StoreError) as refused:
        store.backup(target=usb)
    assert refused.value.problem.code == "store.backup_unverified"
    assert list(usb.iterdir()) == []


def test_every_change_of_one_byte_in_a_backup_is_noticed_and_the_database_stays(place: Place) -> None:
    backup = saved(place)
    dice = random.Random(46)
    before = place.database.read_bytes()
    for _ in range(60):
        position, mask = dice.randrange(backup.size), dice.randrange(1, 256)
        flip(backup.path, position, mask)
        with pytest.raises(StoreError) as refused:
            put_back(place, backup.path)
        assert refused.value.problem.code.startswith("store.backup_")
        flip(backup.path, position, mask)
    assert place.database.read_bytes() == before
    put_back(place, backup.path)


@pytest.mark.parametrize("left", [0, 50, 4096])
def test_a_backup_that_was_cut_off_is_refused_even_under_another_name(place: Place, left: int) -> None:
    backup = saved(place)
    renamed = backup.path.rename(place.folder / "bản của tôi.db")
    with renamed.open("r+b") as file:
        file.truncate(left)
    with pytest.raises(StoreError) as refused:
        put_back(place, renamed)
    assert refused.value.problem.code == "store.backup_damaged"
    assert place.notes()[1] == "b"


def test_a_good_backup_under_another_name_serves(place: Place) -> None:
    renamed = saved(place).path.rename(place.folder / "bản của tôi.db")
    place.write("c")
    put_back(place, renamed)
    assert place.notes()[1:] == ["b"]


def test_a_damaged_copy_on_the_way_back_never_takes_the_databases_place(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = saved(place)
    place.write("c")
    flip(backup.path, backup.path.read_bytes().rindex(b"xxxx"))
    before = place.database.read_bytes()
    with pytest.raises(StoreError):
        put_back(place, backup.path)
    assert place.database.read_bytes() == before
    assert {path.name for path in place.database.parent.iterdir() if path.name.startswith(".")} == set()
