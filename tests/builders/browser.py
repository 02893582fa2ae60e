"""A real browser for pages that members open: the machine's own Chromium, driven without its window."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# What every page may do: nothing but be looked at.
OUTLINE = """() => [...document.querySelectorAll('*')].map(e =>
    e.tagName.toLowerCase() + ' ' + [...e.attributes].map(a => a.name).sort().join(','))"""


@dataclass
class Opened:
    """A page that is open, and what it tried meanwhile: dialogs, requests beyond itself, words on the console."""

    page: Any
    dialogs: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)

    def dismiss(self, dialog: Any) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    @property
    def outline(self) -> list[str]:
        """Every element with the names of its attributes, in order."""
        found: list[str] = self.page.evaluate(OUTLINE)
        return found

    @property
    def text(self) -> str:
        found: str = self.page.evaluate("() => document.body.textContent")
        return found

    @property
    def overflow(self) -> int:
        """How many pixels the page is wider than its window."""
        found: int = self.page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
        return found


@dataclass(frozen=True)
class Browser:
    chromium: Any

    @contextmanager
    def open(
        self, path: Path, *, width: int = 800, scheme: Literal["light", "dark"] = "light", paper: bool = False
    ) -> Iterator[Opened]:
        """The file as a member sees it who opens it; offline, so that nothing can be fetched even if it were tried."""
        context = self.chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, offline=True)
        try:
            page = context.new_page()
            opened = Opened(page)
            page.on("dialog", opened.dismiss)
            page.on("request", lambda request: opened.requests.append(request.url))
            page.on("console", lambda message: opened.console.append(message.text))
            if paper:
                page.emulate_media(media="print")
            page.goto(path.as_uri())
            opened.requests.remove(page.url)
            yield opened
        finally:
            context.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's browser; a test that asks for it is skipped where there is none."""
    program = next((found for name in NAMES if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip("no Chromium on this machine: pages aren't looked at (apt install chromium)")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright isn't installed: pages aren't looked at")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield Browser(browser)
        finally:
            browser.close()
