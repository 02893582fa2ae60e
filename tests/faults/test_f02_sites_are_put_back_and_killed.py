"""F02: copying the sites and putting them back, killed at every step: each site is the old one or the one of the copy,
and doing it again ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builders.kept_sites import kept_numbers, log_lines
from builders.killing import killed_at_every_point
from toolkit.sitestats.adapters.copies import check_copy, copy_sites, put_back

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

TODAY = ("--today", "2026-11-20")
OLD, NEW = list(range(1, 6)), list(range(1, 9))


def test_a_killed_restore_leaves_each_site_whole(cli: Cli, home: Path, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    log.write_text(log_lines(1, 5))
    cli("sitestats", "add-log", "shop", log, *TODAY)
    cli("sitestats", "update", *TODAY)
    copy = home / "old.sites.zip"
    assert copy_sites(home / "sites", copy) == 1
    with log.open("a") as file:
        file.write(log_lines(6, 8))
    cli("sitestats", "update", *TODAY)
    points = killed_at_every_point(home, tmp_path / "killed", ["restore", "old.sites.zip", "--yes"])
    assert {"sitestats.putback.file", "sitestats.putback.aside", "sitestats.putback.placed"} <= set(points)
    seen = []
    for number, point in enumerate(points, 1):
        killed = tmp_path / "killed" / str(number)
        seen.append(kept_numbers(killed))
        assert seen[-1] in (OLD, NEW), point
        for made in (killed / "backups").glob("*.sites.zip"):
            check_copy(made)
        put_back(killed / "old.sites.zip", killed / "sites", killed / "kept.sites.zip")
        assert kept_numbers(killed) == OLD, point
        assert [path.name for path in (killed / "sites").iterdir() if path.name.startswith(".")] == [], point
    assert OLD in seen
    assert NEW in seen
