"""The how-to on commission tells the truth: every way of writing a rule is read as its table says, its commands run."""

from __future__ import annotations

import re
import shlex
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from toolkit.kpi.commission.grammar import read_plan
from toolkit.shell.messages import Messages

if TYPE_CHECKING:
    from running import Cli

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "commission.md").read_text(encoding="utf-8")
TABLE = [line.strip("|").split("|") for line in PAGE.splitlines() if line.startswith("| `")]
WAYS = [(way, cells[1].strip()) for cells in TABLE for way in re.findall("`([^`]+)`", cells[0])]
COMMANDS = [line[2:].partition(" > ")[0] for line in PAGE.splitlines() if line.startswith("$ toolkit")]


@pytest.mark.parametrize(("way", "kind"), WAYS)
def test_every_way_of_writing_a_rule_is_read_as_the_page_says(way: str, kind: str) -> None:
    reading = read_plan(way, today=date(2026, 11, 22))
    assert reading.doubts == ()
    (rule,) = reading.rules
    assert Messages("vi").text(f"kpi.plan_kind_{rule.kind}") == kind


def test_the_page_has_a_way_for_every_kind() -> None:
    assert len({kind for _, kind in WAYS}) == 9
    assert len(WAYS) > 25


def test_the_commands_of_the_page_run(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("chinh-sach.toml").write_text(cli("kpi", "commission", "plan", "template").stdout, encoding="utf-8")
    Path("bang-hoa-hong.xlsx").write_text("Mã đơn,Hoa hồng\nA1,5.600.000\n", encoding="utf-8")
    assert cli("kpi", "log", "bán bảo hiểm cho chị Hoa 120tr ngày 5/11", "--as-of", "2026-11-20").exit_code == 0
    for command in COMMANDS:
        words = shlex.split(command)[1:]
        plan = () if "plan" in words else ("--plan", "1")
        dated = () if "template" in words else ("--as-of", "2026-11-20")
        ran = cli(*words, *plan, *dated)
        assert ran.exit_code == 0, (command, ran)
        if words[-2:] == ["plan", "add"] or '"3% đến' in command:
            assert "Ví dụ 120tr: 5.600.000đ" in ran.stderr
        if "5.040.000" in words:
            assert "khấu trừ 10 % thuế" in ran.stdout


def test_the_page_and_the_program_give_the_same_example(cli: Cli) -> None:
    ran = cli("kpi", "commission", "plan", "add", "3% đến 50tr, 5% đến 100tr, 8% trở lên")
    (block,) = [one for one in re.findall(r"```\n(.*?)```", PAGE, re.DOTALL) if one.startswith("Nâng cao")]
    for line in block.splitlines():
        assert line in ran.stderr


def test_a_month_is_explained_without_anything_heavy(cli: Cli) -> None:
    import json
    import subprocess
    import sys

    from running import environment

    assert cli("kpi", "commission", "plan", "add", "5%", "--as-of", "2026-11-20").exit_code == 0
    look = (
        "import json, os, sys\nfrom toolkit.cli import main\nsys.stdout = open(os.devnull, 'w')\n"
        "main(['kpi', 'commission', 'explain', '--as-of', '2026-11-20'])\nsys.stdout = sys.__stdout__\n"
        "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    )
    ended = subprocess.run([sys.executable, "-c", look], env=environment(), capture_output=True, check=True, timeout=60)
    assert not set(json.loads(ended.stdout)) & {"scipy", "numpy", "sklearn", "openpyxl", "requests", "holidays"}
