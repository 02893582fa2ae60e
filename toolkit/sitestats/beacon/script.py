"""The script that pages carry: read from its source, made small, and named by its hash."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import Final

NAME: Final = "t1.js"
"""Pages hold the hash of the script of this name: one that does something else is called otherwise."""
SOURCE: Final = Path(__file__).with_name(NAME)

_VARIABLES: Final = re.compile(r"\bvar [^;]*;")
_VARIABLE: Final = re.compile(r"(?:^var|,\n) *([a-z]+)\b")
_FUNCTION: Final = re.compile(r"\bfunction ?([a-z]*) ?\(([a-z, ]*)\)")
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


@lru_cache(maxsize=1)
def script() -> bytes:
    """The script as it is served: ASCII, less than 1 KB."""
    return minified(SOURCE.read_text("utf-8")).encode("ascii")


def integrity() -> str:
    """The hash of the script as `integrity=` and a Content-Security-Policy write it."""
    return f"sha256-{base64.b64encode(hashlib.sha256(script()).digest()).decode()}"


def minified(source: str) -> str:
    """A script like ours without comments, spaces and long names. Ours alone: one statement a line, comments on
    lines of their own, no name that is also the name of a property, no text over several lines."""
    lines = [line.strip() for line in source.splitlines()]
    text = "\n".join(line for line in lines if line and not line.startswith("//"))
    names = {name for declared in _VARIABLES.findall(text) for name in _VARIABLE.findall(declared)}
    for name, parameters in _FUNCTION.findall(text):
        names |= {name, *parameters.replace(" ", "").split(",")} - {""}
    for name, letter in zip(sorted(names), _LETTERS, strict=False):
        text = re.sub(rf"(?<![.\w\"]){name}\b(?!\"|:)", letter, text)
    kept = re.split(r'("[^"\n]*"|/\^[^\n/]*/|/\[[^\n]*\$/)', text)  # texts and expressions stay as they are
    for place in range(0, len(kept), 2):
        code = re.sub(r"\s*\n\s*", "", kept[place])
        kept[place] = re.sub(r"\s*([{}()=,;:!|&+?<>\[\]])\s*", r"\1", code).replace(";}", "}")
    return "".join(kept)
