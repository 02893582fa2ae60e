"""F21: the disk is full at any write: a sentence that says so, and everything that was there stays as it was."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from storing import NOTES, PROGRAM, Place, new_place

if TYPE_CHECKING:
    from pathlib import Path

LIMITED = """
import resource
limit = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
try:
    write(*["x" * 2000] * 60)
    print("written")
except StoreError as error:
    print(error.problem.code)
"""
# Runs as root of a user namespace of its own, where mounting a small file system is allowed.
ON_A_SMALL_DISK = r"""
import os, shutil, subprocess, sys
place, disk, program, left = sys.argv[1:5]
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk], check=True)
shutil.copytree(place, disk + "/chỗ", symlinks=True)
room = os.statvfs(disk)
with open(disk + "/khác", "wb") as other:
    other.write(b"x" * (room.f_bavail * room.f_bsize - int(left) * 1024))
done = subprocess.run([sys.executable, "-c", program, disk + "/chỗ"], capture_output=True, text=True)
shutil.rmtree(place)
shutil.copytree(disk + "/chỗ", place, symlinks=True)
sys.stdout.write(done.stdout)
sys.stderr.write(done.stderr)
sys.exit(done.returncode)
"""
NAMESPACE = ["unshare", "-Urm"]
SAY = "\nexcept StoreError as error:\n    print(error.problem.code)\n"


def can_mount(folder: Path) -> bool:
    if shutil.which("unshare") is None:
        return False
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    return subprocess.run([*NAMESPACE, *mount], capture_output=True, check=False).returncode == 0


def on_a_small_disk(place: Place, program: str, tmp_path: Path, *, left: int) -> str:
    """Run `program` where only `left` KB of the disk are free; gives what it printed. The place is as it leaves it."""
    if not can_mount(tmp_path):
        pytest.skip("this machine lets nobody mount a small disk (unshare -Urm)")
    disk = tmp_path / "ổ đĩa"
    disk.mkdir()
    words = [*NAMESPACE, sys.executable, "-c", ON_A_SMALL_DISK]
    words += [str(place.folder), str(disk), PROGRAM + program, str(left)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("limit", [4_096, 8_192, 40_000, 65_536, 100_000, 131_072])
def test_a_write_beyond_the_limit_is_said_to_be_a_full_disk(tmp_path: Path, limit: int) -> None:
    place = new_place(tmp_path / "a", NOTES)
    place.write("trước")
    process = place.start(LIMITED, str(limit))
    said, trouble = process.communicate(timeout=60)
    assert said.strip() == "disk.full", trouble
    assert place.notes() == ["trước"]
    place.write("sau")
    assert place.notes() == ["trước", "sau"]


@pytest.mark.parametrize("left", [0, 4, 16, 40, 64, 80, 120, 200, 260])
def test_a_full_disk_leaves_the_database_whole(tmp_path: Path, left: int) -> None:
    place = new_place(tmp_path / "a", NOTES)
    place.write(*(["trước " + "x" * 1000] * 50))
    program = "try:\n    write(*['x' * 2000] * 100)\n    print('written')" + SAY
    said = on_a_small_disk(place, program, tmp_path, left=left)
    assert said == "disk.full"
    assert len(place.notes()) == 50
    place.write("sau")
    assert len(place.notes()) == 51


@pytest.mark.parametrize("left", [4, 60, 100, 140])
def test_a_backup_without_room_is_refused_and_leaves_nothing_behind(tmp_path: Path, left: int) -> None:
    place = new_place(tmp_path / "a", NOTES)
    place.write(*(["x" * 2000] * 100))
    kept = sorted(path.name for path in place.backups.iterdir())
    program = "try:\n    with opened() as store: store.backup()\n    print('made')" + SAY
    assert on_a_small_disk(place, program, tmp_path, left=left) == "disk.full"
    assert sorted(path.name for path in place.backups.iterdir()) == kept
    assert len(place.notes()) == 100


@pytest.mark.parametrize("left", [4, 60, 140, 300])
def test_a_restore_without_room_leaves_the_database_as_it_was(tmp_path: Path, left: int) -> None:
    place = new_place(tmp_path / "a", NOTES)
    place.write(*(["x" * 2000] * 100))
    with place.open() as store:
        backup = store.backup()
    place.write("mới")
    program = f"try:\n    restore(database, here / 'backups' / {backup.path.name!r}, **where)\n    print('back')" + SAY
    assert on_a_small_disk(place, program, tmp_path, left=left) == "disk.full"
    assert place.notes()[-1] == "mới"
    assert not [path for path in place.database.parent.iterdir() if path.name.startswith(".toolkit")]


def test_a_migration_without_room_leaves_the_old_schema_working(tmp_path: Path) -> None:
    place = new_place(tmp_path / "a", NOTES)
    place.write(*(["x" * 2000] * 100))
    sql = "CREATE TABLE copied (text TEXT NOT NULL) STRICT; INSERT INTO copied SELECT a.text FROM note a, note b;"
    (place.migrations / "0002_step.sql").write_text(sql)
    program = "try:\n    opened().close()\n    print('upgraded')" + SAY
    assert on_a_small_disk(place, program, tmp_path, left=1000) == "disk.full"
    (place.migrations / "0002_step.sql").unlink()
    assert len(place.notes()) == 100


@pytest.mark.parametrize("left", [0, 20])
def test_looking_works_on_a_full_disk(tmp_path: Path, left: int) -> None:
    place = new_place(tmp_path / "a", NOTES)
    place.write("a")
    program = "store = opened()\nprint(*store.read().execute('SELECT text FROM note').fetchone())\nstore.close()"
    assert on_a_small_disk(place, program, tmp_path, left=left) == "a"


def test_a_file_is_written_whole_or_stays_as_it_was(tmp_path: Path) -> None:
    place = new_place(tmp_path / "a", NOTES)
    (place.folder / "lịch.ics").write_text("cũ")
    program = "try:\n    atomic_write(here / 'lịch.ics', b'x' * 500_000)\n    print('written')" + SAY
    assert on_a_small_disk(place, program, tmp_path, left=4) == "disk.full"
    assert (place.folder / "lịch.ics").read_text() == "cũ"
    assert {path.name for path in place.folder.iterdir()} == {"lịch.ics", "migrations"}
