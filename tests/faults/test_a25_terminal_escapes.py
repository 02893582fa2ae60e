"""A25: whatever stands in a file name, a cell, an option or a setting, it can't command the terminal it is shown on."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.core.errors import InputError
from toolkit.core.outcome import Outcome, Place, Problem
from toolkit.shell.blocks import Column, Heading, Line, Note, Pairs, Table, Verbatim, Words
from toolkit.shell.messages import Messages
from toolkit.shell.report import redact
from toolkit.shell.say import Format, Say
from toolkit.shell.screen import Screen

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli, Ran, RunToolkit
    from toolkit.shell.blocks import Block

ATTACKS = [
    "\x1b[2J\x1b[H", "\x1b]0;tên khác\x07", "\x1b]8;;https://evil.test\x1b\\bấm đây\x1b]8;;\x1b\\",
    "\x1b]52;c;cm0gLXJm\x07", "\x9b31m", "\x9d0;x\x9c", "\x90qx\x9c", "an toàn\rnguy hiểm", "abc\x08\x08\x08xyz",
    "\u202egnp.exe", "\u2066abc\u2069", "\u200f\u061c", "a\u200bb", "\x00", "\x7f", "\x0c", "\x85dòng mới", "\u2028",
    "[red]không phải đánh dấu[/red]", "\ud83d",
]  # fmt: skip
FORBIDDEN = {chr(code) for code in [*range(10), *range(11, 32), *range(127, 160)]} | set(
    "\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)


def commands_in(text: str) -> set[str]:
    return set(text) & FORBIDDEN


def said(text: str, form: Format) -> str:
    """Everything a Say writes when `text` stands in every place that a foreign text can stand in."""
    out, err = io.StringIO(), io.StringIO()
    say = Say(Messages(), Screen(out, {}), Screen(err, {}), form)
    blocks: list[Block] = [
        Line(text), Heading(text), Note(text), Verbatim(text), Line(Words("shell.place_file", file=text)),
        Table([Column(text)], [[text], [Words("shell.place_sheet", sheet=text)]], empty=text), Pairs([(text, text)]),
    ]  # fmt: skip
    place = Place(text, text, 1, 1)
    problems = (
        Problem("shell.bad_value", place, {"name": text, "reason": text, "command": text}, text),
        Problem(text, place),
    )
    say.talk(*blocks)
    say.prompt(text)
    say.aside(text)
    with say.progress(2, text) as bar:
        bar.advance()
    say(Outcome({text: [text]}, problems, "partial"), lambda _: blocks)
    return out.getvalue() + err.getvalue()


@pytest.mark.parametrize("form", ["person", "json", "csv"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_no_block_no_problem_and_no_question_lets_a_command_through(attack: str, form: Format) -> None:
    assert not commands_in(said(attack, form))


@given(st.text(), st.sampled_from(["person", "json", "csv"]))
def test_no_text_whatever_becomes_a_command(text: str, form: Format) -> None:
    assert not commands_in(said(text, form))


# What an operating system lets stand on a command line and in a file name.
TYPED = [attack for attack in ATTACKS if "\x00" not in attack and "\ud83d" not in attack and "/" not in attack]


@pytest.mark.parametrize("attack", TYPED)
def test_what_is_typed_is_shown_and_not_obeyed(cli: Cli, tmp_path: Path, attack: str) -> None:
    (tmp_path / f"lịch {attack}.csv").write_text(f"Ngày,Việc\n12/12/2026,{attack}\n", encoding="utf-8")
    for arguments in (
        [attack],
        ["config", "set", "lang", attack],
        ["config", "set", attack, "1"],
        ["config", "show", f"--{attack}"],
        ["config", "show", "--lang", attack],
        ["calendar", "plan", tmp_path / f"không có {attack}.csv"],
        ["calendar", "plan", tmp_path / f"lịch {attack}.csv", "--today", "2026-11-22"],
        ["calendar", "plan", tmp_path / f"lịch {attack}.csv", "--today", attack],
        ["calendar", "plan", tmp_path / f"lịch {attack}.csv", "--sheet", attack],
    ):
        for form in ([], ["--json"]):
            ran: Ran = cli(*form, *arguments)
            assert not commands_in(ran.stdout + ran.stderr), (arguments, form)


@pytest.mark.parametrize("attack", TYPED)
def test_settings_and_homes_are_shown_and_not_obeyed(run_toolkit: RunToolkit, tmp_path: Path, attack: str) -> None:
    home = tmp_path / f"nhà {attack}"
    home.mkdir()
    escaped = "".join(f"\\U{ord(letter):08x}" for letter in attack)
    (home / "config.toml").write_text(f'lang = "{escaped}"\n"{escaped}" = 1\n', encoding="utf-8")
    ran = run_toolkit("calendar", "runs", env={"TOOLKIT_HOME": str(home)})
    assert ran.exit_code == 3
    assert not commands_in(ran.stdout + ran.stderr)
    ran = run_toolkit("config", "show", env={"TOOLKIT_HOME": str(home)})
    assert not commands_in(ran.stdout + ran.stderr)


def test_a_traceback_shown_for_debugging_is_safe_too() -> None:
    assert not commands_in(said(redact(str(InputError("\x1b]0;x\x07", Place("\x1b[2J")))), "person"))
