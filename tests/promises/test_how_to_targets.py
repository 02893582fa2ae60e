"""The how-to on targets tells the truth: its commands work as they stand, and its line is the line that is drawn."""

from __future__ import annotations

import re
import shlex
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from builders.kpi_ledgers import sale, write_sales

if TYPE_CHECKING:
    from running import Cli

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "targets.md").read_text("utf-8")


def commands() -> list[tuple[list[str], list[str]]]:
    """Each command of the page with the lines of its answer that the page shows."""
    found: list[tuple[list[str], list[str]]] = []
    for block in re.findall(r"```\n(.*?)```", PAGE, re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ toolkit "):
                found.append((shlex.split(line.removeprefix("$ toolkit ")), []))
            else:
                found[-1][1].append(line)
    return found


def test_every_command_of_the_page_works_and_answers_as_it_says(cli: Cli, home: Path) -> None:
    some = [(2, 18), (5, 8), (9, 6), (12, 11), (17, 13), (20, 10)]
    write_sales(home, [sale(date(2026, 11, day), millions * 10**6) for day, millions in some])
    assert len(commands()) > 10
    for words, answer in commands():
        ran = cli(*words, "--as-of=2026-11-20")
        assert ran.exit_code == 0, (words, ran.stderr)
        for line in answer:
            # the range is of other days than those of the page
            assert (line.rpartition(" · ")[0] if "│" in line else line) in ran.stdout, words


def test_every_option_and_metric_of_the_page_is_there(cli: Cli) -> None:
    known = cli("kpi", "target", "add", "--help").stdout + cli("kpi", "metric", "add", "--help").stdout
    known += cli("kpi", "target", "revise", "--help").stdout + cli("kpi", "target", "list", "--help").stdout
    known += cli("kpi", "status", "--help").stdout
    assert not [option for option in set(re.findall(r"--[a-z]+(?:-[a-z]+)*", PAGE)) if option not in known]
    metrics = cli("kpi", "metric", "list").stdout
    for name in ("refunds", "net_revenue", "ordered_revenue", "ordered_orders"):
        assert f"`{name}`" in PAGE
        assert name in metrics
