"""The how-to on pace, chart and forecast tells the truth: every command works, and says what stands below it."""

from __future__ import annotations

import re
import shlex
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from builders.kpi_books import NOW, book_in, sale
from toolkit.kpi.model import Target
from toolkit.kpi.workweek import WorkWeeks

if TYPE_CHECKING:
    import pytest

    from running import Cli

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"^```\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MILLIONS = (4, 0, 6, 3, 5, 2, 7, 0, 4, 5, 3)


def write_example(folder: Path) -> None:
    """The member of the page: a year of working days, and 80 million wanted in November."""
    days = [day for day, weight in WorkWeeks().days(date(2025, 10, 1), date(2026, 11, 21)) if weight]
    with book_in(folder) as book, book.recording("import", at=NOW) as recording:
        recording.add_sales(
            sale(MILLIONS[n % 11] * 1_000_000 + n % 3 * 250_000, ordered=day, lines=(), customer_name="")
            for n, day in enumerate(days)
            if MILLIONS[n % 11]
        )
        recording.add(Target(0, "revenue", date(2026, 11, 1), date(2026, 12, 1), Fraction(80_000_000)))


def test_every_command_of_the_page_works_and_says_what_stands_there(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_example(home.parent)
    monkeypatch.setenv("COLUMNS", "100")
    blocks = BLOCK.findall((DOCS / "how-to" / "read-my-pace.md").read_text("utf-8"))
    lines = [line for block in blocks for line in block.splitlines()]
    commands = 0
    said = ""
    for line in lines:
        if line.startswith("$ toolkit "):
            ran = cli(*shlex.split(line.removeprefix("$ toolkit ")), "--as-of", "2026-11-20")
            assert ran.exit_code == 0, (line, ran.stderr)
            said = " ".join(ran.stdout.split())
            commands += 1
        else:
            assert " ".join(line.split()) in said, (line, said)
    assert commands > 6


def test_the_pages_are_found_from_the_index() -> None:
    for page in ("how-to/read-my-pace.md", "explanation/forecast.md"):
        assert page in (DOCS / "index.md").read_text("utf-8")
        assert f"docs/{page}" in (DOCS.parent / "README.md").read_text("utf-8")
