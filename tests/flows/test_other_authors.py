"""Sheets by authors who never saw the reader, planned as a member plans them: nothing wrong, hardly a row missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders.judging import Verdict, judge, write_sheet
from builders.other_authors import SHEETS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from builders.judging import Sheet
    from running import Cli

LEAST_RECALL = 0.97


def verdict(cli: Cli, sheet: Sheet, folder: Path) -> Verdict:
    ran = cli(
        "calendar", "plan", write_sheet(sheet, folder), "--today", "2026-11-22", "--json", *sheet.command,
    )  # fmt: skip
    assert "Traceback" not in ran.stderr
    found = judge(sheet, ran.json)
    to_mend = [problem for problem in ran.json["problems"] if problem["code"] != "calendar.row_cancelled"]
    assert ran.exit_code == (1 if to_mend else 0)
    return found


@pytest.mark.parametrize("author", SHEETS, ids=lambda author: author.__name__)
def test_no_event_is_wrong_and_no_row_is_silently_lost(cli: Cli, tmp_path: Path, author: Callable[[], Sheet]) -> None:
    found = verdict(cli, author(), tmp_path)
    assert (found.wrong, found.missing, found.unsaid, found.fields) == ([], [], [], [])


def test_what_a_secretary_would_understand_is_understood(
    cli: Cli, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    found = [verdict(cli, author(), tmp_path) for author in SHEETS]
    rows, right = sum(each.rows for each in found), sum(each.right for each in found)
    not_understood = [f"{each.name}: {line}" for each in found for line in each.refused]
    record_property("recall", f"{right} of {rows} rows of {len(found)} sheets")
    assert right >= LEAST_RECALL * rows, not_understood
