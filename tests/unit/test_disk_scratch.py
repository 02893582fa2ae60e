"""Folders for what doesn't fit into memory are gone afterwards, those of killed processes with the next one."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from running import environment
from toolkit.core.errors import StoreError
from toolkit.disk.scratch import PREFIX, scratch_folder

WAITS = """
import sys, time
from toolkit.disk.scratch import scratch_folder
with scratch_folder() as folder:
    (folder / "spilled").write_text("203.0.113.7")
    print(folder, flush=True)
    time.sleep(60)
"""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where scratch folders are made in this test."""
    folder = tmp_path / "tạm"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


def long_ago(folder: Path) -> None:
    hour_ago = time.time() - 3_600
    os.utime(folder, (hour_ago, hour_ago))


def test_a_folder_is_the_members_own_and_gone_afterwards(place: Path) -> None:
    with scratch_folder() as folder:
        assert folder.parent == place
        assert os.name == "nt" or folder.stat().st_mode & 0o777 == 0o700
        (folder / "spilled").write_text("203.0.113.7")
    assert list(place.iterdir()) == []


def test_what_a_killed_process_has_left_is_taken_away_and_what_is_held_is_not(place: Path) -> None:
    command = [sys.executable, "-c", WAITS]
    with subprocess.Popen(command, env={**environment(), "TMPDIR": str(place)}, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        theirs = Path(running.stdout.readline().decode().strip())
        assert (theirs / "spilled").read_text() == "203.0.113.7"
        long_ago(theirs)
        with scratch_folder():
            assert (theirs / "spilled").exists()  # it is at work
        running.kill()
        running.wait()
    os.utime(theirs)
    with scratch_folder():
        pass
    assert theirs.exists()  # it has just been written to: somebody may be about to hold it
    long_ago(theirs)
    with scratch_folder():
        assert not theirs.exists()


def test_what_is_not_ours_stays(place: Path, tmp_path: Path) -> None:
    other, elsewhere, file = place / "của-ai-đó", tmp_path / "ở-xa", place / f"{PREFIX}tệp"
    other.mkdir()
    elsewhere.mkdir()
    (elsewhere / "giữ").write_text("x")
    file.write_text("x")
    link = place / f"{PREFIX}liên-kết"
    link.symlink_to(elsewhere, target_is_directory=True)
    for path in (other, elsewhere, file):
        long_ago(path)
    with scratch_folder():
        assert other.exists()
        assert file.exists()
    assert (elsewhere / "giữ").exists()


def test_without_a_place_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere() -> str:
        raise FileNotFoundError("No usable temporary directory found")

    monkeypatch.setattr(tempfile, "gettempdir", nowhere)
    with pytest.raises(StoreError, match="disk"), scratch_folder():
        pass
