"""Garbage and malice in, one clear sentence out: for every hostile sheet the right exit code and no traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders.hostile_sheets import HOSTILE

if TYPE_CHECKING:
    from pathlib import Path

    from builders.hostile_sheets import Hostile
    from running import Cli


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda hostile: hostile.name)
def test_a_hostile_sheet_is_answered_in_plain_words(cli: Cli, tmp_path: Path, hostile: Hostile) -> None:
    ran = cli("calendar", "plan", hostile.write(tmp_path), "--today", "2026-11-22", "--json")
    assert ran.exit_code == hostile.exit
    events = (ran.json["data"] or {}).get("events", [])
    assert [event["summary"] for event in events] == list(hostile.titles)
    problems = ran.json["problems"]
    assert bool(problems) == (hostile.exit != 0)
    for problem in problems:
        assert problem["message"], problem
        assert problem["suggestion"], problem
        assert "{" not in problem["message"] + problem["suggestion"], problem
        assert problem["code"] not in problem["message"]
        assert len(problem["message"]) < 500


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda hostile: hostile.name)
def test_a_hostile_sheet_is_answered_safely_to_a_person(cli: Cli, tmp_path: Path, hostile: Hostile) -> None:
    ran = cli("calendar", "plan", hostile.write(tmp_path), "--today", "2026-11-22")
    assert ran.exit_code == hostile.exit
    said = ran.stdout + ran.stderr
    assert "Traceback" not in said
    assert not any(c in said for c in "\x1b\u202e\u2066\x00")
