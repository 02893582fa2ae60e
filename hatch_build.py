"""Compile the message catalogues (.po → .mo) while the wheel or the editable install is built."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface[Any]):
    """`python -m build` and `pip install -e .` both need the catalogues; git keeps only their sources."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        del version, build_data
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        for source in sorted(Path(self.root, "toolkit", "shell", "locale").glob("*/LC_MESSAGES/*.po")):
            with source.open("rb") as text:
                catalogue = read_po(text, abort_invalid=True)
            with source.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, catalogue)
