"""The how-to of the kinds of sheets: every picture stands on the page and shows what is really read from the sheet."""

from __future__ import annotations

import importlib.util
import re
import sys
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from types import ModuleType

DOCS = Path(__file__).parents[2] / "docs"
PAGE = DOCS / "how-to" / "kinds-of-sheets.md"


def builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_sheet_pictures", DOCS / "build_sheet_pictures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


PICTURES: Any = builder()
SHEETS: dict[str, Any] = PICTURES.sheets()


def test_every_picture_stands_on_the_page_and_in_its_folder() -> None:
    on_page = set(re.findall(r"\(\.\./sheets/([a-z-]+)\.svg\)", PAGE.read_text(encoding="utf-8")))
    assert on_page == set(SHEETS) == {path.stem for path in PICTURES.FOLDER.glob("*.svg")}


@pytest.mark.parametrize("name", SHEETS)
def test_a_picture_shows_the_events_that_the_sheets_author_expects(name: str) -> None:
    drawn = (PICTURES.FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    expected = sorted(SHEETS[name].expected, key=lambda event: event.start)
    told = [escape(event.summary) for event in expected[:3]]
    assert all(summary in drawn for summary in told)
    assert f"toolkit calendar plan {SHEETS[name].name}" in drawn


def test_a_picture_is_what_the_command_says_today(tmp_path: Path) -> None:
    drawn = (PICTURES.FOLDER / "duty-days-down.svg").read_text(encoding="utf-8")
    assert PICTURES.picture(SHEETS["duty-days-down"], tmp_path) == drawn
