"""Draw docs/picture.svg: what `toolkit calendar plan` says about the demo's workbook, run now."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from datetime import date
from html import escape
from pathlib import Path

from toolkit.demo.workbooks import write_month

PICTURE = Path(__file__).with_name("picture.svg")
TODAY = date(2026, 11, 22)
NO_BREAK = "\u00a0"  # spaces side by side stay side by side in every viewer
COLUMNS, ROW_HEIGHT, CHARACTER = 92, 19, 8.43


def output() -> list[str]:
    """The command's lines, as it prints them for a screen of COLUMNS characters."""
    with tempfile.TemporaryDirectory() as folder:
        write_month(Path(folder, "lich-thang-12.xlsx"), TODAY)
        words = ["calendar", "plan", "lich-thang-12.xlsx"]
        done = subprocess.run(
            [sys.executable, "-m", "toolkit", *words, f"--today={TODAY}"],
            cwd=folder,
            env={**os.environ, "TOOLKIT_HOME": str(Path(folder, "home")), "COLUMNS": str(COLUMNS)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
    return [f"$ toolkit {' '.join(words)}", *(line for line in done.stdout.splitlines())]


def wrapped(lines: list[str]) -> list[str]:
    """Lines of at most COLUMNS characters, cut between words as a terminal window would show them."""
    out: list[str] = []
    for line in lines:
        rest = line
        while len(rest) > COLUMNS:
            cut = rest.rfind(" ", 0, COLUMNS) if rest.rfind(" ", 0, COLUMNS) > 0 else COLUMNS
            out.append(rest[:cut])
            rest = "    " + rest[cut:].lstrip()
        out.append(rest)
    return out


def placed(line: str) -> str:
    """A line's columns, each at its own place: letters of a viewer's second font may be wider than ours."""
    return "".join(
        f'<tspan x="{20 + column.start() * CHARACTER:.1f}">{escape(column[0]).replace(" ", NO_BREAK)}</tspan>'
        for column in re.finditer(r"\S+(?: \S+)*", line)
    )


def svg(lines: list[str]) -> str:
    width, height = round(COLUMNS * CHARACTER) + 40, len(lines) * ROW_HEIGHT + 60
    rows = "\n".join(
        f'<text y="{52 + n * ROW_HEIGHT}" class="{"c" if n == 0 else "t"}">{placed(line)}</text>'
        for n, line in enumerate(lines)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" role="img" '
        'aria-label="toolkit calendar plan">\n'
        "<style>text{font:14px/1 ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;white-space:pre}"
        ".t{fill:#d7dde4}.c{fill:#8fc7ff}</style>\n"
        f'<rect width="{width}" height="{height}" rx="8" fill="#1d232a"/>\n'
        '<circle cx="22" cy="20" r="5" fill="#56616e"/><circle cx="40" cy="20" r="5" fill="#56616e"/>'
        '<circle cx="58" cy="20" r="5" fill="#56616e"/>\n'
        f"{rows}\n</svg>\n"
    )


if __name__ == "__main__":
    PICTURE.write_text(svg(wrapped(output())), "utf-8")
