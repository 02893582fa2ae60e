"""A04 for sales: what a member typed about a customer stands in their book and nowhere else."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from toolkit.kpi import sentence

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

WORDS = ("bimatmot", "bimathai", "bimatba")  # lower-case letters only, as the names of commands are
SENTENCE = f"ban {WORDS[0]} cho chi {WORDS[1]} 2tr, ban {WORDS[2]} 300k"


def broken(*_: object, **__: object) -> None:
    raise RuntimeError("boom")


@pytest.mark.parametrize("typed", [[SENTENCE], SENTENCE.split()], ids=["quoted", "unquoted"])
@pytest.mark.parametrize("debug", [(), ("--debug",)])
def test_neither_a_report_nor_a_traceback_repeats_a_line(
    typed: list[str], debug: tuple[str, ...], cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sentence, "read_line", broken)
    ran = cli("kpi", "log", *typed, *debug)
    assert ran.exit_code == 70
    (report,) = (home / "reports").iterdir()
    text = report.read_text("utf-8")
    assert "boom" in text
    assert "toolkit kpi log" in text
    for place in (ran.stdout, ran.stderr, text):
        assert not [word for word in WORDS if word in place]


def test_whatever_the_tool_keeps_is_for_the_members_eyes_alone(cli: Cli, home: Path) -> None:
    assert cli("kpi", "log", SENTENCE).exit_code == 0
    for arguments in (("doctor",), ("doctor", "--json"), ("config", "show")):
        ran = cli(*arguments)
        assert not [word for word in WORDS if word in ran.stdout + ran.stderr], arguments
    for path in home.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
