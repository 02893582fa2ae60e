"""F35: the everyday commands in old code pages and narrow terminals: everything is said, nothing raises."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from builders.expense_books import entries
from builders.terminals import Terminal
from running import environment, toolkit_command

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

PLACES: dict[str, dict[str, str | None]] = {
    "C": {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": None},
    "C without help from Python": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "cp1258": {"PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1258"},
    "cp437": {"PYTHONUTF8": "0", "PYTHONIOENCODING": "cp437"},
    "20 columns": {"COLUMNS": "20"},
}


@pytest.mark.parametrize("place", PLACES)
def test_everyday_commands_speak_in_every_place(place: str, cli: Cli) -> None:
    assert cli("expenses", "add", "hôm qua ăn phở với Lan 45k, ăn vặt 30-40k, cho Nam mượn 2tr").exit_code == 1
    for words in (["add", "do xang 60k"], ["list"], ["review"], ["undo"]):
        ran = subprocess.run(
            toolkit_command("expenses", *words), env=environment(PLACES[place]), capture_output=True,
            stdin=subprocess.DEVNULL, timeout=60, check=False,
        )  # fmt: skip
        assert ran.returncode == 0, (words, ran.stderr)
        assert b"Traceback" not in ran.stderr
        assert ran.stdout


@pytest.mark.parametrize("env", [{"LC_ALL": "C"}, {"TERM": "dumb"}, {"COLUMNS": "20"}], ids=str)
def test_the_prompt_works_in_a_poor_terminal(env: dict[str, str | None], home: Path) -> None:
    with Terminal("expenses", env={**env, "PYTHONUTF8": None}, columns=20) as terminal:
        terminal.until(" ")
        terminal.enter("gui xe 5k")
        terminal.until("5.000")
        terminal.enter("q")
        assert terminal.ended()[0] == 0
    assert [amount for _, amount in entries(home)] == [5_000]


def test_bytes_that_are_no_text_are_told_and_never_recorded_in_part(home: Path) -> None:
    for words, typed, code in (
        (["parse"], b"\xff\xfe an pho 45k\n\x00 xang 60k\n", 0),
        (["add"], b"gui xe \xe1\xba 5k\ngui xe 7k\n", 1),
    ):
        ran = subprocess.run(
            toolkit_command("expenses", *words), env=environment(), input=typed, capture_output=True, timeout=60,
            check=False,
        )  # fmt: skip
        assert ran.returncode == code, ran.stderr
        assert b"Traceback" not in ran.stderr
    assert [amount for _, amount in entries(home)] == [7_000]
