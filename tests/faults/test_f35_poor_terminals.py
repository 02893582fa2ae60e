"""F35: locale C, old code pages, no terminal, a terminal of 20 columns: everything is said, nothing raises."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import struct
import subprocess
import termios
import unicodedata
from typing import TYPE_CHECKING

import pytest

from running import environment, toolkit_command

if TYPE_CHECKING:
    from collections.abc import Mapping

PLACES: dict[str, dict[str, str | None]] = {
    "C": {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": None},
    "POSIX": {"LC_ALL": "POSIX", "PYTHONUTF8": None},
    "C without help from Python": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "ascii": {"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
    "cp1258": {"PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1258"},
    "cp437": {"PYTHONUTF8": "0", "PYTHONIOENCODING": "cp437"},
    "cp1252": {"PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252"},
    "20 columns": {"COLUMNS": "20"},
    "no locale": {"LC_ALL": None, "LANG": None, "LC_CTYPE": None, "PYTHONUTF8": None},
    "unknown locale": {"LC_ALL": "xx_YY.UTF-8", "PYTHONUTF8": None},
    "dumb": {"TERM": "dumb", "NO_COLOR": "1"},
}
COMMANDS = [
    (["--help"], 0),
    (["config", "show"], 0),
    (["config", "show", "--json"], 0),
    (["không-có-lệnh-này"], 2),
    (["config", "set", "lang", "tiếng Việt"], 3),
    (["calendar", "runs"], 0),
]


def run(arguments: list[str], env: Mapping[str, str | None]) -> tuple[int, bytes, bytes]:
    ended = subprocess.run(
        toolkit_command(*arguments), env=environment(env), stdin=subprocess.DEVNULL, capture_output=True, check=False,
        timeout=60,
    )  # fmt: skip
    return ended.returncode, ended.stdout, ended.stderr


@pytest.mark.parametrize(
    ("arguments", "code"), COMMANDS, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
@pytest.mark.parametrize("place", PLACES)
def test_every_command_speaks_in_every_place(place: str, arguments: list[str], code: int) -> None:
    exit_code, out, err = run(arguments, PLACES[place])
    assert exit_code == code, err.decode(errors="replace")
    assert b"Traceback" not in err
    assert out or err
    if "--json" in arguments:
        assert json.loads(out)["status"] == "ok"


def test_the_vietnamese_code_page_reads_as_vietnamese() -> None:
    _, out, _ = run(["--help"], PLACES["cp1258"])
    text = unicodedata.normalize("NFC", out.decode("cp1258"))
    assert "Đưa bảng tính vào lịch" in text
    assert "Khôi phục dữ liệu từ một bản sao lưu" in text


@pytest.mark.parametrize("place", ["ascii", "cp437"])
def test_other_code_pages_read_as_vietnamese_without_accents(place: str) -> None:
    _, out, _ = run(["--help"], PLACES[place])
    assert b"bang tinh vao lich" in out


@pytest.mark.parametrize("place", ["ascii", "cp1258", "cp437", "cp1252"])
def test_json_loses_no_letter_in_any_code_page(place: str) -> None:
    _, out, _ = run(["config", "unset", "tiếng Việt", "--json"], PLACES[place])
    assert out.isascii()
    assert "tiếng Việt" in json.loads(out)["problems"][0]["message"]


def on_a_terminal(arguments: list[str], columns: int, env: Mapping[str, str | None] | None = None) -> str:
    """What a real terminal of that width gets to see."""
    child, terminal = pty.fork()
    if child == 0:
        command = toolkit_command(*arguments)
        os.execve(command[0], list(command), environment({"TERM": "xterm", **(env or {})}))
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    seen = b""
    try:
        while block := os.read(terminal, 65536):
            seen += block
    except OSError:  # how Linux says that the other side is gone
        pass
    os.close(terminal)
    os.waitpid(child, 0)
    return seen.decode()


@pytest.mark.parametrize("columns", [20, 40, 80, 200])
def test_a_terminal_of_any_width_shows_all_of_it(columns: int) -> None:
    seen = on_a_terminal(["config", "show"], columns)
    lines = seen.replace("\x1b[1m", "").replace("\x1b[0m", "").replace("\r\n", "\n").split("\n")
    assert all(len(line) <= columns for line in lines)
    assert "calendar.duration" in "".join(seen.split())


def test_bold_is_for_terminals_that_know_it_and_members_who_want_it() -> None:
    assert "\x1b[1m" in on_a_terminal(["config", "show"], 80)
    assert "\x1b" not in on_a_terminal(["config", "show"], 80, {"NO_COLOR": "1"})
    assert "\x1b" not in on_a_terminal(["config", "show"], 80, {"TERM": "dumb"})
    on_a_terminal(["config", "set", "color", "never"], 80)
    assert "\x1b" not in on_a_terminal(["calendar", "runs"], 80)
