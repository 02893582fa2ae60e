"""What the README shows of the kpi is what a member sees, to the letter; of a forecast's range, that there is one."""

from __future__ import annotations

import re
import shlex
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from builders.kpi_ledgers import sale, write_sales
from builders.kpi_pasts import working_days
from toolkit.demo.shop_export import write_export

if TYPE_CHECKING:
    import pytest

    from running import Cli

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
AS_OF = "--as-of=2026-11-20"
NOVEMBER = (3, 0, 9, 4, 0, 6, 2, 8, 0, 5, 7, 1, 6, 9, 6)  # million đồng a working day: 66


def shown() -> list[str]:
    """The lines of the README's part on targets."""
    part = README.split("## Mục tiêu của riêng mình")[1].split("## ")[0]
    return part.split("```")[1].strip().splitlines()


def test_every_line_of_the_part_on_targets_is_what_is_said(
    cli: Cli, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_export(tmp_path / "don-hang-shopee.xlsx", date(2026, 11, 20))
    lines = shown()
    for place, line in enumerate(lines):
        if not line.startswith("$ toolkit "):
            continue
        if line == "$ toolkit kpi":  # what the sale and the export before came to isn't what this line shows
            assert cli("kpi", "undo").exit_code == 0
            assert cli("kpi", "undo").exit_code == 0
            past = [
                sale(day, 7 * n % 11 * 1_000_000)
                for n, day in enumerate(working_days(date(2026, 8, 1), date(2026, 11, 1)))
            ]
            days = zip(working_days(date(2026, 11, 1), date(2026, 11, 21)), NOVEMBER, strict=True)
            write_sales(home, [one for one in (*past, *(sale(day, n * 1_000_000) for day, n in days)) if one.amount])
        if "explain" in line:
            assert cli("kpi", "commission", "plan", "add", "5% doanh số", "--yes", AS_OF).exit_code == 0
        words = shlex.split(line, comments=True)[2:]
        ran = cli(*words, *(("--yes",) if "import" in words else ()), AS_OF)
        assert ran.exit_code == 0, (line, ran.stderr)
        following = lines[place + 1] if place + 1 < len(lines) else "$"
        if not following.startswith("$"):
            said = " ".join(ran.stdout.split())
            assert without_range(following) == without_range(said)
            assert bool(re.search(r"\d+–\d+tr \(80%\)", following)) == bool(re.search(r"\d+–\d+tr \(80%\)", said))
    assert (tmp_path / "chi-tieu.html").exists()


def without_range(line: str) -> str:
    return re.sub(r"[\d,]+–[\d,]+tr", "", " ".join(line.split()))
