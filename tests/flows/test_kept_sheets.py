"""Sheets of many trades as they are really kept, planned as a member plans them: nothing wrong, hardly a row missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders.judging import Verdict, judge, write_sheet
from builders.kept_sheets_fourth import FOURTH
from builders.kept_sheets_more import KEPT
from builders.kept_sheets_third import THIRD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from builders.kept_sheets import Kept
    from running import Cli

LEAST_RECALL = 0.95


def verdict(cli: Cli, sheet: Kept, folder: Path) -> Verdict:
    ran = cli("calendar", "plan", write_sheet(sheet, folder), "--today", "2026-11-22", "--json", *sheet.command)
    assert "Traceback" not in ran.stderr
    return judge(sheet, ran.json)


@pytest.mark.parametrize("author", [*KEPT, *THIRD, *FOURTH], ids=lambda author: author.__name__)
def test_nothing_is_wrong_and_no_row_is_silently_lost(cli: Cli, tmp_path: Path, author: Callable[[], Kept]) -> None:
    found = verdict(cli, author(), tmp_path)
    assert (found.wrong, found.missing, found.unsaid, found.fields) == ([], [], [], [])


def test_what_these_trades_keep_is_read(
    cli: Cli, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    found = [verdict(cli, author(), tmp_path) for author in (*KEPT, *THIRD, *FOURTH)]
    rows, right = sum(each.rows for each in found), sum(each.right for each in found)
    record_property("recall", f"{right} of {rows} rows of {len(found)} sheets")
    assert right >= LEAST_RECALL * rows, [f"{each.name}: {line}" for each in found for line in each.refused]
