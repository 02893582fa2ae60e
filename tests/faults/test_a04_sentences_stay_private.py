"""A04 for sentences: what a member typed about their money stands in their book and nowhere else."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from toolkit.expenses import sentence

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

WORDS = ("bimatmot", "bimathai", "bimatba")  # lower-case letters only, as the names of commands are
SENTENCE = f"cho {WORDS[0]} muon 2tr, mua {WORDS[1]} 45k, {WORDS[2]} 30-40k"


def broken(*_: object, **__: object) -> None:
    raise RuntimeError("boom")


def test_the_doctor_says_nothing_of_what_was_recorded(cli: Cli) -> None:
    assert cli("expenses", "add", SENTENCE).exit_code == 1
    for arguments in (("doctor",), ("doctor", "--json"), ("doctor", "--debug"), ("config", "show")):
        ran = cli(*arguments)
        assert not [word for word in WORDS if word in ran.stdout + ran.stderr], arguments


@pytest.mark.parametrize("typed", [[SENTENCE], SENTENCE.split()], ids=["quoted", "unquoted"])
@pytest.mark.parametrize("debug", [(), ("--debug",)])
def test_neither_a_report_nor_a_traceback_repeats_a_sentence(
    typed: list[str], debug: tuple[str, ...], cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sentence, "read_sentence", broken)
    ran = cli("expenses", "add", *typed, *debug)
    assert ran.exit_code == 70
    (report,) = (home / "reports").iterdir()
    text = report.read_text("utf-8")
    assert "boom" in text
    assert "toolkit expenses add" in text
    for place in (ran.stdout, ran.stderr, text):
        assert not [word for word in WORDS if word in place]


def test_whatever_the_tool_keeps_is_for_the_members_eyes_alone(cli: Cli, home: Path) -> None:
    assert cli("expenses", "add", SENTENCE).exit_code == 1
    for path in home.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
