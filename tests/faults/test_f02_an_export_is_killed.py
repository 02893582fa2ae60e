"""F02, F21: an export that is killed anywhere, or that the disk has no room for, leaves the old tables or the new."""

from __future__ import annotations

import resource
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from builders.kept_sites import log_lines
from builders.killing import killed_at_every_point
from running import environment, toolkit_command
from toolkit.sitestats.adapters.engines import open_tables

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

TODAY = ("--today", "2026-11-22")


def put(home: Path, lines: str, cli: Cli) -> None:
    """The shop's log is these lines, and has been read; a folder `kho` in the home is where it is exported to."""
    log = home.parent / "access.log"
    log.write_text(lines, "utf-8")
    if not (home / "sites").exists():
        assert cli("sitestats", "add-log", "shop", log, *TODAY).exit_code == 0
    assert cli("sitestats", "update", *TODAY).exit_code == 0


def seen(folder: Path) -> Any:
    """Every row of every table by day, as whoever reads the folder finds it."""
    with open_tables(folder) as connection:
        return [connection.execute(f"SELECT count(*), min(day), max(day) FROM {name}").fetchone()
                for name in ("hits", "visitors", "visits")]  # fmt: skip


@pytest.fixture
def grown(home: Path, cli: Cli, tmp_path: Path) -> Path:
    """A home whose folder `kho` has two days, while its site has three."""
    put(home, log_lines(0, 40, step=3600), cli)
    assert cli("sitestats", "export", "shop", "--parquet", home / "kho", *TODAY).exit_code == 0
    put(home, log_lines(0, 70, step=3600), cli)
    return home


def test_killed_anywhere_the_folder_is_as_before_or_as_after(grown: Path, cli: Cli, tmp_path: Path) -> None:
    before = seen(grown / "kho")
    copies = tmp_path / "bản sao"
    points = killed_at_every_point(grown, copies, ("sitestats", "export", "shop", "--parquet", "kho", *TODAY))
    assert {"sitestats.export.written", "disk.swap.made", "disk.swap.exchanged", "disk.swap.done"} <= set(points)
    after = seen(copies / "whole" / "kho")
    assert after != before
    for n, point in enumerate(points, 1):
        folder = copies / f"{n}" / "kho"
        is_done = point in ("disk.swap.exchanged", "disk.swap.done")
        assert seen(folder) == (after if is_done else before), point
    for n, point in list(enumerate(points, 1))[-3:]:
        folder = copies / f"{n}" / "kho"
        done = cli("sitestats", "export", "shop", "--parquet", folder, *TODAY, "--json")
        assert done.exit_code == 0, point
        assert seen(folder) == after
        assert [path.name for path in folder.parent.iterdir() if path.name.startswith(".kho")] == []


def test_a_first_export_that_is_killed_leaves_nothing_in_the_way(home: Path, cli: Cli, tmp_path: Path) -> None:
    put(home, log_lines(0, 40, step=3600), cli)
    copies = tmp_path / "bản sao"
    points = killed_at_every_point(home, copies, ("sitestats", "export", "shop", "--parquet", "kho", *TODAY))
    for n, point in enumerate(points, 1):
        folder = copies / f"{n}" / "kho"
        assert folder.exists() == (point == "disk.swap.done"), point
    folder = copies / f"{points.index('disk.swap.made') + 1}" / "kho"
    assert cli("sitestats", "export", "shop", "--parquet", folder, *TODAY).exit_code == 0
    assert seen(folder) == seen(copies / "whole" / "kho")


@pytest.mark.parametrize("room", [1_000, 3_000])
def test_a_disk_that_fills_up_leaves_the_old_tables(room: int, grown: Path) -> None:
    before = seen(grown / "kho")
    done = subprocess.run(
        toolkit_command("sitestats", "export", "shop", "--parquet", str(grown / "kho"), *TODAY, "--json"),
        env=environment(), capture_output=True, timeout=60, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    )  # fmt: skip
    assert done.returncode == 7, done.stdout
    assert b'"disk.full"' in done.stdout
    assert seen(grown / "kho") == before
    assert [path.name for path in grown.iterdir() if path.name.startswith(".kho")] == []


def test_two_exports_at_once_make_one_folder(grown: Path) -> None:
    words = toolkit_command("sitestats", "export", "shop", "--parquet", str(grown / "kho"), *TODAY)
    running = [subprocess.Popen(words, env=environment(), stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [one.wait(60) for one in running] == [0, 0]
    (rows, *_) = seen(grown / "kho")
    assert rows[0] == 71
    assert [path.name for path in grown.iterdir() if path.name.startswith(".kho")] == []
