"""One process at a time, and whoever waits learns for whom."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from toolkit.core.errors import StoreError
from toolkit.disk.lock import FileLock, Presence, holder

if TYPE_CHECKING:
    from pathlib import Path

HOLD = """
import pathlib, sys
from toolkit.disk.lock import FileLock, Presence
with FileLock(pathlib.Path(sys.argv[1]), "toolkit calendar import", 5):
    print("held", flush=True)
    sys.stdin.readline()
"""
STAY = """
import pathlib, sys
from toolkit.disk.lock import Presence
presence = Presence(pathlib.Path(sys.argv[1]))
presence.enter()
print("in", flush=True)
sys.stdin.readline()
"""


def start(program: str, path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline()
    return process


def end(process: subprocess.Popen[str]) -> None:
    process.communicate("\n", timeout=30)


def test_whoever_waits_in_vain_is_told_which_process_does_what(tmp_path: Path) -> None:
    process = start(HOLD, tmp_path / "lock")
    with pytest.raises(StoreError) as refused, FileLock(tmp_path / "lock", "toolkit", 0.1):
        pass
    assert refused.value.problem.code == "disk.busy"
    assert refused.value.problem.params["pid"] == process.pid
    assert refused.value.problem.params["what"] == "toolkit calendar import"
    end(process)


def test_a_lock_is_had_as_soon_as_it_is_free(tmp_path: Path) -> None:
    process = start(HOLD, tmp_path / "lock")
    end(process)
    with FileLock(tmp_path / "lock", "toolkit", 0.1):
        assert holder(tmp_path / "lock")[1] == "toolkit"
    assert holder(tmp_path / "lock") == (0, "")


def test_the_same_lock_may_be_entered_again_and_ends_with_the_outermost(tmp_path: Path) -> None:
    lock, other = FileLock(tmp_path / "lock", "a", 0.1), FileLock(tmp_path / "lock", "b", 0.1)
    with lock:
        with lock:
            pass
        with pytest.raises(StoreError), other:
            pass
    with other:
        pass


def test_a_holder_that_nobody_knows_is_not_made_up(tmp_path: Path) -> None:
    with FileLock(tmp_path / "lock", "a", 0.1):
        (tmp_path / "lock.holder").unlink()
        with pytest.raises(StoreError) as refused, FileLock(tmp_path / "lock", "b", 0.1):
            pass
    assert refused.value.problem.code == "disk.busy_elsewhere"


def test_a_place_where_no_lock_can_stand_is_named(tmp_path: Path) -> None:
    (tmp_path / "tệp").write_text("")
    with pytest.raises(StoreError) as refused, FileLock(tmp_path / "tệp" / "lock", "a", 0.1):
        pass
    assert str(refused.value.problem.params["path"]).endswith("lock")


def test_one_is_alone_only_when_everybody_else_has_left(tmp_path: Path) -> None:
    process = start(STAY, tmp_path / "open")
    presence = Presence(tmp_path / "open")
    presence.enter()
    assert not presence.alone()
    process.kill()
    process.wait(timeout=30)
    assert presence.alone()
    presence.leave()
    presence.leave()
    if process.stdin:
        process.stdin.close()
    if process.stdout:
        process.stdout.close()
