"""Which format a log has, by its first lines; a log that is no access log is refused by name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from toolkit.sitestats.formats import quoted
from toolkit.sitestats.formats.reading import LineReader
from toolkit.sitestats.model import Request

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.sitestats.model import FormatName

ENOUGH: Final = 0.5
"""The share of the first lines that must be readable for the file to be an access log at all."""

_WRONG_CLOCK: Final = ("bad_time", "future")
"""Reasons why a line of the right shape is no request: a server whose clock was wrong has written an access log."""

OtherKind = Literal["error_log", "not_a_log", "empty", "utf16"]

_TWO_BYTES: Final = ("\xff\xfe", "\xfe\xff")
"""How a text of two bytes a letter begins where it is read byte by byte: `>` of Windows PowerShell writes such ones."""

# Apache 2.2 and 2.4, nginx, and Caddy's other loggers write their errors like this.
_ERRORS = re.compile(
    r"\[(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d[.\d]* \d{4}\] \[[\w:-]*\]"
    r"|\d{4}/\d\d/\d\d \d\d:\d\d:\d\d \[(?:debug|info|notice|warn|error|crit|alert|emerg)\]"
    r"|PHP (?:Warning|Notice|Fatal error|Parse error|Deprecated):"
)


@dataclass(frozen=True)
class Found:
    """What a file is: an access log of format `name`, or something else, by kind."""

    name: FormatName | None
    other: OtherKind | None = None


def find_format(lines: Sequence[str], now: int) -> Found:
    """The format of a log whose first lines these are. A few broken lines among them don't matter."""
    seen = [line.lstrip("\ufeff") for line in lines if line.strip()]
    if not seen:
        return Found(None, "empty")
    if seen[0].startswith(_TWO_BYTES):
        return Found(None, "utf16")
    errors = sum(1 for line in seen if _ERRORS.match(line))
    if errors > len(seen) / 2:
        return Found(None, "error_log")
    name = _guess(seen)
    reader = LineReader(name, now)
    read = [found for line in seen if (found := reader.read(line)) is not None]
    good = sum(1 for found in read if isinstance(found, Request) or found.reason in _WRONG_CLOCK)
    if read and good < ENOUGH * len(read):
        return Found(None, "error_log" if errors else "not_a_log")
    return Found(name)


def _guess(lines: Sequence[str]) -> FormatName:
    fields = next((line for line in lines if line.startswith("#Fields:")), None)
    if fields is not None:
        return "cloudfront" if "x-edge-" in fields.lower() else "iis"
    if sum(1 for line in lines if line.startswith("{")) > len(lines) / 2:
        return (
            "caddy" if sum('"request":{' in line.replace(" ", "") for line in lines) > len(lines) / 2 else "nginx-json"
        )
    if sum(line.count("\t") > 8 for line in lines) > len(lines) / 2:
        return "cloudfront"
    read = [found for line in lines if isinstance(found := quoted.read(line.rstrip("\r\n")), Request)]
    if sum(1 for found in read if found.host) > len(read) / 2:
        return "vhost"
    with_agent = sum(1 for line in lines if line.count('"') >= 6)
    return "combined" if with_agent > len(lines) / 4 else "common"
