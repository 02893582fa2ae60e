"""How the house's own commands are shown to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.shell.blocks import Block, Cell, Column, Line, Note, Table, Verbatim, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.upkeep.completion import Script
    from toolkit.upkeep.configuration import Choice, Choices


def settings(choices: Choices) -> Iterator[Block]:
    columns = (Column(Words("upkeep.setting")), Column(Words("upkeep.value")), Column(""))
    rows = [(one.key, _value(one), Words("upkeep.default") if one.is_default else "") for one in choices.settings]
    yield Table(columns, rows)
    yield Note(Words("upkeep.settings_file", file=choices.file))


def changed_setting(choice: Choice) -> Iterator[Block]:
    yield Line(Words("upkeep.setting_is", key=choice.key, value=_value(choice)))


def script(script: Script) -> Iterator[Block]:
    yield Verbatim(Words(f"upkeep.install_{script.shell}"))
    yield Verbatim(script.script)


def _value(choice: Choice) -> Cell:
    return Words("upkeep.not_set") if choice.value is None else str(choice.value)
