"""Write docs/reference/ from the help pages themselves: Vietnamese first, an English page beside it.

`--check` writes nothing and fails where a page is out of step with `--help`.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.cli import toolkit as root
from toolkit.shell.app import App
from toolkit.shell.group import Context, every_command
from toolkit.shell.messages import LANGUAGES

if TYPE_CHECKING:
    import click

REFERENCE = Path(__file__).with_name("reference")
TITLES = {
    "vi": ("Mọi lệnh", "Trang này được viết ra từ `--help`; sửa ở đó, rồi gõ `make docs`. [English](index.en.md)"),
    "en": ("Every command", "Written from `--help`; change it there and type `make docs`. [Tiếng Việt](index.md)"),
}


def page(lang: str) -> str:
    """The reference page in one language."""
    app = App(["--lang", lang])
    title, origin = TITLES[lang]
    parts = [f"# {title}", origin]
    for path, command in every_command(root):
        if command.hidden:
            continue
        level = "##" if path.count(" ") <= 1 else "###"
        parts += [f"{level} `{path}`", f"```text\n{_help(path, command, app)}\n```"]
    return "\n\n".join(parts) + "\n"


def _help(path: str, command: click.Command, app: App) -> str:
    context = Context(command, info_name=path, obj=app)
    with context.scope():
        lines = command.get_help(context).splitlines()
    return "\n".join(line.rstrip() for line in lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    os.environ["COLUMNS"] = "96"
    stale = []
    for lang in LANGUAGES:
        file = REFERENCE / ("index.md" if lang == "vi" else f"index.{lang}.md")
        text = page(lang)
        if file.exists() and file.read_text(encoding="utf-8") == text:
            continue
        stale.append(file)
        if not check:
            REFERENCE.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
    for file in stale:
        print(f"{file.relative_to(REFERENCE.parents[1])}: {'out of step, run make docs' if check else 'written'}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
