"""How the house's own commands are shown to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.core.text import as_argument, terminal_safe
from toolkit.shell.blocks import Block, Cell, Column, Joined, Line, Note, Table, Verbatim, When, Words
from toolkit.shell.checkup import report_view
from toolkit.upkeep.amounts import Amount

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from toolkit.core.outcome import Param
    from toolkit.upkeep.completion import Script
    from toolkit.upkeep.configuration import Choice, Choices
    from toolkit.upkeep.model import Copies, Copy, Returned


def settings(choices: Choices) -> Iterator[Block]:
    headings = (Words("upkeep.setting"), Words("upkeep.value"), "", Words("upkeep.means"))
    columns = [Column(heading) for heading in headings]
    rows = [
        (one.key, _value(one), Words("upkeep.default") if one.is_default else "", Words(f"upkeep.means_{_plain(one)}"))
        for one in choices.settings
    ]
    yield Table(columns, rows)
    yield Note(Words("upkeep.settings_file", file=choices.file))


def _plain(choice: Choice) -> str:
    return choice.key.replace(".", "_")


def changed_setting(choice: Choice) -> Iterator[Block]:
    yield Line(Words("upkeep.setting_is", key=choice.key, value=_value(choice)))


def script(script: Script) -> Iterator[Block]:
    yield Verbatim(Words(f"upkeep.install_{script.shell}"))
    yield Verbatim(script.script)


def made_backup(copy: Copy, folder: Path) -> Iterator[Block]:
    """`folder`: where backups are found by their name alone."""
    yield Line(Words("upkeep.backup_made", path=str(copy.path), size=Amount(copy.size)))
    if copy.beside is not None:
        size = Amount(copy.beside.stat().st_size)
        yield Line(Words("upkeep.backup_sites", path=str(copy.beside), size=size, n=copy.sites or 0))
    name = copy.name if copy.path.parent == folder else _typed(copy.path)
    yield Note(Words("upkeep.backup_how_to_restore", name=name))


def backups(copies: Copies) -> Iterator[Block]:
    columns = (
        Column(Words("upkeep.backup_when")),
        Column(Words("upkeep.backup_why")),
        Column(Words("upkeep.backup_size"), "right"),
        Column(Words("upkeep.backup_name")),
    )
    rows = [(When(copy.at) if copy.at else "", _kind(copy), Amount(copy.size), copy.name) for copy in copies.copies]
    yield Table(columns, rows, Words("upkeep.backups_none"))
    yield Note(Words("upkeep.backups_folder", path=str(copies.folder)))


def _kind(copy: Copy) -> Cell:
    kind = Words(f"upkeep.kind_{copy.kind}")
    return Joined([kind, Words("upkeep.with_sites")]) if copy.beside is not None else kind


def returned(returned: Returned) -> Iterator[Block]:
    if not returned.changed:
        yield Line(Words("upkeep.restore_nothing_to_do"))
        return
    if returned.sites:
        yield Line(Words("upkeep.restored_sites", sites=terminal_safe(", ".join(returned.sites))))
    if returned.source is None:
        yield Line(Words("upkeep.salvaged", n=returned.rows))
    elif returned.source.suffix != ".zip":  # that holds sites alone
        yield Line(Words("upkeep.restored", name=returned.source.name))
    if returned.replaced is not None:
        yield Note(Words("upkeep.replaced_kept", path=str(returned.replaced)))
    if returned.sites_replaced is not None:
        yield Note(Words("upkeep.sites_kept", path=as_argument(str(returned.sites_replaced))))


def _shown(params: Mapping[str, Param]) -> dict[str, Cell]:
    """The parameters of a check; `size` and `free` are numbers of bytes."""
    return {
        name: Amount(value) if name in ("size", "free") and isinstance(value, int) else value
        for name, value in params.items()
    }


report = report_view(lambda name: Words(f"upkeep.check_{name}"), _shown)


def _typed(path: Path) -> str:
    """A path as every shell takes it."""
    return f'"{path}"' if " " in str(path) else str(path)


def _value(choice: Choice) -> Cell:
    return Words("upkeep.not_set") if choice.value is None else str(choice.value)
