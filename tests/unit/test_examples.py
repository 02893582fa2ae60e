"""The examples on the help pages: every command has one, and each can be typed as it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from builders.typed_lines import misfit
from toolkit.cli import toolkit as root
from toolkit.shell.app import App
from toolkit.shell.group import Spoken, every_command
from toolkit.shell.messages import LANGUAGES, Messages

if TYPE_CHECKING:
    from running import Cli

COMMANDS = [(path, command) for path, command in every_command(root) if isinstance(command, Spoken)]
VIETNAMESE = re.compile("[à-ỹđĐăĂơƠưƯ]")


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=[path for path, _ in COMMANDS])
def test_every_command_shows_examples_that_can_be_typed(path: str, command: Spoken) -> None:
    app = App()
    assert command.examples
    for lang in LANGUAGES:
        app.messages = Messages(lang)
        for typed, _ in command.examples:
            shown = app.messages.help(typed, command.room, "shell")
            assert misfit(shown) is None, shown
            assert shown.startswith(path)


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=[path for path, _ in COMMANDS])
def test_every_example_is_explained_in_both_languages(path: str, command: Spoken) -> None:
    english = Messages("en")
    for typed, text in command.examples:
        assert not text.endswith((".", ":"))
        assert english.help(text, command.room, "shell") != text, f"{path}: {text}"
        assert not VIETNAMESE.search(english.help(typed, command.room, "shell")), f"{path}: {typed}"


def test_examples_stand_last_on_a_help_page_and_are_never_broken(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    page = cli("calendar", "plan", "--help").stdout
    examples = page[page.index("Ví dụ:") :]
    assert "--json" not in examples
    assert "toolkit calendar plan tkb.xlsx --from 7/9/2026 --until 25/10/2026\n" in examples


@pytest.mark.parametrize(
    "line",
    [
        "toolkit calender", "toolkit calendar undo", "toolkit calendar undo ba", "toolkit calendar undo 1 2",
        "toolkit calendar plan a.xlsx --nowhere", "toolkit doctor --lang", "toolkit agenda",
        "toolkit calendar agenda --from 31/2/2026",
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_typed_is_noticed(line: str) -> None:
    assert misfit(line) is not None


def test_a_sentence_may_name_a_command_without_all_it_needs() -> None:
    assert misfit("toolkit calendar plan", named_only=True) is None
    assert misfit("toolkit --lang en calendar undo", named_only=True) is None
    assert misfit("toolkit calendar plann", named_only=True) is not None
    assert misfit("toolkit --long calendar", named_only=True) is not None
