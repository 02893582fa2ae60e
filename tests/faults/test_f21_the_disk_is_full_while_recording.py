"""F21, F22: the disk, or whatever reads the answer, has no room: one sentence, and the book is as it was."""

from __future__ import annotations

import resource
import subprocess
from typing import TYPE_CHECKING

import pytest

from builders.expense_books import dump
from running import environment, toolkit_command

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

ADD = ("expenses", "add", "đổ xăng 60k", "--today", "2026-11-18")


@pytest.mark.parametrize("room", [0, 4_096, 16_384, 65_536])
def test_an_entry_for_which_there_is_no_room_is_refused_in_words(room: int, cli: Cli, home: Path) -> None:
    assert cli("expenses", "add", "ăn phở 45k").exit_code == 0
    before = dump(home)

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))

    ran = subprocess.run(
        toolkit_command(*ADD), env=environment(), capture_output=True, preexec_fn=small, timeout=60, check=False
    )
    said = ran.stderr.decode()
    assert "Traceback" not in said
    if ran.returncode == 0:  # everything fitted: then it is there
        assert len(dump(home)["expense_entry"]) == 2
        return
    assert ran.returncode == 7
    assert "→" in said
    assert dump(home) == before
    assert cli(*ADD).exit_code == 0
    assert len(dump(home)["expense_entry"]) == 2


@pytest.mark.parametrize("words", [ADD, ("expenses", "list"), ("expenses", "parse", "ăn phở 45k", "--json")])
def test_an_answer_that_nobody_can_take_is_no_traceback(words: tuple[str, ...], cli: Cli, home: Path) -> None:
    assert cli("expenses", "add", "ăn phở 45k").exit_code == 0
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
        ran = subprocess.run(
            toolkit_command(*words), env=environment(), stdout=full, stderr=subprocess.PIPE, timeout=60, check=False
        )
    assert ran.returncode == 7
    assert b"Traceback" not in ran.stderr
    assert len(dump(home)["expense_entry"]) == (2 if words == ADD else 1), "what was recorded stays recorded"


def test_a_reader_that_leaves_early_ends_the_stream_quietly() -> None:
    lines = b"gui xe 5k\n" * 400
    parse = subprocess.Popen(
        toolkit_command("expenses", "parse", "--json"), env=environment(), stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert parse.stdin is not None
    assert parse.stdout is not None
    assert parse.stderr is not None
    parse.stdin.write(lines[:10])
    parse.stdin.flush()
    assert parse.stdout.readline().startswith(b'{"text"')
    parse.stdout.close()
    try:
        parse.stdin.write(lines)
        parse.stdin.close()
    except BrokenPipeError:
        pass
    assert parse.stderr.read() == b""
    assert parse.wait(timeout=60) == 141
    parse.stderr.close()
