"""`toolkit demo`: the whole suite on sample data, in a folder of its own."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.core.errors import ConflictError
from toolkit.core.outcome import Outcome, Place
from toolkit.shell.app import App, pass_app
from toolkit.shell.blocks import Block, Line, Words
from toolkit.shell.group import Command

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Shown:
    """Where the demo left its files."""

    folder: Path
    files: tuple[str, ...]


@click.command(
    cls=Command,
    examples=[
        ("toolkit demo", "Xem thử trong một thư mục tạm"),
        ("toolkit demo --folder xem-thu", "Xem thử và để các tệp mẫu trong thư mục xem-thu"),
    ],
)
@click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), metavar="THƯ-MỤC",
    help="Để các tệp mẫu ở đâu: một thư mục mới hoặc trống (không ghi thì một thư mục tạm mới).",
)  # fmt: skip
@pass_app
def demo(app: App, folder: Path | None) -> None:
    """Xem thử trên dữ liệu mẫu, không đụng đến dữ liệu của bạn."""
    from toolkit.demo.acts import calendar, expenses, kpi, sitestats
    from toolkit.demo.stage import Stage

    if folder is None:
        folder = Path(tempfile.mkdtemp(prefix="toolkit-demo-"))
    stage = Stage(app, folder.absolute())
    app.paths.ready(stage.folder)
    if any(stage.folder.iterdir()):  # the samples have names that a member's own files may have
        raise ConflictError("demo.folder_in_use", Place(file=str(stage.folder)))
    calendar.show(stage, app.clock.today())
    expenses.show(stage, app.clock.today())
    kpi.show(stage, app.clock.today())
    sitestats.show(stage, app.clock.today())
    files = sorted(str(path.relative_to(stage.folder)) for path in stage.folder.rglob("*") if path.is_file())
    app.say(Outcome(Shown(stage.folder, tuple(files))), _shown)


def _shown(shown: Shown) -> Iterator[Block]:
    yield Line(Words("demo.files_are_here", folder=str(shown.folder)))
    for name in shown.files:
        yield Line(f"  {name}")
