"""The how-to pages on customers, promises and objectives tell the truth: every command works as typed, in order, and
what stands below one is what it says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from running import Cli

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("customers-and-promises.md", "okr.md")
BLOCK = re.compile(r"^```\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def steps(page: str) -> list[tuple[str, list[str]]]:
    """Every command of a page with the lines that stand below it."""
    found: list[tuple[str, list[str]]] = []
    for block in BLOCK.findall((DOCS / "how-to" / page).read_text("utf-8")):
        for line in block.splitlines():
            if line.startswith("$ toolkit "):
                found.append((line.removeprefix("$ toolkit "), []))
            else:
                found[-1][1].append(line)
    return found


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_the_page_works_and_says_what_stands_there(
    page: str, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    assert len(steps(page)) > 8
    for command, shown in steps(page):
        ran = cli(*shlex.split(command), "--as-of", "2026-11-20")
        assert ran.exit_code == 0, (command, ran.stderr)
        lines = " ".join(ran.stdout.split())
        for line in shown:
            assert " ".join(line.split()) in lines, (command, ran.stdout)


@pytest.mark.parametrize("page", PAGES)
def test_the_page_is_found_from_the_index(page: str) -> None:
    assert f"how-to/{page}" in (DOCS / "index.md").read_text("utf-8")
    assert f"docs/how-to/{page}" in (DOCS.parent / "README.md").read_text("utf-8")
