"""The tutorial of the first month followed word by word: its commands in their order, and what it says of them."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from running import Cli, Ran

PAGE = Path(__file__).parents[2] / "docs" / "tutorial" / "first-month.md"
TODAY = "2026-11-18"


def steps() -> list[list[str]]:
    """The commands of each step."""
    parts = re.split(r"^## \d+\. .* \(.*\)$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return [re.findall(r"^\$ toolkit (.*)$", part, re.MULTILINE) for part in parts]


def test_the_first_month_works_word_by_word(cli: Cli) -> None:
    def typed(line: str) -> Ran:
        return cli(*shlex.split(line), "--today", TODAY)

    first, slip, prompt, unclear, wrong, purse, back = steps()

    said = typed(first[0]).stdout
    assert "1. ăn phở với Lan · −45.000đ · ăn ngoài · T3 17/11" in said
    assert "2. đổ xăng · −60.000đ · đi lại · T3 17/11" in said
    assert [typed(line).exit_code for line in first[1:]] == [0, 0, 0]

    assert "35.000đ" in typed(slip[0]).stdout
    assert "53.000đ" in typed(slip[1]).stdout
    before = cli("expenses", "list", "--today", TODAY).stdout
    assert typed(slip[2]).exit_code == 0
    assert "35.000đ" in (after := cli("expenses", "list", "--today", TODAY).stdout)
    assert before != after
    assert typed(slip[2]).exit_code == 0
    assert "bún bò" not in cli("expenses", "list", "--today", TODAY).stdout

    assert prompt == ["expenses"]

    assert typed(unclear[0]).exit_code == 1
    assert "ăn vặt" in typed(unclear[1]).stdout
    assert typed(unclear[2]).exit_code == 3

    assert "công việc" in typed(wrong[0]).stdout
    assert "công việc" in typed(wrong[1]).stdout
    assert "Ăn uống" in typed(wrong[2]).stdout
    assert typed(wrong[3]).exit_code == 0

    assert typed(purse[0]).exit_code == 0
    assert "2.000.000đ" in typed(purse[1]).stdout
    assert "Nam" in typed(purse[2]).stdout
    assert typed(purse[3]).exit_code == 0
    assert "Không ai nợ ai." in cli("expenses", "debts").stdout

    assert "phở" in typed(back[0]).stdout
    assert "phở" in typed(back[1]).stdout
    report = typed(back[2])
    assert report.exit_code == 0
    assert "2.000.000đ" not in report.stdout.split("Chi theo loại")[0], "what was lent and drawn is no expense"
    assert typed(back[3]).exit_code == 0
