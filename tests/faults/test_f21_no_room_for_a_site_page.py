"""F02, F21: the page of a site is written whole or not at all, whatever becomes of the disk or of the process."""

from __future__ import annotations

import resource
import subprocess
from datetime import date
from typing import TYPE_CHECKING

import pytest

from running import environment, toolkit_command
from toolkit.demo.access_logs import write_access_log

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from running import Cli

TODAY = "--today=2026-11-22"


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("site") / "access.log"
    write_access_log(path, 600, first=date(2026, 11, 8), days=14)
    return path


def ended(words: Sequence[object], *, fault: str = "", room: int = 0) -> subprocess.CompletedProcess[str]:
    """How `sitestats report` with these words ends: killed at a point, or with so many bytes left for any file."""

    def limited() -> None:
        if room:
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))

    command = toolkit_command("sitestats", "report", *words, TODAY)
    env = environment({"TOOLKIT_FAULT": fault or None, "TOOLKIT_FAULT_COUNT": None})
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False, preexec_fn=limited)


def pages(cli: Cli, log: Path, path: Path) -> tuple[bytes, bytes]:
    """The page of people alone, which stands in `path` now, and that of everybody."""
    assert cli("sitestats", "report", log, "--html", path, TODAY).exit_code == 0
    new = path.read_bytes()
    assert cli("sitestats", "report", log, "--html", path, "--humans", TODAY).exit_code == 0
    return path.read_bytes(), new


def test_a_page_that_has_no_room_leaves_the_old_one(cli: Cli, log: Path, tmp_path: Path) -> None:
    path = tmp_path / "p.html"
    old, new = pages(cli, log, path)
    assert old != new
    for room in (1_000, len(new) - 1):
        refused = ended([log, "--html", path], room=room)
        assert refused.returncode == 7, refused.stderr
        assert "hết chỗ" in refused.stderr
        assert "Traceback" not in refused.stderr
        assert path.read_bytes() == old
        assert [one.name for one in tmp_path.iterdir() if one.is_file()] == [path.name]


def test_a_page_that_is_killed_is_the_one_of_before_or_the_new_one(cli: Cli, log: Path, tmp_path: Path) -> None:
    path = tmp_path / "p.html"
    old, new = pages(cli, log, path)
    for point in ("written", "replaced"):
        path.write_bytes(old)
        killed = ended([log, "--html", path], fault=f"kill@disk.atomic.{point}")
        assert killed.returncode == -9
        assert path.read_bytes() == (new if point == "replaced" else old)
        for half in tmp_path.glob(".toolkit-*.tmp"):
            assert half.stat().st_mode & 0o077 == 0  # nobody else reads what was half written
            half.unlink()
    assert cli("sitestats", "report", log, "--html", path, TODAY).exit_code == 0
    assert path.read_bytes() == new


def test_a_page_that_can_not_be_written_is_refused_in_words(cli: Cli, log: Path, tmp_path: Path) -> None:
    target, link = tmp_path / "của người khác.html", tmp_path / "p.html"
    link.symlink_to(target)
    for name, words in ((link, "p.html"), (tmp_path / "không/có" / "p.html", "không/có"), (tmp_path, tmp_path.name)):
        ran = cli("sitestats", "report", log, "--html", name, TODAY)
        assert ran.exit_code == 7, ran.stderr
        assert words in ran.stderr
    assert not target.exists()
    name = tmp_path / "trang web 🧾 tháng 11.html"
    assert cli("sitestats", "report", log, "--html", name, TODAY).exit_code == 0
    assert name.is_file()
