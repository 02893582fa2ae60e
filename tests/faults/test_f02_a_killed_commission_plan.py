"""F02 for commission plans: killed wherever, a plan is as it was or as it was to be, and a second try finishes it."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from builders.killing import killed_at_every_point
from builders.kpi_books import dump

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

PLAN = "kpi", "commission", "plan"
COMMANDS = {
    "add": (*PLAN, "add", "3% đến 50tr, 5% trở lên", "--as-of", "2026-11-20"),
    "revise": (*PLAN, "revise", "1", "7%", "--from", "2026-12-01", "--as-of", "2026-11-20"),
    "drop": (*PLAN, "drop", "1", "--as-of", "2026-11-20"),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_plan_is_changed_whole_or_not_at_all(cli: Cli, home: Path, tmp_path: Path, command: str) -> None:
    assert cli(*PLAN, "add", "5%", "--as-of", "2026-11-20").exit_code == 0
    before = _plans(home)
    points = killed_at_every_point(home, tmp_path / "scratch", COMMANDS[command])
    assert len(points) >= 2
    after = _plans(tmp_path / "scratch" / "whole")
    assert after != before
    for n in range(1, len(points) + 1):
        folder = tmp_path / "scratch" / str(n)
        assert _plans(folder) in (before, after), points[n - 1]
        shutil.rmtree(home)
        shutil.copytree(folder, home)
        assert cli(*COMMANDS[command]).exit_code == 0
        assert len(json.loads(cli(*PLAN, "list", "--all", "--json").stdout)["data"]["plans"]) == len(
            after["kpi_commission_plan"]
        )


def _plans(home: Path) -> dict[str, list[object]]:
    """The rows of plans, without the moment that they were made at."""
    found = dump(home)
    return {table: [row[:-1] for row in found[table]] for table in ("kpi_commission_plan", "kpi_commission_version")}
