"""F23: the data is where nothing can be written: looking works, and writing is refused with a sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from storing import NOTES, PROGRAM, Place, new_place
from toolkit.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

NOBODY = 65534
LOOK = """
store = opened()
print(store.read_only, *[text for (text,) in store.read().execute('SELECT text FROM note ORDER BY id')])
for attempt in (store.transaction, lambda: store.hold('toolkit')):
    try:
        with attempt(): print('written')
    except StoreError as error:
        print(error.problem.code, error.exit.value)
store.close()
"""


# Root writes wherever it likes, so the program goes on as another user. That one may not get to Python's own modules:
# the program is run once before, on a copy, so that everything it imports is there.
AS_NOBODY = f"""
import contextlib, io, os, shutil, sys, tempfile
folder, program = sys.argv[1:3]
with tempfile.TemporaryDirectory() as scratch, contextlib.redirect_stdout(io.StringIO()) as said:
    shutil.copytree(folder, scratch + "/a", symlinks=True)
    sys.argv = ["-c", scratch + "/a"]
    with contextlib.redirect_stderr(said):
        exec(program, {{"__name__": "warm"}})
if os.getuid() == 0:
    os.setgroups([])
    os.setgid({NOBODY})
    os.setuid({NOBODY})
sys.argv = ["-c", folder]
exec(program, {{"__name__": "real"}})
"""
COMMANDS = """
import os, sys
os.environ["TOOLKIT_HOME"] = sys.argv[1]
from toolkit.cli import main
for words in (["doctor"], ["restore", "không có"], ["backup"]):
    print("exit", main(words), flush=True)
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that another user can get to; pytest's own is closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="chỉ đọc "))
    folder.chmod(0o755)
    yield folder
    for path in folder.rglob("*"):
        if path.is_dir():
            path.chmod(0o700)
    shutil.rmtree(folder)


def close(place: Place, *, folder: bool, files: bool) -> None:
    """Give everything to nobody, and take away the writing."""
    paths = [place.folder, *place.folder.rglob("*")]
    for path in paths:
        if os.getuid() == 0:
            os.chown(path, NOBODY, NOBODY)
        shut = folder if path.is_dir() else files
        path.chmod((0o500 if shut else 0o700) if path.is_dir() else (0o400 if shut else 0o600))


def contents(place: Place) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in place.folder.rglob("*") if path.is_file()}


def as_nobody(folder: Path, program: str) -> tuple[list[str], str]:
    """What the program says, and what it complains about."""
    words = [sys.executable, "-c", AS_NOBODY, str(folder), program]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines(), done.stderr


def said_by(place: Place, program: str) -> list[str]:
    return as_nobody(place.folder, PROGRAM + program)[0]


@pytest.mark.parametrize(("folder", "files"), [(True, True), (True, False), (False, True)])
def test_looking_works_and_writing_is_refused(open_folder: Path, folder: bool, files: bool) -> None:
    place = new_place(open_folder / "a", NOTES)
    place.write("a", "b")
    close(place, folder=folder, files=files)
    before = contents(place)
    assert said_by(place, LOOK) == ["True a b", "store.read_only 7", "store.read_only 7"]
    assert contents(place) == before


def test_what_a_killed_process_left_in_the_log_is_seen_too(open_folder: Path) -> None:
    place = new_place(open_folder / "a", NOTES)
    place.write("a")
    assert place.run("write('b')", fault="kill@store.commit.after").returncode == -9
    place.database.with_name("toolkit.db-shm").unlink()
    close(place, folder=True, files=True)
    before = contents(place)
    assert said_by(place, LOOK)[0] == "True a b"
    assert contents(place) == before


def test_a_backup_to_a_place_that_can_be_written_still_works(open_folder: Path) -> None:
    place = new_place(open_folder / "a", NOTES)
    place.write("a")
    usb = open_folder / "usb"
    usb.mkdir(mode=0o777)
    usb.chmod(0o777)
    close(place, folder=True, files=True)
    said = said_by(place, f"with opened() as store: print(store.backup(target=Path({str(usb)!r})).path.parent.name)")
    assert said == ["usb"]


def test_damage_is_found_there_too(open_folder: Path) -> None:
    place = new_place(open_folder / "a", NOTES)
    place.write("a " + "x" * 200)
    content = bytearray(place.database.read_bytes())
    content[content.rindex(b"xxx")] ^= 1
    place.database.write_bytes(content)
    close(place, folder=True, files=True)
    assert said_by(place, "try:\n    opened()\nexcept StoreError as e: print(e.problem.code)") == [
        "store.damaged_restorable"
    ]


def test_an_old_schema_there_is_refused_not_half_upgraded(open_folder: Path) -> None:
    place = new_place(open_folder / "a", NOTES)
    place.write("a")
    (place.migrations / "0002_step.sql").write_text("CREATE TABLE x (y INTEGER) STRICT;")
    close(place, folder=True, files=True)
    assert said_by(place, "try:\n    opened()\nexcept StoreError as e: print(e.problem.code)") == [
        "store.old_and_read_only"
    ]


def test_the_commands_say_so_in_a_sentence(open_folder: Path) -> None:
    home = open_folder / "nhà"
    Store.open(home / "toolkit.db", backups=home / "backups").close()
    close(Place(home), folder=True, files=True)
    said, trouble = as_nobody(home, COMMANDS)
    assert [line for line in said if line.startswith("exit")] == ["exit 1", "exit 4", "exit 7"]
    assert any("không ghi được" in line for line in said)
    assert str(home) in trouble
    assert "Traceback" not in trouble
