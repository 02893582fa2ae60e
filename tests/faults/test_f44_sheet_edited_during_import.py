"""F44: what is imported is the file as it was when the command began, whatever happens to the file meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builders.calendar_sheets import ROWS, sheet
from toolkit.calendar.adapters.local import LocalTarget
from toolkit.calendar.reading import ReadOptions
from toolkit.calendar.results import Choices
from toolkit.calendar.service import CalendarService
from toolkit.calendar.targets import TargetSpec, opener
from toolkit.core.dates import SystemClock
from toolkit.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_replaced_between_preview_and_apply_is_imported_as_it_was_previewed(tmp_path: Path) -> None:
    path = sheet(tmp_path / "lịch.csv")
    clock = SystemClock()
    with Store.open(tmp_path / "kho" / "toolkit.db", backups=tmp_path / "kho" / "backups") as store:
        target = LocalTarget(store, "Lịch")
        service = CalendarService(store, clock, opener({"local": lambda _: target}))
        choices = Choices(TargetSpec("local"), ReadOptions(today=clock.today()))
        preview = service.prepare(path, choices).data
        swapped = sheet(tmp_path / "mới.csv", [("Việc khác", "1/1/2027", "8h", "đâu đó")])
        swapped.replace(path)
        service.apply(preview)
        assert {one.summary for one in target.events()} == {row[0] for row in ROWS}
        digest = service.book.runs()[0].digest
        assert digest == preview.snapshot.digest
        again = service.preview(path, choices).data
        assert again.snapshot.digest != digest
        assert again.draft.refusal is not None
