"""F21, F22, F40: the disk, or whatever reads the answer, has no room, or the input never ends: one sentence, and the
book holds what was said to be in it."""

from __future__ import annotations

import resource
import subprocess
from typing import TYPE_CHECKING

import pytest

from builders.kpi_books import amounts, dump
from running import environment, toolkit_command
from toolkit.shell import stdin

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

LOG = ("kpi", "log", "bán kem cho Mai 300k", "--as-of", "2026-11-20")


@pytest.mark.parametrize("room", [0, 4_096, 16_384, 65_536])
def test_a_sale_for_which_there_is_no_room_is_refused_in_words(room: int, cli: Cli, home: Path) -> None:
    assert cli("kpi", "log", "bán son cho Lan 450k").exit_code == 0
    before = dump(home)

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))

    ran = subprocess.run(
        toolkit_command(*LOG), env=environment(), capture_output=True, preexec_fn=small, timeout=60, check=False
    )
    said = ran.stderr.decode()
    assert "Traceback" not in said
    if ran.returncode == 0:  # everything fitted: then it is there
        assert amounts(home) == [450_000, 300_000]
        return
    assert ran.returncode == 7
    assert "→" in said
    assert dump(home) == before
    assert cli(*LOG).exit_code == 0
    assert amounts(home) == [450_000, 300_000]


@pytest.mark.parametrize("words", [LOG, ("kpi", "list"), ("kpi", "log", "bán mũ 90k", "--dry-run", "--json")])
def test_an_answer_that_nobody_can_take_is_no_traceback(words: tuple[str, ...], cli: Cli, home: Path) -> None:
    assert cli("kpi", "log", "bán son cho Lan 450k").exit_code == 0
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
        ran = subprocess.run(
            toolkit_command(*words), env=environment(), stdout=full, stderr=subprocess.PIPE, timeout=60, check=False
        )
    assert ran.returncode == 7
    assert b"Traceback" not in ran.stderr
    assert len(amounts(home)) == (2 if words == LOG else 1), "what was recorded stays recorded"


def test_a_line_is_answered_as_it_comes_and_a_reader_that_leaves_early_ends_it_quietly() -> None:
    lines = "bán mũ 90k\nbán áo 200k\n".encode()
    process = subprocess.Popen(
        toolkit_command("kpi", "log", "-", "--dry-run", "--json"), env=environment(), stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdin.write(lines)
    process.stdin.flush()
    assert process.stdout.readline().startswith(b'{"kind": "sale"')  # before the input has ended
    process.stdout.close()
    try:
        process.stdin.write(lines * 400)
        process.stdin.close()
    except BrokenPipeError:
        pass
    assert process.stderr.read() == b""
    assert process.wait(timeout=60) == 141
    process.stderr.close()


def test_input_that_never_ends_is_cut_off_and_what_came_before_stays(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stdin, "MOST_LINES", 3)
    ran = cli("kpi", "log", "-", stdin="".join(f"bán mũ {n}00k\n" for n in range(1, 9)))
    assert ran.exit_code == 2
    assert "3 dòng" in ran.stderr
    assert amounts(home) == [100_000, 200_000, 300_000]


def test_a_line_without_an_end_is_cut(cli: Cli, home: Path) -> None:
    ran = cli("kpi", "log", "-", stdin="bán mũ 90k " * 400_000 + "\nbán áo 200k\n")
    assert ran.exit_code == 1
    assert amounts(home) == [200_000]
