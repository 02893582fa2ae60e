"""The page of a busy site on a slow machine: how large it is, how long it takes to open and to answer a choice.

5,000,000 made-up lines by default: `bench_site_page.py [LINES]`; or a page that is there already: its file's name.
The machine's Chromium runs six times slower than it could (the development protocol's Emulation.setCPUThrottlingRate).
A choice takes from the event until what is in sight has been painted. Printed, not asserted.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from playwright.sync_api import sync_playwright

from toolkit.demo.access_logs import write_access_log

SLOWER = 6
CHOSEN = """async ([selector, value, event]) => {
    const control = document.querySelector(selector);
    const begun = performance.now();
    if (control.type === 'radio') control.checked = true; else control.value = value;
    control.dispatchEvent(new Event(event));
    const ran = performance.now() - begun;
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    return [ran, performance.now() - begun];
}"""
CHOICES = (
    ("people alone", "input[value=human]", "human", "change"),
    ("the second source", "select[name=source]", "1", "change"),
    ("the first country", "select[name=country]", "0", "change"),
    ("every source", "select[name=source]", "-1", "change"),
    ("every country", "select[name=country]", "-1", "change"),
    ("everybody", "input[value=all]", "all", "change"),
    ("paths with an a", "input[name=words]", "a", "input"),
    ("every path", "input[name=words]", "", "input"),
)


def made(lines: int, folder: Path) -> Path:
    """The page of a log of so many lines over 30 days."""
    log, page = folder / "access.log", folder / "page.html"
    write_access_log(log, lines, first=date(2026, 10, 20), days=30)
    command = (sys.executable, "-m", "toolkit", "sitestats", "report", log, "--html", page, "--today=2026-11-22")
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return page


def measure(page: Path) -> None:
    print(f"{page.stat().st_size / 1e6:.2f} MB")
    program = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
        tab = context.new_page()
        context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        tab.goto(page.as_uri())
        opened = tab.evaluate("() => performance.getEntriesByType('navigation')[0].loadEventEnd")
        print(f"opened            {opened:6.0f} ms")
        for name, *choice in CHOICES:
            ran, painted = tab.evaluate(CHOSEN, choice)
            print(f"{name:<17} {painted:6.0f} ms until it is seen ({ran:.0f} ms reckoned)")
        browser.close()


def main(asked: str) -> None:
    if asked.endswith(".html"):
        measure(Path(asked).absolute())
        return
    with tempfile.TemporaryDirectory(prefix="toolkit-bench-") as folder:
        measure(made(int(asked), Path(folder)))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "5000000")
