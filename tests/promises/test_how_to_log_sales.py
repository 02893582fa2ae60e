"""The how-to on logging sales tells the truth: every line is read as its table says, every command does its work."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builders.kpi_books import amounts

if TYPE_CHECKING:
    from running import Cli

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "log-sales.md"
QUOTED = re.compile(r"`([^`]+)`")
KINDS = {
    "bán": "sale", "hoàn": "refund", "thu": "payment", "không mua": "lost", "việc đã làm": "activity",
    "lời hứa": "promise",
}  # fmt: skip


def rows(heading: str) -> list[list[str]]:
    """The rows of the table whose first heading is this."""
    found: list[list[str]] = []
    inside = False
    for line in PAGE.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        inside = bool(cells) and (inside or cells[0] == heading)
        if inside and cells[0] != heading and not cells[0].startswith("---"):
            found.append(cells)
    return found


def commands() -> list[list[str]]:
    """Every command of the page, in order; what goes through a file or asks for a later number aside."""
    text = PAGE.read_text("utf-8")
    blocks = [line.partition("   #")[0] for line in text.splitlines() if line.startswith("toolkit ")]
    inline = [code for cells in rows("muốn") for code in QUOTED.findall(cells[1])]
    return [shlex.split(line) for line in [*inline, *blocks] if "<" not in line and ">" not in line]


@pytest.mark.parametrize(("line", "meaning"), [(cells[0].strip("`"), cells[1]) for cells in rows("câu")])
def test_a_line_is_read_as_the_page_says(line: str, meaning: str, cli: Cli) -> None:
    data = cli("kpi", "log", line, "--json", "--as-of", "2026-11-20").json["data"]
    assert data["kind"] == KINDS[re.split(r"[;,]", meaning)[0]]
    assert data["date"] == ("2026-11-19" if "hôm qua" in meaning else "2026-11-20")
    assert not data["needs_confirm"]


def test_every_command_of_the_page_does_its_work_in_the_order_of_the_page(cli: Cli) -> None:
    for n in range(8):
        assert cli("kpi", "log", f"bán bảo hiểm cho chị Hoa {n + 1}tr, bán bhnt cho Mai 2tr").exit_code == 0
    for command in commands():
        assert command[:2] == ["toolkit", "kpi"], command
        ran = cli(*command[1:], "--as-of", "2026-11-20")
        if command[2:4] == ["undo", "7"] or command[2:] == ["show", "1"]:
            assert ran.exit_code in (0, 4), (command, ran)  # which run is the seventh depends on what was done before
        else:
            assert ran.exit_code == 0, (command, ran)


def test_a_file_is_read_once(cli: Cli, home: Path) -> None:
    notes = "bán son cho Lan 450k\ngặp 3 khách\n"
    for _ in range(2):
        assert cli("kpi", "log", "-", stdin=notes).exit_code == 0
    assert amounts(home) == [450_000]
