"""A34: a backup is its owner's alone; one that a cloud service would copy is pointed out."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from toolkit.disk.folders import synced_by
from toolkit.shell.paths import Paths
from toolkit.store.store import Store

if TYPE_CHECKING:
    from running import Cli


@pytest.fixture
def paths(home: Path) -> Paths:
    paths = Paths.find()
    Store.open(paths.database, backups=paths.backups).close()
    return paths


def test_a_backup_is_closed_to_others_whatever_the_system_would_do(paths: Paths, cli: Cli, tmp_path: Path) -> None:
    usb = tmp_path / "usb"
    usb.mkdir(mode=0o755)
    previous = os.umask(0)
    try:
        assert cli("backup").exit_code == 0
        assert cli("backup", usb).exit_code == 0
        assert cli("backup", usb / "sổ.db").exit_code == 0
    finally:
        os.umask(previous)
    made = [*paths.backups.iterdir(), *usb.iterdir()]
    assert len(made) == 3
    assert {stat.S_IMODE(path.stat().st_mode) for path in made} == {0o600}
    assert stat.S_IMODE(paths.backups.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "folder", ["OneDrive", "OneDrive - Công ty ABC", "Dropbox", "Dropbox (Personal)", "Google Drive", "My Drive"]
)
def test_a_backup_that_a_cloud_service_would_copy_is_made_and_pointed_out(
    paths: Paths, cli: Cli, tmp_path: Path, folder: str
) -> None:
    target = tmp_path / folder / "sao lưu"
    target.mkdir(parents=True)
    ran = cli("backup", target)
    assert ran.exit_code == 0
    assert folder in ran.stderr
    assert len(list(target.iterdir())) == 1


@pytest.mark.parametrize(
    "path", ["/home/an/Documents", "/home/an/Dropboxes", "/home/onedriver/x", "/home/an/my-drive-photos", "/mnt/usb"]
)
def test_an_ordinary_folder_is_not_suspected(path: str) -> None:
    assert synced_by(Path(path)) is None


def test_a_home_in_a_cloud_folder_is_pointed_out_by_the_doctor(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOOLKIT_HOME", str(tmp_path / "OneDrive" / "sổ tay"))
    ran = cli("doctor")
    assert ran.exit_code == 1
    assert "OneDrive" in ran.stderr
    assert "TOOLKIT_HOME" in ran.stderr


def test_the_doctor_closes_what_was_open_to_others_and_leaves_strangers_files_alone(paths: Paths, cli: Cli) -> None:
    cli("backup")
    paths.home.chmod(0o755)
    paths.backups.chmod(0o777)
    for file in [paths.database, *paths.backups.iterdir()]:
        file.chmod(0o644)
    first, second = cli("doctor"), cli("doctor")
    assert first.exit_code == second.exit_code == 0
    assert "4" in next(line for line in first.stdout.splitlines() if "Riêng tư" in line)
    assert all(stat.S_IMODE(path.stat().st_mode) & 0o077 == 0 for path in [paths.home, *paths.home.rglob("*")])
    assert "chỉ mình bạn" in second.stdout

    mine = paths.home / "ảnh.png"
    mine.write_text("")
    mine.chmod(0o644)
    paths.home.chmod(0o755)
    cli("doctor")
    assert stat.S_IMODE(mine.stat().st_mode) == 0o644
    assert stat.S_IMODE(paths.home.stat().st_mode) == 0o755  # not ours alone: others may have been let in on purpose
