"""F40: input that never ends stops at a cap, a line that never ends is cut, and neither takes the machine's memory."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from running import environment
from toolkit.shell import stdin

if TYPE_CHECKING:
    from running import Cli

# `parse` in a process of its own that says how much memory it took, in KB, when it has read everything.
MEASURED = """
import sys
from toolkit.cli import main
code = main(["expenses", "parse", "--json"])
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(code, peak, file=sys.stderr)
"""


class Endless(io.StringIO):
    """A reader that always has another line, like `yes`."""

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]  # StringIO reads text
        return "gửi xe 5k\n"[: size if size is not None and size >= 0 else None]


def test_endless_lines_stop_at_the_cap_and_everything_before_it_is_answered(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stdin, "MOST_LINES", 50)
    monkeypatch.setattr("io.StringIO", Endless)
    ran = cli("expenses", "parse", "--json")
    assert ran.exit_code == 2
    lines = ran.stdout.splitlines()
    assert len(lines) == 51
    assert json.loads(lines[49])["entries"][0]["amount"] == 5_000
    assert json.loads(lines[50])["problems"][0]["code"] == "shell.input_too_long"


def test_endless_notes_are_refused_before_any_of_them_is_recorded(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stdin, "MOST_LINES", 50)
    monkeypatch.setattr("io.StringIO", Endless)
    assert cli("expenses", "add").exit_code == 2
    assert cli("expenses", "list", "--json").json["data"]["entries"] == []


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak of memory from /proc")
def test_a_line_that_never_ends_is_cut_and_the_next_one_is_read() -> None:
    def peak(typed: bytes) -> tuple[int, list[bytes]]:
        ran = subprocess.run(
            [sys.executable, "-c", MEASURED], env=environment(), input=typed, capture_output=True, timeout=100,
            check=True,
        )  # fmt: skip
        code, kilobytes = ran.stderr.split()[-2:]
        assert code == b"0", ran.stderr
        return int(kilobytes), ran.stdout.splitlines()

    small, _ = peak(b"gui xe 5k\n")
    large, answers = peak(b"x" * 40_000_000 + b"\n" + b"gui xe 5k\n" * 300)
    assert len(answers) == 301
    assert large < small + 30_000, f"{large} KB against {small} KB"
