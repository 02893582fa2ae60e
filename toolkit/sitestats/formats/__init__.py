"""Access logs of any server: how a line is read exactly, and how a file's format is found."""

from __future__ import annotations

from toolkit.sitestats.formats.found import Found, find_format
from toolkit.sitestats.formats.reading import LineReader

__all__ = ["Found", "LineReader", "find_format"]
